"""What waits for a board at a meeting, and which board's meeting may decide on what."""

import pytest

from recommendations import clock
from recommendations.models import Board, Progress, Refused, Sitting, Verdict, to_sign_off
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def successor(other_board, board, clerk):
    """The board of the cast has ended; this one took over."""
    board.ended_on, board.successor = factories.ago(30), other_board
    board.record(by=clerk, reason=REASON)
    return other_board


@pytest.fixture
def stranger_board(db):
    return factories.make_board("HWSB", "Health and Wellbeing Scrutiny Board")


@pytest.fixture
def recommendation(board, owner):
    """Made by the board of the cast, reported complete, with a report handed in and a later date asked for."""
    item = factories.make_item(factories.make_meeting(board))
    made = factories.make_recommendation(item, owner=owner, due_on=factories.ago(-9))
    factories.make_report(made, submitted_by=owner)
    factories.make_asked_date(made, by=owner)
    return made.change_progress(Progress.REPORTED_COMPLETE, by=owner)


# Each verb that a meeting decides: how it is called with the meeting.
VERBS = {
    "close": lambda r, at, by: r.close(Progress.IMPLEMENTED, at=at, by=by),
    "receive": lambda r, at, by: r.follow_ups.get().receive(Verdict.ACCEPTED, at=at, by=by),
    "grant": lambda r, at, by: r.date_changes.get().grant(at=at, by=by),
    "refuse": lambda r, at, by: r.date_changes.get().refuse(at=at, by=by, reason=REASON),
    "move": lambda r, at, by: r.set_due_date(factories.ago(-90), at=at, by=by, reason=REASON),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_board_that_has_no_part_in_it_decides_nothing(verb, recommendation, stranger_board, clerk):
    with pytest.raises(Refused, match=r"Scrutiny Board does not decide on .*Choose a meeting of Social Care Services"):
        VERBS[verb](recommendation, factories.make_meeting(stranger_board, factories.ago(0)), clerk)


@pytest.mark.parametrize("verb", VERBS)
def test_the_board_that_follows_it_up_decides(verb, recommendation, board, clerk):
    VERBS[verb](recommendation, factories.make_meeting(board, factories.ago(0)), clerk)


@pytest.mark.parametrize("verb", VERBS)
def test_the_board_that_made_it_still_decides_on_what_it_handed_over(verb, recommendation, board, successor, clerk):
    with recommendation.changing(by=clerk):
        recommendation.board = successor
    VERBS[verb](recommendation, factories.make_meeting(board, factories.ago(0)), clerk)


def test_the_successor_decides_also_on_what_was_not_handed_over(recommendation, successor, clerk):
    VERBS["receive"](recommendation, factories.make_meeting(successor, factories.ago(0)), clerk)


def test_a_line_of_successors_is_followed_to_its_end_and_not_in_circles(board, successor, stranger_board, clerk):
    successor.ended_on, successor.successor = factories.ago(10), stranger_board
    successor.record(by=clerk, reason=REASON)
    assert Board.objects.lines() == {board.pk: [successor.pk, stranger_board.pk], successor.pk: [stranger_board.pk]}
    stranger_board.ended_on, stranger_board.successor = factories.ago(5), board
    stranger_board.record(by=clerk, reason=REASON)
    assert Board.objects.lines()[board.pk] == [successor.pk, stranger_board.pk, board.pk]


# What waits at a meeting


def held(board, days_ago=0):
    return factories.make_meeting(board, factories.ago(days_ago))


@pytest.mark.parametrize("handed_over", [True, False])
@pytest.mark.parametrize("sits", ["the one that made it", "its successor"])
def test_both_boards_have_it_before_them(recommendation, board, successor, clerk, handed_over, sits):
    if handed_over:
        with recommendation.changing(by=clerk):
            recommendation.board = successor
    meeting = held(successor if sits == "its successor" else board)
    assert list(Sitting(meeting, clerk).reported_complete()) == [recommendation]


def test_the_successor_s_own_things_are_not_before_the_board_that_ended(board, successor, clerk):
    own = factories.make_item(held(successor, 20))
    factories.make_recommendation(own, progress=Progress.REPORTED_COMPLETE)
    assert not Sitting(held(board), clerk).reported_complete().exists()


def test_what_is_asked_for_stands_once_with_the_request(recommendation, board, clerk, owner):
    late = factories.make_recommendation(recommendation.item, owner=owner, due_on=factories.ago(3))
    sitting = Sitting(held(board), clerk)
    assert list(sitting.overdue_actions()) == [late]
    factories.make_asked_date(late, factories.ago(-30), by=owner)
    assert not sitting.overdue_actions().exists()


def test_a_late_report_for_which_a_later_day_is_asked_stands_once(recommendation, board, clerk, owner):
    report = factories.make_report(recommendation, due_on=factories.ago(3))
    sitting = Sitting(held(board), clerk)
    assert list(sitting.overdue_reports()) == [report]
    report.ask_for_later_date(factories.ago(-30), by=owner, reason=REASON)
    assert not sitting.overdue_reports().exists()


def test_what_came_after_the_meeting_is_counted_apart(recommendation, board, clerk):
    sitting = Sitting(held(board, 1), clerk)
    assert (sitting.came_later(), sitting.reports().count(), sitting.later_dates().count()) == (3, 0, 0)
    assert Sitting(held(board), clerk).came_later() == 0


def test_a_member_of_another_board_has_nothing_exempt_before_them(recommendation, board, clerk, other_member, member):
    recommendation.mark_exempt(3, by=clerk, reason=REASON)
    seen = [Sitting(held(board), user).reports().count() for user in (member, other_member)]
    assert seen == [1, 0]


def test_the_first_meeting_of_a_board_has_none_before(recommendation, board, clerk):
    assert Sitting(held(board, 200), clerk).waiting_since_before == set()


def test_what_waits_longer_is_known(recommendation, board, clerk, today):
    held(board, 1)
    assert Sitting(held(board), clerk).waiting_since_before == set()
    later = factories.make_meeting(board, factories.ago(-7))
    assert Sitting(later, clerk).previous == held(board)


# Which meetings can be signed off


def test_the_latest_meeting_of_a_board_that_has_something_to_decide(recommendation, board, stranger_board, today):
    held(board, 20), held(board), held(stranger_board)
    factories.make_meeting(board, factories.ago(-7))
    assert list(to_sign_off(today)) == [held(board)]


@pytest.mark.parametrize("undecided", ["reported complete", "report", "later date"])
def test_one_thing_of_any_kind_is_enough(item_of, undecided, board, today):
    item_of(undecided)
    meeting = held(board)
    assert list(to_sign_off(today)) == [meeting]


@pytest.mark.parametrize("undecided", ["reported complete", "report", "later date"])
def test_nobody_is_led_to_a_meeting_before_which_nothing_was(item_of, undecided, today):
    item_of(undecided)
    assert not to_sign_off(today).exists()


@pytest.mark.parametrize("days", [25, 15, 5, 0])
def test_they_are_the_meetings_that_have_something_to_show(recommendation, board, owner, clerk, today, days):
    recommendation.follow_ups.get().receive(Verdict.ACCEPTED, at=held(board), by=clerk)
    recommendation.date_changes.get().refuse(by=clerk, reason=REASON)
    other = factories.make_recommendation(recommendation.item, owner=owner)
    for ago, to in ((20, Progress.REPORTED_COMPLETE), (10, Progress.IN_PROGRESS), (0, Progress.REPORTED_COMPLETE)):
        with clock.set_to_day(factories.ago(ago)):
            other.change_progress(to, by=clerk, reason=REASON)
    day = factories.ago(days)
    shows = Sitting(held(board, days), clerk).reported_complete().exists()
    assert to_sign_off(day).filter(pk=held(board, days).pk).exists() is shows


@pytest.fixture
def item_of(board, owner):
    """Makes one thing of a kind that waits for the Board."""

    def make(kind):
        made = factories.make_recommendation(factories.make_item(held(board, 20)), owner=owner, due_on=factories.ago(0))
        if kind == "reported complete":
            made.change_progress(Progress.REPORTED_COMPLETE, by=owner)
        elif kind == "report":
            factories.make_report(made, submitted_by=owner)
        else:
            factories.make_asked_date(made, by=owner)

    return make


def test_a_board_with_nothing_undecided_has_nothing_to_sign_off(board, today):
    held(board, 20)
    assert not to_sign_off(today).exists()
