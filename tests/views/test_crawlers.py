"""What search engines are told: where they may look, and which pages there are."""

import pytest
from django.urls import reverse
from lxml import etree

from recommendations.views import crawlers
from tests import factories
from tests.views.pages import read

pytestmark = pytest.mark.django_db
SITE = "https://tracker.example.org"


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_PAGES = True


@pytest.fixture
def locations(client):
    def of(address):
        tree = etree.fromstring(client.get(address).content)
        return [element.text for element in tree.iter("{*}loc")]

    return of


def test_they_are_shown_the_map_and_kept_from_what_has_no_end(client):
    answer = client.get("/robots.txt")
    told = answer.content.decode().splitlines()
    assert told[0] == "User-agent: *"
    assert f"Sitemap: {SITE}/sitemap.xml" in told
    assert "Disallow: /answer/" in told
    assert "Disallow: /" not in told
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_where_nothing_is_public_they_are_kept_out(client, settings):
    settings.PUBLIC_PAGES = False
    assert client.get("/robots.txt").content.decode().split("\n")[:3] == ["User-agent: *", "Disallow: /", ""]


def test_the_map_leads_to_a_map_for_each_kind_of_page(locations):
    assert locations("/sitemap.xml") == [
        f"{SITE}/sitemap-{section}.xml?p=1" for section in ("lists", "meetings", "recommendations")
    ]


def test_a_map_names_what_everybody_may_read(locations, board):
    item = factories.make_item(factories.make_meeting(board))
    one = factories.make_recommendation(item)
    factories.make_recommendation(item, exempt_paragraph=3)
    factories.make_recommendation(factories.make_item(item.meeting, exempt_paragraph=3))
    assert locations("/sitemap-recommendations.xml?p=1") == [SITE + one.get_absolute_url()]
    assert locations("/sitemap-meetings.xml") == [SITE + item.meeting.get_absolute_url()]


def test_a_member_gets_the_same_map(sign_in, member, board):
    """A program may ask with somebody's session; what it finds goes to everybody."""
    factories.make_recommendation(factories.make_item(factories.make_meeting(board)), exempt_paragraph=3)
    assert b"<loc>" not in sign_in(member).get("/sitemap-recommendations.xml").content


def test_every_page_that_a_map_names_says_the_same_address(client, locations, board):
    factories.make_recommendation(factories.make_item(factories.make_meeting(board)))
    named = [address for part in locations("/sitemap.xml") for address in locations(part.removeprefix(SITE))]
    pages = {address: read(client, address.removeprefix(SITE)) for address in named}
    assert {address: page.html.xpath("//link[@rel='canonical']/@href") for address, page in pages.items()} == {
        address: [address] for address in named
    }


def test_a_long_map_has_several_parts(locations, board, monkeypatch):
    monkeypatch.setattr(crawlers.Map, "limit", 7)
    item = factories.make_item(factories.make_meeting(board))
    for _ in range(8):
        factories.make_recommendation(item)
    assert locations("/sitemap.xml")[-1] == f"{SITE}/sitemap-recommendations.xml?p=2"
    assert len(locations("/sitemap-recommendations.xml?p=2")) == 1


@pytest.mark.parametrize("address", ["/sitemap-people.xml", "/sitemap-meetings.xml?p=2", "/sitemap-meetings.xml?p=x"])
def test_a_part_that_is_not_there_is_an_unknown_page(client, db, address):
    assert client.get(address).status_code == 404


def test_without_an_address_of_its_own_the_site_is_where_it_was_asked(client, settings, db):
    settings.SITE_URL = ""
    assert reverse("sitemap") in client.get("/robots.txt").content.decode()
    assert b"<loc>http://testserver/meetings/</loc>" in client.get("/sitemap-lists.xml").content
