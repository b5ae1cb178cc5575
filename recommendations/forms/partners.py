"""What partners are asked, who answer through a link, and what clerks are asked who make and withdraw links."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.forms.acts import ActForm, DateField, attachment, words
from recommendations.forms.fields import Radios
from recommendations.models import Answer
from recommendations.models.partner_links import LASTS
from recommendations.models.responses import ANSWER_CHANGES
from recommendations.words import filled

# Whether one is required is for the clerk to say.
ANSWERS = [Answer.ACCEPTED, Answer.PARTIALLY_ACCEPTED, Answer.NOT_ACCEPTED, Answer.NOTED]
HINTS = {
    Answer.NOT_ACCEPTED: _("The duty is to answer, not to accept. Give your reasons below."),
    Answer.NOTED: _("Counts as unanswered: “noted” says neither yes nor no."),
}
READERS = _(
    "Everyone who may read the recommendation reads this. Leave out names of children and victims, and personal contact."
)


class AddingForm(ActForm):
    """Without a version: it overwrites nothing. Nor is a partner told who changed what; the verbs refuse what is late."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["version"]


class PartnerAnswerForm(AddingForm):
    answer = forms.ChoiceField(label=_("What is your answer?"), widget=Radios(hints=HINTS))
    reasons = words(
        _("Your reasons"), required=False, hint=filled(_("Needed if you do not accept. %(readers)s"), readers=READERS)
    )
    file = attachment()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        possible = ANSWER_CHANGES[Answer(self.thing.answer)]
        self.fields["answer"].choices = [(each.value, each.label) for each in ANSWERS if each in possible]


class PartnerUpdateForm(AddingForm):
    text = words(_("What has happened?"), hint=READERS)
    file = attachment()


class LinkForm(AddingForm):
    sent_to = forms.EmailField(
        label=_("E-mail address (optional)"),
        required=False,
        help_text=_("The link is sent there at once. Without an address you are shown the link, and send it yourself."),
    )
    expires_on = DateField(
        label=_("Works until"), help_text=_("The last day on which it opens. A year from today at most.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("expires_on", clock.today() + LASTS)


class WithdrawForm(ActForm):
    reason = words(_("Why is it withdrawn?"), rows=2)
