"""The dashboard: what is late, whose it is, and numbers that each lead to exactly what they count."""

import datetime

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.models import Answer, Progress
from tests import factories
from tests.views.pages import Page, read, words_of


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def dashboard(sign_in, member):
    """The dashboard as the member sees it, narrowed by what stands in the address."""
    return lambda query="": read(sign_in(member), reverse("dashboard") + query)


def make_overdue(board, *, days, held=60, **fields):
    """A recommendation whose follow-up report is late by so many days."""
    item = factories.make_item(factories.make_meeting(board, factories.ago(held)))
    recommendation = factories.make_recommendation(item, **fields)
    factories.make_report(recommendation, due_on=factories.ago(days))
    return recommendation


# The sentence, and the rows under it


@pytest.mark.parametrize(
    ("late", "sentence"),
    [
        ([], "No follow-up report is overdue"),
        ([0], "No follow-up report is overdue"),
        ([1], "1 follow-up report is overdue by 1 day"),
        ([3, 64, 12], "3 follow-up reports are overdue, the oldest by 64 days"),
    ],
)
def test_the_first_sentence_says_what_is_late(dashboard, board, late, sentence):
    for days in late:
        make_overdue(board, days=days)
    assert dashboard().heading == sentence


def test_the_first_sentence_counts_all_pages(dashboard, board):
    for days in range(1, 27):
        make_overdue(board, days=days)
    page = dashboard("?page=2")
    assert page.heading == "26 follow-up reports are overdue, the oldest by 26 days"
    assert len(page.rows) == 1


def test_a_row_says_whose_it_is_how_late_and_when_it_was_last_heard_of(dashboard, board, owner, clerk):
    recommendation = make_overdue(board, days=80, owner=owner, title="Visit the schools")
    recommendation.follow_ups.get().set_due_date(factories.ago(12), by=clerk, reason="The Board agreed.")
    with clock.set_to_day(factories.ago(5)):
        factories.make_update(recommendation, by=owner)
    [row] = dashboard().rows
    assert row == [
        recommendation.reference, board.name, "Visit the schools", "Olu Shah",
        "6 November 2026 12 days overdue First 30 August 2026", "1", "68", "13 November 2026",
    ]  # fmt: skip


def test_a_row_without_owner_or_update_says_so(dashboard, board):
    make_overdue(board, days=2)
    [row] = dashboard().rows
    assert (row[3], row[7]) == ("No owner", "Never")


def test_a_row_leads_to_its_report(dashboard, board):
    report = make_overdue(board, days=2).follow_ups.get()
    assert dashboard().links(".//tbody")[report.recommendation.reference] == report.get_absolute_url()


def test_the_oldest_stands_first_unless_asked_otherwise(dashboard, board, owner):
    younger, older = make_overdue(board, days=2), make_overdue(board, days=9, owner=owner)
    assert [row[0] for row in dashboard().rows] == [older.reference, younger.reference]
    assert [row[0] for row in dashboard("?sort=-due").rows] == [younger.reference, older.reference]


# Numbers that lead to their rows


@pytest.fixture
def lived(board, other_board, owner, other_officer, local):
    """Two boards with some of everything, most of it begun forty days ago."""
    with clock.set_to_day(factories.ago(40)):
        for chosen, officer in ((board, owner), (other_board, other_officer), (other_board, None)):
            item = factories.make_item(factories.make_meeting(chosen, factories.ago(20)))
            make_some_of_everything(item, officer, local)
    for recommendation in (board.recommendations.first(), other_board.recommendations.last()):
        factories.make_update(recommendation)
    closed = board.recommendations.filter(due_on=None, follow_ups=None).first()
    closed.close(Progress.SUPERSEDED, at=factories.make_meeting(board, factories.ago(2)), by=None, reason=factories.WHY)


def make_some_of_everything(item, owner, regime):
    def make(**fields):
        return factories.make_recommendation(item, owner=owner, **fields)

    for days in (10, -10, -60, -100):
        factories.make_report(make(), due_on=factories.ago(days))
        factories.make_response(make(due_on=factories.ago(days)), notified_on=factories.ago(days + 56), regime=regime)
    factories.make_report(make())
    factories.make_response(make(), regime=regime)
    make(due_on=factories.ago(5))
    make(progress=Progress.PAUSED)
    factories.make_response(make(progress=Progress.REPORTED_COMPLETE), regime=regime, answer=Answer.NOTED)


def numbers_of(page):
    """[(words, number, address)] of every number on the page that is a link."""
    links = page.main.xpath(".//*[contains(@class, 'app-counts')]//a | .//*[@aria-labelledby='standing']//a")
    return [
        (words, int("".join(c for c in words if c.isdigit())), link.get("href"))
        for link in links
        for words in [words_of(link)]
    ]


def counted_on(page):
    """How many things the list that a number led to says it holds, and how many rows it shows."""
    return int(page.heading.split()[0]), len(page.rows)


FILTERS = {
    "today": lambda board, owner: "",
    "one board": lambda board, owner: f"?board={board.pk}",
    "one owner": lambda board, owner: f"?owner={owner.pk}",
    "no owner": lambda board, owner: "?owner=none",
    "a past day": lambda board, owner: "?on=2026-11-05",
    "a coming day": lambda board, owner: "?on=2027-01-05",
    "a board on a past day": lambda board, owner: f"?board={board.pk}&owner={owner.pk}&on=2026-11-05",
    "a day in three boxes": lambda board, owner: "?on_day=5&on_month=11&on_year=2026",
}


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize("narrowed", FILTERS)
def test_every_number_leads_to_exactly_the_rows_it_counts(sign_in, clerk, board, owner, narrowed):
    client = sign_in(clerk)
    page = read(client, reverse("dashboard") + FILTERS[narrowed](board, owner))
    numbers = numbers_of(page)
    assert any(number for _, number, _ in numbers)
    led_to = [(words, *counted_on(read(client, address)), address) for words, _, address in numbers]
    assert led_to == [(words, number, min(number, 25), address) for words, number, address in numbers]


