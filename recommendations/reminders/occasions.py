"""An occasion: one thing to tell one address, once; and what of a recommendation may stand in a mail at all."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from recommendations.history import day
from recommendations.models import Recommendation
from recommendations.words import count_of


@dataclass(frozen=True)
class Line:
    """One line of a mail. Exempt matter has no title here, and what happened to it is not said."""

    reference: str
    title: str
    url: str
    what: str = ""
    due_on: date | None = None
    standing: str = ""
    slip: str = ""
    on: date | None = None
    owner: str = ""

    @property
    def is_exempt(self):
        return not self.title


@dataclass(frozen=True)
class Occasion:
    """`key` names it for ever: it is told to an address once. `words`: as the timeline of the recommendation has it."""

    address: str
    key: str
    part: str
    words: str
    line: object
    recommendation: Recommendation | None = None


def line_about(recommendation, **more):
    """Needs the recommendation's item at hand: what belongs to an exempt item is exempt."""
    return Line(
        reference=recommendation.reference,
        title="" if recommendation.is_restricted else recommendation.title,
        url=absolute(recommendation.get_absolute_url()),
        **more,
    )


def absolute(path):
    """The whole address of a page: a mail has no request to take the beginning from."""
    return settings.SITE_URL + path


def slip_of(dated):
    """ "first 24 August 2026; moved 2 times, 44 days in all", or "" for a date that never moved."""
    if not dated.times_moved:
        return ""
    return _("first %(day)s; moved %(times)s, %(days)s in all") % {
        "day": day(dated.original_due_on),
        "times": count_of(dated.times_moved, _("time,times")),
        "days": count_of(dated.days_slipped, _("day,days")),
    }


def standing(due_on, on):
    """ "due in 7 days", "due today", "12 days overdue"."""
    days = (due_on - on).days
    if days == 0:
        return _("due today")
    told = _("due in %(days)s") if days > 0 else _("%(days)s overdue")
    return told % {"days": count_of(abs(days), _("day,days"))}
