"""The history of recommendations as a file, one line a change: when, who, what, from what to what, and why."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.history import Change, Entry, changes_of, entitled_to
from recommendations.models import Recommendation

from .tables import Column

# Of recommendations at a time: each has a life to tell.
CHUNK = 200
RECORDS = {
    "recommendation": _("Recommendation"),
    "response": _("Answer"),
    "followupreport": _("Follow-up report"),
    "datechange": _("Later date"),
    "progressupdate": _("Progress update"),
    "evidence": _("Evidence"),
}
NO_CHANGE = Change("", "", "")


@dataclass(frozen=True)
class Line:
    """One field that changed, or one thing that happened to no field."""

    recommendation: Recommendation
    entry: Entry
    change: Change


COLUMNS = (
    Column("reference", _("Reference"), lambda line: line.recommendation.reference),
    Column("board", _("Board"), lambda line: line.recommendation.board.name),
    # By the council's clock: with the day first it would neither sort nor be read alike everywhere.
    Column("when", _("When"), lambda line: line.entry.moment.replace(tzinfo=None).isoformat(" ", "seconds")),
    Column("who", _("Who"), lambda line: line.entry.who),
    Column("record", _("Record"), lambda line: RECORDS[line.entry.key.partition(":")[0]]),
    Column("what", _("What happened"), lambda line: line.entry.what),
    Column("field", _("What changed"), lambda line: line.change.label),
    Column("before", _("From"), lambda line: line.change.before),
    Column("after", _("To"), lambda line: line.change.after),
    Column("why", _("Why"), lambda line: line.entry.why),
    Column("words", _("Words"), lambda line: line.entry.words),
)


def lines(ids, user, on) -> Iterator[Line]:
    """Up to the end of the day `on`, as `user` may read it: recommendation by recommendation, each from its beginning.

    Costs seven queries for every two hundred, whoever reads.
    """
    for start in range(0, len(ids), CHUNK):
        visible = Recommendation.objects.visible_to(user).filter(id__in=list(ids[start : start + CHUNK]))
        known = {row.pk: row for row in visible.select_related("board")}
        told = defaultdict(list)
        for key, entry in changes_of(list(known), entitled=entitled_to(known.values(), user)):
            told[key].append(entry)
        for key in filter(known.get, ids[start : start + CHUNK]):
            happened = [entry for entry in told[key] if entry.moment <= clock.end_of(on)]
            for entry in sorted(happened, key=lambda entry: entry.moment):
                yield from (Line(known[key], entry, change) for change in entry.changes or [NO_CHANGE])
