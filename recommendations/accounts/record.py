"""Sign-ins, failures and what people do to their accounts, put on record: receivers of what the libraries tell.

Signals, which the domain does without: Django and allauth sign people in by many ways, and tell of all of them so.
"""

from recommendations.limits import address_of
from recommendations.models import AccountEvent, User

Kind = AccountEvent.Kind


def note(kind, request, *, person=None, by=None, words=""):
    """On record, from where the request came. A command or a test may sign somebody in without one."""
    AccountEvent.note(kind, person=person, by=by, address=address_of(request) if request else "", words=words)


def signed_in(sender, request, user, **kwargs):
    note(Kind.SIGNED_IN, request, person=user, by=user)


def signed_out(sender, request, user, **kwargs):
    if user is not None:
        note(Kind.SIGNED_OUT, request, person=user, by=user)


def failed(sender, credentials, request=None, **kwargs):
    """Whose account, where there is such; what was typed is not kept, for it may be a password in the wrong field."""
    typed = credentials.get("email") or credentials.get("username") or ""
    note(Kind.FAILED, request, person=User.objects.filter(email=typed.strip().lower()).first())
