"""Questions and changes that the ORM writes once, with the values left open, and that are then asked with any values.

The ORM writes each statement anew, which takes it two to four times as long as to ask one that is written: too long for what
every page begins with (whose session, who), and for what every verb does.
"""

from functools import cache
from types import NoneType

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import CharField, Expression, Field, ForeignKey, IntegerField, TextField
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
    """Rows by values that are given: `Question(Board.objects.filter(code=Given())).ask("SCSB")`; or values of them.

    `asked` is how the database is to take it: as something else than `Often` what has no one good plan.
    """

    def __init__(self, rows, asked=Often):
        compiler = rows.query.get_compiler(connection=connection)
        text, self.values = compiler.as_sql()
        self.text = asked(text)
        columns = [column for column, *_ in compiler.select]
        self.converters = compiler.get_converters(columns).items()
        self.made_of = tuple if rows.query.selected else instances(rows.model, compiler)

    def ask(self, *given):
        values = [given[each.place] if isinstance(each, Given) else each for each in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.text, values)
            return [self.made_of(self.converted(row)) for row in cursor.fetchall()]

    def converted(self, row):
        if self.converters:
            row = list(row)
            for place, (converters, column) in self.converters:
                for convert in converters:
                    row[place] = convert(row[place], column, connection)
        return row


def instances(model, compiler):
    """What makes a record of a row, with what is joined to it and worked out beside it."""
    places = compiler.klass_info["select_fields"]
    own = slice(places[0], places[-1] + 1)
    names = [column.target.attname for column, *_ in compiler.select[own]]
    joined = get_related_populators(compiler.klass_info, compiler.select, connection.alias)
    beside = compiler.annotation_col_map.items()

    def made_of(row):
        made = model.from_db(connection.alias, names, row[own])
        for each in joined:
            each.populate(row, made)
        vars(made).update({name: row[place] for name, place in beside})
        return made

    return made_of


def by_key(model, key, *, is_locked=False):
    """The row, for which whoever asks next waits where it `is_locked`; None where there is none."""
    return next(iter(question_by_key(model, is_locked).ask(key)), None)


def by_keys(model, keys):
    """{key: row} of those that there are, of some keys at least."""
    return {row.pk: row for row in question_by_keys(model, places_for(keys)).ask(*filled(keys))}


@cache
def question_by_key(model, is_locked):
    rows = model._base_manager.filter(pk=Given()).order_by()
    return Question(rows.select_for_update() if is_locked else rows)


@cache
def question_by_keys(model, how_many):
    return Question(model._base_manager.filter(pk__in=givens(how_many)).order_by())


def givens(how_many):
    return [Given(place) for place in range(how_many)]


def places_for(keys):
    """1, 2, 4, 8 …: not another question for each number of keys."""
    return 1 << (len(keys) - 1).bit_length()


def filled(keys):
    """With the last once more, where there are more places."""
    keys = list(keys)
    return keys + keys[-1:] * (places_for(keys) - len(keys))


# Changes


# What such a field is given as it is; all else it makes fit first, and so does a field that has its own way to a value.
FITTING: dict[type, tuple[type, ...]] = {
    CharField: (str, NoneType), TextField: (str, NoneType), IntegerField: (int, NoneType), ForeignKey: (int, NoneType),
}  # fmt: skip


def insert(row, fields, returned, is_raw):
    """As the ORM inserts `row`: its values of these fields. What the database made of the `returned` ones."""
    here = connections[DEFAULT_DB_ALIAS]
    insertion = insertion_of(type(row), names_of(fields), names_of(returned))
    with here.cursor() as cursor:
        cursor.execute(insertion.text, insertion.values(row, is_raw, here))
        return [here.ops.fetch_returned_insert_columns(cursor, ())]


def names_of(fields):
    return tuple([field.attname for field in fields])


@cache
def insertion_of(model, names, returned):
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return Insertion(model, [fields[name] for name in names], [fields[name] for name in returned])


class Insertion:
    """How a row with these fields is added to its table."""

    def __init__(self, model, fields, returned):
        query = InsertQuery(model)
        query.insert_values(fields, [model()], raw=True)
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = returned
        [(text, _values)] = compiler.as_sql()
        self.text = Often(text)
        self.columns = [(field.attname, field, fitting(field)) for field in fields]

    def values(self, row, is_raw, here):
        """A change writes some fifty values, most of which fit: to ask the field of each took six calls."""
        return [
            value
            if type(value := getattr(row, name)) in fits
            else field.get_db_prep_save(value if is_raw else field.pre_save(row, add=True), here)
            for name, field, fits in self.columns
        ]


def fitting(field):
    has_own_way = type(field).pre_save is not Field.pre_save
    return () if has_own_way else next((fits for kind, fits in FITTING.items() if isinstance(field, kind)), ())


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
