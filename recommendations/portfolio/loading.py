"""Writes the pieces of a portfolio into the database, as fast as each one takes rows."""

import csv
import io

from django.core.management.color import no_style
from django.db import connection, transaction

from recommendations.models.search_index import SOURCES
from recommendations.portfolio.sowing import MODELS, pieces


def load(size, seed, today, tell):
    """All of it, or nothing; `tell` is called after each piece, with how many recommendations came."""
    write, finish = (copy, finish_postgresql) if connection.vendor == "postgresql" else (insert, finish_sqlite)
    with transaction.atomic(), connection.cursor() as cursor:
        before = begin(cursor)
        for told, tables in pieces(size, seed, today):
            for model, columns, rows in tables:
                write(cursor, model, columns, rows)
            tell(told)
        finish(cursor, before)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def begin(cursor):
    """On PostgreSQL, what can be found is filled in at the end, set by set; {table: the last key before}."""
    if connection.vendor != "postgresql":
        return {}
    # Keys are checked at the end of each statement: deferred, they would all wait in memory.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    before = {}
    for source in SOURCES:
        cursor.execute(f"ALTER TABLE {source.table} DISABLE TRIGGER {source.name}_insert")
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {source.table}")
        before[source.table] = cursor.fetchone()[0]
    return before


def copy(cursor, model, columns, rows):
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    lines.seek(0)
    quoted = ", ".join(f'"{column}"' for column in columns)
    # An empty cell is NULL where the column may be, and else an empty text.
    filled = [
        f'"{field.column}"' for field in model._meta.concrete_fields if not field.null and field.column in columns
    ]
    table, empty = model._meta.db_table, ", ".join(filled)
    cursor.copy_expert(f'COPY "{table}" ({quoted}) FROM STDIN WITH (FORMAT csv, FORCE_NOT_NULL ({empty}))', lines)


def insert(cursor, model, columns, rows):
    quoted, places = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({quoted}) VALUES ({places})', rows)


def finish_postgresql(cursor, before):
    for source in SOURCES:
        listing = source.listing("source", f" FROM {source.table} AS source")
        cursor.execute(f"{listing} AND source.id > %s", [before[source.table]])
        cursor.execute(f"ALTER TABLE {source.table} ENABLE TRIGGER {source.name}_insert")
    histories = [model.history.model for model in MODELS if hasattr(model, "history")]
    for statement in connection.ops.sequence_reset_sql(no_style(), [*MODELS, *histories]):
        cursor.execute(statement)


def finish_sqlite(cursor, before):
    """Its triggers have kept everything in step, and it counts keys by itself."""
