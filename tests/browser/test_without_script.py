"""Without JavaScript everything works: it only ever adds comfort."""

import pytest
from playwright.sync_api import expect

from recommendations.management.demo import PASSWORD, PEOPLE
from tests.browser import pages


@pytest.fixture
def plain_page_of(page_of):
    return lambda who: page_of(who, java_script_enabled=False)


def test_signing_in(plain_page_of):
    page = plain_page_of("nobody")
    page.goto(pages.address("sign-in"))
    page.get_by_label("E-mail address").fill(PEOPLE["officer"][0])
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")


def test_updating_progress(plain_page_of):
    page = plain_page_of("officer")
    page.goto(pages.address("recommendation-update"))
    page.get_by_label("What has happened?").fill("The contract is signed.")
    page.get_by_label("Reported complete").check()
    page.get_by_role("button", name="Save the update").click()
    expect(page.get_by_role("alert")).to_contain_text("Your update is saved.")
    expect(page.locator("main")).to_contain_text("The contract is signed.")


def test_filtering_a_list(plain_page_of):
    page = plain_page_of("member")
    page.goto(pages.address("recommendations"))
    page.get_by_text("Filter this list").click()
    page.get_by_label("Show", exact=True).select_option("Open, no owner")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 recommendations")
    page.get_by_role("link", name="Remove Show: Open, no owner").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("23 recommendations")


def test_a_form_in_error_keeps_what_was_typed(plain_page_of):
    page = plain_page_of("officer")
    page.goto(pages.address("follow-up-later-date"))
    page.get_by_label("Why is more time needed?").fill("The networks meet in spring.")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(page.get_by_label("Why is more time needed?")).to_have_value("The networks meet in spring.")


def test_the_menu_of_a_phone_is_open(page_of):
    page = page_of("member", java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto(pages.address("dashboard"))
    expect(page.get_by_role("link", name="Meetings")).to_be_visible()
