"""Signing in with what a browser alone can do: passkeys, an authenticator app's picture, the council's own provider."""

import re

import pytest
from django.conf import settings as site_settings
from playwright.sync_api import expect

from recommendations.management.demo import PASSWORD, PEOPLE
from tests.accounts import provider
from tests.accounts.factors import code_for

pytestmark = pytest.mark.browser
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
KEY |= {"isUserVerified": True, "automaticPresenceSimulation": True}


@pytest.fixture
def browser_context_args(browser_context_args, site):
    """A passkey belongs to a name, and 127.0.0.1 is none."""
    return {**browser_context_args, "base_url": site.replace("127.0.0.1", "localhost")}


@pytest.fixture
def page(new_context):
    """A window of nobody's."""
    return new_context().new_page()


def sign_in(page, who="officer"):
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(PEOPLE[who][0])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove(page):
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_passkey_is_added_and_signs_in_by_itself(page, axe):
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    sign_in(page)
    page.goto("/account/")
    page.get_by_role("link", name="Add a passkey").click()
    prove(page)
    axe(page)
    page.get_by_label("What do you call it?").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    heading(page, "Your recovery codes")
    axe(page)
    page.goto("/account/")
    expect(page.get_by_text("Work laptop").first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    heading(page, "My work")
    page.goto("/account/app/")
    heading(page, "Is it you?")
    page.get_by_role("link", name="Use a security key").click()
    page.get_by_role("button", name="Use your passkey").click()
    heading(page, "Set up an authenticator app")


def test_a_browser_without_the_passkey_is_told_so(page, console):
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("status")).to_have_text("That did not work. Try again, or use another way.")


def test_an_app_reads_the_picture_and_its_code_signs_in(page, axe, settings):
    settings.MFA_TOTP_TOLERANCE = 1
    sign_in(page)
    page.goto("/account/app/")
    prove(page)
    expect(page.locator(".app-qr svg path")).to_be_visible()
    axe(page)
    secret = page.locator(".app-key").inner_text()
    page.get_by_label("Code").fill(code_for(secret))
    page.get_by_role("button", name="Check the code and finish").click()
    heading(page, "Your recovery codes")
    code = page.locator(".app-key").first.inner_text()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page)
    heading(page, "Your second factor")
    axe(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "My work")


def test_the_councils_own_provider_lets_in(page, settings, axe, console):
    with provider.running() as server:
        council = provider.Council(server)
        council.knows("olu", email=PEOPLE["officer"][0], email_verified=True)
        settings.OIDC_ISSUER, settings.OIDC_NAME = council.issuer, "Example Council"
        settings.OIDC_CLIENT_ID = settings.OIDC_CLIENT_SECRET = "tracker"
        settings.SITE_URL = ""
        # Its own page wants a style sheet from elsewhere, and is not drawn before somebody says that there is none.
        page.route(lambda address: "localhost" not in address, lambda route: route.abort())
        page.goto("/sign-in/?next=/meetings/")
        axe(page)
        page.get_by_role("button", name="Sign in with Example Council").click()
        page.get_by_placeholder("sub").fill("olu")
        page.get_by_role("button", name="Authorize").click()
        expect(page).to_have_url(re.compile("localhost:[0-9]+/meetings/$"))
    # What its own page says there.
    console[:] = [said for said in console if "/oauth2/authorize" not in said]


def test_typing_keeps_a_session_open(page):
    page.clock.install()
    sign_in(page)
    page.goto("/account/again/")
    page.get_by_label("Your password").type("a")
    page.clock.fast_forward("05:00")
    with page.expect_response("**/account/here/") as answered:
        page.get_by_label("Your password").type("b")
    assert answered.value.status == 204
    assert site_settings.SESSION_IDLE_MINUTES * 60 / 12 > 4 * 60
