"""A board ends and hands over what it leaves open: with references and history kept, and undone while nothing changed."""

import pytest

from recommendations import clock
from recommendations.models import Board, HandOver, Progress, Recommendation, Refused
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(board, owner, today):
    item = factories.make_item(factories.make_meeting(board))
    return factories.make_recommendation(item, owner=owner, due_on=factories.ago(-30))


@pytest.fixture
def closed(opened):
    return factories.make_recommendation(opened.item, progress=Progress.IMPLEMENTED)


@pytest.fixture
def hand_over(board, other_board, clerk, opened, today):
    return HandOver.make(board, other_board, by=clerk, ended_on=today)


def now(record):
    return type(record).objects.get(pk=record.pk)


def test_what_is_open_passes_to_the_successor(opened, hand_over, other_board):
    assert now(opened).board == other_board


def test_what_is_closed_stays(closed, board, other_board, clerk, today):
    HandOver.make(board, other_board, by=clerk, ended_on=today)
    assert now(closed).board == board


def test_references_owners_and_dates_are_kept(opened, hand_over):
    fields = ("reference", "slug", "owner", "due_on", "original_due_on", "times_moved", "progress", "item")
    assert [getattr(now(opened), name) for name in fields] == [getattr(opened, name) for name in fields]


def test_the_board_that_ended_names_its_successor(board, other_board, hand_over, today):
    assert (now(board).ended_on, now(board).successor, now(board).now) == (today, other_board, other_board)


def test_each_row_says_who_did_it_and_why(opened, hand_over, clerk):
    row = opened.history.latest()
    why = "Social Care Services Board ended; Highways and Transport Scrutiny Board follows up what it left open."
    assert (row.history_user, row.history_change_reason) == (clerk, why)


def test_who_sits_on_the_successor_reads_what_is_exempt(opened, other_member, board, other_board, clerk, today):
    opened.mark_exempt(3, by=clerk, reason=REASON)
    assert not Recommendation.objects.visible_to(other_member).exists()
    HandOver.make(board, other_board, by=clerk, ended_on=today)
    assert Recommendation.objects.visible_to(other_member).get() == opened


def test_a_chain_of_successors_ends_at_the_board_that_meets(board, other_board, hand_over, opened, clerk, today):
    third = factories.make_board("CYPB", "Children and Young People Board")
    HandOver.make(other_board, third, by=clerk, ended_on=today)
    assert now(board).now == now(opened).board == third


@pytest.mark.parametrize("who", ["owner", "member", "administrator", "stranger", "system"])
def test_only_a_clerk_hands_over(board, other_board, person, who, today):
    with pytest.raises(Refused, match="Only a clerk hands over"):
        HandOver.make(board, other_board, by=person(who), ended_on=today)


def test_a_board_does_not_follow_itself(board, clerk, today):
    with pytest.raises(Refused, match="another board"):
        HandOver.make(board, now(board), by=clerk, ended_on=today)


def test_a_board_ends_once(board, other_board, hand_over, clerk, today):
    with pytest.raises(Refused, match="has ended already"):
        HandOver.make(board, factories.make_board("CYPB", "Children Board"), by=clerk, ended_on=today)


def test_a_board_that_ended_takes_nothing_over(board, hand_over, clerk, today):
    with pytest.raises(Refused, match="has ended itself"):
        HandOver.make(factories.make_board("CYPB", "Children Board"), board, by=clerk, ended_on=today)


def test_a_board_does_not_end_ahead_of_time(board, other_board, clerk, today):
    with pytest.raises(Refused, match="when the board has ended"):
        HandOver.make(board, other_board, by=clerk, ended_on=factories.ago(-1))


# Undoing it


def test_it_is_undone_as_long_as_nothing_changed(opened, hand_over, board, clerk, today):
    hand_over.undo(by=clerk, reason="The Council meets on it again.")
    assert (now(opened).board, now(board).ended_on, now(board).successor) == (board, None, None)
    assert now(hand_over).undone_on == today
    assert not HandOver.objects.standing().exists()


def change_progress(recommendation, clerk):
    recommendation.change_progress(Progress.IN_PROGRESS, by=clerk)


def say(recommendation, clerk):
    recommendation.say("Two schools so far.", by=clerk)


def order_a_report(recommendation, clerk):
    factories.make_report(recommendation, by=clerk)


def ask_an_addressee(recommendation, clerk):
    factories.make_response(recommendation, by=clerk)


def ask_for_a_later_date(recommendation, clerk):
    factories.make_asked_date(recommendation, by=recommendation.owner)


@pytest.mark.parametrize(
    "change",
    [change_progress, say, order_a_report, ask_an_addressee, ask_for_a_later_date],
    ids=lambda act: act.__name__,
)
def test_it_is_not_undone_once_anything_changed(opened, hand_over, other_board, clerk, change):
    change(now(opened), clerk)
    with pytest.raises(Refused, match=f"{opened.reference} changed since"):
        hand_over.undo(by=clerk, reason=REASON)
    assert (now(opened).board, now(hand_over).undone_on) == (other_board, None)


def test_it_is_undone_once(hand_over, clerk):
    hand_over.undo(by=clerk, reason=REASON)
    with pytest.raises(Refused, match="undone already"):
        hand_over.undo(by=clerk, reason=REASON)


def test_undoing_needs_a_reason(hand_over, clerk):
    with pytest.raises(Refused, match="Say why"):
        hand_over.undo(by=clerk, reason=" ")


def test_only_a_clerk_undoes_it(hand_over, owner):
    with pytest.raises(Refused, match="Only a clerk undoes"):
        hand_over.undo(by=owner, reason=REASON)


def test_a_board_whose_hand_over_was_undone_can_end_again(board, other_board, hand_over, opened, clerk):
    hand_over.undo(by=clerk, reason=REASON)
    again = HandOver.make(Board.objects.get(pk=board.pk), other_board, by=clerk, ended_on=clock.today())
    assert [row.recommendation for row in again.rows.all()] == [opened]
