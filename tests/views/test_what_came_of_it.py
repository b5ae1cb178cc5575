"""Who told the boards what, and what came of it: the list of witnesses by that, and the page of each."""

import pytest
from django.urls import reverse

from recommendations.models import Progress
from tests import factories
from tests.views.pages import read


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board), title="Missing children")


@pytest.fixture
def claire(item):
    return factories.make_speaker("Claire Curran", item)


@pytest.fixture
def look(sign_in, person):
    return lambda address, who="member": read(sign_in(person(who)), address)


@pytest.fixture
def names(look):
    """Of the witnesses whom the list shows, narrowed by what stands in the address."""
    return lambda query, who="member": [row[0] for row in look(reverse("witnesses") + query, who).rows]


def lead(person, *, meeting=None, **fields):
    """A recommendation that rests on the first thing this person said."""
    witness = person.witnesses.earliest("pk")
    recommendation = factories.make_recommendation(witness.item, **fields)
    factories.make_evidence(recommendation, witness=witness)
    return recommendation


def implemented(person, note="Two nurses were hired."):
    meeting = factories.make_meeting(held_on=factories.ago(1))
    return lead(person).close(Progress.IMPLEMENTED, at=meeting, by=None, reason=factories.WHY, note=note)


def test_a_row_counts_what_their_evidence_led_to_and_what_of_that_is_done(look, claire):
    lead(claire)
    implemented(claire)
    page = look(reverse("witnesses"))
    assert page.rows[0][-2:] == ["2 recommendations, Claire Curran", "1"]
    assert page.links()["2 recommendations, Claire Curran"] == f"{claire.get_absolute_url()}#came-of-it"


def test_what_rests_on_two_appearances_counts_once(look, claire, item, clerk):
    recommendation = lead(claire)
    again = factories.make_witness(factories.make_item(item.meeting), "Claire Curran", person=claire)
    factories.make_evidence(recommendation, witness=again)
    assert look(reverse("witnesses")).rows[0][-2] == "1 recommendations, Claire Curran"
    assert "1 recommendation rests on what Claire Curran said" in look(claire.get_absolute_url()).text


def test_what_no_longer_rests_on_them_does_not_count(look, claire, clerk):
    lead(claire).link_evidence(points=[], witnesses=[], by=clerk)
    assert look(reverse("witnesses")).rows[0][-2:] == ["0", "0"]
    assert "No recommendation rests on it." in look(claire.get_absolute_url()).text


@pytest.mark.parametrize(("who", "led"), [("member", "1 recommendations, Claire Curran"), ("other_member", "0")])
def test_an_exempt_recommendation_counts_for_those_who_may_read_it(look, claire, who, led):
    lead(claire, exempt_paragraph=3)
    assert look(reverse("witnesses"), who).rows[0][-2] == led
    assert ("rests on what" in look(claire.get_absolute_url(), who).text) == (led != "0")


def test_what_was_said_to_an_exempt_item_is_not_told_through_the_owner_of_what_it_led_to(look, claire, item, owner):
    hidden = factories.make_item(item.meeting, exempt_paragraph=3)
    witness = factories.make_witness(hidden, "Claire Curran", person=claire)
    factories.make_evidence(factories.make_recommendation(hidden, owner=owner), witness=witness)
    assert look(reverse("witnesses"), "owner").rows[0][-2] == "0"
    assert look(reverse("witnesses"), "member").rows[0][-2] != "0"


@pytest.fixture
def three(claire, item):
    """One whose evidence led to nothing, one to something, one to something that is done."""
    factories.make_speaker("Dana Whitlock", item)
    lead(claire)
    implemented(factories.make_speaker("Ravi Chand", item))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?only=led", ["Claire Curran", "Ravi Chand"]),
        ("?only=done", ["Ravi Chand"]),
        ("?only=nothing", ["Dana Whitlock"]),
        ("?sort=-led", ["Claire Curran", "Ravi Chand", "Dana Whitlock"]),
        ("?sort=-done", ["Ravi Chand", "Claire Curran", "Dana Whitlock"]),
    ],
)
def test_witnesses_are_narrowed_and_sorted_by_what_came_of_it(names, query, left):
    assert names(query) == left


def test_witnesses_are_narrowed_to_one_meeting_that_is_of_the_board_and_of_the_year(names, claire, other_board):
    elsewhere = factories.make_item(factories.make_meeting(other_board, factories.ago(400)))
    factories.make_witness(elsewhere, "Claire Curran", person=claire)
    board = claire.witnesses.earliest("pk").item.meeting.board
    queries = (f"?board={other_board.pk}", "?year=2025", f"?board={board.pk}&year=2025", f"?board={board.pk}&year=2026")
    assert [len(names(query)) for query in queries] == [1, 1, 0, 1]


def test_an_exempt_item_puts_nobody_among_the_witnesses_of_a_board(names, claire, other_board):
    hidden = factories.make_item(factories.make_meeting(other_board), exempt_paragraph=3)
    factories.make_witness(hidden, "Claire Curran", person=claire)
    assert names(f"?board={other_board.pk}") == []
    assert names(f"?board={other_board.pk}", who="other_member") == ["Claire Curran"]


def test_the_page_of_a_witness_says_what_came_of_what_they_said(look, claire):
    lead(claire)
    done = implemented(claire)
    text = look(claire.get_absolute_url()).text
    assert "What came of it 2 recommendations rest on what Claire Curran said: 1 implemented, 1 still open." in text
    assert f"{done.title} Closed: implemented on 17 November 2026 What changed: Two nurses were hired." in text
