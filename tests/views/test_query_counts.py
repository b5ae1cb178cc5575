"""A page asks the database as often for fifty rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations import clock
from tests import factories

PAST = "?on=2026-11-14"
LISTS = ("dashboard", "recommendations", "follow-ups", "answers")
ADDRESSES = [reverse(name) + query for name in LISTS for query in ("", PAST)]
ADDRESSES += [reverse(name) for name in ("my-work", "desk", "assign-many", "meetings", "drafts")]


@pytest.fixture
def client(sign_in, clerk, owner):
    """Of somebody for whom every page has rows: a clerk who owns things too."""
    clerk.groups.add(*owner.groups.all())
    return sign_in(clerk)


@pytest.fixture
def lived(board, clerk, local, no_regime, today):
    """Makes recommendations a week ago, each with one of everything that a row of some page shows."""
    item = factories.make_item(factories.make_meeting(board))

    def live(how_many):
        with clock.set_to_day(factories.ago(7)):
            for _ in range(how_many):
                live_once(item, clerk, regimes=(local, no_regime))

    return live


def a_body():
    return factories.make_organisation(f"Body {next(factories.numbers)}")


def live_once(item, owner, regimes):
    late = factories.make_recommendation(item, owner=owner, due_on=factories.ago(2))
    factories.make_report(late, due_on=factories.ago(1))
    factories.make_asked_date(late.follow_ups.get(), by=owner)
    factories.make_update(late, by=owner)
    factories.make_response(late, notified_on=factories.ago(90), regime=regimes[0])
    factories.make_response(late, "The Cabinet", organisation=a_body(), regime=regimes[1])
    # Without a date, and in the second case without an owner either.
    factories.make_report(factories.make_recommendation(item, owner=owner))
    factories.make_recommendation(item)
    factories.make_meeting(item.meeting.board, factories.ago(-next(factories.numbers)))
    factories.make_draft()


def queries_for(client, address):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    return len(asked)


def test_every_list_asks_as_often_for_fifty_rows_as_for_one(client, lived):
    lived(1)
    for_one = {address: queries_for(client, address) for address in ADDRESSES}
    lived(49)
    assert {address: queries_for(client, address) for address in ADDRESSES} == for_one


@pytest.fixture
def busy(board, clerk, owner, local):
    """Makes so many of everything that the page of one recommendation shows."""
    recommendation = factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner)

    def live(how_many):
        for number in range(how_many):
            factories.make_received_report(recommendation, due_on=factories.ago(number), submitted_by=owner)
            factories.make_update(recommendation, by=owner)
            body = a_body()
            factories.make_response(recommendation, body.name, regime=local, organisation=body)
            factories.make_evidence(recommendation)
            factories.make_evidence(recommendation, witness=factories.make_witness(recommendation.item))
        return recommendation

    return live


@pytest.mark.parametrize("who", ["clerk", "owner", "member"])
def test_the_page_of_a_recommendation_asks_as_often_after_a_long_life_as_after_a_short_one(who, busy, person, sign_in):
    client = sign_in(person(who))
    address = busy(1).get_absolute_url()
    for_one = queries_for(client, address)
    busy(24)
    assert queries_for(client, address) == for_one


def test_a_meeting_asks_as_often_for_fifty_outcomes_as_for_one(sign_in, member, busy, board):
    client, meeting = sign_in(member), busy(1).item.meeting
    factories.make_recommendation(factories.make_item(meeting), owner=member)
    for_one = queries_for(client, meeting.get_absolute_url())
    for _ in range(5):
        item = factories.make_item(meeting)
        factories.make_witness(item)
        factories.make_resolution(item)
        for _ in range(10):
            factories.make_recommendation(item, owner=member)
    assert queries_for(client, meeting.get_absolute_url()) == for_one
