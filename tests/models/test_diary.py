"""What is due for a person and for a board, and what lately ceased to be: the same for the live rows and the history."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations import clock
from recommendations.models import Answer, Board, HandOver, Progress, User, Verdict
from recommendations.models.diary import KEPT_DAYS, Diary
from tests import factories

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 12, 9)


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day, unless a test lets days pass."""


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board, factories.ago(200)))


@pytest.fixture
def action(item, owner):
    return factories.make_recommendation(item, owner=owner, due_on=DUE)


@pytest.fixture
def report(item, owner):
    return factories.make_report(factories.make_recommendation(item, owner=owner), due_on=DUE)


@pytest.fixture
def answer(item, owner, local):
    subject = factories.make_recommendation(item, owner=owner)
    return factories.make_response(subject, regime=local, notified_on=factories.ago(1))


def fresh(user):
    """As on the next visit: roles and boards are asked anew."""
    return User.objects.get(pk=user.pk) if user.pk else user


def mine(user):
    """{name: whether it is over} of what they owe themselves."""
    return {entry.name: entry.is_over for entry in Diary(fresh(user)).entries()}


def boards(board, user=None):
    """The same of what the board waits for; the public's unless somebody is given."""
    diary = Diary(fresh(user or AnonymousUser()), board)
    return {entry.name: entry.is_over for entry in diary.entries() if entry.kind != "meeting"}


def entry_of(user, board=None):
    (entry,) = [entry for entry in Diary(fresh(user), board).entries() if entry.kind != "meeting"]
    return entry


def name(record):
    kinds = {"Recommendation": "recommendation", "FollowUpReport": "follow-up", "Response": "answer"}
    return f"{kinds[type(record).__name__]}-{record.pk}"


# What is due


def test_an_officer_owes_actions_and_reports(action, report, answer, owner):
    assert mine(owner) == {name(action): False, name(report): False}


def test_somebody_else_owes_nothing_of_it(action, report, other_officer):
    assert mine(other_officer) == {}


def test_a_board_waits_for_answers_too(action, report, answer, board):
    assert boards(board) == {name(action): False, name(report): False, name(answer): False}


def test_another_board_waits_for_nothing_of_it(action, report, answer, other_board):
    assert boards(other_board) == {}


def test_what_has_no_date_is_not_due(item, owner, no_regime):
    recommendation = factories.make_recommendation(item, owner=owner)
    factories.make_report(recommendation)
    factories.make_response(recommendation, regime=no_regime)
    assert mine(owner) == boards(item.meeting.board) == {}


def test_a_board_has_its_meetings_to_come_and_the_last_ones(item, board, other_board):
    for meeting_board, days in [(board, -20), (board, 20), (other_board, 3)]:
        factories.make_meeting(meeting_board, factories.ago(days))
    entries = Diary(AnonymousUser(), board).entries()
    assert [entry.on for entry in entries] == [factories.ago(20), factories.ago(-20)]


def test_what_was_noted_only_is_still_due(answer, board, clerk):
    answer.answer_with(Answer.NOTED, by=clerk)
    assert boards(board) == {name(answer): False}


def test_it_stands_in_order_of_its_days(item, owner):
    for days in (-30, 5, -10):
        factories.make_recommendation(item, owner=owner, due_on=factories.ago(days))
    days = [entry.on for entry in Diary(owner).entries()]
    assert days == sorted(days)


# What is over

ENDS = {
    "closed": lambda thing, by: thing.close(Progress.IMPLEMENTED, at=factories.make_meeting(held_on=DAY), by=by),
    "reported complete": lambda thing, by: thing.change_progress(Progress.REPORTED_COMPLETE, by=by),
    "submitted": lambda thing, by: thing.submit("All is well.", by=by),
    "waived": lambda thing, by: thing.waive(by=by, reason=factories.WHY),
    "closed over it": lambda thing, by: ENDS["closed"](thing.recommendation, by),
    "answered": lambda thing, by: thing.answer_with(Answer.ACCEPTED, by=by),
    "not required": lambda thing, by: thing.answer_with(Answer.NOT_REQUIRED, by=by, reasons=factories.WHY),
}
DAY = datetime.date(2026, 11, 18)
OF = {"action": ["closed", "reported complete"], "report": ["submitted", "waived", "closed over it"]}
OF["answer"] = ["answered", "not required"]


