"""As of which day a year is told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations.forms.fields import DateField, GovukFormMixin


class AsOfForm(GovukFormMixin, forms.Form):
    on = DateField(
        label=_("As of (optional)"), required=False, help_text=_("Left empty, the year is told as it stands today.")
    )
