"""A form that was opened before somebody else changed the record: who changed what is told, and nothing typed is lost."""

import datetime

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.models import Answer, Progress
from tests import factories
from tests.views.pages import Page, read, spelled_out

MARCH = datetime.date(2027, 3, 1)
STALE = "This has changed since you opened it. {} Check it, then save again if you still want to."


@pytest.fixture(autouse=True)
def ten_past_ten(today):
    """Everything here happens in the same minute."""
    with clock.set_to(clock.now().replace(minute=10, second=0)):
        yield


@pytest.fixture
def recommendation(board, owner):
    return factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner, due_on=MARCH)


@pytest.fixture
def opened(sign_in, clerk):
    """Opens a form, and gives what sends it later: `send(answers)`."""
    client = sign_in(clerk)

    def open_form(name, key):
        address = reverse(name, args=[key])
        fields = read(client, address).fields
        return lambda answers, page=None: Page(
            client.post(address, (page.fields if page else fields) | spelled_out(answers), follow=True)
        )

    return open_form


def told(*changes):
    return STALE.format(" ".join(f"Nora West, 18 November 2026 at 10:10am: {change}." for change in changes))


@pytest.fixture
def colleague(db):
    return factories.make_clerk("Nora West")


def test_who_changed_what_is_told_and_saving_again_is_meant(opened, recommendation, colleague):
    send = opened("recommendation-title", recommendation.slug)
    recommendation.retitle("Visit “R&D” and O'Hara's schools", by=colleague)
    page = send({"title": "Visit two schools"})
    assert page.errors == [told("Short title changed from Review the guidance to Visit “R&D” and O'Hara's schools")]
    assert send({}, page).banner == "The short title is changed."
    recommendation.refresh_from_db()
    assert recommendation.title == "Visit two schools"


def test_every_change_since_is_told_in_its_order(opened, recommendation, colleague, other_officer):
    send = opened("recommendation-title", recommendation.slug)
    recommendation.retitle("Visit", by=colleague)
    recommendation.assign(other_officer, by=colleague)
    assert send({"title": "Ask"}).errors == [
        told("Short title changed from Review the guidance to Visit", "Owner changed from Olu Shah to Megan Price")
    ]


def test_a_change_of_something_else_is_told_too(opened, recommendation, colleague, board):
    """Who closes must know that the date has moved, though nothing of theirs is overwritten."""
    send = opened("recommendation-close", recommendation.slug)
    recommendation.set_due_date(factories.ago(-200), by=colleague, reason="More time.")
    meeting = recommendation.item.meeting
    page = send({"outcome": Progress.IMPLEMENTED, "at": meeting, "note": "All schools were visited."})
    assert page.errors == [told("Due date changed from 1 March 2027 to 6 June 2027")]
    assert page.fields["note"] == "All schools were visited."


@pytest.mark.parametrize("progress", [Progress.PAUSED, Progress.IN_PROGRESS])
def test_an_answer_that_no_longer_fits_is_explained_by_what_changed(opened, recommendation, colleague, progress):
    send = opened("recommendation-update", recommendation.slug)
    recommendation.close(Progress.IMPLEMENTED, at=recommendation.item.meeting, by=colleague)
    page = send({"text": "Two schools refuse.", "progress": progress})
    assert told("Progress changed from Not started to Closed: implemented") in page.errors
    assert page.fields["text"] == "Two schools refuse."


def test_the_same_answer_recorded_twice_is_told(opened, recommendation, colleague, local):
    response = factories.make_response(recommendation, regime=local)
    send = opened("answer-record", response.pk)
    response.answer_with(Answer.ACCEPTED, by=colleague)
    assert told("Answer changed from Awaiting an answer to Accepted") in send({"answer": Answer.ACCEPTED}).errors


def test_a_report_that_was_waived_meanwhile_is_told(opened, recommendation, colleague):
    report = factories.make_report(recommendation, due_on=MARCH)
    send = opened("follow-up-submit", report.pk)
    report.waive(by=colleague, reason="The Board heard enough.")
    page = send({"text": "All is well."})
    assert page.errors == [told("Waived on changed from nothing to 18 November 2026")]
    assert page.fields["text"] == "All is well."


def test_sending_it_again_where_it_cannot_be_done_is_refused_by_the_rule(opened, recommendation, colleague):
    report = factories.make_report(recommendation, due_on=MARCH)
    send = opened("follow-up-submit", report.pk)
    report.waive(by=colleague, reason="The Board heard enough.")
    page = send({"text": "All is well."})
    assert send({}, page).errors == [f"{report} has been submitted or waived already."]


def test_a_meeting_that_was_corrected_meanwhile_is_told(opened, board, colleague):
    meeting = factories.make_meeting(board)
    send = opened("meeting-correct", meeting.pk)
    meeting.correct(held_on=meeting.held_on, place="County Hall", by=colleague, reason="It was moved.")
    page = send({"place": "Town Hall", "reason": "It was moved."})
    assert page.errors == [told("Place changed from nothing to County Hall")]


def test_a_request_that_was_decided_meanwhile_is_told(opened, recommendation, owner, colleague):
    change = factories.make_asked_date(recommendation, by=owner)
    send = opened("date-change", change.pk)
    change.refuse(by=colleague, reason="The Board is waiting.")
    assert send({"decision": "grant"}).errors == [told("Decision changed from Waiting for the clerk to Refused")]


def test_a_version_that_never_was_is_answered_as_a_stale_one(opened, recommendation):
    send = opened("recommendation-title", recommendation.slug)
    page = send({"title": "Ask", "version": "99"})
    assert page.errors == ["This has changed since you opened it. Check it, then save again if you still want to."]


def test_a_form_without_a_version_is_taken_as_it_is(opened, recommendation):
    assert opened("recommendation-title", recommendation.slug)({"title": "Ask", "version": ""}).banner
