"""Acts that lock several records each, begun over two real connections to PostgreSQL: neither waits for the other for ever."""

import threading
import time
from functools import partial

import pytest
from django.db import connection

from recommendations import clock
from recommendations.models import Board, FollowUpReport, HandOver, Progress, Recommendation, Refused
from tests import factories
from tests.models.tables import REASON
from tests.models.test_two_clerks import at_once, clerks, only_postgres, parted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
__all__ = ["clerks", "only_postgres"]
IN_A_MONTH = -30


@pytest.fixture
def report(only_postgres, owner):
    return factories.make_report(factories.make_recommendation(owner=owner), due_on=factories.ago(0))


def wait_until_somebody_waits():
    """For a lock, that is. Not for ever, so that a test in which nobody does ends."""
    for _ in range(100):
        with connection.cursor() as cursor:
            # Within one transaction PostgreSQL goes on telling what it told first.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)


def close_while(other, report, clerk):
    """What came of closing the recommendation while `other` begins after its first lock, and what came of `other`."""
    is_locked = threading.Event()

    def close():
        meeting = factories.make_meeting(held_on=factories.ago(1))
        recommendation = Recommendation.objects.get(pk=report.recommendation_id)
        with recommendation.locked():
            is_locked.set()
            wait_until_somebody_waits()
            return recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)

    def begin_then():
        is_locked.wait(timeout=10)
        return other(FollowUpReport.objects.get(pk=report.pk))

    return at_once(close, begin_then)


def test_a_report_whose_date_moves_while_its_recommendation_is_closed(report, clerks):
    move = partial(FollowUpReport.set_due_date, to=factories.ago(IN_A_MONTH), by=clerks[1], reason=REASON)
    closed, moved = close_while(move, report, clerks[0])
    assert (closed, type(moved)) == (report.recommendation, Refused)


def test_a_later_date_asked_for_a_report_while_its_recommendation_is_closed(report, clerks, owner):
    assert owner.is_officer
    ask = partial(FollowUpReport.ask_for_later_date, to=factories.ago(IN_A_MONTH), by=owner, reason=REASON)
    closed, asked = close_while(ask, report, clerks[0])
    assert (closed, type(asked)) == (report.recommendation, Refused)


def test_what_is_closed_while_its_board_ends_stays_with_it(report, clerks, board, other_board):
    def hand_over(report):
        return HandOver.make(board, other_board, by=clerks[1], ended_on=clock.today())

    closed, hand_over = close_while(hand_over, report, clerks[0])
    assert (closed.progress, hand_over.rows.count()) == (Progress.IMPLEMENTED, 0)
    assert Recommendation.objects.get().board == board


def test_of_two_boards_that_end_into_each_other_one_does(board, other_board, clerks):
    def hand_over(clerk, ended, to):
        boards = [Board.objects.get(pk=each.pk) for each in (ended, to)]
        return HandOver.make(*boards, by=clerk, ended_on=clock.today())

    there, back = partial(hand_over, clerks[0], board, other_board), partial(hand_over, clerks[1], other_board, board)
    winners, refusals = parted(at_once(there, back))
    assert (len(winners), [type(each) for each in refusals]) == (1, [Refused])
    assert Board.objects.standing().count() == 1
