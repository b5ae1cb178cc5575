"""The boards: what each still follows up, and the clerk who hands over what a board that ends leaves open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.memory import Memory
from recommendations.models import Board, HandOver
from tests import factories
from tests.views.pages import read, send


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def opened(board):
    return factories.make_recommendation(factories.make_item(factories.make_meeting(board)))


@pytest.fixture
def boards(sign_in, person):
    return lambda who="member": read(sign_in(person(who)), reverse("boards"))


def test_every_board_says_what_it_still_follows_up(boards, opened, other_board):
    factories.make_recommendation(opened.item, progress="closed_implemented")
    assert boards().rows == [
        ["Highways and Transport Scrutiny Board Tracker of Highways and Transport Scrutiny Board", "HTSB",
         "0 open of Highways and Transport Scrutiny Board", "0 of Highways and Transport Scrutiny Board",
         "Meets Its impact, by year: Highways and Transport Scrutiny Board"],
        ["Social Care Services Board Tracker of Social Care Services Board", "SCSB",
         "1 open of Social Care Services Board", "2 of Social Care Services Board",
         "Meets Its impact, by year: Social Care Services Board"],
    ]  # fmt: skip


def test_what_is_exempt_is_not_counted_for_others(boards, board, opened, clerk):
    opened.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert [boards(who).rows[0][2].split()[0] for who in ("member", "other_member")] == ["1", "0"]


def test_without_a_board_it_says_who_adds_one(boards, other_officer):
    assert boards("other_officer").text.endswith("Clerks and administrators add boards.")


def test_there_are_as_many_queries_for_ten_boards_as_for_one(sign_in, member):
    client, counts = sign_in(member), []
    for number in (1, 10):
        for each in range(number):
            factories.make_board(f"B{number}{each}", f"Board {number}{each}")
        Memory.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("boards"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_clerk_hands_over_what_is_open(sign_in, clerk, board, other_board, opened):
    page = send(
        sign_in(clerk), reverse("board-hand-over", args=[board.pk]), to=other_board.pk,
        ended_on=factories.ago(0),
    )  # fmt: skip
    assert page.banner == "1 recommendation handed over to Highways and Transport Scrutiny Board."
    assert "Ended on 18 November 2026; Highways and Transport Scrutiny Board follows up what it left open" in page.text


def test_the_page_says_how_much_passes(sign_in, clerk, board, opened):
    page = read(sign_in(clerk), reverse("board-hand-over", args=[board.pk]))
    assert "1 open recommendation passes to the other board" in page.text
    factories.make_recommendation(opened.item)
    assert "2 open recommendations pass" in read(sign_in(clerk), reverse("board-hand-over", args=[board.pk])).text


def test_a_refusal_keeps_what_was_chosen(sign_in, clerk, board, other_board):
    page = send(
        sign_in(clerk), reverse("board-hand-over", args=[board.pk]), to=other_board.pk,
        ended_on=factories.ago(-1),
    )  # fmt: skip
    assert "Hand over when the board has ended" in page.text
    assert page.fields["to"] == str(other_board.pk)
    assert Board.objects.standing().count() == 2


def test_a_clerk_undoes_it_with_a_reason(sign_in, clerk, board, other_board, opened):
    hand_over = HandOver.make(board, other_board, by=clerk, ended_on=factories.ago(0))
    page = send(sign_in(clerk), reverse("hand-over-undo", args=[hand_over.pk]), reason="It meets on.")
    assert page.banner == "Undone: Social Care Services Board follows up its recommendations again."


def test_the_list_offers_each_board_what_may_be_done(boards, board, other_board, clerk):
    hand_over = HandOver.make(board, other_board, by=clerk, ended_on=factories.ago(0))
    links = set(boards("clerk").links(".//tbody").values())
    assert reverse("hand-over-undo", args=[hand_over.pk]) in links
    assert reverse("board-hand-over", args=[other_board.pk]) in links
    assert not {link for link in boards("member").links().values() if "hand-over" in link}
