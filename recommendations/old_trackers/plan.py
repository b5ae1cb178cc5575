"""What will become of each row of a tracker: made, doubtful, refused, or there already. Nothing is written."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recommendations import clock
from recommendations.minutes.outcomes import ask_of
from recommendations.models import Board, Meeting, OldTracker, Progress, Recommendation, User
from recommendations.models.progress import CLOSED
from recommendations.models.recommendations import slug_of

from . import reading, words
from .days import in_words
from .owners import KnownOwners
from .rows import Row
from .words import plain

MAKE, DOUBTFUL, REFUSED, THERE = "make", "doubtful", "refused", "there"
FATES = {
    MAKE: gettext_lazy("Will be made"),
    DOUBTFUL: gettext_lazy("Doubtful, and will be made"),
    REFUSED: gettext_lazy("Refused"),
    THERE: gettext_lazy("There already"),
}


class Existing(NamedTuple):
    """As much of a recommendation as tells whether a row is one."""

    pk: int
    reference: str
    slug: str
    old_reference: str
    words: str
    board: int
    held_on: datetime.date
    tracker: int | None

    @property
    def is_from_tracker(self) -> bool:
        return self.tracker is not None


@dataclass
class Planned:
    """One row with what is to be made of it."""

    row: Row
    board: Board
    held_on: datetime.date | None = None
    owner: User | None = None
    standing: Progress = Progress.NOT_STARTED
    closes_on: datetime.date | None = None
    kind: str = ""
    # Kept as the reference for ever; "" where it gets one of ours.
    reference: str = ""
    there: Existing | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def fate(self) -> str:
        if self.there:
            return THERE
        if self.row.refusals:
            return REFUSED
        return DOUBTFUL if self.row.doubts else MAKE

    @property
    def standing_label(self) -> str:
        return str(self.standing.label)

    @property
    def kind_label(self) -> str:
        return str(Recommendation.Kind(self.kind).label)

    def is_to_be_made(self) -> bool:
        return self.fate in (MAKE, DOUBTFUL)


class Plan:
    """Of a whole tracker. Six queries, whatever its length."""

    def __init__(self, tracker: OldTracker) -> None:
        self.tracker, self.today = tracker, clock.today()
        self.boards = {plain(name): board for board in Board.objects.all() for name in (board.code, board.name)}
        self.owners = KnownOwners()
        self.columns = {**reading.columns_of(tracker.tables), **tracker.columns}
        self.reading = reading.read(
            tracker.tables, self.columns, fills_down=tracker.fills_down, boards=frozenset(self.boards)
        )
        self.rows = [Planned(row, self._board_of(row)) for row in self.reading.rows]
        self._look_around()
        for planned in self.rows:
            self._plan(planned)
        self._find_those_there()
        self._give_references()

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(planned.fate for planned in self.rows)
        return {fate: found[fate] for fate in FATES}

    def to_make(self) -> list[Planned]:
        return [planned for planned in self.rows if planned.is_to_be_made()]

    def rows_with(self, fate: str) -> list[Planned]:
        return [planned for planned in self.rows if not fate or planned.fate == fate]

    # What the tracker leaves open

    @property
    def undated(self) -> int:
        """Rows that name no meeting."""
        return sum(not row.day for row in self.reading.rows if row.text)

    def statuses(self) -> list[tuple[str, int, str, bool]]:
        """(as written, how often, progress or "", whether it says exactly that) of every status, the commonest first."""
        found = Counter(row.status for row in self.reading.rows if row.status and row.text)
        return [(status, count, *self._progress_of(status)) for status, count in found.most_common()]

    def people(self) -> list[tuple[str, int, User | None, bool]]:
        """(as written, how often, the officer or None, whether that is sure) of every owner, the commonest first."""
        found = Counter(row.owner for row in self.reading.rows if row.owner and row.text)
        return [(owner, count, *self._owner_of(owner)) for owner, count in found.most_common()]

    # Around the rows

    def _board_of(self, row: Row) -> Board:
        if not row.board:
            return self.tracker.board
        if board := self.boards.get(plain(row.board)):
            return board
        row.doubt(
            _("“%(name)s” is no board here; %(board)s is taken.") % {"name": row.board, "board": self.tracker.board}
        )
        return self.tracker.board

    def _look_around(self) -> None:
        """The meetings and the recommendations of the boards."""
        ids = {planned.board.pk for planned in self.rows}
        self.meetings: dict[int, set[datetime.date]] = defaultdict(set)
        for board, held_on in Meeting.objects.filter(board__in=ids).values_list("board", "held_on"):
            self.meetings[board].add(held_on)
        for planned in self.rows:
            if planned.row.day and planned.row.day <= self.today:
                self.meetings[planned.board.pk].add(planned.row.day)
        of_meeting = ("item__meeting__board", "item__meeting__held_on")
        named = ("pk", "reference", "slug", "old_reference", "text", *of_meeting, "tracker")
        of_boards = Recommendation.objects.filter(Q(item__meeting__board__in=ids) | Q(board__in=ids))
        found = of_boards.order_by("pk").values_list(*named)
        self.existing = [Existing._make([*row[:4], plain(row[4]), *row[5:]]) for row in found]
        slugs = {slug_of(planned.row.reference) for planned in self.rows if planned.row.has_telling_reference}
        self.taken = set(Recommendation.objects.filter(slug__in=slugs).values_list("slug", flat=True))

    # One row

    def _plan(self, planned: Planned) -> None:
        row = planned.row
        if not row.text:
            return
        planned.held_on = self._day_of(planned)
        planned.kind = row.kind or ask_of(row.text)
        if row.owner:
            planned.owner, is_sure = self._owner_of(row.owner)
            if not is_sure:
                planned.notes.append(_("Owner in the old tracker: %(owner)s") % {"owner": row.owner})
            if row.owner not in self.tracker.owners:
                self._doubt_owner(row, planned.owner, is_sure)
        self._plan_progress(planned)
        self._plan_answers(planned)
        self._note_what_is_left(planned)

    def _day_of(self, planned: Planned) -> datetime.date | None:
        row = planned.row
        if row.day and row.day > self.today:
            row.refusals.append(_("The day of the meeting, %(day)s, lies ahead.") % {"day": in_words(row.day)})
        on = row.day or self._only_meeting_in(planned) or self.tracker.held_on
        if on is None:
            row.refusals.append(
                _("It names no day of a meeting. On the page of columns, name a meeting for such rows.")
            )
        return on

    def _only_meeting_in(self, planned: Planned) -> datetime.date | None:
        """Of a month without a day: where the board met once in it, that is meant."""
        held = [on for on in self.meetings[planned.board.pk] if (on.year, on.month) == planned.row.month]
        if len(held) != 1:
            return None
        planned.row.doubt(
            _("The meeting of %(day)s is taken, the only one of that month.") % {"day": in_words(held[0])}
        )
        return held[0]

    def _owner_of(self, owner: str) -> tuple[User | None, bool]:
        if owner in self.tracker.owners:
            said = self.owners.people.get(self.tracker.owners[owner])
            return said, said is not None and plain(said.full_name) == plain(owner)
        return self.owners.find(owner)

    def _doubt_owner(self, row: Row, owner: User | None, is_sure: bool) -> None:
        if owner is None:
            row.doubt(
                _("No officer here is called “%(owner)s”; it comes in without an owner.") % {"owner": row.owner[:80]}
            )
        elif not is_sure:
            row.doubt(_("“%(name)s” is taken for %(owner)s.") % {"name": row.owner[:80], "owner": owner})

    def _progress_of(self, status: str) -> tuple[str, bool]:
        if status in self.tracker.statuses:
            return self.tracker.statuses[status], True
        return words.progress_of(status)

    def _plan_progress(self, planned: Planned) -> None:
        row = planned.row
        found, is_exact = self._progress_of(row.status) if row.status else ("", True)
        progress = Progress(found or Progress.NOT_STARTED)
        if row.status and not is_exact and not row.status.startswith("("):
            told = _("The status “%(status)s” is not known; it comes in as “not started”.")
            if found:
                told = _("The status “%(status)s” is taken as “%(progress)s”.")
            row.doubt(told % {"status": row.status, "progress": progress.label.lower()})
        if row.status and plain(row.status) != plain(str(progress.label)):
            planned.notes.append(_("Status in the old tracker: %(status)s") % {"status": row.status})
        planned.standing = progress
        if progress in CLOSED and planned.held_on:
            self._plan_closing(planned, planned.held_on)

    def _plan_closing(self, planned: Planned, asked_on: datetime.date) -> None:
        """The meeting that the row names, the first after it was completed, or the one that the clerk named."""
        row = planned.row
        days = [row.closed_on, self._first_meeting_after(planned, asked_on), self.tracker.closes_on]
        planned.closes_on = next((on for on in days if on and asked_on <= on <= self.today), None)
        if planned.closes_on:
            return
        if planned.standing == Progress.IMPLEMENTED:
            planned.standing = Progress.REPORTED_COMPLETE
            row.doubt(
                _("No meeting that closed it is known, so it comes in as “reported complete”, for the Board to close.")
            )
        else:
            row.refusals.append(
                _("It is closed, but at which meeting? On the page of columns, name one for such rows.")
            )

    def _first_meeting_after(self, planned: Planned, asked_on: datetime.date) -> datetime.date | None:
        done = planned.row.completed_on
        if not done:
            return None
        after = [on for on in self.meetings[planned.board.pk] if done <= on <= self.today and on >= asked_on]
        if not after:
            return None
        planned.row.doubt(
            _("It was completed on %(day)s; the next meeting, of %(next_day)s, closed it.")
            % {"day": in_words(done), "next_day": in_words(min(after))}
        )
        return min(after)

    def _plan_answers(self, planned: Planned) -> None:
        """What nobody has answered is awaited while it is open; who was to answer what is closed is worth a note."""
        row = planned.row
        if row.answered_on and row.answered_on > self.today:
            row.doubt(
                _("The day of the answer, %(day)s, lies ahead; that of today is taken.")
                % {"day": in_words(row.answered_on)}
            )
            row.answered_on = None
        elif any(answer not in ("", "awaiting") for _name, answer, _reasons in row.answers) and not row.answered_on:
            row.doubt(_("It does not say when it was answered; the day of today is taken."))
        if planned.standing in CLOSED:
            planned.notes += [
                _("Addressee: %(name)s") % {"name": name} for name, answer, _reasons in row.answers if not answer
            ]
            row.answers = [one for one in row.answers if one[1]]

    def _note_what_is_left(self, planned: Planned) -> None:
        """What the tracker knows and no field of the records can hold as things are."""
        row, is_closed = planned.row, planned.standing in CLOSED
        if row.outcome and not is_closed:
            planned.notes.append(_("Outcome: %(outcome)s") % {"outcome": row.outcome})
        if row.completed_on:
            planned.notes.append(_("Completed on %(day)s") % {"day": in_words(row.completed_on)})
        if row.answered_on and not row.answers:
            planned.notes.append(_("Answered or considered on %(day)s") % {"day": in_words(row.answered_on)})

    # Those that are there

    def _find_those_there(self) -> None:
        by_reference: dict[str, list[Existing]] = defaultdict(list)
        by_words: dict[tuple[str, int], list[Existing]] = defaultdict(list)
        for one in self.existing:
            for reference in {one.reference, one.old_reference} - {""}:
                by_reference[reference].append(one)
            by_words[one.words, one.board].append(one)
        often = Counter(planned.row.reference for planned in self.rows)
        for planned in self.rows:
            same = by_reference[planned.row.reference] if planned.row.has_telling_reference else []
            alike = by_words[plain(planned.row.text), planned.board.pk]
            planned.there = self._one_of(planned, same, alike, is_alone=often[planned.row.reference] == 1)

    def _one_of(
        self, planned: Planned, same: list[Existing], alike: list[Existing], *, is_alone: bool
    ) -> Existing | None:
        """By the old reference and the words; by the words and the meeting; by the reference and the meeting.

        A row that names no day is the one of these words that a tracker brought before, at whatever meeting it was put.
        """
        row = planned.row
        kept = {"", row.reference} if row.has_telling_reference else None
        others = [one for one in alike if kept is None or one.old_reference in kept]
        found = [one for one in same if one.words == plain(row.text)]
        found += [one for one in others if one.held_on == planned.held_on or (not row.day and one.is_from_tracker)]
        found += [one for one in same if is_alone and one.held_on == planned.held_on]
        return found[0] if found else None

    def _give_references(self) -> None:
        """The old one where it is nobody else's, for ever; one of ours, with the old one beside it, where it is."""
        taken = set(self.taken)
        for planned in self.to_make():
            row, slug = planned.row, slug_of(planned.row.reference)
            if not row.has_telling_reference or not slug:
                continue
            if slug in taken:
                row.doubt(
                    _("The reference %(reference)s is taken; it gets one of ours, with this one beside it.")
                    % {"reference": row.reference}
                )
            else:
                planned.reference = row.reference
                taken.add(slug)


__all__ = ["DOUBTFUL", "FATES", "MAKE", "REFUSED", "THERE", "Plan", "Planned"]
