"""Which two days an agenda paper compares."""

import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.forms.fields import DateField, GovukFormMixin
from recommendations.models import Meeting

A_YEAR = datetime.timedelta(days=365)


class DaysForm(GovukFormMixin, forms.Form):
    since = DateField(
        label=_("Changed since the end of"), help_text=_("As a rule the day of the last meeting."),
        error_messages={"required": _("Enter the day to compare with")},
    )  # fmt: skip
    on = DateField(
        label=_("As it stood at the end of"), help_text=_("Today or earlier."),
        error_messages={"required": _("Enter the day as of which you ask")},
    )  # fmt: skip

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_("As it stood at the end of: give today or an earlier day"))
        return on

    def clean(self):
        since, on = self.cleaned_data.get("since"), self.cleaned_data.get("on")
        if since and on and since > on:
            self.add_error("since", _("Changed since the end of: give a day before the other one"))


def days_for(meeting):
    """(since, on): the board's last meeting before, or a year; the day before the meeting, or today while it lies ahead."""
    on = min(meeting.held_on - datetime.timedelta(days=1), clock.today())
    earlier = Meeting.objects.filter(board=meeting.board, held_on__lt=meeting.held_on, held_on__lte=on)
    previous = earlier.order_by("held_on").last()
    return (previous.held_on if previous else on - A_YEAR), on
