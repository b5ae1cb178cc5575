"""What entering a board or an organisation asks; handing over what a board that ends leaves open, and undoing it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.forms.acts import ActForm, DateField, words
from recommendations.forms.fields import Radios
from recommendations.models import Board, Refused, ResponseRegime, User
from recommendations.models.boards import SCHEMES, reference_like


class NamedForm(ActForm):
    """Refuses at the question what is called like another record."""

    def free(self, field):
        value = " ".join(self.cleaned_data[field].split())
        try:
            self.thing.must_be_the_only_one(**{field: value})
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return value

    def clean_name(self):
        return self.free("name")


class BoardForm(NamedForm):
    name = forms.CharField(
        label=_("Name"), max_length=200,
        help_text=_("As your minutes call it, for example Social Care Services Board."),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code"), max_length=12,
        help_text=_("A few capital letters that stand in every reference, for example SCSB. "
                    "It can be changed only until the board has its first recommendation."),
        validators=[RegexValidator(r"^[A-Za-z0-9]{2,}$", _("Code must be two letters or more, without spaces, like SCSB"))],
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocapitalize": "characters"}),
    )  # fmt: skip
    reference_scheme = forms.ChoiceField(
        label=_("What shall references look like?"), widget=Radios,
        help_text=_("Each recommendation (R) and action (A) gets one, and keeps it for ever. Choose the one your council "
                    "uses; where it has none, take the first."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"reference_scheme": self.thing.reference_scheme} | self.initial
        code = (self.data.get("code") or self.thing.code or "SCSB").strip().upper()
        schemes = dict.fromkeys([*SCHEMES, self.thing.reference_scheme])
        self.fields["reference_scheme"].choices = [(scheme, examples_of(scheme, code)) for scheme in schemes]

    def clean_code(self):
        return self.free("code").upper()


def examples_of(scheme, code):
    """The first references of this year."""
    made = [reference_like(scheme, code, letter, number, clock.today()) for letter, number in (("R", 1), ("A", 1))]
    return _("%(first)s, %(second)s …") % {"first": made[0], "second": made[1]}


class CorrectBoardForm(BoardForm):
    chair = forms.ModelChoiceField(
        label=_("Chair (optional)"), required=False, queryset=User.objects.none(), empty_label=_("Nobody yet"),
        help_text=_("Told by e-mail what is long overdue, where that is switched on. "
                    "Only members who sit on the board are listed."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"name": self.thing.name, "code": self.thing.code, "chair": self.thing.chair_id} | self.initial
        self.fields["chair"].queryset = self.thing.possible_chairs()
        if self.thing.has_references:
            del self.fields["code"], self.fields["reference_scheme"]


class OrganisationDetailsForm(NamedForm):
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As letters to it would begin, for example Surrey Police.")
    )
    also_known_as = forms.CharField(
        label=_("Other names (optional)"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("What minutes call it besides, one on a line, for example “the Force”. "
                    "New minutes then recognise it."),
    )  # fmt: skip
    regime = forms.ModelChoiceField(
        label=_("How long does it have to answer?"), queryset=ResponseRegime.objects.none(), widget=Radios,
        help_text=_("A clerk can say otherwise with each recommendation. Choose “No period” where no rule is known."),
        empty_label=None,
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        regimes = ResponseRegime.objects.all()
        self.fields["regime"].queryset = regimes
        self.fields["regime"].widget.hints = {str(regime.pk): regime.source for regime in regimes}
        for name in ("name", "also_known_as", "regime"):
            self.initial.setdefault(name, self.thing.serializable_value(name))


class HandOverForm(ActForm):
    to = forms.ModelChoiceField(
        label=_("Which board takes them over?"), queryset=Board.objects.none(), empty_label=_("Choose a board")
    )
    ended_on = DateField(label=_("Last day of the board that ends"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Board.objects.standing().exclude(pk=self.thing.pk)


class UndoHandOverForm(ActForm):
    reason = words(_("Why is it undone?"), rows=3)
