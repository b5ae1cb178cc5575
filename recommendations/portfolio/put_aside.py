"""What a load of many rows waits for on PostgreSQL, taken away and put back in its own transaction: nobody sees them gone.

Keys to other tables, indexes and the triggers of the search are quicker made for all rows at once than kept row by row.
"""

from contextlib import contextmanager

from recommendations.models.search_index import SOURCES

KEYS = """
    SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s) ORDER BY 1, 2
"""
# Those behind a constraint stay: they tell what is there twice.
INDEXES = """
    SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid::regclass::text = ANY(%s) AND NOT indisunique ORDER BY 1
"""


@contextmanager
def put_aside(cursor, tables):
    # Keys are checked at once from here on: what still waited to be checked would keep the tables from being changed.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    keys, indexes = found(cursor, KEYS, tables), found(cursor, INDEXES, tables)
    for table, name, _ in keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    for source in SOURCES:
        cursor.execute(f"ALTER TABLE {source.table} DISABLE TRIGGER {source.name}_insert")
    yield
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in keys:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    for source in SOURCES:
        cursor.execute(f"ALTER TABLE {source.table} ENABLE TRIGGER {source.name}_insert")


def found(cursor, question, tables):
    cursor.execute(question, [tables])
    return cursor.fetchall()
