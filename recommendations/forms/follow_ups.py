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
from recommendations.forms.fields import Checkboxes, Radios
from recommendations.models import FollowUpReport, Meeting, Verdict
from recommendations.words import day

VERDICT_HINTS = {
    Verdict.FURTHER_WANTED: "Opens the next follow-up report.",
    Verdict.NOT_SATISFIED: "Opens the next follow-up report, and takes back “reported complete”. Say why below.",
}


def how_often(label="How often?"):
    return forms.TypedChoiceField(
        label=label, choices=[("", "Once"), *FollowUpReport.Repeats.choices], coerce=int, empty_value=None,
        required=False, help_text="The next of a series is opened by itself when the Board receives this one.",
    )  # fmt: skip


class RepeatForm(ActForm):
    repeats = how_often()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["repeats"] = self.thing.repeats


class OrderReportForm(ActForm):
    due_on = DateField(
        label="Due date (optional)", required=False, help_text="Leave empty if the Board gave no date yet."
    )
    repeats = how_often()
    reason = words("Why does the Board want it?", required=False, rows=2)


class ReportsChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, report):
        return f"{report}: {report.recommendation.title}"


class SubmitReportForm(ActForm):
    text = words(
        "Your report to the Board",
        hint="Or a few words on what the attached file holds. Leave out names of children and victims.",
        rows=12,
    )
    file = attachment()
    exempt_paragraph = exempt("Who may read this report?")
    also = ReportsChoice(
        label="Does it answer these too? (optional)", queryset=FollowUpReport.objects.none(), required=False,
        widget=Checkboxes, help_text="They are handed in with it, with the same words, file and readers.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = self.thing.others_of_the_owner().visible_to(self.user)
        if not self.is_bound:
            # What was made exempt after the page was opened is refused in words.
            others = self.thing.for_its_readers(others)
        self.fields["also"].queryset = others
        if not others.exists():
            del self.fields["also"]


class ReceiveReportForm(ActForm):
    verdict = forms.ChoiceField(
        label="What did the Board make of it?", choices=Verdict, widget=Radios(hints=VERDICT_HINTS)
    )
    at = MeetingChoice(label="At which meeting?", queryset=Meeting.objects.none(), empty_label="Choose a meeting")
    minute = minute_number()
    reason = words("Why?", required=False, rows=3, hint="Needed when the Board is not satisfied.")
    next_due_on = DateField(label="When is the next report due? (optional)", required=False)
    is_last = forms.BooleanField(label="This was the last of the series", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = held_meetings(self.thing.recommendation, clock.today())
        self.fields["at"].queryset = held.filter(held_on__gte=self.thing.submitted_on or clock.today())
        if self.thing.repeats:
            often, next_on = self.thing.get_repeats_display().lower(), self.thing.next_due_on
            self.fields["next_due_on"].help_text = f"Wanted {often}: leave empty for {day(next_on)}."
        else:
            del self.fields["is_last"]


class WaiveReportForm(ActForm):
    reason = words("Why is the report no longer wanted?", rows=3)
