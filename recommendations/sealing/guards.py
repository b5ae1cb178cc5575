"""What keeps the records while nobody looks: triggers that refuse, or keep what can be found; and plain tables."""

from django.db import connection

from recommendations.models.search_index import SOURCES, TABLE, SearchIndex
from recommendations.models.written_once import append_only_tables
from recommendations.sealing.findings import DATABASE, Finding
from recommendations.triggers import EVENTS, FUNCTION, AppendOnly, name_of, standing


def tables(found):
    """`found`: those that are not what they seem, by `disguises`."""
    for table, how in found.items():
        yield Finding(table, None, f"is {how}, so that what is asked of it need not be what it holds")


def findings():
    there = standing(connection)
    for table in append_only_tables():
        yield from append_only(table, there.pop(table, {}))
    yield from others(there)
    yield from added()


def append_only(table, found):
    """Those that refuse, whoever asks, and no other one."""
    kept = AppendOnly(table).triggers(connection)
    gone = [event for event in EVENTS[connection.vendor] if fires(found, name_of(table, event)) != "always"]
    if gone:
        yield Finding(table, None, f"is not guarded: the triggers against {', '.join(gone)} are gone or switched off")
    for name, (_fires, text) in sorted(found.items()):
        if name not in kept:
            yield none_of_ours(table, name)
        elif _fires and text != kept[name]:
            yield Finding(table, None, f"is not guarded: the trigger {name} does something else than to refuse")


def others(there):
    """On every other table of the site: those that keep what can be found in step, and no other one."""
    ours = SearchIndex(SOURCES).triggers(connection.vendor)
    found = {name: (table, *told) for table, names in there.items() for name, told in names.items()}
    for name, ending in sorted(ours.items()):
        _table, fires, text = found.get(name, ("", "", ""))
        if not (fires and text.endswith(ending)):
            how = "does something else" if fires else "is gone or switched off"
            yield Finding(TABLE, None, f"is not kept in step with the records: the trigger {name} {how}")
    tables = set(connection.introspection.django_table_names(only_existing=False))
    for name in sorted(found.keys() - ours.keys()):
        if found[name][0] in tables:
            yield none_of_ours(found[name][0], name)


# What answers in the place of PostgreSQL's own where it fits the kind of a column better: "=" of two texts, for example.
# Of what the site's roles find without saying where; what an extension brought is known.
ADDED = """
    WITH places AS (
        SELECT oid FROM pg_namespace WHERE nspname NOT IN ('pg_catalog', 'information_schema') AND
        (nspname = ANY(current_schemas(false)) OR EXISTS (SELECT FROM pg_roles WHERE rolname = nspname))
    ), added (kind, name, number) AS (
        SELECT 'function', proname, oid FROM pg_proc WHERE pronamespace IN (SELECT oid FROM places)
        UNION ALL SELECT 'operator', oprname, oid FROM pg_operator WHERE oprnamespace IN (SELECT oid FROM places)
        UNION ALL SELECT 'cast from', format_type(castsource, NULL), oid FROM pg_cast WHERE oid >= 16384
    )
    SELECT kind, name FROM added WHERE NOT EXISTS (SELECT FROM pg_depend WHERE objid = number AND deptype = 'e')
    ORDER BY kind, name
"""


def added():
    """Functions, operators and casts that somebody added where questions of the site look for them."""
    if connection.vendor == "sqlite":
        return
    ours = {FUNCTION, *(source.name for source in SOURCES)}
    with connection.cursor() as cursor:
        cursor.execute(ADDED)
        for kind, name in cursor.fetchall():
            if name not in ours:
                yield Finding(
                    DATABASE, None, f"has the {kind} {name}, which is none of ours and may answer for another"
                )


def fires(found, name):
    return found.get(name, ("", ""))[0]


def none_of_ours(table, name):
    return Finding(table, None, f"is not guarded: the trigger {name} is none of ours")
