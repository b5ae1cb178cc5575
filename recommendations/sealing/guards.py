"""What keeps the history while nobody looks: the triggers stand, and people's roles are those that are on record."""

from collections import defaultdict

from django.contrib.auth.models import Group
from django.db import connection

from recommendations.models import AccountEvent, User
from recommendations.models.written_once import append_only_tables
from recommendations.sealing.findings import Finding
from recommendations.sealing.legality import CLOCK_MAY_GO_BACK
from recommendations.triggers import EVENTS, name_of, standing

EVENT_TABLE = AccountEvent._meta.db_table


def findings():
    yield from triggers()
    yield from roles()


def triggers():
    there = standing(connection)
    for table in append_only_tables():
        gone = [event for event in EVENTS[connection.vendor] if name_of(table, event) not in there]
        if gone:
            yield Finding(
                table, None, f"is not guarded: the triggers against {', '.join(gone)} are gone or switched off"
            )


def roles():
    """The roles of each person are those of the last event, none without one, and the events follow one another."""
    last, order = {}, AccountEvent.objects.of_rights().order_by("id")
    for key, person, at, after in order.values_list("id", "person", "at", "roles_after"):
        if person in last and at < last[person][0] - CLOCK_MAY_GO_BACK:
            yield Finding(EVENT_TABLE, key, "is dated before the change of rights that it follows")
        last[person] = (at, set(after))
    now = defaultdict(set)
    for person, role in Group.objects.filter(user__isnull=False).values_list("user", "name"):
        now[person].add(role)
    for person in sorted(last.keys() | now.keys()):
        _, recorded = last.get(person, (None, set()))
        if now[person] != recorded:
            had, has = (", ".join(sorted(each)) or "none" for each in (recorded, now[person]))
            yield Finding(User._meta.db_table, person, f"has other roles than are on record: {has}, not {had}")
