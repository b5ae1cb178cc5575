"""Signing in, changing one’s password, and choosing one through a letter."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from recommendations.forms.fields import GovukFormMixin


class SignInForm(GovukFormMixin, AuthenticationForm):
    error_messages = {
        "invalid_login": _("Check your e-mail address and password: they do not belong together"),
        "inactive": _("This account is switched off. Ask the clerk of your board"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        self.fields["username"].error_messages["required"] = _("Enter your e-mail address")
        self.fields["password"].error_messages["required"] = _("Enter your password")
        # Django would take the focus to the first question, past the error summary.
        self.fields["username"].widget = forms.EmailInput({"autocomplete": "username"})


class PasswordForm(GovukFormMixin, PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Your password now")
        self.fields["new_password1"].label = _("Your new password")
        self.fields["new_password2"].label = _("Your new password again")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)


class ForgottenForm(GovukFormMixin, forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "username"}), max_length=254,
        help_text=_("The one you sign in with."),
    )  # fmt: skip


class ChoosePasswordForm(GovukFormMixin, SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("Your new password")
        self.fields["new_password2"].label = _("Your new password again")
        self.fields["new_password1"].widget.attrs.pop("autofocus", None)
