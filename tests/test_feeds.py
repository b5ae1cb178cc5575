"""Calendars as a calendar program reads them: with another library than the one that wrote them."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from ical.calendar_stream import IcsCalendarStream

from recommendations import clock, feeds
from recommendations.models import Progress, User
from recommendations.models.diary import Diary
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "https://tracker.example.org"
AWKWARD = "Guidance, part 2; “safe” <schools> \\ and 😀 children: " + "é" * 70


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board, factories.ago(200)))


@pytest.fixture
def action(item, owner):
    return factories.make_recommendation(item, owner=owner, due_on=factories.ago(-20), reference="SCSB R1/27")


@pytest.fixture
def report(action):
    return factories.make_report(action, due_on=factories.ago(-30))


def written(user=None, board=None):
    """The calendar as it is sent; the public's unless somebody is given."""
    user = User.objects.get(pk=user.pk) if user else AnonymousUser()
    return feeds.calendar_of(Diary(user, board), name="Due dates", site=SITE).decode()


def read(user=None, board=None):
    return IcsCalendarStream.calendar_from_ics(written(user, board))


def only_event(user=None, board=None):
    """The one thing that is, or was, due."""
    (event,) = [event for event in read(user, board).events if not event.uid.startswith("meeting")]
    return event


# Each kind


def test_an_action_is_a_whole_day_on_which_nobody_is_busy(action, owner):
    event = only_event(owner)
    assert (event.summary, event.dtstart, event.dtend, event.transparency, event.status.value) == (
        "Due: SCSB R1/27: Review the guidance", factories.ago(-20), factories.ago(-21), "TRANSPARENT", "CONFIRMED",
    )  # fmt: skip


def test_it_names_its_owner_and_board_and_leads_to_its_page(action, owner):
    event = only_event(owner)
    assert (event.description, event.categories, event.url) == (
        "Owner: Olu Shah\nBoard: Social Care Services Board", ["Action"],
        "https://tracker.example.org/recommendations/SCSB-R1-27/",
    )  # fmt: skip


def test_a_follow_up_report_says_which_one_it_is(report, owner):
    summaries = [event.summary for event in read(owner).events]
    assert summaries[1] == "Due: follow-up report 1 on SCSB R1/27: Review the guidance"


def test_an_answer_says_whose_it_is(item, board, local):
    subject = factories.make_recommendation(item, reference="SCSB R1/27")
    factories.make_response(subject, regime=local, notified_on=factories.ago(1))
    event = only_event(None, board)
    assert (event.summary, event.categories, event.description.split("\n")[0]) == (
        "Due: answer of Cabinet Member for Children to SCSB R1/27: Review the guidance", ["Answer"],
        "Owner: nobody yet",
    )  # fmt: skip


def test_a_meeting_has_its_place(board, member, clerk):
    meeting = factories.make_meeting(board, factories.ago(-7))
    meeting.correct(held_on=meeting.held_on, place="County Hall, room 3", by=clerk, reason=factories.WHY)
    (event,) = read(member, board).events
    assert (event.summary, event.location, event.url) == (
        "Meeting: Social Care Services Board", "County Hall, room 3", f"{SITE}{meeting.get_absolute_url()}",
    )  # fmt: skip


def test_the_public_is_led_to_the_page_of_a_meeting(board):
    meeting = factories.make_meeting(board, factories.ago(-7))
    (event,) = read(None, board).events
    assert event.url == f"{SITE}{meeting.get_absolute_url()}"


def test_a_contact_in_a_title_is_left_out(board):
    item = factories.make_item(factories.make_meeting(board))
    factories.make_recommendation(item, title="Ring 01483 517898", due_on=factories.ago(-7))
    assert "517898" not in str([event.summary for event in read(None, board).events])


# Changes reach the calendar


def test_a_date_that_moved_keeps_its_name_and_has_a_higher_number(action, owner, clerk):
    before = only_event(owner)
    action.set_due_date(factories.ago(-40), by=clerk, reason=factories.WHY)
    after = only_event(owner)
    assert after.uid == before.uid == f"recommendation-{action.pk}@tracker.example.org"
    assert after.sequence > before.sequence


