"""The rows of the portfolio's tables: each change of a record leaves the row in the history that its verb would leave."""

import json
from operator import itemgetter

from django.db.models import Max

PAST = ("history_change_reason", "history_id", "history_date", "history_type", "history_user_id")


class Table:
    """One table and its history, as lists of values in the order of the columns; what nobody gives is the model's default."""

    def __init__(self, model):
        fields = model._meta.concrete_fields
        self.model, self.columns = model, [field.column for field in fields]
        self.at = {field.attname: place for place, field in enumerate(fields)}
        self.blank = [plain(field.get_default()) for field in fields]
        self.next_id = next_key(model)
        self.rows, self.past = [], []
        self.history = getattr(getattr(model, "history", None), "model", None)
        if self.history:
            kept = {field.column for field in self.history._meta.concrete_fields}
            self.kept = [place for place, column in enumerate(self.columns) if column in kept]
            self.keeps_all = len(self.kept) == len(self.columns)
            self.past_columns = [*(self.columns[place] for place in self.kept), *PAST]
            self.next_past_id = next_key(self.history)

    def add(self, values):
        row = self.blank[:]
        self.put(row, values)
        row[0] = self.next_id
        self.next_id += 1
        self.rows.append(row)
        return row

    def put(self, row, values):
        for name, value in values.items():
            row[self.at[name]] = value

    def remember(self, row, kind, *, at, by, why):
        kept = row if self.keeps_all else (row[place] for place in self.kept)
        self.past.append([*kept, why or None, 0, at, kind, by])

    def take(self):
        """(model, columns, rows) of what has come together, history last and in the order of time; then it is empty again."""
        if self.rows:
            yield self.model, self.columns, self.rows
            self.rows = []
        if self.past:
            self.past.sort(key=itemgetter(-3))
            for number, row in enumerate(self.past, self.next_past_id):
                row[-4] = number
            self.next_past_id += len(self.past)
            yield self.history, self.past_columns, self.past
            self.past = []


class Ledger:
    """All tables of the portfolio, in an order in which each stands after those that it refers to."""

    def __init__(self, models):
        self.tables = {model: Table(model) for model in models}

    def enter(self, model, /, *, at, by=None, why="", **values):
        """A new record with the first row of its history; returns its key."""
        return Record(self.tables[model], values, at=at, by=by, why=why)

    def add(self, model, /, **values):
        """A row of a table that has no history."""
        return self.tables[model].add(values)[0]

    def take(self):
        for table in self.tables.values():
            yield from table.take()


class Record:
    """One row and what becomes of it."""

    __slots__ = ("row", "table")

    def __init__(self, table, values, *, at, by, why):
        self.table, self.row = table, table.add(values)
        table.remember(self.row, "+", at=at, by=by, why=why)

    def change(self, *, at, by, why="", **values):
        self.row[1] += 1
        self.table.put(self.row, values)
        self.table.remember(self.row, "~", at=at, by=by, why=why)

    @property
    def pk(self):
        return self.row[0]

    def __getitem__(self, name):
        return self.row[self.table.at[name]]


def next_key(model):
    return (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def plain(value):
    """As it is stored: a choice is its text."""
    if isinstance(value, list | dict):
        return json.dumps(value)
    return str(value) if isinstance(value, str) else value
