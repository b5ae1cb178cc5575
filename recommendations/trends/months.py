"""What was open and overdue at the ends of months, counted from the histories by the database itself."""

import datetime
from collections import Counter, defaultdict
from itertools import accumulate

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from recommendations.models import FollowUpReport, Recommendation, Response
from recommendations.models.timeliness import RecommendationTimes

MONTHS = 24
# What each month has; the first says whether anything was on record at all.
KNOWN, OPEN, REPORTS, ANSWERS, ACTIONS = FIGURES = ("known", "open", "reports", "answers", "actions")


def month_ends(on):
    """The last days of the months before the one of `on`, the earliest first, and `on` itself."""
    ends = [on]
    # An address may ask for any day, also one with no months before it.
    while len(ends) <= MONTHS and (first := ends[-1].replace(day=1)) > datetime.date.min:
        ends.append(first - datetime.timedelta(days=1))
    return [*ends[:0:-1], on]


def by_month(snapshot, whose, days):
    """{("month", day, figure): how many} at the ends of these `days`, an ascending list, and the days: three queries.

    The database groups, so that no more comes here than there are pairs of days. Each row of a history stands from one
    day until another (models/spans.py); a report or an answer is late while its recommendation stood as well.
    """
    if not days:
        return Counter()
    ever = Recommendation.history.filter(whose).order_by().values("id") if whose else None
    stood = spans_of(
        snapshot, Recommendation, days, ever, fits=is_true(whose), is_open=is_true(RecommendationTimes.is_open)
    )
    found = lives(stood)
    found[REPORTS] = late_beside(stood, spans_of(snapshot, FollowUpReport, days, ever))
    found[ANSWERS] = late_beside(stood, spans_of(snapshot, Response, days, ever))
    numbers = {
        ("month", on.isoformat(), figure): n
        for figure in FIGURES
        for on, n in zip(days, count_each(found[figure], days), strict=True)
    }
    return Counter(numbers | {("day", on.isoformat()): 1 for on in days})


def is_true(rule):
    """A filter as a value. An empty one is true of every recommendation: each has a board."""
    return ExpressionWrapper(rule & Q(board__isnull=False), output_field=BooleanField())


def spans_of(snapshot, model, days, ever, **more):
    """(SQL, parameters) of the spans in which rows of the history stood; of the recommendations `ever`, if given."""
    rows, key = snapshot.history_of(model), "id" if model is Recommendation else "recommendation_id"
    if ever is not None:
        # Whole histories are left out: within one, the next row is looked for.
        rows = rows.filter(**{f"{key}__in": ever})
    rows = rows.spans(days).annotate(**more)
    return rows.values(key, "begins", "until", "late", *more).query.sql_with_params()


def lives(stood):
    """{figure: [((from, until), how many)]} of recommendations: on record, open, overdue."""
    sql, params = stood
    rows = grouped(
        f"SELECT begins, until, late, is_open, count(*) FROM ({sql}) AS stood WHERE fits AND until > begins "
        "GROUP BY begins, until, late, is_open",
        params,
    )
    found = defaultdict(list)
    for begins, until, late, is_open, n in rows:
        found[KNOWN].append(((begins, until), n))
        if is_open:
            found[OPEN].append(((begins, until), n))
        if late is not None:
            found[ACTIONS].append(((max(begins, late), until), n))
    return found


def late_beside(stood, belonging):
    """[((from, until), how many)] of what was overdue while its recommendation stood."""
    last, first = ("GREATEST", "LEAST") if connection.vendor == "postgresql" else ("MAX", "MIN")
    since = f"{last}(late.begins, late.late, stood.begins)"
    ended = f"{first}(late.until, stood.until)"
    rows = grouped(
        f"SELECT {since}, {ended}, count(*) FROM ({belonging[0]}) AS late "
        f"JOIN ({stood[0]}) AS stood ON stood.id = late.recommendation_id "
        f"WHERE stood.fits AND stood.until > stood.begins AND late.late IS NOT NULL AND {since} < {ended} "
        f"GROUP BY {since}, {ended}",
        (*belonging[1], *stood[1]),
    )
    return [((begins, until), n) for begins, until, n in rows]


def grouped(sql, params):
    """The ORM cannot group what a window function says, so the grouping stands around its own SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def count_each(spans, days):
    """How many of the `spans`, each from a place among the days until before another one, hold each of the days."""
    change = [0] * (len(days) + 1)
    for (begins, until), n in spans:
        if begins < until:
            change[begins] += n
            change[until] -= n
    return list(accumulate(change[:-1]))
