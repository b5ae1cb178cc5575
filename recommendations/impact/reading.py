"""Reads everything that was asked or closed in a year or the year before, each kind of row once."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Exists, Max, Min, OuterRef, Q, prefetch_related_objects

from recommendations import clock
from recommendations.models import AgendaItem, Board, Meeting, Progress, Recommendation
from recommendations.models.progress import CLOSED
from recommendations.municipal import days_of, year_of

from .outcomes import Outcome
from .year import Impact

# Of more in a year and the year before it, each board has its own page, and all of them have none.
MOST = 10_000


def impact(snapshot, board, year):
    """(the year, the year before it): as many queries for fifty recommendations as for one."""
    outcomes = Reading(snapshot, board, year).outcomes()
    return tuple(Impact(snapshot, board, which, outcomes) for which in (year, year - 1))


def years(snapshot, board):
    """The municipal years in which anything was asked or closed, the latest first.

    Of each it is asked whether there is one, which ends with the first: to gather their days would read everything.
    """
    held = Meeting.objects.aggregate(first=Min("held_on"), last=Max("held_on"))
    if held["first"] is None:
        return []
    rows, parts = snapshot.recommendations().order_by(), {}
    for year in range(year_of(held["last"]), year_of(held["first"]) - 1, -1):
        of_asked, of_closed = at_meetings(board, days_of(year))
        parts |= {f"asked_{year}": Exists(rows.filter(of_asked)), f"closed_{year}": Exists(rows.filter(of_closed))}
    found = Meeting.objects.order_by("pk").annotate(**parts).values(*parts)[0]
    return list(dict.fromkeys(int(name.rpartition("_")[2]) for name, is_there in found.items() if is_there))


def boards():
    """Those that have met: to look for what each has asked would read everything."""
    return Board.objects.filter(Exists(Meeting.objects.filter(board=OuterRef("pk"))))


def at_meetings(board, days):
    """(what was asked, what was closed) on these days, by that board or by all: a day of closing is that of its meeting."""
    asked, closed = Q(item__meeting__held_on__range=days), Q(closed_at__held_on__range=days)
    # Whoever follows them up today, they were asked at that board's meetings.
    return (
        (asked, closed)
        if board is None
        else (asked & Q(item__meeting__board=board), closed & Q(closed_at__board=board))
    )


def days_of_both(year):
    """Of the year and the year before it."""
    return days_of(year - 1)[0], days_of(year)[1]


def is_too_much(snapshot, year):
    """Whether all boards together have more than anybody could wait for, or read on one page."""
    rows = snapshot.recommendations().order_by().values("pk")
    return any(rows.filter(rule)[: MOST + 1].count() > MOST for rule in at_meetings(None, days_of_both(year)))


class Reading:
    """Everything that was asked or closed in a year or the year before, each kind of row read once."""

    def __init__(self, snapshot, board, year):
        self.snapshot = snapshot
        self.among = snapshot.recommendations().filter(self.which(board, days_of_both(year)))
        in_order = self.among.order_by("item__meeting__held_on", "item", "position", "id")
        self.rows = snapshot.complete(in_order, joined=())
        prefetch_related_objects(self.rows, "closed_at__board")

    def which(self, board, days):
        """What one board asked or closed, by what an index has of the row itself: either of two joins would read all rows."""
        if board is None:
            asked, closed = at_meetings(board, days)
            return asked | closed
        meetings = list(Meeting.objects.filter(board=board, held_on__range=days).values_list("pk", flat=True))
        items = list(AgendaItem.objects.filter(meeting__in=meetings).values_list("pk", flat=True))
        return Q(item__in=items) | Q(closed_at__in=meetings)

    def outcomes(self):
        reports, answers = (self.belonging(rows) for rows in (self.snapshot.follow_ups, self.snapshot.responses))
        return [
            Outcome(row, tuple(answers[row.pk]), tuple(reports[row.pk]), self.reasons.get(row.pk, ""))
            for row in self.rows
        ]

    def belonging(self, rows_among):
        found, rows = defaultdict(list), {row.pk: row for row in self.rows}
        for each in rows_among(self.among).order_by("id"):
            each.recommendation = rows[each.recommendation_id]
            found[each.recommendation_id].append(each)
        return found

    @cached_property
    def reasons(self):
        """{id: why it was closed}, of what was closed otherwise than as implemented."""
        ids = [row.pk for row in self.rows if not row.is_open and row.progress != Progress.IMPLEMENTED]
        rows = Recommendation.history.filter(id__in=ids, history_date__lte=clock.end_of(self.snapshot.on))
        found, before = {}, {}
        kept = rows.order_by("history_id").values_list("id", "progress", "history_change_reason")
        for key, progress, why in kept:
            if progress in CLOSED and before.get(key) not in CLOSED:
                found[key] = why or ""
            before[key] = progress
        return found
