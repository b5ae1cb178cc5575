"""What the words of a recommendation suggest: the day it is due, and who owns it. Offered, and never taken unasked."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from recommendations.minutes import dates, people
from recommendations.minutes.drafts import Finding
from recommendations.models import Meeting, MinutesDraft, Repeats, User
from recommendations.words import day as day_in_words

# As far ahead as "its March meeting" can mean.
LONGEST_WAIT = datetime.timedelta(days=366)
_ANOTHER_BODY = re.compile(
    r"\b(?:their|cabinet|council|executive|partnership|trust|future|subsequent|meetings)\b", re.IGNORECASE
)
_NEXT = re.compile(r"\b(?:next|following)\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b({'|'.join(sorted(dates.MONTHS, key=len, reverse=True))})\b(?:\s(\d{{4}}))?", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b")


@dataclass(frozen=True)
class Suggestion:
    """Something a clerk may take over with one tick, which says what it is and where it comes from."""

    value: Any
    words: str

    def __str__(self) -> str:
        return self.words


def coming_meetings(draft: MinutesDraft) -> list[datetime.date]:
    """The days on which the board meets within a year of the draft's meeting, as far as they are known. One query."""
    if draft.held_on is None:
        return []
    until = draft.held_on + LONGEST_WAIT
    later = Meeting.objects.filter(board=draft.board_id, held_on__gt=draft.held_on, held_on__lte=until)
    return list(later.order_by("held_on").values_list("held_on", flat=True))


def due_on(finding: Finding, held_on: datetime.date | None, days: list[datetime.date]) -> Suggestion | None:
    """The first day that the words give, seen from the meeting: "in six months", "at its March meeting".

    `days`: when the board meets next. "In due course" gives none, nor does the meeting of another body.
    """
    if held_on is None:
        return None
    for phrase in finding["time_phrases"]:
        if found := dates.suggest_due_on([phrase], held_on):
            return Suggestion(
                found[0],
                _("%(day)s, from “%(phrase)s”") % {"day": day_in_words(found[0]), "phrase": phrase},
            )
        if day := _meeting_of(phrase, days):
            return Suggestion(
                day,
                _("%(day)s, a meeting of the board, from “%(phrase)s”") % {"day": day_in_words(day), "phrase": phrase},
            )
    return None


# Words for a series of reports, and how often they say it comes.
_SERIES = (
    (
        re.compile(r"\b(?:six[\s-]monthly|half[\s-]yearly|twice (?:a|each|per) year)\b", re.IGNORECASE),
        Repeats.HALF_YEARLY,
    ),
    (re.compile(r"\b(?:quarterly|(?:every|each|per) quarter|three[\s-]monthly)\b", re.IGNORECASE), Repeats.QUARTERLY),
    (
        re.compile(r"\b(?:annually|yearly|on an annual basis|(?:every|each|per) year)\b", re.IGNORECASE),
        Repeats.ANNUALLY,
    ),
    (re.compile(r"(?<!bi)(?<!bi-)(?<!bi )\b(?:monthly|every month)\b", re.IGNORECASE), Repeats.MONTHLY),
)


def repeats(finding: Finding) -> Suggestion | None:
    """How often the words want a report: "quarterly", "on an annual basis"."""
    for phrase in finding["time_phrases"]:
        for words, often in _SERIES:
            if words.search(phrase):
                return Suggestion(
                    often, _("%(often)s, from “%(phrase)s”") % {"often": often.label.casefold(), "phrase": phrase}
                )
    return None


def _meeting_of(phrase: str, days: list[datetime.date]) -> datetime.date | None:
    if "meeting" not in phrase.casefold() or _ANOTHER_BODY.search(phrase):
        return None
    if month := _MONTH.search(phrase):
        day = _DAY.search(phrase[: month.start()] + phrase[month.end() :])
        wanted = (dates.MONTHS[month[1].casefold()], int(month[2] or 0), int(day[1]) if day else 0)
        meant = [one for one in days if _is_on(one, *wanted)]
        return meant[0] if len(meant) == 1 else None
    return days[0] if days and _NEXT.search(phrase) else None


def _is_on(day: datetime.date, month: int, year: int, day_of_month: int) -> bool:
    """Nought for what the words leave open."""
    return day.month == month and year in (0, day.year) and day_of_month in (0, day.day)


def owner(finding: Finding, owners: Iterable[User]) -> Suggestion | None:
    """The one person whose full name or job title the words give as the owner; None where it might be either of two."""
    said = {}
    for name in reversed([finding["owner_hint"], *finding["addressees"]]):
        said |= dict.fromkeys(_parts_of(name), name)
    found = {user: said[key] for user in owners for key in _keys_of(user) if key in said}
    if len(found) != 1:
        return None
    [(user, name)] = found.items()
    return Suggestion(
        user,
        _("%(user)s, from “%(phrase)s”") % {"user": user, "phrase": _with_brackets(name, finding["text"])},
    )


def _parts_of(name: str) -> set[tuple[str, str]]:
    """What "Mrs Olu Shah, Head of Safeguarding" may be: the whole and each part, as a name and as a job title."""
    parts = {_plain(part) for part in [name, *re.split(r"[,;()/]|\s[-–—]\s", name)]} - {""}
    return {key for part in parts for key in (("name", _bare(part)), ("title", part))}


def _keys_of(user: User) -> set[tuple[str, str]]:
    """A job title keeps its first word, which is no courtesy: "Deputy Head of Safeguarding"."""
    return {("name", _bare(_plain(user.full_name))), ("title", _plain(user.job_title))}


def _bare(name: str) -> str:
    return " ".join(people.bare_name(name))


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split()).removeprefix("the ")


def _with_brackets(name: str, text: str) -> str:
    """The brackets that hold the name, where it stands in some: "(Owner: Olu Shah)"."""
    found = re.search(rf"\([^()]{{0,40}}{re.escape(name)}[^()]{{0,40}}\)", text)
    return " ".join(found[0].split()) if found else name
