"""What clerks are told once a week: what is stuck, as the desk counts it."""

import datetime

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.models import Progress
from tests import factories
from tests.views.pages import read

MONDAY = datetime.date(2026, 11, 16)


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def stuck(told_today, clerk):
    """{label: count} of what a run so many days after that Monday tells the clerk."""

    def told(days):
        with clock.set_to_day(MONDAY + datetime.timedelta(days=days), hour=7):
            digest = told_today().get(clerk.email)
        return {each.label: each.count for each in digest.stuck} if digest else {}

    return told


@pytest.fixture
def ownerless(item):
    return factories.make_recommendation(item, due_on=factories.ago(-60))


@pytest.mark.usefixtures("ownerless")
def test_every_clerk_is_told(told_today, clerk):
    other = factories.make_clerk("Kit Osei")
    assert [each.label for each in told_today()[other.email].stuck] == ["No owner"]
    assert clerk.email in told_today()


@pytest.mark.usefixtures("ownerless")
def test_a_week_is_told_once_and_made_up_when_its_day_was_missed(stuck, send):
    assert stuck(2) == {"No owner": 1}
    send()
    assert [stuck(days) for days in (3, 6, 7)] == [{}, {}, {"No owner": 1}]


@pytest.mark.usefixtures("ownerless")
def test_a_council_chooses_the_day(stuck, send, settings):
    settings.REMIND_CLERKS_ON = 6
    send()
    assert [bool(stuck(days)) for days in (5, 6)] == [False, True]


def test_where_nothing_is_stuck_no_mail_is_sent(owe, told_today, clerk):
    owe(60)
    assert clerk.email not in told_today()


def test_without_a_clerk_nobody_is_told(ownerless, told_today):
    assert told_today() == {}


@pytest.fixture
def busy(item, owe, owner, local):
    """One of everything that is stuck; the owner asked for a later date of the first."""
    first = owe(60, title="late")
    factories.make_asked_date(first, by=owner)
    factories.make_recommendation(item, due_on=factories.ago(-60))
    owe(None)
    owe(50, progress=Progress.REPORTED_COMPLETE)
    factories.make_report(owe(50), due_on=factories.ago(40))
    factories.make_report(owe(50), submitted_by=owner)
    for days in (60, None):
        factories.make_response(owe(50), regime=local, notified_on=days and factories.ago(days))


LISTS = [
    "No owner", "No date set", "Clock not started", "Answers overdue", "Overdue, and no update for four weeks",
    "Later dates asked for", "Reports submitted, waiting for the Board", "Reported complete, waiting for the Board",
]  # fmt: skip


@pytest.mark.usefixtures("busy")
def test_everything_that_is_stuck_is_told(stuck):
    assert stuck(2) == dict.fromkeys(LISTS, 1)


@pytest.mark.usefixtures("busy")
def test_every_number_leads_to_exactly_its_list(told_today, clerk, sign_in):
    client = sign_in(clerk)
    lists = [each for each in told_today()[clerk.email].stuck if each.label != "Later dates asked for"]
    paths = [each.url.removeprefix("https://tracker.example.org") for each in lists]
    assert [len(read(client, path).rows) for path in paths] == [each.count for each in lists]


@pytest.mark.usefixtures("busy")
def test_a_reference_leads_to_its_page(told_today, clerk, item):
    [reference] = told_today()[clerk.email].stuck[0].references
    found = item.recommendations.get(owner=None)
    assert reference == (found.reference, f"https://tracker.example.org{found.get_absolute_url()}")


def test_of_many_the_first_ten_are_named(item, told_today, clerk):
    made = [factories.make_recommendation(item, due_on=factories.ago(-60 + n)) for n in range(13)]
    [stuck] = told_today()[clerk.email].stuck
    oldest_first = [each.reference for each in reversed(made)]
    assert [reference for reference, _ in stuck.references] == oldest_first[:10]
    assert (stuck.count, stuck.more) == (13, 3)


def test_a_reference_is_named_once_however_many_answers_it_lacks(owe, local, told_today, clerk):
    recommendation = owe(60)
    for addressee in ("The Cabinet", "The police"):
        factories.make_response(recommendation, addressee, regime=local)
    [stuck] = told_today()[clerk.email].stuck
    assert (stuck.count, len(stuck.references), stuck.more) == (2, 1, 0)


@pytest.mark.parametrize(("days", "is_silent"), [(27, False), (28, True)])
def test_an_update_breaks_the_silence_for_four_weeks(owe, owner, stuck, days, is_silent):
    with clock.set_to_day(factories.ago(days)):
        factories.make_update(owe(-3), by=owner)
    assert ("Overdue, and no update for four weeks" in stuck(2)) == is_silent


def test_the_desk_leads_to_what_was_sent(sign_in, clerk):
    assert read(sign_in(clerk), reverse("desk")).links()["E-mails sent"] == reverse("mails")
