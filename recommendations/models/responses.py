"""Did they answer? One response for each addressee of a recommendation, with its clock."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Avg, Case, Count, ExpressionWrapper, F, Max, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommendations import clock, permissions
from recommendations.models.exempt import readable
from recommendations.models.files import WithFile
from recommendations.models.timeliness import PastResponses, ResponseTimes, past
from recommendations.models.tracked import Refused, Tracked, history_of, must_be_clerk, must_say


class Answer(models.TextChoices):
    AWAITING = "awaiting", _("Awaiting an answer")
    ACCEPTED = "accepted", _("Accepted")
    PARTIALLY_ACCEPTED = "partially_accepted", _("Partially accepted")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    # Counts as unanswered: the duty is to answer, and "noted" says neither yes nor no.
    NOTED = "noted", _("Noted only")
    NOT_REQUIRED = "not_required", _("Not required")


ANSWERED = (Answer.ACCEPTED, Answer.PARTIALLY_ACCEPTED, Answer.NOT_ACCEPTED)
UNANSWERED = (Answer.AWAITING, Answer.NOTED)
# From each answer to those it may change to; an answer may be changed to another one, but not taken away.
ANSWER_CHANGES = {
    Answer.AWAITING: {*ANSWERED, Answer.NOTED, Answer.NOT_REQUIRED},
    Answer.NOTED: {*ANSWERED, Answer.NOT_REQUIRED},
    Answer.NOT_REQUIRED: {Answer.AWAITING},
    **{answer: {*ANSWERED} - {answer} for answer in ANSWERED},
}


def answer_needs_reason(before, after):
    """The duty is to answer, not to accept: but a refusal, and every change of mind, must be explained."""
    return after in (Answer.NOT_ACCEPTED, Answer.NOT_REQUIRED) or before in (*ANSWERED, Answer.NOT_REQUIRED)


class ResponseQuerySet(ResponseTimes, models.QuerySet):
    def visible_to(self, user):
        flags = ["recommendation__exempt_paragraph", "recommendation__item__exempt_paragraph"]
        return self.filter(readable(user, flags=flags, board="recommendation__board", owner="recommendation__owner"))

    def took(self):
        """Answers of which it is known how long they took; annotates `took`, from the start of the clock to the answer."""
        start = Case(When(received_on__gt=F("notified_on"), then=F("received_on")), default=F("notified_on"))
        days = ExpressionWrapper(F("answered_on") - start, output_field=models.DurationField())
        return self.filter(answer__in=ANSWERED, notified_on__isnull=False).annotate(took=days)

    def mean_days(self, by):
        """For each value of the field `by`, as dicts: how many `days` the answers took on average."""
        return self.took().order_by().values(by).annotate(days=Avg("took"))

    def tally(self, by, on=None):
        """For each value of the field `by`, as dicts: how many were asked and answered how, are late, and when last."""
        late = Q(answer__in=UNANSWERED) & past(on)
        return (
            self.order_by()
            .values(by)
            .annotate(
                asked=Count("recommendation", distinct=True),
                unanswered=Count("pk", filter=Q(answer__in=UNANSWERED)),
                overdue=Count("pk", filter=late),
                last=Max("answered_on", filter=Q(answer__in=ANSWERED)),
                **{kind.value: Count("pk", filter=Q(answer=kind)) for kind in Answer},
            )
        )

    def opened_by(self, link):
        """What a partner's link opens: the rows of its organisation, in all boards, and never exempt matter."""
        return self.visible_to(AnonymousUser()).filter(organisation=link.organisation_id)


