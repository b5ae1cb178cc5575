"""What entering minutes asks first: the text, and which meeting it belongs to. What the queue of drafts is narrowed by."""

import django_filters as filters
from django import forms
from django.db.models import Q
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.forms.acts import ActForm, BoardChoice, words
from recommendations.forms.fields import DateField, GovukFormMixin
from recommendations.forms.filters import Narrowing
from recommendations.minutes import drafts, sources
from recommendations.models import Board
from recommendations.models.exempt import PARAGRAPHS
from recommendations.virus_scanner import must_be_clean
from recommendations.words import day, filled, look_up

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
# Of one upload; a backlog of hundreds comes in by `manage.py import_minutes`.
MOST_FILES, MOST_BYTES_TOGETHER = 50, 40 * MEGABYTE
EXEMPT_CHOICES = [
    ("", _("Not exempt")),
    *((n, filled(_("Exempt, paragraph %(n)s: %(text)s"), n=n, text=text)) for n, text in PARAGRAPHS.items()),
]


def exempt(label):
    return forms.TypedChoiceField(label=label, required=False, choices=EXEMPT_CHOICES, coerce=int, empty_value=None)


class MeetingOfDraft(GovukFormMixin, forms.Form):
    """Whose meeting it was, and when, as far as that is known."""

    board = BoardChoice()
    held_on = DateField(
        label=_("Date of the meeting"), required=False,
        help_text=_("For example, 27 3 2026. The minutes often do not say."),
    )  # fmt: skip

    def offer_day(self, offered_on, phrase):
        """Let the day that the text gives be taken with one tick."""
        self.offered_on = offered_on
        label = _("Use %(offered_on)s, from “%(phrase)s”") % {"offered_on": day(offered_on), "phrase": phrase[:80]}
        self.fields["is_as_printed"] = forms.BooleanField(label=label, required=False)
        self.order_fields(["board", "held_on", "is_as_printed"])

    def clean_held_on(self):
        """A day once given is corrected, not taken away."""
        held_on = self.cleaned_data["held_on"]
        if held_on is None and self.initial.get("held_on"):
            raise forms.ValidationError(self.fields["held_on"].error_messages["required"])
        if held_on and held_on > clock.today():
            raise forms.ValidationError(_("Date of the meeting must be today or in the past"))
        return held_on

    def clean_is_as_printed(self):
        if self.cleaned_data["is_as_printed"] and "held_on" in self.cleaned_data:
            if self.cleaned_data["held_on"] not in (None, self.offered_on):
                raise forms.ValidationError(_("Tick the date from the minutes or enter another one, not both"))
            self.cleaned_data["held_on"] = self.offered_on
        return self.cleaned_data["is_as_printed"]


class PastedText(forms.Field):
    """Exactly what was pasted: what is wrong with it, `sources` says better than a stock validator."""

    # Pasted from Word or a web page, it keeps its lists: frontend/paste.js asks this address for its lines.
    widget = forms.Textarea(
        {
            "rows": 14,
            "spellcheck": "false",
            "data-rich-paste": reverse_lazy("draft-lines"),
            "data-kept": _("The lists of what you pasted are kept."),
        }
    )


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Any number of files; which of them can be read shows when they are read."""

    widget = FilesInput

    def clean(self, data, initial=None):
        return [super(Files, self).clean(one, initial) for one in data or []]


class NewDraftForm(MeetingOfDraft):
    number = forms.CharField(
        label=_("Item number"), required=False, max_length=drafts.LIMITS["number"],
        help_text=_("As on the agenda, for example 7."), widget=forms.TextInput({"class": "govuk-input--width-4"}),
    )  # fmt: skip
    exempt_paragraph = exempt(_("Is the item exempt?"))
    text = PastedText(label=_("Paste the minutes"), required=False)
    file = Files(
        label=_("Or upload them"), required=False, allow_empty_file=True, validators=[must_be_clean],
        help_text=_("Text, HTML, Word (docx) or PDF files of at most 20 MB. Select up to 50 files at once, 40 MB together,"
        " to make a draft of each: leave out what they do not share, the date or the item number."),
    )  # fmt: skip
    field_order = ["board", "held_on", "number", "exempt_paragraph", "text", "file"]

    def clean(self):
        text, files = self.cleaned_data.get("text") or "", self.cleaned_data.get("file") or []
        if len(files) > 1:
            self._measure(text, files)
            return
        self._ask_for_what_one_needs()
        if text.strip() and files:
            self._refuse_both()
        elif not text.strip() and not files:
            self.add_error("text", _("Paste the minutes, or upload them as a file"))
        else:
            self._read(text, files[0] if files else None)

    def _refuse_both(self):
        self.add_error(
            "file", _("Paste the minutes or upload them, not both: delete the pasted text or select no file")
        )

    def _measure(self, text, files):
        if text.strip():
            self._refuse_both()
        elif len(files) > MOST_FILES:
            self.add_error("file", _("Select at most %(most)s files at once") % {"most": MOST_FILES})
        elif sum(file.size for file in files) > MOST_BYTES_TOGETHER:
            self.add_error(
                "file",
                _("Select files of at most %(most)s MB together") % {"most": MOST_BYTES_TOGETHER // MEGABYTE},
            )

    def _ask_for_what_one_needs(self):
        """Of several, each draft is asked for it later."""
        for name in ("held_on", "number"):
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, self.fields[name].error_messages["required"])

    def _read(self, text, file):
        try:
            self.cleaned_data["lines"] = sources.lines_of(data_of(file)) if file else sources.lines_of_text(text)
        except sources.Unreadable as refusal:
            self.add_error("file" if file else "text", look_up(refusal))
            return
        if file and self.errors:
            # No browser sends a file twice by itself: keep its words where they are not lost.
            self.data = self.data.copy()
            self.data[self.add_prefix("text")] = "\n".join(self.cleaned_data["lines"])


def data_of(file):
    """The bytes of an uploaded file, unless there are too many."""
    if file.size > MOST_BYTES:
        raise sources.Unreadable(_("This file is larger than 20 MB. Save the minutes alone in a file and upload that."))
    file.seek(0)
    return file.read()


class DraftFilter(Narrowing):
    """The state is asked for by links of its own, which this form keeps."""

    # Nonsense in the address is not worth a sentence: the view then takes what is to be finished.
    state = filters.CharFilter(widget=forms.HiddenInput, method="leave_to_the_view")
    board = filters.ModelChoiceFilter(label=_("Board"), queryset=Board.objects.all(), empty_label=_("All boards"))
    words = filters.CharFilter(
        label=_("Words of the minutes, or the file’s name"), method="filter_words", max_length=100
    )

    def filter_words(self, queryset, name, value):
        return queryset.filter(Q(text__icontains=value) | Q(file_name__icontains=value))


class DiscardForm(ActForm):
    reason = words(_("Why is it discarded?"), rows=3, hint=_("For example: entered for the wrong board."))
