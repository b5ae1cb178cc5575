"""On paper, and where the reader chose the colours: nothing is cut off, and words carry every status."""

import pytest
from playwright.sync_api import expect

from tests.browser import pages

# A4 without its margins, at the 96 dots an inch that style sheets count in.
PAPER = {"width": 718, "height": 1000}
CONTROLS = (
    ".govuk-service-navigation, .govuk-back-link, main .govuk-button, .govuk-skip-link, .app-filters, .app-account a"
)
BEYOND_THE_EDGE = """() => [...document.querySelectorAll('body *')]
    .filter(box => box.checkVisibility() && !box.closest('.govuk-visually-hidden'))
    .filter(box => box.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(box => `${box.tagName} ${box.className}: ${box.textContent.trim().slice(0, 40)}`)"""


@pytest.mark.parametrize("name", ["dashboard", "recommendation", "recommendations", "meeting"])
def test_paper_shows_all_of_a_page_and_nothing_to_press(page_of, name):
    page = page_of("clerk", viewport=PAPER)
    page.goto(pages.address(name))
    page.emulate_media(media="print")
    assert [control for control in page.locator(CONTROLS).all() if control.is_visible()] == []
    assert page.evaluate(BEYOND_THE_EDGE) == []


def test_paper_shows_what_is_folded_on_the_screen(page_of):
    page = page_of("member", viewport=PAPER)
    page.goto(pages.address("recommendation"))
    page.emulate_media(media="print")
    assert all(folded.is_visible() for folded in page.locator("#evidence ~ .app-evidence .govuk-details__text").all())


@pytest.mark.parametrize("name", ["dashboard", "recommendations", "recommendation"])
def test_a_status_is_a_word_in_any_colours(page_of, name):
    page = page_of("member", forced_colors="active")
    page.goto(pages.address(name))
    tags = page.locator("main .govuk-tag").all()
    assert tags
    for tag in tags:
        expect(tag).to_be_visible()
        assert tag.inner_text().strip()
        assert tag.evaluate("tag => getComputedStyle(tag).borderTopWidth") != "0px"
