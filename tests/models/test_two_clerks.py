"""Two clerks at the same moment, over two real connections to PostgreSQL: one wins, the other is told, none is lost."""

import datetime
import threading
from functools import partial

import pytest
from django.db import connection, transaction

from recommendations.models import (
    Answer,
    Claimed,
    Feed,
    FollowUpReport,
    MinutesDraft,
    PartnerLink,
    Progress,
    Recommendation,
    Refused,
    Response,
    Stale,
)
from tests import factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def only_postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")


def at_once(*acts):
    """What each act returned or was refused with, each in a thread and a connection of its own, begun together."""
    begin, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            begin.wait(timeout=10)
            results[place] = act()
        except Exception as refusal:
            results[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.fixture
def clerks():
    """Two clerks whose roles are known already, so that nothing but the change itself is in the race."""
    pair = [factories.make_clerk("Ruth Bailey"), factories.make_clerk("Kit Osei")]
    assert all(clerk.is_clerk for clerk in pair)
    return pair


def parted(results):
    """(winners, refusals) of two results."""
    refusals = [each for each in results if isinstance(each, Exception)]
    return [each for each in results if each not in refusals], refusals


def opened(pk):
    return Recommendation.objects.get(pk=pk)


def retitled_by(clerks, recommendation, **opened_with):
    """Both give it another title at once."""

    def retitle(clerk):
        return opened(recommendation.pk).retitle(f"By {clerk}", by=clerk, **opened_with)

    return parted(at_once(*(partial(retitle, clerk) for clerk in clerks)))


def test_two_forms_of_the_same_version_one_wins_and_the_other_is_stale(clerks):
    winners, refusals = retitled_by(clerks, factories.make_recommendation(), version=1)
    assert (len(winners), [type(each) for each in refusals]) == (1, [Stale])


def test_the_stale_clerk_is_told_what_is_stored_now(clerks):
    recommendation = factories.make_recommendation()
    (winner,), (refusal,) = retitled_by(clerks, recommendation, version=1)
    assert refusal.record.title == winner.title == opened(recommendation.pk).title


def test_the_history_has_one_row_and_it_names_who_won(clerks):
    recommendation = factories.make_recommendation()
    (winner,), _ = retitled_by(clerks, recommendation, version=1)
    latest, first = recommendation.history.all()
    assert (latest.title, f"By {latest.history_user}", first.history_type) == (winner.title, winner.title, "+")


def test_without_a_version_both_are_kept_one_after_the_other(clerks):
    recommendation = factories.make_recommendation()
    retitled_by(clerks, recommendation)
    rows = [(row.version, row.title == f"By {row.history_user}") for row in recommendation.history.all()]
    assert rows[:2] == [(3, True), (2, True)]


def test_closed_by_both_it_is_closed_once(clerks):
    recommendation, meeting = factories.make_recommendation(), factories.make_meeting(held_on=factories.ago(1))

    def close(clerk):
        return opened(recommendation.pk).close(Progress.IMPLEMENTED, at=meeting, by=clerk)

    winners, refusals = parted(at_once(*(partial(close, clerk) for clerk in clerks)))
    assert (len(winners), [type(each) for each in refusals]) == (1, [Refused])
    assert recommendation.history.filter(progress=Progress.IMPLEMENTED).count() == 1


def test_ordered_by_both_one_report_is_awaited(clerks):
    recommendation = factories.make_recommendation()

    def order(clerk):
        return FollowUpReport.order(opened(recommendation.pk), by=clerk)

    _, refusals = parted(at_once(*(partial(order, clerk) for clerk in clerks)))
    assert [type(each) for each in refusals] == [Refused]
    assert recommendation.follow_ups.count() == 1


def test_a_date_granted_and_moved_at_once_moves_once(clerks):
    owner = factories.make_officer()
    asked = factories.make_asked_date(factories.make_recommendation(owner=owner, due_on=factories.ago(0)), by=owner)
    pk = asked.recommendation_id
    results = at_once(
        lambda: asked.grant(by=clerks[0]),
        lambda: opened(pk).set_due_date(factories.ago(-7), by=clerks[1], reason="The Board asked for it.", version=1),
    )
    assert len(parted(results)[1]) == 1
    assert opened(pk).times_moved == 1


def test_a_draft_claimed_by_both_is_one_clerks(clerks):
    pk = factories.make_draft().pk
    winners, refusals = parted(
        at_once(*(partial(MinutesDraft.objects.get(pk=pk).claim, by=clerk) for clerk in clerks)),
    )
    assert [type(each) for each in refusals] == [Claimed]
    assert MinutesDraft.objects.get().claimant == winners[0].claimed_by


@pytest.mark.parametrize("taken_before", [0, 1], ids=["the first of a year", "later ones"])
def test_references_taken_at_once_are_different(taken_before):
    board = factories.make_board()

    def take():
        with transaction.atomic():
            return board.next_reference("R", datetime.date(2026, 11, 18))

    before = [take() for _ in range(taken_before)]
    assert sorted(before + at_once(take, take, take))[:3] == ["SCSB R1/26", "SCSB R2/26", "SCSB R3/26"]


# Two people who have the same link


def test_answered_by_both_through_one_link_it_is_answered_once():
    response = factories.make_response(organisation=factories.make_organisation("Surrey Police"))
    link, _ = factories.make_link(response.organisation)

    def answer(with_what):
        own = PartnerLink.objects.get(pk=link.pk)
        return Response.objects.get(pk=response.pk).answer_with(with_what, by=None, through=own)

    winners, refusals = parted(at_once(partial(answer, Answer.ACCEPTED), partial(answer, Answer.NOTED)))
    assert [type(each) for each in refusals] == [Refused]
    assert Response.objects.get().answer == winners[0].answer
    assert (link.uses.count(), response.history.count()) == (1, 2)


def test_a_link_withdrawn_while_it_is_used_either_answers_or_refuses(clerks):
    """One after the other: no answer comes through a link that is withdrawn already, and none is lost."""
    response = factories.make_response(organisation=factories.make_organisation("Surrey Police"))
    link, _ = factories.make_link(response.organisation)
    own = PartnerLink.objects.get(pk=link.pk)
    answered, withdrawn = at_once(
        lambda: response.answer_with(Answer.ACCEPTED, by=None, through=own),
        lambda: link.revoke(by=clerks[0], reason="It got lost."),
    )
    assert withdrawn == link
    assert Response.objects.get().answer == (Answer.AWAITING if isinstance(answered, Refused) else Answer.ACCEPTED)


def test_two_clicks_at_once_make_one_address(clerks):
    begin = partial(Feed.begin, user=clerks[0], by=clerks[0])
    first, second = at_once(begin, begin)
    assert first == second
