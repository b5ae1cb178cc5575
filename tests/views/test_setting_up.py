"""Entering boards and organisations: what clerks and administrators do before the first minutes, and put right after."""

import pytest
from django.urls import reverse

from recommendations.models import Board, Organisation
from tests import factories
from tests.views.pages import read, send


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens in November 2026."""


@pytest.fixture
def clerks(sign_in, clerk):
    return sign_in(clerk)


PARKS = {"name": "Parks Board", "code": "pkb", "reference_scheme": "{board} {letter}{number}/{year}"}


def correct(client, board, **answers):
    return send(client, reverse("board-correct", args=[board.pk]), **answers)


# Boards


@pytest.mark.parametrize("who", ["clerk", "administrator"])
def test_a_board_is_added_and_the_history_says_by_whom(sign_in, person, who):
    page = send(sign_in(person(who)), reverse("board-new"), **PARKS)
    assert (page.heading, page.banner) == ("Getting started", "Parks Board is added.")
    board = Board.objects.get(code="PKB")
    assert str(board.history.get().history_user) == str(person(who))


def test_the_schemes_are_shown_as_they_would_look(clerks):
    page = read(clerks, reverse("board-new"))
    assert "SCSB R1/26, SCSB A1/26 …" in page.text
    assert "SCSB R1/26/27, SCSB A1/26/27 …" in page.text


def test_the_scheme_that_was_chosen_makes_the_references(clerks):
    send(clerks, reverse("board-new"), **PARKS | {"reference_scheme": "{board}/{municipal_year}/{letter}{number}"})
    board = Board.objects.get(code="PKB")
    assert board.next_reference("R", factories.ago(0)) == "PKB/26/27/R1"


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"name": ""}, ["Enter the name"]),
        ({"code": "P B"}, ["Code must be two letters or more, without spaces, like SCSB"]),
        ({"code": "scsb"}, ["scsb is taken already, by Social Care Services Board."]),
        ({"name": "social care services board"}, ["social care services board is taken already, by Social Care Services Board."]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_new_board_is_said_and_kept(clerks, board, wrong, errors):
    page = send(clerks, reverse("board-new"), **PARKS | wrong)
    assert (page.errors, page.fields["code"]) == (errors, (PARKS | wrong)["code"])


def test_a_board_is_put_right_before_its_first_recommendation(clerks, board, member):
    page = correct(clerks, board, name="Adult Care Board", code="ACB", chair=member.pk)
    board.refresh_from_db()
    assert (page.banner, board.code, board.chair) == ("Adult Care Board is corrected.", "ACB", member)


def test_the_code_stays_once_references_hold_it(clerks, board):
    factories.make_recommendation(factories.make_item(factories.make_meeting(board)))
    page = read(clerks, reverse("board-correct", args=[board.pk]))
    assert "References hold its code, SCSB, so that can no longer change." in page.text
    assert not {"code", "reference_scheme"} & set(page.fields)


def test_a_code_that_a_reference_has_taken_up_meanwhile_stays(clerks, board):
    opened = read(clerks, reverse("board-correct", args=[board.pk]))
    factories.make_recommendation(factories.make_item(factories.make_meeting(board)))
    clerks.post(opened.address, opened.fields | {"code": "XYZ"})
    board.refresh_from_db()
    assert board.code == "SCSB"


def test_only_members_of_the_board_can_be_its_chair(clerks, board, member, other_member):
    page = read(clerks, reverse("board-correct", args=[board.pk]))
    assert page.main.xpath(".//select[@name='chair']/option/text()") == ["Nobody yet", "Asha Nair"]


def test_a_stale_form_is_told_what_changed(clerks, board, administrator):
    opened = read(clerks, reverse("board-correct", args=[board.pk]))
    board.correct(
        name="Adult Care Board", chair=None, code=board.code, reference_scheme=board.reference_scheme, by=administrator
    )
    response = clerks.post(opened.address, opened.fields | {"name": "Care Board"})
    assert b"This has changed since you opened it. Ines Moreau," in response.content


# Organisations


def test_an_organisation_is_added_with_its_time_to_answer(clerks, nhs):
    page = send(clerks, reverse("organisation-new"), name="Example Trust", also_known_as="the Trust", regime=nhs)
    made = Organisation.objects.get()
    assert (page.banner, made.names, made.regime) == ("Example Trust is added.", ["Example Trust", "the Trust"], nhs)


def test_an_organisation_is_put_right(clerks, nhs, clerk):
    trust = factories.make_organisation("Example Trsut")
    page = send(clerks, reverse("organisation-correct", args=[trust.pk]), name="Example Trust", regime=nhs)
    trust.refresh_from_db()
    assert (page.banner, trust.regime, trust.history.first().history_user) == (
        "Example Trust is corrected.", nhs, clerk
    )  # fmt: skip


def test_an_organisation_has_its_name_alone(clerks, nhs):
    factories.make_organisation("Example Trust")
    page = send(clerks, reverse("organisation-new"), name="example  trust", regime=nhs)
    assert page.errors == ["example trust is taken already, by Example Trust."]
