"""The page of a recommendation is written once for each version of what stands on it, and never shows another."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.memory import Memory, memory
from recommendations.models import Following, Progress
from recommendations.models.mails import Delivery
from tests import factories
from tests.views.pages import read, words_of


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def lived(board, owner, local):
    """One that everything is said about that a page can show."""
    recommendation = factories.make_recommendation(
        board=board, owner=owner, title="Visit the schools", due_on=factories.ago(-20)
    )
    item = recommendation.item
    factories.make_report(recommendation, due_on=factories.ago(-9))
    factories.make_response(recommendation, organisation=factories.make_organisation(), regime=local)
    factories.make_update(recommendation, by=owner)
    factories.make_evidence(recommendation, witness=factories.make_witness(item))
    factories.make_evidence(recommendation, point=factories.make_point(item))
    return recommendation


def follow(one, by):
    Following.turn(one, by=by, is_active=True)


def remind(one, by):
    factories.make_mail(by, recommendation=one, words="The owner was reminded.", became=Delivery.SENT)


def rename(record, by, name="Another Name"):
    record.name = name
    record.record(by=by)


def rename_owner(one, by):
    one.owner.full_name = "Olu Shah-Brown"
    one.owner.record(by=by)


ACTS = {
    "its progress": lambda one, by: one.change_progress(Progress.PAUSED, by=by, reason="No bus."),
    "its words": lambda one, by: one.correct_words("That officers visit.", by=by, reason="Copied wrongly."),
    "its owner": lambda one, by: one.assign(factories.make_officer("Ann Lee"), by=by),
    "its due date": lambda one, by: one.set_due_date(factories.ago(-30), by=by, reason=factories.WHY),
    "a later date asked for": lambda one, by: factories.make_asked_date(one, by=one.owner),
    "an update": lambda one, by: one.say("Three schools.", by=by),
    "a report": lambda one, by: one.follow_ups.get().waive(by=by, reason=factories.WHY),
    "an addressee": lambda one, by: factories.make_response(one, "The Cabinet"),
    "its evidence": lambda one, by: one.link_evidence(points=[], witnesses=[], by=by),
    "who may read it": lambda one, by: one.mark_exempt(3, by=by, reason=factories.WHY),
    "who follows it": follow,
    "a mail about it": remind,
    "its owner’s name": rename_owner,
    "its board’s name": lambda one, by: rename(one.board, by),
    "its addressee’s name": lambda one, by: rename(one.responses.get().organisation, by),
    "its witness’s name": lambda one, by: rename(one.evidence.get(point=None).witness, by),
    "the name of its rule": lambda one, by: rename(one.responses.get().regime, by),
}


@pytest.mark.parametrize("name", ACTS)
def test_a_change_is_on_the_page_at_once(name, lived, sign_in, clerk):
    client = sign_in(clerk)
    before = main_of(client, lived)
    ACTS[name](lived, clerk)
    after = main_of(client, lived)
    memory.forget()
    assert before != after == main_of(client, lived)


def main_of(client, recommendation):
    return words_of(read(client, recommendation.get_absolute_url()).main)


def test_a_page_that_was_written_asks_the_database_for_nothing_it_shows(lived, sign_in, member):
    client = sign_in(member)
    first = main_of(client, lived)
    with CaptureQueriesContext(connection) as asked:
        assert main_of(client, lived) == first
    # Session, the person with their rights; its version.
    assert len(asked) == 3


def test_what_happens_to_another_leaves_the_page_written(lived, sign_in, member, clerk):
    client = sign_in(member)
    main_of(client, lived)
    factories.make_recommendation(title="Mend the bridge").change_progress(Progress.PAUSED, by=clerk, reason="Rain.")
    with CaptureQueriesContext(connection) as asked:
        main_of(client, lived)
    assert len(asked) == 3


def test_a_page_of_much_that_belongs_to_it_asks_as_often_as_one_of_little(lived, sign_in, member):
    def queries():
        Memory.forget()
        with CaptureQueriesContext(connection) as asked:
            main_of(client, lived)
        return len(asked)

    client = sign_in(member)
    few = queries()
    for number in range(2, 12):
        factories.make_evidence(lived, point=factories.make_point(lived.item, f"Point {number}."))
        body = factories.make_organisation(f"Body {number}")
        factories.make_response(lived, body.name, organisation=body)
        factories.make_update(lived, by=lived.owner)
    assert queries() == few


def test_nobody_is_shown_what_was_written_for_somebody_else(lived, sign_in, member, other_member, clerk):
    lived.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert sign_in(member).get(lived.get_absolute_url()).status_code == 200
    assert sign_in(other_member).get(lived.get_absolute_url()).status_code == 404


def test_what_becomes_exempt_is_gone_at_once(lived, sign_in, other_member, clerk):
    client = sign_in(other_member)
    main_of(client, lived)
    lived.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert client.get(lived.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("what", ["itself", "item"])
def test_what_is_like_it_and_becomes_exempt_is_no_longer_said_to_be_at_once(what, lived, sign_in, other_member, clerk):
    like = factories.make_recommendation(text=lived.text, title=lived.title, item=factories.make_item())
    client, address = sign_in(other_member), reverse("recommendation-similar", args=[lived.slug])
    assert like.reference in words_of(read(client, address).main)
    hidden = like if what == "itself" else like.item
    hidden.exempt_paragraph = 3
    hidden.record(by=clerk)
    assert like.reference not in words_of(read(client, address).main)
