"""The life of one recommendation, step by step as the verbs would have taken it, until it reaches today."""

from recommendations.models import (
    Answer,
    DateChange,
    FollowUpReport,
    Progress,
    ProgressUpdate,
    Response,
    Verdict,
)
from recommendations.models.follow_ups import months_after
from recommendations.portfolio import phrases

DO, CONSIDER, REPORT_BACK, ACTION = "do", "consider", "report_back", "action"
# How long a board gives, in days.
TERMS = (90, 120, 180, 180, 180, 240, 270, 365, 365)


class StillToCome(Exception):
    """What would happen next lies ahead of today."""


class Life:
    """Of one recommendation: the day it has reached, who acts, and the record itself."""

    def __init__(self, teller, record, day, tick):
        self.teller, self.ledger, self.calendar, self.rng = teller, teller.ledger, teller.calendar, teller.rng
        self.record, self.day, self.tick = record, day, tick
        self.board, self.matter = teller.board, teller.matter
        self.clerk, self.owner = teller.board.clerk, record["owner_id"]

    def chance(self, share):
        return self.rng.random() < share

    def words(self, choices):
        return self.teller.words(choices)

    def reach(self, day):
        """Go on to the working day `day`, never back; nothing is told of today or later."""
        self.day = max(self.day, self.calendar.working(day))
        if self.day >= self.calendar.today:
            raise StillToCome
        return self.calendar.name(self.day)

    @property
    def now(self):
        """The next minute: what comes later in a life has a later moment."""
        self.tick += 1
        return self.calendar.moment(self.day, self.tick, self.record.pk)

    def someone(self):
        """The owner, mostly; else the clerk writes what the owner told."""
        return self.owner if self.owner and self.chance(0.85) else self.clerk

    def step(self, to, *, by, why="", **values):
        self.record.change(at=self.now, by=by, why=why, progress=to.value, **values)

    def tell(self):
        """All of it that has happened."""
        try:
            self.give_owner()
            self.begin()
            if self.record["kind"] == REPORT_BACK:
                self.report_back()
            else:
                self.get_it_done()
            self.end()
        except StillToCome:
            return

    def give_owner(self):
        """Most have an owner and a date in the minutes; others get both from the clerk, a few only after a year or two."""
        if self.owner:
            return
        self.reach(self.day + (3 if self.chance(0.85) else 200 + int(self.rng.random() * 500)))
        self.owner = self.teller.an_officer()
        self.record.change(at=self.now, by=self.clerk, owner_id=self.owner)
        if self.record["kind"] != REPORT_BACK and self.record["due_on"] is None and self.chance(0.9):
            due_on = self.calendar.name(self.day + self.rng.choice(TERMS))
            self.record.change(at=self.now, by=self.clerk, due_on=due_on, original_due_on=due_on)

    def begin(self):
        start = self.day
        if self.chance(0.62):
            self.reach(start + 7 + int(self.rng.random() * 50))
            self.step(Progress.IN_PROGRESS, by=self.someone())
            if self.chance(0.3):
                self.say()
        if self.chance(0.04):
            self.reach(self.day + 20)
            self.step(Progress.PAUSED, by=self.someone(), why=self.rng.choice(phrases.PAUSES))
            self.reach(self.day + 30 + int(self.rng.random() * 100))
            self.step(Progress.IN_PROGRESS, by=self.someone())
        if self.chance(0.04):
            self.reach(self.day + 10)
            successor = self.teller.an_officer()
            if successor != self.owner:
                self.owner = successor
                self.record.change(at=self.now, by=self.clerk, owner_id=successor)

    def say(self):
        self.ledger.enter(
            ProgressUpdate, at=self.now, by=(who := self.someone()), recommendation_id=self.record.pk, said_by_id=who,
            text=self.words(phrases.PROGRESS), said_on=self.calendar.name(self.day),
        )  # fmt: skip

    # Dates

    def ordinal(self, name):
        return self.calendar.ordinal(name)

    def slip(self, record):
        """The due date of a recommendation or a report moves once or twice: asked for by its owner, or set by the clerk."""
        for share in (0.16, 0.3):
            if record["due_on"] is None or not self.chance(share):
                return
            due = self.ordinal(record["due_on"])
            if self.day > due - 3:
                return
            self.reach(due - 3 - int(self.rng.random() * 20))
            self.move(record, due + 28 + int(self.rng.random() * 90))

    def move(self, record, to):
        why, today, to_on = self.rng.choice(phrases.DELAYS), self.calendar.name(self.day), self.calendar.name(to)
        about = {} if record is self.record else {"follow_up_id": record.pk}
        asked = {
            "recommendation_id": self.record.pk, "from_on": record["due_on"], "to_on": to_on, "reason": why,
            "asked_on": today, **about,
        }  # fmt: skip
        granted = {"decision": DateChange.Decision.GRANTED.value, "decided_by_id": self.clerk}
        if self.chance(0.5):
            at = self.now
            self.ledger.enter(
                DateChange, at=at, by=self.clerk, why=why, asked_by_id=self.clerk, decided_on=today, **asked, **granted
            )
        else:
            change = self.ledger.enter(DateChange, at=self.now, by=self.owner, why=why, asked_by_id=self.owner, **asked)
            today = self.reach(self.day + 2 + int(self.rng.random() * 10))
            if self.chance(0.1):
                why = self.rng.choice(phrases.RETURNS)
                refused = DateChange.Decision.REFUSED.value
                change.change(
                    at=self.now, by=self.clerk, why=why, decision=refused, decision_reason=why, decided_by_id=self.clerk,
                    decided_on=today,
                )  # fmt: skip
                return
            change.change(at=(at := self.now), by=self.clerk, why=why, decided_on=today, **granted)
        record.change(at=at, by=self.clerk, why=why, due_on=to_on, times_moved=record["times_moved"] + 1)

    def due_day(self, record):
        """When it is done or handed in: mostly a little before its due date, often late, and at times very late."""
        due = record["due_on"]
        if due is None:
            return self.day + 60 + int(self.rng.random() * 300)
        lot = self.rng.random()
        if lot < 0.34:
            return self.ordinal(due) - int(self.rng.random() * 25)
        return self.ordinal(due) + 3 + int(self.rng.random() * (130 if lot < 0.78 else 420))

    # What is to be done

    def get_it_done(self):
        self.slip(self.record)
        self.reach(self.due_day(self.record))
        if not self.chance(0.7):
            return
        if self.chance(0.25):
            self.say()
        self.step(Progress.REPORTED_COMPLETE, by=self.someone())
        if self.chance(0.04):
            self.sitting()
            self.step(Progress.IN_PROGRESS, by=self.clerk, why=self.rng.choice(phrases.RETURNS))
            self.reach(self.day + 20 + int(self.rng.random() * 60))
            self.step(Progress.REPORTED_COMPLETE, by=self.someone())

    def sitting(self):
        """Go on to the board's next meeting and the day after it; (its day, its key)."""
        held, key = self.board.sittings.first_from(self.day + 1)
        self.reach(held + 1)
        return held, key

    def end(self):
        held, key = self.sitting()
        outcome, values, reason = Progress.IMPLEMENTED, {}, ""
        if self.chance(0.22):
            outcome = self.rng.choice((Progress.NOT_IMPLEMENTED, Progress.SUPERSEDED, Progress.WORK_PROGRAMME))
            reason = self.rng.choice(phrases.DROPS)
        elif self.chance(0.4):
            values = {"outcome_note": self.words(phrases.OUTCOMES)}
        self.step(
            outcome, by=self.clerk, why=reason, closed_on=self.calendar.name(held), closed_at_id=key,
            closing_minute=self.minute(), **values,
        )  # fmt: skip
        if self.chance(0.01):
            self.reach(self.day + 60 + int(self.rng.random() * 200))
            self.step(
                Progress.IN_PROGRESS, by=self.clerk, why=self.rng.choice(phrases.RETURNS), closed_on=None,
                closed_at_id=None, closing_minute="", outcome_note="",
            )  # fmt: skip
            self.reach(self.day + 60)
            self.end()

    def minute(self):
        return f"{1 + self.record.pk % 90}/{self.calendar.name(self.day)[2:4]}"

    # What is to be reported

    def report_back(self):
        """The reports that the Board asked for, one after the other, each received before the next is wanted."""
        report, number = self.teller.report, 1
        while report is not None:
            self.slip(report)
            day = self.reach(self.due_day(report))
            who = self.someone()
            report.change(at=self.now, by=who, submitted_on=day, submitted_by_id=who, text=self.words(phrases.REPORTS))
            report, number = self.receive(report, number), number + 1

    def receive(self, report, number):
        """The next report, where the Board wants one."""
        held, key = self.sitting()
        lot = self.rng.random()
        verdict, reason, due = Verdict.ACCEPTED, "", None
        if lot < 0.15 and number < 5:
            verdict = Verdict.FURTHER_WANTED if lot < 0.1 else Verdict.NOT_SATISFIED
            due = self.day + 60 + int(self.rng.random() * 90)
            reason = self.rng.choice(phrases.RETURNS)
        elif report["repeats"] and number < 5:
            due = months_after(self.calendar.date(held), report["repeats"]).toordinal()
        report.change(
            at=self.now, by=self.clerk, why=reason, verdict=verdict.value, received_on=self.calendar.name(held),
            received_at_id=key, received_minute=self.minute(),
        )  # fmt: skip
        if due is None:
            return None
        due_on = self.calendar.name(due)
        return self.ledger.enter(
            FollowUpReport, at=self.now, by=self.clerk, why=reason or "The next of the series",
            recommendation_id=self.record.pk, number=number + 1, due_on=due_on, original_due_on=due_on,
            repeats=report["repeats"],
        )  # fmt: skip


