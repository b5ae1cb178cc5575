"""What the list of meetings is narrowed by; what recording a meeting asks, and putting it right."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations.forms.acts import ActForm, BoardChoice, DateField, words
from recommendations.forms.fields import GovukFormMixin
from recommendations.forms.filters import BoardFilter, Narrowing, YearFilter, only
from recommendations.models import Meeting


class MeetingFilter(Narrowing):
    questions = {
        "to_come": (_("Today or to come"), lambda rows, on: rows.to_come(on)),
        "held": (_("Held before today"), lambda rows, on: rows.filter(held_on__lt=on)),
    }
    only = only(questions)
    board = BoardFilter()
    year = YearFilter(field_name="held_on")


class MeetingForm(GovukFormMixin, forms.ModelForm):
    board = BoardChoice()
    held_on = DateField(label=_("Date of the meeting"), help_text=_("It may lie ahead."))

    class Meta:
        model = Meeting
        fields = ["board", "held_on", "place"]
        labels = {"board": _("Board"), "place": _("Place (optional)")}


class CorrectMeetingForm(ActForm):
    held_on = DateField(label=_("Date of the meeting"))
    place = forms.CharField(label=_("Place (optional)"), required=False, max_length=200)
    reason = words(_("What was wrong?"), rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_on", self.thing.held_on)
        self.initial.setdefault("place", self.thing.place)
