"""The history of recommendations as a file, one line a change: when, who, what, from what to what, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.history import Change, Entry, changes_of, entitled_to, histories_of
from recommendations.models import Recommendation

from .chunks import chunks
from .tables import Column

# Of histories, read at a time.
ROWS = 4000
# Of people, of boards and so on, remembered from one portion to the next.
MOST_KNOWN = 2000
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
    # What kind of record it happened to.
    record: str


COLUMNS = (
    Column("reference", _("Reference"), lambda line: line.recommendation.reference),
    Column("board", _("Board"), lambda line: line.recommendation.board.name),
    # By the council's clock: with the day first it would neither sort nor be read alike everywhere.
    Column("when", _("When"), lambda line: line.entry.moment.replace(tzinfo=None).isoformat(" ", "seconds")),
    Column("who", _("Who"), lambda line: line.entry.who),
    Column("record", _("Record"), lambda line: line.record),
    Column("what", _("What happened"), lambda line: line.entry.what),
    Column("field", _("What changed"), lambda line: line.change.label),
    Column("before", _("From"), lambda line: line.change.before),
    Column("after", _("To"), lambda line: line.change.after),
    Column("why", _("Why"), lambda line: line.entry.why),
    Column("words", _("Words"), lambda line: line.entry.words),
)


def lines(ids, user, on) -> Iterator[Line]:
    """Up to the end of the day `on`, as `user` may read it: recommendation by recommendation, each from its beginning.

    Costs seven queries for every portion (see `portions`), whoever reads, and one for each kind of names that are new.
    """
    end, named, records = clock.end_of(on), Named(), {kind: str(name) for kind, name in RECORDS.items()}
    for portion in portions(ids):
        visible = Recommendation.objects.visible_to(user).filter(id__in=portion).select_related("board")
        known = {row.pk: row for row in visible.only("reference", "owner", "board__name")}
        told = defaultdict(list)
        for key, entry in changes_of(list(known), entitled=entitled_to(known.values(), user), named=named):
            if entry.moment <= end:
                told[key].append(entry)
        for key in filter(known.get, portion):
            for entry in sorted(told[key], key=attrgetter("moment")):
                record = records[entry.key.partition(":")[0]]
                yield from (Line(known[key], entry, change, record) for change in entry.changes or [NO_CHANGE])


def portions(ids) -> Iterator[list[int]]:
    """So many ids at a time that their histories have no more than `ROWS` rows together; one that has more comes alone.

    Some recommendations live long: as many of those as of others would fill the memory.
    """
    for chunk in chunks(ids):
        rows, total = lengths_of(chunk), 0
        portion: list[int] = []
        for key in chunk:
            if portion and total + rows[key] > ROWS:
                yield portion
                portion, total = [], 0
            portion.append(key)
            total += rows[key]
        yield portion


def lengths_of(ids) -> Counter:
    """{recommendation: how many rows its histories have}"""
    keyed = [
        rows.order_by().values_list("id" if rows.model.instance_type is Recommendation else "recommendation")
        for rows in histories_of(ids)
    ]
    counted = [rows.annotate(rows=Count("history_id")) for rows in keyed]
    lengths: Counter = Counter()
    for key, number in counted[0].union(*counted[1:], all=True):
        lengths[key] += number
    return lengths


class Named:
    """Gives rows the people and places that they name. Joined to each row, the same few hundred would be made anew
    hundreds of thousands of times.
    """

    def __init__(self) -> None:
        self.known: defaultdict[str, dict] = defaultdict(dict)

    def __call__(self, rows, names):
        rows = list(rows)
        for name in names:
            name, __, further = name.partition("__")
            field = rows[0]._meta.get_field(name) if rows else None
            if field:
                self.give(rows, field, further)
        return rows

    def give(self, rows, field, further) -> None:
        keys, known = list(map(attrgetter(field.attname), rows)), self.known[field.related_model]
        if missing := {*keys} - {None, *known}:
            if len(known) > MOST_KNOWN:
                known.clear()
                missing = {*keys} - {None}
            asked = field.related_model._base_manager.all()
            known |= (asked.select_related(further) if further else asked).in_bulk(missing)
        for key, row in zip(keys, rows, strict=True):
            field.set_cached_value(row, known.get(key))
