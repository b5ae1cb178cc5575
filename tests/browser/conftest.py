"""Chromium for the browser tests: a site with the demonstration in it, people signed in, a silent console, and axe."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site_settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client, override_settings
from django.test.utils import setup_databases, teardown_databases
from pytest_django.live_server_helper import LiveServer

from recommendations import permissions
from recommendations.management.commands.seed_demo import CHAPTERS
from recommendations.management.demo import PEOPLE, Story
from recommendations.models import User
from tests import factories
from tests.conftest import CHEAP_HASHER

HERE = Path(__file__).parent
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What is right need not be told: on a long page that takes longer than to find it.
WHAT_IS_WRONG = {"runOnly": {"type": "tag", "values": WCAG_22_AA}, "resultTypes": ["violations"]}
ADMINISTRATOR = "administrator@example.org"
# Playwright's own.
AS_USUAL = {"width": 1280, "height": 720}

# Playwright keeps an event loop in the thread of the tests, where Django would refuse to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Every test in this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


# The site. Its database is a file, put back before each test: that takes milliseconds, where emptying it and telling
# the demonstration anew would take seconds.


@pytest.fixture(scope="session")
def database(django_db_blocker, tmp_path_factory):
    """A file of SQLite, migrated and empty: every thread of the server wants a connection of its own to it."""
    if connection.vendor != "sqlite":
        pytest.exit("The browser tests run on SQLite: leave DATABASE_URL unset.")
    connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("browser") / "db.sqlite3")
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def states(database, django_db_blocker, media_folder):
    """The database at two moments: with its people and boards alone, and with the whole demonstration."""
    kept = {}
    settled = override_settings(PASSWORD_HASHERS=CHEAP_HASHER, MEDIA_ROOT=media_folder)
    with django_db_blocker.unblock(), settled:
        call_command("loaddata", "reference", verbosity=0)
        story = Story(tell=lambda sentence: None)
        story.people_and_boards()
        factories.make_person("Ines Moreau", permissions.ADMINISTRATORS, email=ADMINISTRATOR, is_staff=True)
        kept["begun"] = copy_of_the_database()
        for chapter in CHAPTERS:
            getattr(story, chapter)()
        kept["demo"] = copy_of_the_database()
        connections.close_all()
    yield kept
    for copy in kept.values():
        copy.close()


def copy_of_the_database():
    copy = sqlite3.connect(":memory:")
    connection.ensure_connection()
    connection.connection.backup(copy)
    return copy


@pytest.fixture(scope="session")
def server(states):
    """Not pytest-django's `live_server`, which empties the database after each test."""
    server = LiveServer("127.0.0.1:0")
    yield server
    server.stop()


@pytest.fixture
def state(request):
    """The moment that the site is at; `@pytest.mark.parametrize("state", ["begun"])` asks for the other one."""
    return getattr(request, "param", "demo")


@pytest.fixture
def site(server, states, state, django_db_blocker):
    """The address of the site, its database as it was told, and open to the test as well."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        states[state].backup(connection.connection)
        yield server.url
        connections.close_all()


# The browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium (or CHROMIUM=): Playwright's own would have to be downloaded."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": path, "args": flags}


@pytest.fixture
def browser_context_args(browser_context_args, site):
    words = {"locale": "en-GB", "timezone_id": "Europe/London"}
    return {**browser_context_args, **words, "base_url": site, "reduced_motion": "reduce"}


@pytest.fixture
def console():
    """Everything the pages said. A test that provokes a message (a 404 is one) takes it out of the list."""
    messages = []
    yield messages
    assert messages == [], "the browser's console was not silent"


@pytest.fixture
def hear(console):
    """Listens to the console of a window, for as long as the test lasts."""
    heard = []

    def keep(said):
        if not said.startswith(NO_FAULT):
            console.append(said)

    def listen(context):
        context.set_default_timeout(10_000)
        for event, hears in EARS.items():
            heard.append((context, event, lambda what, hears=hears: keep(hears(what))))
            context.on(*heard[-1][1:])

    yield listen
    for context, event, ear in heard:
        context.remove_listener(event, ear)


# The administration's script and its markup both give the first field the focus; the browser tells whichever comes second.
NO_FAULT = "info: Autofocus processing was blocked because a document already has a focused element."
EARS = {
    "console": lambda message: f"{message.type}: {message.text} ({message.page.url})",
    "weberror": lambda problem: f"error: {problem.error}",
}


@pytest.fixture
def new_context(new_context, hear):
    """A browser window with nobody signed in, whose console is listened to."""

    def make(**arguments):
        context = new_context(**arguments)
        hear(context)
        return context

    return make


@pytest.fixture
def page_of(new_context, site):
    """A window of its own for "clerk", "officer", "member", "administrator" or "nobody"; signing in has its own tests."""

    def open_page(who, **arguments):
        context = new_context(**arguments)
        if who != "nobody":
            sign_in(context, who, site)
        return context.new_page()

    return open_page


def sign_in(context, who, site):
    client = Client()
    client.force_login(user_of(who))
    session = client.cookies[site_settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": site_settings.SESSION_COOKIE_NAME, "value": session, "url": site}])


@pytest.fixture(scope="session")
def windows(browser):
    """{who: a page that stays open for the whole run}"""
    kept = {}
    yield kept
    for page in kept.values():
        page.context.close()


@pytest.fixture
def window_of(windows, page_of, browser, browser_context_args, hear, site):
    """As `page_of`, in one window for the whole run: a process of Chromium, and scripts read once, not once a test.

    It is as good as new, but for the static files that it knows. What is public may be kept for minutes, so that
    nobody's window is a new one.
    """
    used = []

    def open_page(who):
        if who == "nobody":
            return page_of(who)
        page = windows.get(who) or windows.setdefault(who, browser.new_context(**browser_context_args).new_page())
        used.append(page)
        page.set_viewport_size(AS_USUAL)
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
        sign_in(page.context, who, site)
        hear(page.context)
        return page

    yield open_page
    for page in used:
        page.goto("about:blank")


def user_of(who):
    return User.objects.get(email=ADMINISTRATOR if who == "administrator" else PEOPLE[who][0])


@pytest.fixture
def axe(console):
    """Asserts that the page as it stands breaks no rule of WCAG 2.2 AA that a program can check."""

    def check(page):
        said = list(console)
        results = Axe().run(page, options=WHAT_IS_WRONG)
        # Axe itself makes noise on the console: what it said is not the page's.
        page.wait_for_timeout(0)
        console[:] = said
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return check
