"""The record of rights itself: each change goes on from the one before, by somebody who could give or take it."""

from collections import defaultdict

from django.contrib.auth.models import Group
from django.db.models import Min

from recommendations.models import AccountEvent, User
from recommendations.models.written_once import table_of
from recommendations.permissions import ADMINISTRATORS, CLERKS
from recommendations.sealing.dates import CLOCK_MAY_GO_BACK
from recommendations.sealing.findings import Finding

Kind = AccountEvent.Kind


def findings(rights):
    last = {}
    others_from = AccountEvent.objects.exclude(kind=Kind.RIGHTS_FOUND).aggregate(first=Min("id"))["first"]
    for event in AccountEvent.objects.of_rights().order_by("id"):
        wrong = [*of_order(event, last.get(event.person_id)), *of_giver(event, rights)]
        if event.kind == Kind.RIGHTS_FOUND and others_from and event.pk > others_from:
            wrong += ["says what was found when this record began, and was written later"]
        yield from (Finding(table_of(AccountEvent), event.pk, what) for what in wrong)
        last[event.person_id] = event
    yield from of_today({person: set(event.roles_after) for person, event in last.items()})


def of_order(event, before):
    """`before`: the last change of this person's rights. Without one they had none, or it would be on record."""
    if before and event.at < before.at - CLOCK_MAY_GO_BACK:
        yield "is dated before the change of rights that it follows"
    had = before.roles_after if before else []
    if event.kind == Kind.RIGHTS_CHANGED and set(event.roles_before) != set(had):
        yield f"begins with the roles {named(event.roles_before)}, and on record were {named(had)}"


def of_giver(event, rights):
    """Nobody: a command did. Oneself: the council's own provider told, at a sign-in."""
    if event.by_id is None:
        return
    if event.by_id == event.person_id and event.person_id in rights.linked_accounts:
        return
    roles = rights.roles_then(event.by_id, event.at)
    if roles is None or ADMINISTRATORS in roles or rights.was_superuser(event.by_id, event.at):
        return
    given = {*(event.roles_before or ()), *event.roles_after}
    if CLERKS not in roles or given & {CLERKS, ADMINISTRATORS}:
        yield f"is by a person who could not give or take these roles (roles then: {named(roles)})"


def of_today(recorded):
    """The roles of each person are those of the last event, and none without one."""
    now = defaultdict(set)
    for person, role in Group.objects.filter(user__isnull=False).values_list("user", "name"):
        now[person].add(role)
    for person in sorted(recorded.keys() | now.keys()):
        had, has = recorded.get(person, set()), now[person]
        if has != had:
            what = f"has other roles than are on record: {named(has)}, not {named(had)}"
            yield Finding(table_of(User), person, what)


def named(roles):
    return ", ".join(sorted(roles)) or "none"
