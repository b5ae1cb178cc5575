"""Recommendations one by one, with their reports and answers, as their histories have them; and what each adds to the figures.

It is told by the rules for single records, which tests hold to the rules for querysets that `counting` counts all of them by.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from django.db.models import F
from django.db.models.lookups import In

from recommendations.models import FollowUpReport, Recommendation, Response, ResponseRegime
from recommendations.models.bands import band_of, months_between, moves_of, shift_of
from recommendations.models.progress import Progress
from recommendations.models.timeliness import is_soon, timeliness_of
from recommendations.permissions import can_read_exempt
from recommendations.questions import Given, Question, filled, givens, places_for

# What is read of each history: first of which recommendation a row is; then fields, and what is joined to them.
READ = {
    Recommendation: (
        "id", "id", "progress", "due_on", "original_due_on", "times_moved", "closed_on", "owner_id", "board_id",
        "exempt_paragraph", "item__exempt_paragraph", "item__meeting__held_on",
    ),
    FollowUpReport: (
        "recommendation_id", "id", "due_on", "original_due_on", "times_moved", "submitted_on", "waived_on", "received_on",
    ),
    Response: (
        "recommendation_id", "id", "due_on", "answer", "organisation_id", "regime__months", "regime__days",
    ),
}  # fmt: skip


@cache
def question_of(model, how_many):
    """Rows by the newest number to be read and so many recommendations."""
    key, *shown = READ[model]
    # Django's own way to say so of what refers to another table wants numbers at once.
    rows = model.history.filter(In(F(key), givens(how_many + 1)[1:]), history_id__lte=Given())
    return Question(rows.order_by("history_id").values_list("history_id", key, *shown))


@dataclass
class Lot:
    """One recommendation and what belongs to it."""

    recommendation: Recommendation
    item_paragraph: int | None
    asked_on: datetime.date
    reports: list[FollowUpReport] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    @property
    def is_restricted(self):
        return self.recommendation.is_exempt or self.item_paragraph is not None

    def is_restricted_and_open_to(self, user):
        one = self.recommendation
        return self.is_restricted and can_read_exempt(user, board_id=one.board_id, owner_id=one.owner_id)


class Histories:
    """Those of the recommendations `keys`, up to the row numbers `upto` ({model: the newest}): three queries."""

    def __init__(self, keys, upto):
        self.rows = {model: self._read(model, keys, upto[model]) for model in READ}

    def _read(self, model, keys, upto):
        return question_of(model, places_for(keys)).ask(upto, *filled(keys)) if keys else []

    def lots(self, upto):
        """{id: lot} of what there was up to these row numbers."""
        lots = {}
        for key, row in self._standing(Recommendation, upto):
            fields = dict(zip(READ[Recommendation][1:-2], row, strict=False))
            lots[key] = Lot(Recommendation(**fields), item_paragraph=row[-2], asked_on=row[-1])
        # What was written at this very moment may belong to one that is not there yet: the marks tell so the next time.
        for key, row in self._standing(FollowUpReport, upto, lots):
            lots[key].reports.append(FollowUpReport(**dict(zip(READ[FollowUpReport][1:], row, strict=True))))
        for key, row in self._standing(Response, upto, lots):
            fields = dict(zip(READ[Response][1:-2], row, strict=False))
            lots[key].answers.append(Response(**fields, regime=ResponseRegime(months=row[-2], days=row[-1])))
        return lots

    def _standing(self, model, upto, among=None):
        """[(id of the recommendation, row)], of each record the newest."""
        rows = [row for row in self.rows[model] if row[0] <= upto[model] and (among is None or row[1] in among)]
        return {row[0]: (key, row) for _, key, *row in rows}.values()


# What one adds, each like the function of the same name in `counting`


def of_today(lot, on):
    found = Counter(standing(lot, on))
    found.update(late_by_owner(lot, on))
    found.update(owed_answers(lot, on))
    return found


def of_ever(lot, on):
    found = Counter(("answer", answer.answer) for answer in lot.answers)
    found.update(time_to_close(lot))
    found.update(slips(lot))
    return found


def standing(lot, on):
    one = lot.recommendation
    if not one.is_open:
        return []
    found = [("standing", timeliness_of(one, lot.reports, lot.answers, on).value, one.progress)]
    heard_of = any(is_dated_or_submitted(report) for report in lot.reports)
    is_complete = one.progress == Progress.REPORTED_COMPLETE
    flags = {
        "actions_due_soon": not is_complete and is_soon(one.due_on, on),
        "no_date": not is_complete and one.due_on is None and not heard_of,
        "no_owner": one.owner_id is None,
        "reported_complete": is_complete,
    }
    return [*found, *(("count", name) for name, is_so in flags.items() if is_so)]


def is_dated_or_submitted(report):
    if report.is_outstanding:
        return report.due_on is not None
    return report.submitted_on is not None and report.received_on is None


def late_by_owner(lot, on):
    owner, reports = lot.recommendation.owner_id, lot.reports
    late = [("owner", owner, "reports") for report in reports if report.is_overdue(on)]
    late += [("owner", owner, "actions")] if lot.recommendation.is_overdue(on) else []
    soon = [report for report in reports if report.is_outstanding and is_soon(report.due_on, on)]
    return [*late, *[("count", "reports_due_soon")] * len(soon)]


def owed_answers(lot, on):
    late = [("organisation", answer.organisation_id) for answer in lot.answers if answer.is_overdue(on)]
    soon = [answer for answer in lot.answers if answer.is_unanswered and is_soon(answer.due_on, on)]
    unstarted = [answer for answer in lot.answers if answer.clock_not_started]
    return [*late, *[("count", "answers_due_soon")] * len(soon), *[("count", "clock_not_started")] * len(unstarted)]


def time_to_close(lot):
    closed_on = lot.recommendation.closed_on
    if closed_on is None:
        return []
    band = band_of(months_between(lot.asked_on, closed_on))
    return [("closed", band), ("days", (closed_on - lot.asked_on).days)]


def slips(lot):
    dated = [("reports", report) for report in lot.reports] + [("actions", lot.recommendation)]
    for name, each in dated:
        if each.due_on is not None:
            bands = (moves_of(each), shift_of(each))
            yield from (("slip", band, name) for band in bands if band is not None)
