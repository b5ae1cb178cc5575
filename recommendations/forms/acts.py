"""The base of the forms that feed a verb, and the questions that several of them ask."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from recommendations.forms.fields import DateField, GovukFormMixin
from recommendations.models import Board, Meeting, Progress, User
from recommendations.models.exempt import PARAGRAPHS
from recommendations.models.files import BEGINNINGS, validate_attachment
from recommendations.virus_scanner import must_be_clean
from recommendations.words import day, filled


class ActForm(GovukFormMixin, forms.Form):
    """Carries the version of the record it was opened with, so that nobody overwrites what they have not seen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, thing, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.thing, self.user = thing, user
        self.initial.setdefault("version", thing.version)

    def tell_stale(self, changes, version):
        """Say who changed what meanwhile; what was typed stays, and saving again is meant for what is there now."""
        told = [
            _("This has changed since you opened it."),
            *changes,
            _("Check it, then save again if you still want to."),
        ]
        self.add_error(None, " ".join(map(str, told)))
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version


# Where it is clear that this closes it; each status by itself is called "Closed: …".
WAYS_TO_CLOSE = [
    (Progress.IMPLEMENTED.value, _("Implemented")),
    (Progress.NOT_IMPLEMENTED.value, _("Not implemented")),
    (Progress.SUPERSEDED.value, _("Superseded")),
    (Progress.WORK_PROGRAMME.value, _("Moved to the work programme")),
]


def words(label, *, required=True, hint="", rows=5, **options):
    """A question answered in a few lines."""
    label = label if required else filled(_("%(label)s (optional)"), label=label)
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, required=required, help_text=hint, widget=widget, max_length=20_000, **options)


def minute_number():
    return forms.CharField(
        label=_("Minute number (optional)"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )


def attachment():
    kinds = ", ".join(ending.removeprefix(".") for ending in BEGINNINGS)
    return forms.FileField(
        label=_("A file (optional)"),
        required=False,
        help_text=filled(_("One file of at most 10 MB: %(kinds)s."), kinds=kinds),
        validators=[validate_attachment, must_be_clean],
    )


WHO_READS = _("Who may read this?")


def exempt(label=WHO_READS):
    choices = [
        ("", _("Everyone who may read the recommendation")),
        *((n, filled(_("Exempt, paragraph %(n)s: %(text)s"), n=n, text=text)) for n, text in PARAGRAPHS.items()),
    ]
    return forms.TypedChoiceField(
        # Asked for when they are shown: a list is copied with each form that is made.
        label=label, required=False, choices=lambda: choices, coerce=int, empty_value=None,
        help_text=_("Exempt matter (Local Government Act 1972, Schedule 12A) is for the owner, clerks and the board only."),
    )  # fmt: skip


class BoardChoice(forms.ModelChoiceField):
    """On a site without a board it leads to the page that adds one."""

    def __init__(self, **options):
        options = {"label": _("Board"), "queryset": Board.objects.all(), "empty_label": _("Choose a board")} | options
        super().__init__(**options)

    def get_bound_field(self, form, field_name):
        if not self.queryset.exists():
            self.help_text = no_board_yet()
        return super().get_bound_field(form, field_name)


def no_board_yet():
    return format_html(
        '{} <a class="govuk-link" href="{}">{}</a>',
        _("There is no board on this site yet, and this needs one."),
        reverse("board-new"),
        _("Add a board"),
    )


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, meeting):
        return f"{day(meeting.held_on)} – {meeting.board}"


def held_meetings(recommendation, on):
    """The meetings, up to the day `on`, of the boards that may decide on this recommendation."""
    return Meeting.objects.filter(board__in=recommendation.deciding_boards(), held_on__lte=on).latest_first()


class OwnerChoice(forms.ModelChoiceField):
    def __init__(self, **options):
        options = {"queryset": User.objects.possible_owners(), "required": False, "label": _("Owner")} | options
        super().__init__(empty_label=_("No owner yet"), **options)

    def label_from_instance(self, user):
        return f"{user} – {user.job_title}" if user.job_title else str(user)


__all__ = [
    "ActForm",
    "BoardChoice",
    "DateField",
    "MeetingChoice",
    "OwnerChoice",
    "attachment",
    "exempt",
    "held_meetings",
    "minute_number",
    "words",
]
