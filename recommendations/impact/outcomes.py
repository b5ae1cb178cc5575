"""One recommendation or action with what came of it, and what of it was late."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from recommendations.models import Answer, FollowUpReport, Recommendation, Response, Timeliness

LATE = (Timeliness.FOLLOW_UP_OVERDUE, Timeliness.RESPONSE_OVERDUE, Timeliness.ACTION_OVERDUE)
# The better of two answers of different addressees is what counts.
ANSWERS = (
    ("accepted_whole", (Answer.ACCEPTED,)),
    ("accepted_part", (Answer.PARTIALLY_ACCEPTED,)),
    ("not_accepted", (Answer.NOT_ACCEPTED,)),
    # "Noted" is not an answer.
    ("unanswered", (Answer.AWAITING, Answer.NOTED)),
)


@dataclass(frozen=True)
class Outcome:
    """One recommendation or action with what came of it."""

    row: Recommendation
    answers: tuple[Response, ...]
    reports: tuple[FollowUpReport, ...]
    # Why the Board closed it otherwise than as implemented.
    why: str

    @property
    def is_action(self):
        return self.row.kind == Recommendation.Kind.ACTION

    @property
    def answered(self):
        """The best that any of those it was addressed to has answered: a name of ANSWERS, or "no_answer"."""
        given = {answer.answer for answer in self.answers}
        return next((name for name, kinds in ANSWERS if given.intersection(kinds)), "no_answer")

    @property
    def is_late(self):
        return self.row.timeliness in LATE

    @property
    def dated(self):
        return [self.row, *self.reports]

    @property
    def times_moved(self):
        return sum(dated.times_moved for dated in self.dated)

    @property
    def days_slipped(self):
        return sum(dated.days_slipped for dated in self.dated)


@dataclass(frozen=True)
class Lateness:
    """Something that came late, or is late still: `came_on` is then empty."""

    outcome: Outcome
    what: str
    due_on: datetime.date
    came_on: datetime.date | None
    days: int


def lateness_of(one, on):
    """Everything of one outcome that came after its day, or has not come though its day has passed."""
    dues = [
        (_("Follow-up report %(number)d") % {"number": report.number}, report, report.submitted_on)
        for report in one.reports
        if report.was_late or report.is_overdue(on)
    ]
    dues += [
        (_("Answer of %(addressee)s") % {"addressee": answer.addressee}, answer, came_on(answer))
        for answer in one.answers
        if answer.is_overdue(on) or (answer.due_on and came_on(answer) and came_on(answer) > answer.due_on)
    ]
    if one.row.is_overdue(on):
        dues.append((_("The action itself"), one.row, None))
    return [Lateness(one, what, dated.due_on, came, ((came or on) - dated.due_on).days) for what, dated, came in dues]


def came_on(answer):
    """The day of the answer; that something was noted is none."""
    return None if answer.is_unanswered else answer.answered_on
