"""Words that stand in more places than are weighed: the newest are looked through, and the page says so."""

import pytest

from recommendations.models import Searchable
from recommendations.models.searchable import Kind
from recommendations.search import finding
from recommendations.search.finding import Finding
from recommendations.search.questions import read as asked
from tests import factories
from tests.views.pages import read, words_of


@pytest.fixture(autouse=True)
def two_are_many(monkeypatch, today):
    monkeypatch.setattr(finding, "MOST_RANKED", 2)


@pytest.fixture
def four(board):
    """Four recommendations on bridges, and three points that were made of them."""
    item = factories.make_item(factories.make_meeting(board))
    for n in range(3):
        factories.make_point(item, text=f"The bridges in ward {n} leak.")
    return [factories.make_recommendation(item, title=f"Repair bridges in ward {n}") for n in range(4)]


def found(user, words, kind=None):
    everything = Finding(user, asked(words), Searchable.objects.all(), kind)
    return everything, [result.title for result in everything[0:25]]


def test_of_a_word_that_stands_everywhere_the_newest_are_found(four, clerk):
    everything, titles = found(clerk, "bridges")
    assert everything.is_more
    assert {each.replace("<mark>", "").replace("</mark>", "") for each in titles} == {four[2].title, four[3].title}


def test_the_newest_of_another_kind_are_found_by_narrowing(four, clerk):
    everything, titles = found(clerk, "bridges", Kind.POINT)
    assert (everything.is_more, len(titles), set(everything.counts)) == (True, 2, {Kind.POINT})


def test_another_word_leads_to_what_is_old(four, clerk):
    everything, titles = found(clerk, "bridges ward 0 repair")
    assert (everything.is_more, len(titles)) == (False, 1)


def test_the_page_says_that_there_is_more(four, sign_in, clerk):
    page = read(sign_in(clerk), "/search/?q=bridges")
    assert page.heading == "More than 2 results for “bridges”"
    assert "Add a word, or narrow the search" in words_of(page.main)


# A site that is large


@pytest.fixture
def two_are_recent(monkeypatch, four):
    """Only the last two recommendations are looked through first, and their item."""
    monkeypatch.setattr(finding, "RECENT", 2)
    monkeypatch.setattr(finding, "FEWEST_RANKED", 1)
    monkeypatch.setattr(finding, "MOST_RANKED", 9)
    return four


def test_of_a_large_site_the_latest_are_found(two_are_recent, clerk):
    everything, titles = found(clerk, "repair")
    assert (everything.is_more, everything.count(), len(titles)) == (True, 2, 2)


def test_that_there_is_more_is_seen_where_nothing_stands_just_before(two_are_recent, clerk, monkeypatch):
    monkeypatch.setattr(finding, "BEFORE", 0)
    everything, titles = found(clerk, "repair")
    assert (everything.is_more, len(titles)) == (True, 2)


def test_of_a_large_site_the_newest_of_very_many_are_found(two_are_recent, clerk, monkeypatch):
    monkeypatch.setattr(finding, "MOST_RANKED", 1)
    everything, titles = found(clerk, "repair")
    assert (everything.is_more, titles) == (True, ["<mark>Repair</mark> bridges in ward 3"])


def test_where_all_is_late_nothing_is_said_of_more(two_are_recent, clerk):
    everything, titles = found(clerk, "repair 3")
    assert (everything.is_more, len(titles)) == (False, 1)


def test_the_latest_that_are_exempt_are_found_by_nobody_else(two_are_recent, other_member):
    factories.make_recommendation(two_are_recent[0].item, title="Repair the secret bridge", exempt_paragraph=3)
    everything, titles = found(other_member, "repair")
    assert (everything.is_more, everything.count(), any("secret" in each for each in titles)) == (True, 1, False)
