"""What the council's statements about the site ask of whoever writes them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations.forms.acts import ActForm, DateField, words


class StatementForm(ActForm):
    text = forms.CharField(
        label=_("Text"), max_length=40_000, widget=forms.Textarea({"rows": 30}),
        help_text=_(
            "A line that begins with # is a heading, one that begins with - is in a list, and an empty line begins a "
            "paragraph. Addresses become links. What you do not know yet stands in [square brackets]."
        ),
    )  # fmt: skip
    reviewed_on = DateField(label=_("Last reviewed on (optional)"), required=False)
    reason = words(_("What did you change? (optional)"), rows=2)

    def __init__(self, *args, model_text, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.initial.setdefault("text", self.thing.text or model_text)
        self.initial.setdefault("reviewed_on", self.thing.reviewed_on)
