"""The year that councils count in: May to April, named by the calendar year in which it begins."""

import datetime

MAY = 5


def year_of(on):
    """The municipal year of a day, May to April, by the calendar year in which it begins."""
    return on.year - (on.month < MAY)


def year_in_words(year):
    """2025 → "2025/26"."""
    return f"{year}/{(year + 1) % 100:02}"


def days_of(year):
    return datetime.date(year, MAY, 1), datetime.date(year + 1, MAY - 1, 30)
