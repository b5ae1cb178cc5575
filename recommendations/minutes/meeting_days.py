"""The day of the meeting, where a page prints it as "Meeting: 12/07/2023 - Panel (Item 5)"; it is offered, never taken."""

import datetime
import re

_PRINTED = re.compile(r"\s*Meeting:\s{0,9}(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b", re.IGNORECASE)


def printed_days(lines) -> dict[datetime.date, str]:
    """Each day of a meeting with the line that names it first."""
    days: dict[datetime.date, str] = {}
    for line in lines:
        if (found := _PRINTED.match(line)) and (day := _real(*map(int, found.groups()))):
            days.setdefault(day, " ".join(line.split()))
    return days


def the_printed_day(lines) -> tuple[datetime.date, str] | None:
    """The only day that the page names, and its words: where it names several, no one of them is more likely."""
    days = printed_days(lines)
    return next(iter(days.items())) if len(days) == 1 else None


def _real(day, month, year) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
