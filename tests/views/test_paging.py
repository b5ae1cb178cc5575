"""Long lists: counted no further than a reader goes, and read on by the last row, whatever happened to the rows before it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations import clock
from recommendations.models import Recommendation
from recommendations.views import paging
from tests import factories
from tests.views.pages import read

LIST = reverse("recommendations") + "?size=25"
REPORTS = reverse("follow-ups") + "?only=overdue"
SORTS = ("-asked", "asked", "reference", "-reference", "moved", "owner", "-owner", "due", "-slipped")


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def sixty(board, owner, other_officer):
    """Asked at six meetings, of two owners and of nobody, some due and some not."""
    items = [factories.make_item(factories.make_meeting(board, factories.ago(days))) for days in range(60, 66)]
    owners = (owner, other_officer, None)
    for n in range(60):
        due_on = factories.ago(n % 7) if n % 2 else None
        factories.make_recommendation(items[n % 6], owner=owners[n % 3], due_on=due_on, title=f"Thing {n}")


@pytest.fixture
def thirty_are_many(monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 30)
    monkeypatch.setattr(paging, "is_large", lambda: True)


def next_of(page):
    return next(iter(page.main.xpath(".//a[@rel='next']/@href")), None)


def titles(page):
    return [row[2] for row in page.rows]


@pytest.mark.parametrize("sort", SORTS)
def test_read_page_by_page_every_row_comes_once(sixty, sign_in, member, sort):
    client, found, address = sign_in(member), [], f"{LIST}&sort={sort}"
    while address:
        page = read(client, address)
        found += titles(page)
        address = (following := next_of(page)) and reverse("recommendations") + following
    whole = titles(read(client, f"{reverse('recommendations')}?size=100&sort={sort}"))
    assert (found, len(set(found))) == (whole, 60)


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_by_its_number_is_the_page_after_the_row(sixty, sign_in, member, sort):
    client = sign_in(member)
    following = next_of(read(client, f"{LIST}&sort={sort}"))
    assert titles(read(client, reverse("recommendations") + following)) == titles(
        read(client, f"{LIST}&sort={sort}&page=2")
    )


@pytest.fixture
def sixty_overdue(sixty):
    """A report on each."""
    for one in Recommendation.objects.order_by("id"):
        factories.make_report(one, due_on=factories.ago(1 + one.pk % 9))


@pytest.mark.parametrize("sort", ["owner", "-owner", "moved", "-moved", "-due", "-submitted"])
def test_reports_read_page_by_page_come_once(sixty_overdue, sign_in, member, sort):
    client, found = sign_in(member), []
    whole = read(client, f"{REPORTS}&size=100&sort={sort}").main.xpath(".//tbody//th/a/@href")
    following = f"?only=overdue&size=25&sort={sort}"
    while following:
        page = read(client, reverse("follow-ups") + following)
        found += page.main.xpath(".//tbody//th/a/@href")
        following = next_of(page)
    assert (found, len(set(found))) == (whole, 60)


def test_a_page_that_what_has_an_owner_fills_is_asked_of_that_alone(sixty_overdue, thirty_are_many, sign_in, member):
    client = sign_in(member)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{REPORTS}&size=25&sort=owner")
    (leading,) = [query["sql"] for query in asked if query["sql"].endswith("LIMIT 26")]
    assert "LEFT OUTER JOIN" not in leading


def test_the_next_page_begins_after_the_row_though_rows_came_before_it(sixty, sign_in, member, board):
    client = sign_in(member)
    second = titles(read(client, f"{LIST}&page=2"))
    following = next_of(read(client, LIST))
    factories.make_recommendation(factories.make_item(factories.make_meeting(board, factories.ago(1))))
    assert titles(read(client, reverse("recommendations") + following)) == second


@pytest.mark.parametrize("after", ["nonsense", "Iuu:1a:b", ""])
def test_a_row_that_nobody_gave_is_passed_over(sixty, sign_in, member, after):
    page = read(sign_in(member), f"{LIST}&page=2&after={after}")
    assert titles(page) == titles(read(sign_in(member), f"{LIST}&page=2"))


def test_a_row_of_another_order_is_passed_over(sixty, sign_in, member):
    client = sign_in(member)
    following = next_of(read(client, f"{LIST}&sort=owner")).replace("sort=owner", "sort=asked")
    assert titles(read(client, reverse("recommendations") + following)) == titles(
        read(client, f"{LIST}&sort=asked&page=2")
    )


def test_rows_of_a_past_day_are_read_on_by_numbers(sixty, sign_in, member):
    with clock.set_to_day(factories.ago(-2)):
        assert "after=" not in next_of(read(sign_in(member), f"{LIST}&on={factories.ago(1)}"))


# More than anybody counts


@pytest.mark.parametrize("sort", ["-asked", "asked", "due", "-slipped"])
def test_many_that_are_narrowed_are_read_page_by_page(sixty, thirty_are_many, sign_in, member, sort):
    client, found = sign_in(member), []
    whole = titles(read(client, f"{reverse('recommendations')}?progress=not_started&size=100&sort={sort}"))
    following = f"?progress=not_started&size=25&sort={sort}"
    while following:
        page = read(client, reverse("recommendations") + following)
        found += titles(page)
        following = next_of(page)
    assert (found, len(set(found))) == (whole, 60)


def test_few_are_put_in_order_among_themselves(sixty, sign_in, member):
    client = sign_in(member)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{LIST}&progress=not_started")
    among = [query["sql"] for query in asked if '"recommendations_recommendation"."id" IN (' in query["sql"]]
    assert among[0].endswith("ORDER BY 2 DESC, 3 ASC, 4 ASC")


def test_many_are_looked_for_at_the_first_meetings(sixty, thirty_are_many, sign_in, member):
    client = sign_in(member)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{LIST}&progress=not_started")
    assert sum('"held_on" IN (SELECT' in query["sql"] for query in asked) == 1


def test_a_site_that_is_not_large_counts_on(sixty, sign_in, member, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 30)
    assert read(sign_in(member), LIST).heading == "60 recommendations"


def test_a_long_list_is_not_counted_to_its_end(sixty, thirty_are_many, sign_in, member):
    page = read(sign_in(member), LIST)
    assert page.heading == "More than 30 recommendations"
    assert page.title.startswith("Recommendations (page 1)")


@pytest.mark.parametrize("sort", ["asked", "due"])
def test_pages_of_a_long_list_are_there_beyond_what_is_counted(sixty, thirty_are_many, sign_in, member, sort):
    second = read(sign_in(member), f"{LIST}&sort={sort}&page=2")
    third = read(sign_in(member), reverse("recommendations") + next_of(second))
    assert (len(third.rows), next_of(third)) == (10, None)


@pytest.mark.parametrize("number", [3, 9])
def test_a_page_beyond_what_is_counted_has_no_number(sixty, thirty_are_many, sign_in, member, number):
    page = read(sign_in(member), f"{LIST}&page={number}")
    assert titles(page) == titles(read(sign_in(member), f"{LIST}&page=2"))
    assert "Pages have numbers as far as the first 30 rows; this is the last that has one." in page.text


def test_a_page_before_the_first_is_the_last(sixty, thirty_are_many, sign_in, member):
    assert len(read(sign_in(member), f"{LIST}&page=0").rows) == 25


def test_the_rows_passed_over_are_not_read(sixty, sign_in, member):
    client = sign_in(member)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{LIST}&page=2")
    (passing,) = [query["sql"] for query in asked if "OFFSET 25" in query["sql"]]
    assert "title" not in passing


def test_a_tracker_is_read_on_in_its_own_order(sixty, board, sign_in, member):
    item = factories.make_item(factories.make_meeting(board, factories.ago(90)))
    for n in range(5):
        factories.make_recommendation(item, kind=Recommendation.Kind.ACTION, title=f"Action {n}")
    client, found, address = sign_in(member), [], reverse("board-tracker", args=[board.pk])
    following = "?size=25"
    while following:
        page = read(client, address + following)
        found += page.main.xpath(".//tbody//th/a/@href")
        following = next_of(page)
    assert (len(found), len(set(found))) == (65, 65)
