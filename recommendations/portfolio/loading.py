"""Writes the pieces of a portfolio into the database, as fast as each one takes rows: all of them, or none."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor

from django.core.management.color import no_style
from django.db import connection, transaction

from recommendations.models import Searchable
from recommendations.models.search_index import SOURCES
from recommendations.portfolio.put_aside import put_aside
from recommendations.portfolio.sowing import MODELS, pieces


def load(size, seed, today, tell):
    """`tell` is called after each piece, with how many recommendations came with it."""
    write_all = copy_all if connection.vendor == "postgresql" else insert_all
    with transaction.atomic(), connection.cursor() as cursor:
        write_all(cursor, ahead(pieces(size, seed, today)), tell)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def ahead(told):
    """The same pieces; while one is written, the next is told. The first asks the database, and so is told here."""
    yield next(told)
    with ThreadPoolExecutor(max_workers=1) as teller:
        coming = teller.submit(next, told, None)
        while (piece := coming.result()) is not None:
            coming = teller.submit(next, told, None)
            yield piece


# SQLite: its triggers keep what can be found in step, and it counts keys by itself


def insert_all(cursor, told, tell):
    for how_many, tables in told:
        for model, columns, rows in tables:
            names, places = named(columns), ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})', rows)
        tell(how_many)


def named(columns):
    return ", ".join(f'"{column}"' for column in columns)


# PostgreSQL


def copy_all(cursor, told, tell):
    models = [*MODELS, *(model.history.model for model in MODELS if hasattr(model, "history"))]
    with put_aside(cursor, [model._meta.db_table for model in (*models, Searchable)]):
        for how_many, tables in told:
            for model, columns, rows in tables:
                copy(cursor, model, columns, rows)
                list_what_can_be_found(cursor, model, rows)
            tell(how_many)
    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)


def copy(cursor, model, columns, rows):
    lines = io.StringIO()
    csv.writer(lines).writerows(rows)
    lines.seek(0)
    # An empty cell is NULL where the column may be, and else an empty text.
    filled = [field.column for field in model._meta.concrete_fields if not field.null and field.column in columns]
    table, how = model._meta.db_table, f"FORMAT csv, FORCE_NOT_NULL ({named(filled)})"
    cursor.copy_expert(f'COPY "{table}" ({named(columns)}) FROM STDIN WITH ({how})', lines)


def list_what_can_be_found(cursor, model, rows):
    """All rows at once what their triggers would have done one by one."""
    for source in SOURCES:
        if source.table == model._meta.db_table:
            listing = source.listing("source", f" FROM {source.table} AS source")
            cursor.execute(f"{listing} AND source.id BETWEEN %s AND %s", [rows[0][0], rows[-1][0]])
