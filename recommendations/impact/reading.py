"""Reads everything that was asked or closed in a year or the year before, each kind of row once."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q, prefetch_related_objects

from recommendations import clock
from recommendations.models import Board, Progress, Recommendation
from recommendations.models.progress import CLOSED
from recommendations.municipal import days_of, year_of

from .outcomes import Outcome
from .year import Impact


def impact(snapshot, board, year):
    """(the year, the year before it): as many queries for fifty recommendations as for one."""
    outcomes = Reading(snapshot, board, year).outcomes()
    return tuple(Impact(snapshot, board, which, outcomes) for which in (year, year - 1))


def years(snapshot, board):
    """The municipal years in which anything was asked or closed, the latest first."""
    rows = snapshot.recommendations().order_by()
    asked, closed = (rows, rows) if board is None else (made_by(rows, board), rows.filter(closed_at__board=board))
    days = {*asked.values_list("item__meeting__held_on", flat=True).distinct()}
    days |= {*closed.filter(closed_on__isnull=False).values_list("closed_on", flat=True).distinct()}
    return sorted({year_of(each) for each in days}, reverse=True)


def boards(snapshot):
    """Those that have asked anything, as far as the reader may know."""
    meetings = snapshot.recommendations().order_by().values("item__meeting__board")
    return Board.objects.filter(id__in=meetings)


def made_by(rows, board):
    """Whoever follows them up today, they were asked at that board's meetings."""
    return rows.filter(item__meeting__board=board)


class Reading:
    """Everything that was asked or closed in a year or the year before, each kind of row read once."""

    def __init__(self, snapshot, board, year):
        self.snapshot = snapshot
        days = days_of(year - 1)[0], days_of(year)[1]
        asked, closed = Q(item__meeting__held_on__range=days), Q(closed_on__range=days)
        if board is not None:
            asked, closed = asked & Q(item__meeting__board=board), closed & Q(closed_at__board=board)
        self.among = snapshot.recommendations().filter(asked | closed)
        in_order = self.among.order_by("item__meeting__held_on", "item", "position", "id")
        self.rows = snapshot.complete(in_order, joined=())
        prefetch_related_objects(self.rows, "closed_at__board")

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
