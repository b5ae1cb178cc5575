"""What proves that it is the same person: the password again, a code, a passkey and its name."""

from allauth.account.forms import ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations.forms.fields import GovukFormMixin


def code(hint):
    """Without an example in the box, which would look like an answer; numbers come up first on a telephone."""
    widget = forms.TextInput(
        {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "class": "govuk-input--width-10",
            "spellcheck": "false",
        }
    )
    return forms.CharField(label=_("Code"), widget=widget, help_text=hint, max_length=20)


class PasswordAgainForm(GovukFormMixin, ReauthenticateForm):
    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class CodeForm(GovukFormMixin, AuthenticateForm):
    code = code(_("The 6 numbers that your authenticator app shows now, or one of your recovery codes."))


class CodeAgainForm(GovukFormMixin, CodeReauthenticateForm):
    code = code(_("The 6 numbers that your authenticator app shows now, or one of your recovery codes."))


class AppForm(GovukFormMixin, ActivateTOTPForm):
    code = code(_("The 6 numbers that the app shows now."))


# What the library's reader raises where somebody sends something that no browser would.
NONSENSE = (AttributeError, IndexError, KeyError, TypeError, ValueError)


def refuse_nonsense(read):
    """In words, as what does not fit is refused; else it would be a fault of the site."""
    try:
        return read()
    except NONSENSE:
        raise forms.ValidationError(_("That passkey does not belong here")) from None


class WithPasskey:
    def clean_credential(self):
        return refuse_nonsense(super().clean_credential)


class PasskeySignInForm(WithPasskey, LoginWebAuthnForm):
    pass


class PasskeyFactorForm(WithPasskey, AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(WithPasskey, ReauthenticateWebAuthnForm):
    pass


class PasskeyForm(GovukFormMixin, AddWebAuthnForm):
    """The browser fills in the credential; every passkey here signs in by itself."""

    name = forms.CharField(
        label=_("What do you call it?"), max_length=60, required=False, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For example, “Work laptop”: it tells your passkeys apart."),
    )  # fmt: skip
    passwordless = None
    field_order = ["name", "credential"]

    def clean(self):
        return refuse_nonsense(super().clean)


class RenameForm(GovukFormMixin, EditWebAuthnForm):
    name = forms.CharField(
        label=_("What do you call it?"), max_length=60, widget=forms.TextInput({"autocomplete": "off"})
    )
