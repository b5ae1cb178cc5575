"""Tells the whole portfolio, meeting by meeting, in pieces that fit into memory."""

import random

from recommendations.models import (
    AccountEvent,
    AgendaItem,
    Board,
    DateChange,
    DiscussionPoint,
    Evidence,
    Following,
    FollowUpReport,
    Meeting,
    Membership,
    Organisation,
    Person,
    ProgressUpdate,
    Recommendation,
    ReferenceCounter,
    Resolution,
    Response,
    User,
    Witness,
)
from recommendations.portfolio.calendars import ADOPTED_AFTER, Calendar
from recommendations.portfolio.councils import Councils
from recommendations.portfolio.ledger import Ledger
from recommendations.portfolio.minutes import Item

# Each after those that it refers to.
MODELS = (
    User, User.groups.through, AccountEvent, Organisation, Board, Membership, Meeting, AgendaItem, Person, Witness,
    DiscussionPoint,
    Resolution, Recommendation, Evidence, FollowUpReport, Response, DateChange, ProgressUpdate, Following, ReferenceCounter,
)  # fmt: skip
PIECE = 2_000
ITEM = 6


def pieces(size, seed, today):
    """(how many recommendations came with it, [(model, columns, rows), …]) of one piece after the other."""
    rng = random.Random(f"portfolio {seed}")
    ledger, calendar = Ledger(MODELS), Calendar(today)
    councils = Councils(ledger, calendar, rng, size)
    told = 0
    for (held, place, meeting), how_many in agenda(councils, size):
        tell_meeting(councils, councils.boards[place], rng, held=held, meeting=meeting, how_many=how_many)
        told += how_many
        if told >= PIECE:
            yield told, list(ledger.take())
            told = 0
    note_numbers(ledger, councils.boards)
    yield told, list(ledger.take())


def agenda(councils, size):
    """(meeting, how many recommendations it makes), in the order of days; no meeting makes less than about one item."""
    last = councils.calendar.today - ADOPTED_AFTER
    held = sorted(
        (day, board.place, key)
        for board in councils.boards
        for day, key in zip(board.sittings.days, board.sittings.keys, strict=True)
        if day < last
    )
    step = max(1, len(held) * ITEM // size)
    chosen = held[::step]
    for number, meeting in enumerate(chosen):
        if how_many := (number + 1) * size // len(chosen) - number * size // len(chosen):
            yield meeting, how_many


def tell_meeting(councils, board, rng, *, held, meeting, how_many):
    number = 0
    while how_many > 0:
        number += 1
        asked = min(how_many, 3 + int(rng.random() * 2 * (ITEM - 3)))
        Item(councils, board, rng, held=held, meeting=meeting, number=number).tell(asked)
        how_many -= asked


def note_numbers(ledger, boards):
    """Where each board's counters stand, so that the next reference is a new one."""
    for board in boards:
        for (letter, year), last in board.numbers.items():
            ledger.add(ReferenceCounter, board_id=board.key, letter=letter, year=year, last_number=last)
