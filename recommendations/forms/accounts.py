"""Signing in, changing one’s password, and choosing one through a letter."""

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from recommendations.forms.fields import GovukFormMixin
from recommendations.limits import OLD_PASSWORDS, TooOften


class SignInForm(GovukFormMixin, LoginForm):
    """The boxes keep the names by which browsers have remembered them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "username"}), max_length=254,
            error_messages={"required": _("Enter your e-mail address")},
        )  # fmt: skip
        self.fields["password"] = forms.CharField(
            label=_("Password"), widget=forms.PasswordInput({"autocomplete": "current-password"}), strip=False,
            error_messages={"required": _("Enter your password")}, max_length=1000,
        )  # fmt: skip

    def add_prefix(self, field_name):
        return "username" if field_name == "login" else super().add_prefix(field_name)


class PasswordForm(GovukFormMixin, PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Your password now")
        self.fields["new_password1"].label = _("Your new password")
        self.fields["new_password2"].label = _("Your new password again")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)

    def clean_old_password(self):
        """Whoever sits down at somebody's open browser must not try passwords for long."""
        try:
            OLD_PASSWORDS.must_allow(self.user.pk)
        except TooOften as refusal:
            raise forms.ValidationError(str(refusal)) from None
        OLD_PASSWORDS.count(self.user.pk)
        return super().clean_old_password()


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
