"""The figures of the dashboard: how things stand, and what was open and late at the ends of past months.

All of them are for one reader and, where `whose` says so, for one board or owner; past days are read from the history by the
rules of `models.timeliness`, as the lists read them, so that each figure is the number of rows that its list has.
"""

import datetime
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from django.db.models import Q

from recommendations import clock
from recommendations.models import Answer, Organisation, User
from recommendations.models.bands import Moves, Shift, TimeToClose
from recommendations.models.kept_figures import Numbers, Tally
from recommendations.trends import counting, past
from recommendations.trends.months import ACTIONS, ANSWERS, KNOWN, OPEN, REPORTS, by_month, month_ends

# So many owners and organisations have a row of their own; the others share one.
MOST_ROWS = 10


@dataclass(frozen=True)
class DayFigures:
    """What was open and what was overdue at the end of a day."""

    on: datetime.date
    open: int
    reports: int
    answers: int
    actions: int


def days_of_history(on):
    """The days of the picture by month that are read from the history: all, but for today, whose figures are at hand."""
    return [day for day in month_ends(on) if day != clock.today()]


class Trends:
    """Counted where `tally` does not bring what was counted before: in as many queries whatever there is to count."""

    def __init__(self, snapshot, whose=None, tally=None, *, has_months=True, ever_now=None):
        self.snapshot, self.on, self.whose, self.has_months = snapshot, snapshot.on, whose or Q(), has_months
        self.ever_now = ever_now
        if tally is not None:
            self.tally = tally

    @cached_property
    def tally(self):
        days = days_of_history(self.on) if self.has_months else []
        return self._counted() + by_month(self.snapshot, self.whose, days)

    def _counted(self):
        if self.snapshot.is_past:
            return past.sums_of(self.snapshot, self.whose, self.ever_now)
        return counting.of_today(self.snapshot, self.whose) + counting.of_ever(self.snapshot, self.whose)

    def of(self, kind):
        """{the rest of the key: how many} of what was counted under keys that begin so."""
        return self._kinds.get(kind, Numbers())

    @cached_property
    def _kinds(self):
        return (self.tally if isinstance(self.tally, Tally) else Tally(self.tally)).kinds

    @cached_property
    def standing(self):
        """{(timeliness, progress): how many} of what is open."""
        return self.of("standing")

    @cached_property
    def counts(self):
        """{name: how many} of what needs attention."""
        owed = self.of("owner").items()
        late = {
            "reports_overdue": sum(n for (_, what), n in owed if what == REPORTS),
            "actions_overdue": sum(n for (_, what), n in owed if what == ACTIONS),
            "answers_overdue": self.of("organisation").total(),
        }
        return Counter({**self.of("count"), **late})

    def by_month(self):
        """A `DayFigures` for each month's end and the day itself, none from before the first record."""
        counted = self.of("day")
        days = [on for on in month_ends(self.on) if on == clock.today() or on.isoformat() in counted]
        figures = [self._today() if on == clock.today() else self._at_end_of(on) for on in days]
        first = next((place for place, (known, _) in enumerate(figures) if known), len(days))
        return [each for _, each in figures[first:]]

    def _at_end_of(self, on):
        numbers = {name: self.tally["month", on.isoformat(), name] for name in (KNOWN, OPEN, REPORTS, ANSWERS, ACTIONS)}
        return numbers.pop(KNOWN), DayFigures(on, **numbers)

    def _today(self):
        found, is_open = self.counts, self.standing.total()
        late = {name: found[f"{name}_overdue"] for name in (REPORTS, ANSWERS, ACTIONS)}
        return is_open + self.of("closed").total(), DayFigures(self.on, open=is_open, **late)

    def answers_by_kind(self):
        """{kind of answer: how many}"""
        found = self.of("answer")
        return {answer: found[answer] for answer in Answer}

    def time_to_close(self):
        """({band: how many}, the median in days or None) of what is closed, from meeting to meeting."""
        found = self.of("closed")
        return {band: found[band] for band in TimeToClose}, middle(self.of("days"))

    def overdue_numbers(self):
        """[(owner's id or None, follow-up reports, actions)]"""
        found = self.of("owner")
        owners = {owner for owner, _ in found}
        return [(owner, found[owner, REPORTS], found[owner, ACTIONS]) for owner in owners]

    def overdue_by_owner(self):
        """[(owner or None, follow-up reports, actions)], who has most first; the first `MOST_ROWS` with their names."""
        found = self.overdue_numbers()
        # Names tell in which order people with the same numbers stand: only of those who have a row of their own.
        least = ([0] * MOST_ROWS + sorted(reports + actions for _, reports, actions in found))[-MOST_ROWS]
        named = {key for key, reports, actions in found if reports + actions >= least}
        people = User.objects.only("full_name", "email").in_bulk(named - {None})
        rows = [(people.get(key), *numbers) for key, *numbers in found]
        return sorted(rows, key=lambda row: (-row[1] - row[2], str(row[0] or "")))

    def overdue_by_organisation(self):
        """[(organisation or None, overdue answers)], who has most first."""
        answers = self.of("organisation")
        bodies = Organisation.objects.in_bulk({*answers} - {None})
        found = [(bodies.get(key), n) for key, n in answers.items()]
        return sorted(found, key=lambda row: (-row[1], str(row[0] or "")))

    def slips(self):
        """{how often or how far: (follow-up reports, actions)} of everything with a due date."""
        found = self.of("slip")
        return {band: (found[band, REPORTS], found[band, ACTIONS]) for band in (*Moves, *Shift)}


def middle(days):
    """The median of {days: how many}, a whole number where it is one; None of nothing."""
    if not days:
        return None
    ordered = sorted(days)
    upto = list(accumulate(days[each] for each in ordered))
    lower, upper = (next(day for day, n in zip(ordered, upto, strict=True) if n >= place) for place in halves(upto[-1]))
    return lower if lower == upper else halved(lower + upper)


def halves(total):
    """The places, from one on, of the one or two in the middle."""
    return (total + 1) // 2, total // 2 + 1


def halved(days):
    return days // 2 if days % 2 == 0 else days / 2
