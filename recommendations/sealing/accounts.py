"""People's accounts, held against the record of them: what opens one that the record does not know was put there."""

import datetime
from bisect import bisect_left
from collections import defaultdict

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group
from django.db.models import F

from recommendations.models import AccountEvent, User
from recommendations.models.rights import Rights
from recommendations.models.written_once import table_of
from recommendations.permissions import ADMINISTRATORS
from recommendations.sealing.findings import Finding

Kind = AccountEvent.Kind
# What is done and its record are written by one request.
ONE_REQUEST = datetime.timedelta(minutes=1)
# What a row of somebody's history says of their rights, beside their roles
FLAGS = ("is_active", "is_staff", "is_superuser")


def findings(rights):
    yield from flags(rights)
    yield from beyond_roles()
    yield from factors()
    yield from linked()
    yield from addresses()


def flags(rights):
    """Who may sign in, or administer, by a change of which the record of rights says nothing."""
    told, before = moments_of(Kind.RIGHTS_CHANGED, Kind.RIGHTS_FOUND), {}
    start = tuple(getattr(Rights(), flag) for flag in FLAGS)
    rows = User.history.order_by("history_id").values_list("id", "history_id", "history_date", *FLAGS)
    for person, key, at, *now in rows.iterator(chunk_size=2000):
        is_known = rights.began is None or at >= rights.began
        if is_known and tuple(now) != before.get(person, start) and not is_near(told[person], at):
            yield Finding(table_of(User.history.model), key, "changes who may sign in or administer, off the record")
        before[person] = tuple(now)


def beyond_roles():
    """No page gives rights otherwise than by a role, and of the roles one alone opens the administration."""
    for person in User.objects.filter(user_permissions__isnull=False).order_by("pk").distinct():
        yield Finding(table_of(User), person.pk, "has rights that come from no role")
    given = Group.objects.filter(permissions__isnull=False).exclude(name=ADMINISTRATORS)
    for group in given.order_by("pk").distinct():
        yield Finding(table_of(Group), group.pk, f"the role {group.name} has rights that it never had")


def factors():
    added = moments_of(Kind.FACTOR_ADDED)
    for key, person, at in Authenticator.objects.order_by("pk").values_list("pk", "user_id", "created_at"):
        if not is_near(added[person], at):
            yield Finding(table_of(Authenticator), key, "is a second factor that nobody is on record to have added")


def linked():
    last = {}
    events = AccountEvent.objects.filter(kind__in=(Kind.PROVIDER_LINKED, Kind.PROVIDER_UNLINKED)).order_by("id")
    for person, kind in events.values_list("person", "kind"):
        last[person] = kind
    for key, person in SocialAccount.objects.order_by("pk").values_list("pk", "user_id"):
        if last.get(person) != Kind.PROVIDER_LINKED:
            yield Finding(table_of(SocialAccount), key, "is a council account that nobody is on record to have linked")


def addresses():
    others = EmailAddress.objects.exclude(email__iexact=F("user__email")).order_by("pk")
    for key in others.values_list("pk", flat=True):
        yield Finding(table_of(EmailAddress), key, "is an address that its person does not have")


def moments_of(*kinds):
    """{person: when, in order}"""
    told = defaultdict(list)
    for person, at in AccountEvent.objects.filter(kind__in=kinds).order_by("at").values_list("person", "at"):
        told[person].append(at)
    return told


def is_near(moments, at):
    """Whether one of these, in order, is that moment."""
    place = bisect_left(moments, at - ONE_REQUEST)
    return place < len(moments) and moments[place] <= at + ONE_REQUEST