class Reply(Life):
    """The life of one answer; it goes its own way beside that of the recommendation."""

    def tell(self):
        try:
            self.get_answer()
        except StillToCome:
            return

    def get_answer(self):
        body, name, regime = self.rng.choice(self.teller.bodies)
        reply = self.ledger.enter(
            Response, at=self.now, by=self.clerk, why=self.teller.origin, recommendation_id=self.record.pk,
            addressee=name, organisation_id=body, regime_id=regime.pk,
        )  # fmt: skip
        if self.chance(0.02):
            self.reach(self.day + 5)
            reply.change(
                at=self.now, by=self.clerk, why="The board dealt with it itself.", reasons="The board dealt with it itself.",
                answer=Answer.NOT_REQUIRED.value,
            )  # fmt: skip
            return
        due = self.day + 60
        if self.chance(0.95):
            notified_on = self.reach(self.day + int(self.rng.random() * 6))
            due = regime.last_day(self.calendar.date(self.day)).toordinal()
            reply.change(
                at=self.now,
                by=self.clerk,
                notified_on=notified_on,
                received_on=notified_on,
                due_on=self.calendar.name(due),
            )
        self.answer(reply, due)

    def answer(self, reply, due):
        late = self.rng.random()
        day = due - int(late * 30) if late < 0.75 else due + int((late - 0.75) * 400)
        answered_on = self.reach(day)
        answer, reasons = self.an_answer()
        reply.change(
            at=self.now, by=self.clerk, why=reasons, answer=answer.value, reasons=reasons, answered_on=answered_on
        )
        if answer == Answer.NOTED:
            answered_on = self.reach(self.day + 30 + int(self.rng.random() * 60))
            reply.change(
                at=self.now, by=self.clerk, why=(reasons := phrases.ACCEPTANCES[0]), reasons=reasons,
                answer=Answer.ACCEPTED.value, answered_on=answered_on,
            )  # fmt: skip

    def an_answer(self):
        lot = self.rng.random()
        if lot < 0.68:
            return Answer.ACCEPTED, self.rng.choice(phrases.ACCEPTANCES)
        if lot < 0.84:
            return Answer.PARTIALLY_ACCEPTED, "Accepted in part; the rest needs a budget first."
        if lot < 0.94:
            return Answer.NOT_ACCEPTED, self.rng.choice(phrases.REFUSALS)
        return Answer.NOTED, "The service notes the recommendation."
