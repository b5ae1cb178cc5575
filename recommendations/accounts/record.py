"""Sign-ins, failures and what people do to their accounts, put on record: receivers of what the libraries tell.

Signals, which the domain does without: Django and allauth sign people in by many ways, and tell of all of them so.
"""

from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.utils.translation import gettext_lazy as _

from recommendations.limits import LOCK_OUTS, REFUSALS, TooOften, address_of
from recommendations.models import AccountEvent, User

Kind = AccountEvent.Kind


def note(kind, request, *, person=None, by=None, words=""):
    """On record, from where the request came. A command or a test may sign somebody in without one."""
    AccountEvent.note(kind, person=person, by=by, address=address_of(request) if request else "", words=words)


def signed_in(sender, request, user, **kwargs):
    methods = get_authentication_records(request, user)
    note(Kind.SIGNED_IN, request, person=user, by=user, words=", ".join(str(named(method)) for method in methods))


def named(method):
    if method["method"] == "mfa":
        return FACTORS.get(method["type"], method["type"])
    return WAYS.get(method["method"], method["method"])


WAYS = {"password": _("password"), "socialaccount": _("council account")}
FACTORS = {
    Authenticator.Type.TOTP: _("authenticator app"),
    Authenticator.Type.WEBAUTHN: _("passkey"),
    Authenticator.Type.RECOVERY_CODES: _("recovery codes"),
}


def signed_out(sender, request, user, **kwargs):
    if user is not None:
        note(Kind.SIGNED_OUT, request, person=user, by=user)


def failed(sender, credentials, request=None, **kwargs):
    """Whose account, where there is such; what was typed is not kept, for it may be a password in the wrong field."""
    note(Kind.FAILED, request, person=whose(credentials.get("email") or credentials.get("username") or ""))


def whose(typed):
    return User.objects.filter(email=typed.strip().lower()).first()


def refused(request, person, words):
    """Of nobody known only so many from one place: whoever opens a page again and again must not fill the record."""
    if person is None:
        try:
            REFUSALS.must_allow(address_of(request))
        except TooOften:
            return
        REFUSALS.count(address_of(request))
    note(Kind.REFUSED, request, person=person, words=words)


def locked_out(request, typed):
    """Once in a while: whoever goes on trying must not fill the record."""
    who = f"{address_of(request)} {typed.strip().lower()}"
    try:
        LOCK_OUTS.must_allow(who)
    except TooOften:
        return
    LOCK_OUTS.count(who)
    note(Kind.LOCKED_OUT, request, person=whose(typed))


# Second factors


def factor_added(sender, request, user, authenticator, **kwargs):
    note(Kind.FACTOR_ADDED, request, person=user, by=request.user, words=str(FACTORS[authenticator.type]))


def factor_removed(sender, request, user, authenticator, **kwargs):
    note(Kind.FACTOR_REMOVED, request, person=authenticator.user, by=user, words=str(FACTORS[authenticator.type]))


def factor_used(sender, request, user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        note(Kind.RECOVERY_CODE_USED, request, person=user, by=user)


def factor_failed(sender, request, user, **kwargs):
    note(Kind.FAILED, request, person=user, words=str(_("The second factor was wrong.")))


def listen():
    """Called once, when the site starts."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(failed)
    mfa_signals.authenticator_added.connect(factor_added)
    mfa_signals.authenticator_reset.connect(factor_added)
    mfa_signals.authenticator_removed.connect(factor_removed)
    mfa_signals.authenticator_used.connect(factor_used)
    mfa_signals.authentication_failed.connect(factor_failed)
