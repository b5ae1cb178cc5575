"""Your account, for everybody who signs in: the password, second factors, where one is signed in, what happened."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth as webauthn_auth
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from recommendations.accounts import sessions
from recommendations.forms.people import ROLES
from recommendations.models import AccountEvent
from recommendations.permissions import lacks_second_factor

FOLDER = "recommendations/account"
Type = Authenticator.Type


def factors_of(user, *types):
    return Authenticator.objects.filter(user=user, type__in=types).order_by("created_at")


class YourAccount(TemplateView):
    template_name = f"{FOLDER}/account.html"
    SHOWN = 10

    def get_context_data(self, **kwargs):
        user = self.request.user
        codes = factors_of(user, Type.RECOVERY_CODES).first()
        return super().get_context_data(**kwargs) | {
            "roles": [ROLES.get(name, name) for name in sorted(user.role_names)],
            "app": factors_of(user, Type.TOTP).first(),
            "passkeys": factors_of(user, Type.WEBAUTHN),
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
            "council": SocialAccount.objects.filter(user=user).first(),
            "events": AccountEvent.objects.for_list().filter(person=user)[: self.SHOWN],
        }


class SecondFactorNeeded(TemplateView):
    """All that somebody can open who must have a second factor and has shown none."""

    template_name = f"{FOLDER}/needed.html"

    def get(self, request):
        if not lacks_second_factor(request):
            return redirect("home")
        return super().get(request)

    def get_context_data(self, **kwargs):
        has_one = factors_of(self.request.user, Type.TOTP, Type.WEBAUTHN).exists()
        return super().get_context_data(**kwargs) | {"has_one": has_one}


class Places(TemplateView):
    """Where one is signed in; one place can be ended, or all."""

    template_name = f"{FOLDER}/places.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "places": sessions.places_of(self.request.user),
            "hours": settings.SESSION_COOKIE_AGE // 3600,
            "idle": settings.SESSION_IDLE_MINUTES,
            "most": settings.MAX_SESSIONS,
        }

    def post(self, request):
        if "everywhere" in request.POST:
            sessions.end_all(request)
            messages.success(request, _("You are signed out everywhere."))
            return redirect("sign-in")
        found = [place for place in sessions.places_of(request.user) if str(place.pk) == request.POST.get("place")]
        if not found:
            raise Http404
        sessions.end_place(request, found[0])
        messages.success(request, _("You are signed out there."))
        return redirect("account-places")


# One question, one button


class Question:
    """What the pages of one question share; they are drawn as every other form here."""

    template_name = "recommendations/form.html"
    heading, intro, warning_text, submit_label = "", "", "", _("Go on")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": self.heading,
            "intro": self.intro,
            "warning_text": self.warning_text,
            "submit_label": self.submit_label,
            "back_url": reverse("account"),
        }


class ItIsYou(Question):
    """Before something about the account is changed. There may be other ways to prove it."""

    template_name = f"{FOLDER}/again.html"
    heading = _("Is it you?")
    intro = _("Before your account is changed, show that it is you. It holds for five minutes.")


class PasswordAgain(ItIsYou, account.ReauthenticateView):
    pass


class CodeAgain(ItIsYou, mfa.ReauthenticateView):
    pass


class PasskeyAgain(ItIsYou, webauthn.ReauthenticateWebAuthnView):
    template_name = f"{FOLDER}/passkey_again.html"


class SettingUp(Question):
    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.has_shown_factor(self.request)
        return response


class SetUpApp(SettingUp, totp.ActivateTOTPView):
    template_name = f"{FOLDER}/app.html"
    heading = _("Set up an authenticator app")
    submit_label = _("Check the code and finish")


class RemoveApp(Question, totp.DeactivateTOTPView):
    heading = _("Remove your authenticator app")
    warning_text = _("From then on its codes open nothing. Remove the entry from the app as well.")
    submit_label = _("Remove it")


class AddPasskey(SettingUp, webauthn.AddWebAuthnView):
    """The key must know its person, by finger, face or PIN: so it signs in by itself."""

    template_name = f"{FOLDER}/passkey.html"
    heading = _("Add a passkey")
    submit_label = _("Add a passkey")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": webauthn_auth.begin_registration(self.request.user, True)}
        return context


class RenamePasskey(Question, webauthn.EditWebAuthnView):
    heading = _("Rename your passkey")
    submit_label = _("Save")


class RemovePasskey(Question, webauthn.RemoveWebAuthnView):
    warning_text = _("From then on it opens nothing here. Remove it from the device as well.")
    submit_label = _("Remove it")

    @property
    def heading(self):
        return _("Remove your passkey “%(name)s”") % {"name": self.object.wrap().name}


# Recovery codes


class Codes(Question, codes.ViewRecoveryCodesView):
    template_name = f"{FOLDER}/codes.html"
    heading = _("Your recovery codes")


class NewCodes(Question, codes.GenerateRecoveryCodesView):
    heading = _("Make new recovery codes")
    warning_text = _("The codes that you have now end at once.")
    submit_label = _("Make new codes")


@method_decorator(never_cache, name="dispatch")
class CodesFile(codes.DownloadRecoveryCodesView):
    template_name = f"{FOLDER}/codes.txt"


# While signing in


class SecondFactor(mfa.AuthenticateView):
    template_name = f"{FOLDER}/second_factor.html"


# While something is typed


@require_POST
def still_here(request):
    """Asked by the script of a page on which somebody types: what they write must not be lost to the limit of idleness."""
    return HttpResponse(status=204)
