"""What entering a person asks, and changing what they may do: name, work, roles, boards."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from recommendations import clock, permissions
from recommendations.forms.acts import ActForm, DateField, words
from recommendations.forms.fields import Checkboxes
from recommendations.models import Board, Refused

ROLES = {
    permissions.CLERKS: _("Clerk"),
    permissions.OFFICERS: _("Officer"),
    permissions.MEMBERS: _("Member"),
    permissions.ADMINISTRATORS: _("Administrator"),
}
HINTS = {
    permissions.CLERKS: _("Enters minutes, gives owners and dates, records answers, closes what a board has agreed to close."),
    permissions.OFFICERS: _("Owns recommendations: writes progress, submits follow-up reports, asks for a later date."),
    permissions.MEMBERS: _("Reads everything except the exempt matter of boards they do not sit on."),
    permissions.ADMINISTRATORS: _("Enters people of every role and reference data. Takes no part in the work itself."),
}  # fmt: skip


class PersonForm(ActForm):
    full_name = forms.CharField(label=_("Full name"), max_length=150, help_text=_("As it shall be read: Olu Shah."))
    job_title = forms.CharField(
        label=_("Job title (optional)"), required=False, max_length=200,
        help_text=_("For example, Head of Safeguarding. It stands beside the name where an owner is chosen."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "off"}),
        help_text=_("At work. They sign in with it, and reminders go there."),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(label=_("What is their part?"), widget=Checkboxes(hints=HINTS))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        given = permissions.roles_given_by(self.user)
        self.fields["roles"].choices = [(role, ROLES[role]) for role in given]

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        try:
            self.thing.must_have_own_address(email)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return email


class NewPersonForm(PersonForm):
    boards = forms.ModelMultipleChoiceField(
        label=_("Which boards do they sit on or serve? (optional)"), required=False, widget=Checkboxes,
        queryset=Board.objects.none(),
        help_text=_("It lets them read what is exempt there. Leave it empty for an officer who only owns recommendations."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["boards"].queryset = Board.objects.standing()
        if not self.fields["boards"].queryset.exists():
            del self.fields["boards"]


class CorrectPersonForm(PersonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("full_name", "job_title", "email"):
            self.initial.setdefault(name, getattr(self.thing, name))
        self.initial.setdefault("roles", sorted(self.thing.role_names))
        if not permissions.can_change_address(self.user, self.thing):
            del self.fields["email"]


class SitForm(ActForm):
    board = forms.ModelChoiceField(
        label=_("Board"), queryset=Board.objects.none(), empty_label=_("Choose a board"),
        help_text=_("From their first day on they can read what is exempt there."),
    )  # fmt: skip
    since = DateField(label=_("First day"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = Board.objects.standing()
        self.initial.setdefault("since", clock.today())


class EndForm(ActForm):
    until = DateField(label=_("Last day"), help_text=_("Until its end they can read what is exempt there."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("until", clock.today())


class SwitchForm(ActForm):
    reason = words(_("Why?"), rows=2, hint=_("For example: left the council in May. The history keeps it."))


class SecondFactorsForm(ActForm):
    roles = forms.MultipleChoiceField(
        label=_("Who must have a second factor? (optional)"), required=False, choices=list(ROLES.items()),
        widget=Checkboxes(hints={
            permissions.CLERKS: _("Recommended: they change what everybody reads."),
            permissions.ADMINISTRATORS: _("Recommended: they say who may do what."),
        }),
    )  # fmt: skip
    reason = words(
        _("Why?"), rows=2, hint=_("For example: the council’s security policy of May. The history keeps it.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("roles", self.thing.roles)
