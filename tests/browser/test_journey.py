"""From pasted minutes to what a member sees: clerk, officer, clerk and member, with the mouse and without."""

import datetime
import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from recommendations import clock
from recommendations.management.demo import PASSWORD, PEOPLE
from tests.browser import pages
from tests.browser.hands import Keyboard, Mouse

MINUTES = (settings.BASE_DIR / "fixtures" / "minutes" / "cse-safeguarding-report.txt").read_text()
BOARD = "Social Care Services Board"
OFFICER = "Olu Shah – Head of Safeguarding"


def day(days_ago):
    return clock.today() - datetime.timedelta(days=days_ago)


@pytest.fixture(params=[Mouse, Keyboard])
def hand_of(request, page_of):
    """A signed-in person with a window of their own, who uses it with the mouse or with the keyboard alone."""

    def sign_in(who):
        hand = request.param(page_of("nobody"))
        hand.page.goto(pages.address("sign-in"))
        hand.answer("E-mail address", PEOPLE[who][0])
        hand.answer("Password", PASSWORD)
        hand.press("Sign in")
        expect(hand.page.get_by_role("button", name="Sign out")).to_be_visible()
        return hand

    return sign_in


def expect_heading(hand, words):
    expect(hand.page.get_by_role("heading", level=1)).to_have_text(words)


def expect_success(hand, words):
    expect(hand.page.get_by_role("alert")).to_contain_text(words)


def open_recommendation(hand, number):
    """That of the minutes, by its reference in the list."""
    hand.follow("Recommendations")
    hand.activate(hand.page.get_by_role("link", name=re.compile(rf"^SCSB R{number}.\d\d$")))
    expect(hand.page.get_by_role("heading", name="The Board’s words")).to_be_visible()


# The clerk


def paste(clerk):
    clerk.follow("New minutes")
    clerk.select("Board", BOARD)
    clerk.answer_date("Date of the meeting", day(60))
    clerk.answer("Item number", "7")
    clerk.answer("Paste the minutes", MINUTES)
    clerk.press("Read the minutes")


def review(clerk):
    expect_heading(clerk, "Review the minutes")
    expect(clerk.page.locator("main")).to_contain_text("0 lines unread, 2 oddities")
    for oddity in clerk.page.get_by_label("I have looked at this").all():
        clerk.tick(oddity)
    clerk.press("Save and continue")


def give_owners_and_dates(clerk):
    """The report asked for third is due yesterday, the rest ahead."""
    expect_heading(clerk, "What the Board asked")
    for number, due_on in ((1, day(-30)), (3, day(1)), (4, day(-40))):
        card = clerk.page.get_by_role("group", name=re.compile(rf"^Recommendation {number}, line"))
        clerk.select("Owner (optional)", OFFICER, within=card)
        clerk.answer_date("Due date (optional)", due_on, within=card)
    clerk.press("Save and continue")


def adopt(clerk):
    expect_heading(clerk, "Check before you adopt")
    clerk.press("Adopt these minutes")
    expect_success(clerk, "The minutes are adopted")


def record_an_answer(clerk):
    open_recommendation(clerk, 2)
    clerk.follow("Start the clock of Adult Social Care")
    clerk.answer_date("Notice given on", day(50))
    clerk.press("Save")
    clerk.follow("Record the answer of Adult Social Care")
    clerk.tick(clerk.page.get_by_label("Accepted", exact=True))
    clerk.press("Save")
    expect(clerk.page.get_by_role("row", name="Adult Social Care")).to_contain_text("Accepted")


def hold_a_meeting_today(clerk):
    clerk.follow("Meetings")
    clerk.follow("Add a meeting")
    clerk.select("Board", BOARD)
    clerk.answer_date("Date of the meeting", day(0))
    clerk.press("Add the meeting")


def receive_the_report(clerk):
    open_recommendation(clerk, 3)
    clerk.activate(clerk.page.get_by_role("link", name=re.compile("^Received by the Board")))
    clerk.tick(clerk.page.get_by_label("Accepted", exact=True))
    clerk.select("At which meeting?", meeting_today())
    clerk.press("Save")
    expect_success(clerk, "Recorded")


def close(clerk):
    open_recommendation(clerk, 1)
    clerk.follow("Close at a meeting")
    clerk.tick(clerk.page.get_by_label("Implemented", exact=True))
    clerk.select("At which meeting?", meeting_today())
    clerk.answer("What changed because of it? (optional)", "Parents know the signs.")
    clerk.press("Close the recommendation")
    expect_success(clerk, "is closed")


def meeting_today():
    return f"{day(0).day} {day(0):%B %Y} – {BOARD}"


# The officer, and the member


def report_complete(officer):
    open_recommendation(officer, 1)
    officer.follow("Update progress")
    officer.answer("What has happened?", "Every school has held an evening for parents.")
    officer.tick(officer.page.get_by_label("Reported complete"))
    officer.press("Save the update")
    expect_success(officer, "Your update is saved. Members and clerks see it from now on.")


def submit_the_report(officer):
    expect_heading(officer, "My work")
    overdue = officer.page.get_by_role("link", name=re.compile(r"^Submit follow-up report 1 on SCSB R3\b"))
    officer.activate(overdue)
    officer.answer("Your report to the Board", "Two faith networks and all licensed venues were met.")
    officer.press("Submit the report")
    expect_success(officer, "The report is submitted.")


def see_what_became_of_it(member):
    member.follow("Dashboard")
    expect_heading(member, "No follow-up report is overdue")
    open_recommendation(member, 1)
    main = member.page.locator("main")
    expect(main).to_contain_text("Closed: implemented")
    expect(main).to_contain_text("Parents know the signs.")
    expect(main).to_contain_text("Every school has held an evening for parents.")


@pytest.mark.parametrize("state", ["begun"], indirect=True)
def test_from_pasted_minutes_to_the_dashboard(hand_of):
    clerk = hand_of("clerk")
    paste(clerk)
    review(clerk)
    give_owners_and_dates(clerk)
    adopt(clerk)
    record_an_answer(clerk)
    member = hand_of("member")
    expect_heading(member, "1 follow-up report is overdue by 1 day")
    officer = hand_of("officer")
    submit_the_report(officer)
    report_complete(officer)
    hold_a_meeting_today(clerk)
    receive_the_report(clerk)
    close(clerk)
    see_what_became_of_it(member)
