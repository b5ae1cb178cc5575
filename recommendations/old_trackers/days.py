"""Days as trackers write them: 31/03/2017, "31st March 2017", "Mar-17", "Q2 2017/18", "ongoing". Nothing is guessed.

Plain Python.
"""

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WHOLE = re.compile(
    r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"
    r"|\b(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?!\d)"
    rf"|\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+{_MONTH},?[\s\-]+(\d{{4}}|\d{{2}})(?!\d)",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(rf"\b{_MONTH}[\s\-,/]*(?:of\s+)?['’]?(\d{{4}}|\d{{2}})(?!\d|[/-]\d)", re.IGNORECASE)
_YEARS = r"(20\d\d)\s*[/\-–]\s*(?:20)?(\d\d)(?!\d)"
_QUARTER = re.compile(rf"\b(?:Q|Qtr|Quarter)\s*([1-4])\b\D{{0,5}}{_YEARS}", re.IGNORECASE)
_QUARTER_LAST = re.compile(rf"{_YEARS}\D{{0,5}}\b(?:Q|Qtr|Quarter)\s*([1-4])\b", re.IGNORECASE)
_FINANCIAL_YEAR = re.compile(_YEARS)
_END_OF_YEAR = re.compile(r"\bend\s+(?:of\s+)?(20\d\d)(?!\s*[/\-–]\s*\d)", re.IGNORECASE)
# How Excel counts days; so they look where a column of days was saved as numbers.
_SERIAL = re.compile(r"^([2-6]\d{4})(?:\.\d+)?$")
_SERIAL_START = datetime.date(1899, 12, 30)
# What says that there is none, and leaves no doubt.
_NONE = frozenset({"", "-", "–", "—", "n/a", "na", "none", "not applicable", "nil", "no date"})
_EARLIEST, _LATEST = 1990, 2100


@dataclass(frozen=True)
class Day:
    """The day that words name, the one they named before it, and what is doubtful about them."""

    on: datetime.date | None = None
    first: datetime.date | None = None
    doubt: str = ""
    # Of words that name a month and no day in it.
    month: tuple[int, int] | None = None


def exact(words: str) -> Day:
    """A day in the past, as of a meeting: only day, month and year will do."""
    text = " ".join(words.split())
    if text.casefold() in _NONE:
        return Day()
    if days := _whole_days(text):
        return Day(
            days[0],
            doubt=_("“%(text)s” names several days; the first is taken.") % {"text": text} if len(days) > 1 else "",
        )
    if serial := _of_serial(text):
        return Day(
            serial,
            doubt=_("“%(text)s” is taken as %(day)s, as Excel counts days.") % {"text": text, "day": in_words(serial)},
        )
    if match := _OF_MONTH.search(text):
        return Day(
            month=(_year(match[2]), _month(match[1])), doubt=_("“%(text)s” names no day of the month.") % {"text": text}
        )
    return Day(doubt=_("“%(text)s” names no day.") % {"text": text})


def due(words: str) -> Day:
    """A day by which something is due: a month, a quarter or a financial year ends with its last day."""
    text = " ".join(words.split())
    if text.casefold() in _NONE:
        return Day()
    if days := _whole_days(text):
        if len(days) == 1:
            return Day(days[0])
        return Day(
            days[-1],
            first=days[0],
            doubt=_("“%(text)s” names several days; the last is taken as the due date.") % {"text": text},
        )
    if on := _of_serial(text) or _last_day_of_period(text):
        return Day(on, doubt=_("“%(text)s” is taken as %(day)s.") % {"text": text, "day": in_words(on)})
    return Day(doubt=_("“%(text)s” is no date, so none is set.") % {"text": text})


def _last_day_of_period(text: str) -> datetime.date | None:
    if match := _OF_MONTH.search(text):
        return _last_of(_year(match[2]), _month(match[1]))
    if match := _QUARTER.search(text):
        return _end_of_quarter(int(match[2]), int(match[1]))
    if match := _QUARTER_LAST.search(text):
        return _end_of_quarter(int(match[1]), int(match[3]))
    if match := _FINANCIAL_YEAR.search(text):
        # 2017/18, and not 2017-11, which may be a month.
        follows = (int(match[1]) + 1) % 100 == int(match[2])
        return datetime.date(int(match[1]) + 1, 3, 31) if follows else None
    if match := _END_OF_YEAR.search(text):
        return datetime.date(int(match[1]), 12, 31)
    return None


def _end_of_quarter(year: int, quarter: int) -> datetime.date | None:
    """Of the financial year that begins in April of `year`."""
    return _last_of(year, 3 * quarter + 3) if quarter < 4 else _last_of(year + 1, 3)


def _whole_days(text: str) -> list[datetime.date]:
    found = []
    for match in _WHOLE.finditer(text):
        year, month, day, *british = match.groups()
        if not year:
            day, month, year = british[:3] if british[0] else british[3:]
        if on := _date(_year(year), _month(month), int(day)):
            found.append(on)
    return found


def _of_serial(text: str) -> datetime.date | None:
    match = _SERIAL.match(text)
    return _SERIAL_START + datetime.timedelta(days=int(match[1])) if match else None


def _month(name: str) -> int:
    return int(name) if name.isdecimal() else _MONTHS[name.casefold().rstrip(".")]


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= 80 else 2000)


def _last_of(year: int, month: int) -> datetime.date | None:
    return _date(year, month, calendar.monthrange(year, month)[1]) if _EARLIEST <= year <= _LATEST else None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day) if _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def shown(text: str) -> str:
    """What stands in a cell, a day of a workbook as people write it."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return text
    whole = _whole_days(text)
    return in_words(whole[0]) if whole else text


def in_words(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
