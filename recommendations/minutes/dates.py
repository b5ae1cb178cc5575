"""Time phrases in minutes, and the dates they name. Words without a date stay without one: "in due course" is never guessed."""

import calendar
import datetime
import re
from collections.abc import Iterable

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
NUMBERS = {
    word: value
    for value, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
} | {"a": 1, "an": 1, "eighteen": 18, "twenty-four": 24}

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)"
_DAY = rf"{_WEEKDAY}?(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH}(?:,?\s\d{{4}})?"
_NUMERIC = r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b|\d{4}-\d{2}-\d{2}\b"
_NUMBER = r"(?:\d{1,3}|" + "|".join(NUMBERS) + r")"
_UNIT = r"(?:working\sday|day|week|fortnight|month|year)s?\b"
_EDGE = r"(?:the\s)?(?:end|start|beginning|middle)\sof\s"
_YEAR_END = (
    r"(?:the\s)?(?:end\sof\s)?(?:the\s|this\s|next\s)?(?:calendar|financial|municipal|school|academic)?\s?year\b"
)
_WHEN = r"(?:by|before|on|in|until|from|at|for|during|after|no\slater\sthan|not\slater\sthan|prior\sto|within|for\sthe|to)\s"
_SEASON = r"(?:spring|summer|autumn|winter)(?:\s(?:of\s)?\d{4})?\b"
# Each alternative begins with a fixed word and holds no repetition inside a repetition: the time is linear.
PHRASE = re.compile(
    r"\b(?:"
    rf"(?:in|within|after|every|over)\s(?:the\snext\s|a\speriod\sof\s|approximately\s|about\s"
    rf"|around\s)?{_NUMBER}[\s-]{_UNIT}"
    r"(?:[’']?\stime\b|[’'])?"
    rf"|{_NUMBER}[\s-]{_UNIT}\s(?:from\snow|hence)"
    rf"|{_WHEN}{_DAY}"
    rf"|{_WHEN}(?:{_NUMERIC})"
    rf"|{_WHEN}{_EDGE}(?:{_MONTH}(?:\s\d{{4}})?|\d{{4}}\b|{_YEAR_END}|{_SEASON})"
    rf"|{_WHEN}(?:early\s|late\s|mid[\s-])?{_MONTH}\s(?:and\s|or\s)?(?:\d{{4}}\b)(?!\smeeting)"
    rf"|(?:by|before|in|until|during)\s(?:early\s|late\s|mid[\s-])?{_MONTH}(?!\s\d|\smeeting)"
    rf"|(?:at|to|for|by|before|until|in\stime\sfor|prior\sto|ahead\sof)\s(?:its|the|their|a"
    rf"|our)\s{_MONTH}(?:\s\d{{4}})?"
    r"\s(?:\w+\s)?meeting\b"
    rf"|(?:at|to|for|by|before)\s(?:its|the|their|a|our)\s(?:\w+\s)?meeting\s(?:in|on|of)\s(?:{_DAY}"
    rf"|{_MONTH}(?:\s\d{{4}})?)"
    r"|(?:(?:at|to|for|by|before|until|in\stime\sfor|prior\sto|ahead\sof)\s)?(?:its|the|their|a|our)"
    r"\s(?:next|following|subsequent|future)\s(?:\w+\s)?meetings?\b"
    r"|(?:at|to|for|before|by)\s(?:next|future)\smeetings?\b|\bnext\smeeting\b"
    rf"|(?:by|before|at|in|until|during)\s(?:the\s)?end\sof\s(?:the\s)?(?:month|week|term|quarter|{_YEAR_END})"
    rf"|(?:by|before|in|during)\s(?:the\s)?(?:early\s|late\s)?{_SEASON}"
    r"|(?:by|in|during|later)\s(?:the\s)?(?:next|this|new)\s(?:(?:financial|municipal|calendar|academic)\s)?(?:year"
    r"|month|week|quarter)\b"
    r"|(?:six[\s-]|bi[\s-]?|three[\s-]|twice[\s-])?(?:monthly|quarterly|annually|yearly|weekly|half-yearly|termly)\b"
    r"|on\san\s(?:annual|ongoing)\sbasis|every\s(?:month|quarter|year|meeting|week|term)|twice\s(?:a|each|per)\syear"
    r"|(?:each|per)\s(?:quarter|year|term)\b"
    r"|in\sdue\scourse|as\ssoon\sas\s(?:possible|practicable)|at\s(?:the|its|an?)\s(?:earliest\sopportunity"
    r"|appropriate\stime)"
    r"|at\sa\s(?:later|future)\s(?:date|meeting)|when\savailable"
    r")",
    re.IGNORECASE,
)
_FULL = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s({_MONTH}),?\s(\d{{4}})\b"
    r"|\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b|\b(\d{4})-(\d{2})-(\d{2})\b",
    re.IGNORECASE,
)
_SPAN = re.compile(rf"\b({_NUMBER})[\s-](?:(working)\s)?(day|week|fortnight|month|year)", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s({_MONTH})", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})(?:\s(\d{{4}}))?", re.IGNORECASE)
_LATEST_YEAR = 2200


