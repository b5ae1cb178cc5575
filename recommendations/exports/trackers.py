"""The tracker of recommendations: every column it can have, the usual ones, and its rows with all that stands in them."""

from array import array
from collections import defaultdict, namedtuple
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from recommendations.models import FollowUpReport, ProgressUpdate, Recommendation, Response, Snapshot, Timeliness
from recommendations.models.timeliness import timeliness_of
from recommendations.words import choices_in_words

from .tables import DAY, NUMBER, Column

# What of a row stands in a column, by its own name here. Read as plain values: to make records of hundreds of thousands
# of rows, and of all that they point to, would take longer than all else together. Their rules are borrowed.
ASKED = {
    "pk": "id", "reference": "reference", "slug": "slug", "board_id": "board", "board": "board__name",
    "first_board_id": "item__meeting__board", "first_board": "item__meeting__board__name",
    "held_on": "item__meeting__held_on", "item_number": "item__number", "item": "item__title",
    "item_exempt": "item__exempt_paragraph", "exempt": "exempt_paragraph", "number": "number", "text": "text",
    "title": "title", "kind": "kind", "owner": "owner__full_name", "progress": "progress", "due_on": "due_on",
    "original_due_on": "original_due_on", "times_moved": "times_moved", "closed_on": "closed_on",
    "outcome_note": "outcome_note", "old_reference": "old_reference",
}  # fmt: skip


class Asked(namedtuple("Asked", ASKED)):  # type: ignore[misc]
    """A recommendation as it stood on a day."""

    __slots__ = ()
    is_open = Recommendation.is_open
    is_overdue = Recommendation.is_overdue
    days_slipped = Recommendation.days_slipped
    get_absolute_url = Recommendation.get_absolute_url


class Answer(namedtuple("Answer", ("recommendation_id", "addressee", "answer", "answered_on", "due_on"))):
    __slots__ = ()
    is_unanswered = Response.is_unanswered
    is_overdue = Response.is_overdue


REPORTED = (
    "recommendation_id", "due_on", "original_due_on", "times_moved", "submitted_on", "received_on", "waived_on",
)  # fmt: skip


class Report(namedtuple("Report", REPORTED)):  # type: ignore[misc]
    __slots__ = ()
    is_outstanding = FollowUpReport.is_outstanding
    is_overdue = FollowUpReport.is_overdue
    days_slipped = FollowUpReport.days_slipped


# What parts the answers of a cell cannot stand within a name.
WITHIN_A_NAME = str.maketrans({";": ",", ":": ",", "\n": " "})


@dataclass(slots=True)
class TrackerRow:
    """A recommendation with its answers, its reports and what was last said of it: (on which day, what), if anything."""

    asked: Asked
    on: date
    answers: list[Answer]
    reports: list[Report]
    last_update: tuple[date | None, str]
    # {field: {value: words}} of the choices, in the language of the file.
    said: dict[str, dict[Any, str]]

    @property
    def pk(self):
        return self.asked.pk

    @property
    def is_action(self):
        return self.asked.kind == Recommendation.Kind.ACTION

    @property
    def awaited_report(self):
        return next((report for report in self.reports if report.is_outstanding), None)

    @property
    def dated(self):
        """What has the date: of something to be reported back without a date of its own, the report that is awaited."""
        one = self.asked
        if one.due_on is None and one.kind == Recommendation.Kind.REPORT_BACK and one.is_open:
            return self.awaited_report or one
        return one

    @property
    def days_overdue(self):
        """Of what is longest overdue; nothing where nothing is."""
        late = [one.due_on for one in (self.asked, *self.reports, *self.answers) if one.is_overdue(self.on)]
        return (self.on - min(late)).days if late else None

    @property
    def timeliness(self):
        return timeliness_of(self.asked, self.reports, self.answers, self.on)

    @property
    def days_slipped(self):
        """How far its own date moved or, where its reports are what is dated, the furthest of theirs."""
        if self.asked.due_on:
            return self.asked.days_slipped
        return max([report.days_slipped for report in self.reports if report.due_on], default=0)

    @property
    def answers_in_words(self):
        """ "Police: Accepted; Cabinet: Awaiting an answer"."""
        pairs = [(one.addressee.translate(WITHIN_A_NAME), self.said["answer"][one.answer]) for one in self.answers]
        return "; ".join(f"{addressee}: {answer}" for addressee, answer in pairs)

    @property
    def last_answered_on(self):
        return max([one.answered_on for one in self.answers if one.answered_on], default=None)

    @property
    def followed_up_by(self):
        """Where it is not the board that made it."""
        one = self.asked
        return one.board if one.board_id != one.first_board_id else ""

    @property
    def old_reference(self):
        one = self.asked
        return one.old_reference if one.old_reference != one.reference else ""


def of(name):
    """What the recommendation itself holds under that name."""
    return attrgetter(f"asked.{name}")


def choice_of(name):
    """The same of a choice, in words."""
    return lambda row: row.said[name][getattr(row.asked, name)]


