"""Who there is in the portfolio: councils' boards with their meetings, the people who serve them, the bodies they address."""

import json
from itertools import count, product

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group

from recommendations import permissions
from recommendations.models import AccountEvent, Board, Meeting, Membership, Organisation, ResponseRegime, User
from recommendations.portfolio import phrases
from recommendations.portfolio.calendars import Sittings

WHY = "Made for a portfolio"
ADDRESSES = "@portfolio.example.org"
BOARD_FOR = 3_000
OFFICER_FOR = 250
BOARDS_OF_A_CLERK = 4
MEMBERS_OF_A_BOARD = 8
OFFICERS_OF_A_BOARD = 12


class BoardAtWork:
    """One board: who clerks for it, who answers to it, when it meets, and which numbers it has given out."""

    def __init__(self, place, key, theme, matters):
        self.place, self.key, self.theme, self.matters = place, key, theme, matters
        self.clerk, self.officers, self.members, self.sittings = 0, [], [], None
        self.code, self.town, self.speakers, self.numbers = "", "", [], {}

    def next_number(self, letter, year):
        self.numbers[letter, year] = number = self.numbers.get((letter, year), 0) + 1
        return number


class Councils:
    """Enters people, boards, bodies and meetings, all a month before the first meeting."""

    def __init__(self, ledger, calendar, rng, size):
        self.ledger, self.calendar, self.rng = ledger, calendar, rng
        self.count = max(2, round(size / BOARD_FOR))
        self.officers_count = max(3, round(size / OFFICER_FOR))
        self.at = count()
        self.groups = dict(Group.objects.values_list("name", "pk"))
        self.regimes = {regime.code: regime for regime in ResponseRegime.objects.all()}
        self.enter_people()
        self.boards = [self.enter_board(place) for place in range(self.count)]
        self.enter_bodies()
        for board in self.boards:
            self.enter_meetings(board)

    def moment(self):
        tick = next(self.at)
        return self.calendar.moment(self.calendar.entered, min(tick // 60, 479), tick)

    def enter(self, model, **values):
        return self.ledger.enter(model, at=self.moment(), why=WHY, **values).pk

    def enter_people(self):
        self.clerks = self.people(permissions.CLERKS, -(-self.count // BOARDS_OF_A_CLERK), "Scrutiny Officer")
        self.officers = self.people(permissions.OFFICERS, self.officers_count, None)
        self.members = self.people(permissions.MEMBERS, self.count * MEMBERS_OF_A_BOARD, "Councillor")

    def people(self, role, how_many, post):
        return [self.person(role, number, post) for number in range(1, how_many + 1)]

    def person(self, role, number, post):
        name = f"{self.rng.choice(phrases.FORENAMES)} {self.rng.choice(phrases.SURNAMES)}"
        matters = phrases.THEMES[number % len(phrases.THEMES)][2]
        post = post or f"{self.rng.choice(phrases.POSTS)} {self.rng.choice(matters)}"
        # As `enter` leaves it, without the random part: nobody signs in with it, and the same seed makes the same row.
        key = self.enter(
            User, email=f"{role.lower()[:-1]}.{number}{ADDRESSES}", full_name=name, job_title=post,
            password=f"{UNUSABLE_PASSWORD_PREFIX}portfolio",
        )  # fmt: skip
        self.ledger.add(User.groups.through, user_id=key, group_id=self.groups[role])
        # So that everything they do from now on was done by somebody entitled to it.
        rights = {
            "kind": AccountEvent.Kind.RIGHTS_CHANGED.value,
            "roles_before": "[]",
            "roles_after": json.dumps([role]),
        }
        self.ledger.add(AccountEvent, at=self.moment(), person_id=key, words=WHY, **rights)
        return key

    def enter_board(self, place):
        codes = list(product(phrases.PLACES, phrases.THEMES))
        town, (letters, name, matters) = codes[place % len(codes)]
        again = place // len(codes)
        board = BoardAtWork(place, 0, name, matters)
        board.town, board.code = phrases.PLACES[town], f"{town}{letters}{again or ''}"
        board.clerk = self.clerks[place // BOARDS_OF_A_CLERK]
        board.members = self.members[place * MEMBERS_OF_A_BOARD :][:MEMBERS_OF_A_BOARD]
        start = place * OFFICERS_OF_A_BOARD
        board.officers = [self.officers[(start + step) % len(self.officers)] for step in range(OFFICERS_OF_A_BOARD)]
        board.key = self.enter(
            Board,
            code=board.code,
            name=f"{board.town} {name}{f' {again + 1}' if again else ''}",
            chair_id=board.members[0],
        )
        for user in (board.clerk, *board.members):
            self.enter(Membership, user_id=user, board_id=board.key, since=self.calendar.name(self.calendar.entered))
        return board

    def enter_bodies(self):
        """The bodies of the reference data answer to every board, those of a place to its own."""
        known = Organisation.objects.exclude(regime__code="none").select_related("regime").order_by("pk")
        everywhere = [(body.pk, body.name, body.regime) for body in known]
        rules = ((" NHS Foundation Trust", "nhs"), (" Police", "crime_and_disorder"), (" District Council", "local"))
        self.bodies = {}
        for town in dict.fromkeys(board.town for board in self.boards):
            local = [(f"{town}{kind}", self.regimes[rule]) for kind, rule in rules]
            entered = [(self.enter(Organisation, name=name, regime_id=rule.pk), name, rule) for name, rule in local]
            self.bodies[town] = everywhere + entered

    def enter_meetings(self, board):
        board.sittings = Sittings(self.calendar, board.place)
        board.sittings.keys = [
            self.enter(Meeting, board_id=board.key, held_on=self.calendar.name(day), place=f"County Hall, {board.town}")
            for day in board.sittings.days
        ]
