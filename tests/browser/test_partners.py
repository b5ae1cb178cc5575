"""A partner in a browser of its own: from the clerk's link to the answer, its own pages saying no, and the key kept in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from recommendations.models import Answer, Response
from tests.browser import pages
from tests.browser.test_every_page import assert_good, take_out_the_status


def make_link(page):
    """As the clerk; the address that the page shows."""
    page.goto(pages.address("answer-link"))
    page.get_by_role("button", name="Make the link").click()
    expect(page.locator("h1")).to_have_text("The link is made")
    return page.get_by_role("textbox", name="The link").input_value()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_from_the_clerks_link_to_the_partners_answer(page_of, axe, site, settings, javascript):
    settings.SITE_URL = site
    clerk, partner = page_of("clerk"), page_of("nobody", java_script_enabled=javascript)
    partner.goto(make_link(clerk))
    axe(clerk)
    partner.get_by_role("link", name="Answer HTSB R2/26", exact=True).click()
    partner.get_by_label("Not accepted").check()
    partner.get_by_label("Your reasons").fill("There are no officers to spare before the spring.")
    partner.get_by_role("button", name="Send the answer").click()
    expect(partner.get_by_role("alert")).to_contain_text("Your answer is recorded: not accepted.")
    expect(partner.get_by_text("You have answered everything.")).to_be_visible()
    assert Response.objects.get(pk=pages.police().pk).answer == Answer.NOT_ACCEPTED


def test_the_address_of_the_page_is_told_to_no_other(page_of):
    page, told = page_of("nobody"), []
    page.on("request", lambda request: told.append(request.header_value("referer") or ""))
    address = pages.address("partner-update")
    page.goto(address)
    page.get_by_label("What has happened?").fill("Two checks were made.")
    page.get_by_role("button", name="Send the update").click()
    expect(page.get_by_role("alert")).to_contain_text("Your update is recorded.")
    assert any(told)
    assert [referrer for referrer in told if "/answer/" in referrer] == []


def test_a_link_that_was_withdrawn(page_of, axe, console):
    link, key = pages.factories.make_link(pages.police().organisation, by=pages.user_of("clerk"))
    link.revoke(by=pages.user_of("clerk"), reason="It got lost.")
    page = page_of("nobody")
    assert page.goto(reverse("partner-questions", args=[key])).status == 410
    take_out_the_status(page, console, 410)
    assert_good(page, axe)


def test_too_many_wrong_keys(page_of, axe, console):
    page = page_of("nobody")
    for number in range(20):
        page.request.get(reverse("partner-questions", args=[f"guess-{number}"]))
    assert page.goto(pages.address("partner-questions")).status == 429
    take_out_the_status(page, console, 429)
    assert_good(page, axe)
