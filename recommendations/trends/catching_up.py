"""Figures that were counted before, put right by what was changed since: so few rows, at any size, that nobody need wait.

Every row of a history has the whole record, so what a recommendation added to the figures before a change and what it adds
after it can both be read there. The figures say how far each history went when they were counted (their marks).
"""

from collections import Counter
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.db import connection, transaction

from recommendations.models import FollowUpReport, Recommendation, Response
from recommendations.prepared import Often
from recommendations.trends.lots import Histories, Lot

TABLES = {Recommendation: "id", FollowUpReport: "recommendation_id", Response: "recommendation_id"}
# What a change of these touches is not told by its own row: everything is counted again.
AROUND = ("agendaitem", "meeting", "responseregime")
NAMES = (*(model._meta.model_name for model in TABLES), *AROUND)
MARK = "mark"
MARKS = [(MARK, name, what) for what in ("newest", "near") for name in NAMES]
# Of so many changes the figures are counted anew instead.
MOST = 500
# Rows that are written side by side may appear in another order than their numbers. How many of the newest numbers are
# there tells whether one appeared later.
NEAR = 1000
NEWEST = "SELECT coalesce(max(history_id), 0) FROM recommendations_historical{name}"
HOW_MANY = "SELECT count(*) FROM recommendations_historical{name} WHERE history_id > {after} AND history_id <= {upto}"
NOT_NEW = (
    "SELECT count(*) FROM recommendations_historical{name} "
    "WHERE history_id > %s AND history_id <= %s AND history_type <> '+'"
)


def at_once(statements):
    """One statement for the one value of each of these."""
    return f"SELECT {', '.join(f'({each})' for each in statements)}"


def near(name):
    newest = NEWEST.format(name=name)
    return HOW_MANY.format(name=name, after=f"({newest}) - {NEAR}", upto=f"({newest})")


ASK_MARKS = Often(at_once([*(NEWEST.format(name=name) for name in NAMES), *map(near, NAMES)]))
# Of each table: how many of the numbers up to its mark there are by now.
LATE = [HOW_MANY.format(name=name, after="%s", upto="%s") for name in NAMES]
ASK_LATE_AND_AROUND = Often(at_once([*LATE, *(NOT_NEW.format(name=name) for name in AROUND)]))
OWN = {f"recommendations_historical{model._meta.model_name}": key for model, key in TABLES.items()}
BETWEEN = [f"SELECT {key} FROM {table} WHERE history_id > %s AND history_id <= %s" for table, key in OWN.items()]
ASK_CHANGED = Often(f"SELECT * FROM ({' UNION '.join(BETWEEN)}) AS changed LIMIT {MOST + 1}")
# How many rows that is, only the number tells: not planned once for all.
ASK_ADDED = at_once(
    [
        *(f"SELECT coalesce(max(history_id), 0) FROM {table}" for table in OWN),
        *(f"SELECT count(*) FROM {table} WHERE history_id > %s AND history_date <= %s" for table in OWN),
    ]
)


def steady():
    """On PostgreSQL everything that is read within is as it was at one moment: nothing that is written meanwhile."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        return one_moment()
    return nullcontext()


@contextmanager
def one_moment():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def asked(sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def asked_at_once(statement, values=None):
    """The values of a statement that has one row."""
    [row] = asked(statement, values)
    return list(row)


def marks():
    """{(MARK, table, "newest" or "near"): how far its history goes, how many of the newest numbers are there}."""
    return Counter(dict(zip(MARKS, asked_at_once(ASK_MARKS), strict=True)))


def marked(count):
    """What `count` counts, with marks; without where something was written meanwhile, so that it may or may not be in it."""
    with steady():
        before = marks()
        found = count()
        return found + before if marks() == before else found


@dataclass(frozen=True)
class Changes:
    """What recommendations were before and are after everything that happened since."""

    before: list[Lot]
    after: list[Lot]
    marks: Counter

    def put_right(self, tally, adds, is_part):
        """The figures as they are after it, by what each lot `adds`; None where they cannot have been right before."""
        change = Counter()
        for lot in filter(is_part, self.after):
            change.update(adds(lot))
        for lot in filter(is_part, self.before):
            change.subtract(adds(lot))
        if any(tally[key] + n < 0 for key, n in change.items()):
            return None
        found = tally.changed(change)
        dict.update(found, self.marks)
        return found


def changes_since(old):
    """`Changes` since the marks `old`; None where everything must be counted again."""
    if not any(key[0] == MARK for key in old):
        return None
    new = marks()
    if not is_told_by_rows(old, new):
        return None
    keys = changed(old, new)
    if len(keys) > MOST:
        return None
    then, now = newest_of(old), newest_of(new)
    histories = Histories(keys, now)
    return Changes([*histories.lots(then).values()], [*histories.lots(now).values()], new)


def newest_of(marks):
    return {model: marks[MARK, model._meta.model_name, "newest"] for model in TABLES}


def is_told_by_rows(old, new):
    """Whether the rows after `old` are all there is: none of an earlier number came later, nothing around was changed."""
    newest = {name: old[MARK, name, "newest"] for name in NAMES}
    values = [bound for name in NAMES for bound in (newest[name] - NEAR, newest[name])]
    values += [bound for name in AROUND for bound in (newest[name], new[MARK, name, "newest"])]
    return asked_at_once(ASK_LATE_AND_AROUND, values) == [old[MARK, name, "near"] for name in NAMES] + [0] * len(AROUND)


def changed(old, new):
    """Ids of the recommendations of which there are new rows, or more than `MOST` of them."""
    names = [model._meta.model_name for model in TABLES]
    values = [marks[MARK, name, "newest"] for name in names for marks in (old, new)]
    return [key for (key,) in asked(ASK_CHANGED, values)]


def marks_of(tally):
    return {key: tally[key] for key in MARKS if key in tally}


def added(before, upto):
    """(Whether rows after these numbers are dated before that moment, how far each history goes), of `TABLES`."""
    moment = connection.ops.adapt_datetimefield_value(before)
    *now, first, second, third = asked_at_once(ASK_ADDED, [v for number in upto for v in (number, moment)])
    is_added = bool(first + second + third)
    return is_added, now