# Old trackers are brought in by these headings too (old_trackers/headings.py), so that our own come back as themselves.
COLUMNS = {
    column.name: column
    for column in (
        Column("reference", _("Reference"), of("reference"), 2.4),
        Column("board", _("Board"), of("first_board"), 3.0),
        Column("followed_up_by", _("Followed up by"), attrgetter("followed_up_by"), 3.0),
        Column("meeting", _("Meeting"), of("held_on"), 2.3, DAY),
        Column("item_number", _("Item number"), of("item_number"), 1.6),
        Column("item", _("Item"), of("item"), 3.2),
        Column("number", _("Number in the minutes"), of("number"), 1.8),
        Column("text", _("Recommendation"), of("text"), 6.6),
        Column("title", _("Short title"), of("title"), 3.6),
        Column("kind", _("Kind"), choice_of("kind"), 2.0),
        Column("answers", _("Answers"), attrgetter("answers_in_words"), 3.4),
        Column("answered", _("Answered on"), attrgetter("last_answered_on"), 2.3, DAY),
        Column("owner", _("Owner"), of("owner"), 2.3),
        Column("last_update", _("Last update"), lambda row: row.last_update[1], 4.4),
        Column("last_update_on", _("Last update on"), lambda row: row.last_update[0], 2.3, DAY),
        Column("due", _("Due date"), attrgetter("dated.due_on"), 2.3, DAY),
        Column("first_due", _("First due date"), attrgetter("dated.original_due_on"), 2.3, DAY),
        Column("times_moved", _("Times moved"), attrgetter("dated.times_moved"), 1.5, NUMBER),
        Column("slipped", _("Days slipped"), attrgetter("days_slipped"), 1.6, NUMBER),
        Column(
            "next_report", _("Next follow-up report"), lambda row: row.awaited_report and row.awaited_report.due_on,
            2.4, DAY,
        ),
        Column("progress", _("Progress"), choice_of("progress"), 2.4),
        Column("timeliness", _("Timeliness"), lambda row: row.said["timeliness"][row.timeliness], 2.3),
        Column("days_overdue", _("Days overdue"), attrgetter("days_overdue"), 1.7, NUMBER),
        Column("closed", _("Closed on"), of("closed_on"), 2.3, DAY),
        Column("outcome", _("Outcome"), of("outcome_note"), 4.4),
        Column("exempt", _("Exempt"), lambda row: row.asked.exempt or row.asked.item_exempt, 1.6, NUMBER),
        Column("old_reference", _("Old reference"), attrgetter("old_reference"), 2.4),
    )
}  # fmt: skip
# As councils have them on their agendas.
USUAL = (
    "reference", "meeting", "item", "text", "answers", "owner", "last_update", "due", "progress", "timeliness",
)  # fmt: skip


def columns_of(board=None):
    """Those that its clerk chose, in their order, or the usual ones; a name that is none of ours any more is left out."""
    chosen = tuple(COLUMNS[name] for name in (board.tracker_columns if board else ()) if name in COLUMNS)
    return chosen or tuple(COLUMNS[name] for name in USUAL)


@dataclass(frozen=True)
class TrackerRows:
    """Makes rows of ids: four queries, for five hundred as for one."""

    snapshot: Snapshot

    def fetch(self, ids):
        on, said = self.snapshot.on, choices_of_the_language()
        found = self.snapshot.recommendations().filter(id__among=ids).order_by().values_list(*ASKED.values())
        # Of those alone that may still be read.
        rows = list(map(Asked._make, found))
        known = array("q", [row.pk for row in rows])
        answers, reports = self.belonging(Response, Answer, known), self.belonging(FollowUpReport, Report, known)
        updates = self.last_updates(known)
        return [
            TrackerRow(row, on, answers[row.pk], reports[row.pk], updates.get(row.pk, (None, "")), said) for row in rows
        ]

    def belonging(self, model, kind, ids):
        """{recommendation: its rows}"""
        found = defaultdict(list)
        rows = model.as_of(self.snapshot.on).filter(recommendation__among=ids).order_by("id")
        for row in map(kind._make, rows.values_list(*kind._fields)):
            found[row.recommendation_id].append(row)
        return found

    def last_updates(self, ids):
        """{recommendation: (day, words) of the last update by then}. A file travels, and the words of an exempt update
        stay here: only what is exempt as a whole, and says so, has them beside it.
        """
        updates = ProgressUpdate.objects.visible_to(self.snapshot.user).filter(
            Q(exempt_paragraph=None) | ~Q(recommendation__exempt_paragraph=None)
            | ~Q(recommendation__item__exempt_paragraph=None),
            recommendation__among=ids, said_on__lte=self.snapshot.on,
        )  # fmt: skip
        latest = updates.order_by().values("recommendation").annotate(latest=Max("id")).values("latest")
        said = ProgressUpdate.objects.filter(id__in=latest).order_by()
        return {key: (on, text) for key, on, text in said.values_list("recommendation_id", "said_on", "text")}


def choices_of_the_language():
    fields = [Recommendation._meta.get_field(name) for name in ("kind", "progress")]
    fields.append(Response._meta.get_field("answer"))
    said = {field.name: choices_in_words(field, get_language()) for field in fields}
    return said | {"timeliness": {kind.value: str(kind.label) for kind in Timeliness}}
