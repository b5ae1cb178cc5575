"""The page with the addresses of calendars and news: one's own, and those for everyone."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.models import Feed
from tests import factories
from tests.views.pages import Page, read, send

pytestmark = pytest.mark.django_db
SITE = "https://tracker.example.org"
PAGE = "/calendar/"


@pytest.fixture
def public_pages(settings):
    settings.PUBLIC_PAGES = True


@pytest.fixture
def feed(owner):
    return factories.make_feed(owner)


def addresses(page):
    """{label: address} of what is there to be copied."""
    boxes = page.main.xpath(".//input[@readonly]")
    return {page.main.xpath(f".//label[@for='{box.get('id')}']")[0].text: box.get("value") for box in boxes}


def offered(page):
    return [option.text for option in page.main.xpath(".//option")]


def test_without_an_address_it_says_so_and_offers_one(sign_in, member):
    page = read(sign_in(member), PAGE)
    assert (addresses(page), page.links()["Make addresses"]) == ({}, reverse("feed-new"))
    assert "You have no address yet." in page.text


def test_an_officer_makes_an_address_for_what_they_owe(sign_in, owner):
    page = send(sign_in(owner), reverse("feed-new"), what="mine")
    key = Feed.objects.get(user=owner).key
    assert (page.banner, addresses(page)["Due dates, for a calendar"]) == (
        "My due dates: the addresses are below.", f"{SITE}/calendar/{key}.ics",
    )  # fmt: skip


def test_the_address_on_the_page_opens_the_calendar(sign_in, feed, owner):
    address = addresses(read(sign_in(owner), PAGE))["Due dates, for a calendar"]
    assert Client().get(address.removeprefix(SITE)).status_code == 200


def test_the_page_with_the_addresses_is_kept_nowhere(sign_in, feed, owner):
    assert "no-store" in sign_in(owner).get(PAGE).headers["Cache-Control"]


def test_a_member_owes_nothing_and_gets_the_news(sign_in, member):
    page = send(sign_in(member), reverse("feed-new"), what="mine")
    assert list(addresses(page)) == [
        "Overdue follow-up reports of all boards, for a news reader",
        "Closed recommendations of all boards, for a news reader",
    ]


def test_ones_own_boards_are_offered_first(sign_in, member, board, other_board):
    assert offered(read(sign_in(member), reverse("feed-new"))) == [
        "The news of all boards", "Social Care Services Board", "Highways and Transport Scrutiny Board",
    ]  # fmt: skip


def test_what_one_has_is_not_offered_again(sign_in, feed, owner, board):
    assert offered(read(sign_in(owner), reverse("feed-new"))) == ["Social Care Services Board"]


def test_who_has_all_is_offered_nothing_more(sign_in, feed, owner, board):
    factories.make_feed(owner, board)
    assert reverse("feed-new") not in read(sign_in(owner), PAGE).links().values()


def test_something_else_than_was_offered_is_refused_in_words(sign_in, owner):
    page = Page(sign_in(owner).post(reverse("feed-new"), {"what": "999"}))
    assert page.errors == ["Select what to show from the list"]


def test_a_new_address_replaces_the_old_one(sign_in, feed, owner):
    page = send(sign_in(owner), reverse("feed-renew", args=[feed.pk]))
    feed.refresh_from_db()
    assert page.banner == "My due dates: the new addresses are below. The old ones open nothing any more."
    assert addresses(page)["Due dates, for a calendar"] == f"{SITE}/calendar/{feed.key}.ics"


def test_an_address_that_is_stopped_is_no_longer_shown(sign_in, feed, owner):
    page = send(sign_in(owner), reverse("feed-stop", args=[feed.pk]))
    assert (page.banner, addresses(page)) == ("My due dates: stopped.", {})


def test_stopping_it_twice_is_refused_in_words(sign_in, feed, owner):
    feed.revoke(by=owner)
    page = Page(sign_in(owner).post(reverse("feed-stop", args=[feed.pk]), {"version": feed.version}))
    assert page.errors == ["This address has been stopped already. Make a new one."]


def test_nobody_sees_the_addresses_of_somebody_else(sign_in, feed, other_officer):
    assert addresses(read(sign_in(other_officer), PAGE)) == {}


def test_where_pages_are_public_everyone_finds_those_for_everyone(public_pages, board):
    page = read(Client(), PAGE)
    assert addresses(page) == {
        "Overdue follow-up reports of all boards, for a news reader": f"{SITE}/feeds/overdue.atom",
        "Closed recommendations of all boards, for a news reader": f"{SITE}/feeds/closures.atom",
        "Social Care Services Board": f"{SITE}/boards/SCSB/due-dates.ics",
    }
    assert "Make addresses" not in page.links()


def test_an_address_is_one_at_which_the_site_was_reached_where_none_is_set(settings, public_pages):
    settings.SITE_URL = ""
    assert addresses(read(Client(), PAGE))["Closed recommendations of all boards, for a news reader"] == (
        "http://testserver/feeds/closures.atom"
    )


def test_the_dashboard_tells_news_readers_where_the_news_is(public_pages):
    links = read(Client(), "/").html.xpath("//head/link[@type='application/atom+xml']/@href")
    assert links == [reverse("overdue"), reverse("closures")]


def test_it_tells_them_nothing_where_pages_are_not_public(sign_in, member):
    assert read(sign_in(member), "/").html.xpath("//head/link[@rel='alternate']") == []


def test_ten_boards_cost_as_many_queries_as_one(public_pages, sign_in, member):
    counts = []
    for number in (1, 9):
        for each in range(number):
            factories.make_feed(member, factories.make_board(f"B{number}{each}", f"Board {number}{each}"))
        with CaptureQueriesContext(connection) as queries:
            read(sign_in(member), PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
