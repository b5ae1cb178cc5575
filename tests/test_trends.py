"""The figures of the dashboard's pictures: counted by hand on small cases, and against single past days on random ones."""

import datetime
import itertools
import random
from unittest.mock import Mock

import pytest
from django.db.models import Q

from recommendations import clock
from recommendations.models import Answer, HandOver, Progress, Recommendation, Refused, Snapshot
from recommendations.models.bands import Moves, Shift, TimeToClose
from recommendations.trends import DayFigures, Trends, counting, kept, month_ends, past
from recommendations.trends.kept import KeptTrends
from tests import factories

pytestmark = pytest.mark.django_db
WHY = factories.WHY


def day(month, number, year=2026):
    return datetime.date(year, month, number)


# Which days


@pytest.mark.parametrize(
    ("on", "before", "first"),
    [
        (day(11, 18), day(10, 31), day(11, 30, 2024)),
        (day(3, 1), day(2, 28), day(3, 31, 2024)),
        (day(2, 28), day(1, 31), day(2, 29, 2024)),
        (day(1, 31), day(12, 31, 2025), day(1, 31, 2024)),
    ],
)
def test_the_days_are_the_ends_of_the_24_months_before_and_the_day_itself(on, before, first):
    ends = month_ends(on)
    assert (ends[-1], ends[-2], ends[0], len(ends)) == (on, before, first, 25)


# By month, counted by hand


@pytest.fixture
def lived(board, clerk, owner, local, today):
    """Asked in January; a report due in March came in June; an answer due in April came in May; closed in August."""
    with clock.set_to_day(day(1, 14)):
        recommendation = factories.make_recommendation(
            factories.make_item(factories.make_meeting(board, day(1, 14))), due_on=day(6, 30), owner=owner
        )
        report = factories.make_report(recommendation, due_on=day(3, 15))
        response = factories.make_response(recommendation, regime=local, notified_on=day(3, 6))
    with clock.set_to_day(day(4, 20)):
        report.set_due_date(day(5, 10), by=clerk, reason=WHY)
    with clock.set_to_day(day(5, 29)):
        response.answer_with(Answer.ACCEPTED, by=clerk)
    with clock.set_to_day(day(6, 30)):
        report.submit("It was reviewed.", by=owner)
    with clock.set_to_day(day(8, 31)):
        recommendation.close(Progress.IMPLEMENTED, at=factories.make_meeting(board, day(8, 31)), by=clerk)
    with clock.set_to_day(day(10, 2)):
        recommendation.reopen(by=clerk, reason=WHY)
    return recommendation


def figures(trends):
    return [(each.on, each.open, each.reports, each.answers, each.actions) for each in trends.by_month()]


def test_each_month_has_what_was_open_and_overdue_at_its_end(lived, clerk, today):
    counted = {on.month: counts for on, *counts in figures(Trends(Snapshot(clerk, today)))}
    # Open; follow-up reports, answers and actions overdue.
    assert counted == {
        1: [1, 0, 0, 0], 2: [1, 0, 0, 0], 3: [1, 1, 0, 0], 4: [1, 0, 0, 0], 5: [1, 1, 0, 0], 6: [1, 0, 0, 0],
        7: [1, 0, 0, 1], 8: [0, 0, 0, 0], 9: [0, 0, 0, 0], 10: [1, 0, 0, 1], 11: [1, 0, 0, 1],
    }  # fmt: skip


def test_an_answer_is_overdue_until_it_comes(lived, clerk):
    """Eight weeks from 6 March end on 1 May."""
    last = Trends(Snapshot(clerk, day(5, 2))).by_month()[-1]
    assert last == DayFigures(on=day(5, 2), open=1, reports=0, answers=1, actions=0)


def test_no_month_is_from_before_the_first_record(lived, clerk, today):
    assert figures(Trends(Snapshot(clerk, today)))[0][0] == day(1, 31)


def test_without_a_record_there_is_no_month(clerk, today):
    assert Trends(Snapshot(clerk, today)).by_month() == []


def test_nothing_that_came_after_the_day_is_known_on_it(lived, clerk):
    by_month = figures(Trends(Snapshot(clerk, day(7, 15))))
    assert by_month[-1] == (day(7, 15), 1, 0, 0, 1)


def test_a_date_that_was_put_right_later_is_not_known_before(clerk, today):
    with clock.set_to_day(day(5, 4)):
        report = factories.make_report(due_on=day(12, 31))
    with clock.set_to_day(day(6, 10)):
        report.set_due_date(day(5, 20), by=clerk, reason=WHY)
    assert figures(Trends(Snapshot(clerk, day(6, 9))))[-1] == (day(6, 9), 1, 0, 0, 0)
    assert figures(Trends(Snapshot(clerk, day(6, 10))))[-1] == (day(6, 10), 1, 1, 0, 0)


def test_a_coming_day_shows_what_will_be_late_if_nothing_happens(clerk, today):
    factories.make_recommendation(due_on=factories.ago(-20))
    by_month = Trends(Snapshot(clerk, factories.ago(-60))).by_month()
    assert [(each.on, each.actions) for each in by_month] == [(day(11, 30), 0), (day(12, 31), 1), (day(1, 17, 2027), 1)]