def time_phrases(text: str) -> tuple[str, ...]:
    """The words in `text` that say when, as they stand there, each once."""
    return tuple(dict.fromkeys(match.group(0).strip() for match in PHRASE.finditer(" ".join(text.split()))))


def full_date(phrase: str) -> datetime.date | None:
    """The date that `phrase` names with day, month and year; nothing where one of them is missing or impossible."""
    match = _FULL.search(phrase)
    if not match:
        return None
    day, month, year, day_number, month_number, short_year, iso_year, iso_month, iso_day = match.groups()
    if day:
        return _date(int(year), _month(month), int(day))
    if iso_year:
        return _date(int(iso_year), int(iso_month), int(iso_day))
    return _date(int(short_year) + (2000 if len(short_year) == 2 else 0), int(month_number), int(day_number))


def suggest_due_on(phrases: Iterable[str], meeting_on: datetime.date) -> tuple[datetime.date, str] | None:
    """The first date that one of `phrases` gives, seen from the meeting, with the words it came from.

    "At its March meeting" gives none: which day that is, only the board's calendar knows.
    """
    for phrase in phrases:
        due_on = full_date(phrase) or _relative(phrase.casefold(), meeting_on)
        if due_on and due_on >= meeting_on:
            return due_on, phrase
    return None


def _relative(phrase: str, meeting_on: datetime.date) -> datetime.date | None:
    if "meeting" in phrase or phrase.startswith(("every", "after", "from", "over")):
        return None
    if match := _SPAN.search(phrase):
        return _after(meeting_on, *match.groups())
    if match := _DAY_MONTH.search(phrase):
        return _next_day(meeting_on, int(match[1]), _month(match[2]))
    if phrase.startswith(("by", "before", "until", "no later", "not later", "prior")):
        return _month_end(phrase, meeting_on)
    return None


def _month_end(phrase: str, meeting_on: datetime.date) -> datetime.date | None:
    """The last day of the month of "by (the end of) June"; "before June" and "by the start of June" end the day before it."""
    match = _MONTH_YEAR.search(phrase)
    if not match or any(word in phrase for word in ("middle", "mid-", "mid ", "early")):
        return None
    month, year = _month(match[1]), int(match[2]) if match[2] else meeting_on.year
    at_the_start = phrase.startswith(("before", "until", "prior")) and "end of" not in phrase
    at_the_start = at_the_start or any(word in phrase for word in ("start", "beginning"))
    if not match[2] and month < meeting_on.month + at_the_start:
        year += 1
    first = _date(year, month, 1)
    if not first:
        return None
    if at_the_start:
        return first - datetime.timedelta(days=1) if phrase.startswith(("before", "prior", "until")) else first
    return _date(year, month, calendar.monthrange(year, month)[1])


def _after(day: datetime.date, number: str, working: str | None, unit: str) -> datetime.date | None:
    """`day` plus so many units; month ends clamp, and working days skip weekends (bank holidays are not known here)."""
    count = NUMBERS.get(number) or int(number)
    if unit in ("month", "year"):
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = months // 12, months % 12 + 1
        return _date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    try:
        if working:
            return _working_days_after(day, count)
        return day + datetime.timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    except OverflowError:  # past the last day of the calendar
        return None


def _working_days_after(day: datetime.date, count: int) -> datetime.date:
    while count:
        day += datetime.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _next_day(meeting_on: datetime.date, day: int, month: int) -> datetime.date | None:
    """The first such day from the meeting on: minutes leave out the year when it is the coming one."""
    this_year = _date(meeting_on.year, month, day)
    return this_year if this_year and this_year >= meeting_on else _date(meeting_on.year + 1, month, day)


def _month(name: str) -> int:
    return MONTHS[name.casefold().rstrip(".")]


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day) if year <= _LATEST_YEAR else None
    except ValueError:
        return None
