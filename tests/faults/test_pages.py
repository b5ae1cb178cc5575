"""What is read where the database is away, busy or full, or a request too large: what is wrong, and what one typed."""

import errno
import logging
import sqlite3
from contextlib import contextmanager
from functools import partial

import psycopg2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, InternalError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from psycopg2 import errors

from cse_board.faults import AWAY, BUSY, FULL, fault_in
from tests import factories
from tests.views.pages import Page, go_on, read

TYPED = 'The guidance went out.\nIt is read "aloud" & <kept>.'


def of_sqlite(code):
    error = sqlite3.OperationalError("told in words")
    error.sqlite_errorcode = code
    return error


def of_postgresql(code):
    """As the driver makes it; it lets nobody else set the code."""
    return type("Coded", (errors.lookup(code),), {"pgcode": code})("told in words")


@pytest.mark.parametrize(
    ("cause", "fault"),
    [
        (psycopg2.OperationalError("connection refused"), AWAY),
        (psycopg2.InterfaceError("connection already closed"), AWAY),
        *[(of_postgresql(code), AWAY) for code in ("08006", "57P01", "57P02", "57P03", "25006", "53300", "58030")],
        *[(of_postgresql(code), BUSY) for code in ("40001", "40P01", "55P03", "57014", "25P03", "53200")],
        (of_postgresql("53100"), FULL),
        (of_sqlite(sqlite3.SQLITE_BUSY), BUSY),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), BUSY),
        (of_sqlite(sqlite3.SQLITE_FULL), FULL),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), AWAY),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EROFS, "Read-only file system"), AWAY),
        (OSError(errno.ENOENT, "No such file"), None),
        (of_postgresql("42P01"), None),
        (of_sqlite(sqlite3.SQLITE_ERROR), None),
        (psycopg2.ProgrammingError("no results to fetch"), None),
        (ValueError(), None),
    ],
)
def test_a_fault_is_known_by_its_code(cause, fault):
    error = DatabaseError()
    error.__cause__ = cause
    assert fault_in(error) is fault


@contextmanager
def failing(kind, cause):
    """Every statement fails with this, also those of sessions and of people."""

    def execute(*arguments):
        raise kind from cause

    with connection.execute_wrapper(execute):
        yield


away = partial(failing, OperationalError, psycopg2.OperationalError("connection to server failed"))


@pytest.fixture
def tab(clerk):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(clerk)
    return client


@pytest.fixture
def form(tab, owner):
    """A progress update, opened while all was well."""
    recommendation = factories.make_recommendation(owner=owner)
    return read(tab, reverse("recommendation-update", args=[recommendation.slug]))


def filled_in(form, **answers):
    return form.fields | {"text": TYPED} | answers


def test_a_page_says_what_is_wrong_and_when_to_come_back(tab):
    with away():
        response = tab.get(reverse("recommendations") + "?q=a&page=2")
    page = Page(response)
    assert (page.status, page.heading) == (503, "The tracker cannot reach its records just now")
    assert (response.headers["Retry-After"], "no-store" in response.headers["Cache-Control"]) == ("30", True)
    assert page.links()["Try again"] == "/recommendations/?q=a&page=2"
    assert f"quote: {response.headers['X-Request-ID']}" in page.text


@pytest.mark.parametrize(
    ("kind", "cause", "heading"),
    [
        (OperationalError, of_postgresql("40P01"), "The tracker is too busy just now"),
        (InternalError, of_postgresql("25P03"), "The tracker is too busy just now"),
        (OperationalError, of_sqlite(sqlite3.SQLITE_FULL), "The tracker has no room left to save anything"),
    ],
)
def test_each_fault_has_its_words(tab, kind, cause, heading):
    with failing(kind, cause):
        assert read(tab, reverse("recommendations")).heading == heading


def test_what_was_typed_is_sent_again_by_one_button(tab, form):
    with away():
        page = go_on(tab, form, text=TYPED)
    assert (page.status, page.address) == (503, form.address)
    assert "Nothing of what you sent was saved." in page.text
    assert page.fields["text"] == TYPED
    done = go_on(tab, page)
    assert TYPED.splitlines()[0] in done.text