@pytest.mark.usefixtures("lived")
def test_none_of_the_numbers_that_were_tried_is_nought(sign_in, clerk):
    assert [words for words, number, _ in numbers_of(read(sign_in(clerk), reverse("dashboard"))) if not number] == []


@pytest.mark.usefixtures("lived")
def test_the_lower_table_holds_every_open_recommendation_once(sign_in, clerk):
    page = read(sign_in(clerk), reverse("dashboard"))
    [table] = page.main.xpath(".//table[@aria-labelledby='standing']")
    rows = [[words_of(cell) for cell in row] for row in table.xpath("./tbody/tr")]
    assert all(sum(map(int, cells)) == int(whole) for _, *cells, whole in rows)
    assert sum(int(row[-1]) for row in rows) == counted_on(read(sign_in(clerk), "/recommendations/?only=open"))[0]


# Filters


def test_filters_are_said_in_words_and_can_be_taken_away(dashboard, board, owner):
    make_overdue(board, days=4, owner=owner)
    page = dashboard(f"?board={board.pk}&owner={owner.pk}&on=2026-11-18")
    assert f"Board: {board.name} Remove" in page.text
    assert "Owner: Olu Shah Remove" in page.text
    assert page.links()["Remove As of: 18 November 2026"] == f"?board={board.pk}&owner={owner.pk}"


def test_a_day_that_is_none_is_refused_in_words_and_today_is_shown(dashboard, board):
    make_overdue(board, days=4)
    page = dashboard("?on=2026-02-31")
    assert page.errors == ["As of must be a real date, like 14 1 2027 or 14 January 2027"]
    assert page.heading == "1 follow-up report is overdue by 4 days"
    assert page.title.startswith("Error: ")


def test_a_board_that_is_none_is_refused_in_words(dashboard):
    assert dashboard("?board=0").errors == ["Select the board from the list"]


# Past and coming days


def test_a_past_day_is_read_from_the_history(dashboard, board, owner, clerk):
    with clock.set_to_day(factories.ago(30)):
        recommendation = make_overdue(board, days=3, owner=owner)
    with clock.set_to_day(factories.ago(10)):
        recommendation.follow_ups.get().submit("It was done.", by=owner)
    assert dashboard().heading == "No follow-up report is overdue"
    page = dashboard(f"?on={factories.ago(11)}")
    assert page.heading == "1 follow-up report is overdue by 22 days"
    assert "As it stood at the end of 7 November 2026, read from the history. Show today" in page.text


def test_the_way_back_to_today_keeps_the_other_filters(dashboard, board):
    page = dashboard(f"?board={board.pk}&on_day=7&on_month=11&on_year=2026")
    assert page.links()["Show today"] == f"?board={board.pk}"


def test_a_past_day_does_not_know_what_was_said_later(dashboard, board, owner):
    with clock.set_to_day(factories.ago(30)):
        recommendation = make_overdue(board, days=3, owner=owner)
    factories.make_update(recommendation, by=owner)
    [row] = dashboard(f"?on={factories.ago(20)}").rows
    assert row[-1] == "Never"


def test_a_coming_day_shows_what_will_be_late_if_nothing_happens(dashboard, board):
    make_overdue(board, days=-5)
    page = dashboard(f"?on={datetime.date(2026, 11, 30)}")
    assert page.heading == "1 follow-up report is overdue by 7 days"
    assert "read from the history" not in page.text


# Exempt matter


@pytest.fixture
def exempt(board, owner, local):
    with clock.set_to_day(factories.ago(30)):
        recommendation = make_overdue(board, days=3, owner=owner, exempt_paragraph=3)
        factories.make_response(recommendation, notified_on=factories.ago(90), regime=local)
    return recommendation


@pytest.mark.usefixtures("exempt")
@pytest.mark.parametrize("query", ["", "?on=2026-11-10"])
@pytest.mark.parametrize("who", ["other_officer", "other_member", "administrator", "stranger"])
def test_exempt_matter_is_neither_shown_nor_counted(person, sign_in, settings, who, query):
    settings.PUBLIC_PAGES = True
    page = read(sign_in(person(who)), reverse("dashboard") + query)
    assert page.heading == "No follow-up report is overdue"
    assert [number for _, number, _ in numbers_of(page) if number] == []


@pytest.mark.usefixtures("exempt")
@pytest.mark.parametrize("query", ["", "?on=2026-11-10"])
@pytest.mark.parametrize("who", ["clerk", "owner", "member"])
def test_exempt_matter_is_shown_to_those_entitled(person, sign_in, who, query):
    page = read(sign_in(person(who)), reverse("dashboard") + query)
    assert len(page.rows) == 1
    assert ("1 Answers overdue", 1) in [(words, number) for words, number, _ in numbers_of(page)]


def test_an_exempt_update_is_not_heard_of_by_others(sign_in, other_officer, owner, board):
    recommendation = make_overdue(board, days=3, owner=owner)
    factories.make_update(recommendation, by=owner, exempt_paragraph=3)
    [row] = read(sign_in(other_officer), reverse("dashboard")).rows
    assert row[-1] == "Never"


def test_the_public_reads_no_link_that_it_may_not_follow(client, settings, board, owner):
    settings.PUBLIC_PAGES = True
    make_overdue(board, days=3, owner=owner)
    addresses = set(read(client, reverse("dashboard")).links().values())
    assert {Page(client.get(address, follow=True)).status for address in addresses} == {200}