class Response(WithFile, Tracked):
    """What one addressee answered to one recommendation, and by when it had to."""

    Answer = Answer

    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="responses")
    addressee = models.CharField(max_length=200, help_text=_("As the minutes name it."))
    organisation = models.ForeignKey(
        "Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="responses"
    )
    regime = models.ForeignKey("ResponseRegime", on_delete=models.PROTECT, verbose_name=_("time to answer"))
    notified_on = models.DateField(_("notice given on"), null=True, blank=True)
    received_on = models.DateField(_("report received on"), null=True, blank=True)
    # Kept, not derived: a later change of the regime never moves a clock that is running.
    due_on = models.DateField(null=True, blank=True, editable=False)
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.AWAITING, editable=False)
    answered_on = models.DateField(null=True, blank=True, editable=False)
    reasons = models.TextField(_("reasons given"), blank=True)
    through = models.ForeignKey(
        "PartnerLink", null=True, blank=True, on_delete=models.PROTECT, related_name="answers", editable=False,
        help_text=_("The link through which the addressee answered, where it was not a clerk who recorded it."),
    )  # fmt: skip
    objects = ResponseQuerySet.as_manager()
    history = history_of(historical_queryset=PastResponses, unasked=["regime", "through"])

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="an_addressee_answers_a_recommendation_once",
                fields=["recommendation", "addressee"],
                violation_error_message=_("This addressee is there already."),
            ),
            models.CheckConstraint(
                name="a_clock_runs_from_a_notice",
                condition=Q(due_on=None) | Q(notified_on__isnull=False),
                violation_error_message=_("Give the day of the notice: the clock runs from it."),
            ),
            models.CheckConstraint(
                name="an_answer_has_its_day_and_no_answer_has_none",
                condition=Q(answer__in=("awaiting", "not_required"), answered_on=None)
                | (~Q(answer__in=("awaiting", "not_required")) & Q(answered_on__isnull=False)),
                violation_error_message=_("Give the day of the answer."),
            ),
        ]
        indexes = [
            # The list of all of them, in its usual order.
            models.Index(name="answers_by_due", fields=["due_on", "id"]),
            models.Index(name="answers_by_day", fields=["answered_on", "id"], condition=Q(answered_on__isnull=False)),
            models.Index(name="answers_by_addressee", fields=["addressee", "id"]),
            models.Index(name="unanswered_by_due", fields=["due_on"], condition=Q(answer__in=("awaiting", "noted"))),
            models.Index(
                name="answers_without_a_clock",
                fields=["regime"],
                condition=Q(answer__in=("awaiting", "noted"), due_on=None),
            ),
        ]

    def __str__(self):
        return _("%(addressee)s on %(reference)s") % {
            "addressee": self.addressee,
            "reference": self.recommendation.reference,
        }

    def get_absolute_url(self):
        return f"{self.recommendation.get_absolute_url()}#answers"

    @property
    def file_url(self):
        """Of this version's file: a later answer has its own, or none, and the timeline still leads to the earlier one."""
        return reverse("answer-file", args=[self.pk, self.version])

    @property
    def is_unanswered(self):
        return self.answer in (Answer.AWAITING, Answer.NOTED)

    @property
    def clock_not_started(self):
        return self.is_unanswered and self.due_on is None and self.regime.has_period

    def is_overdue(self, on=None):
        return self.is_unanswered and self.due_on is not None and self.due_on < (on or clock.today())

    @classmethod
    def expect(cls, recommendation, addressee, *, regime, by, organisation=None, reason=""):
        """Ask one more addressee for an answer."""
        with recommendation.locked():
            if recommendation.responses.filter(addressee__iexact=addressee).exists():
                raise Refused(_("This addressee is there already."))
            response = cls(recommendation=recommendation, addressee=addressee, organisation=organisation, regime=regime)
            if by is not None and not permissions.can_manage(by, recommendation):
                raise Refused(_("Only a clerk adds an addressee, and only while the recommendation is open."))
            return response.record(by=by, reason=reason)

    def start_clock(self, *, notified_on, by, received_on=None, regime=None, reason="", version=None):
        """Record the notice (and the receipt): the period begins with the later of the two.

        Putting either right once the clock runs needs a reason.
        """
        with self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk records answers and starts clocks."))
            if self.due_on is not None:
                must_say(reason, _("Say why the clock is changed."))
            self.regime = regime or self.regime
            if not self.regime.has_period:
                raise Refused(_("No period is set for this addressee. Choose a rule that has one."))
            self.notified_on, self.received_on = notified_on, received_on
            self.due_on = self.regime.last_day(max(filter(None, [notified_on, received_on])))
        return self

    def name_organisation(self, organisation, *, by, reason="", version=None):
        """Say which body the addressee is, so that it can be sent a link."""
        with self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk says which organisation an addressee is."))
            if organisation == self.organisation:
                raise Refused(_("That is the organisation already."))
            if self.organisation_id is not None:
                must_say(reason, _("Say why it is another organisation."))
            self.organisation = organisation
        return self

    def answer_with(self, answer, *, by, on=None, reasons="", file=None, through=None, version=None):
        """Record what they answered, on the day `on` (today unless given), with the reasons and the file they gave.

        A clerk records it, or they answer themselves `through` their link. An answer is still owed, and still
        recorded, once the Board has closed the recommendation.
        """
        with self.changing(by=by, reason=reasons, through=through, version=version):
            if through is None:
                must_be_clerk(by, _("Only a clerk records answers and starts clocks."))
            else:
                through.use_for(self)
            self._must_be_able_to_become(answer, reasons)
            if on and on > clock.today():
                raise Refused(_("The answer cannot come from the future. Give today or an earlier day."))
            is_answer = answer not in (Answer.AWAITING, Answer.NOT_REQUIRED)
            self.answer, self.reasons, self.through = answer, reasons, through
            self.answered_on = (on or clock.today()) if is_answer else None
            # The file of an earlier answer stays with that answer, in the history.
            self.file, self.file_name = "", ""
            self.attach(file)
        return self

    def _must_be_able_to_become(self, answer, reasons):
        if answer not in ANSWER_CHANGES[Answer(self.answer)]:
            now = Answer(self.answer).label.lower()
            raise Refused(
                _("This is “%(now)s” now, so it cannot become “%(answer)s”.")
                % {"now": now, "answer": Answer(answer).label.lower()}
            )
        if answer_needs_reason(self.answer, answer):
            must_say(reasons, _("Give the reasons for this answer."))
