"""What became of a draft that is finished: each line of its text, and the record that came of it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from recommendations.minutes import drafts
from recommendations.models import (
    AgendaItem,
    AttendanceChange,
    DiscussionPoint,
    MinutesDraft,
    Recommendation,
    Resolution,
    Witness,
)

# The kinds that become records of their own, numbered as `adopt` numbers them; the rest becomes part of the item.
RECORDS = (
    (("witness",), Witness),
    (("point",), DiscussionPoint),
    (("resolution",), Resolution),
    (("attendance",), AttendanceChange),
    (drafts.ASKED, Recommendation),
)


@dataclass(frozen=True)
class Fate:
    """What one finding became, in words, and where that is to be seen; `is_recorded`: something did come of it."""

    words: str
    address: str = ""
    is_recorded: bool = True


Told = list[tuple[drafts.Finding, Fate]]


def by_line(draft: MinutesDraft, told: Told) -> list[tuple[int, str, list[Fate]]]:
    """Each line that says something: its number, its words, what it became."""
    found: dict[int, list[Fate]] = {}
    for finding, fate in told:
        for number in range(finding["line"] or 1, (finding["last_line"] or 0) + 1):
            found.setdefault(number, []).append(fate)
    return [(number, line, found.get(number, [])) for number, line in enumerate(draft.lines, 1) if line.strip()]


def added_by_hand(told: Told) -> list[tuple[str, Fate]]:
    """The words that no line holds, and what they became."""
    return [(finding["text"], fate) for finding, fate in told if not finding["line"]]


def fates(draft: MinutesDraft) -> Told:
    """Every finding with what it became, in their order. Six queries, whatever the length."""
    places = [place for place, _ in drafts.adoptable(draft.content)]
    made = AgendaItem.objects.filter(draft=draft).select_related("meeting").order_by("id")
    agenda = dict(zip(places, made, strict=False))
    stored = {(model, one.item_id, one.position): one for _, model in RECORDS for one in _of(model, draft)}
    told = []
    for place, item in enumerate(draft.content.get("items", [])):
        agenda_item = agenda.get(place)
        records = _records_of(item, agenda_item, stored) if agenda_item else {}
        told += [(finding, _fate(finding, agenda_item, records.get(finding["id"]))) for finding in item["findings"]]
    return told


def _of(model, draft):
    return model.objects.filter(item__draft=draft)


def _records_of(item, agenda_item, stored):
    """{id of a finding: its record}: they were numbered in this order when they were made."""
    return {
        finding["id"]: stored.get((model, agenda_item.pk, position))
        for kinds, model in RECORDS
        for position, finding in enumerate(drafts.live(item, *kinds), 1)
    }


def _fate(finding, agenda_item, record) -> Fate:
    nothing = {"furniture": _("Heading or page noise"), "unread": _("Not read, not recorded")}
    if finding["dropped"]:
        return Fate(_("Left out: %(why)s") % {"why": finding["dropped"]}, is_recorded=False)
    if finding["kind"] in nothing:
        return Fate(nothing[finding["kind"]], is_recorded=False)
    label = str(drafts.KINDS[finding["kind"]])
    if finding["kind"] != "title":
        label = f"{label} {finding['number']}".strip()
    if agenda_item is None:
        return Fate(label, is_recorded=False)
    return _of_record(label, record, agenda_item)


def _of_record(label, record, agenda_item) -> Fate:
    if isinstance(record, Recommendation):
        return Fate(f"{label}: {record.reference}", record.get_absolute_url())
    if isinstance(record, Witness) and record.person_id:
        return Fate(f"{label}: {record.name}", reverse("witness", args=[record.person_id]))
    if isinstance(record, DiscussionPoint):
        return Fate(label, f"{agenda_item.meeting.get_absolute_url()}#point-{record.pk}")
    return Fate(label, agenda_item.get_absolute_url())
