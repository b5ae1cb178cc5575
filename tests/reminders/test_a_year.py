"""A year of mornings with the real command: some missed, some run twice, while things move, change hands and end.

An oracle that knows nothing of the code foretells every mail: each reminder has a window, from its day to the day before the
next one's, and is told on the first morning in it on which somebody ran the command; if nobody did, it never is.
"""

import datetime
import random
import re
from collections import defaultdict
from io import StringIO
from itertools import pairwise

import pytest
from django.core import mail
from django.core.management import call_command

from recommendations import clock
from recommendations.models import FollowUpReport, Progress, Verdict
from tests import factories

FIRST = datetime.date(2027, 9, 1)
DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)
# How often the command is run on a morning: not at all, once or twice; three weeks in winter nobody does.
MORNINGS = random.Random(17).choices([0, 1, 2], weights=[2, 6, 2], k=365)  # noqa: S311 (no secret)
MORNINGS[110:131] = [0] * 21
RUNS = [FIRST + number * DAY for number, times in enumerate(MORNINGS) if times]


def day(number):
    return FIRST + number * DAY


class Life:
    """Does things to the records, and notes what the oracle needs: what was awaited from whom, and what changed when."""

    def __init__(self, item, people):
        self.item, self.people = item, people
        self.things, self.now, self.awaited, self.changed = {}, {}, [], []

    def ask(self, name, who, due):
        owner = self.people[who]
        self.things[name] = factories.make_recommendation(self.item, owner=owner, due_on=due and day(due))
        self.await_(name, who, due)

    def order(self, name, of, who, due):
        self.things[name] = FollowUpReport.order(self.things[of], by=None, due_on=day(due), reason=factories.WHY)
        self.await_(name, who, due)

    def await_(self, name, who, due):
        if due is not None:
            self.now[name] = (self.people[who].email, day(due), clock.today())

    def no_more(self, name):
        self.awaited.append((self.things[name].subject.reference, *self.now.pop(name), clock.today()))

    def move(self, name, who, to):
        self.no_more(name)
        self.things[name].set_due_date(day(to), by=self.people["Ruth"], reason="The printers are late.")
        self.await_(name, who, to)
        self.note(name, "Due date moved", "Ruth")

    def hand_on(self, name, to):
        _, due, _ = self.now[name]
        self.no_more(name)
        self.things[name].assign(self.people[to], by=self.people["Ruth"])
        self.await_(name, to, (due - FIRST).days)
        self.note(name, "Owner changed", "Ruth")

    def report_complete(self, name, who):
        self.no_more(name)
        self.things[name].change_progress(Progress.REPORTED_COMPLETE, by=self.people[who], reason="It is done.")
        self.note(name, "Reported complete", who)

    def submit(self, name, who):
        self.no_more(name)
        self.things[name].submit("We met them.", by=self.people[who])

    def send_back(self, name, number, who, due):
        """The Board wants a further report: the next one is awaited."""
        meeting = factories.make_meeting(held_on=clock.today())
        self.things[number] = self.things[name].receive(
            Verdict.FURTHER_WANTED, at=meeting, by=self.people["Ruth"], next_due_on=day(due)
        )
        self.await_(number, who, due)

    def follow(self, name, who):
        factories.make_following(self.things[name], by=self.people[who])

    def note(self, name, what, by):
        """As followers are told it: Asha follows B and C from the start, Megan B."""
        for who in {"B": ("Asha", "Megan"), "C": ("Asha",)}.get(name, ()):
            if who != by:
                self.changed.append((clock.today(), self.people[who].email, self.things[name].reference, what))


