"""What a clerk makes of what the reader found: the form it is kept in, and what may be done to it before it is adopted.

The content of a draft, of what was found and of what a clerk made of it alike:

    {"items": [{"number": "7",              as the agenda has it; "" until a clerk gave it
                "exempt_paragraph": null,   of Schedule 12A, or null
                "findings": [{
        "id": 1,                            unique in the draft, never given again
        "kind": "point",                    one of `KINDS`
        "line": 24, "last_line": 26,        of the draft's text, from 1; null for what a clerk added
        "text": "…", "number": "1",         verbatim, and the printed number before it
        "name": "", "role": "", "organisation": "",                         of witnesses
        "person": null,                     of witnesses, where a clerk said who it is: a person, or 0 for nobody known, or
                                            "f1" for the witness with the id 1 before it in this draft
        "ask": "", "title": "", "addressees": [], "owner": null, "owner_hint": "", "due_on": null, "time_phrases": [],
        "repeats": null,                    the same, where a report is wanted again and again: after so many months
                                            of recommendations and actions
        "exempt_paragraph": null, "evidence": [],   the same; evidence: the ids of points and witnesses
        "flags": ["…"], "checked": false,   oddities, and whether a clerk has looked at them
        "dropped": ""                       why it is left out, or ""
    }]}],
    "last_id": 31}                          the highest id given so far

Dates are proposed from `time_phrases` and the day of the meeting whenever a page asks, never kept unasked.
"""

import copy
import datetime
import textwrap
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recommendations.minutes import dates, parser
from recommendations.minutes.meeting_days import printed_days
from recommendations.models import MinutesDraft, Refused, digest_of

# Part of what this module offers; the draft itself counts its doubts with them.
from recommendations.models.doubts import all_findings as all_findings
from recommendations.models.doubts import is_live as is_live
from recommendations.models.doubts import is_odd as is_odd
from recommendations.models.doubts import oddities as oddities
from recommendations.models.doubts import unread as unread
from recommendations.models.minutes import CLERKS_ONLY
from recommendations.models.tracked import must_be_clerk

# Each kind, in the order in which a clerk meets it, and what the pages call it.
KINDS = {
    "title": gettext_lazy("Title"),
    "purpose": gettext_lazy("Purpose of the report"),
    "declarations": gettext_lazy("Declarations of interest"),
    "witness": gettext_lazy("Witness"),
    "point": gettext_lazy("Key point"),
    "resolution": gettext_lazy("Resolution"),
    "recommendation": gettext_lazy("Recommendation"),
    "action": gettext_lazy("Action"),
    "attendance": gettext_lazy("Arrival or departure"),
    "furniture": gettext_lazy("Heading or page noise"),
    "unread": gettext_lazy("Unread"),
}
ASKED = ("recommendation", "action")
EVIDENCE = ("point", "witness")
# As long as the records that these words become can hold.
LIMITS = {"number": 12, "name": 200, "role": 300, "organisation": 200, "title": 200}
TITLE_LIMIT, ADDRESSEE_LIMIT = 300, 200
# More than any whole meeting has; beyond it a review page could neither be read nor sent back.
MOST_FINDINGS = 1500
READ_BY_READER = ("name", "role", "organisation", "ask", "addressees", "owner_hint", "time_phrases")

Finding = dict[str, Any]
Item = dict[str, Any]
Content = dict[str, Any]


class AlreadyEntered(Refused):
    """The same words were entered before, in `draft`."""

    def __init__(self, draft):
        super().__init__(_("These minutes have been entered already."))
        self.draft = draft


# Beginning


