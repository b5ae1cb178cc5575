"""Who may fetch what, with a key and without, and what is not sent twice."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from ical.calendar_stream import IcsCalendarStream

from recommendations.models import Progress
from tests import factories
from tests.views.pages import Page

pytestmark = pytest.mark.django_db
KEYED = ("private-calendar", "private-overdue", "private-closures")
PUBLIC = ("overdue", "closures")


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def public_pages(settings):
    settings.PUBLIC_PAGES = True


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board, factories.ago(200)))


@pytest.fixture
def report(item, owner):
    """Overdue by nine days."""
    subject = factories.make_recommendation(item, owner=owner, reference="SCSB R1/27", title="Schools < parents & 😀")
    return factories.make_report(subject, due_on=factories.ago(9))


@pytest.fixture
def feed(owner):
    return factories.make_feed(owner)


def fetch(name, feed=None, **headers):
    """As a calendar program does: without a cookie."""
    return Client().get(reverse(name, args=[feed.key] if feed else []), headers=headers)


def calendar(answer):
    return IcsCalendarStream.calendar_from_ics(answer.content.decode())


# With a key


def test_a_key_opens_a_calendar_without_signing_in(feed, report):
    answer = fetch("private-calendar", feed)
    assert (answer.headers["Content-Type"], len(calendar(answer).events)) == ("text/calendar; charset=utf-8", 1)


def test_the_calendar_is_called_after_whose_it_is(feed, member, board):
    names = [calendar(fetch("private-calendar", each)).name for each in (feed, factories.make_feed(member, board))]
    assert names == [["Due dates of Olu Shah"], ["Due dates of Social Care Services Board"]]


@pytest.mark.parametrize("name", KEYED)
def test_no_search_engine_keeps_what_a_key_opens(feed, name):
    headers = fetch(name, feed).headers
    assert (headers["X-Robots-Tag"], headers["Cache-Control"]) == ("noindex, nofollow", "private, no-cache")


@pytest.mark.parametrize("name", KEYED)
def test_a_wrong_key_is_answered_like_any_unknown_page_and_costs_no_query(feed, name):
    address = reverse(name, args=[feed.key])
    with CaptureQueriesContext(connection) as queries:
        told = [Client().get(each) for each in (address.replace(feed.nonce[:5], "xxxxx"), "/no-such-page/")]
    # What to quote is another for each request.
    wrong, unknown = (Page(answer).text.replace(answer.headers["X-Request-ID"], "") for answer in told)
    assert (told[0].status_code, wrong, len(queries)) == (404, unknown, 0)


@pytest.mark.parametrize("name", KEYED)
def test_an_address_that_was_stopped_is_answered_like_any_unknown_page(feed, owner, name):
    feed.revoke(by=owner)
    assert fetch(name, feed).status_code == 404


@pytest.mark.parametrize("name", KEYED)
def test_nothing_is_sent_to_such_an_address(feed, name):
    assert Client().post(reverse(name, args=[feed.key])).status_code == 405


def test_what_somebody_may_read_is_asked_at_every_fetch(item, member, board):
    feed = factories.make_feed(member, board)
    factories.make_recommendation(item, due_on=factories.ago(-9), exempt_paragraph=3)
    before = fetch("private-calendar", feed)
    membership = member.memberships.get()
    membership.until = factories.ago(1)
    membership.record(by=None, reason=factories.WHY)
    assert (len(calendar(before).events), len(calendar(fetch("private-calendar", feed)).events)) == (1, 0)


# Asked again


@pytest.mark.parametrize("name", KEYED)
def test_what_has_not_changed_is_not_sent_again(feed, report, name):
    tag = fetch(name, feed).headers["ETag"]
    answer = fetch(name, feed, if_none_match=tag)
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)


def test_what_has_changed_is(feed, report, clerk):
    tag = fetch("private-calendar", feed).headers["ETag"]
    report.set_due_date(factories.ago(-9), by=clerk, reason=factories.WHY)
    assert fetch("private-calendar", feed, if_none_match=tag).status_code == 200


@pytest.mark.parametrize("name", [*KEYED, *PUBLIC])
def test_no_moment_stands_for_what_was_sent(public_pages, feed, report, name):
    """What somebody may read changes without any record changing, so "not modified since" cannot be answered."""
    assert "Last-Modified" not in fetch(name, feed if name in KEYED else None).headers


# For everyone


@pytest.mark.parametrize("name", PUBLIC)
def test_where_pages_are_not_public_neither_is_the_news(name):
    assert fetch(name).url.startswith(reverse("sign-in"))


def test_where_pages_are_not_public_neither_is_a_calendar(board, sign_in, member):
    address = reverse("board-calendar", args=[board.code])
    assert Client().get(address).url.startswith(reverse("sign-in"))
    assert sign_in(member).get(address).headers["Cache-Control"] == "private, no-cache"


def test_where_they_are_a_board_has_a_calendar_for_everyone(public_pages, board, report):
    answer = Client().get(reverse("board-calendar", args=[board.code]))
    assert (calendar(answer).name, answer.headers["Cache-Control"]) == (
        ["Due dates of Social Care Services Board"], "public, max-age=900",
    )  # fmt: skip


def test_a_code_that_no_board_has_is_an_unknown_page(public_pages):
    assert Client().get("/boards/NONE/due-dates.ics").status_code == 404


def test_a_code_may_hold_a_stroke(public_pages):
    board = factories.make_board("O/S", "Overview and Scrutiny")
    assert Client().get(reverse("board-calendar", args=[board.code])).status_code == 200


@pytest.mark.parametrize("name", [*PUBLIC, "board-calendar"])
def test_what_is_public_is_the_same_for_those_entitled_to_more(public_pages, item, owner, sign_in, clerk, board, name):
    secret = factories.make_recommendation(item, owner=owner, due_on=factories.ago(9), exempt_paragraph=3)
    factories.make_report(secret, due_on=factories.ago(9))
    factories.make_recommendation(item, progress=Progress.IMPLEMENTED, exempt_paragraph=3)
    address = reverse(name, args=[board.code] if name == "board-calendar" else [])
    assert secret.reference.encode() not in sign_in(clerk).get(address).content
    assert b"<entry" not in sign_in(clerk).get(address).content
