"""What entering minutes asks first: the text, and which meeting it belongs to."""

from django import forms

from recommendations import clock
from recommendations.forms.acts import ActForm, words
from recommendations.forms.fields import DateField, GovukFormMixin
from recommendations.minutes import drafts, sources
from recommendations.models import Board
from recommendations.models.exempt import PARAGRAPHS

MOST_BYTES = 20 * 1024 * 1024
EXEMPT_CHOICES = [("", "Not exempt"), *((n, f"Exempt, paragraph {n}: {text}") for n, text in PARAGRAPHS.items())]


def exempt(label):
    return forms.TypedChoiceField(label=label, required=False, choices=EXEMPT_CHOICES, coerce=int, empty_value=None)


class MeetingOfDraft(GovukFormMixin, forms.Form):
    """Whose meeting it was, and when."""

    board = forms.ModelChoiceField(label="Board", queryset=Board.objects.all(), empty_label="Choose a board")
    held_on = DateField(label="Date of the meeting", help_text="For example, 27 3 2026. The minutes often do not say.")

    def clean_held_on(self):
        held_on = self.cleaned_data["held_on"]
        if held_on > clock.today():
            raise forms.ValidationError("Date of the meeting must be today or in the past")
        return held_on


class PastedText(forms.Field):
    """Exactly what was pasted: what is wrong with it, `sources` says better than a stock validator."""

    widget = forms.Textarea({"rows": 14, "spellcheck": "false"})


class NewDraftForm(MeetingOfDraft):
    number = forms.CharField(
        label="Item number", max_length=drafts.LIMITS["number"], help_text="As on the agenda, for example 7.",
        widget=forms.TextInput({"class": "govuk-input--width-4"}),
    )  # fmt: skip
    exempt_paragraph = exempt("Is the item exempt?")
    text = PastedText(label="Paste the minutes", required=False)
    file = forms.FileField(
        label="Or upload them", required=False, help_text="A text, HTML, Word (docx) or PDF file of at most 20 MB."
    )
    field_order = ["board", "held_on", "number", "exempt_paragraph", "text", "file"]

    def clean(self):
        text, file = self.cleaned_data.get("text") or "", self.cleaned_data.get("file")
        if "file" in self.errors:
            return
        if text.strip() and file:
            self.add_error(
                "file", "Paste the minutes or upload them, not both: delete the pasted text or select no file"
            )
        elif not text.strip() and not file:
            self.add_error("text", "Paste the minutes, or upload them as a file")
        else:
            self._read(text, file)

    def _read(self, text, file):
        try:
            self.cleaned_data["lines"] = self._lines_of_file(file) if file else sources.lines_of_text(text)
        except sources.Unreadable as refusal:
            self.add_error("file" if file else "text", str(refusal))
            return
        if file and self.errors:
            # No browser sends a file twice by itself: keep its words where they are not lost.
            self.data = self.data.copy()
            self.data[self.add_prefix("text")] = "\n".join(self.cleaned_data["lines"])

    def _lines_of_file(self, file):
        if file.size > MOST_BYTES:
            raise sources.Unreadable(
                "This file is larger than 20 MB. Save the minutes alone in a file and upload that."
            )
        return sources.lines_of(file.read(), file.name)


class DiscardForm(ActForm):
    reason = words("Why is it discarded?", rows=3, hint="For example: entered for the wrong board.")
