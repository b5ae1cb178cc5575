"""Database triggers that come with migrations: for what must hold whoever writes to a table, and however.

`loaddata`, bulk inserts and a clerk at the database's own prompt pass every line of Python by, but no trigger.
"""

from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from django.db import transaction
from django.db.migrations.operations.base import Operation


class Kept(Protocol):
    """What the database keeps by itself: statements to set it up and to take it away, for each database."""

    def make(self, connection) -> list[str]:
        """Statements that set it up, from whatever state it is in."""

    def unmake(self, connection) -> list[str]:
        """Statements that take it away, also where there is none."""


class Keep(Operation):
    """Sets up what `kept` describes; run again, it sets up the same anew.

    On SQLite, Django changes many a column by making the whole table anew, and the triggers go with the old one. A
    migration that touches such a table therefore ends with this operation once more (a test tells when it is
    forgotten). The triggers' own statements may name no table but the one that they write to: SQLite renames no table
    while the triggers of another one speak of what is missing at that moment.
    """

    reversible = True

    def __init__(self, kept):
        self.kept = kept

    def state_forwards(self, app_label, state):
        """The models stay as they are."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._execute(schema_editor, self.kept.make)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._execute(schema_editor, self.kept.unmake)

    def _execute(self, schema_editor, statements):
        for statement in statements(schema_editor.connection):
            schema_editor.execute(statement, params=None)

    def describe(self):
        return f"Keep {self.kept}"


# Tables whose rows are written once


class AppendOnly:
    """Rows of these tables are written once: whoever changes or removes one, or empties the table, is refused.

    A change that changes nothing passes, so that a fixture can be loaded again. A migration that makes such a table, or
    adds a column to one, ends with `Keep(AppendOnly("that_table"))` (a test tells when it is forgotten).
    """

    def __init__(self, *tables):
        self.tables = tables

    def __str__(self):
        return f"the rows of {len(self.tables)} tables as they were written"

    def make(self, connection):
        statements = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
        function = [] if connection.vendor == "sqlite" else [REFUSAL]
        made = [statement for table in self.tables for statement in statements(table, connection)]
        return self.unmake(connection) + function + made

    def triggers(self, connection):
        """{name: text} of what must stand, as `standing` reads it. A later version with other words needs a migration."""
        body = "" if connection.vendor == "sqlite" else REFUSAL.split("$$")[1]
        made = [each for each in self.make(connection) if each.startswith("CREATE TRIGGER")]
        return {each.split()[2]: each + body for each in made}

    def unmake(self, connection):
        """The function stays where it is: other tables refuse by it."""
        on_table = "" if connection.vendor == "sqlite" else " ON {table}"
        return [
            f"DROP TRIGGER IF EXISTS {name_of(table, event)}{on_table.format(table=table)}"
            for table in self.tables
            for event in EVENTS[connection.vendor]
        ]


# SQLite has no TRUNCATE, but an INSERT OR REPLACE, which removes a row without asking the trigger of removals.
EVENTS = {"sqlite": ("update", "delete", "replace"), "postgresql": ("update", "delete", "truncate")}
SENTENCE = "The rows of {table} are written once: none is ever changed or removed."


def name_of(table, event):
    return f"{table}_append_only_{event}"


# Asked of SQLite itself: Django's introspection parses every statement that made the table, fifty times as long.
COLUMNS_ON_SQLITE = "SELECT name FROM pragma_table_xinfo(%s) WHERE hidden <> 1 ORDER BY cid"
UNIQUE_ON_SQLITE = (
    "SELECT each.name, part.name FROM pragma_index_list(%s) AS each, pragma_index_info(each.name) AS part "
    "WHERE each.\"unique\" AND each.origin <> 'pk' ORDER BY each.name, part.seqno"
)


def _on_sqlite(table, connection):
    sentence = SENTENCE.format(table=table)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    refuse_another = f"BEGIN SELECT RAISE(ABORT, '{sentence} There is one with this unique key.'); END"
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS_ON_SQLITE, [table])
        columns = [name for (name,) in cursor.fetchall()]
        cursor.execute(UNIQUE_ON_SQLITE, [table])
        unique = [[name for _, name in key] for _, key in groupby(cursor.fetchall(), key=itemgetter(0))]
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    keys = [["rowid"], *sorted(unique)]
    same = [" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in keys]
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(same)})"
    return [
        f"CREATE TRIGGER {name_of(table, 'update')} BEFORE UPDATE ON {table} WHEN {changed} {refuse}",
        f"CREATE TRIGGER {name_of(table, 'delete')} BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {name_of(table, 'replace')} BEFORE INSERT ON {table} WHEN {there} {refuse_another}",
    ]


FUNCTION = "recommendations_append_only"
REFUSAL = (
    f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"RAISE EXCEPTION '{SENTENCE.format(table='%')}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
)


def _on_postgresql(table, connection):
    """Fired always: also in a session that calls itself a replica, which passes ordinary triggers by."""
    events = {
        "update": "UPDATE ON {table} FOR EACH ROW WHEN (old.* IS DISTINCT FROM new.*)",
        "delete": "DELETE ON {table} FOR EACH ROW",
        "truncate": "TRUNCATE ON {table} FOR EACH STATEMENT",
    }
    made = [
        f"CREATE TRIGGER {name_of(table, event)} BEFORE {when.format(table=table)} EXECUTE FUNCTION {FUNCTION}()"
        for event, when in events.items()
    ]
    return made + [f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name_of(table, event)}" for event in events]


# Of each trigger its table, its name, whether it fires ("always": whoever asks), and what it does. PostgreSQL has some
# that keep its constraints, all of its own making: another one only says that it is such.
STANDING = {
    "sqlite": "SELECT tbl_name, name, 'always', sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgrelid::regclass::text, tgname, CASE tgenabled WHEN 'A' THEN 'always' WHEN 'O' THEN 'mostly' END, "
        "pg_get_triggerdef(pg_trigger.oid, true) || prosrc "
        "FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE NOT tgisinternal OR pronamespace <> 'pg_catalog'::regnamespace"
    ),
}


def standing(connection):
    """{table: {name of a trigger: (when it fires, its text)}}; "" where it does not."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        found: dict[str, dict[str, tuple[str, str]]] = {}
        for table, name, fires, text in cursor.fetchall():
            found.setdefault(table, {})[name] = (fires or "", text)
    return found


