"""From the plan of a tracker to records: all of them, or none."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from recommendations import clock
from recommendations.minutes.adopt import no_regime
from recommendations.minutes.drafts import short_title
from recommendations.minutes.known_organisations import KnownOrganisations
from recommendations.models import (
    AgendaItem,
    FollowUpReport,
    Meeting,
    OldTracker,
    Progress,
    ProgressUpdate,
    Recommendation,
    Response,
)
from recommendations.models.progress import CLOSED
from recommendations.models.recommendations import slug_of

from .plan import REFUSED, THERE, Plan, Planned
from .words import plain

Kind = Recommendation.Kind
# Of an item that the tracker does not name.
UNNAMED = gettext_lazy("From the old tracker")


def bring_in(tracker: OldTracker, *, by, version=None) -> dict:
    """Make what the plan says, and return what came of it. Brought in twice, it adds nothing."""
    with tracker.locked(version=version), tracker.board.locked():
        if tracker.brought_in_on:
            return tracker.came_of_it
        tracker.must_be_open_to(by)
        plan = Plan(tracker)
        made = plan.to_make()
        came_of_it = summary(plan, made)
        Maker(tracker, by).make(made)
        tracker.become_brought_in(came_of_it, by=by)
    return tracker.came_of_it


def summary(plan: Plan, made: list[Planned]) -> dict:
    refused = [[planned.row.where, " ".join(planned.row.refusals)] for planned in plan.rows_with(REFUSED)]
    return {
        "made": len(made),
        "doubtful": sum(bool(planned.row.doubts) for planned in made),
        "there": len(plan.rows_with(THERE)),
        "joined": len(plan.reading.joined),
        "refused": refused,
    }


class Maker:
    """Makes the records of the rows; meetings and items are made once, or found."""

    def __init__(self, tracker, by):
        self.tracker, self.by = tracker, by
        self.meetings, self.items = {}, {}
        # The last position that was given in each item.
        self.positions = {}
        self.organisations, self.no_regime = None, None

    def make(self, rows):
        """What begins with a row is saved together with that of the others; what happens to it then, row by row."""
        self.kept = {slug_of(planned.reference) for planned in rows if planned.reference}
        reasons = [self.tracker.row_name(planned.row.where) for planned in rows]
        begun = [self.begin(planned, why) for planned, why in zip(rows, reasons, strict=True)]
        Recommendation.record_all(begun, by=self.by, reasons=reasons)
        self.keep_words(rows, begun, reasons)
        for planned, recommendation, why in zip(rows, begun, reasons, strict=True):
            for addressee, answer, said in planned.row.answers:
                self.make_answer(recommendation, planned.row, addressee, answer, said, why)
            if recommendation.kind == Kind.REPORT_BACK and planned.standing not in CLOSED:
                self.order_report(recommendation, planned.row, why)
            self.set_progress(recommendation, planned, why)

    def keep_words(self, rows, begun, reasons):
        """One update for each row that says more than its fields hold."""
        said = [
            (self.update(recommendation, planned), why)
            for planned, recommendation, why in zip(rows, begun, reasons, strict=True)
            if planned.row.updates or planned.notes
        ]
        ProgressUpdate.record_all([update for update, _ in said], by=self.by, reasons=[why for _, why in said])

    def update(self, recommendation, planned):
        return ProgressUpdate(
            recommendation=recommendation, text="\n".join([*planned.row.updates, *planned.notes]), said_by=self.by,
            said_on=min(planned.row.updated_on or clock.today(), clock.today()), exempt_paragraph=planned.row.exempt_paragraph,
        )  # fmt: skip

    def begin(self, planned, why):
        row, item = planned.row, self.item_of(planned, why)
        # The date of something to be reported back is that of the report, once there is one.
        is_of_report = planned.kind == Kind.REPORT_BACK and planned.standing not in CLOSED
        dates = {} if is_of_report else {
            "due_on": row.due_on, "original_due_on": row.first_due_on, "times_moved": row.times_moved
        }  # fmt: skip
        self.positions[item.pk] = self.positions.get(item.pk, 0) + 1
        reference = planned.reference or self.next_reference(planned)
        return Recommendation(
            item=item, board=planned.board.now, tracker=self.tracker, line=row.number, position=self.positions[item.pk],
            reference=reference, slug=slug_of(reference), old_reference=row.old_reference or row.reference,
            kind=planned.kind, number=row.printed_number, text=row.text, title=row.title or short_title(row.text),
            owner=planned.owner, exempt_paragraph=row.exempt_paragraph, **dates,
        )  # fmt: skip

    def next_reference(self, planned):
        """One of ours that no other row keeps as its old one."""
        letter = "A" if planned.kind == Kind.ACTION else "R"
        while slug_of(reference := planned.board.next_reference(letter, planned.held_on)) in self.kept:
            continue
        return reference

    def meeting_of(self, board, held_on, why):
        key = board.pk, held_on
        if key not in self.meetings:
            found = Meeting.objects.filter(board=board, held_on=held_on).first()
            self.meetings[key] = found or self.make_meeting(board, held_on, why)
        return self.meetings[key]

    def make_meeting(self, board, held_on, why):
        try:
            with transaction.atomic():
                return Meeting(board=board, held_on=held_on).record(by=self.by, reason=why)
        except IntegrityError:
            # Another clerk adopts minutes of the same new meeting at this moment.
            return Meeting.objects.get(board=board, held_on=held_on)

    def item_of(self, planned, why):
        """The item of the meeting that has the number or the title of the row's; an exempt row's is exempt as well."""
        row, meeting = planned.row, self.meeting_of(planned.board, planned.held_on, why)
        if meeting.pk not in self.items:
            self.items[meeting.pk] = self.items_of(meeting)
        items, title = self.items[meeting.pk], row.item_title or str(UNNAMED)
        for item in items:
            if item.exempt_paragraph == row.exempt_paragraph and is_same_item(item, row.item_number, title):
                return item
        is_free = row.item_number and row.item_number not in {item.number for item in items}
        number = row.item_number if is_free else free_number(items)
        item = AgendaItem(meeting=meeting, number=number, title=title, exempt_paragraph=row.exempt_paragraph)
        item.record(by=self.by, reason=why)
        items.append(item)
        return item

    def items_of(self, meeting):
        """Under a lock of their meeting, as adopting minutes has it, so that numbers are given once."""
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        items = list(meeting.items.order_by("id"))
        for item in items:
            last = item.recommendations.order_by("-position").values_list("position", flat=True).first()
            self.positions[item.pk] = last or 0
        return items

    def order_report(self, recommendation, row, why):
        FollowUpReport.order(
            recommendation, by=self.by, due_on=row.due_on, first_due_on=row.first_due_on, times_moved=row.times_moved,
            reason=why,
        )  # fmt: skip

    def make_answer(self, recommendation, row, addressee, answer, said, why):
        if self.organisations is None:
            self.organisations, self.no_regime = KnownOrganisations(), no_regime()
        organisation = self.organisations.find(addressee)
        regime = organisation.regime if organisation else self.no_regime
        response = Response(
            recommendation=recommendation, addressee=addressee, organisation=organisation, regime=regime
        )
        response.record(by=self.by, reason=why)
        if answer and answer != Response.Answer.AWAITING:
            reasons = f"{said}\n{why}"
            response.answer_with(answer, on=row.answered_on, by=self.by, reasons=reasons)

    def set_progress(self, recommendation, planned, why):
        if planned.standing in CLOSED:
            meeting = self.meeting_of(planned.board, planned.closes_on, why)
            recommendation.close(planned.standing, at=meeting, by=self.by, reason=why, note=planned.row.outcome)
        elif planned.standing != Progress.NOT_STARTED:
            recommendation.change_progress(planned.standing, by=self.by, reason=why)


def is_same_item(item, number, title):
    return item.number.casefold() == number.casefold() if number else plain(item.title) == plain(title)


def free_number(items):
    """ "T1": an item that has a number of its own on no agenda."""
    taken = {item.number for item in items}
    return next(number for number in (f"T{count}" for count in range(1, len(items) + 2)) if number not in taken)
