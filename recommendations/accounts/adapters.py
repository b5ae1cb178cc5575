"""Where allauth asks how this site does things: who comes in, what it says, how secrets are kept."""

import base64
import hashlib
import logging
import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from recommendations.accounts import council, record
from recommendations.limits import address_of
from recommendations.models import AccountEvent, Refused

log = logging.getLogger(__name__)
# What is said afterwards, by the library's name for it; what is not here goes without saying.
SAID = {
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes. Keep them somewhere safe."),
}


def refusal(request, sentence, *, person=None, status=403):
    """The page that says why, and the row on record. What was half done of a sign-in is forgotten."""
    record.refused(request, person, str(sentence))
    clear_login(request)
    return render(request, "registration/refused.html", {"sentence": sentence}, status=status)


class AccountAdapter(DefaultAccountAdapter):
    """People are entered by clerks and administrators: nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is switched off. Ask the clerk of your board"),
        "email_password_mismatch": _("Check your e-mail address and password: they do not belong together"),
        "incorrect_password": _("That is not your password"),
        "incorrect_code": _("That is not the code: wait for the next one, and type it before it changes"),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again"),
        "rate_limited": _("That was tried too often. Wait five minutes, then try again"),
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        """As our own limits count; of IPv6 the network. A server on a socket of its own knows none."""
        return address_of(request).partition("/")[0] or "0.0.0.0"  # noqa: S104 (nothing listens there)

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record.locked_out(request, credentials.get("email", ""))
            raise

    def pre_login(self, request, user, **kwargs):
        """Every way in comes by here: a password, a passkey, a letter, the provider."""
        refused = super().pre_login(request, user, **kwargs)
        if refused:
            record.note(AccountEvent.Kind.REFUSED, request, person=user, words=str(_("The account is switched off.")))
        elif settings.OIDC_ONLY and not user.is_superuser and "sociallogin" not in (kwargs["signal_kwargs"] or {}):
            return refusal(request, _("Sign in with your council account: passwords open nothing here."), person=user)
        return refused

    def reauthenticate(self, user, password):
        return self.authenticate(context.request, email=user.email, password=password) == user

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        said = message or SAID.get(message_template)
        if said:
            super().add_message(request, level, extra_tags=extra_tags, message=str(said))


def cipher():
    """Made from SECRET_KEY; what an earlier one closed still opens while that stands among the fallbacks."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(secret))) for secret in keys])


def _key(secret):
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"second factors").digest()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Whoever has a copy of the database alone can make no codes from it."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first"),
    }

    def encrypt(self, text):
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # SECRET_KEY was changed: no code fits any more, and an administrator takes the factor away. Never something
            # fixed: whoever knew it could make the codes.
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def _get_site_name(self):
        """What a device calls the site where it lists its passkeys."""
        return settings.COUNCIL_NAME

    def build_totp_svg(self, url):
        """As part of the page, which the Content-Security-Policy lets draw it: without the head of a file."""
        svg = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def generate_authenticator_name(self, user, type):
        return str(_("My passkey"))


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Of the one provider that the council has named."""

    def get_provider(self, request, provider, client_id=None):
        return council.provider(request)

    def list_apps(self, request, provider=None, client_id=None):
        return []

    def is_open_for_signup(self, request, sociallogin):
        return False

    def get_requests_session(self):
        """Whoever the provider refers to elsewhere gets none of our secrets: its addresses are in its own description."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def pre_social_login(self, request, sociallogin):
        try:
            council.admit(request, sociallogin)
        except Refused as refused:
            raise ImmediateHttpResponse(refusal(request, refused)) from None

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        if error == AuthError.CANCELLED:
            said = _("You did not sign in there.")
        else:
            # What the libraries say may hold what the provider answered, names and all.
            ours = isinstance(exception, council.NotVouched)
            log.warning("Sign-in by the provider failed: %s", exception if ours else type(exception).__name__)
            said = _("Your council’s sign-in did not vouch for you. Try again; if it goes on, tell whoever runs it.")
        raise ImmediateHttpResponse(refusal(request, said, status=401))
