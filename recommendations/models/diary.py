"""What is due by a day, for one person or one board, and what lately ceased to be: what a calendar shows."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from recommendations import clock
from recommendations.models.boards import Board
from recommendations.models.exempt import readable
from recommendations.models.follow_ups import FollowUpReport
from recommendations.models.meetings import Meeting
from recommendations.models.people import User
from recommendations.models.progress import Progress
from recommendations.models.recommendations import Recommendation
from recommendations.models.responses import Response
from recommendations.models.tracked import Tracked

# A calendar that is fetched at all is fetched within this time, and has then crossed out what is over.
KEPT_DAYS = 90
STILL = datetime.datetime.max.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Kind:
    """A kind of thing that is due: `awaited` narrows its rows to those still to come, live and past ones alike."""

    name: str
    model: type[Tracked]
    awaited: Callable[[Any], QuerySet]
    # The way from it to its recommendation; "" where it is the recommendation itself.
    above: str = "recommendation__"

    @property
    def subject(self):
        return self.above.removesuffix("__") or "id"


REPORT = Kind("follow-up", FollowUpReport, lambda rows: rows.outstanding())
ACTION = Kind(
    "recommendation", Recommendation, lambda rows: rows.open().exclude(progress=Progress.REPORTED_COMPLETE), above=""
)
ANSWER = Kind("answer", Response, lambda rows: rows.unanswered())
MEETING = "meeting"


@dataclass(frozen=True)
class Entry:
    """Something due on a day, or (`is_over`) no longer due. Without a `record` the reader may no longer read it."""

    kind: str
    pk: int
    on: datetime.date
    # Rises with every change of what is shown, the way a calendar wants it.
    sequence: int
    changed_at: datetime.datetime
    record: Tracked | None = None
    is_over: bool = False

    @property
    def name(self):
        """The same for ever, wherever the date moves."""
        return f"{self.kind}-{self.pk}"


@dataclass(frozen=True)
class Diary:
    """What `reader` may know of: their own due dates, or those of a board with its answers and meetings.

    Costs the same number of queries, however much is due or over.
    """

    reader: User
    board: Board | None = None

    @property
    def kinds(self):
        return (REPORT, ACTION, ANSWER) if self.board else (REPORT, ACTION)

    def scope(self, above=""):
        return {f"{above}board": self.board} if self.board else {f"{above}owner": self.reader}

    def entries(self):
        due = [entry for kind in self.kinds for entry in self.due(kind)]
        if self.board:
            due += self.meetings()
        over = self.over({entry.name for entry in due})
        return sorted([*due, *over], key=lambda entry: (entry.on, entry.kind, entry.pk))

    def due(self, kind):
        rows = kind.model.objects.visible_to(self.reader).filter(**self.scope(kind.above), due_on__isnull=False)
        return [entry_of(kind, row, on=row.due_on) for row in complete(kind, kind.awaited(rows))]

    def meetings(self):
        """Those to come, and as far back as what is over."""
        since = clock.today() - datetime.timedelta(days=KEPT_DAYS)
        rows = Meeting.objects.filter(board=self.board, held_on__gte=since).select_related("board")
        rows = rows.annotate(own_change=last_change(Meeting, "id"))
        return [Entry(MEETING, row.pk, row.held_on, row.version, row.own_change, record=row) for row in rows]

    # What is over: found in the history, since a row as it stands does not say what it was

    def over(self, still_due):
        """What was due here at some time of the last 90 days, to this reader's knowledge, and is not in `still_due`."""
        since = clock.now() - datetime.timedelta(days=KEPT_DAYS)
        was_due = {kind: list(self.was_due(kind, since)) for kind in self.kinds}
        was_here = self.was_here({row.subject for rows in was_due.values() for row in rows}, since)
        return [
            entry
            for kind, rows in was_due.items()
            for entry in self.ended(kind, last_days(rows, was_here))
            if entry.name not in still_due
        ]

    def was_due(self, kind, since):
        """(id, subject, due_on, history_date, until): past rows of records that may have ceased to be due here."""
        ever_here = Recommendation.history.filter(**self.scope()).values("id")
        touched = Q(id__in=changed_since(kind.model, since))
        touched |= Q(**{f"{kind.subject}__in": changed_since(Recommendation, since)})
        rows = kind.model.history.filter(touched, due_on__isnull=False, **{f"{kind.subject}__in": ever_here})
        rows = in_force_since(kind.awaited(rows), since).annotate(subject=F(kind.subject))
        return rows.order_by().values_list("id", "subject", "due_on", "history_date", "until", named=True)

    def was_here(self, recommendations, since):
        """{id: past rows} of these recommendations, as far as they were the owner's or the board's, and readable."""
        flags = ["exempt_paragraph", "item__exempt_paragraph"]
        allowed = readable(self.reader, flags=flags, board="board", owner="owner")
        rows = Recommendation.history.filter(allowed, id__in=recommendations, **self.scope())
        found = defaultdict(list)
        for row in in_force_since(rows, since).order_by().values_list("id", "history_date", "until", named=True):
            found[row.id].append(row)
        return found

    def ended(self, kind, days):
        """Entries of `days` ({id: the last due date}), with the record where the reader may still read it.

        Somebody who knew of it is told that it is over, without a word of it. The public is told nothing.
        """
        rows = complete(kind, kind.model.objects.visible_to(self.reader).filter(pk__in=days))
        told = {row.pk: entry_of(kind, row, on=days[row.pk], is_over=True) for row in rows}
        if self.reader.is_authenticated:
            columns = ["pk", "version", "own_change"]
            columns += [f"{kind.above}version", "subject_change"] if kind.above else []
            hidden = with_changes(kind, kind.model.objects.filter(pk__in=days.keys() - told.keys()))
            for pk, *numbers in hidden.values_list(*columns):
                sequence, changed_at = sum(numbers[0::2]), max(numbers[1::2])
                told[pk] = Entry(kind.name, pk, days[pk], sequence, changed_at, is_over=True)
        return told.values()