def test_it_says_when_it_was_first_due(action, owner, clerk):
    action.set_due_date(factories.ago(-40), by=clerk, reason=factories.WHY)
    assert only_event(owner).description.endswith("\nFirst due 8 December 2026; moved 1 time.")


def test_what_is_closed_is_cancelled_under_the_same_name(action, owner, clerk):
    before = only_event(owner)
    action.close(Progress.IMPLEMENTED, at=factories.make_meeting(held_on=factories.ago(0)), by=clerk)
    after = only_event(owner)
    assert (after.uid, after.status.value, after.summary) == (
        before.uid, "CANCELLED", "No longer due: SCSB R1/27: Review the guidance",
    )  # fmt: skip
    assert after.sequence > before.sequence


def test_an_unchanged_calendar_is_the_same_file_byte_for_byte(report, board, owner):
    first = written(owner, board)
    with clock.set_to_day(factories.ago(-1)):
        assert written(owner, board) == first


def test_a_calendar_says_how_often_to_ask(action, owner):
    calendar = read(owner)
    assert (calendar.name, calendar.refresh_interval) == (["Due dates"], datetime.timedelta(hours=1))


def test_an_empty_calendar_is_a_calendar(owner):
    assert read(owner).events == []


# What is in it is read as it was meant


def test_awkward_words_are_read_as_they_were_written(action, owner, clerk):
    action.retitle(AWKWARD, by=clerk)
    assert only_event(owner).summary == f"Due: SCSB R1/27: {AWKWARD}"


def test_no_line_is_longer_than_75_octets(action, owner, clerk):
    action.retitle(AWKWARD, by=clerk)
    assert max(len(line.encode()) for line in written(owner).split("\r\n")) <= 75


def test_a_line_break_or_a_control_character_cannot_begin_another_line(action, owner, clerk):
    action.retitle("Guidance\r\nSTATUS:CANCELLED\x0c\x1b", by=clerk)
    assert only_event(owner).summary == "Due: SCSB R1/27: Guidance  STATUS:CANCELLED  "


# Exempt matter


@pytest.fixture
def secret(item, owner, local):
    """Exempt, with a report and an answer that are due."""
    subject = factories.make_recommendation(
        item, owner=owner, due_on=factories.ago(-20), title="The contract of Acme", text="That Acme be asked.",
        reference="SCSB R9/27", exempt_paragraph=3,
    )  # fmt: skip
    factories.make_report(subject, due_on=factories.ago(-30))
    factories.make_response(subject, "Acme", regime=local, notified_on=factories.ago(1))
    return subject


def test_of_what_is_exempt_only_the_reference_is_told_even_to_those_entitled(secret, member, board):
    summaries = sorted(event.summary for event in read(member, board).events)
    assert summaries == [
        "Due: SCSB R9/27 (exempt)", "Due: answer to SCSB R9/27 (exempt)", "Due: follow-up report 1 on SCSB R9/27 (exempt)",
    ]  # fmt: skip


def test_its_words_are_nowhere(secret, clerk, board):
    secret.change_progress(Progress.REPORTED_COMPLETE, by=clerk)
    assert "Acme" not in written(clerk, board)


@pytest.mark.parametrize("who", ["other_officer", "other_member", "administrator", "nobody"])
def test_nobody_else_learns_that_it_is_there(secret, person, board, who):
    secret.change_progress(Progress.REPORTED_COMPLETE, by=None, reason=factories.WHY)
    assert read(None if who == "nobody" else person(who), board).events == []


def test_who_may_no_longer_read_it_is_told_that_something_is_over_and_nothing_else(action, clerk, other_officer, board):
    action.mark_exempt(3, by=clerk, reason=factories.WHY)
    event = only_event(other_officer, board)
    assert (event.summary, event.status.value) == ("No longer due", "CANCELLED")
    assert (event.description, event.url, event.location, event.categories) == (None, None, None, [])
