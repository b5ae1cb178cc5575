"""Follow-up reports: what a board asked to hear back, by when, and what it made of it."""

import calendar
from itertools import count

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommendations import clock, permissions
from recommendations.models.due_dates import Dated
from recommendations.models.exempt import Exemptable, readable
from recommendations.models.files import WithFile
from recommendations.models.progress import Progress
from recommendations.models.timeliness import FollowUpTimes, PastFollowUps
from recommendations.models.tracked import Refused, history_of, must_be_clerk, must_say
from recommendations.words import count_of


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    FURTHER_WANTED = "further_wanted", _("Further report wanted")
    NOT_SATISFIED = "not_satisfied", _("Not satisfied")


class Repeats(models.IntegerChoices):
    """Months from the due date of one report to that of the next."""

    MONTHLY = 1, _("Every month")
    QUARTERLY = 3, _("Every quarter")
    HALF_YEARLY = 6, _("Every half year")
    ANNUALLY = 12, _("Every year")


def months_after(day, months):
    """The same day of a later month, or that month's last day where it has no such day: 31 January → 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def keeps_to(day, first):
    """Whether `day` is what some whole months after `first` come to."""
    return day == months_after(first, (day.year - first.year) * 12 + day.month - first.month)


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
    Repeats = Repeats

    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField(default=1, editable=False)
    submitted_on = models.DateField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey("User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="also_answered", editable=False,
        help_text=_("The report that was handed in for this one too."),
    )  # fmt: skip
    repeats = models.PositiveSmallIntegerField(
        _("how often"), null=True, blank=True, choices=Repeats, editable=False, help_text=_("Empty: once.")
    )
    text = models.TextField(_("the report"), blank=True)
    received_on = models.DateField(null=True, blank=True, editable=False)
    received_at = models.ForeignKey("Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    received_minute = models.CharField(_("minute number"), max_length=30, blank=True)
    verdict = models.CharField(max_length=20, choices=Verdict, blank=True, editable=False)
    waived_on = models.DateField(null=True, blank=True, editable=False)
    objects = FollowUpReportQuerySet.as_manager()
    history = history_of(historical_queryset=PastFollowUps, unasked=["submitted_by", "submitted_with", "received_at"])

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
                violation_error_message=_("A submitted report has its day and its author."),
            ),
            models.CheckConstraint(
                name="a_report_is_received_at_a_meeting_with_a_verdict",
                condition=Q(received_on=None, received_at=None, verdict="")
                | (Q(received_on__isnull=False, received_at__isnull=False) & ~Q(verdict="")),
                violation_error_message=_("A received report has its meeting and what the Board made of it."),
            ),
            models.CheckConstraint(
                name="a_report_is_received_only_after_it_was_submitted",
                condition=Q(received_on=None) | Q(submitted_on__isnull=False),
                violation_error_message=_("The report must be submitted before the Board can receive it."),
            ),
            models.CheckConstraint(
                name="a_report_is_submitted_or_waived_not_both",
                condition=Q(submitted_on=None) | Q(waived_on=None),
                violation_error_message=_("A submitted report cannot be waived."),
            ),
        ]
        indexes = [
            # The list of all of them, in its usual order.
            models.Index(name="reports_by_due", fields=["due_on", "id"]),
            models.Index(name="reports_by_times_moved", fields=["times_moved", "id"]),
            models.Index(name="reports_by_day", fields=["submitted_on", "id"], condition=Q(submitted_on__isnull=False)),
            models.Index(
                name="outstanding_report_by_due", fields=["due_on"], condition=Q(submitted_on=None, waived_on=None)
            ),
            # What waits for a board: few, of all that were ever handed in.
            models.Index(
                name="handed_in_and_not_received",
                fields=["submitted_on"],
                condition=Q(submitted_on__isnull=False, received_on=None),
            ),
        ]

    def __str__(self):
        return _("Follow-up report %(number)s on %(reference)s") % {
            "number": self.number,
            "reference": self.recommendation.reference,
        }

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
    def kept_time(self):
        """Late, on time or waived, in words, whatever became of it afterwards; "" while it is awaited."""
        if self.waived_on:
            return _("Waived")
        if not self.submitted_on:
            return ""
        if self.due_on is None:
            return _("No date was set")
        days = (self.submitted_on - self.due_on).days
        return _("On time") if days <= 0 else _("%(days)s late") % {"days": count_of(days, _("day,days"))}

    @property
    def standing(self):
        """Where it stands, in words."""
        if self.verdict:
            return _("Received: %(verdict)s") % {"verdict": self.get_verdict_display().lower()}
        if self.waived_on:
            return _("Waived")
        return _("Submitted, waiting for the Board") if self.submitted_on else _("Awaited")

    def repeat(self, every, *, by, version=None):
        """Want it every so many months from now on, or, with None, this once."""
        with self.changing(by=by, version=version):
            must_be_clerk(by, _("Only a clerk records how often the Board wants a report."))
            if not self.is_outstanding:
                raise Refused(_("%(report)s has been submitted or waived already.") % {"report": self})
            self.repeats = every
        return self

    def others_of_the_owner(self):
        """Other reports that the same person still owes."""
        owner = self.recommendation.owner
        if owner is None:
            return FollowUpReport.objects.none()
        return FollowUpReport.objects.owned_by(owner).outstanding().exclude(pk=self.pk).select_related("recommendation")

    def for_its_readers(self, reports):
        """Those of `reports` that the same people may read, so that one report may answer them all."""
        restricted = Q(recommendation__exempt_paragraph__isnull=False) | Q(
            recommendation__item__exempt_paragraph__isnull=False
        )
        if not self.recommendation.is_restricted:
            return reports.exclude(restricted)
        return reports.filter(restricted, recommendation__board=self.recommendation.board_id)

    @classmethod
    def order(cls, recommendation, *, by, due_on=None, first_due_on=None, times_moved=0, repeats=None, reason=""):
        """Ask for the next report on `recommendation`. The due date may be set later.

        `repeats`: months after which the next one is due, which receiving this one then opens by itself. Of one that is
        taken over from elsewhere, `first_due_on` and `times_moved` say how its date has slipped already.
        """
        with recommendation.locked():
            if by is not None and not permissions.can_manage(by, recommendation):
                raise Refused(_("Only a clerk orders a report, and only while the recommendation is open."))
            if recommendation.follow_ups.outstanding().exists():
                raise Refused(_("A follow-up report is awaited already. Move its due date instead."))
            number = recommendation.follow_ups.count() + 1
            report = cls(
                recommendation=recommendation, number=number, due_on=due_on, original_due_on=first_due_on or due_on,
                times_moved=times_moved, repeats=repeats,
            )  # fmt: skip
            return report.record(by=by, reason=reason)

    def submit(self, text, *, by, file=None, exempt_paragraph=None, also=(), version=None):
        """Hand in what the Board asked to hear; `also`: other reports that it answers as well."""
        with transaction.atomic():
            # All of them at once and in one order, so that two people who hand in never wait for each other.
            keys = [self.pk, *(report.pk for report in also)]
            list(FollowUpReport.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))
            with self.changing(by=by, version=version):
                self._hand_in(by)
                self.text = must_say(text, _("Write the report, or say what the attached file holds."))
                self.exempt_paragraph = exempt_paragraph
                self.attach(file)
            for report in also:
                with report.changing(by=by, reason=_("Handed in with %(report)s.") % {"report": self}):
                    report._hand_in(by)
                    report._share(self)
        return self

    def _hand_in(self, by):
        if not self.is_outstanding:
            raise Refused(_("%(report)s has been submitted or waived already.") % {"report": self})
        if by is None or not permissions.can_submit(by, self):
            raise Refused(_("Only the owner or a clerk submits this report, and only while it is awaited."))
        self.submitted_on, self.submitted_by = clock.today(), by

    def _share(self, leading):
        """Say the same as `leading`, to the same readers."""
        here, there = self.recommendation, leading.recommendation
        is_closed = there.is_restricted or leading.is_exempt
        if here.is_restricted != there.is_restricted or (is_closed and here.board_id != there.board_id):
            raise Refused(_("%(report)s is for other readers. Hand it in by itself.") % {"report": self})
        self.submitted_with, self.text, self.exempt_paragraph = leading, leading.text, leading.exempt_paragraph
        self.file, self.file_name = leading.file.name, leading.file_name

    def receive(self, verdict, *, at, by, minute="", reason="", next_due_on=None, is_last=False, version=None):
        """The Board receives the report at the meeting `at`. The next is opened where it wants a further one.

        So is the next of a series, though this one is accepted, unless the Board says that it `is_last`, or has closed
        the recommendation. Returns the next report, or None.
        """
        with self.recommendation.locked(), self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk records what the Board received."))
            if verdict != Verdict.ACCEPTED and not self.recommendation.is_open:
                raise Refused(_("The recommendation is closed. Reopen it first if the Board wants to hear more."))
            if self.submitted_on is None or self.received_on is not None:
                raise Refused(_("Only a report that was submitted and not yet received can be received."))
            if not self.submitted_on <= at.held_on <= clock.today():
                raise Refused(_("Choose a meeting that was held on or after the day the report was submitted."))
            self.recommendation.must_be_decided_at(at)
            if verdict == Verdict.NOT_SATISFIED:
                must_say(reason, _("Say why the Board is not satisfied."))
            self.verdict, self.received_on, self.received_at, self.received_minute = verdict, at.held_on, at, minute
            goes_on = self.repeats and not is_last and self.recommendation.is_open
            if verdict == Verdict.ACCEPTED and not goes_on:
                return None
            repeats = None if is_last else self.repeats
            return self._open_next(by=by, due_on=next_due_on or self.next_due_on, repeats=repeats, reason=reason)

    @property
    def next_due_on(self):
        return self.next_due_after(self.received_on or clock.today())

    def next_due_after(self, received_on):
        """When the next of the series is due: counted from the first date, so that a late one moves none after it."""
        if not self.repeats:
            return None
        first, months = self._series_from or received_on, count(self.repeats, self.repeats)
        return next(due_on for due_on in (months_after(first, n) for n in months) if due_on > received_on)

    @property
    def _series_from(self):
        """The first date of the series as far as this one keeps to it: after 31 March and 30 June comes 31 December too."""
        first = self.original_due_on
        earlier = [report for report in self.recommendation.follow_ups.all() if report.number < self.number]
        for report in reversed(earlier):
            day = report.original_due_on
            if not day or report.repeats != self.repeats or not keeps_to(self.original_due_on, day):
                break
            first = day
        return first

    def _open_next(self, *, by, due_on, repeats, reason):
        """What was said of an exempt report stays with it: who reads the recommendation reads the reasons of these two."""
        wanted = (
            _("The next of the series") if self.verdict == Verdict.ACCEPTED else _("The Board wants a further report")
        )
        told = _("%(wanted)s (meeting of %(received_at)s).") % {"wanted": wanted, "received_at": self.received_at}
        why = told if self.is_exempt else reason or told
        if self.verdict == Verdict.NOT_SATISFIED and self.recommendation.progress == Progress.REPORTED_COMPLETE:
            self.recommendation.change_progress(Progress.IN_PROGRESS, by=by, reason=why)
        return FollowUpReport.order(self.recommendation, by=by, due_on=due_on, repeats=repeats, reason=why)

    def waive(self, *, by, reason, version=None):
        """The Board no longer wants it."""
        with self.changing(by=by, reason=reason, version=version):
            if not self.is_outstanding:
                raise Refused(_("This report has been submitted or waived already."))
            must_be_clerk(by, _("Only a clerk records that a report is no longer wanted."))
            must_say(reason, _("Say why the report is no longer wanted."))
            self.waived_on = clock.today()
        return self
