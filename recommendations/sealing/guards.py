"""What keeps the records while nobody looks: triggers that refuse, plain tables, and their constraints."""

from django.apps import apps
from django.db import connection
from django.db.models import CheckConstraint, UniqueConstraint

from recommendations.models.written_once import append_only_tables, table_of
from recommendations.sealing.findings import Finding
from recommendations.triggers import EVENTS, AppendOnly, name_of, standing


def findings():
    yield from triggers()
    yield from constraints()


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


def constraints():
    """The rules that the database keeps by itself: without them a record could say what no page would take."""
    for model in apps.get_app_config("recommendations").get_models():
        with connection.cursor() as cursor:
            there = connection.introspection.get_constraints(cursor, table_of(model))
        for rule in model._meta.constraints:
            if isinstance(rule, CheckConstraint | UniqueConstraint) and rule.name not in there:
                yield Finding(table_of(model), None, f"is not guarded: the constraint {rule.name} is gone")
