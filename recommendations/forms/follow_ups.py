"""What ordering, submitting and receiving a follow-up report asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

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
    Verdict.FURTHER_WANTED: _("Opens the next follow-up report."),
    Verdict.NOT_SATISFIED: _("Opens the next follow-up report, and takes back “reported complete”. Say why below."),
}


HOW_OFTEN = _("How often?")


def how_often(label=HOW_OFTEN):
    return forms.TypedChoiceField(
        label=label, choices=[("", _("Once")), *FollowUpReport.Repeats.choices], coerce=int, empty_value=None,
        required=False, help_text=_("The next of a series is opened by itself when the Board receives this one."),
    )  # fmt: skip


class RepeatForm(ActForm):
    repeats = how_often()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["repeats"] = self.thing.repeats


class OrderReportForm(ActForm):
    due_on = DateField(
        label=_("Due date (optional)"), required=False, help_text=_("Leave empty if the Board gave no date yet.")
    )
    repeats = how_often()
    reason = words(_("Why does the Board want it?"), required=False, rows=2)


class ReportsChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, report):
        return f"{report}: {report.recommendation.title}"


class SubmitReportForm(ActForm):
    text = words(
        _("Your report to the Board"),
        hint=_("Or a few words on what the attached file holds. Leave out names of children and victims."),
        rows=12,
    )
    file = attachment()
    exempt_paragraph = exempt(_("Who may read this report?"))
    also = ReportsChoice(
        label=_("Does it answer these too? (optional)"), queryset=FollowUpReport.objects.none(), required=False,
        widget=Checkboxes, help_text=_("They are handed in with it, with the same words, file and readers."),
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
        label=_("What did the Board make of it?"), choices=Verdict, widget=Radios(hints=VERDICT_HINTS)
    )
    at = MeetingChoice(label=_("At which meeting?"), queryset=Meeting.objects.none(), empty_label=_("Choose a meeting"))
    minute = minute_number()
    reason = words(_("Why?"), required=False, rows=3, hint=_("Needed when the Board is not satisfied."))
    next_due_on = DateField(label=_("When is the next report due? (optional)"), required=False)
    is_last = forms.BooleanField(label=_("This was the last of the series"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = held_meetings(self.thing.recommendation, clock.today())
        self.fields["at"].queryset = held.filter(held_on__gte=self.thing.submitted_on or clock.today())
        if self.thing.repeats:
            often, next_on = self.thing.get_repeats_display().lower(), self.thing.next_due_on
            self.fields["next_due_on"].help_text = _("Wanted %(often)s: leave empty for %(next_on)s.") % {
                "often": often,
                "next_on": day(next_on),
            }
        else:
            del self.fields["is_last"]


class WaiveReportForm(ActForm):
    reason = words(_("Why is the report no longer wanted?"), rows=3)
