"""What keeps the history while nobody looks: triggers that refuse, plain tables, and people's roles as on record."""

from collections import defaultdict

from django.contrib.auth.models import Group
from django.db import connection

from recommendations.models import AccountEvent, User
from recommendations.models.written_once import append_only_tables
from recommendations.sealing.findings import Finding
from recommendations.sealing.legality import CLOCK_MAY_GO_BACK
from recommendations.triggers import EVENTS, AppendOnly, name_of, standing

EVENT_TABLE = AccountEvent._meta.db_table


def findings():
    yield from triggers()
    yield from roles()


def tables(found):
    """`found`: those that are not what they seem, by `disguises`."""
    for table, how in found.items():
        yield Finding(table, None, f"is {how}, so that what is asked of it need not be what it holds")


def triggers():
    there = standing(connection)
    for table in append_only_tables():
        found, kept = there.get(table, {}), AppendOnly(table).triggers(connection)
        gone = [event for event in EVENTS[connection.vendor] if not found.get(name_of(table, event))]
        if gone:
            yield Finding(
                table, None, f"is not guarded: the triggers against {', '.join(gone)} are gone or switched off"
            )
        for name, text in sorted(found.items()):
            if name not in kept:
                yield Finding(table, None, f"is not guarded: the trigger {name} is none of ours")
            elif text and text != kept[name]:
                yield Finding(table, None, f"is not guarded: the trigger {name} does something else than to refuse")


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
