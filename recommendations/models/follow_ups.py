"""Follow-up reports: what a board asked to hear back, by when, and what it made of it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations import clock, permissions
from recommendations.models.due_dates import Dated
from recommendations.models.exempt import Exemptable, readable
from recommendations.models.files import WithFile
from recommendations.models.progress import Progress
from recommendations.models.timeliness import FollowUpTimes, PastFollowUps
from recommendations.models.tracked import Refused, history_of, must_be_clerk, must_say


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    FURTHER_WANTED = "further_wanted", "Further report wanted"
    NOT_SATISFIED = "not_satisfied", "Not satisfied"


class FollowUpReportQuerySet(FollowUpTimes, models.QuerySet):
    def visible_to(self, user):
        """The row itself; what an exempt report says is guarded apart, by `permissions.can_read_words`."""
        flags = ["recommendation__exempt_paragraph", "recommendation__item__exempt_paragraph"]
        return self.filter(readable(user, flags=flags, board="recommendation__board", owner="recommendation__owner"))

    def owned_by(self, user):
        return self.filter(recommendation__owner=user)


class FollowUpReport(Exemptable, WithFile, Dated):
    """A report that the Board wants to receive on a recommendation, and what became of it."""

    Verdict = Verdict

    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    submitted_on = models.DateField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey("User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("the report", blank=True)
    received_on = models.DateField(null=True, blank=True, editable=False)
    received_at = models.ForeignKey("Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    received_minute = models.CharField("minute number", max_length=30, blank=True)
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True, editable=False)
    waived_on = models.DateField(null=True, blank=True, editable=False)
    objects = FollowUpReportQuerySet.as_manager()
    history = history_of(historical_queryset=PastFollowUps)

    date_change_key = "follow_up"

    class Meta:
        ordering = ["recommendation", "number"]
        constraints = [
            *Exemptable.Meta.constraints,
            *Dated.Meta.constraints,
            models.UniqueConstraint(name="follow_up_reports_are_numbered_once", fields=["recommendation", "number"]),
            models.CheckConstraint(
                name="a_report_is_submitted_on_a_day_by_somebody",
                condition=Q(submitted_on=None, submitted_by=None)
                | Q(submitted_on__isnull=False, submitted_by__isnull=False),
                violation_error_message="A submitted report has its day and its author.",
            ),
            models.CheckConstraint(
                name="a_report_is_received_at_a_meeting_with_a_verdict",
                condition=Q(received_on=None, received_at=None, verdict="")
                | (Q(received_on__isnull=False, received_at__isnull=False) & ~Q(verdict="")),
                violation_error_message="A received report has its meeting and what the Board made of it.",
            ),
            models.CheckConstraint(
                name="a_report_is_received_only_after_it_was_submitted",
                condition=Q(received_on=None) | Q(submitted_on__isnull=False),
                violation_error_message="The report must be submitted before the Board can receive it.",
            ),
            models.CheckConstraint(
                name="a_report_is_submitted_or_waived_not_both",
                condition=Q(submitted_on=None) | Q(waived_on=None),
                violation_error_message="A submitted report cannot be waived.",
            ),
        ]
        indexes = [
            models.Index(
                name="outstanding_report_by_due", fields=["due_on"], condition=Q(submitted_on=None, waived_on=None)
            ),
        ]

    def __str__(self):
        return f"Follow-up report {self.number} on {self.recommendation.reference}"

    def get_absolute_url(self):
        return f"{self.recommendation.get_absolute_url()}#report-{self.number}"

    @property
    def file_url(self):
        return reverse("report-file", args=[self.pk])

    @property
    def subject(self):
        return self.recommendation

    @property
    def is_outstanding(self):
        return self.submitted_on is None and self.waived_on is None

    @property
    def is_awaited(self):
        return self.is_outstanding

    @property
    def is_submitted(self):
        return self.submitted_on is not None

    def is_overdue(self, on=None):
        return self.is_outstanding and self.due_on is not None and self.due_on < (on or clock.today())

    @property
    def was_late(self):
        """Submitted after it was due: kept for ever, whatever became of it."""
        return self.submitted_on is not None and self.due_on is not None and self.submitted_on > self.due_on

    @property
    def standing(self):
        """Where it stands, in words."""
        if self.verdict:
            return f"Received: {self.get_verdict_display().lower()}"
        if self.waived_on:
            return "Waived"
        return "Submitted, waiting for the Board" if self.submitted_on else "Awaited"

    @classmethod
    def order(cls, recommendation, *, by, due_on=None, reason=""):
        """Ask for the next report on `recommendation`. The due date may be set later."""
        with recommendation.locked():
            if by is not None and not permissions.can_manage(by, recommendation):
                raise Refused("Only a clerk orders a report, and only while the recommendation is open.")
            if recommendation.follow_ups.outstanding().exists():
                raise Refused("A follow-up report is awaited already. Move its due date instead.")
            number = recommendation.follow_ups.count() + 1
            report = cls(recommendation=recommendation, number=number, due_on=due_on, original_due_on=due_on)
            return report.record(by=by, reason=reason)

    def submit(self, text, *, by, file=None, exempt_paragraph=None, version=None):
        """Hand in what the Board asked to hear."""
        with self.changing(by=by, version=version):
            if not self.is_outstanding:
                raise Refused("This report has been submitted or waived already.")
            if by is None or not permissions.can_submit(by, self):
                raise Refused("Only the owner or a clerk submits this report, and only while it is awaited.")
            self.text = must_say(text, "Write the report, or say what the attached file holds.")
            self.submitted_on, self.submitted_by = clock.today(), by
            self.exempt_paragraph = exempt_paragraph
            self.attach(file)
        return self

    def receive(self, verdict, *, at, by, minute="", reason="", next_due_on=None, version=None):
        """The Board receives the report at the meeting `at`. Unless accepted, the next report is opened.

        Returns the next report, or None.
        """
        with self.recommendation.locked(), self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, "Only a clerk records what the Board received.")
            if verdict != Verdict.ACCEPTED and not self.recommendation.is_open:
                raise Refused("The recommendation is closed. Reopen it first if the Board wants to hear more.")
            if self.submitted_on is None or self.received_on is not None:
                raise Refused("Only a report that was submitted and not yet received can be received.")
            if not self.submitted_on <= at.held_on <= clock.today():
                raise Refused("Choose a meeting that was held on or after the day the report was submitted.")
            if verdict == Verdict.NOT_SATISFIED:
                must_say(reason, "Say why the Board is not satisfied.")
            self.verdict, self.received_on, self.received_at, self.received_minute = verdict, at.held_on, at, minute
            return None if verdict == Verdict.ACCEPTED else self._open_next(by=by, due_on=next_due_on, reason=reason)

    def _open_next(self, *, by, due_on, reason):
        if self.verdict == Verdict.NOT_SATISFIED and self.recommendation.progress == Progress.REPORTED_COMPLETE:
            self.recommendation.change_progress(Progress.IN_PROGRESS, by=by, reason=reason)
        why = reason or f"The Board wants a further report (meeting of {self.received_at})."
        return FollowUpReport.order(self.recommendation, by=by, due_on=due_on, reason=why)

    def waive(self, *, by, reason, version=None):
        """The Board no longer wants it."""
        with self.changing(by=by, reason=reason, version=version):
            if not self.is_outstanding:
                raise Refused("This report has been submitted or waived already.")
            must_be_clerk(by, "Only a clerk records that a report is no longer wanted.")
            must_say(reason, "Say why the report is no longer wanted.")
            self.waived_on = clock.today()
        return self
