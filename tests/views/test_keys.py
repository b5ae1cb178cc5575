"""The keys that stand in addresses: each opens what it was made for, as long as it lives, and nothing of another kind."""

import pytest
from django.urls import reverse

from recommendations.reminders.digests import token_of
from tests import factories

pytestmark = pytest.mark.django_db
# {page: which key opens it}
PAGES = {
    "partner-questions": "link",
    "private-calendar": "feed",
    "private-overdue": "feed",
    "private-closures": "feed",
    "reminders-stop": "mail",
}


@pytest.fixture
def feed(owner):
    return factories.make_feed(owner)


@pytest.fixture
def keys(feed, owner):
    """A key of each kind; all of them are for the first record of their table."""
    return {"link": factories.make_link()[1], "feed": feed.key, "mail": token_of(factories.make_mail(owner))}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", ["link", "feed", "mail"])
def test_a_key_opens_nothing_of_another_kind(client, keys, page, kind):
    assert client.get(reverse(page, args=[keys[kind]])).status_code == (200 if PAGES[page] == kind else 404)


@pytest.mark.parametrize("page", [page for page, kind in PAGES.items() if kind == "feed"])
def test_what_was_stopped_is_not_even_said_to_be_unchanged(client, feed, owner, page):
    address = reverse(page, args=[feed.key])
    known = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    feed.revoke(by=owner)
    assert client.get(address, headers=known).status_code == 404
