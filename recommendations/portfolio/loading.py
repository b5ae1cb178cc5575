"""Writes the pieces of a portfolio into the database, as fast as each one takes rows: all of them, or none."""

import csv
import io
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection, transaction

from recommendations.models import Searchable
from recommendations.models.search_index import SOURCES
from recommendations.portfolio.put_aside import put_aside
from recommendations.portfolio.sowing import MODELS, pieces


def load(size, seed, today, tell):
    """`tell` is called after each piece, with how many recommendations came with it."""
    told = pieces(size, seed, today)
    with short_turns(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copy_all(cursor, ahead(map(as_lines, told)), tell)
        else:
            insert_all(cursor, ahead(told), tell)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# In seconds. Each time the database is done, whoever writes waits so long for whoever tells to let them go on; there are
# dozens of such times for every thousand recommendations, and Python's own turn is of 0.005 s.
TURN = 0.000_2


@contextmanager
def short_turns():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


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


# PostgreSQL: the database works through one piece while the next is told and put into lines

# Of the lines so many are handed over at once: between two portions, whoever hands over waits for whoever tells.
PORTION = 4 * 1024 * 1024


class Lines:
    """The rows of one table as COPY reads them, and the first and the last of their keys."""

    def __init__(self, model, columns, rows):
        self.model, self.columns, self.keys = model, columns, (rows[0][0], rows[-1][0])
        self.text = io.StringIO()
        csv.writer(self.text).writerows(rows)
        self.text.seek(0)


def as_lines(piece):
    how_many, tables = piece
    return how_many, [Lines(*table) for table in tables]


def copy_all(cursor, told, tell):
    models = [*MODELS, *(model.history.model for model in MODELS if hasattr(model, "history"))]
    with put_aside(cursor, [model._meta.db_table for model in (*models, Searchable)]):
        for how_many, tables in told:
            for lines in tables:
                copy(cursor, lines)
                list_what_can_be_found(cursor, lines)
            tell(how_many)
    for statement in connection.ops.sequence_reset_sql(no_style(), models):
        cursor.execute(statement)


def copy(cursor, lines):
    table, fields = lines.model._meta.db_table, lines.model._meta.concrete_fields
    # An empty cell is NULL where the column may be, and else an empty text.
    filled = [field.column for field in fields if not field.null and field.column in lines.columns]
    how = f"FORMAT csv, FORCE_NOT_NULL ({named(filled)})"
    cursor.copy_expert(f'COPY "{table}" ({named(lines.columns)}) FROM STDIN WITH ({how})', lines.text, PORTION)


def list_what_can_be_found(cursor, lines):
    """All rows at once what their triggers would have done one by one."""
    for source in SOURCES:
        if source.table == lines.model._meta.db_table:
            listing = source.listing("source", f" FROM {source.table} AS source")
            cursor.execute(f"{listing} AND source.id BETWEEN %s AND %s", lines.keys)
