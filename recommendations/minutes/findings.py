"""What the reader hands on: findings, gathered by agenda item, and their documented JSON form."""

import datetime
from dataclasses import dataclass

from .grammar import BUT_FOR
from .sentences import says_none

KINDS = (
    "title",
    "purpose",
    "declarations",
    "witness",
    "point",
    "resolution",
    "recommendation",
    "action",
    "attendance",
    "furniture",
    "unread",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the reader made of some lines: a kind of thing, its words, and where they stand."""

    kind: str
    line: int
    last_line: int
    text: str
    number: str = ""
    name: str = ""
    role: str = ""
    organisation: str = ""
    ask: str = ""
    addressees: tuple[str, ...] = ()
    owner_hint: str = ""
    time_phrases: tuple[str, ...] = ()
    suggested_due_on: datetime.date | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One agenda item: its findings in the order of the source."""

    findings: tuple[Finding, ...]

    def of_kind(self, kind: str) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind == kind]

    def as_json(self) -> dict:
        return {
            "title": _joined(self.of_kind("title")),
            "purpose": _joined(self.of_kind("purpose")),
            "declarations": declarations_of(self.of_kind("declarations")),
            **{field: [form(f) for f in self.of_kind(kind)] for field, kind, form in _LISTS},
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole page: one agenda item, or several."""

    items: tuple[Item, ...]

    def as_json(self) -> dict:
        """The documented JSON form, which `parse_minutes --json` prints."""
        return {"items": [item.as_json() for item in self.items]}


def declarations_of(found: list[Finding]) -> str | None:
    """None where nothing is recorded, "None" where the minutes say there were none, else what was declared."""
    declared = [finding.text for finding in found if not says_none(finding.text) or BUT_FOR.search(finding.text)]
    return "\n".join(declared) if declared else "None" if found else None


def _joined(found: list[Finding]) -> str:
    return "\n".join(finding.text for finding in found)


def _plain(finding: Finding) -> dict:
    return {"line": finding.line, "text": finding.text} | _noted(finding)


def _noted(finding: Finding) -> dict:
    return {"flags": list(finding.flags)} if finding.flags else {}


def _numbered(finding: Finding) -> dict:
    return {"line": finding.line, "number": finding.number, "text": finding.text} | _noted(finding)


def _witness(finding: Finding) -> dict:
    return {
        "line": finding.line,
        "name": finding.name,
        "role": finding.role,
        "organisation": finding.organisation,
        "text": finding.text,
        "flags": list(finding.flags),
    }


def _action(finding: Finding) -> dict:
    return _numbered(finding) | {
        "owner_hint": finding.owner_hint,
        "time_phrases": list(finding.time_phrases),
        "suggested_due_on": finding.suggested_due_on.isoformat() if finding.suggested_due_on else None,
    }


def _recommendation(finding: Finding) -> dict:
    return _action(finding) | {"kind": finding.ask, "addressees": list(finding.addressees)}


_LISTS = (
    ("witnesses", "witness", _witness),
    ("discussion_points", "point", _numbered),
    ("resolutions", "resolution", _numbered),
    ("recommendations", "recommendation", _recommendation),
    ("actions", "action", _action),
    ("attendance_changes", "attendance", _plain),
    # The words behind `declarations`, with their place: "None" is said in many ways.
    ("declared", "declarations", _plain),
    ("unread", "unread", _plain),
    ("furniture", "furniture", _plain),
)
