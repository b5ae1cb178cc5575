"""Rows by their keys, by a question that is written once for each table.

The ORM writes every question anew, which takes it two to four times as long as asking this one: too long for what every
page asks (whose session, who) and for what every verb begins with.
"""

from functools import cache

from django.db import connection


def by_key(model, key, *, is_locked=False):
    """The row, for which whoever asks next waits where it `is_locked`; None where there is none."""
    return next(iter(model._base_manager.raw(question(model, is_locked), [key])), None)


def by_keys(model, keys):
    """{key: row} of those that there are, of some keys at least."""
    asked = question(model, False).removesuffix("= %s") + f"IN ({', '.join(['%s'] * len(keys))})"
    return {row.pk: row for row in model._base_manager.raw(asked, keys)}


@cache
def question(model, is_locked):
    quote, rows = connection.ops.quote_name, model._meta
    columns = ", ".join(quote(field.column) for field in rows.concrete_fields)
    lock = f" {connection.ops.for_update_sql()}" if is_locked and connection.features.has_select_for_update else ""
    return f"SELECT {columns} FROM {quote(rows.db_table)} WHERE {quote(rows.pk.column)} = %s{lock}"
