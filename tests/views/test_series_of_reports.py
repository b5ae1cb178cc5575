"""The forms of reports that come again, and of one that answers several."""

import datetime

import pytest
from django.urls import reverse

from recommendations.models import FollowUpReport, Verdict
from recommendations.models.follow_ups import Repeats
from tests import factories
from tests.views.pages import read, send

MARCH = datetime.date(2027, 3, 1)


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def recommendation(board, owner):
    return factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner)


@pytest.fixture
def quarterly(recommendation, clerk):
    return FollowUpReport.order(recommendation, by=clerk, due_on=factories.ago(3), repeats=Repeats.QUARTERLY)


@pytest.fixture
def do(sign_in):
    return lambda who, name, key, **answers: send(sign_in(who), reverse(name, args=[key]), **answers)


def test_a_clerk_asks_for_a_report_every_quarter(do, clerk, recommendation):
    page = do(clerk, "follow-up-new", recommendation.slug, due_on=MARCH, repeats="3")
    assert "Every quarter" in page.part("reports")
    assert recommendation.follow_ups.get().repeats == Repeats.QUARTERLY


def test_a_clerk_changes_how_often(do, clerk, quarterly):
    page = do(clerk, "follow-up-repeats", quarterly.pk, repeats="12")
    assert page.banner == "Follow-up report 1 is wanted every year."
    assert do(clerk, "follow-up-repeats", quarterly.pk, repeats="").banner == "Follow-up report 1 is wanted once."


def test_the_form_of_a_series_says_when_the_next_is_due(sign_in, clerk, owner, quarterly):
    quarterly.submit("What was done.", by=owner)
    page = read(sign_in(clerk), reverse("follow-up-receive", args=[quarterly.pk]))
    assert "Wanted every quarter: leave empty for 15 February 2027." in page.text
    assert "This was the last of the series" in page.text


def test_the_form_of_a_single_report_asks_nothing_about_a_series(sign_in, clerk, owner, recommendation):
    report = factories.make_report(recommendation, submitted_by=owner)
    assert "series" not in read(sign_in(clerk), reverse("follow-up-receive", args=[report.pk])).text


@pytest.mark.parametrize(("is_last", "said"), [("", " Follow-up report 2 is opened."), ("on", "")])
def test_receiving_one_of_a_series_says_whether_the_next_is_opened(do, clerk, owner, board, quarterly, is_last, said):
    quarterly.submit("What was done.", by=owner)
    meeting = factories.make_meeting(board, factories.ago(0))
    answers = {"verdict": Verdict.ACCEPTED.value, "at": meeting} | ({"is_last": is_last} if is_last else {})
    assert do(clerk, "follow-up-receive", quarterly.pk, **answers).banner == f"Recorded: accepted.{said}"


@pytest.fixture
def other(recommendation, owner):
    """Another report that the same officer owes."""
    return factories.make_report(factories.make_recommendation(recommendation.item, owner=owner, title="Visit schools"))


def test_the_owner_hands_in_one_report_for_several(do, owner, quarterly, other):
    do(owner, "follow-up-submit", quarterly.pk, text="What was done.", also=[other.pk])
    assert not FollowUpReport.objects.outstanding().exists()


def test_the_others_are_offered_by_reference_and_title(sign_in, owner, quarterly, other):
    page = read(sign_in(owner), reverse("follow-up-submit", args=[quarterly.pk]))
    assert f"Follow-up report 1 on {other.recommendation.reference}: Visit schools" in page.text


def test_an_only_report_is_not_asked_what_else_it_answers(sign_in, owner, quarterly):
    assert (
        "Does it answer these too?" not in read(sign_in(owner), reverse("follow-up-submit", args=[quarterly.pk])).text
    )


@pytest.mark.parametrize(("paragraph", "is_offered"), [(None, False), (3, True)])
def test_only_what_has_the_same_readers_is_offered(sign_in, owner, recommendation, paragraph, is_offered):
    asked = {"item": recommendation.item, "owner": owner}
    first = factories.make_report(factories.make_recommendation(**asked, exempt_paragraph=paragraph))
    factories.make_report(factories.make_recommendation(**asked, exempt_paragraph=3, title="A contract"))
    page = read(sign_in(owner), reverse("follow-up-submit", args=[first.pk]))
    assert ("A contract" in page.text) is is_offered


def test_what_is_for_other_readers_is_refused_and_nothing_is_lost(do, owner, quarterly, recommendation):
    closed_door = factories.make_report(
        factories.make_recommendation(recommendation.item, owner=owner, exempt_paragraph=3)
    )
    page = do(owner, "follow-up-submit", quarterly.pk, text="What was done.", also=[closed_door.pk])
    assert page.errors == [f"{closed_door} is for other readers. Hand it in by itself."]
    assert page.fields["text"] == "What was done."
    assert FollowUpReport.objects.outstanding().count() == 2


def test_the_decision_on_a_later_date_shows_how_it_slipped(do, sign_in, clerk, owner, quarterly):
    address = reverse("date-change", args=[factories.make_asked_date(quarterly, by=owner).pk])
    assert "The date has not moved before." in read(sign_in(clerk), address).text
    quarterly.set_due_date(factories.ago(1), by=clerk, reason="Agreed by the Chair.")
    assert "The first date was 15 November 2026. It moved once, 2 days in all." in read(sign_in(clerk), address).text
