"""Is it late? Always worked out as of a day, never stored; the same questions for the live rows and for past ones.

The filters use columns of the row and forward keys only, so that they serve `Model.objects` and the rows that
`Model.as_of(day)` reads from the history alike. Due today is not overdue until tomorrow.
"""

import datetime

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.models.bands import SlipBands, TimeToCloseBands
from recommendations.models.progress import OPEN, Progress
from recommendations.models.spans import PastRows, past

DUE_SOON_DAYS = 28
# Overdue for so long without a word, clerks are told of it.
SILENT_DAYS = 28


class Timeliness(models.TextChoices):
    """In the order in which a reader should worry."""

    FOLLOW_UP_OVERDUE = "follow_up_overdue", _("Follow-up report overdue")
    RESPONSE_OVERDUE = "response_overdue", _("Answer overdue")
    ACTION_OVERDUE = "action_overdue", _("Action overdue")
    DUE_SOON = "due_soon", _("Due soon")
    WITH_BOARD = "with_board", _("Waiting for the Board")
    NOT_YET_DUE = "not_yet_due", _("Not yet due")
    NO_DATE = "no_date", _("No date set")
    CLOSED = "closed", _("Closed")


def soon(on):
    """Due on the day `on` or in the 28 days after it."""
    on = on or clock.today()
    return Q(due_on__range=(on, on + datetime.timedelta(days=DUE_SOON_DAYS)))


def is_soon(due_on, on):
    """The same of one day."""
    return due_on is not None and on <= due_on <= on + datetime.timedelta(days=DUE_SOON_DAYS)


def timeliness_of(recommendation, reports, answers, on=None):
    """The same word as `with_timeliness` gives, for a page that has the reports and the answers at hand."""
    on = on or clock.today()
    if recommendation.closed_on:
        return Timeliness.CLOSED
    owed = recommendation.is_open and recommendation.progress != Progress.REPORTED_COMPLETE
    awaited = [report for report in reports if report.is_outstanding]
    running = [*awaited, *(one for one in answers if one.is_unanswered), *([recommendation] if owed else [])]
    submitted = any(report.submitted_on and not report.received_on for report in reports)
    undated = recommendation.due_on is None
    cases = [
        (any(report.is_overdue(on) for report in reports), Timeliness.FOLLOW_UP_OVERDUE),
        (any(answer.is_overdue(on) for answer in answers), Timeliness.RESPONSE_OVERDUE),
        (recommendation.is_overdue(on), Timeliness.ACTION_OVERDUE),
        (any(is_soon(one.due_on, on) for one in running), Timeliness.DUE_SOON),
        (
            recommendation.progress == Progress.REPORTED_COMPLETE or (undated and submitted),
            Timeliness.WITH_BOARD,
        ),
        (owed and undated and not any(report.due_on for report in awaited) and not submitted, Timeliness.NO_DATE),
    ]
    return next((word for is_so, word in cases if is_so), Timeliness.NOT_YET_DUE)


def slip_of(recommendation, reports):
    """In days, as `with_slip` has it: 0 of what has no date."""
    if recommendation.due_on:
        return (recommendation.due_on - recommendation.original_due_on).days
    return max(((report.due_on - report.original_due_on).days for report in reports if report.due_on), default=0)


def next_date_of(recommendation, reports):
    """The day that `with_next_date` gives."""
    days = [report.due_on for report in reports if report.is_outstanding] + [recommendation.due_on]
    return min(filter(None, days), default=None)


class FollowUpTimes(SlipBands):
    still_owed = Q(submitted_on=None, waived_on=None)

    def outstanding(self):
        return self.filter(self.still_owed)

    def overdue(self, on=None):
        """Reports not yet submitted whose due date has passed by `on` (today unless given).

        A report due today is not overdue until tomorrow.
        """
        return self.outstanding().filter(past(on))

    def due_soon(self, on=None):
        return self.outstanding().filter(soon(on))

    def not_yet_due(self, on=None):
        on = on or clock.today()
        return self.outstanding().filter(due_on__gt=on + datetime.timedelta(days=DUE_SOON_DAYS))

    def without_date(self):
        return self.outstanding().filter(due_on=None)

    def submitted_late(self):
        """Kept for ever: once submitted, a due date no longer moves."""
        return self.filter(submitted_on__gt=F("due_on"))

    def submitted_on_time(self):
        return self.filter(submitted_on__lte=F("due_on"))

    def with_slip(self, on=None):
        """Annotates `slipped`, from the first due date to the present one."""
        return self.annotate(slipped=F("due_on") - F("original_due_on"))

    def awaiting_board(self):
        """Submitted, and not yet received at a meeting."""
        return self.filter(submitted_on__isnull=False, received_on=None)

    def unsettled(self):
        """Awaited, or submitted and not yet received at a meeting."""
        return self.filter(received_on=None, waived_on=None)

    def dated_or_submitted(self):
        """Reports of which it is known when the Board will hear: awaited by a day, or ready for its next meeting."""
        awaited = Q(submitted_on=None, waived_on=None, due_on__isnull=False)
        return self.filter(awaited | Q(submitted_on__isnull=False, received_on=None))


class ResponseTimes:
    # "Noted" is not an answer.
    still_owed = Q(answer__in=("awaiting", "noted"))

    def unanswered(self):
        return self.filter(self.still_owed)

    def overdue(self, on=None):
        return self.unanswered().filter(past(on))

    def due_soon(self, on=None):
        return self.unanswered().filter(soon(on))

    def clock_not_started(self):
        """An answer is due by a rule, but nobody recorded when the notice was given."""
        has_period = Q(regime__months__gt=0) | Q(regime__days__gt=0)
        return self.unanswered().filter(has_period, due_on=None)


