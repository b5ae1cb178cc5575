"""Days and moments of the portfolio as plain numbers and text: a million lives have no time for date objects."""

import datetime
from bisect import bisect_left

YEARS = 10
MEETINGS_A_YEAR = 10
# Minutes are adopted so many days after the meeting, at the latest.
ADOPTED_AFTER = 9
# Ten months of the twelve; boards do not meet in August, and not in the month of the elections.
SPACING = 365.25 / MEETINGS_A_YEAR
# Nine to five in winter, ten to six in summer: the day is London's either way.
TIMES = [f"{9 + minute // 60:02}:{minute % 60:02}" for minute in range(8 * 60)]


class Calendar:
    """The days from the first one to a year after today."""

    def __init__(self, today):
        self.today = today.toordinal()
        self.first = self.today - int(YEARS * 365.25)
        # People and boards are entered before the first meeting.
        self.entered = self.first - 30
        days = range(self.entered - 7, self.today + 1500)
        self.start, self.names = days[0], [datetime.date.fromordinal(day).isoformat() for day in days]
        self.ordinals = dict(zip(self.names, days, strict=True))

    def name(self, day):
        """As a date is stored."""
        return self.names[day - self.start]

    def ordinal(self, name):
        return self.ordinals[name]

    def working(self, day):
        """The day itself, or the Monday after a weekend."""
        return day + (0, 0, 0, 0, 0, 2, 1)[(day + 6) % 7]

    def moment(self, day, tick, fraction):
        """As a moment is stored, in UTC: the `tick`th minute of the working day; `fraction` tells records apart."""
        return f"{self.names[day - self.start]} {TIMES[tick]}:{fraction % 60:02}.{fraction % 1_000_000:06}"

    def date(self, day):
        return datetime.date.fromordinal(day)


class Sittings:
    """The meetings of one board, in order: their days and keys."""

    def __init__(self, calendar, place):
        """`place` tells one board's days from another's."""
        count = (YEARS + 1) * MEETINGS_A_YEAR - 5
        days = (calendar.first + int(number * SPACING) + place * 5 % 29 for number in range(count))
        self.days = [calendar.working(day) for day in days]
        self.keys = []

    def first_from(self, day):
        """(day, key) of the first meeting on or after `day`."""
        place = min(bisect_left(self.days, day), len(self.days) - 1)
        return self.days[place], self.keys[place]
