"""One agenda item of the portfolio: who spoke, what was said, what was asked, and what became of each."""

from recommendations.models import (
    AgendaItem,
    DiscussionPoint,
    Evidence,
    Following,
    FollowUpReport,
    Person,
    Recommendation,
    Repeats,
    Resolution,
    Witness,
)
from recommendations.models.boards import reference_like
from recommendations.models.recommendations import slug_of
from recommendations.portfolio import phrases
from recommendations.portfolio.lives import ACTION, CONSIDER, DO, REPORT_BACK, TERMS, Life, Reply

ORIGIN = "Adopted from the minutes"
KINDS = (DO,) * 5 + (CONSIDER,) * 2 + (REPORT_BACK,) * 2 + (ACTION,)
SENTENCES = {DO: phrases.DOING, CONSIDER: phrases.CONSIDERING, REPORT_BACK: phrases.REPORTING, ACTION: phrases.ASKING}
SPEAKERS_OF_A_BOARD = 25


class Item:
    """Tells one item; `day` is that of the adoption, from which every life in it starts."""

    origin = ORIGIN

    def __init__(self, councils, board, rng, *, held, meeting, number):
        self.ledger, self.calendar, self.rng = councils.ledger, councils.calendar, rng
        self.board, self.bodies = board, councils.bodies[board.town]
        self.held, self.meeting, self.number = held, meeting, number
        self.day = self.calendar.working(held + 3 + int(rng.random() * 4))
        self.tick = 10 * number
        self.matter = rng.choice(board.matters)
        self.report = None

    def words(self, choices):
        rng = self.rng
        return rng.choice(choices).format(
            matter=self.matter, where=rng.choice(phrases.WHERE), number=int(3 + rng.random() * 60)
        )

    def an_officer(self):
        return self.rng.choice(self.board.officers)

    def keep(self, model, **values):
        """A record that stands in the minutes, as it was adopted."""
        at = self.calendar.moment(self.day, self.tick, self.number)
        return self.ledger.enter(model, at=at, by=self.board.clerk, why=ORIGIN, **values)

    def tell(self, how_many):
        """All of it, with `how_many` recommendations."""
        rng = self.rng
        self.exempt = 1 + int(rng.random() * 7) if rng.random() < 0.008 else None
        self.item = self.keep(
            AgendaItem, meeting_id=self.meeting, number=str(self.number), title=self.title(), exempt_paragraph=self.exempt,
            purpose=f"To scrutinise {self.matter} {rng.choice(phrases.WHERE)}.",
            declarations=None if rng.random() < 0.3 else "None",
        ).pk  # fmt: skip
        self.points = [
            self.keep(
                DiscussionPoint, item_id=self.item, position=place, number=str(place), text=self.words(phrases.SAYING)
            ).pk
            for place in range(1, 3 + int(rng.random() * 3))
        ]
        self.witnesses = [self.witness(place) for place in range(1, 2 + int(rng.random() * 2))]
        if rng.random() < 0.5:
            text = f"The Board thanked the witnesses for their candour on {self.matter}."
            self.keep(Resolution, item_id=self.item, position=1, text=text)
        for position in range(1, how_many + 1):
            self.ask(position)

    def title(self):
        return self.matter[:1].upper() + self.matter[1:]

    def witness(self, position):
        name, person, role, body = self.rng.choice(self.speakers())
        return self.keep(
            Witness, item_id=self.item, position=position, name=name, role=role, organisation=body, person_id=person,
            as_printed=f"{name}, {role}, {body}",
        ).pk  # fmt: skip

    def speakers(self):
        """The people who speak to this board; each meeting may bring a new one, until there are enough."""
        known = self.board.speakers
        if not known or (len(known) < SPEAKERS_OF_A_BOARD and self.rng.random() < 0.5):
            name = f"{self.rng.choice(phrases.FORENAMES)} {self.rng.choice(phrases.SURNAMES)}"
            role = f"{self.rng.choice(phrases.POSTS)} {self.rng.choice(self.board.matters)}"
            body = f"{self.board.town} {self.rng.choice(phrases.BODIES)}"
            known.append((name, self.keep(Person, name=name).pk, role, body))
        return known

    def ask(self, position):
        kind = self.rng.choice(KINDS)
        record = self.recommendation(kind, position)
        self.tick = 10 * self.number + position
        if self.rng.random() < 0.3:
            self.link(record)
        if kind == REPORT_BACK:
            self.report = self.order(record)
        lives = [Life(self, record, self.day, 120)]
        if kind != ACTION and self.rng.random() < 0.5:
            lives.append(Reply(self, record, self.day, 300))
        for life in lives:
            life.tell()
        if self.rng.random() < 0.01:
            self.follow(record)

    def recommendation(self, kind, position):
        rng = self.rng
        asked = f"{rng.choice(SENTENCES[kind])} {self.matter} {rng.choice(phrases.WHERE)}"
        when = f", {rng.choice(phrases.WHEN)}" if rng.random() < 0.4 else ""
        given = rng.random()
        due_on = self.due() if kind != REPORT_BACK and given < 0.9 else None
        exempt = self.exempt or (1 + int(rng.random() * 7) if rng.random() < 0.006 else None)
        reference = self.reference("A" if kind == ACTION else "R")
        return self.keep(
            Recommendation, item_id=self.item, board_id=self.board.key, kind=kind, number=str(position), position=position,
            reference=reference, slug=slug_of(reference), title=asked[:1].upper() + asked[1:],
            text=f"That {rng.choice(phrases.ACTORS)} {asked}{when}.", exempt_paragraph=exempt, due_on=due_on,
            original_due_on=due_on, owner_id=self.an_officer() if given < 0.85 else None,
        )  # fmt: skip

    def reference(self, letter):
        day = self.calendar.date(self.held)
        scheme = "{board} {letter}{number}/{year}"
        return reference_like(
            scheme, self.board.code, letter, self.board.next_number(letter, f"{day.year % 100:02}"), day
        )

    def due(self):
        return self.calendar.name(self.day + self.rng.choice(TERMS) + int(self.rng.random() * 20))

    def order(self, record):
        due_on = self.due() if self.rng.random() < 0.96 else None
        repeats = self.rng.choice(Repeats.values) if due_on and self.rng.random() < 0.08 else None
        return self.keep(
            FollowUpReport, recommendation_id=record.pk, due_on=due_on, original_due_on=due_on, repeats=repeats
        )

    def link(self, record):
        about = {"point_id": self.rng.choice(self.points)}
        if self.rng.random() < 0.4:
            about = {"witness_id": self.rng.choice(self.witnesses)}
        self.keep(Evidence, recommendation_id=record.pk, **about)

    def follow(self, record):
        member = self.rng.choice(self.board.members)
        at = self.calendar.moment(self.day, 400, record.pk)
        self.ledger.enter(Following, at=at, by=member, user_id=member, recommendation_id=record.pk)
