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
from django.utils.translation import gettext_lazy as _

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
from recommendations.words import count_of

# (name, heading, what stands under an empty one)
PARTS = (
    ("live", _("Live"), _("Nothing else is open.")),
    ("completed", _("Completed since the last meeting"), _("Nothing was completed since the last meeting.")),
    ("extension", _("Extension requested"), _("No later date was asked for.")),
    ("overdue", _("Overdue"), _("Nothing is overdue.")),
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
        return _("First %(day)s; moved %(times)s, %(days)s in all") % {
            "day": day(self.first_on),
            "times": count_of(self.times_moved, _("time,times")),
            "days": count_of(self.days_slipped, _("day,days")),
        }

    @property
    def lateness(self):
        days = count_of(self.days_overdue, _("day,days"))
        return _("%(days)s overdue") % {"days": days} if self.days_overdue else ""


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
        return _("As it stood at the end of %(on)s, compared with the end of %(since)s.") % {
            "on": day(self.on),
            "since": day(self.since),
        }

    @property
    def holds_exempt(self):
        return any(_("Exempt") in line.marks for part in self.parts for line in part.lines)

    @property
    def left_out_in_words(self):
        if not self.left_out:
            return ""
        return _("%(rows)s left out: exempt, perhaps only since then, and not for this reader.") % {
            "rows": count_of(self.left_out, _("recommendation,recommendations"))
        }


def report_colon(report):
    """ "Report 2: ", before what is said about it."""
    return _("Report %(number)s: ") % {"number": report.number}


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
        asked_on, _is_exempt = self.items[row.item_id]
        update = self.said.get(row.pk)
        return Line(
            reference=row.reference, slug=row.slug, title=row.title, words=row.text, asked_on=asked_on,
            owner=(self.owners[row.owner_id][0] or _("No name")) if row.owner_id else _("No owner"),
            progress=row.get_progress_display(), marks=tuple(self.marks(row)), dues=tuple(self.dues(row)),
            undated=self.undated(row), remarks=tuple(self.remarks(row)),
            last_said_on=update.said_on if update else None,
            last_said=update.text if update else "", answers=tuple(map(self.answer, self.responses[row.pk])),
        )  # fmt: skip

    def marks(self, row):
        asked_on, is_exempt_item = self.items[row.item_id]
        _exempt, board = self.before.get(row.pk, (None, None))
        if board is None or asked_on >= self.since:
            yield _("New")
        elif board != row.board_id:
            yield _("Taken over")
        if row.is_exempt or is_exempt_item:
            yield _("Exempt")

    def dues(self, row):
        if row.due_on:
            yield self.due(row, "")
        for report in self.reports[row.pk]:
            if report.is_outstanding and report.due_on and row.is_open:
                yield self.due(report, report_colon(report))

    def undated(self, row):
        """What waits for the Board lacks no date: the Board meets when it meets."""
        handed_in = any(report.is_submitted and not report.verdict for report in self.reports[row.pk])
        if not row.is_open:
            return _("Closed")
        waits = handed_in or row.progress == Progress.REPORTED_COMPLETE
        return _("Waits for the Board") if waits else _("No date set")

    def due(self, dated, what):
        due = Due(what, dated.due_on, dated.original_due_on, dated.times_moved, dated.days_slipped)
        return replace(due, days_overdue=dated.days_overdue(self.on)) if dated.is_overdue(self.on) else due

    def remarks(self, row):
        if not row.is_open:
            yield _("Closed%(at_meeting)s.") % {"at_meeting": at_meeting(row.closed_on, row.closing_minute)}
            if row.outcome_note:
                yield row.outcome_note
        for change in self.requests[row.pk]:
            report = next((report for report in self.reports[row.pk] if report.pk == change.follow_up_id), None)
            yield _("%(report)s%(to_on)s asked for instead of %(from_on)s: %(reason)s") % {
                "report": report_colon(report) if report else "",
                "to_on": day(change.to_on),
                "from_on": day(change.from_on),
                "reason": change.reason,
            }
        for report in self.reports[row.pk]:
            if report.is_submitted and (not report.verdict or report.received_on > self.since):
                verdict = report.get_verdict_display().lower() if report.verdict else _("waits for the Board")
                yield _("Report %(number)s submitted %(day)s, %(kept_time)s: %(verdict)s.") % {
                    "number": report.number,
                    "day": day(report.submitted_on),
                    "kept_time": report.kept_time.lower(),
                    "verdict": verdict,
                }

    def answer(self, response):
        told = f"{capfirst(response.addressee)}: {response.get_answer_display().lower()}"
        if response.answered_on:
            told += f", {day(response.answered_on)}"
        if response.is_unanswered and response.due_on:
            told += _(", last day %(due_on)s") % {"due_on": day(response.due_on)}
        if response.is_overdue(self.on):
            told += _(" (%(days)s overdue)") % {"days": count_of((self.on - response.due_on).days, _("day,days"))}
        return told
