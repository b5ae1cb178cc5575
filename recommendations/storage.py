"""How PostgreSQL stores tables that change or grow all day: said by migrations, since its own settings are for tables that rest.

SQLite has nothing of the kind.
"""


class Storage:
    """Settings of PostgreSQL's for some tables: what a migration keeps (`triggers.Keep`) beside triggers."""

    def __init__(self, *tables, **settings):
        self.tables, self.settings = tables, settings

    def __str__(self):
        return f"{', '.join(self.settings)} of {', '.join(self.tables)}"

    def make(self, connection):
        said = ", ".join(f"{name} = {value}" for name, value in self.settings.items())
        return self._of_each(connection, f"SET ({said})")

    def unmake(self, connection):
        return self._of_each(connection, f"RESET ({', '.join(self.settings)})")

    def _of_each(self, connection, what):
        is_told = connection.vendor == "postgresql"
        return [f"ALTER TABLE {table} {what}" for table in self.tables] if is_told else []


class AtOnce(Storage):
    """Indexes of words that have every change at once.

    Left alone, what changes waits in a list of up to 4 MB for the next vacuum, and every search reads it from end to end;
    to enter 20 words at a time takes no longer.
    """

    def __init__(self, *indexes):
        super().__init__(*indexes, fastupdate="off")

    def make(self, connection):
        made = super().make(connection)
        return made + [f"SELECT gin_clean_pending_list('{index}')" for index in self.tables if made]


# A page keeps a tenth free, so that the next state of a row finds room beside the last one and no index is touched; and
# what was left behind is cleared away after each fiftieth row, not after each fifth: at a million that were 200,000.
CHANGING = {"fillfactor": 90, "autovacuum_vacuum_scale_factor": 0.02, "autovacuum_analyze_scale_factor": 0.02}
# Rows that are only ever added: an index alone answers what has been looked through since, and the planner knows this month.
GROWING = {"autovacuum_vacuum_insert_scale_factor": 0.02, "autovacuum_analyze_scale_factor": 0.02}
