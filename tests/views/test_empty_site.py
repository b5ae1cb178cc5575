"""A site with nothing in it, walked by everybody of the cast: no page is a dead end, whatever is missing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from recommendations import permissions
from tests import factories
from tests.views.pages import read, walk

pytestmark = pytest.mark.django_db

PEOPLE = {
    "clerk": permissions.CLERKS,
    "owner": permissions.OFFICERS,
    "administrator": permissions.ADMINISTRATORS,
    "lone member": permissions.MEMBERS,
}
# Where a page leads nobody on, it says who does what.
SAYS_WHO = re.compile(r"\b(?:clerks?|administrators?|officers?|democratic services)\b", re.IGNORECASE)
# Their parts say with what each begins, or that nothing is wrong; the button below makes the first address.
HAVE_PARTS = {"/", "/home/", "/calendar/"}


@pytest.fixture(scope="module")
def pages(put_back):
    """{person: [(address, page) of all that they are led to from the first page on]}, walked once for all tests here."""
    found = {}
    for who, role in PEOPLE.items():
        with put_back():
            found[who] = walked(role)
    return found


def walked(role):
    """A member among them sits on no board: there is none."""
    client = Client()
    client.force_login(factories.make_person("Asha Nair", role, is_staff=role == permissions.ADMINISTRATORS))
    found = walk(client, ["home", "dashboard", "recommendations"])
    return [(address, page) for address, page in found if page.html.find(".//main") is not None]


def is_dead_end(page):
    return not page.main.xpath(".//a[@href] | .//form[@method='post']") and not SAYS_WHO.search(page.text)


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_opens(pages, who):
    wrong = [(address, page.status) for address, page in pages[who] if page.status >= 400]
    # The administration has pages that only a superuser opens.
    assert [pair for pair in wrong if not pair[0].startswith("/administration/")] == []


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_is_a_dead_end(pages, who):
    assert [address for address, page in pages[who] if is_dead_end(page)] == []


@pytest.mark.parametrize("who", PEOPLE)
def test_where_nothing_is_there_yet_somebody_is_named_or_a_way_is_offered(pages, who):
    stuck = []
    for address, page in pages[who]:
        if address in HAVE_PARTS:
            continue
        for said in page.main.xpath(".//p[@class='govuk-body'][starts-with(., 'No ') or contains(., ' yet.')]"):
            if not said.xpath(".//a[@href]") and not SAYS_WHO.search(said.text_content()):
                stuck.append((address, said.text_content()))
    assert stuck == []


@pytest.mark.parametrize("name", ["meeting-new", "draft-new", "tracker-new"])
def test_a_form_that_needs_a_board_leads_to_the_page_that_adds_one(sign_in, clerk, name):
    page = read(sign_in(clerk), reverse(name))
    assert page.links("//*[contains(@class, 'govuk-hint')]") == {"Add a board": reverse("board-new")}


def test_once_there_is_a_board_the_form_says_nothing_of_it(sign_in, clerk, board):
    assert "There is no board on this site yet" not in read(sign_in(clerk), reverse("meeting-new")).text
