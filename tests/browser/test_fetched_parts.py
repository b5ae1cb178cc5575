"""What a page fetches once it stands: similar recommendations, under their fold, with words for every way it can go."""

import pytest
from playwright.sync_api import expect

from recommendations.models import Recommendation
from tests import factories

WORDS = "That taxi drivers be trained in safeguarding."


@pytest.fixture
def address(site):
    """Of the page of a recommendation to which one other is similar."""
    first, _ = (factories.make_recommendation(title="Taxi drivers", text=WORDS) for _ in range(2))
    return first.get_absolute_url()


@pytest.fixture
def fold(page_of, address):
    """Its fold, once a page of the member's stands there; with what the site answers to whoever fetches, if given."""

    def open_page(answer=None, **options):
        page = page_of("member", **options)
        if answer:
            page.route("**/similar/", answer)
        page.goto(address)
        found = page.locator("details", has_text="Similar recommendations")
        found.scroll_into_view_if_needed()
        return found

    return open_page


def test_they_stand_under_the_fold_and_their_number_on_it(fold, axe):
    found = fold()
    expect(found.locator("summary")).to_have_text("Similar recommendations (1)")
    found.locator("summary").click()
    expect(found.get_by_role("link")).to_have_text([Recommendation.objects.latest("pk").__str__()])
    axe(found.page)


@pytest.mark.parametrize("answer", ["abort", "503"])
def test_without_an_answer_it_says_so_and_the_link_stays(answer, fold, console):
    found = fold(lambda route: route.abort() if answer == "abort" else route.fulfill(status=503))
    found.locator("summary").click()
    expect(found).to_contain_text("They could not be looked for just now. Look for similar recommendations")
    console.clear()


def test_whoever_is_signed_out_meanwhile_is_not_shown_the_page_for_it(fold):
    found = fold(lambda route: route.fulfill(path=None, body="<h1>Sign in</h1>", content_type="text/html"))
    found.locator("summary").click()
    expect(found).to_contain_text("They could not be looked for just now.")
    expect(found.get_by_role("heading")).to_have_count(0)


def test_without_script_the_link_leads_to_them(fold, address):
    found = fold(java_script_enabled=False)
    found.locator("summary").click()
    found.get_by_role("link").click()
    expect(found.page.get_by_role("heading", level=1)).to_have_text("Similar recommendations")
    assert found.page.url.endswith(address + "similar/")
    expect(found.page.locator("#found a")).to_have_count(1)