# By month, against single days


class Life:
    """Something happens at random, day after day, through the verbs; what a verb refuses does not happen."""

    def __init__(self, seed, *, boards, owners, clerk, regime):
        self.random = random.Random(seed)  # noqa: S311
        self.boards, self.owners, self.clerk, self.regime = boards, owners, clerk, regime

    def live(self, first, last):
        on = first
        while on <= last:
            with clock.set_to_day(on):
                for _ in range(2):
                    self.something_happens()
            on += datetime.timedelta(days=self.random.randint(1, 12))

    def something_happens(self):
        things = list(Recommendation.objects.order_by("id"))
        if len(things) < 6 and (not things or self.random.random() < 0.5):
            return self.ask()
        acts = (self.owe, self.move, self.submit, self.answer, self.report, self.close, self.hide, self.pass_on)
        try:
            return self.random.choice(acts)(self.random.choice(things))
        except Refused:
            return None

    def some_day(self):
        return clock.today() + datetime.timedelta(days=self.random.randint(-20, 50))

    def ask(self):
        item = factories.make_item(factories.make_meeting(self.random.choice(self.boards), clock.today()))
        recommendation = factories.make_recommendation(item, owner=self.random.choice([*self.owners, None]))
        factories.make_report(recommendation, due_on=self.some_day())
        factories.make_response(recommendation, regime=self.regime, notified_on=clock.today())

    def owe(self, thing):
        thing.assign(self.random.choice([*self.owners, None]), by=self.clerk, reason=WHY)

    def move(self, thing):
        dated = self.random.choice([thing, thing.follow_ups.last()])
        dated.set_due_date(self.some_day(), by=self.clerk, reason=WHY)

    def submit(self, thing):
        thing.follow_ups.last().submit("Done.", by=self.clerk)

    def answer(self, thing):
        answers = list(Answer)
        thing.responses.get().answer_with(self.random.choice(answers), by=self.clerk, reasons=WHY)

    def report(self, thing):
        thing.change_progress(self.random.choice(list(Progress)[:4]), by=self.clerk, reason=WHY)

    def close(self, thing):
        if not thing.is_open:
            return thing.reopen(by=self.clerk, reason=WHY)
        meeting = factories.make_meeting(thing.board, clock.today())
        return thing.close(Progress.IMPLEMENTED, at=meeting, by=self.clerk, reason=WHY)

    def hide(self, thing):
        thing.mark_exempt(None if thing.is_exempt else 3, by=self.clerk, reason=WHY)

    def pass_on(self, thing):
        """Its board ends; a new one takes over what is open, and is sat on by nobody."""
        successor = factories.make_board(f"B{next(factories.numbers)}", f"Board {next(factories.numbers)}")
        HandOver.make(thing.board, successor, by=self.clerk, ended_on=clock.today())
        self.boards[self.boards.index(thing.board)] = successor


def asked_one_by_one(user, on, whose):
    snapshot = Snapshot(user, on)
    among = snapshot.recommendations().filter(whose)
    late = (snapshot.follow_ups(among).overdue(on), snapshot.responses(among).overdue(on), among.overdue(on))
    return (on, among.open().count(), *(rows.count() for rows in late))


@pytest.fixture(params=range(2))
def life(request, board, other_board, owner, other_officer, clerk, local, today):
    life = Life(request.param, boards=[board, other_board], owners=[owner, other_officer], clerk=clerk, regime=local)
    life.live(day(5, 3), factories.ago(1))
    return life


@pytest.fixture
def random_life(life, board, other_board, owner):
    boards = life.boards
    return [Q(), Q(board=board), Q(board=boards[0]), Q(owner=owner), Q(board=other_board, owner=None)]


@pytest.mark.parametrize("on", [day(11, 18), day(9, 30)], ids=["today", "past"])
def test_every_month_is_what_its_last_day_was(random_life, person, on):
    for who in ("clerk", "member", "other_member", "owner", "stranger"):
        user = person(who)
        for whose in random_life:
            by_month = figures(Trends(Snapshot(user, on), whose))
            assert by_month == [asked_one_by_one(user, each[0], whose) for each in by_month], (who, whose)


def test_a_past_day_has_what_would_be_counted_of_its_whole_history(random_life, person, today):
    cases = itertools.product((day(5, 12), day(7, 15), day(11, 17)), ("clerk", "other_member", "owner"), random_life)
    for on, who, whose in cases:
        now, then = Snapshot(person(who), today), Snapshot(person(who), on)
        counted = counting.of_today(then, whose) + counting.of_ever(then, whose)
        for ever_now in (None, counting.of_ever(now, whose)):
            assert past.sums_of(then, whose, ever_now) == counted, (on, who, whose)


FIGURES = (
    "by_month", "answers_by_kind", "time_to_close", "overdue_by_owner", "overdue_by_organisation", "slips",
)  # fmt: skip