def test_files_are_to_be_chosen_again(tab, form):
    with away():
        page = Page(tab.post(form.address, filled_in(form, file=SimpleUploadedFile("guidance.txt", b"Read this."))))
    assert "Choose again: guidance.txt" in page.text
    assert page.main.xpath(".//form/@enctype") == ["multipart/form-data"]
    assert page.main.xpath(".//input[@type='file'][@required]/@name") == ["file"]


def test_a_form_of_another_site_is_not_offered_again(tab, form):
    with away():
        page = Page(tab.post(form.address, {"text": TYPED}))
    assert (page.status, page.main.xpath(".//form")) == (503, [])
    assert "Go back in your browser" in page.text


def test_a_password_is_not_written_into_a_page(client, clerk):
    client.raise_request_exception = False
    form = read(client, reverse("sign-in"))
    with away():
        response = client.post(form.address, {"username": clerk.email, "password": factories.PASSWORD})
    assert response.status_code == 503
    assert factories.PASSWORD not in response.content.decode()


def test_what_cannot_be_read_is_not_offered_again(tab):
    with away():
        damaged = tab.post(reverse("sign-in"), b"--", content_type="multipart/form-data; boundary=" + "x" * 300)
    assert damaged.status_code == 503


def test_a_fault_is_logged_once_with_its_reason(tab, caplog):
    with away(), caplog.at_level(logging.WARNING):
        tab.get(reverse("recommendations"))
    [line] = caplog.records
    assert (line.levelname, line.getMessage()) == ("ERROR", "Service Unavailable: /recommendations/")
    assert isinstance(line.exc_info[1], OperationalError)


def test_a_page_of_an_error_needs_no_database(tab):
    with away():
        assert tab.get("/no-such-page/").status_code == 503


# Where nobody can know


IT_MAY_BE_STORED = "What you sent may have been saved, in whole or in part."


def fail(*arguments, **keywords):
    raise OperationalError from psycopg2.OperationalError("server closed the connection unexpectedly")


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_stored_before_the_fault_is_not_said_to_be_lost(tab, form, monkeypatch):
    monkeypatch.setattr("recommendations.views.acts.messages.success", fail)
    page = go_on(tab, form, text=TYPED)
    assert (page.status, IT_MAY_BE_STORED in page.text) == (503, True)


@pytest.mark.django_db(transaction=True)
def test_nor_is_one_of_which_the_database_told_no_more(tab, form, monkeypatch):
    def _commit():
        fail()

    with monkeypatch.context() as patch:
        patch.setattr(connection, "_commit", _commit)
        page = go_on(tab, form, text=TYPED)
    assert (page.status, IT_MAY_BE_STORED in page.text) == (503, True)


# More than the site takes


@pytest.mark.parametrize(
    ("setting", "sent"),
    [
        ("DATA_UPLOAD_MAX_MEMORY_SIZE", {"text": "x" * 2000}),
        ("DATA_UPLOAD_MAX_NUMBER_FIELDS", {f"field-{number}": "x" for number in range(2000)}),
        ("MOST_BYTES_OF_A_REQUEST", {"text": "x" * 2000}),
    ],
)
def test_a_request_that_is_too_large_is_refused_in_words(sign_in, clerk, settings, setting, sent):
    setattr(settings, setting, 1000)
    page = Page(sign_in(clerk).post(reverse("draft-new"), sent))
    assert (page.status, page.heading) == (413, "That is more than this site takes")


def test_too_many_files_are_too_large_as_well(sign_in, clerk, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = [SimpleUploadedFile(f"{number}.txt", b"Read this.") for number in range(3)]
    assert sign_in(clerk).post(reverse("draft-new"), {"files": files}).status_code == 413


def test_what_is_damaged_is_not_too_large(sign_in, clerk):
    page = Page(sign_in(clerk).get("/?q=%00"))
    assert (page.status, page.heading) == (400, "This request could not be read")