# On which day of the year what is done.
STORY = [
    (0, "ask", "A", "Olu", 40), (0, "ask", "B", "Olu", 75), (0, "ask", "C", "Megan", 200), (0, "ask", "D", "Megan", None),
    (0, "order", "D1", "D", "Megan", 90), (0, "ask", "E", "Olu", 15), (0, "follow", "B", "Asha"), (0, "follow", "C", "Asha"),
    (0, "follow", "B", "Megan"), (30, "ask", "F", "Megan", 33), (47, "move", "B", "Olu", 120),
    (52, "report_complete", "A", "Olu"), (60, "hand_on", "E", "Megan"), (95, "submit", "D1", "Megan"),
    (100, "send_back", "D1", "D2", "Megan", 180),
    (118, "hand_on", "B", "Megan"), (140, "report_complete", "B", "Megan"), (181, "submit", "D2", "Megan"),
    (190, "move", "C", "Megan", 330), (290, "report_complete", "E", "Megan"), (300, "report_complete", "F", "Megan"),
    (320, "ask", "G", "Olu", 364),
]  # fmt: skip


@pytest.fixture
def people(board, owner, other_officer, clerk, member):
    factories.make_regime("local", "Local rule", days=56)
    return {"Olu": owner, "Megan": other_officer, "Ruth": clerk, "Asha": member}


def live(people):
    """[(day, address, what the mail said)] of the year, and the life itself."""
    mails = []
    for number, times in enumerate(MORNINGS):
        for hour in range(7, 7 + times):
            with clock.set_to_day(day(number), hour):
                mails += run()
        with clock.set_to_day(day(number)):
            if number == 0:
                life = Life(factories.make_item(factories.make_meeting(held_on=day(-30))), people)
                # Nobody ever owns it: so there is always something for the clerk.
                factories.make_recommendation(life.item)
            for _, act, *what in [line for line in STORY if line[0] == number]:
                getattr(life, act)(*what)
    with clock.set_to_day(day(365)):
        for name in list(life.now):
            life.no_more(name)
    return sorted(mails), life


def run():
    mail.outbox.clear()
    call_command("send_reminders", stdout=StringIO())
    return [(clock.today(), message.to[0], sorted(said(message.body))) for message in mail.outbox]


def said(text):
    """What a mail says: (reference, how far off) of what is due, (reference, what) of what changed, ("desk",)."""
    for reference, below in re.findall(r"^\* (\S+ \S+?)(?::.*)?\n((?:  .*\n)+)", text, re.MULTILINE):
        if " R" in reference:
            yield from ((reference, how_late(line)) for line in below.splitlines() if "://" not in line)
    if "STUCK" in text:
        yield ("desk",)


def how_late(line):
    """ "due in 28 days", without how the date slipped."""
    return line.rpartition(": ")[2].partition(" (first ")[0]


def foretell(life, clerk):
    """The oracle: the same list, from what was awaited and what changed."""
    mails = defaultdict(list)
    for reference, address, due, since, until in life.awaited:
        days = [due - 4 * WEEK, due - WEEK, *(due + number * WEEK for number in range(60))]
        for begins, ends in pairwise(days):
            window = [on for on in RUNS if max(begins, since + DAY) <= on < min(ends, until + DAY)]
            for on in window[:1]:
                mails[on, address].append((reference, how_far(due, on)))
    for changed_on, address, reference, what in life.changed:
        for on in [on for on in RUNS if on > changed_on][:1]:
            mails[on, address].append((reference, what))
    for monday in [FIRST - FIRST.weekday() * DAY + number * WEEK for number in range(54)]:
        for on in [on for on in RUNS if max(monday, FIRST + DAY) <= on < monday + WEEK][:1]:
            mails[on, clerk.email].append(("desk",))
    return sorted((on, address, sorted(told)) for (on, address), told in mails.items())


def how_far(due, on):
    days = (due - on).days
    if days == 0:
        return "due today"
    number = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"due in {number}" if days > 0 else f"{number} overdue"


def test_every_mail_of_a_year_is_sent_once_and_on_its_day(people):
    mails, life = live(people)
    assert mails == foretell(life, people["Ruth"])


def test_the_year_holds_what_it_is_meant_to_try():
    """Mornings missed on a reminder day, in a row, and run twice."""
    assert {0, 1, 2} == set(MORNINGS)
    assert len(RUNS) < 300