def test_what_is_kept_is_for_everybody_what_would_be_counted(random_life, person, today):
    for who in ("clerk", "member", "other_member", "owner", "stranger"):
        snapshot = Snapshot(person(who), today)
        found, counted = KeptTrends(snapshot).trends, Trends(snapshot)
        assert (found.counts, found.standing) == (counted.counts, counted.standing), who
        for name in FIGURES:
            assert getattr(found, name)() == getattr(counted, name)(), (who, name)


def test_figures_that_are_put_right_are_what_would_be_counted(life, person, today, monkeypatch):
    """Once counted, whatever happens on a day to anything is followed without counting again, but for months."""
    people = [Snapshot(person(who), today) for who in ("clerk", "member", "other_member", "owner", "stranger")]
    assert all(KeptTrends(snapshot).trends for snapshot in people)
    monkeypatch.setattr(kept, "count", counted_anew := Mock(side_effect=kept.count))
    for _ in range(40):
        life.something_happens()
    for snapshot in people:
        found, counted = KeptTrends(snapshot).trends, Trends(snapshot)
        assert (found.counts, found.standing) == (counted.counts, counted.standing), snapshot.user
        assert [getattr(found, name)() for name in FIGURES] == [getattr(counted, name)() for name in FIGURES]
    assert {each.args[1] for each in counted_anew.call_args_list} <= {kept.MONTHS}


def test_the_random_lives_have_something_of_everything(random_life, clerk, today):
    totals = [sum(column) for column in list(zip(*figures(Trends(Snapshot(clerk, today))), strict=True))[1:]]
    assert all(totals)


def test_what_is_exempt_now_is_in_no_month_for_those_not_entitled(lived, clerk, other_member, member, today):
    lived.mark_exempt(3, by=clerk, reason=WHY)
    assert figures(Trends(Snapshot(other_member, today))) == []
    assert len(figures(Trends(Snapshot(member, today)))) == 11


# On the day, counted by hand


@pytest.fixture
def counted(board, owner, other_officer, clerk, local, today):
    """Four recommendations: two of the owner, one of another officer, one of nobody; one of them closed in time."""
    item = factories.make_item(factories.make_meeting(board, day(8, 18)))
    police = factories.make_organisation("Police", regime=local)
    made = [factories.make_recommendation(item, owner=who, due_on=day(11, 1)) for who in (owner, owner, other_officer)]
    made.append(factories.make_recommendation(item))
    for recommendation in made[:3]:
        factories.make_report(recommendation, due_on=day(11, 10))
    factories.make_response(made[0], "Police", organisation=police, regime=local, notified_on=day(9, 1))
    factories.make_response(made[1], "Police", organisation=police, regime=local, notified_on=day(9, 1))
    factories.make_response(made[1], "Cabinet", regime=local, notified_on=day(9, 1))
    factories.make_response(made[2], "Cabinet", regime=local, notified_on=day(9, 1), answer=Answer.NOT_ACCEPTED)
    for to in (day(11, 9), day(11, 30), day(12, 31)):
        made[2].set_due_date(to, by=clerk, reason=WHY)
    made[1].follow_ups.get().set_due_date(day(11, 8), by=clerk, reason=WHY)
    made[0].close(Progress.IMPLEMENTED, at=factories.make_meeting(board, day(11, 18)), by=clerk)
    return Trends(Snapshot(clerk, today))


def test_answers_are_counted_by_kind(counted):
    found = {answer: n for answer, n in counted.answers_by_kind().items() if n}
    assert found == {Answer.AWAITING: 3, Answer.NOT_ACCEPTED: 1}


def test_overdue_is_counted_by_owner(counted, owner, other_officer):
    assert counted.overdue_by_owner() == [(owner, 1, 1), (other_officer, 1, 0)]


def test_overdue_answers_are_counted_by_organisation(counted):
    assert [(str(body), n) for body, n in counted.overdue_by_organisation()] == [("Police", 2), ("None", 1)]


def test_due_dates_are_counted_by_how_often_and_how_far_they_moved(counted):
    found = {band: numbers for band, numbers in counted.slips().items() if any(numbers)}
    assert found == {
        Moves.NEVER: (2, 2), Moves.ONCE: (1, 0), Moves.OFTENER: (0, 1), Shift.NOT_LATER: (1, 0), Shift.WEEKS_13: (0, 1),
    }  # fmt: skip


def test_the_time_to_close_is_from_meeting_to_meeting(counted, board, clerk):
    bands, median = counted.time_to_close()
    assert ({band: n for band, n in bands.items() if n}, median) == ({TimeToClose.UNDER_6_MONTHS: 1}, 92)


def test_the_median_of_two_lies_between_them(counted, board, clerk):
    late = factories.make_recommendation(factories.make_item(factories.make_meeting(board, day(11, 11))))
    late.close(Progress.IMPLEMENTED, at=factories.make_meeting(board, day(11, 18)), by=clerk)
    assert counted.time_to_close()[1] == 49.5


def test_without_a_closure_there_is_no_median(clerk, today):
    assert Trends(Snapshot(clerk, today)).time_to_close() == (dict.fromkeys(TimeToClose, 0), None)
