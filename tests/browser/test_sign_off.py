"""A clerk signs off a meeting in Chromium: questions that come with their decision, the summary, what is then told."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from recommendations.models import DateChange, FollowUpReport
from tests.browser import pages
from tests.browser.hands import Keyboard, Mouse


@pytest.fixture
def meeting(site):
    """A later date and a report wait for it."""
    return pages.held("HWSB")


@pytest.fixture
def open_sheet(page_of, meeting):
    def open_page(**arguments):
        page = page_of("clerk", **arguments)
        page.goto(reverse("meeting-sign-off", args=[meeting.pk]))
        return page

    return open_page


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
def test_a_meeting_is_signed_off_by_mouse_and_by_keyboard(open_sheet, axe, hand):
    page = open_sheet()
    clerk = hand(page)
    clerk.answer("Minute number (optional)", "34/26")
    clerk.tick(page.get_by_role("radio", name="Grant"))
    clerk.tick(page.get_by_role("checkbox", name="Accept all in this section that are left"))
    clerk.press("Go on to the summary")
    expect(page.get_by_text("1 later date granted, 1 report accepted.")).to_be_visible()
    axe(page)
    clerk.press("Save these decisions")
    expect(page.get_by_text("Saved: 1 later date granted, 1 report accepted.")).to_be_visible()
    assert (DateChange.objects.waiting().count(), FollowUpReport.objects.get(verdict="accepted").received_minute) == (
        0, "34/26"
    )  # fmt: skip


def test_a_question_stands_there_only_with_the_decision_that_asks_it(open_sheet, axe):
    page = open_sheet()
    why = page.get_by_role("group", name="HWSB R3/26").get_by_role("textbox", name="Why?")
    expect(why).to_be_hidden()
    page.get_by_role("radio", name="Not satisfied").check()
    expect(why).to_be_visible()
    axe(page)


def test_without_script_the_same_questions_come_and_go(open_sheet):
    page = open_sheet(java_script_enabled=False)
    page.get_by_role("radio", name="Refuse").check()
    page.get_by_role("button", name="Go on to the summary").click()
    expect(page.get_by_role("link", name="HWSB R1/26: say why the later date is refused")).to_be_visible()
    expect(page.get_by_role("group", name="HWSB R1/26").get_by_role("textbox", name="Why?")).to_be_visible()
