"""What bringing in an old tracker asks: the file, what its columns are, what its words mean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.forms.acts import ActForm, BoardChoice, words
from recommendations.forms.fields import DateField, GovukFormMixin, subject
from recommendations.models import Progress
from recommendations.models.files import MAX_BYTES
from recommendations.old_trackers import apart, reading
from recommendations.old_trackers.headings import CHOICES, LEFT_OUT, MEANINGS, NOTE
from recommendations.old_trackers.refusals import Unreadable
from recommendations.old_trackers.words import plain
from recommendations.virus_scanner import must_be_clean
from recommendations.words import filled, look_up

# Of one upload; `manage.py import_tracker` takes more. Servers give up on a request after half a minute.
MOST_AT_ONCE = 2000
# Of each list: words beyond these stand in a row or two each, and come in as they are recognised.
MOST_STATUSES, MOST_OWNERS = 100, 60


class NewTrackerForm(GovukFormMixin, forms.Form):
    board = BoardChoice()
    file = forms.FileField(
        label=_("The tracker"),
        validators=[must_be_clean],
        help_text=filled(
            _(
                "An Excel (xlsx or xls), OpenDocument (ods), CSV or Word (docx) file of at most 10 MB and "
                "%(most)s rows. A row of headings says what the columns are."
            ),
            most=f"{MOST_AT_ONCE:,}",
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("Choose a file of at most 10 MB. Save the tracker alone in a new file."))
        self.cleaned_data["data"] = file.read()
        file.seek(0)
        try:
            tables = apart.tables_of(self.cleaned_data["data"])
        except Unreadable as refusal:
            raise forms.ValidationError(look_up(refusal)) from None
        if sum(any(row) for table in tables for row in table["cells"]) > MOST_AT_ONCE:
            raise forms.ValidationError(
                _(
                    "This tracker has more than %(most)s rows. Split it, or ask for it to be brought in "
                    "with import_tracker."
                )
                % {"most": f"{MOST_AT_ONCE:,}"}
            )
        self.cleaned_data["tables"] = tables
        return file


class HeldDay(DateField):
    """The day of a meeting that has been held."""

    def clean(self, value):
        on = super().clean(value)
        if on and on > clock.today():
            raise forms.ValidationError(
                _("%(subject)s must be today or in the past") % {"subject": subject(self.label)}
            )
        return on


class ColumnsForm(ActForm):
    """One question for each heading of the file, and at which meetings took place what the file names none for."""

    held_on = HeldDay(
        label=_("Meeting of rows that name no day (optional)"), required=False,
        help_text=_("The Board’s meeting on this day is taken, or made. Without one, such rows are refused."),
    )  # fmt: skip
    closes_on = HeldDay(
        label=_("Meeting that closed what is closed (optional)"), required=False,
        help_text=_("For closed rows of which no meeting is known that closed them. Without one, what is complete comes in as"
        " “reported complete”, for the Board to close; what ended otherwise is refused."),
    )  # fmt: skip
    fills_down = forms.BooleanField(
        label=_("An empty day, item or board is that of the row above"), required=False,
        help_text=_("Tick this where these stand in the first row of each group alone."),
    )  # fmt: skip

    def __init__(self, *args, thing, **kwargs):
        known = {**reading.columns_of(thing.tables), **thing.columns}
        examples = reading.examples_of(thing.tables)
        self.headings = dict(enumerate(examples))
        days = {"held_on": thing.held_on, "closes_on": thing.closes_on, "fills_down": thing.fills_down}
        chosen = {f"column-{place}": known[heading] for place, heading in self.headings.items()}
        super().__init__(*args, thing=thing, **kwargs | {"initial": days | chosen})
        self.examples = examples
        for place, heading in self.headings.items():
            label = " ".join(examples[heading][0].split())
            self.fields[f"column-{place}"] = forms.ChoiceField(label=label, choices=list(CHOICES.items()))

    @property
    def columns(self):
        """(the question, examples of what stands in the column) of each heading."""
        return [(self[f"column-{place}"], self.examples[heading][1]) for place, heading in self.headings.items()]

    def clean(self):
        said = {heading: self.cleaned_data.get(f"column-{place}", "") for place, heading in self.headings.items()}
        self.cleaned_data["columns"] = said
        if "text" not in said.values():
            self.add_error(None, _("Say which column holds “%(text)s”") % {"text": MEANINGS["text"].label})
        for header in filter(None, reading.headers_of(self.thing.tables)):
            self._refuse_twins([plain(heading) for heading in header.headings], said)

    def _refuse_twins(self, headings, said):
        """Two columns of one sheet with what only one can have."""
        first = {}
        places = {heading: place for place, heading in self.headings.items()}
        for heading in dict.fromkeys(filter(None, headings)):
            meaning = said[heading]
            is_single = meaning not in (NOTE, LEFT_OUT, "") and not MEANINGS[meaning].is_repeatable
            other = first.setdefault(meaning, heading) if is_single else heading
            name = f"column-{places[heading]}"
            if other != heading and name not in self.errors:
                self.add_error(
                    name,
                    _("“%(column)s” is chosen twice: keep one of the columns as a note")
                    % {"column": MEANINGS[meaning].label},
                )


class WordsForm(ActForm):
    """What each status of the file means, and which officer each of its owners is."""

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.status_words = dict(enumerate(plan.statuses()[:MOST_STATUSES]))
        self.owner_words = dict(enumerate(plan.people()[:MOST_OWNERS]))
        officers = [("", _("Nobody")), *((str(pk), str(user)) for pk, user in plan.owners.people.items())]
        for place, (status, _rows, progress, _is_sure) in self.status_words.items():
            self.fields[f"status-{place}"] = forms.ChoiceField(
                label=status, choices=Progress.choices, initial=progress or Progress.NOT_STARTED
            )
        for place, (owner, _rows, user, _is_sure) in self.owner_words.items():
            self.fields[f"owner-{place}"] = forms.ChoiceField(
                label=owner, choices=officers, initial=user.pk if user else "", required=False
            )

    @property
    def status_rows(self):
        """(the question, how often, whether the words say exactly that)."""
        return [
            (self[f"status-{place}"], count, is_sure and bool(found))
            for place, (_, count, found, is_sure) in self.status_words.items()
        ]

    @property
    def owner_rows(self):
        return [(self[f"owner-{place}"], count, is_sure) for place, (_, count, _, is_sure) in self.owner_words.items()]

    @property
    def statuses(self):
        said = {status: self.cleaned_data[f"status-{place}"] for place, (status, *_) in self.status_words.items()}
        return self.thing.statuses | said

    @property
    def owners(self):
        """{owner as it is written: id of the person, or None}"""
        said = {owner: self.cleaned_data[f"owner-{place}"] for place, (owner, *_) in self.owner_words.items()}
        return self.thing.owners | {owner: int(pk) if pk else None for owner, pk in said.items()}


class DiscardTrackerForm(ActForm):
    reason = words(_("Why is it discarded?"), rows=3, hint=_("For example: a newer file was found."))