@pytest.fixture(params=[(kind, end) for kind, ends in OF.items() for end in ends], ids=" ".join)
def ended(request, clerk):
    """Something due that came to its end today."""
    kind, end = request.param
    thing = request.getfixturevalue(kind)
    ENDS[end](thing, clerk)
    return thing


def test_what_is_done_is_over(ended, board):
    assert boards(board) == {name(ended): True}


def test_it_keeps_the_day_on_which_it_was_due(ended, board):
    assert entry_of(AnonymousUser(), board).on in (DUE, ended.due_on)


def test_it_is_told_for_ninety_days_and_then_no_more(ended, board):
    told = []
    for days in (KEPT_DAYS, KEPT_DAYS + 1):
        with clock.set_to_day(factories.ago(-days), hour=9 if days == KEPT_DAYS else 11):
            told.append(boards(board))
    assert told == [{name(ended): True}, {}]


def test_it_keeps_the_last_of_its_days(action, board, clerk):
    action.set_due_date(factories.ago(-40), by=clerk, reason=factories.WHY)
    ENDS["closed"](action, clerk)
    assert entry_of(AnonymousUser(), board).on == factories.ago(-40)


@pytest.fixture
def old_report(item, owner):
    """Ordered long ago, and untouched since."""
    with clock.set_to_day(factories.ago(190)):
        return factories.make_report(factories.make_recommendation(item, owner=owner), due_on=DUE)


def test_what_was_asked_long_ago_is_over_when_it_is_done_today(old_report, owner):
    old_report.submit("All is well.", by=owner)
    assert mine(owner) == {name(old_report): True}


def test_what_was_asked_long_ago_is_over_when_it_changes_hands_today(old_report, owner, other_officer, clerk):
    old_report.recommendation.assign(other_officer, by=clerk)
    assert mine(owner) == {name(old_report): True}


def test_its_number_rises_with_every_change(action, board, clerk):
    numbers = [entry_of(AnonymousUser(), board).sequence]
    for change in (
        lambda: action.set_due_date(factories.ago(-40), by=clerk, reason=factories.WHY),
        lambda: action.retitle("Guidance for schools", by=clerk),
        lambda: action.change_progress(Progress.REPORTED_COMPLETE, by=clerk),
        lambda: action.change_progress(Progress.IN_PROGRESS, by=clerk, reason=factories.WHY),
    ):
        change()
        numbers.append(entry_of(AnonymousUser(), board).sequence)
    assert numbers == sorted(set(numbers))


def test_the_number_of_a_report_rises_with_its_recommendation(report, owner, clerk):
    before = entry_of(owner)
    report.recommendation.retitle("Guidance for schools", by=clerk)
    after = entry_of(owner)
    assert (after.name, after.sequence > before.sequence, after.changed_at > before.changed_at) == (
        before.name, True, True,
    )  # fmt: skip


def test_what_comes_back_is_due_again(action, board, clerk):
    ENDS["closed"](action, clerk)
    action.reopen(by=clerk, reason=factories.WHY)
    assert boards(board) == {name(action): False}


def test_a_date_that_moved_is_one_entry_on_the_new_day(action, owner, clerk):
    action.set_due_date(factories.ago(-40), by=clerk, reason=factories.WHY)
    assert (entry_of(owner).on, entry_of(owner).is_over) == (factories.ago(-40), False)


def test_it_is_over_for_the_one_and_due_for_the_other_when_the_owner_changes(report, owner, other_officer, clerk):
    report.recommendation.assign(other_officer, by=clerk)
    assert (mine(owner), mine(other_officer)) == ({name(report): True}, {name(report): False})


def test_what_was_done_before_it_changed_hands_is_no_news_to_the_new_owner(report, owner, other_officer, clerk):
    report.submit("All is well.", by=owner)
    report.recommendation.assign(other_officer, by=clerk)
    assert (mine(owner), mine(other_officer)) == ({name(report): True}, {})


