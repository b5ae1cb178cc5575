"""Database triggers that come with migrations: for what must hold whoever writes to a table, and however.

`loaddata`, bulk inserts and a clerk at the database's own prompt pass every line of Python by, but no trigger.
"""

from typing import Protocol

from django.db.migrations.operations.base import Operation


class Kept(Protocol):
    """What the database keeps by itself: statements to set it up and to take it away, for each database."""

    def make(self, vendor: str) -> list[str]:
        """Statements that set it up, from whatever state it is in."""

    def unmake(self, vendor: str) -> list[str]:
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
        for statement in statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def describe(self):
        return f"Keep {self.kept}"
