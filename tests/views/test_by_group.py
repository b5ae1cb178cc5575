"""Figures of organisations and boards: of those that nothing was added to none is counted again."""

import pytest
from django.urls import reverse

from recommendations.models import Answer, Response
from recommendations.models.kept_figures import newest_of_each
from recommendations.views import by_group
from tests import factories
from tests.views.pages import read


@pytest.fixture
def answers(today, db):
    """One of each of three organisations."""
    return [factories.make_response(organisation=factories.make_organisation(f"Body {n}")) for n in range(3)]


@pytest.fixture
def counted(answers):
    """Which organisations are counted when all three are asked for."""
    keys = [each.organisation_id for each in answers]

    def ask():
        told = []
        by_group.counted(
            "some", Response, "organisation", keys, lambda some: told.extend(some) or dict.fromkeys(some, 1)
        )
        return told

    assert ask() == keys
    return ask


def test_nothing_is_counted_twice(counted):
    assert counted() == []


def test_only_the_organisation_that_answered_is_counted_again(counted, answers, clerk):
    answers[1].answer_with(Answer.ACCEPTED, by=clerk)
    assert counted() == [answers[1].organisation_id]


def test_an_answer_of_another_organisation_now_is_counted_again_for_both(counted, answers, clerk):
    answers[0].name_organisation(answers[2].organisation, by=clerk, reason="It was the other one.")
    assert counted() == [answers[0].history.last().organisation_id, answers[2].organisation_id]


def test_after_more_than_are_looked_at_everything_is_counted(counted, answers, clerk, monkeypatch):
    monkeypatch.setattr(by_group, "NEWEST", 1)
    for answer in (Answer.NOTED, Answer.ACCEPTED):
        answers[0].answer_with(answer, by=clerk)
    assert len(counted()) == 3


@pytest.fixture
def word(today, member):
    """What tells the member's numbers apart."""
    return lambda: by_group.restriction(member, newest_of_each())


def test_what_becomes_exempt_changes_the_word(word, clerk):
    one = factories.make_recommendation()
    before = word()
    one.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert word() != before


def test_what_is_open_to_all_leaves_the_word(word, clerk):
    one = factories.make_recommendation()
    before = word()
    one.change_progress("in_progress", by=clerk)
    assert word() == before


def test_clerks_have_one_word(clerk):
    assert by_group.restriction(clerk, newest_of_each()) == ""


def test_the_boards_say_what_was_closed_just_now(today, sign_in, member, board, clerk):
    item = factories.make_item(factories.make_meeting(board, factories.ago(9)))
    one, _other = factories.make_recommendation(item), factories.make_recommendation(item)
    client, before = sign_in(member), read(sign_in(member), reverse("boards")).text
    one.close("closed_implemented", at=item.meeting, by=clerk)
    assert read(client, reverse("boards")).text != before
