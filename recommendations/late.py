"""What is late as of a day: follow-up reports, answers and actions, each with when it is expected and why it is late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from django.db.models import Count, Max, Min, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from recommendations import clock
from recommendations.models import (
    Answer,
    DateChange,
    FollowUpReport,
    Progress,
    ProgressUpdate,
    Recommendation,
    Response,
)

REPORTS, ANSWERS, ACTIONS = KINDS = ("reports", "answers", "actions")


@dataclass(frozen=True)
class Key:
    """One late thing, with what lists are sorted by; the rest is only read for the page that shows it."""

    kind: str
    pk: int
    due_on: date
    times_moved: int
    who: str


@dataclass(frozen=True)
class Expected:
    """The next day that somebody has given; `how` says for what."""

    on: date
    how: str


@dataclass(frozen=True)
class Reason:
    """The latest that anybody said of why; `what` says on which occasion."""

    on: date
    what: str
    words: str


@dataclass(frozen=True)
class Late:
    """A row of the list."""

    kind: str
    what: str
    thing: FollowUpReport | Response | Recommendation
    recommendation: Recommendation
    expected: Expected | None
    reason: Reason | None


class LateThings:
    """The keys of all that is late of the recommendations `among`, in order: of each kind no more is read than is asked for."""

    def __init__(self, snapshot, among, kinds=KINDS, order="due_on", is_down=False, counts=None):
        self.snapshot, self.among, self.kinds, self.order, self.is_down = snapshot, among, kinds, order, is_down
        # How many there are of each kind, where that is known.
        self.counts = counts or {}

    def of(self, kind):
        return LateThings(self.snapshot, self.among, (kind,), counts=self.counts)

    def by(self, order, is_down):
        ordered = LateThings(self.snapshot, self.among, self.kinds, order, is_down, self.counts)
        # All kinds are counted anyhow, to say how many there are of each.
        ordered.figures = self.figures
        return ordered

    @cached_property
    def rows(self):
        """{kind: (its rows, where they have what a key has beside number and due date: times moved, who)}"""
        return {
            REPORTS: (self.snapshot.follow_ups(self.among), "times_moved", "recommendation__owner__full_name"),
            ANSWERS: (self.snapshot.responses(self.among), None, "addressee"),
            ACTIONS: (self.among, "times_moved", "owner__full_name"),
        }

    @cached_property
    def figures(self):
        """{kind: how many there are, and since when the oldest is due}"""
        rows = {kind: rows.overdue(self.snapshot.on).order_by() for kind, (rows, *_) in self.rows.items()}
        if not self.counts:
            return {kind: some.aggregate(n=Count("id"), oldest=Min("due_on")) for kind, some in rows.items()}
        oldest = {kind: some.order_by("due_on").values_list("due_on", flat=True).first() for kind, some in rows.items()}
        return {kind: {"n": self.counts[kind], "oldest": oldest[kind]} for kind in KINDS}

    @property
    def oldest(self):
        return min(filter(None, (self.figures[kind]["oldest"] for kind in self.kinds)), default=None)

    def __len__(self):
        return sum(self.figures[kind]["n"] for kind in self.kinds)

    def __getitem__(self, wanted):
        found = [key for kind in self.kinds for key in self.first(kind, wanted.stop)]
        oldest_first = sorted(found, key=lambda key: (key.due_on, key.kind, key.pk))
        return sorted(oldest_first, key=attrgetter(self.order), reverse=self.is_down)[wanted]

    def first(self, kind, most):
        """As many as may stand on the page or before it; each of them by name, as databases sort names in ways of their own."""
        rows, moved, who = self.rows[kind]
        rows = rows.overdue(self.snapshot.on)
        if self.order != "who":
            by = {"due_on": "due_on", "times_moved": moved}[self.order]
            rows = rows.order_by(*([f"{'-' if self.is_down else ''}{by}"] if by else []), "due_on", "id")[:most]
        columns = rows.values_list("id", "due_on", *filter(None, (moved, who)))
        return [Key(kind, pk, due_on, more[0] if moved else 0, more[-1] or "") for pk, due_on, *more in columns]


def completed(snapshot, keys):
    """The rows of these keys, in their order: as many queries for fifty as for one."""
    return Reading(snapshot, keys).rows()


class Reading:
    """Reads what some late things need beside themselves, each kind of it once."""

    def __init__(self, snapshot, keys):
        self.snapshot, self.keys = snapshot, keys
        self.reports = self.those(snapshot.follow_ups(), REPORTS)
        self.answers = self.those(snapshot.responses(), ANSWERS)
        belonging = [*self.reports.values(), *self.answers.values()]
        ids = {key.pk for key in keys if key.kind == ACTIONS} | {thing.recommendation_id for thing in belonging}
        rows = list(snapshot.recommendations().filter(id__in=ids))
        prefetch_related_objects(rows, "board", "owner", "item__meeting")
        self.recommendations = {row.pk: row for row in rows}
        for thing in belonging:
            thing.recommendation = self.recommendations[thing.recommendation_id]

    def those(self, rows, kind):
        return {row.pk: row for row in rows.filter(id__in=[key.pk for key in self.keys if key.kind == kind])}

    def rows(self):
        return [self.row(key) for key in self.keys]

    def row(self, key):
        thing = {REPORTS: self.reports, ANSWERS: self.answers, ACTIONS: self.recommendations}[key.kind][key.pk]
        recommendation = thing if key.kind == ACTIONS else thing.recommendation
        what, expected, reasons = {
            REPORTS: self.of_report, ANSWERS: self.of_answer, ACTIONS: self.of_action
        }[key.kind](thing)  # fmt: skip
        # Of two given on one day the later in the list: a reason given for this very thing rather than news of the whole.
        latest = max(enumerate(reasons), key=lambda pair: (pair[1].on, pair[0]), default=(0, None))[1]
        soonest = min(expected, key=lambda day: day.on, default=None)
        return Late(key.kind, what, thing, recommendation, soonest, latest)

    # (what is late, the days by which it may be expected, the reasons given) of each kind

    def of_report(self, report):
        own, changes = report.recommendation, self.changes[report.recommendation_id, report.pk]
        expected = [self.asked_for(change) for change in changes if self.is_expected(change)]
        if not expected and own.due_on and own.due_on >= self.snapshot.on:
            expected = [Expected(own.due_on, _("when the action itself is due"))]
        reasons = [*self.said_of(own), *map(reason_of_change, changes)]
        return _("Follow-up report %(number)d") % {"number": report.number}, expected, reasons

    def of_action(self, recommendation):
        changes = self.changes[recommendation.pk, None]
        expected = [self.asked_for(change) for change in changes if self.is_expected(change)]
        expected = expected or self.awaited[recommendation.pk]
        return _("Action"), expected, [*self.said_of(recommendation), *map(reason_of_change, changes)]

    def of_answer(self, response):
        """Only the addressee can say when it answers, and why not yet: of others' words none is its own."""
        said = self.updates.get((response.recommendation_id, response.organisation_id))
        reasons = [reason_of_update(said)] if said and response.organisation_id else []
        if response.answer == Answer.NOTED and response.reasons:
            reasons.append(Reason(response.answered_on, _("Noted only"), response.reasons))
        return _("Answer"), [], reasons

    # What was asked, said and given

    def is_expected(self, change):
        return change.decision == DateChange.Decision.WAITING and change.to_on >= self.snapshot.on

    def asked_for(self, change):
        return Expected(change.to_on, _("asked for, not yet decided"))

    @cached_property
    def changes(self):
        """{(recommendation, report or None): the later dates asked for, granted and refused}"""
        found = defaultdict(list)
        for change in DateChange.as_of(self.snapshot.on).filter(recommendation__in=self.recommendations).order_by("id"):
            found[change.recommendation_id, change.follow_up_id].append(change)
        return found

    @cached_property
    def awaited(self):
        """{recommendation: when its follow-up reports that are not late are due}"""
        found, on = defaultdict(list), self.snapshot.on
        reports = self.snapshot.follow_ups().outstanding().filter(recommendation__in=self.recommendations)
        for report in reports.filter(due_on__gte=on):
            when = Expected(report.due_on, _("when follow-up report %(number)d is due") % {"number": report.number})
            found[report.recommendation_id].append(when)
        return found

    @cached_property
    def updates(self):
        """{(recommendation, organisation that said it through a link, or None): the last update}; never an exempt one."""
        readable = ProgressUpdate.objects.visible_to(self.snapshot.user).filter(exempt_paragraph=None)
        said = readable.filter(recommendation__in=self.recommendations, said_on__lte=self.snapshot.on).order_by()
        latest = said.values("recommendation", "through__organisation").annotate(latest=Max("id")).values("latest")
        rows = ProgressUpdate.objects.filter(id__in=latest).select_related("through")
        return {(row.recommendation_id, row.through and row.through.organisation_id): row for row in rows}

    @cached_property
    def last_said(self):
        """{recommendation: the last update, whoever said it}"""
        return {row.recommendation_id: row for row in sorted(self.updates.values(), key=lambda row: row.pk)}

    @cached_property
    def pauses(self):
        """{recommendation: why it is paused}"""
        paused = [row.pk for row in self.recommendations.values() if row.progress == Progress.PAUSED]
        rows = Recommendation.history.filter(id__in=paused, history_date__lte=clock.end_of(self.snapshot.on))
        found, before = {}, {}
        kept = rows.order_by("history_id").values_list("id", "progress", "history_date", "history_change_reason")
        for pk, progress, moment, why in kept:
            if progress == Progress.PAUSED and before.get(pk) != Progress.PAUSED and why:
                found[pk] = Reason(timezone.localdate(moment), _("Paused"), why)
            before[pk] = progress
        return found

    def said_of(self, recommendation):
        if update := self.last_said.get(recommendation.pk):
            yield reason_of_update(update)
        if pause := self.pauses.get(recommendation.pk):
            yield pause


def reason_of_update(update):
    return Reason(update.said_on, _("Last update"), update.text)


def reason_of_change(change):
    if change.decision == DateChange.Decision.WAITING:
        return Reason(change.asked_on, _("Asked for a later date"), change.reason)
    if change.decision == DateChange.Decision.REFUSED:
        return Reason(change.decided_on, _("Later date refused"), change.decision_reason)
    return Reason(change.decided_on, _("Date moved"), change.reason)
