"""The news as Atom: what is overdue and what was closed, each told once, under a name that is nobody else's."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from recommendations import clock
from recommendations.models import Progress
from recommendations.views.feeds import NEWEST
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "https://tracker.example.org"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
PARTS = ("id", "title", "summary", "updated")


@pytest.fixture(autouse=True)
def a_wednesday(today, settings):
    """Everything here happens on the same day, and anybody may read it."""
    settings.PUBLIC_PAGES = True


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board, factories.ago(200)))


@pytest.fixture
def asked(item, owner):
    with clock.set_to_day(factories.ago(100)):
        return factories.make_recommendation(item, owner=owner, reference="SCSB R1/27", title="Schools <b> & 😀")


@pytest.fixture
def report(asked):
    """Overdue by nine days."""
    due_on = factories.ago(9)
    with clock.set_to_day(factories.ago(100)):
        return factories.make_report(asked, due_on=due_on)


@pytest.fixture
def closed(asked, clerk):
    meeting = factories.make_meeting(held_on=factories.ago(5))
    with clock.set_to_day(factories.ago(3)):
        return asked.close(
            Progress.IMPLEMENTED, at=meeting, by=clerk, minute="34/26", note="All <b>schools</b> know."
        )  # fmt: skip


def fetch(name, feed=None):
    return Client().get(reverse(name, args=[feed.key] if feed else []))


def tree(name, feed=None):
    return etree.fromstring(fetch(name, feed).content)


def entries(name, feed=None):
    """What each entry says, by part; its link as well."""
    found = tree(name, feed).findall("a:entry", ATOM)
    return [
        {part: one.findtext(f"a:{part}", namespaces=ATOM) for part in PARTS} | {"link": one.find("a:link", ATOM).get("href")}
        for one in found
    ]  # fmt: skip


def moment(said):
    return datetime.datetime.fromisoformat(said)


def test_an_overdue_report_is_told_with_its_owner_and_its_day(report):
    assert entries("overdue") == [
        {
            "id": f"tag:tracker.example.org,2026:follow-up-{report.pk}/2026-11-09",
            "title": "SCSB R1/27: Schools <b> & 😀 (follow-up report 1)",
            "summary": "Due 9 November 2026, not yet submitted. Owner: Olu Shah. Social Care Services Board.",
            "updated": "2026-11-09T23:59:59.999999+00:00",
            "link": f"{SITE}/recommendations/SCSB-R1-27/#report-1",
        }
    ]


def test_what_changed_since_is_newer_news(report, other_officer, clerk):
    report.recommendation.assign(other_officer, by=clerk)
    (entry,) = entries("overdue")
    assert moment(entry["updated"]).date() == factories.ago(0)


def test_another_due_date_that_passes_is_other_news(report, clerk):
    (before,) = entries("overdue")
    report.set_due_date(factories.ago(2), by=clerk, reason=factories.WHY)
    (after,) = entries("overdue")
    assert after["id"] != before["id"]
    assert "First due 9 November 2026." in after["summary"]


def test_what_nobody_owns_says_so(item):
    factories.make_report(factories.make_recommendation(item), due_on=factories.ago(9))
    assert "Owner: nobody yet." in entries("overdue")[0]["summary"]


def test_a_closure_says_how_and_at_which_meeting(closed):
    (entry,) = entries("closures")
    assert entry["summary"] == (
        "Closed: implemented at the meeting of Social Care Services Board on 13 November 2026, minute 34/26. "
        "All &lt;b&gt;schools&lt;/b&gt; know."
    )
    assert (entry["id"], moment(entry["updated"]).date()) == (
        f"tag:tracker.example.org,2026:closure-{closed.pk}/2026-11-13", factories.ago(3),
    )  # fmt: skip


def test_control_characters_do_not_spoil_the_file(closed, clerk):
    closed.retitle("Schools\x0c\x1b and parents", by=clerk)
    assert entries("closures")[0]["title"] == "SCSB R1/27: Schools   and parents"


@pytest.mark.parametrize("name", ["overdue", "closures"])
def test_a_feed_has_all_that_atom_asks_for(report, name):
    """RFC 4287, section 4.1.1: one id, one title, one moment, an author; a link to the page that it is about."""
    feed = tree(name)
    assert feed.findtext("a:id", namespaces=ATOM) == f"tag:tracker.example.org,2026:{name}"
    assert [len(feed.findall(f"a:{part}", ATOM)) for part in ("title", "updated", "author", "link")] == [1, 1, 1, 1]
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "Example Council"


@pytest.mark.parametrize("name", ["overdue", "closures"])
def test_an_empty_feed_is_the_same_file_all_day(name):
    assert fetch(name).content == fetch(name).content


def test_the_newest_come_first_and_not_too_many(item, clerk):
    for number in range(NEWEST + 1):
        factories.make_report(factories.make_recommendation(item), due_on=factories.ago(number + 1))
    days = [entry["id"].partition("/")[2] for entry in entries("overdue")]
    assert (len(days), days) == (NEWEST, sorted(days, reverse=True))


def test_a_key_of_a_board_opens_the_news_of_that_board(report, closed, member, board, other_board):
    own, other = factories.make_feed(member, board), factories.make_feed(member, other_board)
    assert [len(entries("private-closures", feed)) for feed in (own, other)] == [1, 0]


def test_ones_own_key_opens_the_news_of_all_boards(report, member):
    assert len(entries("private-overdue", factories.make_feed(member))) == 1


def test_the_file_does_not_hold_the_key_that_opens_it(report, member, board):
    feed = factories.make_feed(member, board)
    assert feed.key.encode() not in fetch("private-overdue", feed).content


def test_those_entitled_to_exempt_matter_get_none_of_it_either(item, owner):
    secret = factories.make_recommendation(item, owner=owner, exempt_paragraph=3)
    factories.make_report(secret, due_on=factories.ago(9))
    assert entries("private-overdue", factories.make_feed(owner)) == []


@pytest.mark.parametrize("name", ["overdue", "closures"])
def test_forty_entries_cost_as_many_queries_as_one(item, name):
    counts = []
    for number in (1, 39):
        for _ in range(number):
            factories.make_report(factories.make_recommendation(item), due_on=factories.ago(9))
            factories.make_recommendation(item, progress=Progress.IMPLEMENTED)
        with CaptureQueriesContext(connection) as queries:
            fetch(name)
        counts.append(len(queries))
    assert counts[0] == counts[1]