def start(
    lines, *, board, by, held_on=None, numbers=(), file_name="", file_digest="", exempt_paragraph=None, reason="",
    known=None,
) -> MinutesDraft:  # fmt: skip
    """Read `lines` and keep what was found as a new draft. `numbers`: those of its items, as far as they are known.

    `known`: the drafts whose words are not entered again; without it all that were not discarded.
    """
    must_be_clerk(by, CLERKS_ONLY)
    found = content_of(parser.read(lines))
    digests = {"digest": digest_of(spoken(found, lines)), "line_digest": digest_of(lines)}
    refuse_again(digests, known)
    if sum(len(item["findings"]) for item in found["items"]) > MOST_FINDINGS:
        raise Refused(_("This is too long for one draft. Enter the minutes of one meeting, or one item, at a time."))
    content = copy.deepcopy(found)
    for place, item in enumerate(content["items"]):
        item["number"] = numbers[place] if place < len(numbers) else ""
        item["exempt_paragraph"] = exempt_paragraph
    draft = MinutesDraft(
        board=board, held_on=held_on, file_name=file_name, file_digest=file_digest, text="\n".join(lines),
        found=found, content=content, created_by=by, **digests,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return draft.record(by=by, reason=reason)
    except IntegrityError:
        # Somebody entered the same text in this very moment.
        refuse_again(digests, known)
        raise


def refuse_again(digests, known=None):
    known = MinutesDraft.objects.entered() if known is None else known
    if first := known.saying(**digests).select_related("board", "meeting").first():
        raise AlreadyEntered(first)


def spoken(found: Content, lines) -> list[str]:
    """What these minutes say, whatever the format and the layout they come in.

    A page's furniture differs from one format to the next and is left out, but for the day of the meeting: the same
    few words are said again at another.
    """
    words = [finding["text"] for finding in all_findings(found) if finding["kind"] != "furniture"]
    days = sorted(day.isoformat() for day in printed_days(lines))
    return [line for text in [*days, *words] for line in text.split("\n")] if words else lines


def content_of(reading: parser.Reading) -> Content:
    """What the reader found, in the form above."""
    content: Content = {"items": [], "last_id": 0}
    for item in reading.items or [parser.Item(())]:
        findings = [_kept(found, next_id(content)) for found in item.findings]
        content["items"].append({"number": "", "exempt_paragraph": None, "findings": findings})
    return content


def next_id(content: Content) -> int:
    """Never the id of something that was merged away: a stale form would otherwise correct the wrong one."""
    content["last_id"] += 1
    return content["last_id"]


def _kept(found: parser.Finding, pk: int) -> Finding:
    finding = blank(found.kind, found.text, line=found.line, last_line=found.last_line) | {"id": pk}
    finding |= {"number": found.number, "flags": list(found.flags)}
    return finding | _read(found)


def blank(kind, text, *, line=None, last_line=None) -> Finding:
    return {
        "id": 0, "kind": kind, "line": line, "last_line": last_line, "text": text, "number": "",
        "name": "", "role": "", "organisation": "", "person": None,
        "ask": "", "title": "", "addressees": [], "owner": None, "owner_hint": "", "due_on": None, "time_phrases": [],
        "repeats": None,
        "exempt_paragraph": None, "evidence": [], "flags": [], "checked": False, "dropped": "",
    }  # fmt: skip


def _read(found: parser.Finding) -> Finding:
    """What the reader makes of the words of one finding."""
    read = {name: getattr(found, name) for name in READ_BY_READER}
    read |= {name: list(value) for name, value in read.items() if isinstance(value, tuple)}
    if found.kind in ASKED:
        read["title"] = short_title(found.text)
    return read


def short_title(text, width=80):
    """The Board's words without the "That" before them, cut after a whole word."""
    words = " ".join(text.split())
    words = words[5:] if words[:5].casefold() == "that " else words
    return textwrap.shorten(words[:1].upper() + words[1:], width=width, placeholder="…").strip()


# Looking


def live(item: Item, *kinds) -> list[Finding]:
    return [f for f in item["findings"] if is_live(f) and (not kinds or f["kind"] in kinds)]


def text_of(item: Item, kind) -> str | None:
    """The words of all findings of one kind together; None where there are none."""
    words = [finding["text"] for finding in live(item, kind)]
    separator = " " if kind == "title" else "\n"
    return separator.join(words) if words else None


def adoptable(content: Content) -> list[tuple[int, Item]]:
    """The items that become records, each with its place in the draft: those of which something is left."""
    return [(place, item) for place, item in enumerate(content.get("items", [])) if live(item)]


def name_of(finding: Finding) -> str:
    """What a clerk calls it: its kind, its number and its line."""
    number = f" {finding['number']}" if finding["number"] else ""
    line = _(", line %(line)s") % {"line": finding["line"]} if finding["line"] else _(", added by hand")
    return f"{KINDS[finding['kind']]}{number}{line}"


def here(pk: int) -> str:
    """What a witness is called where a clerk takes another one of the same draft for them."""
    return f"f{pk}"


def locate(content: Content, pk: int) -> tuple[Item, int]:
    """The item of the finding `pk`, and its place in it."""
    for item in content["items"]:
        for place, finding in enumerate(item["findings"]):
            if finding["id"] == pk:
                return item, place
    raise Refused(_("That is no longer in this draft. Look at the page again."))


def date_of(text) -> datetime.date | None:
    """A date as the content keeps it."""
    return datetime.date.fromisoformat(text) if text else None


# Correcting


def correct(finding: Finding, **changes) -> None:
    """Take over what a clerk typed. What is derived from the words follows them, where no clerk has said otherwise."""
    before = dict(finding)
    finding.update(changes)
    if finding["kind"] != before["kind"]:
        _read_as_new_kind(finding)
    elif finding["kind"] in ASKED and finding["text"] != before["text"]:
        finding["time_phrases"] = list(dates.time_phrases(finding["text"]))
        if before["title"] == short_title(before["text"]):
            finding["title"] = short_title(finding["text"])


def _read_as_new_kind(finding: Finding) -> None:
    """Fill what the new kind needs and is still empty, as the reader would have."""
    fresh = reread(finding["kind"], finding["text"])
    finding.update({name: value for name, value in fresh.items() if not finding[name]})


def reread(kind, text) -> Finding:
    """What the reader makes of `text` under the heading of its kind."""
    headings = {"witness": "Witnesses:", "recommendation": "The Board recommends:", "action": "Actions:"}
    if kind not in headings:
        return {}
    mark = "" if kind == "witness" else "1. "
    reading = parser.read([headings[kind], "", mark + " ".join(text.split())])
    found = [finding for item in reading.items for finding in item.findings]
    same = next((_read(f) for f in found if f.kind == kind), {})
    if kind == "witness":
        return {"name": " ".join(text.split())} | same
    return same | {"ask": same.get("ask") or "do", "title": short_title(text)}


def merge(content: Content, pk: int) -> int:
    """Join a finding to the one above it; returns the id of that one."""
    item, place = locate(content, pk)
    above = next((f for f in reversed(item["findings"][:place]) if is_live(f)), None)
    if above is None:
        raise Refused(_("Nothing stands above this to merge it with."))
    below = item["findings"].pop(place)
    if above["kind"] == "witness":
        # What is wrapped over two lines is the end of somebody's role.
        last = "organisation" if above["organisation"] else "role"
        above[last] = f"{above[last]} {below['text']}".strip()
    correct(above, text=f"{above['text']} {below['text']}".strip())
    lines = [n for f in (above, below) for n in (f["line"], f["last_line"]) if n]
    if lines:
        above["line"], above["last_line"] = min(lines), max(lines)
    above["flags"] += [flag for flag in below["flags"] if flag not in above["flags"]]
    repoint(item, below["id"], [above["id"]] if above["kind"] in EVIDENCE else [])
    for one in all_findings(content):
        if one.get("person") == here(below["id"]):
            one["person"] = here(above["id"]) if above["kind"] == "witness" else None
    return above["id"]


def repoint(item: Item, pk: int, to: list[int]) -> None:
    """Let evidence that named `pk` name `to` instead."""
    for finding in item["findings"]:
        if pk in finding["evidence"]:
            kept = [known for known in finding["evidence"] if known != pk]
            finding["evidence"] = kept + [new for new in to if new not in kept]


def drop(content: Content, pk: int, reason: str) -> int:
    item, place = locate(content, pk)
    item["findings"][place]["dropped"] = reason
    return must_be_dropped(content, pk)


def must_be_dropped(content: Content, pk: int) -> int:
    item, place = locate(content, pk)
    if not item["findings"][place]["dropped"].strip():
        raise Refused(_("Say why this is left out."))
    return pk


def restore(content: Content, pk: int) -> int:
    item, place = locate(content, pk)
    item["findings"][place]["dropped"] = ""
    return pk


def add(content: Content, item_place: int, kind: str, text: str) -> int:
    """Something that the text does not hold."""
    if not text.strip():
        raise Refused(_("Write the words to add."))
    return insert(content, item_place, blank(kind, text.strip()) | reread(kind, text))


def insert(content: Content, item_place: int, finding: Finding) -> int:
    """Put a finding that is new to the item after the last of its kind, under an id of its own."""
    findings = content["items"][item_place]["findings"]
    same = [place for place, one in enumerate(findings) if one["kind"] == finding["kind"]]
    added = finding | {"id": next_id(content)}
    findings.insert(max(same, default=len(findings) - 1) + 1, added)
    return added["id"]


# Items


def begin_item(content: Content, pk: int) -> int:
    """Let a new item of the agenda begin with the finding `pk`."""
    item, place = locate(content, pk)
    if not any(is_live(finding) for finding in item["findings"][:place]):
        raise Refused(_("The item begins with this already."))
    new = {"number": "", "exempt_paragraph": item["exempt_paragraph"], "findings": item["findings"][place:]}
    item["findings"] = item["findings"][:place]
    place_of_item = next(place for place, one in enumerate(content["items"]) if one is item)
    content["items"].insert(place_of_item + 1, new)
    for one in (item, new):
        _forget_distant_evidence(one)
    return pk


def _forget_distant_evidence(item: Item) -> None:
    known = {finding["id"] for finding in item["findings"]}
    for finding in item["findings"]:
        finding["evidence"] = [pk for pk in finding["evidence"] if pk in known]


def join_item(content: Content, item_place: int) -> None:
    """Let an item go on the one before it: the reader took them for two."""
    if not 1 <= item_place < len(content["items"]):
        raise Refused(_("There is no item before this one."))
    joined = content["items"].pop(item_place)
    before = content["items"][item_place - 1]
    before["findings"] += joined["findings"]
    before["number"] = before["number"] or joined["number"]
    before["exempt_paragraph"] = before["exempt_paragraph"] or joined["exempt_paragraph"]
