"""The tracker of recommendations: every column it can have, the usual ones, and its rows with all that stands in them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from recommendations.models import FollowUpReport, ProgressUpdate, Recommendation, Response, Snapshot, Timeliness

from .tables import DAY, NUMBER, Column


@dataclass(frozen=True)
class TrackerRow:
    """A recommendation as it stood on a day, with its answers, its reports and what was last said of it."""

    recommendation: Recommendation
    on: date
    answers: list[Response] = field(default_factory=list)
    reports: list[FollowUpReport] = field(default_factory=list)
    last_update: ProgressUpdate | None = None

    @property
    def pk(self):
        return self.recommendation.pk

    @property
    def is_action(self):
        return self.recommendation.kind == Recommendation.Kind.ACTION

    @property
    def awaited_report(self):
        return next((report for report in self.reports if report.is_outstanding), None)

    @property
    def dated(self):
        """What has the date: of something to be reported back without a date of its own, the report that is awaited."""
        one = self.recommendation
        waits = one.kind == Recommendation.Kind.REPORT_BACK and one.due_on is None and one.is_open
        return (self.awaited_report if waits else None) or one

    @property
    def days_overdue(self):
        """Of what is longest overdue; nothing where nothing is."""
        late = [one for one in (self.recommendation, *self.reports, *self.answers) if one.is_overdue(self.on)]
        return max(((self.on - one.due_on).days for one in late), default=None)

    @property
    def answers_in_words(self):
        """ "Police: Accepted; Cabinet: Awaiting an answer". What parts them cannot stand within a name."""
        names = {";": ",", ":": ",", "\n": " "}
        pairs = [(one.addressee.translate(str.maketrans(names)), one.get_answer_display()) for one in self.answers]
        return "; ".join(f"{addressee}: {answer}" for addressee, answer in pairs)

    @property
    def last_answered_on(self):
        return max((one.answered_on for one in self.answers if one.answered_on), default=None)

    @property
    def followed_up_by(self):
        """Where it is not the board that made it."""
        one = self.recommendation
        return one.board.name if one.board_id != one.item.meeting.board_id else ""

    @property
    def exempt_under(self):
        one = self.recommendation
        return one.exempt_paragraph or one.item.exempt_paragraph

    @property
    def old_reference(self):
        one = self.recommendation
        return one.old_reference if one.old_reference != one.reference else ""


def of(name):
    """What the recommendation itself holds under that name; a choice in words."""

    def value(row):
        display = getattr(row.recommendation, f"get_{name}_display", None)
        return display() if display else getattr(row.recommendation, name)

    return value


# Old trackers are brought in by these headings too (old_trackers/headings.py), so that our own come back as themselves.
COLUMNS = {
    column.name: column
    for column in (
        Column("reference", _("Reference"), of("reference"), 2.4),
        Column("board", _("Board"), lambda row: row.recommendation.item.meeting.board.name, 3.0),
        Column("followed_up_by", _("Followed up by"), lambda row: row.followed_up_by, 3.0),
        Column("meeting", _("Meeting"), lambda row: row.recommendation.item.meeting.held_on, 2.3, DAY),
        Column("item_number", _("Item number"), lambda row: row.recommendation.item.number, 1.6),
        Column("item", _("Item"), lambda row: row.recommendation.item.title, 3.2),
        Column("number", _("Number in the minutes"), of("number"), 1.8),
        Column("text", _("Recommendation"), of("text"), 6.6),
        Column("title", _("Short title"), of("title"), 3.6),
        Column("kind", _("Kind"), of("kind"), 2.0),
        Column("answers", _("Answers"), lambda row: row.answers_in_words, 3.4),
        Column("answered", _("Answered on"), lambda row: row.last_answered_on, 2.3, DAY),
        Column(
            "owner", _("Owner"), lambda row: row.recommendation.owner.full_name if row.recommendation.owner else "", 2.3
        ),
        Column("last_update", _("Last update"), lambda row: row.last_update.text if row.last_update else "", 4.4),
        Column(
            "last_update_on", _("Last update on"), lambda row: row.last_update.said_on if row.last_update else None,
            2.3, DAY,
        ),
        Column("due", _("Due date"), lambda row: row.dated.due_on, 2.3, DAY),
        Column("first_due", _("First due date"), lambda row: row.dated.original_due_on, 2.3, DAY),
        Column("times_moved", _("Times moved"), lambda row: row.dated.times_moved, 1.5, NUMBER),
        Column("slipped", _("Days slipped"), lambda row: row.recommendation.slipped, 1.6, NUMBER),
        Column(
            "next_report", _("Next follow-up report"), lambda row: row.awaited_report and row.awaited_report.due_on,
            2.4, DAY,
        ),
        Column("progress", _("Progress"), of("progress"), 2.4),
        Column("timeliness", _("Timeliness"), lambda row: Timeliness(row.recommendation.timeliness).label, 2.3),
        Column("days_overdue", _("Days overdue"), lambda row: row.days_overdue, 1.7, NUMBER),
        Column("closed", _("Closed on"), of("closed_on"), 2.3, DAY),
        Column("outcome", _("Outcome"), of("outcome_note"), 4.4),
        Column("exempt", _("Exempt"), lambda row: row.exempt_under, 1.6, NUMBER),
        Column("old_reference", _("Old reference"), lambda row: row.old_reference, 2.4),
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
    """Makes rows of ids, in as many queries for five hundred as for one."""

    snapshot: Snapshot

    def fetch(self, ids):
        return self.complete(self.snapshot.recommendations().filter(id__in=ids))

    def complete(self, recommendations):
        rows = self.snapshot.complete(recommendations)
        ids, on = [row.pk for row in rows], self.snapshot.on
        answers, reports = (
            self.belonging(model.as_of(on).filter(recommendation__in=ids).order_by("id"), rows)
            for model in (Response, FollowUpReport)
        )
        prefetch_related_objects([one for ones in answers.values() for one in ones], "regime", "organisation")
        said = self.last_updates(ids)
        return [TrackerRow(row, on, answers[row.pk], reports[row.pk], said.get(row.pk)) for row in rows]

    @staticmethod
    def belonging(rows, recommendations):
        """{recommendation: its rows}, each with it at hand."""
        known, found = {one.pk: one for one in recommendations}, defaultdict(list)
        for row in rows:
            row.recommendation = known[row.recommendation_id]
            found[row.recommendation_id].append(row)
        return found

    def last_updates(self, ids):
        """{recommendation: the last update by then}. A file travels, and the words of an exempt update stay here: only
        what is exempt as a whole, and says so, has them beside it.
        """
        updates = ProgressUpdate.objects.visible_to(self.snapshot.user).filter(
            Q(exempt_paragraph=None) | ~Q(recommendation__exempt_paragraph=None)
            | ~Q(recommendation__item__exempt_paragraph=None),
            recommendation__in=ids, said_on__lte=self.snapshot.on,
        )  # fmt: skip
        latest = updates.order_by().values("recommendation").annotate(latest=Max("id")).values("latest")
        return {update.recommendation_id: update for update in ProgressUpdate.objects.filter(id__in=latest)}
