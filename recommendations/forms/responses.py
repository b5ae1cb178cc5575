"""What recording an addressee, its clock and its answer asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.forms.acts import ActForm, DateField, attachment, words
from recommendations.forms.fields import Radios
from recommendations.models import Answer, Organisation, ResponseRegime
from recommendations.models.responses import ANSWER_CHANGES

ANSWER_HINTS = {
    Answer.NOTED: _("Counts as unanswered: “noted” says neither yes nor no."),
    Answer.NOT_ACCEPTED: _("The duty is to answer, not to accept. Reasons are needed."),
}


class AddresseeForm(ActForm):
    addressee = forms.CharField(label=_("Addressee"), max_length=200, help_text=_("As the minutes name it."))
    organisation = forms.ModelChoiceField(
        label=_("Organisation (optional)"),
        required=False,
        queryset=Organisation.objects.all(),
        empty_label=_("None of these"),
    )
    regime = forms.ModelChoiceField(
        label=_("Time to answer"), queryset=ResponseRegime.objects.all(), empty_label=_("Choose a rule")
    )


class ClockForm(ActForm):
    notified_on = DateField(label=_("Notice given on"))
    received_on = DateField(
        label=_("Report received on (optional)"),
        required=False,
        help_text=_("The clock runs from the later of the two days."),
    )
    regime = forms.ModelChoiceField(label=_("Time to answer"), queryset=ResponseRegime.objects.all(), empty_label=None)
    reason = words(_("Why is the clock changed?"), rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("notified_on", "received_on"):
            self.initial.setdefault(name, getattr(self.thing, name))
        self.initial.setdefault("regime", self.thing.regime_id)
        if self.thing.due_on is None:
            del self.fields["reason"]


class AnswerForm(ActForm):
    answer = forms.ChoiceField(label=_("What did they answer?"), widget=Radios(hints=ANSWER_HINTS))
    on = DateField(label=_("On which day?"))
    reasons = words(
        _("Reasons they gave"), required=False, hint=_("Needed when they did not accept, or changed their answer.")
    )
    file = attachment()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = [answer for answer in Answer if answer in ANSWER_CHANGES[Answer(self.thing.answer)]]
        self.fields["answer"].choices = [(answer.value, answer.label) for answer in allowed]
        self.initial.setdefault("on", clock.today())


class OrganisationForm(ActForm):
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.all(), empty_label=_("Choose an organisation")
    )
    reason = words(_("Why is it another one?"), rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("organisation", self.thing.organisation_id)
        if self.thing.organisation_id is None:
            del self.fields["reason"]
