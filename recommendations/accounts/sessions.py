"""How long somebody stays signed in, and in how many places: a limit from the sign-in, one from the last page, a number."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, get_user, logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recommendations.accounts import record
from recommendations.models import AccountEvent
from recommendations.permissions import SECOND_FACTOR

# In the session: when it began, and when its last page was asked for, to within a twelfth of the limit.
BEGAN, SEEN = "began", "seen"


class SignedIn(AuthenticationMiddleware):
    """Looks up at once who asks, where there is a session: each of some fifty looks at Django's way to it costs three calls."""

    def process_request(self, request):
        super().process_request(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.user = get_user(request)


class SessionLimits:
    """Ends a session that is too old or was left alone; what was asked for is then asked by somebody signed out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Not to look into a session that there is not: the answer would differ by cookie for nothing.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session:
            why = is_over(request.session)
            if why:
                end(request, why)
            else:
                see(request.session)
        return self.get_response(request)


def begin(sender, request, user, **kwargs):
    """Received before the session is among the places where this person is signed in."""
    request.session[BEGAN] = request.session[SEEN] = time.time()
    request.session[SECOND_FACTOR] = shown_second_factor(get_authentication_records(request, user))
    if ended := make_room(user):
        record.note(AccountEvent.Kind.SESSIONS_ENDED, request, person=user, words=too_many(ended))


def shown_second_factor(methods):
    """Here, or at the council's provider, where that is known to ask for one."""
    used = {method["method"] for method in methods}
    return "mfa" in used or (settings.OIDC_SECOND_FACTOR and "socialaccount" in used)


def has_shown_factor(request):
    """Whoever has just set one up has shown it."""
    request.session[SECOND_FACTOR] = True


def factor_removed(sender, request, user, **kwargs):
    """Where it was the last, and one is needed, the next page asks for another."""
    has_more = Authenticator.objects.filter(user=user).exists()
    request.session[SECOND_FACTOR] = has_more and request.session.get(SECOND_FACTOR, False)


def too_many(ended):
    return ngettext("The oldest, for there were too many.", "The %(n)d oldest, for there were too many.", ended) % {
        "n": ended
    }


def listen():
    user_logged_in.connect(begin)
    signals.authenticator_removed.connect(factor_removed)


def is_over(session):
    """Why this session has ended, in a sentence; "" while it goes on. One that does not say when it began has."""
    now = time.time()
    if now - session.get(BEGAN, 0) > settings.SESSION_COOKIE_AGE:
        return _("You were signed out because you signed in long ago. Sign in again.")
    if now - session.get(SEEN, 0) > settings.SESSION_IDLE_MINUTES * 60:
        return _("You were signed out because nothing was asked for in a while. Sign in again.")
    return ""


def see(session):
    """One write in a while, not one for every page."""
    now = time.time()
    if now - session[SEEN] > settings.SESSION_IDLE_MINUTES * 60 / 12:
        session[SEEN] = now
        for place in UserSession.objects.filter(session_key=session.session_key):
            place.last_seen_at = timezone.now()
            place.save(update_fields=["last_seen_at"])


def end(request, why):
    person = request.user
    if person.is_authenticated:
        record.note(AccountEvent.Kind.SIGNED_OUT, request, person=person, words=why)
    request.session.flush()
    request.user = AnonymousUser()
    messages.info(request, why)


def places_of(user):
    """Where somebody is signed in, the latest first."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda place: place.last_seen_at, reverse=True)


def make_room(user):
    """Before one more sign-in: the oldest end where there are too many."""
    ended = places_of(user)[max(settings.MAX_SESSIONS - 1, 0) :]
    for place in ended:
        place.end()
    return len(ended)


def end_place(request, place):
    place.end()
    record.note(AccountEvent.Kind.SESSIONS_ENDED, request, person=place.user, by=request.user)


def take_factors_away(request, person, *, reason):
    """How many. The password alone then opens the account, until a rule asks for another factor."""
    factors = list(Authenticator.objects.filter(user=person))
    for factor in factors:
        factor.delete()
        words = _("%(factor)s. %(reason)s") % {"factor": record.FACTORS[factor.type], "reason": reason}
        record.note(AccountEvent.Kind.FACTOR_REMOVED, request, person=person, by=request.user, words=words)
    for link in SocialAccount.objects.filter(user=person):
        link.delete()
        record.note(AccountEvent.Kind.PROVIDER_UNLINKED, request, person=person, by=request.user, words=reason)
    end_places(request, person)
    return len(factors)


def end_places(request, person):
    places = places_of(person)
    for place in places:
        place.end()
    if places:
        record.note(AccountEvent.Kind.SESSIONS_ENDED, request, person=person, by=request.user, words=_("Everywhere."))


def end_all(request):
    """Everywhere, here too."""
    end_places(request, request.user)
    logout(request)
