"""Findings in the making: paragraphs are added while the reader walks on, then everything about the words is worked out."""

import re
from dataclasses import dataclass, field, replace

from . import dates, outcomes, people
from .addressees import actor_of, addressees_of, owner_hint_of
from .findings import Finding
from .paragraphs import Paragraph

_LEADS = re.compile(r"(?::[-–—]?|\s[-–—]|–|—|,\sand|:\sand)\s*$")
_LOST_CHARACTER = re.compile(r"[^\W\d_]{2,}\?[^\W_][\w?]*")
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")


@dataclass(slots=True)
class Draft:
    """A finding in the making: `parts` are its own words and the nested entries below them."""

    kind: str
    paragraph: Paragraph
    flags: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    last_line: int = 0
    addressee: str = ""
    leads: bool = False

    def __post_init__(self) -> None:
        self.parts = [self.paragraph.text]
        self.last_line = self.paragraph.last_line
        self.leads = bool(_LEADS.search(self.parts[0][-8:]))

    @property
    def number(self) -> str:
        return self.paragraph.mark.number if self.paragraph.mark else ""

    def nest(self, paragraph: Paragraph) -> None:
        """Add a nested entry, with its mark, on a line of its own."""
        self.parts.append(paragraph.whole)
        self.last_line = paragraph.last_line


def finished(draft: Draft) -> Finding:
    text = "\n".join(draft.parts)
    finding = Finding(draft.kind, draft.paragraph.line, draft.last_line, text, draft.number, flags=tuple(draft.flags))
    return _FINISHERS.get(draft.kind, _noted)(draft, finding)


def _noted(draft: Draft, finding: Finding) -> Finding:
    """With the oddities of the words: lost characters are pointed out, never mended."""
    flags = list(finding.flags)
    if draft.paragraph.mark and draft.paragraph.mark.lost:
        flags.append("A “?” stands where a list mark was lost.")
    flags.extend(
        f"A “?” stands inside “{found}”: a character may be lost."
        for found in _LOST_CHARACTER.findall(finding.text[:5000])
    )
    return replace(finding, flags=tuple(flags)) if flags else finding


def _furniture(draft: Draft, finding: Finding) -> Finding:
    """Page noise keeps its list mark; headings that were cut from a line keep what they said."""
    cut = draft.parts != [draft.paragraph.text]
    return replace(finding, text=finding.text if cut else draft.paragraph.whole, number="")


def _witness(_: Draft, finding: Finding) -> Finding:
    person = people.read_person(finding.text)
    return replace(
        finding,
        text=" ".join(finding.text.split()),
        number="",
        name=person.name,
        role=person.role,
        organisation=person.organisation,
        flags=(*finding.flags, *person.flags),
    )


def _recommendation(draft: Draft, finding: Finding) -> Finding:
    addressees = addressees_of(finding.text, draft.addressee)
    owner = owner_hint_of(finding.text, addressees)
    return replace(_timed(draft, finding), ask=outcomes.ask_of(finding.text), addressees=addressees, owner_hint=owner)


def _action(draft: Draft, finding: Finding) -> Finding:
    return replace(_timed(draft, finding), owner_hint=actor_of(finding.text))


def _timed(draft: Draft, finding: Finding) -> Finding:
    finding = _noted(draft, finding)
    phrases = dates.time_phrases(finding.text[:20_000])
    due_on, flags = None, list(finding.flags)
    for phrase in phrases:
        named = dates.full_date(phrase)
        due_on = due_on or named
        if named and (day := _WEEKDAY.search(phrase)) and _WEEKDAYS[named.weekday()] != day[1].casefold():
            flags.append(f"“{phrase}”: that day is a {named:%A}.")
    return replace(finding, time_phrases=phrases, suggested_due_on=due_on, flags=tuple(flags))


_FINISHERS = {
    "furniture": _furniture,
    "witness": _witness,
    "recommendation": _recommendation,
    "action": _action,
}
