"""The figures of the dashboard's pictures: what was open and late at the ends of past months, and how things stood on a day.

All of them are for one reader and, where `whose` says so, for one board or owner; past days are read from the history by the
rules of `models.timeliness`, as the lists read them, so that each figure is the number of rows that its list has.
"""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q

from recommendations.models import Answer, FollowUpReport, Organisation, Recommendation, Response, User
from recommendations.models.bands import Moves, Shift, TimeToClose, time_to_close

MONTHS = 24


@dataclass(frozen=True)
class DayFigures:
    """What was open and what was overdue at the end of a day."""

    on: datetime.date
    open: int
    reports: int
    answers: int
    actions: int


def month_ends(on):
    """The last days of the months before the one of `on`, the earliest first, and `on` itself."""
    ends = [on]
    # An address may ask for any day, also one with no months before it.
    while len(ends) <= MONTHS and (first := ends[-1].replace(day=1)) > datetime.date.min:
        ends.append(first - datetime.timedelta(days=1))
    return [*ends[:0:-1], on]


class Trends:
    """Each figure takes as many queries whatever there is to count: by month three, the others one to four."""

    def __init__(self, snapshot, whose=None):
        self.snapshot, self.on = snapshot, snapshot.on
        self.whose = whose or Q()
        self.among = snapshot.recommendations().filter(self.whose)

    # At the ends of the months

    def by_month(self):
        """A `DayFigures` for each, none from before the first record."""
        days = month_ends(self.on)
        stood, opened, actions = self._lives(days)
        late = [self._late_beside(stood, model, days) for model in (FollowUpReport, Response)]
        counts = [count_each(spans, days) for spans in (opened, *late, actions)]
        known = count_each([span for spans in stood.values() for span in spans], days)
        first = next((place for place, n in enumerate(known) if n), len(days))
        return [DayFigures(*figures) for figures in zip(days, *counts, strict=True)][first:]

    def _lives(self, days):
        """The spans in which recommendations stood, {id: […]}; in which they were open; in which they were overdue."""
        stood, opened, actions = defaultdict(list), [], []
        rows = self.snapshot.history_of(Recommendation).spans(days)
        rows = rows.annotate(fits=is_true(self.whose), is_open=is_true(rows.is_open))
        rows = rows.filter(until__gt=F("begins"))
        for key, begins, until, late, fits, is_open in rows.values_list(
            "id", "begins", "until", "late", "fits", "is_open"
        ):
            if fits:
                stood[key].append((begins, until))
                if is_open:
                    opened.append((begins, until))
                if late is not None:
                    actions.append((max(begins, late), until))
        return stood, opened, actions

    def _late_beside(self, stood, model, days):
        """The spans in which rows of the `model` were overdue while their recommendation `stood`."""
        rows = self.snapshot.history_of(model).spans(days)
        late_rows = rows.filter(until__gt=F("late"))
        for key, begins, until, late in late_rows.values_list("recommendation", "begins", "until", "late"):
            for since, ended in stood.get(key, ()):
                yield max(begins, late, since), min(until, ended)

    # On the day

    def answers_by_kind(self):
        """{kind of answer: how many}"""
        rows = self.snapshot.responses(self.among).order_by().values_list("answer").annotate(Count("id"))
        found = dict(rows)
        return {answer: found.get(answer, 0) for answer in Answer}

    def time_to_close(self):
        """({band: how many}, the median in days or None) of what is closed, from meeting to meeting."""
        pairs = self.among.closed().order_by().values_list("item__meeting__held_on", "closed_on")
        counts, days = Counter(), []
        for asked_on, closed_on, n in pairs.annotate(Count("id")):
            counts[time_to_close(asked_on, closed_on)] += n
            days += [(closed_on - asked_on).days] * n
        return {band: counts[band] for band in TimeToClose}, middle(days)

    def overdue_by_owner(self):
        """[(owner or None, follow-up reports, actions)], who has most first."""
        late = self.snapshot.follow_ups(self.among).overdue(self.on)
        owners = dict(self.among.filter(id__in=late.order_by().values("recommendation")).values_list("id", "owner"))
        reports = Counter(owners[key] for key in late.values_list("recommendation", flat=True))
        actions = counted(self.among.overdue(self.on), "owner")
        people = User.objects.in_bulk({*reports, *actions} - {None})
        found = [(people.get(key), reports[key], actions[key]) for key in {*reports, *actions}]
        return sorted(found, key=lambda row: (-row[1] - row[2], str(row[0] or "")))

    def overdue_by_organisation(self):
        """[(organisation or None, overdue answers)], who has most first."""
        answers = counted(self.snapshot.responses(self.among).overdue(self.on), "organisation")
        bodies = Organisation.objects.in_bulk({*answers} - {None})
        found = [(bodies.get(key), n) for key, n in answers.items()]
        return sorted(found, key=lambda row: (-row[1], str(row[0] or "")))

    def slips(self):
        """{how often or how far: (follow-up reports, actions)} of everything with a due date."""
        reports, actions = (slips_of(rows) for rows in (self.snapshot.follow_ups(self.among), self.among))
        return {band: (reports[band], actions[band]) for band in (*Moves, *Shift)}


def is_true(rule):
    """A filter as a value. An empty one is true of every recommendation: each has a board."""
    return ExpressionWrapper(rule & Q(board__isnull=False), output_field=BooleanField())


def count_each(spans, days):
    """How many of the `spans`, each from a place among the days until before another one, hold each of the days."""
    change = [0] * (len(days) + 1)
    for begins, until in spans:
        if begins < until:
            change[begins] += 1
            change[until] -= 1
    return list(accumulate(change[:-1]))


def middle(days):
    """The median, a whole number where it is one; None of nothing."""
    if not days:
        return None
    found = median(days)
    return int(found) if found == int(found) else found


def counted(rows, name):
    return Counter(dict(rows.order_by().values_list(name).annotate(Count("id"))))


def slips_of(rows):
    """How many of the rows are in each band; one whose date moved is in a band of both kinds."""
    grouped = rows.dated().with_moves().with_shift().order_by().values_list("moves", "shift").annotate(Count("id"))
    counts = Counter()
    for moves, shift, n in grouped:
        counts[Moves(moves)] += n
        if shift is not None:
            counts[Shift(shift)] += n
    return counts
