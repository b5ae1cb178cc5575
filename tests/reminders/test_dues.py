"""Reminders of what is due: on which days, to whom; and the escalation of what is long overdue."""

import datetime

import pytest

from recommendations import clock
from recommendations.models import Progress
from recommendations.reminders.dues import latest_offset
from recommendations.reminders.occasions import standing
from tests import factories

pytestmark = pytest.mark.usefixtures("today")
DAY = datetime.date(2027, 1, 14)


@pytest.mark.parametrize(
    ("days", "offset"),
    [
        (-29, None), (-28, -28), (-27, -28), (-8, -28), (-7, -7), (-1, -7), (0, 0), (1, 0), (6, 0), (7, 7), (13, 7),
        (14, 14), (364, 364),
    ],
)  # fmt: skip
def test_of_the_reminder_days_the_latest_counts(days, offset):
    assert latest_offset(DAY, DAY + datetime.timedelta(days=days)) == offset


@pytest.mark.parametrize(("every", "offset"), [(0, 0), (30, 30), (10, 40)])
def test_a_council_sets_the_days_between_reminders(settings, every, offset):
    settings.REMIND_EVERY_DAYS_AFTER = every
    assert latest_offset(DAY, DAY + datetime.timedelta(days=40)) == offset


def test_a_council_that_wants_no_reminders_before_has_none(settings):
    settings.REMIND_DAYS_BEFORE = []
    assert latest_offset(DAY, DAY) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "1 day overdue"), (-12, "12 days overdue"), (0, "due today"), (1, "due in 1 day"), (7, "due in 7 days")],
)
def test_how_far_off_it_is_is_said_in_words(days, words):
    assert standing(DAY + datetime.timedelta(days=days), DAY) == words


def what(digest):
    return [(line.reference, line.what, line.standing) for line in digest.owed]


def test_the_owner_is_told_of_the_action(owe, owner, told_today):
    thing = owe(7)
    assert what(told_today()[owner.email]) == [(thing.reference, "The action itself", "due in 7 days")]


def test_the_owner_is_told_of_a_report(owe, owner, told_today):
    thing = owe(100)
    factories.make_report(thing, due_on=factories.ago(3))
    assert what(told_today()[owner.email]) == [(thing.reference, "Follow-up report 1", "3 days overdue")]


def test_the_most_urgent_comes_first(owe, owner, told_today):
    owe(7), owe(-9), owe(20)
    assert [line.standing for line in told_today()[owner.email].owed] == [
        "9 days overdue",
        "due in 7 days",
        "due in 20 days",
    ]


# Nothing is due from whom?
NOBODY_TOLD = {
    "29 days ahead": lambda owe: owe(29),
    "without a date": lambda owe: owe(None),
    "reported complete": lambda owe: owe(-3, progress=Progress.REPORTED_COMPLETE),
    "closed": lambda owe: owe(-3, progress=Progress.IMPLEMENTED),
    "without an owner": lambda owe: owe(-3, owner=None),
    "a report handed in": lambda owe: factories.make_report(
        owe(100), due_on=factories.ago(3), submitted_by=factories.make_clerk()
    ),
    "a report waived": lambda owe: factories.make_report(owe(100), due_on=factories.ago(3)).waive(
        by=None, reason="No longer wanted."
    ),
}


@pytest.mark.parametrize("case", NOBODY_TOLD)
def test_nobody_is_told_of_what_nobody_awaits(case, owe, told_today):
    NOBODY_TOLD[case](owe)
    assert [digest for digest in told_today().values() if digest.owed] == []


def test_an_owner_who_left_is_told_nothing(owe, owner, told_today):
    owe(0)
    owner.is_active = False
    owner.save()
    assert told_today() == {}


def test_an_owner_who_is_no_officer_any_more_is_told_nothing(owe, owner, told_today):
    owe(0)
    owner.groups.clear()
    assert told_today() == {}


def test_a_new_owner_is_told_at_once(owe, owner, other_officer, send, told_today):
    thing = owe(20)
    send()
    thing.assign(other_officer, by=None, reason="A new post.")
    assert what(told_today()[other_officer.email]) == [(thing.reference, "The action itself", "due in 20 days")]


def test_a_date_that_moved_is_reminded_of_anew(owe, owner, clerk, send, told_today):
    thing = owe(0)
    send()
    thing.set_due_date(factories.ago(-7), by=clerk, reason="The printers are late.")
    with clock.set_to_day(factories.ago(-1)):
        assert what(told_today()[owner.email]) == [(thing.reference, "The action itself", "due in 6 days")]


# Escalation


@pytest.fixture
def chair(board):
    chair = factories.make_person("Asha Nair", "Members", boards=[board])
    board.chair = chair
    board.record(by=None, reason=factories.WHY)
    return chair


@pytest.fixture
def manager(owner):
    owner.manager_email = "Head@example.org"
    owner.save()
    return "head@example.org"


@pytest.fixture
def _escalating(settings):
    settings.ESCALATE_AFTER_DAYS = 30


def late(digests):
    return {address: [line.standing for line in digest.late] for address, digest in digests.items() if digest.late}


@pytest.mark.usefixtures("chair", "manager")
def test_nobody_else_is_told_unless_a_council_wants_it(owe, told_today):
    owe(-300)
    assert late(told_today()) == {}


@pytest.mark.usefixtures("_escalating")
def test_manager_and_chair_are_told_of_what_is_long_overdue(owe, chair, manager, told_today):
    owe(-29), owe(-30)
    assert late(told_today()) == {chair.email: ["30 days overdue"], manager: ["30 days overdue"]}


@pytest.mark.usefixtures("_escalating", "manager", "chair")
def test_they_are_told_once_for_a_due_date(owe, send, told_today):
    owe(-30)
    send()
    with clock.set_to_day(factories.ago(-10)):
        assert late(told_today()) == {}


@pytest.mark.usefixtures("_escalating")
def test_a_chair_who_left_is_not_told(owe, chair, told_today):
    owe(-30)
    chair.is_active = False
    chair.save()
    assert late(told_today()) == {}


@pytest.mark.usefixtures("_escalating")
def test_a_manager_who_left_is_not_told(owe, owner, told_today):
    gone = factories.make_officer("Pat Hill", is_active=False)
    owner.manager_email = gone.email
    owner.save()
    owe(-30)
    assert late(told_today()) == {}


@pytest.mark.usefixtures("_escalating")
def test_who_is_manager_and_chair_at_once_is_told_once(owe, owner, chair, told_today):
    owner.manager_email = chair.email
    owner.save()
    owe(-30)
    assert late(told_today()) == {chair.email: ["30 days overdue"]}


@pytest.mark.usefixtures("_escalating")
def test_without_an_owner_the_chair_alone_is_told(owe, chair, told_today):
    owe(-30, owner=None)
    assert [line.owner for line in told_today()[chair.email].late] == ["nobody yet"]


@pytest.mark.usefixtures("_escalating")
def test_nobody_is_told_on_themselves(owe, owner, board, told_today):
    owner.manager_email = owner.email
    owner.save()
    board.chair = owner
    board.record(by=None, reason=factories.WHY)
    owe(-30)
    assert late(told_today()) == {}
