"""The history of recommendations as a file, one line a change: when, who, what, from what to what, and why."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import NamedTuple

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


class About(NamedTuple):
    """The recommendation that a line is about."""

    pk: int
    board_id: int
    owner_id: int | None
    reference: str
    board: str


class Line(NamedTuple):
    """One field that changed, or one thing that happened to no field."""

    about: About
    entry: Entry
    change: Change
    # What kind of record it happened to.
    record: str


COLUMNS = (
    Column("reference", _("Reference"), attrgetter("about.reference")),
    Column("board", _("Board"), attrgetter("about.board")),
    # By the council's clock: with the day first it would neither sort nor be read alike everywhere.
    Column("when", _("When"), lambda line: line.entry.moment.replace(tzinfo=None).isoformat(" ", "seconds")),
    Column("who", _("Who"), attrgetter("entry.who")),
    Column("record", _("Record"), attrgetter("record")),
    Column("what", _("What happened"), attrgetter("entry.what")),
    Column("field", _("What changed"), attrgetter("change.label")),
    Column("before", _("From"), attrgetter("change.before")),
    Column("after", _("To"), attrgetter("change.after")),
    Column("why", _("Why"), attrgetter("entry.why")),
    Column("words", _("Words"), attrgetter("entry.words")),
)


def lines(ids, user, on) -> Iterator[Line]:
    """Up to the end of the day `on`, as `user` may read it: recommendation by recommendation, each from its beginning.

    Costs seven queries for every portion (see `portions`), whoever reads, and one for each kind of names that are new.
    """
    end, named, records = clock.end_of(on), Named(), {kind: str(name) for kind, name in RECORDS.items()}
    for portion in portions(ids):
        visible = Recommendation.objects.visible_to(user).filter(id__among=portion).order_by()
        about = map(About._make, visible.values_list("pk", "board_id", "owner_id", "reference", "board__name"))
        known = {one.pk: one for one in about}
        told = defaultdict(list)
        for key, entry in changes_of(
            array("q", known), way="among", entitled=entitled_to(known.values(), user), named=named
        ):
            if entry.moment <= end:
                told[key].append(entry)
        for key in filter(known.get, portion):
            for entry in sorted(told[key], key=attrgetter("moment")):
                record = records[entry.key.partition(":")[0]]
                yield from (Line(known[key], entry, change, record) for change in entry.changes or [NO_CHANGE])


def portions(ids) -> Iterator[array]:
    """So many ids at a time that their histories have no more than `ROWS` rows together; one that has more comes alone.

    Some recommendations live long: as many of those as of others would fill the memory.
    """
    for chunk in chunks(ids):
        rows, total = lengths_of(chunk), 0
        portion = array("q")
        for key in chunk:
            if portion and total + rows[key] > ROWS:
                yield portion
                portion, total = array("q"), 0
            portion.append(key)
            total += rows[key]
        yield portion


def lengths_of(ids) -> Counter:
    """{recommendation: how many rows its histories have}"""
    keyed = [
        rows.order_by().values_list("id" if rows.model.instance_type is Recommendation else "recommendation")
        for rows in histories_of(ids, "among")
    ]
    counted = [rows.annotate(rows=Count("history_id")) for rows in keyed]
    lengths: Counter = Counter()
    for key, number in counted[0].union(*counted[1:], all=True):
        lengths[key] += number
    return lengths


class Named:
    """Makes plain rows of a history, each with the people and places that it names.

    Joined to each row, the same few hundred would be made anew hundreds of thousands of times; and to make a record of
    each row takes longer than to tell what happened to it.
    """

    def __init__(self) -> None:
        self.known: defaultdict[str, dict] = defaultdict(dict)

    def __call__(self, rows, names):
        kind, fields = plain_of(rows.model), [field.attname for field in rows.model._meta.concrete_fields]
        plain = [kind(zip(fields, values, strict=True)) for values in rows.values_list(*fields)]
        for name in names:
            name, __, further = name.partition("__")
            self.give(plain, rows.model._meta.get_field(name), further)
        return plain

    def give(self, rows, field, further) -> None:
        keys, known = list(map(attrgetter(field.attname), rows)), self.known[field.related_model]
        if missing := {*keys} - {None, *known}:
            if len(known) > MOST_KNOWN:
                known.clear()
                missing = {*keys} - {None}
            asked = field.related_model._base_manager.all()
            known |= (asked.select_related(further) if further else asked).in_bulk(missing)
        for key, row in zip(keys, rows, strict=True):
            vars(row)[field.name] = known.get(key)


class Plain:
    """A row of a history, as far as a line is told from it."""

    # The record itself, which a page leads on to.
    instance = None

    def __init__(self, values) -> None:
        self.__dict__.update(values)


@cache
def plain_of(model):
    """The rows of this history, which know of which kind they are as its records do."""
    return type(model.__name__, (Plain,), {"instance_type": model.instance_type, "_meta": model._meta})
