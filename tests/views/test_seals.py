"""The seals, shown to everyone who reads, as a page, a text and a feed: copies that `verify_history` compares."""

import pytest
from django.urls import reverse
from lxml import etree

from recommendations.models import Seal
from recommendations.sealing.chain import Chain, cut_off
from recommendations.sealing.make import seal_history
from tests import factories
from tests.views.pages import read

pytestmark = pytest.mark.django_db
NAMES = ("seals", "seals-text", "seals-feed")


@pytest.fixture
def sealed():
    for _ in range(3):
        factories.make_recommendation(title="Placement contract")
        seal_history()
    return Seal.head()


@pytest.fixture
def copies(sealed, client, settings):
    """What somebody signed out can keep, by name."""
    settings.PUBLIC_PAGES = True
    answers = {name: client.get(reverse(name)) for name in NAMES}
    return {
        name: (b"".join(answer) if answer.streaming else answer.content).decode() for name, answer in answers.items()
    }


def test_every_copy_names_every_seal(copies):
    digests = set(Seal.objects.values_list("digest", flat=True))
    assert all(digest in copy for copy in copies.values() for digest in digests)


def test_every_copy_can_be_compared(copies):
    """The seals are as they were, and then one is cut off."""
    chain = Chain()
    assert list(chain.findings()) == []
    for copy in copies.values():
        assert list(cut_off(chain.digests, copy.splitlines())) == []
        assert list(cut_off(chain.digests - {chain.head.digest}, copy.splitlines()))


def test_no_copy_says_anything_of_anybody(copies):
    assert not any("Placement" in copy or "Ruth" in copy for copy in copies.values())


def test_the_page_begins_with_the_newest(copies, client, sealed):
    page = read(client, reverse("seals"))
    assert f"The newest is seal {sealed.number}" in page.text
    assert f"verify_history --against {sealed.digest}" in page.text


def test_the_feed_has_an_entry_for_each(copies):
    feed = etree.fromstring(copies["seals-feed"].encode())
    titles = feed.xpath("//atom:entry/atom:title/text()", namespaces={"atom": "http://www.w3.org/2005/Atom"})
    assert titles == ["Seal 3", "Seal 2", "Seal 1"]


def test_a_page_takes_three_queries_however_many_there_are(client, settings, sealed, django_assert_num_queries):
    settings.PUBLIC_PAGES = True
    with django_assert_num_queries(3):
        client.get(reverse("seals"))


def test_a_site_without_seals_says_when_there_will_be_some(sign_in, member):
    page = read(sign_in(member), reverse("seals"))
    assert "Nothing is sealed yet" in page.text