def entry_of(kind, row, *, on, is_over=False):
    """The versions of the record and of its recommendation only ever rise, and so does their sum."""
    sequence, changed_at = row.version, row.own_change
    if kind.above:
        sequence, changed_at = sequence + row.recommendation.version, max(changed_at, row.subject_change)
    return Entry(kind.name, row.pk, on, sequence, changed_at, row, is_over)


def complete(kind, rows):
    """With the people and places that a calendar names, in no order yet."""
    named = [f"{kind.above}{name}" for name in ("board", "owner", "item")]
    return with_changes(kind, rows.order_by().select_related(*named))


def with_changes(kind, rows):
    rows = rows.annotate(own_change=last_change(kind.model, "id"))
    return rows.annotate(subject_change=last_change(Recommendation, kind.subject)) if kind.above else rows


def last_change(model, key):
    """When the record with the id `key` of the outer query changed last."""
    rows = model.history.filter(id=OuterRef(key)).order_by("-history_id")
    return Subquery(rows.values("history_date")[:1])


def changed_since(model, moment):
    return model.history.filter(history_date__gte=moment).values("id")


def in_force_since(rows, moment):
    """Past rows that held at some time since then, each with `until`: when the next one took over, if one did."""
    later = rows.model.objects.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id")).order_by("history_id")
    rows = rows.annotate(until=Subquery(later.values("history_date")[:1]))
    return rows.filter(Q(until=None) | Q(until__gte=moment))


def last_days(was_due, was_here):
    """{id: the due date it had} when it last was both due and here."""
    days, moments = {}, {}
    for row in was_due:
        for other in was_here[row.subject]:
            begun, ended = max(row.history_date, other.history_date), min(row.until or STILL, other.until or STILL)
            if ended > max(begun, moments.get(row.id, begun)):
                days[row.id], moments[row.id] = row.due_on, ended
    return days
