"""The pictures of the dashboard: tables whose numbers each lead to exactly the rows they count."""

import datetime

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.models import Answer, Progress
from tests import factories
from tests.views.pages import read, words_of

WHY = factories.WHY


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def lived(board, other_board, owner, other_officer, clerk, local):
    """Two boards since two hundred days ago: dates that moved, answers of every kind, what was closed and handed on."""
    police = factories.make_organisation("Example Police", regime=local)
    with clock.set_to_day(factories.ago(200)):
        rows = [
            make_owed(chosen, officer, local, police)
            for chosen in (board, other_board)
            for officer in (owner, other_officer, None)
        ]
    for number, (recommendation, report, response) in enumerate(rows):
        with clock.set_to_day(factories.ago(90 - number)):
            for _ in range(number):
                dated = (recommendation, report)[number % 2]
                dated.set_due_date(dated.due_on + datetime.timedelta(days=9 * number), by=clerk, reason=WHY)
            if number < 4:
                response.answer_with(list(Answer)[number + 1], by=clerk, reasons=WHY)
    close_and_hand_on([row[0] for row in rows], board, clerk)


def make_owed(board, owner, regime, body):
    item = factories.make_item(factories.make_meeting(board, factories.ago(0)))
    recommendation = factories.make_recommendation(item, owner=owner, due_on=factories.ago(-20))
    report = factories.make_report(recommendation, due_on=factories.ago(-30))
    factories.make_response(recommendation, "The Cabinet", regime=regime, notified_on=factories.ago(0))
    response = factories.make_response(
        recommendation, "Police", organisation=body, regime=regime, notified_on=factories.ago(0)
    )
    return recommendation, report, response


def close_and_hand_on(recommendations, board, clerk):
    """The first of them closed; the second given to the owner of the first; the third reported complete."""
    with clock.set_to_day(factories.ago(30)):
        recommendations[0].close(Progress.IMPLEMENTED, at=factories.make_meeting(board, factories.ago(0)), by=clerk)
        recommendations[1].assign(recommendations[0].owner, by=clerk, reason=WHY)
        recommendations[2].change_progress(Progress.REPORTED_COMPLETE, by=clerk, reason=WHY)


def pictures(page):
    """{heading: {row: [(number, address or None) of each column]}}"""
    return {
        words_of(section.find("h3")): {
            words_of(row.find("th")): [(words_of(cell), next((a.get("href") for a in cell), None)) for cell in row.findall("td")]
            for row in section.xpath(".//tbody/tr | .//tfoot/tr")
        }
        for section in page.main.xpath(".//section[contains(@class, 'app-picture')]")
    }  # fmt: skip


def numbers(page):
    """{address: number} of every number that leads somewhere."""
    rows = [cell for picture in pictures(page).values() for cells in picture.values() for cell in cells]
    return {address: int(number) for number, address in rows if address}


FILTERS = {
    "today": lambda board, owner: "",
    "a board and an owner": lambda board, owner: f"?board={board.pk}&owner={owner.pk}",
    "a past day": lambda board, owner: f"?on={factories.ago(45)}",
    "nobody's on a past day": lambda board, owner: f"?owner=none&on={factories.ago(45)}",
}


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("narrowed", FILTERS)
def test_every_number_leads_to_exactly_the_rows_it_counts(sign_in, clerk, board, owner, narrowed):
    client = sign_in(clerk)
    found = numbers(read(client, reverse("dashboard") + FILTERS[narrowed](board, owner)))
    assert len(found) > 15
    led_to = {address: read(client, address) for address in found}
    assert {address: int(page.heading.split()[0]) for address, page in led_to.items()} == found
    assert [address for address, page in led_to.items() if page.errors] == []


@pytest.mark.usefixtures("lived")
def test_the_last_row_by_month_is_what_the_page_says_of_its_day(sign_in, clerk):
    page = read(sign_in(clerk), reverse("dashboard"))
    *_, (label, cells) = pictures(page)["Open and overdue, month by month"].items()
    assert (label, [number for number, _ in cells]) == ("18 November 2026", ["5", "4", "9", "4"])
    assert page.heading.startswith("4 follow-up reports are overdue")


@pytest.mark.usefixtures("lived")
def test_a_past_month_is_as_it_was(sign_in, clerk, owner):
    """In June the first answers were late, and nothing was closed; the second was not yet the owner's."""
    page = read(sign_in(clerk), reverse("dashboard") + f"?owner={owner.pk}")
    by_month = pictures(page)["Open and overdue, month by month"]
    assert [number for number, _ in by_month["30 June 2026"]] == ["2", "2", "4", "2"]
    assert next(iter(by_month)) == "31 May 2026"


@pytest.mark.usefixtures("lived")
def test_sums_are_those_of_the_rows(sign_in, clerk):
    for rows in pictures(read(sign_in(clerk), reverse("dashboard"))).values():
        if total := rows.pop("All", None):
            columns = zip(*([int(number) for number, _ in cells] for cells in rows.values()), strict=True)
            assert [sum(column) for column in columns] == [int(number) for number, _ in total]


def test_who_has_most_stands_first_and_the_eleventh_is_among_the_others(sign_in, clerk, board, today):
    item = factories.make_item(factories.make_meeting(board))
    for number in range(12):
        owner = factories.make_officer(f"Officer {number:02}")
        for _ in range(1 + number % 3):
            factories.make_recommendation(item, owner=owner, due_on=factories.ago(1))
    rows = pictures(read(sign_in(clerk), reverse("dashboard")))["Overdue by owner"]
    assert list(rows)[:4] == ["Officer 02", "Officer 05", "Officer 08", "Officer 11"]
    assert [rows[label][1][0] for label in ("2 others", "All")] == ["2", "24"]
    assert rows["2 others"][1][1] is None


def test_where_there_is_nothing_to_count_a_sentence_says_so(sign_in, member):
    page = read(sign_in(member), reverse("dashboard"))
    assert not any(pictures(page).values())
    assert "Nothing is recorded yet. The first month appears with the first recommendation." in page.text
    assert page.main.xpath(".//canvas") == []


@pytest.mark.usefixtures("lived")
def test_what_is_exempt_is_in_no_picture_for_those_not_entitled(sign_in, clerk, other_officer, board, other_board):
    for recommendation in [*board.recommendations.all(), *other_board.recommendations.all()]:
        recommendation.assign(None, by=clerk, reason=WHY) if recommendation.owner and recommendation.is_open else None
        recommendation.mark_exempt(3, by=clerk, reason=WHY)
    assert not any(pictures(read(sign_in(other_officer), reverse("dashboard"))).values())


@pytest.mark.usefixtures("lived")
def test_a_chart_names_the_table_that_has_its_numbers(sign_in, clerk):
    page = read(sign_in(clerk), reverse("dashboard"))
    charts = page.main.xpath(".//canvas")
    tables = page.main.xpath(".//section//table/@id")
    assert {chart.get("data-table") for chart in charts} == set(tables)
    assert all(chart.get("aria-label").endswith("The table below has the same numbers.") for chart in charts)
