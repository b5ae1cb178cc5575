"""An address is copied with one press of a button; where the browser may not, it is selected to be copied by hand."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser import pages
from tests.browser.conftest import user_of

BUTTON = "Copy: Due dates, for a calendar, My due dates"


@pytest.fixture
def page(page_of):
    """The officer's, who has a calendar in the demonstration."""
    page = page_of("officer")
    page.goto(pages.address("calendars"))
    return page


def test_an_address_is_copied_with_one_press(page, site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert factories.make_feed(user_of("officer")).key in page.evaluate("navigator.clipboard.readText()")


def test_where_the_browser_may_not_copy_the_address_is_selected(page):
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("status").first).to_have_text("It is selected: copy it with your keyboard")
    assert page.evaluate("String(document.getSelection())").endswith(".ics")