def test_what_went_long_ago_does_not_come_back_when_something_else_changes(report, owner, clerk):
    with clock.set_to_day(factories.ago(-30)):
        report.submit("All is well.", by=owner)
        report.receive(Verdict.ACCEPTED, at=factories.make_meeting(held_on=factories.ago(0)), by=clerk)
    with clock.set_to_day(factories.ago(-130)):
        report.recommendation.retitle("Guidance for schools", by=clerk)
        assert mine(owner) == {}


def test_a_hand_over_ends_it_for_the_one_board_and_begins_it_for_the_other(answer, board, other_board, clerk, today):
    HandOver.make(Board.objects.get(pk=board.pk), other_board, by=clerk, ended_on=today)
    assert (boards(board), boards(other_board)) == ({name(answer): True}, {name(answer): False})


# Exempt matter


def exempted(thing, clerk):
    subject = getattr(thing, "recommendation", thing)
    subject.mark_exempt(3, by=clerk, reason=factories.WHY)


# What those who could read it before are told of an exempt thing: "all", "no words" (only that it is over), or nothing.
TOLD = {"clerk": "all", "owner": "all", "member": "all", "other_officer": "no words", "other_member": "no words"}


@pytest.mark.parametrize("who", TOLD)
@pytest.mark.parametrize("kind", OF)
def test_what_became_exempt_is_over_for_those_who_may_not_read_it(request, person, board, clerk, kind, who):
    exempted(request.getfixturevalue(kind), clerk)
    entry = entry_of(person(who), board)
    assert (entry.is_over, entry.record is None) == ((False, False) if TOLD[who] == "all" else (True, True))


def test_the_public_is_told_nothing_of_what_became_exempt(action, report, answer, board, clerk):
    for thing in (action, report, answer):
        exempted(thing, clerk)
    assert boards(board) == {}


def test_what_was_always_exempt_was_never_due_to_those_who_may_not_read_it(item, board, clerk, other_officer):
    secret = factories.make_recommendation(item, due_on=DUE, exempt_paragraph=3)
    secret.change_progress(Progress.REPORTED_COMPLETE, by=clerk)
    assert (boards(board, other_officer), boards(board, clerk)) == ({}, {name(secret): True})


def test_a_former_owner_of_exempt_matter_learns_only_that_it_is_over(item, owner, other_officer, clerk):
    secret = factories.make_recommendation(item, due_on=DUE, owner=owner, exempt_paragraph=3)
    secret.assign(other_officer, by=clerk)
    assert (entry_of(owner).is_over, entry_of(owner).record) == (True, None)


def test_an_item_that_is_exempt_hides_all_of_it(board, clerk):
    item = factories.make_item(factories.make_meeting(board, factories.ago(200)), exempt_paragraph=1)
    factories.make_recommendation(item, due_on=DUE).change_progress(Progress.REPORTED_COMPLETE, by=clerk)
    factories.make_recommendation(item, due_on=DUE)
    assert boards(board) == {}


def test_somebody_who_leaves_the_board_is_told_nothing_of_its_exempt_matter(item, board, member):
    factories.make_recommendation(item, due_on=DUE, exempt_paragraph=3)
    membership = member.memberships.get()
    membership.until = factories.ago(1)
    membership.record(by=None, reason=factories.WHY)
    assert boards(board, member) == {}


# What it costs


def costs(diary):
    with CaptureQueriesContext(connection) as queries:
        entries = diary.entries()
    return len(queries), len(entries)


def test_fifty_of_everything_cost_as_many_queries_as_one(item, board, owner, other_officer, local, clerk):
    counts = []
    for number in (1, 49):
        for _ in range(number):
            subject = factories.make_recommendation(item, owner=owner, due_on=DUE)
            factories.make_report(subject, due_on=DUE)
            factories.make_response(subject, regime=local, notified_on=factories.ago(1))
            factories.make_recommendation(item, owner=owner, due_on=DUE).assign(other_officer, by=clerk)
            exempted(factories.make_recommendation(item, due_on=DUE), clerk)
        counts.append([costs(Diary(fresh(who), which)) for who, which in ((owner, None), (other_officer, board))])
    (one, _), (of_board, _) = counts[0]
    assert counts[1] == [(one, 150), (of_board, 250)]
