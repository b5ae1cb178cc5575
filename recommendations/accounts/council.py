"""The council's own OpenID provider (Microsoft Entra, or another): who may come in through it, and with what roles.

Configured by environment variables alone; docs/operations.md says how. What allauth leaves open is closed here: the
issuer is the one that was named, the token's signature and nonce are checked, and what both answers say is of one person.
"""

import hashlib
import logging
import secrets
from contextlib import contextmanager

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core import checks
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from recommendations import permissions
from recommendations.accounts import record
from recommendations.addresses import site_of
from recommendations.models import AccountEvent, Refused, User

log = logging.getLogger(__name__)
NONCE = "council_nonce"
# Signed with a key that the provider alone has; never with a secret that both sides know, or with none.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


def is_there():
    return bool(settings.OIDC_ISSUER)


def provider_id():
    """Another issuer is another provider: what it calls somebody is somebody else there."""
    return "council-" + hashlib.sha256(settings.OIDC_ISSUER.encode()).hexdigest()[:12]


class Provider(OpenIDConnectProvider):
    def get_auth_params_from_request(self, request, action):
        """Nothing that stands in the address of our page; a number used once, which the token must repeat."""
        request.session[NONCE] = secrets.token_urlsafe(24)
        return {"nonce": request.session[NONCE]}

    def get_scope_from_request(self, request):
        return self.get_scope()

    def get_oauth2_adapter(self, request):
        return Exchange(request, self.app.provider_id)


def provider(request):
    app = SocialApp(
        provider="openid_connect", provider_id=provider_id(), name=settings.OIDC_NAME, secret=settings.OIDC_CLIENT_SECRET,
        client_id=settings.OIDC_CLIENT_ID,
        settings={
            "server_url": settings.OIDC_ISSUER,
            "oauth_pkce_enabled": True,
            "scope": settings.OIDC_SCOPES,
        },
    )  # fmt: skip
    return Provider(request, app=app)


class NotVouched(OAuth2Error):
    """Why an answer of the provider is not taken, for the log: it names nobody."""


@contextmanager
def understood():
    """Whatever is not as the standard has it is the provider's fault, and told as such."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as problem:
        raise NotVouched("The provider’s answer is not one.") from problem


class Exchange(OpenIDConnectOAuth2Adapter):
    """What is said to the provider, from server to server."""

    def get_provider(self):
        return provider(self.request)

    def get_callback_url(self, request, app):
        return site_of(request) + reverse("council-back")

    @property
    def openid_config(self):
        with understood():
            config = super().openid_config
            if str(config["issuer"]).rstrip("/") != settings.OIDC_ISSUER:
                raise NotVouched("The provider calls itself by another name than OIDC_ISSUER.")
            return config

    def _decode_id_token(self, app, id_token):
        """Checked by its signature as well, though it came over a connection of our own."""
        try:
            claims = jwt.decode(
                id_token, self._key_of(id_token), algorithms=ALGORITHMS, audience=app.client_id, leeway=60,
                issuer=self.openid_config["issuer"], options={"require": ["exp", "iat", "sub"]},
            )  # fmt: skip
        except jwt.PyJWTError as problem:
            raise NotVouched("The token is not one of the provider’s for us.") from problem
        nonce = self.request.session.pop(NONCE, "")
        if not nonce or not constant_time_compare(str(claims.get("nonce", "")), nonce):
            raise NotVouched("The token answers another question than ours.")
        return claims

    def _key_of(self, id_token):
        """The one that the token names; where it names none, there must be only one."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        name = jwt.get_unverified_header(id_token).get("kid")
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if name in (None, key.key_id)]
        if len(keys) != 1:
            raise NotVouched("The token is signed with a key that the provider does not show.")
        return keys[0]

    def complete_login(self, request, app, token, **kwargs):
        with understood():
            if not kwargs["response"].get("id_token"):
                raise NotVouched("The provider sent no token of who signed in.")
            login = super().complete_login(request, app, token, **kwargs)
            told = login.account.extra_data
            if told.get("userinfo", told["id_token"])["sub"] != told["id_token"]["sub"]:
                raise NotVouched("The provider’s two answers speak of two people.")
            return login

    def parse_token(self, data):
        with understood():
            return super().parse_token(data)