GONE = "gone"
# Of each table what makes it answer otherwise than its rows do.
DISGUISES = {
    "sqlite": (
        "SELECT name, CASE WHEN type <> 'table' THEN 'a view' END FROM sqlite_master WHERE type IN ('table', 'view')"
    ),
    "postgresql": (
        "SELECT relname, CASE WHEN relkind <> 'r' THEN 'no table' "
        "WHEN relpersistence <> 'p' THEN 'not kept when the database falls' "
        "WHEN relrowsecurity THEN 'under a policy that hides rows' "
        "WHEN EXISTS (SELECT 1 FROM pg_rewrite WHERE ev_class = pg_class.oid) THEN 'under a rule' "
        "WHEN EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = pg_class.oid) THEN 'mixed with another table' "
        # Some role reads its tables elsewhere: there is one of the same name, which others do not see.
        "WHEN EXISTS (SELECT 1 FROM pg_db_role_setting WHERE array_to_string(setconfig, ',') LIKE '%search_path%') "
        "AND EXISTS (SELECT 1 FROM pg_class other WHERE other.relname = pg_class.relname AND other.oid <> pg_class.oid) "
        "THEN 'there twice, and a role has a search path of its own' "
        # Whoever has no search path of their own looks first into the schema of their name.
        "WHEN EXISTS (SELECT 1 FROM pg_class other JOIN pg_namespace ON pg_namespace.oid = other.relnamespace "
        "JOIN pg_roles ON rolname = nspname WHERE other.relname = pg_class.relname AND other.oid <> pg_class.oid) "
        "THEN 'there twice, and a role has a schema of its name' "
        "WHEN NOT EXISTS (SELECT 1 FROM pg_index WHERE indrelid = pg_class.oid AND indisprimary AND indisvalid) "
        "THEN 'without its key' END FROM pg_class WHERE pg_table_is_visible(oid) AND relkind <> 'i'"
    ),
}


def disguises(connection):
    """{table: what is wrong with it}: a row that is there may not be shown, or one be shown that is not."""
    with connection.cursor() as cursor:
        cursor.execute(DISGUISES[connection.vendor])
        found = dict(cursor.fetchall())
    names = connection.introspection.django_table_names(only_existing=False)
    return {name: found.get(name, GONE) for name in sorted(names) if found.get(name, GONE)}


@contextmanager
def lifted(connection, *tables):
    """Lets the block change rows that are written once; both in one transaction, so that nothing is left open.

    For what the law demands (data protection), and for tests that empty the database. On PostgreSQL only the owner of
    the tables may: the site's own role should not be it (docs/operations.md).
    """
    kept = AppendOnly(*tables)
    # What is still to be checked at the end of the transaction would forbid PostgreSQL to touch the triggers.
    settle = [] if connection.vendor == "sqlite" else ["SET CONSTRAINTS ALL IMMEDIATE"]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in settle + kept.unmake(connection):
            cursor.execute(statement)
        yield
        for statement in settle + kept.make(connection):
            cursor.execute(statement)
