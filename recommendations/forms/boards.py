"""What handing over the open recommendations of a board that ends asks, and undoing it."""

from django import forms

from recommendations.forms.acts import ActForm, DateField, words
from recommendations.models import Board


class HandOverForm(ActForm):
    to = forms.ModelChoiceField(
        label="Which board takes them over?", queryset=Board.objects.none(), empty_label="Choose a board"
    )
    ended_on = DateField(label="Last day of the board that ends")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Board.objects.standing().exclude(pk=self.thing.pk)


class UndoHandOverForm(ActForm):
    reason = words("Why is it undone?", rows=3)
