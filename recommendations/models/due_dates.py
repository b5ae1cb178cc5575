"""Due dates that slip: the first date, the present one, how often it moved, and who asked, agreed and why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recommendations import clock, permissions
from recommendations.models.tracked import Refused, Tracked, history_of, must_be_clerk, must_say
from recommendations.words import day


class Dated(Tracked):
    """A record with a due date. The first one is free; every later one needs a reason and is counted."""

    due_on = models.DateField(null=True, blank=True, editable=False)
    original_due_on = models.DateField(null=True, blank=True, editable=False)
    times_moved = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_keeps_its_first_due_date",
                condition=Q(due_on=None, original_due_on=None) | Q(due_on__isnull=False, original_due_on__isnull=False),
                violation_error_message=_("The first due date and the present one are both set or both empty."),
            ),
            models.CheckConstraint(
                name="%(class)s_moves_only_a_date_it_has",
                condition=Q(times_moved=0) | Q(due_on__isnull=False),
                violation_error_message=_("A date that was never set cannot have been moved."),
            ),
        ]

    # Set by each model: the recommendation that this is or belongs to; the DateChange field that points here.
    subject: "Dated"
    date_change_key: str

    @property
    def can_be_moved(self):
        return self.due_on is not None and self.is_awaited

    @property
    def days_slipped(self):
        return (self.due_on - self.original_due_on).days if self.due_on else 0

    def days_overdue(self, on=None):
        return ((on or clock.today()) - self.due_on).days

    def set_due_date(self, to, *, by, reason="", at=None, minute="", version=None):
        """Give the first due date, or move it: then with a reason, and with the meeting that agreed, if one did."""
        # The recommendation first, as closing does, so that the two never wait for each other.
        with self.subject.locked(), self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk sets a due date. Ask for a later one instead."))
            if not self.is_awaited:
                raise Refused(_("This is done, so its due date can no longer change."))
            if to == self.due_on:
                raise Refused(_("That is the due date already. Give another day."))
            if self.due_on is None:
                self.due_on = self.original_due_on = to
            else:
                must_say(reason, _("Say why the due date moves."))
                self.subject.must_be_decided_at(at)
                self._log_move(to, by=by, reason=reason, at=at, minute=minute)
        return self

    def _log_move(self, to, *, by, reason, at, minute):
        change = DateChange(
            **self._change_keys(), from_on=self.due_on, to_on=to, reason=reason, asked_by=by, asked_on=clock.today(),
            decision=DateChange.Decision.GRANTED, decided_by=by, decided_on=clock.today(), decided_at=at,
            decided_minute=minute,
        )  # fmt: skip
        change.record(by=by, reason=reason)
        self.due_on, self.times_moved = to, self.times_moved + 1

    def ask_for_later_date(self, to, *, by, reason):
        """An officer asks; nothing moves until a clerk grants it."""
        reason = must_say(reason, _("Say why more time is needed."))
        with self.subject.locked(), self.locked():
            if by is None or not permissions.can_ask_for_later_date(by, self):
                raise Refused(
                    _("Only the owner can ask for a later date, and only while it is awaited and has a date.")
                )
            if to <= self.due_on:
                raise Refused(_("Ask for a day after %(due_on)s, the present due date.") % {"due_on": day(self.due_on)})
            if self.date_changes.waiting().exists():
                raise Refused(_("A later date has been asked for already and waits for the clerk."))
            change = DateChange(
                **self._change_keys(), from_on=self.due_on, to_on=to, reason=reason, asked_by=by, asked_on=clock.today()
            )
            return change.record(by=by, reason=reason)

    def _change_keys(self):
        return {"recommendation": self.subject, self.date_change_key: self}


class DateChangeQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decision=DateChange.Decision.WAITING)

    def for_desk(self):
        named = self.waiting().select_related("recommendation", "follow_up__recommendation", "asked_by")
        return named.order_by("asked_on", "id")


class DateChange(Tracked):
    """A due date that was moved, or a later one that an officer asked for, with the decision."""

    class Decision(models.TextChoices):
        WAITING = "waiting", _("Waiting for the clerk")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="all_date_changes")
    follow_up = models.ForeignKey(
        "FollowUpReport", null=True, blank=True, on_delete=models.PROTECT, related_name="date_changes"
    )
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.WAITING, editable=False)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey("User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.ForeignKey(
        "Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="date_changes",
        help_text=_("The meeting that agreed."),
    )  # fmt: skip
    decided_minute = models.CharField(_("minute number"), max_length=30, blank=True)
    objects = DateChangeQuerySet.as_manager()
    history = history_of()

    class Meta:
        ordering = ["id"]
        # What waits for a decision: few, of all dates that ever moved.
        indexes = [models.Index(name="dates_asked_for", fields=["asked_on"], condition=Q(decision="waiting"))]
        constraints = [
            models.CheckConstraint(
                name="a_date_change_goes_to_another_day", condition=~Q(from_on=models.F("to_on")),
                violation_error_message=_("Give another day than the present due date."),
            ),
            models.CheckConstraint(
                name="a_date_change_is_decided_on_a_day_or_waiting",
                condition=Q(decision="waiting", decided_on=None)
                | (~Q(decision="waiting") & Q(decided_on__isnull=False)),
                violation_error_message=_("A decision has its day; a waiting request has none."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return _("%(reference)s: %(from_on)s to %(to_on)s") % {
            "reference": self.recommendation.reference,
            "from_on": day(self.from_on),
            "to_on": day(self.to_on),
        }

    @property
    def target(self):
        """What moves: the follow-up report, or the recommendation itself."""
        return self.follow_up or self.recommendation

    def grant(self, *, by, reason="", at=None, minute="", version=None):
        """Move the date as asked; refused where it has moved meanwhile, so that nobody grants what was not asked."""
        why = reason or self.reason
        with (
            # The recommendation first, as closing does, so that the two never wait for each other.
            self.recommendation.locked(),
            self.changing(by=by, reason=why, version=version),
            self.target.changing(by=by, reason=why) as target,
        ):
            self._must_wait(by)
            if target.due_on != self.from_on or not target.is_awaited:
                raise Refused(_("The due date has changed since this was asked. Refuse it, or set the date itself."))
            target.due_on, target.times_moved = self.to_on, target.times_moved + 1
            self._decide(self.Decision.GRANTED, by=by, reason=reason, at=at, minute=minute)
        return self

    def refuse(self, *, by, reason, at=None, minute="", version=None):
        reason = must_say(reason, _("Say why the later date is refused."))
        with self.changing(by=by, reason=reason, version=version):
            self._must_wait(by)
            self._decide(self.Decision.REFUSED, by=by, reason=reason, at=at, minute=minute)
        return self

    def _must_wait(self, by):
        must_be_clerk(by, _("Only a clerk decides on a later date."))
        if self.decision != self.Decision.WAITING:
            raise Refused(_("This request has been decided already."))

    def _decide(self, decision, *, by, reason, at, minute):
        self.recommendation.must_be_decided_at(at)
        self.decision, self.decision_reason, self.decided_at = decision, reason, at
        self.decided_by, self.decided_on, self.decided_minute = by, clock.today(), minute
