"""Days are told the British way and times by London's clock, on every page, in summer as in winter."""

import datetime
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.dateparse import parse_date, parse_datetime

from recommendations import clock, words
from recommendations.management.demo import PEOPLE
from recommendations.models import User
from tests.views.pages import walk, words_of

pytestmark = pytest.mark.django_db
SUMMER = datetime.date(2026, 7, 15)
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# 2026-07-15, 7/15/2026, July 15 2026 and July 15, 2026, 15:00:00, 15:00 UTC. A council's own words may hold 15/07/2026.
FOREIGN = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\b\d{{1,2}}/(?:1[3-9]|2\d|3[01])/\d{{4}}|\b{MONTH} \d{{1,2}},? \d{{4}}|\d\d:\d\d:\d\d|\bUTC\b"
)


@pytest.fixture(scope="module")
def pages(put_back):
    """[(address, page)] of all that a clerk, an officer and a member of the demonstration are led to on a day of summer."""
    with put_back(DEMO=True), clock.set_to_day(SUMMER):
        call_command("seed_demo", verbosity=0, stdout=StringIO())
        return [(address, page) for who in ("clerk", "officer", "member") for address, page in walked(who)]


def walked(who):
    client = Client()
    client.force_login(User.objects.get(email=PEOPLE[who][0]))
    return [(address, page) for address, page in walk(client, ["home"]) if page.html.find(".//main") is not None]


def shown(page):
    """The text that is read: not what a field is filled with for a browser."""
    return words_of(page.html.find(".//body"))


def test_no_day_is_told_in_a_foreign_way(pages):
    assert {(address, *found) for address, page in pages if (found := FOREIGN.findall(shown(page)))} == set()


def test_every_time_on_a_page_is_what_london_s_clock_showed(pages):
    told = {(time.get("datetime"), words_of(time)) for _, page in pages for time in page.html.iter("time")}
    assert any(parse_datetime(machine) for machine, _ in told)
    assert {text for machine, text in told if text not in british(machine)} == set()


def british(machine):
    """The ways in which a page may tell what stands in a `datetime` attribute."""
    at = parse_datetime(machine)
    return (words.day(parse_date(machine)),) if at is None else (words.moment(at), words.day(at))
