"""For everyone, signed out: signing in, a forgotten password, and choosing one through the letter that was sent."""

import logging
from functools import partial

from allauth.account import signals
from allauth.account import views as allauth
from allauth.account.utils import perform_login
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth import views as auth
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView
from requests import RequestException

from recommendations import letters
from recommendations.accounts import council
from recommendations.accounts.adapters import refusal
from recommendations.forms.accounts import ChoosePasswordForm, ForgottenForm, PasswordForm
from recommendations.limits import ASKED_LETTERS, LETTERS_TO_ONE, TooOften, address_of
from recommendations.models import User
from recommendations.permissions import lacks_second_factor

log = logging.getLogger(__name__)


class SignIn(allauth.LoginView):
    """With OIDC_ONLY the form is for emergencies: what it lets in is decided by the adapter, for every way in."""

    template_name = "registration/login.html"

    def get_context_data(self, **kwargs):
        is_emergency = "emergency" in self.request.GET or self.request.method == "POST"
        return super().get_context_data(**kwargs) | {
            "council": council.is_there() and (settings.OIDC_NAME or _("your council account")),
            "password_is_off": settings.OIDC_ONLY and not is_emergency,
        }


# By the council's own provider


def to_the_council(request):
    return with_the_council(request, OAuth2LoginView)


def back_from_the_council(request):
    return with_the_council(request, OAuth2CallbackView)


def with_the_council(request, view):
    """Whether the provider answers or does not: a page that says so."""
    if not council.is_there():
        raise Http404
    try:
        return view.adapter_view(council.Exchange(request, council.provider_id()))(request)
    except (RequestException, OAuth2Error) as problem:
        ours = isinstance(problem, council.NotVouched)
        log.warning("The provider did not answer as one: %s", problem if ours else type(problem).__name__)
        said = _("Your council’s sign-in does not answer at the moment. Try again in a few minutes.")
        return refusal(request, said, status=503)


class ChangePassword(auth.PasswordChangeView):
    """Ends every other session: their cookies were signed with the old password."""

    form_class = PasswordForm
    success_url = reverse_lazy("password-change-done")

    def form_valid(self, form):
        response = super().form_valid(form)
        signals.password_changed.send(User, request=self.request, user=self.request.user)
        return response


# The administration's own doors, which lead to ours


def may_administer(request):
    user = request.user
    return user.is_active and user.is_staff and not lacks_second_factor(request)


def administration_sign_in(request, extra_context=None):
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))
    if may_administer(request):
        return redirect("admin:index")
    if lacks_second_factor(request):
        return redirect("second-factor-needed")
    raise PermissionDenied


def to_change_of_password(request, extra_context=None):
    return redirect("password-change")


def tried_too_often(request):
    """Where allauth counts for one address, not for one account."""
    return render(request, "429.html", status=429)


class ThenSend(HttpResponseRedirect):
    """Answers first and sends afterwards: how long the mail server takes must not tell whether it was asked at all."""

    def __init__(self, address, send):
        super().__init__(address)
        self.send = send

    def close(self):
        super().close()
        self.send()


class ForgottenPassword(FormView):
    """Whether the address is known here is said to nobody: the answer is the same, and so is the limit."""

    template_name = "registration/password_forgotten.html"
    form_class = ForgottenForm
    extra_context = {"letters_go": letters.can_be_sent}

    def form_valid(self, form):
        email = form.cleaned_data["email"].lower()
        try:
            ASKED_LETTERS.must_allow(address_of(self.request))
            LETTERS_TO_ONE.must_allow(email)
        except TooOften as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=429)
        ASKED_LETTERS.count(address_of(self.request))
        LETTERS_TO_ONE.count(email)
        return ThenSend(reverse("password-sent"), partial(self.send, email))

    def send(self, email):
        user = User.objects.filter(email=email, is_active=True).first()
        if user and (user.is_superuser or not settings.OIDC_ONLY):
            letters.send_password(user, self.request)


class LetterSent(TemplateView):
    template_name = "registration/password_sent.html"


class ChoosePassword(auth.PasswordResetConfirmView):
    """Opened by the link in a letter; whoever was switched off meanwhile finds that it has ended.

    It signs in as every other way does: whoever has a second factor is asked for it, for a letter is only one.
    """

    template_name = "registration/password_choose.html"
    form_class = ChoosePasswordForm
    success_url = reverse_lazy("home")

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form):
        super().form_valid(form)
        messages.success(self.request, _("Your password is chosen."))
        return perform_login(self.request, form.user, email_verification="none", redirect_url=reverse("home"))