class RecommendationTimes(SlipBands, TimeToCloseBands):
    is_open = Q(closed_on=None)
    # The officer owes the action itself: what was reported complete waits for the Board.
    still_owed = is_open & ~Q(progress=Progress.REPORTED_COMPLETE)

    def open(self):
        return self.filter(self.is_open)

    def closed(self):
        return self.filter(closed_on__isnull=False)

    def owned_by(self, user):
        return self.filter(owner=user)

    def without_owner(self):
        return self.open().filter(owner=None)

    def reported_complete(self):
        # Open by a constraint; said, so that the indexes of open rows serve.
        return self.filter(self.is_open, progress=Progress.REPORTED_COMPLETE)

    def overdue(self, on=None):
        """Still owed, its own due date passed."""
        return self.filter(self.still_owed, past(on))

    def due_soon(self, on=None):
        return self.filter(self.still_owed, soon(on))

    def without_date(self, on=None):
        """Open, and nothing says when the Board will hear: no date, and no report awaited by a day or handed in."""
        heard_of = rows_of("FollowUpReport", on).dated_or_submitted().filter(recommendation=OuterRef("id"))
        return self.filter(self.still_owed, due_on=None).exclude(Exists(heard_of))

    def silent(self, on=None):
        """Overdue, itself or in a follow-up report, and nobody has written an update in the four weeks to `on`."""
        on = on or clock.today()
        reports = rows_of("FollowUpReport", on).overdue(on).filter(recommendation=OuterRef("id"))
        since = on - datetime.timedelta(days=SILENT_DAYS)
        updates = apps.get_model("recommendations", "ProgressUpdate").objects.filter(
            recommendation=OuterRef("id"), said_on__gt=since, said_on__lte=on
        )
        owed = past(on) & ~Q(progress=Progress.REPORTED_COMPLETE)
        return self.open().filter(owed | Exists(reports)).exclude(Exists(updates))

    def addressed_to(self, organisation, on=None):
        """Those of which that organisation was asked for an answer, by the day `on`."""
        asked = rows_of("Response", on).filter(recommendation=OuterRef("id"), organisation=organisation)
        return self.filter(Exists(asked))

    def with_slip(self, on=None):
        """Annotates `slipped`: how far its own date moved or, where its reports are what is dated, the furthest of theirs."""
        reports = rows_of("FollowUpReport", on).filter(recommendation=OuterRef("id"), due_on__isnull=False)
        furthest = reports.with_slip().order_by("-slipped").values("slipped")[:1]
        return self.annotate(slipped=Coalesce(F("due_on") - F("original_due_on"), Subquery(furthest)))

    def with_next_date(self, on=None):
        """Annotates `next_due_on`: the day that its own date or, where that comes first, an awaited report has."""
        far = Value(datetime.date.max)
        awaited = rows_of("FollowUpReport", on).outstanding().filter(recommendation=OuterRef("id"))
        sooner = awaited.filter(due_on__lt=Coalesce(OuterRef("due_on"), far)).order_by("due_on").values("due_on")[:1]
        return self.annotate(next_due_on=Coalesce(Subquery(sooner), F("due_on")))

    def of_timeliness(self, timeliness, on=None):
        """Those of one word of `Timeliness`: its condition, and none of those before it.

        Not what is annotated: of that no database can tell how many there are, nor look it up by an index.
        """
        rows = self.closed() if timeliness == Timeliness.CLOSED else self.open()
        for condition, word in self._conditions(on or clock.today()):
            if word == timeliness:
                return rows.filter(condition)
            if word != Timeliness.CLOSED:
                rows = rows.exclude(condition)
        return rows

    def with_timeliness(self, on=None, reports=None, answers=None):
        """Annotates `timeliness`, the first of `Timeliness` that is true on the day `on`.

        By the `reports` and `answers` of that day: all there were, unless given.
        """
        conditions = self._conditions(on or clock.today(), reports, answers)
        whens = [When(condition, then=Value(timeliness)) for condition, timeliness in conditions]
        return self.annotate(timeliness=Case(*whens, default=Value(Timeliness.NOT_YET_DUE)))

    def _conditions(self, on, reports=None, answers=None):
        """[(condition, word)]: the first that is true counts; where none is, it is not yet due."""
        reports, answers = (
            (rows_of(name, on) if given is None else given).filter(recommendation=OuterRef("id"))
            for name, given in zip(("FollowUpReport", "Response"), (reports, answers), strict=True)
        )
        owed = Q(progress__in=OPEN) & ~Q(progress=Progress.REPORTED_COMPLETE)
        return [
            (Q(closed_on__isnull=False), Timeliness.CLOSED),
            (Exists(reports.overdue(on)), Timeliness.FOLLOW_UP_OVERDUE),
            (Exists(answers.overdue(on)), Timeliness.RESPONSE_OVERDUE),
            (owed & past(on), Timeliness.ACTION_OVERDUE),
            (Exists(reports.due_soon(on)) | Exists(answers.due_soon(on)) | (owed & soon(on)), Timeliness.DUE_SOON),
            (
                Q(progress=Progress.REPORTED_COMPLETE) | (Q(due_on=None) & Exists(reports.awaiting_board())),
                Timeliness.WITH_BOARD,
            ),
            (owed & Q(due_on=None) & ~Exists(reports.dated_or_submitted()), Timeliness.NO_DATE),
        ]


class PastFollowUps(FollowUpTimes, PastRows):
    """Follow-up reports as the history has them."""


class PastResponses(ResponseTimes, PastRows):
    """Responses as the history has them."""


class PastRecommendations(RecommendationTimes, PastRows):
    """Recommendations as the history has them."""


def rows_of(name, on):
    return apps.get_model("recommendations", name).as_of(on or clock.today())
