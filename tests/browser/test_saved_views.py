"""A member keeps what the list shows, makes it the first, is back at the whole list, and removes it; with and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import pages


@pytest.mark.parametrize("with_script", [True, False])
def test_a_view_is_kept_opened_changed_and_removed(page_of, with_script):
    page = page_of("member", java_script_enabled=with_script, viewport={"width": 320, "height": 640})
    page.goto(pages.address("recommendations", only="overdue", sort="-due", size="50"))
    page.get_by_role("link", name="Keep this view").click()
    expect(page.get_by_text("You keep: Show: Action overdue; in an order of its own; Rows a page: 50.")).to_be_visible()
    page.get_by_label("Name of the view").fill("What is late")
    page.get_by_label("Open the list like this").check()
    page.get_by_role("button", name="Keep the view").click()
    expect(page.get_by_text("“What is late” is kept.")).to_be_visible()
    open_the_list_and_leave_the_view(page)
    change_and_remove(page)


def open_the_list_and_leave_the_view(page):
    page.goto(pages.address("recommendations"))
    expect(page).to_have_url(re.compile(r"\?only=overdue&sort=-due&size=50$"))
    expect(page.get_by_text("The list opens like this.")).to_be_visible()
    page.get_by_role("link", name="Show the whole list").click()
    expect(page.get_by_role("link", name="What is late", exact=True)).to_be_visible()


def change_and_remove(page):
    page.get_by_role("link", name=re.compile("Change.*What is late")).click()
    page.get_by_label("Name of the view").fill("Late")
    page.get_by_label("Open the list like this").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“Late” is changed.")).to_be_visible()
    page.get_by_role("link", name=re.compile("Change.*Late")).click()
    page.get_by_role("link", name="Remove this view").click()
    page.get_by_role("button", name="Remove the view").click()
    expect(page.get_by_text("“Late” is removed.")).to_be_visible()
    expect(page.get_by_role("heading", name="Your views")).to_have_count(0)
