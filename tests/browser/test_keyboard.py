"""With the keyboard alone: past the menu, in sight of where one is, and into tables that are too wide."""

import pytest
from playwright.sync_api import expect

from tests.browser import pages

# Where the focus is, and whether anything about the element or what surrounds it shows that.
FOCUSED = """() => {
    const box = document.activeElement, style = getComputedStyle(box)
    const shown = style.outlineStyle !== 'none' && style.outlineWidth !== '0px' || style.boxShadow !== 'none'
    const label = box.labels && box.labels[0] && getComputedStyle(box.labels[0], '::before').boxShadow !== 'none'
    return {tag: box.tagName, text: box.textContent.trim().slice(0, 40), shown: shown || Boolean(label)}
}"""


def test_the_skip_link_leads_past_the_menu(page_of):
    page = page_of("member")
    page.goto(pages.address("dashboard"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("member", "dashboard"),
        ("clerk", "recommendation"),
        ("officer", "recommendation-update"),
        ("clerk", "draft"),
        ("nobody", "sign-in"),
    ],
)
def test_the_focus_is_always_seen(page_of, who, name):
    page = page_of(who)
    page.goto(pages.address(name))
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            break
        assert focused["shown"], f"nobody sees that the focus is on {focused}"


def test_a_wide_table_is_moved_by_arrow_keys(page_of):
    page = page_of("member", viewport={"width": 700, "height": 800})
    page.goto(pages.address("recommendations"))
    region = page.get_by_role("region", name="Recommendations")
    region.focus()
    # A browser that is still laying out the page lets a key go by: a person presses again.
    for _ in range(20):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)
        if page.evaluate("document.querySelector('.app-scroll').scrollLeft") > 0:
            break
    else:
        pytest.fail("the arrow key moves nothing")


def test_the_menu_of_a_phone_opens_and_closes(page_of):
    page = page_of("member", viewport={"width": 320, "height": 640})
    page.goto(pages.address("dashboard"))
    menu = page.get_by_role("button", name="Menu")
    menu.press("Enter")
    expect(page.get_by_role("link", name="Meetings")).to_be_visible()
    menu.press("Space")
    expect(page.get_by_role("link", name="Meetings")).to_be_hidden()


@pytest.mark.parametrize("name", ["draft", "recommendation-words"])
def test_leaving_a_page_by_its_links_needs_no_mouse(page_of, name):
    """The way back stands before the questions."""
    page = page_of("clerk")
    page.goto(pages.address(name))
    page.locator(".govuk-back-link").press("Enter")
    expect(page.locator("h1")).to_be_visible()


def test_a_clerk_goes_from_oddity_to_oddity_and_on_in_a_few_keys(page_of):
    """Tab into the card, tick it, Tab to the way on: what stands between two oddities is not passed."""
    page = page_of("clerk")
    page.goto(pages.address("draft"))
    page.get_by_role("link", name="Go to the first").press("Enter")
    for way_on in ("Next to look at: Witness", "That was the last"):
        for key in ("Tab", "Tab", "Space", "Tab"):
            page.keyboard.press(key)
        assert way_on in page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recommendations/")
    page.go_back()
    page.reload()
    expect(page.locator(".app-band")).to_contain_text("0 lines unread, 0 oddities")
