"""What ordering, submitting and receiving a follow-up report asks."""

from django import forms

from recommendations import clock
from recommendations.forms.acts import (
    ActForm,
    DateField,
    MeetingChoice,
    attachment,
    exempt,
    held_meetings,
    minute_number,
    words,
)
from recommendations.forms.fields import Radios
from recommendations.models import Meeting, Verdict

VERDICT_HINTS = {
    Verdict.FURTHER_WANTED: "Opens the next follow-up report.",
    Verdict.NOT_SATISFIED: "Opens the next follow-up report, and takes back “reported complete”. Say why below.",
}


class OrderReportForm(ActForm):
    due_on = DateField(
        label="Due date (optional)", required=False, help_text="Leave empty if the Board gave no date yet."
    )
    reason = words("Why does the Board want it?", required=False, rows=2)


class SubmitReportForm(ActForm):
    text = words(
        "Your report to the Board",
        hint="Or a few words on what the attached file holds. Leave out names of children and victims.",
        rows=12,
    )
    file = attachment()
    exempt_paragraph = exempt("Who may read this report?")


class ReceiveReportForm(ActForm):
    verdict = forms.ChoiceField(
        label="What did the Board make of it?", choices=Verdict, widget=Radios(hints=VERDICT_HINTS)
    )
    at = MeetingChoice(label="At which meeting?", queryset=Meeting.objects.none(), empty_label="Choose a meeting")
    minute = minute_number()
    reason = words("Why?", required=False, rows=3, hint="Needed when the Board is not satisfied.")
    next_due_on = DateField(label="When is the next report due? (optional)", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = held_meetings(self.thing.recommendation, clock.today())
        self.fields["at"].queryset = held.filter(held_on__gte=self.thing.submitted_on or clock.today())


class WaiveReportForm(ActForm):
    reason = words("Why is the report no longer wanted?", rows=3)
