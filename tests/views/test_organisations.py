"""Organisations: what was asked of each, how it answered, how long it took; every number leads to its rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.models import Answer
from tests import factories
from tests.views.pages import read


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board))


@pytest.fixture
def police(local):
    return factories.make_organisation("Example Police", regime=local)


@pytest.fixture
def ask(item, local):
    """Asks an organisation, and has it answer on a day, so many days after its clock was started."""

    def ask(organisation, answer=Answer.AWAITING, *, took=10, notified=60, item=item, **fields):
        recommendation = factories.make_recommendation(item, **fields)
        addressee = f"The {organisation}"
        response = factories.make_response(recommendation, addressee, organisation=organisation, regime=local)
        if notified is not None:
            response.start_clock(notified_on=factories.ago(notified), by=None, reason=factories.WHY)
        if answer != Answer.AWAITING:
            response.answer_with(answer, by=None, on=factories.ago((notified or 0) - took), reasons=factories.WHY)
        return response

    return ask


@pytest.fixture
def look(sign_in, person):
    return lambda address="", who="member": read(sign_in(person(who)), address or reverse("organisations"))


def bare(row):
    """Without the words that only a screen reader is read."""
    return [cell.split()[0] if cell[0].isdigit() and "," in cell else cell for cell in row]


def test_a_row_tells_how_an_organisation_answers(look, ask, police):
    ask(police, Answer.ACCEPTED, took=10)
    ask(police, Answer.PARTIALLY_ACCEPTED, took=20)
    ask(police, Answer.NOT_ACCEPTED, took=60)
    ask(police, Answer.NOTED)
    ask(police, notified=1)
    [row] = look().rows
    assert bare(row) == [
        "Example Police Local rule", "5", "1", "1", "1", "2", "1", "mean 30, median 20", "18 November 2026",
    ]  # fmt: skip


def test_who_was_never_asked_is_there_with_noughts(look, police):
    [row] = look().rows
    assert row[1:] == ["0", "0", "0", "0", "0", "0", "Not known", "Never"]


def test_how_long_an_answer_took_counts_from_the_later_of_notice_and_receipt(look, ask, police):
    response = ask(police, notified=40)
    response.start_clock(notified_on=factories.ago(40), received_on=factories.ago(30), by=None, reason=factories.WHY)
    response.answer_with(Answer.ACCEPTED, by=None, on=factories.ago(25), reasons=factories.WHY)
    ask(police, Answer.ACCEPTED, notified=None, took=0)
    assert look().rows[0][-2] == "mean 5, median 5"


def test_each_number_leads_to_exactly_the_rows_it_counts(look, ask, police, other_board):
    for answer in (Answer.ACCEPTED, Answer.ACCEPTED, Answer.NOTED, Answer.AWAITING, Answer.NOT_REQUIRED):
        ask(police, answer)
    ask(factories.make_organisation("Somebody else"), Answer.ACCEPTED)
    ask(police, item=factories.make_item(factories.make_meeting(other_board)))
    for address in (reverse("organisations"), police.get_absolute_url()):
        links = look(address).links(".//table")
        counted = {words: href for words, href in links.items() if words[0].isdigit()}
        assert len(counted) > 3
        assert {words: len(look(href).rows) for words, href in counted.items()} == {
            words: int(words.split()[0]) for words in counted
        }


def test_each_number_of_the_page_leads_to_exactly_the_rows_it_counts(look, ask, police):
    for answer in (Answer.ACCEPTED, Answer.ACCEPTED, Answer.NOTED, Answer.AWAITING, Answer.NOT_REQUIRED):
        ask(police, answer)
    links = look(police.get_absolute_url()).links(".//ul[contains(@class, 'app-counts')]")
    assert list(links) == [
        "5 Recommendations", "1 Awaiting an answer", "2 Accepted", "1 Noted only", "1 Not required", "2 Overdue",
    ]  # fmt: skip
    assert [len(look(href).rows) for href in links.values()] == [5, 1, 2, 1, 1, 2]


@pytest.mark.parametrize(("who", "asked"), [("member", "1"), ("other_member", "0"), ("owner", "1"), ("stranger", "0")])
def test_exempt_matter_counts_for_those_alone_who_may_read_it(look, ask, police, owner, settings, who, asked):
    settings.PUBLIC_PAGES = True
    ask(police, exempt_paragraph=3, owner=owner)
    assert bare(look(who=who).rows[0])[1] == asked
    assert ("No board has asked it for an answer yet." in look(police.get_absolute_url(), who).text) == (asked == "0")


# Narrowing and sorting


@pytest.fixture
def names(look):
    return lambda query: list(look(reverse("organisations") + query).links(".//tbody//th"))


@pytest.fixture
def several(ask, police, local, nhs, other_board):
    """Late; quick; asked by another board; never asked."""
    ask(police)
    ask(factories.make_organisation("Quick Trust", regime=nhs), Answer.ACCEPTED, took=2)
    cabinet = factories.make_organisation("The Cabinet", regime=local)
    elsewhere = factories.make_item(factories.make_meeting(other_board))
    ask(cabinet, Answer.ACCEPTED, took=20, item=elsewhere)
    ask(cabinet, item=elsewhere, notified=3)
    factories.make_organisation("Unasked Services", regime=local)


@pytest.mark.usefixtures("several")
@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["Example Police", "Quick Trust", "The Cabinet", "Unasked Services"]),
        ("?only=asked", ["Example Police", "Quick Trust", "The Cabinet"]),
        ("?only=unanswered", ["Example Police", "The Cabinet"]),
        ("?only=overdue", ["Example Police"]),
        ("?sort=-name", ["Unasked Services", "The Cabinet", "Quick Trust", "Example Police"]),
        ("?sort=-asked", ["The Cabinet", "Example Police", "Quick Trust", "Unasked Services"]),
        ("?sort=asked", ["Unasked Services", "Example Police", "Quick Trust", "The Cabinet"]),
        ("?sort=-accepted", ["Quick Trust", "The Cabinet", "Example Police", "Unasked Services"]),
        ("?sort=-unanswered", ["Example Police", "The Cabinet", "Quick Trust", "Unasked Services"]),
        ("?sort=-overdue", ["Example Police", "Quick Trust", "The Cabinet", "Unasked Services"]),
        ("?sort=-days", ["The Cabinet", "Quick Trust", "Example Police", "Unasked Services"]),
        ("?sort=days", ["Quick Trust", "The Cabinet", "Example Police", "Unasked Services"]),
        ("?sort=-last", ["The Cabinet", "Quick Trust", "Example Police", "Unasked Services"]),
    ],
)
def test_organisations_are_narrowed_and_sorted(names, query, left):
    assert names(query) == left


@pytest.mark.usefixtures("several")
def test_organisations_are_narrowed_to_whom_a_board_asked_and_to_a_rule(names, other_board, nhs):
    assert names(f"?board={other_board.pk}") == ["The Cabinet"]
    assert names(f"?board={other_board.pk}&only=overdue") == []
    assert names(f"?regime={nhs.pk}") == ["Quick Trust"]


def test_what_was_counted_holds_until_an_answer_changes(look, ask, police, clerk):
    asked, address = ask(police), reverse("organisations")
    look(address)

    def times_counted(change):
        change()
        with CaptureQueriesContext(connection) as queries:
            numbers = bare(look(address).rows[0])[1:]
        return sum("COUNT(DISTINCT" in query["sql"] for query in queries), numbers[4]

    recommendation = asked.recommendation
    assert times_counted(lambda: recommendation.retitle("Another title", by=clerk)) == (0, "1")
    assert times_counted(lambda: asked.answer_with(Answer.ACCEPTED, by=clerk, reasons=factories.WHY)) == (1, "0")


@pytest.mark.parametrize(("who", "asked"), [("member", "1"), ("other_member", "0")])
def test_what_becomes_exempt_is_counted_at_once_no_more(look, ask, police, clerk, who, asked):
    answer, address = ask(police), reverse("organisations")
    assert bare(look(address, who).rows[0])[1] == "1"
    answer.recommendation.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert bare(look(address, who).rows[0])[1] == asked


def test_of_a_board_alone_the_numbers_and_what_they_lead_to_are_its_own(look, ask, police, board, other_board):
    ask(police)
    ask(police, item=factories.make_item(factories.make_meeting(other_board)))
    page = look(reverse("organisations") + f"?board={other_board.pk}")
    assert bare(page.rows[0])[1] == "1"
    assert [len(look(href).rows) for words, href in page.links(".//table").items() if words[0].isdigit()] == [1, 1, 1]


def test_a_filter_that_makes_no_sense_is_refused_in_words(look, police):
    page = look(reverse("organisations") + "?board=none&only=pink")
    assert page.errors == ["Select the board from the list", "Select what to show from the list"]
    assert len(page.rows) == 1


def test_an_empty_list_says_what_to_do(look, police):
    assert "No organisation fits these filters. Show all" in look(reverse("organisations") + "?only=asked").text


def test_no_organisation_is_there_yet(look):
    assert "No organisation has been entered yet." in look().text


# The page of one


def test_the_page_tells_what_it_owes_the_longest_overdue_first(look, ask, police):
    for days in (60, 70, 80):
        ask(police, notified=days, title=f"After {days} days")
    text = look(police.get_absolute_url()).text
    assert "What it owes" in text
    assert text.index("After 80 days") < text.index("After 70 days") < text.index("After 60 days")


def test_the_page_shows_ten_that_it_owes_and_leads_to_all(look, ask, police):
    for _ in range(11):
        ask(police)
    page = look(police.get_absolute_url())
    assert len(look(page.links()["All 11 answers that it owes"]).rows) == 11


def test_the_page_tells_who_it_is_and_how_fast(look, ask, local):
    force = factories.make_organisation("Example Police", regime=local, also_known_as="The force\nConstabulary")
    ask(force, Answer.ACCEPTED, took=1)
    text = look(force.get_absolute_url()).text
    assert (
        "In the minutes also: The force; Constabulary. Time to answer: Local rule, unless a clerk says otherwise."
        in text
    )
    assert (
        "an answer took 1 day on average; half took 1 day or less. The last answer came on 20 September 2026." in text
    )
    assert "It has answered everything." in text


def test_the_page_tells_the_boards_apart(look, ask, police, other_board):
    ask(police, Answer.ACCEPTED)
    ask(police, item=factories.make_item(factories.make_meeting(other_board)))
    rows = [bare(row) for row in look(police.get_absolute_url()).rows]
    assert rows == [
        ["Highways and Transport Scrutiny Board", "1", "0", "0", "0", "1", "1", "Never"],
        ["Social Care Services Board", "1", "1", "0", "0", "0", "0", "29 September 2026"],
    ]


def test_noted_is_not_the_last_answer(look, ask, police):
    ask(police, Answer.ACCEPTED, took=10)
    ask(police, Answer.NOTED, took=30)
    assert look().rows[0][-1] == "29 September 2026"


def test_no_clock_no_time(look, ask, police):
    ask(police, Answer.ACCEPTED, notified=None, took=0)
    assert "nobody knows how long it takes to answer" in look(police.get_absolute_url()).text


@pytest.mark.parametrize(("who", "may"), [("clerk", True), ("administrator", True), ("member", False)])
def test_who_may_correct_it_is_led_there(look, police, who, may):
    assert ("Correct the organisation" in look(police.get_absolute_url(), who).links()) == may
    assert ("Add an organisation" in look(who=who).links()) == may


def test_the_lists_of_answers_and_of_meetings_lead_to_it(look):
    for name in ("answers", "meetings"):
        assert look(reverse(name)).links()["organisations"] == reverse("organisations")
