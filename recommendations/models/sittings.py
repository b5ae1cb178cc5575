"""What waits for a board at one of its meetings: what clerks work down when they sign the meeting off."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.lookups import Exact

from recommendations.models.boards import Board
from recommendations.models.due_dates import DateChange
from recommendations.models.follow_ups import FollowUpReport
from recommendations.models.meetings import Meeting
from recommendations.models.people import User
from recommendations.models.recommendations import Recommendation
from recommendations.models.updates import ProgressUpdate

NAMED = ("board", "owner", "item__meeting")
BELONGING = tuple(f"recommendation__{name}" for name in NAMED)
# When a board met that has not: nothing was before it.
NEVER = date.min


@dataclass(frozen=True)
class Sitting:
    """What stood before the board at the end of the meeting's day and still does, as far as one person may read it.

    What was reported, asked for or handed in later could not be decided there, and waits for the next meeting.
    """

    meeting: Meeting
    user: User

    @cached_property
    def recommendations(self):
        everything = Recommendation.objects.visible_to(self.user).decided_by(self.meeting.board)
        return everything.select_related(*NAMED).order_by("item__meeting__held_on", "position", "id")

    @property
    def keys(self):
        return self.recommendations.order_by().values("id")

    @property
    def follow_ups(self):
        reports = FollowUpReport.objects.filter(recommendation__in=self.keys)
        # The next date of a series is counted from the first.
        return reports.select_related("submitted_by", *BELONGING).prefetch_related("recommendation__follow_ups")

    @property
    def date_changes(self):
        changes = DateChange.objects.filter(recommendation__in=self.keys)
        return changes.select_related("follow_up", "asked_by", *BELONGING)

    def all_reported_complete(self):
        """Whenever that was."""
        return self.recommendations.reported_complete()

    def all_reports(self):
        return self.follow_ups.awaiting_board().order_by("submitted_on", "id")

    def all_later_dates(self):
        return self.date_changes.waiting().order_by("asked_on", "id")

    def reported_complete(self):
        """What officers had reported complete by the meeting."""
        return self.all_reported_complete().filter(id__in=self._reported_complete_on(self.meeting.held_on))

    def reports(self):
        return self.all_reports().filter(submitted_on__lte=self.meeting.held_on)

    def later_dates(self):
        return self.all_later_dates().filter(asked_on__lte=self.meeting.held_on)

    def overdue_actions(self):
        """Those for which a later date is asked stand with the request instead."""
        asked = self.later_dates().order_by().filter(follow_up=None).values("recommendation")
        return self.recommendations.overdue(self.meeting.held_on).exclude(id__in=asked)

    def overdue_reports(self):
        asked = self.later_dates().order_by().filter(follow_up__isnull=False).values("follow_up")
        late = self.follow_ups.overdue(self.meeting.held_on)
        return late.exclude(id__in=asked).order_by("due_on", "id")

    def came_later(self):
        """How many are reported complete, asked for or handed in since the meeting."""
        pairs = (
            (self.all_reported_complete(), self.reported_complete()),
            (self.all_reports(), self.reports()),
            (self.all_later_dates(), self.later_dates()),
        )
        return sum(everything.count() - before.count() for everything, before in pairs)

    @cached_property
    def previous(self):
        """The board's meeting before this one, or None."""
        earlier = Meeting.objects.filter(board=self.meeting.board, held_on__lt=self.meeting.held_on)
        return earlier.order_by("held_on").last()

    @cached_property
    def waiting_since_before(self):
        """The ids of what was reported complete by the previous meeting already."""
        return {*self._reported_complete_on(self.previous.held_on)} if self.previous else set()

    def _reported_complete_on(self, day):
        """Of what is so now: the history of everything else need not be looked at."""
        now = self.all_reported_complete().order_by().values("id")
        return Recommendation.as_of(day).filter(id__in=now).reported_complete().order_by().values_list("id", flat=True)

    def last_said(self, recommendation_ids):
        """{recommendation: what was last said of it}, in one query."""
        updates = ProgressUpdate.objects.visible_to(self.user).filter(recommendation__in=recommendation_ids)
        latest = updates.order_by().values("recommendation").annotate(latest=Max("id")).values("latest")
        rows = ProgressUpdate.objects.filter(id__in=latest).select_related("said_by", "through__organisation")
        return {update.recommendation_id: update for update in rows}


def to_sign_off(on):
    """The latest meeting of each board, where something was before it: reported complete, asked for or handed in.

    What came after the meeting waits for the next one, so that nobody is led to a page with nothing to decide.
    """
    latest = _latest_meetings(on)
    reports = FollowUpReport.objects.awaiting_board().values_list("recommendation__board", Min("submitted_on"))
    dates = DateChange.objects.waiting().values_list("recommendation__board", Min("asked_on"))
    held_on = dict(latest.values_list("board", "held_on"))
    boards = {
        board for rows in (reports, dates) for board, first in rows.order_by() if first <= held_on.get(board, NEVER)
    }
    complete = Recommendation.objects.reported_complete().filter(_stood_complete(on="held_on"), board=OuterRef("board"))
    return latest.filter(Q(board__in=boards) | Exists(complete)).latest_first()


def _latest_meetings(on):
    """Of each board: looked up board by board, so that it does not matter how many there ever were."""
    held = Meeting.objects.filter(held_on__lte=on, board=OuterRef("pk")).order_by("-held_on").values("pk")[:1]
    return Meeting.objects.filter(pk__in=Board.objects.order_by().annotate(latest=Subquery(held)).values("latest"))


def _stood_complete(*, on):
    """Whether a recommendation was reported complete at the end of the day `on`, a column of the query around its own."""
    complete = Recommendation.Progress.REPORTED_COMPLETE
    rows = Recommendation.history.filter(id=OuterRef("id"), history_date__date__lte=OuterRef(OuterRef(on)))
    last = rows.order_by("-history_date", "-history_id").values("progress")[:1]
    return Exact(Subquery(last), Value(complete))
