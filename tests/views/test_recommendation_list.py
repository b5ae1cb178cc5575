"""The list of recommendations: what else it is narrowed by, and the pages of every list, of whatever size."""

import datetime

import pytest
from django.urls import reverse

from recommendations import clock
from tests import factories
from tests.views.pages import read


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def look(sign_in, member):
    """The list as the member sees it, narrowed by what stands in the address."""
    client = sign_in(member)
    return lambda query="": read(client, reverse("recommendations") + query)


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board))


def titles(page):
    return " ".join(row[2] for row in page.rows)


def test_recommendations_are_narrowed_to_those_of_a_meeting(look, item, other_board):
    elsewhere = factories.make_item(factories.make_meeting(other_board))
    factories.make_recommendation(item, title="here")
    factories.make_recommendation(elsewhere, title="elsewhere")
    page = look(f"?meeting={elsewhere.meeting_id}")
    assert titles(page) == "elsewhere"
    assert "Asked at: 19 September 2026 – Highways and Transport Scrutiny Board Remove" in page.text


def test_a_meeting_that_asked_for_nothing_one_may_read_is_not_offered(sign_in, other_member, item, other_board):
    factories.make_recommendation(item, exempt_paragraph=3)
    factories.make_recommendation(factories.make_item(factories.make_meeting(other_board)))
    page = read(sign_in(other_member), reverse("recommendations"))
    offered = [option.text for option in page.main.xpath(".//select[@name='meeting']/option")]
    assert offered == ["Any meeting", "19 September 2026 – Highways and Transport Scrutiny Board"]


@pytest.mark.parametrize("query", ["", "&on=2026-11-17"])
def test_recommendations_are_narrowed_to_what_an_organisation_was_asked(look, item, local, query):
    with clock.set_to_day(factories.ago(1)):
        police = factories.make_organisation("Example Police", regime=local)
        asked = factories.make_recommendation(item, title="asked")
        for addressee in ("Police", "The force"):
            factories.make_response(asked, addressee, organisation=police, regime=local)
        factories.make_response(factories.make_recommendation(item, title="unasked"), regime=local)
    assert titles(look(f"?organisation={police.pk}{query}")) == "asked"


@pytest.mark.parametrize(("day", "year"), [((2026, 4, 30), "2025/26"), ((2026, 5, 1), "2026/27")])
def test_a_municipal_year_runs_from_may_to_april(look, board, day, year):
    factories.make_recommendation(factories.make_item(factories.make_meeting(board, datetime.date(*day))))
    page = look(f"?year={year[:4]}")
    assert len(page.rows) == 1
    assert f"Municipal year: {year} Remove" in page.text
    assert look(f"?year={int(year[:4]) - 1}").errors == ["Select the municipal year from the list"]


# The next date that matters


@pytest.fixture
def dated(item, owner):
    """Made yesterday, so that both today's list and yesterday's have them."""

    def make(title, *reports, **fields):
        recommendation = factories.make_recommendation(item, title=title, kind="report_back", owner=owner, **fields)
        for due_on in reports:
            factories.make_report(recommendation, due_on=due_on)
        return recommendation

    with clock.set_to_day(factories.ago(1)):
        make("undated")
        make("reported", factories.ago(-20))
        make("both", factories.ago(-10), due_on=factories.ago(-30))
        make("own", factories.ago(-40), due_on=factories.ago(-5))
        factories.make_report(make("waiting"), due_on=factories.ago(2), submitted_by=owner)


DATES = {
    "own": "22 November 2026",
    "both": "17 December 2026 Next report 27 November 2026",
    "reported": "Next report 7 December 2026",
    "undated": "No date",
    "waiting": "Waits for the Board",
}


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize("query", ["?", "?on=2026-11-17"])
def test_a_row_shows_when_the_board_next_hears(look, query):
    assert {row[2]: row[4] for row in look(query).rows} == DATES


@pytest.mark.usefixtures("dated")
@pytest.mark.parametrize("query", ["?", "?on=2026-11-17&"])
def test_what_comes_next_is_sorted_first_and_what_has_no_date_last(look, query):
    once, turned = titles(look(f"{query}sort=due")).split(), titles(look(f"{query}sort=-due")).split()
    assert once[:3] == ["own", "both", "reported"] == turned[:3][::-1]
    assert set(once[3:]) == set(turned[3:]) == {"undated", "waiting"}


# Pages


@pytest.fixture
def sixty(item):
    for _ in range(60):
        factories.make_recommendation(item)


@pytest.mark.usefixtures("sixty")
@pytest.mark.parametrize(("size", "rows"), [("25", 25), ("50", 50), ("100", 60), ("7", 25), ("x", 25), ("", 25)])
def test_a_page_has_as_many_rows_as_were_asked_for(look, size, rows):
    assert len(look(f"?size={size}").rows) == rows


@pytest.mark.usefixtures("sixty")
def test_other_sizes_are_offered_and_keep_the_filters_but_not_the_page(look):
    links = look("?only=open&sort=due&page=2").links(".//div[@class='app-page-sizes']")
    assert links == {
        "50 rows a page": "?only=open&sort=due&size=50",
        "100 rows a page": "?only=open&sort=due&size=100",
    }


def test_a_short_list_needs_no_sizes(look, item):
    factories.make_recommendation(item)
    assert "Rows a page" not in look().text


def test_the_form_of_the_filters_keeps_order_and_size(look):
    form = look("?only=open&sort=-due&size=50").main.find(".//form")
    assert (form.fields["sort"], form.fields["size"], form.fields["only"]) == ("-due", "50", "open")


@pytest.mark.usefixtures("sixty")
@pytest.mark.parametrize(("page", "shown"), [("7", 3), ("0", 3), ("-1", 3), ("two", 1), ("", 1), ("9" * 5000, 1)])
def test_a_page_that_is_none_is_answered_with_the_nearest(look, page, shown):
    page = look(f"?page={page}")
    assert (
        f"The page you asked for is not there, or not any more: the list may have grown shorter. This is page {shown} of 3."
        in page.text
    )
    assert len(page.rows) == (10 if shown == 3 else 25)
