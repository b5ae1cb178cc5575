"""What changed for a board between two days, in the four parts of an agenda paper: read from the history alone.

Made again months later, for the same days and somebody entitled to read the same, it comes out the same: records, names and
dates are taken as they stood at the end of the later day. Only who may read what is today's entitlement.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Max, Q
from django.utils.text import capfirst

from recommendations import clock
from recommendations.history import at_meeting, day
from recommendations.models import (
    AgendaItem,
    Board,
    DateChange,
    FollowUpReport,
    Meeting,
    Progress,
    ProgressUpdate,
    Recommendation,
    Response,
    User,
)
from recommendations.models.exempt import readable

# (name, heading, what stands under an empty one)
PARTS = (
    ("live", "Live", "Nothing else is open."),
    ("completed", "Completed since the last meeting", "Nothing was completed since the last meeting."),
    ("extension", "Extension requested", "No later date was asked for."),
    ("overdue", "Overdue", "Nothing is overdue."),
)


@dataclass(frozen=True)
class Due:
    """A day by which something is awaited, and how it slipped."""

    what: str
    on: date
    first_on: date
    times_moved: int
    days_slipped: int
    days_overdue: int = 0

    @property
    def slip(self):
        """ "First 1 September 2026; moved 2 times, 30 days in all", or nothing."""
        if not self.times_moved:
            return ""
        moved = f"moved {counted(self.times_moved, 'time')}, {counted(self.days_slipped, 'day')} in all"
        return f"First {day(self.first_on)}; {moved}"

    @property
    def lateness(self):
        return f"{counted(self.days_overdue, 'day')} overdue" if self.days_overdue else ""


@dataclass(frozen=True)
class Line:
    """One recommendation as it stood."""

    reference: str
    slug: str
    title: str
    words: str
    asked_on: date
    owner: str
    progress: str
    # "New", "Taken over", "Exempt": in words.
    marks: tuple[str, ...]
    dues: tuple[Due, ...]
    # What stands in place of a date where there is none.
    undated: str
    # What was asked, handed in or decided, in sentences.
    remarks: tuple[str, ...]
    last_said_on: date | None
    last_said: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    name: str
    heading: str
    nothing: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Changes:
    """The whole paper: what the page shows and the Word document prints."""

    board: str
    code: str
    meeting_on: date
    since: date
    on: date
    parts: tuple[Part, ...]
    # How many the reader is not entitled to.
    left_out: int

    @property
    def compared(self):
        return f"As it stood at the end of {day(self.on)}, compared with the end of {day(self.since)}."

    @property
    def holds_exempt(self):
        return any("Exempt" in line.marks for part in self.parts for line in part.lines)

    @property
    def left_out_in_words(self):
        if not self.left_out:
            return ""
        return f"{counted(self.left_out, 'recommendation')} left out: exempt, perhaps only since then, and not for this reader."


def counted(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def changes(meeting, user, *, since, on):
    """The paper of `meeting` for `user`, as it stood at the end of the day `on`. Costs the same queries at any length."""
    return Reading(meeting, user, since, on).changes()


class Reading:
    """One look into the history. Rows of the past cannot be joined, so each kind is read once, for all lines."""

    def __init__(self, meeting, user, since, on):
        self.meeting, self.user, self.since, self.on = meeting, user, since, on
        self.moment = clock.end_of(on)
        followed_up = self.past(Recommendation).filter(
            Q(closed_on=None) | Q(closed_on__gt=since), board=meeting.board_id
        )
        # Entitled today, and then: so what was opened to all since does not turn up in a paper made again.
        visible = Recommendation.objects.visible_to(user).order_by().values("id")
        entitled = readable(user, flags=["exempt_paragraph"], board="board", owner="owner")
        self.rows = list(followed_up.filter(entitled, id__in=visible).order_by("id"))
        self.left_out = followed_up.count() - len(self.rows)
        self.ids = [row.pk for row in self.rows]
        self.reports = self.belonging(FollowUpReport, "number")
        self.responses = self.belonging(Response, "id")
        self.requests = self.belonging(DateChange, "id", decision=DateChange.Decision.WAITING)

    def past(self, model):
        return model.history.as_of(self.moment)

    def belonging(self, model, order, **narrowed):
        """{recommendation: its rows of `model`}"""
        found = defaultdict(list)
        for row in (
            self.past(model).filter(recommendation__in=self.ids, **narrowed).order_by("recommendation_id", order)
        ):
            found[row.recommendation_id].append(row)
        return found

    def as_known(self, model, ids, *fields):
        """{id: values} as they stood; of what was recorded only later, as it was recorded first."""
        rows = model.history.filter(id__in=ids).order_by("history_date", "history_id")
        known = {}
        for key, recorded_at, *values in rows.values_list("id", "history_date", *fields):
            if key not in known or recorded_at <= self.moment:
                known[key] = values
        # A fixture brings rows without a history.
        rest = model.objects.filter(id__in={*ids} - known.keys()) if {*ids} - known.keys() else ()
        return known | {row.pk: [getattr(row, field) for field in fields] for row in rest}

    @cached_property
    def before(self):
        """{id: (progress, board)} at the end of the earlier day."""
        rows = Recommendation.history.as_of(clock.end_of(self.since)).filter(id__in=self.ids)
        return {key: (progress, board) for key, progress, board in rows.values_list("id", "progress", "board")}

    @cached_property
    def owners(self):
        return self.as_known(User, {row.owner_id for row in self.rows if row.owner_id}, "full_name")

    @cached_property
    def items(self):
        """{item: (day of its meeting, whether it is exempt)}"""
        rows = AgendaItem.objects.filter(id__in={row.item_id for row in self.rows})
        items = {key: values for key, *values in rows.values_list("id", "meeting", "exempt_paragraph")}
        days = self.as_known(Meeting, {meeting for meeting, _ in items.values()}, "held_on")
        return {key: (days[meeting][0], paragraph is not None) for key, (meeting, paragraph) in items.items()}

    @cached_property
    def said(self):
        """{recommendation: the last update by then}"""
        updates = ProgressUpdate.objects.visible_to(self.user).filter(recommendation__in=self.ids, said_on__lte=self.on)
        latest = updates.order_by().values("recommendation").annotate(latest=Max("id")).values("latest")
        return {update.recommendation_id: update for update in ProgressUpdate.objects.filter(id__in=latest)}

    def changes(self):
        [[board, code]] = self.as_known(Board, [self.meeting.board_id], "name", "code").values()
        [[meeting_on]] = self.as_known(Meeting, [self.meeting.pk], "held_on").values()
        lines = defaultdict(list)
        for row in self.rows:
            lines[self.part_of(row)].append(self.line(row))
        lines["overdue"].sort(key=lambda line: min([due.on for due in line.dues if due.days_overdue], default=self.on))
        parts = tuple(Part(*part, lines=tuple(lines[part[0]])) for part in PARTS)
        return Changes(board, code, meeting_on, self.since, self.on, parts, self.left_out)

    # One line

    def part_of(self, row):
        """Each recommendation stands in one part: the first of these that is true of it."""
        is_done = row.progress == Progress.REPORTED_COMPLETE
        was_done = self.before.get(row.pk, ("", None))[0] == Progress.REPORTED_COMPLETE
        if not row.is_open or (is_done and not was_done):
            return "completed"
        if self.requests[row.pk]:
            return "extension"
        late = [row, *self.reports[row.pk], *self.responses[row.pk]]
        return "overdue" if any(each.is_overdue(self.on) for each in late) else "live"

    def line(self, row):
        asked_on, _ = self.items[row.item_id]
        update = self.said.get(row.pk)
        return Line(
            reference=row.reference, slug=row.slug, title=row.title, words=row.text, asked_on=asked_on,
            owner=(self.owners[row.owner_id][0] or "No name") if row.owner_id else "No owner",
            progress=row.get_progress_display(), marks=tuple(self.marks(row)), dues=tuple(self.dues(row)),
            undated=self.undated(row), remarks=tuple(self.remarks(row)),
            last_said_on=update.said_on if update else None,
            last_said=update.text if update else "", answers=tuple(map(self.answer, self.responses[row.pk])),
        )  # fmt: skip

    def marks(self, row):
        asked_on, is_exempt_item = self.items[row.item_id]
        _, board = self.before.get(row.pk, (None, None))
        if board is None or asked_on >= self.since:
            yield "New"
        elif board != row.board_id:
            yield "Taken over"
        if row.is_exempt or is_exempt_item:
            yield "Exempt"

    def dues(self, row):
        if row.due_on:
            yield self.due(row, "")
        for report in self.reports[row.pk]:
            if report.is_outstanding and report.due_on and row.is_open:
                yield self.due(report, f"Report {report.number}: ")

    def undated(self, row):
        """What waits for the Board lacks no date: the Board meets when it meets."""
        handed_in = any(report.is_submitted and not report.verdict for report in self.reports[row.pk])
        if not row.is_open:
            return "Closed"
        waits = handed_in or row.progress == Progress.REPORTED_COMPLETE
        return "Waits for the Board" if waits else "No date set"

    def due(self, dated, what):
        due = Due(what, dated.due_on, dated.original_due_on, dated.times_moved, dated.days_slipped)
        return replace(due, days_overdue=dated.days_overdue(self.on)) if dated.is_overdue(self.on) else due

    def remarks(self, row):
        if not row.is_open:
            yield f"Closed{at_meeting(row.closed_on, row.closing_minute)}."
            if row.outcome_note:
                yield row.outcome_note
        for change in self.requests[row.pk]:
            number = next((f"Report {r.number}: " for r in self.reports[row.pk] if r.pk == change.follow_up_id), "")
            yield f"{number}{day(change.to_on)} asked for instead of {day(change.from_on)}: {change.reason}"
        for report in self.reports[row.pk]:
            if report.is_submitted and (not report.verdict or report.received_on > self.since):
                handed_in = f"submitted {day(report.submitted_on)}, {report.kept_time.lower()}"
                verdict = report.get_verdict_display().lower() if report.verdict else "waits for the Board"
                yield f"Report {report.number} {handed_in}: {verdict}."

    def answer(self, response):
        told = f"{capfirst(response.addressee)}: {response.get_answer_display().lower()}"
        if response.answered_on:
            told += f", {day(response.answered_on)}"
        if response.is_unanswered and response.due_on:
            told += f", last day {day(response.due_on)}"
        if response.is_overdue(self.on):
            told += f" ({counted((self.on - response.due_on).days, 'day')} overdue)"
        return told
