"""Every page for everyone who may open it: WCAG 2.2 AA, a silent console, and no sideways scrolling on a phone."""

import pytest
from django.contrib import admin
from django.urls import reverse

from recommendations.views.dashboard import Dashboard
from tests.browser import pages

PHONE = {"width": 320, "height": 640}
MAIN_PAGES = [
    ("member", "dashboard"),
    ("member", "recommendations"),
    ("clerk", "recommendation"),
    ("officer", "my-work"),
    ("officer", "recommendation-update"),
    ("clerk", "desk"),
    ("clerk", "meeting"),
    ("clerk", "draft-new"),
    ("clerk", "draft"),
    ("clerk", "draft-recommendations"),
    ("nobody", "sign-in"),
]


def assert_no_sideways_scrolling(page):
    """Once it has settled: a chart takes a moment to fit into a window that became narrower.

    Not by `wait_for_function`, which evaluates its words in the page, where the policy forbids it.
    """
    for _ in range(50):
        if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{page.url} scrolls sideways")


def assert_good(page, axe):
    assert page.locator("h1").count() == 1
    axe(page)
    page.set_viewport_size(PHONE)
    assert_no_sideways_scrolling(page)


def test_every_name_of_a_url_is_walked_or_known_to_be_no_page():
    assert {name for who, name in pages.walk()} == set(pages.guards()) - pages.NOT_PAGES


@pytest.mark.parametrize(("who", "name"), pages.walk())
def test_a_page(window_of, axe, settings, who, name):
    settings.PUBLIC_PAGES = who == "nobody"
    page = window_of(who)
    assert page.goto(pages.address(name)).ok
    assert_good(page, axe)


@pytest.mark.parametrize("name", pages.OTHER_STATES)
def test_a_page_in_another_state(window_of, axe, settings, name):
    who, find = pages.OTHER_STATES[name]
    settings.PUBLIC_PAGES = who == "nobody"
    page = window_of(who)
    assert page.goto(find()).ok
    assert_good(page, axe)


@pytest.mark.parametrize(("who", "name"), MAIN_PAGES)
def test_a_main_page_on_a_phone(page_of, axe, who, name):
    page = page_of(who, viewport=PHONE)
    page.goto(pages.address(name))
    assert_no_sideways_scrolling(page)
    axe(page)


@pytest.mark.parametrize("name", ["dashboard", "recommendation", "my-work", "desk"])
def test_signed_out_one_is_asked_to_sign_in(page_of, axe, name):
    page = page_of("nobody")
    page.goto(pages.address(name))
    assert page.url.partition("?")[0].endswith(reverse("sign-in"))
    axe(page)


def test_the_demonstration_shows_its_accounts(page_of, axe, settings):
    settings.DEMO = True
    page = page_of("nobody")
    page.goto(reverse("sign-in"))
    assert page.get_by_text("officer@example.org").is_visible()
    assert_good(page, axe)


# Pages that say no. The browser itself reports their status on the console.


def take_out_the_status(page, console, status):
    """The console hears of it a moment after the page has answered, so this waits for as long as a page may take."""
    with_status = f"status of {status}"
    if not any(with_status in message for message in console):
        page.wait_for_event("console", lambda message: with_status in message.text)
    console[:] = [message for message in console if f"status of {status}" not in message]


@pytest.mark.parametrize("who", ["member", "nobody"])
def test_a_page_that_is_not_there(page_of, axe, console, settings, who):
    settings.PUBLIC_PAGES = True
    page = page_of(who)
    assert page.goto(reverse("recommendation", args=["SCSB-R99-99"])).status == 404
    take_out_the_status(page, console, 404)
    assert_good(page, axe)


def test_a_page_that_is_not_for_oneself(page_of, axe, console):
    page = page_of("member")
    assert page.goto(reverse("desk")).status == 403
    take_out_the_status(page, console, 403)
    assert_good(page, axe)


def test_a_form_that_has_lost_its_token(page_of, axe, console):
    page = page_of("nobody")
    page.goto(reverse("sign-in"))
    page.context.clear_cookies()
    page.get_by_role("button", name="Sign in", exact=True).click()
    take_out_the_status(page, console, 403)
    assert_good(page, axe)


def test_a_page_that_fails(page_of, axe, console, monkeypatch, caplog):
    monkeypatch.setattr(Dashboard, "write", None)
    page = page_of("member")
    assert page.goto(reverse("dashboard")).status == 500
    take_out_the_status(page, console, 500)
    assert_good(page, axe)


# Django's own administration, which an administrator has beside the pages of a member


# Nobody makes a role: what each may do stands in the program.
LOOKED_AT_ALONE = {"auth_group_add"}


def administration():
    kept = [model._meta.label_lower.replace(".", "_") for model in admin.site._registry]
    names = [f"{model}_{page}" for model in kept for page in ("changelist", "add", "change")]
    return ["index", *(name for name in names if name not in LOOKED_AT_ALONE)]


@pytest.mark.parametrize("name", administration())
def test_the_administration(window_of, axe, name):
    page = window_of("administrator")
    assert page.goto(reverse(f"admin:{name}", args=[1] if name.endswith("_change") else [])).ok
    axe(page)