# Who may come in


def admit(request, login):
    """Whoever the provider vouches for and this site knows, or may get to know; else the refusal, in a sentence."""
    claims = {**login.account.extra_data.get("userinfo", {}), **login.account.extra_data["id_token"]}
    if login.state.get("process", "login") != "login":
        raise Refused(_("Sign in with your council account: there is nothing else to do with it here."))
    roles = roles_in(claims)
    account = login.account
    person = account.user if account.pk else person_of(claims, roles)
    must_be_welcome(person)
    if roles is not None:
        person.have_roles(roles)
    if roles == []:
        raise Refused(_("None of your groups opens this site. Ask whoever runs the council’s accounts."))
    # What the provider told is used now, and not kept.
    account.user, account.extra_data = person, {}
    is_new = account.pk is None
    account.save()
    login.user = person
    if is_new:
        record.note(AccountEvent.Kind.PROVIDER_LINKED, request, person=person, by=person)


def roles_in(claims):
    """The roles that the person's groups are mapped to; None where groups say nothing here."""
    if not settings.OIDC_GROUPS:
        return None
    claim = settings.OIDC_GROUPS_CLAIM
    if claim in claims.get("_claim_names", {}):
        # Entra names at most 200 groups in a token, and else says only where to ask for them.
        log.warning(
            "The provider left the groups out of a token (overage): let it name those of this application alone."
        )
        raise Refused(
            _(
                "Your council account is in too many groups for your role to be told. Whoever runs the council’s accounts "
                "has to let only the groups of this site be told."
            )
        )
    groups = claims.get(claim) or []
    groups = [groups] if isinstance(groups, str) else groups
    return sorted({settings.OIDC_GROUPS[group] for group in groups if group in settings.OIDC_GROUPS})


def person_of(claims, roles):
    """By an address that the provider vouches for; somebody new, where the groups alone let people in."""
    email = address_in(claims)
    person = User.objects.filter(email=email).first()
    if person is None:
        if not (settings.OIDC_MAKE_PEOPLE and roles):
            raise Refused(_("Nobody with your address is entered here. Ask the clerk of your board."))
        return User(full_name=str(claims.get("name", ""))[:150], email=email).enter(roles=roles, by=None)
    if SocialAccount.objects.filter(user=person, provider=provider_id()).exists():
        # The address may have been given to somebody else meanwhile.
        raise Refused(_("Your address is linked to another council account. An administrator can end that link."))
    return person


def address_in(claims):
    """What a directory lets people change themselves proves nothing: only what the provider has checked."""
    is_checked = claims.get("email_verified") in (True, "true") or settings.OIDC_TRUST_EMAIL
    email = claims.get("email") or (settings.OIDC_TRUST_EMAIL and claims.get("preferred_username")) or ""
    if not email or not is_checked:
        raise Refused(_("The provider did not vouch for your e-mail address, so nobody can tell who you are here."))
    return str(email).strip().lower()


def must_be_welcome(person):
    if person.is_superuser:
        raise Refused(_("This account is for emergencies, and signs in with its password."))
    if not person.is_active:
        raise Refused(_("This account is switched off. Ask the clerk of your board."))


def check_groups(app_configs, **kwargs):
    """A misspelt role would leave everybody in that group without one."""
    wrong = sorted(set(settings.OIDC_GROUPS.values()) - set(permissions.ROLES))
    roles = ", ".join(permissions.ROLES)
    return [
        checks.Error(f"OIDC_GROUPS names the role {role!r}; there are {roles}.", id="accounts.E001") for role in wrong
    ]
