"""Lists whose question is put together once: it is asked again, and nobody sees what only somebody else may."""

import datetime

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.views.follow_ups import FollowUps
from recommendations.views.recommendations import Recommendations
from recommendations.views.responses import Answers
from tests import factories
from tests.views.pages import read


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def look(sign_in, member):
    client = sign_in(member)
    return lambda name, query="": titles(read(client, reverse(name) + query))


def titles(page):
    return " ".join(row[2] for row in page.rows)


@pytest.mark.parametrize("name", ["recommendations", "follow-ups", "answers"])
def test_after_a_change_the_same_list_is_asked_for_as_before(name, look, board, owner, clerk, monkeypatch):
    asked = factories.make_recommendation(board=board, owner=owner, due_on=factories.ago(3))
    factories.make_report(asked, due_on=factories.ago(3)), factories.make_response(asked, "The Police")
    look(name)
    asked.retitle("Visit every school", by=clerk)
    for each in (Recommendations, FollowUps, Answers):
        monkeypatch.setattr(each, "get_rows", lambda self: pytest.fail("put together anew"))
    assert look(name) == "Visit every school"


def test_whoever_leaves_a_board_sees_nothing_exempt_of_it_in_a_list_they_had_open(sign_in, other_officer, board, clerk):
    factories.make_recommendation(board=board, title="Late", exempt_paragraph=3)
    membership, seen = factories.make_membership(other_officer, board), []
    for until in (None, factories.ago(1)):
        if until:
            membership.end(until=until, by=clerk)
        seen.append(titles(read(sign_in(other_officer), reverse("recommendations"))))
    assert seen == ["Late", ""]


def test_on_the_next_day_a_list_is_asked_for_anew(look, board, monkeypatch):
    factories.make_recommendation(board=board, title="late", due_on=clock.today())
    assert look("recommendations", "?only=overdue") == ""
    tomorrow = clock.today() + datetime.timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    assert look("recommendations", "?only=overdue") == "late"
