"""Questions and changes that the ORM writes once, with the values left open, and that are then asked with any values.

The ORM writes each statement anew, which takes it two to four times as long as to ask one that is written: too long for what
every page begins with (whose session, who), and for what every verb does.
"""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Expression
from django.db.models.query import get_related_populators
from django.db.models.sql import InsertQuery, UpdateQuery

from recommendations.prepared import Often


class Given(Expression):
    """The place of a value that is given when it is asked: the first, unless another `place` is named."""

    def __init__(self, place=0):
        super().__init__()
        self.place = place

    def as_sql(self, compiler, connection):
        return "%s", [self]


class Question:
    """Rows of a model by values that are given: `Question(Board.objects.filter(code=Given())).ask("SCSB")`."""

    def __init__(self, rows):
        compiler = rows.query.get_compiler(connection=connection)
        text, self.values = compiler.as_sql()
        self.text = Often(text)
        columns = [column for column, *_ in compiler.select]
        self.converters = compiler.get_converters(columns).items()
        places = compiler.klass_info["select_fields"]
        self.model, self.own = rows.model, slice(places[0], places[-1] + 1)
        self.names = [column.target.attname for column in columns[self.own]]
        self.joined = get_related_populators(compiler.klass_info, compiler.select, connection.alias)

    def ask(self, *given):
        values = [given[each.place] if isinstance(each, Given) else each for each in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.text, values)
            return [self.made_of(row) for row in cursor.fetchall()]

    def made_of(self, row):
        if self.converters:
            row = list(row)
            for place, (converters, column) in self.converters:
                for convert in converters:
                    row[place] = convert(row[place], column, connection)
        made = self.model.from_db(connection.alias, self.names, row[self.own])
        for each in self.joined:
            each.populate(row, made)
        return made


def by_key(model, key, *, is_locked=False):
    """The row, for which whoever asks next waits where it `is_locked`; None where there is none."""
    return next(iter(question_by_key(model, is_locked).ask(key)), None)


def by_keys(model, keys):
    """{key: row} of those that there are, of some keys at least."""
    return {row.pk: row for row in question_by_keys(model, len(keys)).ask(*keys)}


@cache
def question_by_key(model, is_locked):
    rows = model._base_manager.filter(pk=Given()).order_by()
    return Question(rows.select_for_update() if is_locked else rows)


@cache
def question_by_keys(model, how_many):
    return Question(model._base_manager.filter(pk__in=[Given(place) for place in range(how_many)]).order_by())


# Changes


def insert(row, fields, returned, is_raw):
    """As the ORM inserts `row`: its values of these fields. What the database made of the `returned` ones."""
    here = connections[DEFAULT_DB_ALIAS]
    text = text_of_insert(type(row), tuple(fields), tuple(returned))
    values = [field.get_db_prep_save(value_of(row, field, is_raw), here) for field in fields]
    with here.cursor() as cursor:
        cursor.execute(text, values)
        return [here.ops.fetch_returned_insert_columns(cursor, ())]


def value_of(row, field, is_raw):
    return getattr(row, field.attname) if is_raw else field.pre_save(row, add=True)


@cache
def text_of_insert(model, fields, returned):
    query = InsertQuery(model)
    query.insert_values(fields, [model()], raw=True)
    compiler = query.get_compiler(connection=connection)
    compiler.returning_fields = returned
    [(text, _values)] = compiler.as_sql()
    return Often(text)


def update(model, key, values):
    """As the ORM updates the row with this key by `values`, [(field, value)]. Whether there was such a row."""
    text = text_of_update(model, tuple(field for field, _value in values))
    here = connections[DEFAULT_DB_ALIAS]
    with here.cursor() as cursor:
        cursor.execute(text, [*(field.get_db_prep_save(value, here) for field, value in values), key])
        return cursor.rowcount > 0


@cache
def text_of_update(model, fields):
    """The key comes last."""
    query = model._base_manager.filter(pk=Given()).query.chain(UpdateQuery)
    query.add_update_fields([(field, None, Given()) for field in fields])
    text, _values = query.get_compiler(connection=connection).as_sql()
    return Often(text)
