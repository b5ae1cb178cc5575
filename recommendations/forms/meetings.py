"""What recording a meeting asks."""

from django import forms

from recommendations.forms.acts import ActForm, DateField, words
from recommendations.forms.fields import GovukFormMixin
from recommendations.models import Meeting


class MeetingForm(GovukFormMixin, forms.ModelForm):
    held_on = DateField(label="Date of the meeting", help_text="It may lie ahead.")

    class Meta:
        model = Meeting
        fields = ["board", "held_on", "place"]
        labels = {"place": "Place (optional)"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].empty_label = "Choose a board"


class CorrectMeetingForm(ActForm):
    held_on = DateField(label="Date of the meeting")
    place = forms.CharField(label="Place (optional)", required=False, max_length=200)
    reason = words("What was wrong?", rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_on", self.thing.held_on)
        self.initial.setdefault("place", self.thing.place)
