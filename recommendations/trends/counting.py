"""Counts what the dashboard shows of some recommendations on a day: sums alone, so that parts can be added and taken away.

All are `Counter`s with a tuple for each number: ("standing", timeliness, progress), ("owner", owner, "reports") and so on.
"""

from collections import Counter

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q

from recommendations.models.bands import Moves, Shift, band_of
from recommendations.models.follow_ups import FollowUpReport
from recommendations.models.progress import Progress
from recommendations.models.responses import Response
from recommendations.models.timeliness import soon


def of_today(snapshot, whose):
    """What is open, and what of it is late, soon due or lacks something: closed rows are not looked at."""
    among = snapshot.recommendations().filter(whose)
    return standing(snapshot, among) + late_by_owner(snapshot, among) + owed_answers(snapshot, among)


def of_ever(snapshot, whose):
    """What became of everything there ever was."""
    among = snapshot.recommendations().filter(whose)
    return answers_by_kind(snapshot, among) + time_to_close(among) + slips(snapshot, among)


def standing(snapshot, among):
    """Open recommendations by timeliness and progress, and what their own dates say: one query."""
    on, owed = snapshot.on, among.still_owed
    reports, answers = snapshot.rows(FollowUpReport), snapshot.rows(Response)
    heard_of = reports.dated_or_submitted().filter(recommendation=OuterRef("id"))
    rows = among.open().with_timeliness(on, reports, answers).order_by().values_list("timeliness", "progress")
    found = Counter()
    for late, progress, n, due_soon, no_date, no_owner in rows.annotate(
        Count("id"), due_soon=Count("id", filter=owed & soon(on)), no_owner=Count("id", filter=Q(owner=None)),
        no_date=Count("id", filter=owed & Q(due_on=None) & ~Exists(heard_of)),
    ).values_list("timeliness", "progress", "id__count", "due_soon", "no_date", "no_owner"):  # fmt: skip
        found["standing", late, progress] += n
        found["count", "actions_due_soon"] += due_soon
        found["count", "no_date"] += no_date
        found["count", "no_owner"] += no_owner
        found["count", "reported_complete"] += n if progress == Progress.REPORTED_COMPLETE else 0
    return found


def late_by_owner(snapshot, among):
    """Overdue reports and actions by owner, and the reports soon due."""
    on, reports = snapshot.on, snapshot.follow_ups(among)
    found = Counter({("owner", owner, "reports"): n for owner, n in owners_of(snapshot, among, reports.overdue(on))})
    actions = among.overdue(on).order_by().values_list("owner").annotate(Count("id"))
    found.update({("owner", owner, "actions"): n for owner, n in actions})
    found["count", "reports_due_soon"] = reports.due_soon(on).count()
    return found


def owners_of(snapshot, among, reports):
    """[(owner of the recommendation as it stood, how many reports)]"""
    if not snapshot.is_past:
        return reports.order_by().values_list("recommendation__owner").annotate(Count("id"))
    # Rows of a history lead to live recommendations alone, so the owners of that day are fetched beside them.
    owners = dict(among.filter(id__in=reports.order_by().values("recommendation")).values_list("id", "owner"))
    return Counter(owners[key] for key in reports.values_list("recommendation", flat=True)).items()


def owed_answers(snapshot, among):
    """Answers still owed: overdue by organisation, soon due, and those whose clock nobody started."""
    on, answers = snapshot.on, snapshot.responses(among)
    late = answers.overdue(on).order_by().values_list("organisation").annotate(Count("id"))
    found = Counter({("organisation", body): n for body, n in late})
    found["count", "answers_due_soon"] = answers.due_soon(on).count()
    found["count", "clock_not_started"] = answers.clock_not_started().count()
    return found


def answers_by_kind(snapshot, among):
    rows = snapshot.responses(among).order_by().values_list("answer").annotate(Count("id"))
    return Counter({("answer", answer): n for answer, n in rows})


def time_to_close(among):
    """By band and, for the median, by days: from the meeting that asked to the meeting that closed."""
    days = ExpressionWrapper(F("closed_on") - F("item__meeting__held_on"), output_field=DurationField())
    rows = among.closed().with_months_to_close().annotate(days_to_close=days).order_by()
    found = Counter()
    for months, days_to_close, n in rows.values_list("months_to_close", "days_to_close").annotate(Count("id")):
        found["closed", band_of(months)] += n
        found["days", days_to_close.days] += n
    return found


def slips(snapshot, among):
    """Due dates by how often and how far they moved; one whose date moved is in a band of both kinds."""
    found = Counter()
    for name, rows in (("reports", snapshot.follow_ups(among)), ("actions", among)):
        dated = rows.dated().with_moves().with_shift().order_by()
        for moves, shift, n in dated.values_list("moves", "shift").annotate(Count("id")):
            found["slip", Moves(moves), name] += n
            if shift is not None:
                found["slip", Shift(shift), name] += n
    return found
