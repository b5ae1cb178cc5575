"""What the database itself says of its tables: a few questions for all of them, where Django's own asks some for each."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial

from django.db import connection

Sets = partial(defaultdict, set)


@dataclass
class Catalogue:
    # {table: columns that may be empty}
    nullable: dict[str, set[str]] = field(default_factory=Sets)
    # {table: names of its unique constraints and indexes}, and {table: the columns of those that are of every row}
    unique: dict[str, set[str]] = field(default_factory=Sets)
    keys: dict[str, set[tuple[str, ...]]] = field(default_factory=Sets)
    # {table: {(its column, the other table, the column there)}}
    leads: dict[str, set[tuple[str, str, str]]] = field(default_factory=Sets)
    # {(table, name of a check): the columns that it speaks of}
    checks: dict[tuple[str, str], set[str]] = field(default_factory=Sets)


def read():
    return _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()


def _asked(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


# SQLite

TABLES = "sqlite_master AS t JOIN {} AS found WHERE t.type = 'table' AND t.name NOT LIKE '%\\_words%' ESCAPE '\\'"
COLUMNS = f'SELECT t.name, found.name, "notnull", pk FROM {TABLES.format("pragma_table_info(t.name)")}'
LEADS = (
    f'SELECT t.name, "from", "table", coalesce("to", \'id\') FROM {TABLES.format("pragma_foreign_key_list(t.name)")}'
)
UNIQUE = (
    "SELECT t.name, found.name, partial, (SELECT group_concat(part.name) FROM pragma_index_info(found.name) AS part) "
    f'FROM {TABLES.format("pragma_index_list(t.name)")} AND "unique"'
)
NAMED = re.compile(r'CONSTRAINT "(\w+)" (CHECK|UNIQUE) ?\(')


def _of_sqlite():
    found = Catalogue()
    for table, column, not_null, key in _asked(COLUMNS):
        if key:
            found.keys[table].add((column,))
        elif not not_null:
            found.nullable[table].add(column)
    for table, name, is_partial, columns in _asked(UNIQUE):
        found.unique[table].add(name)
        if columns and not is_partial:
            found.keys[table].add(tuple(columns.split(",")))
    for table, *lead in _asked(LEADS):
        found.leads[table].add(tuple(lead))
    for table, text in _asked("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        for match in NAMED.finditer(text or ""):
            if match[2] == "UNIQUE":
                found.unique[table].add(match[1])
            else:
                found.checks[table, match[1]] = set(re.findall(r'"(\w+)"', _bracketed(text, match.end())))
    return found


def _bracketed(text, begin):
    """What stands between the bracket before `begin` and the one that closes it."""
    depth, end = 1, begin
    while depth and end < len(text):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        end += 1
    return text[begin:end]


# PostgreSQL. What was not held against the rows that were there, or is switched off, keeps nothing.

NULLABLE = (
    "SELECT attrelid::regclass::text, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
    "WHERE relkind = 'r' AND attnum > 0 AND NOT attnotnull AND NOT attisdropped AND pg_table_is_visible(attrelid)"
)
INDEXES = (
    "SELECT indrelid::regclass::text, relname, indpred IS NULL AND indexprs IS NULL, "
    "ARRAY(SELECT attname::text FROM unnest(indkey) WITH ORDINALITY AS key (number, place) "
    "JOIN pg_attribute ON attrelid = indrelid AND attnum = number ORDER BY place) "
    "FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indisunique AND indisvalid AND indisready "
    "AND pg_table_is_visible(indrelid)"
)
CONSTRAINTS = (
    "SELECT conrelid::regclass::text, conname, contype, ARRAY(SELECT attname::text FROM unnest(conkey) AS number "
    "JOIN pg_attribute ON attrelid = conrelid AND attnum = number), confrelid::regclass::text, "
    "(SELECT attname::text FROM pg_attribute WHERE attrelid = confrelid AND attnum = confkey[1]) "
    "FROM pg_constraint WHERE contype IN ('c', 'f') AND convalidated AND pg_table_is_visible(conrelid) "
    "AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgconstraint = pg_constraint.oid AND tgenabled NOT IN ('O', 'A'))"
)


def _of_postgresql():
    found = Catalogue()
    for table, column in _asked(NULLABLE):
        found.nullable[table].add(column)
    for table, name, is_whole, columns in _asked(INDEXES):
        found.unique[table].add(name)
        if is_whole:
            found.keys[table].add(tuple(columns))
    for table, name, kind, columns, other, column in _asked(CONSTRAINTS):
        if kind == "c":
            found.checks[table, name] = set(columns)
        else:
            found.leads[table].add((*columns, other, column))
    return found
