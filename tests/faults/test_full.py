"""The disk is full, or cannot be written: no record lacks its file, no file stays without a record, and pages go on."""

import os
import subprocess
import time
from contextlib import suppress

import pytest
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from recommendations.limits import Limit, TooOften
from recommendations.models import ProgressUpdate
from recommendations.stored import A_WHILE, MARKS
from tests import factories
from tests.views.pages import Page, go_on, read

SIZE = 256 * 1024


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def small_disk(media):
    """A real one of 256 kB, where this machine lets us make one."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", media]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    yield media
    subprocess.run(["umount", media], check=True)


def files(media):
    return [path for path in media.rglob("*") if path.is_file() and MARKS not in path.parts]


def marks(media):
    return [path for path in (media / MARKS).rglob("*") if path.is_file()]


@pytest.fixture
def recommendation(owner):
    return factories.make_recommendation(owner=owner)


@pytest.fixture
def form(recommendation, owner):
    """(a browser, the form of an update opened in it)"""
    tab = Client(raise_request_exception=False)
    tab.force_login(owner)
    return tab, read(tab, reverse("recommendation-update", args=[recommendation.slug]))


def sent(form, length):
    tab, opened = form
    return go_on(tab, opened, text="The guidance went out.", file=SimpleUploadedFile("a.txt", b"x" * length))


def test_a_file_that_does_not_fit_leaves_nothing_and_the_next_one_fits(small_disk, form):
    page = sent(form, SIZE * 2)
    assert (page.status, page.heading) == (503, "The tracker has no room left to save anything")
    assert (files(small_disk), marks(small_disk), ProgressUpdate.objects.count()) == ([], [], 0)
    assert sent(form, SIZE // 2).status == 200
    assert [path.name for path in files(small_disk)] == [ProgressUpdate.objects.get().file.name.rpartition("/")[2]]


def test_a_file_goes_with_the_change_that_was_taken_back(media, form, monkeypatch):
    monkeypatch.setattr(ProgressUpdate, "save", save_then_fail(ProgressUpdate.save))
    assert sent(form, 10).status == 500
    assert (files(media), marks(media)) == ([], [])


def save_then_fail(save):
    """The file is written, and then the database refuses."""

    def fail(self, *args, **kwargs):
        type(self).file.field.pre_save(self, add=True)
        raise DatabaseError

    return fail


@pytest.fixture
def died(media, recommendation):
    """A file whose process died before its record was stored."""
    with suppress(KeyboardInterrupt), transaction.atomic():
        factories.make_update(recommendation, file=SimpleUploadedFile("a.txt", b"x"))
        raise KeyboardInterrupt
    default_storage.begin()
    return files(media)[0]


def grow_old(media):
    for mark in marks(media):
        os.utime(mark, (0, time.time() - A_WHILE - 60))


def test_a_file_whose_process_died_goes_when_its_time_is_over(media, recommendation, died):
    factories.make_update(recommendation, file=SimpleUploadedFile("b.txt", b"x"))
    assert died.exists()
    grow_old(media)
    factories.make_update(recommendation, file=SimpleUploadedFile("c.txt", b"x"))
    assert not died.exists()
    assert len(files(media)) == 2


@pytest.mark.django_db(transaction=True)
def test_a_file_that_has_its_record_needs_no_mark(media, recommendation):
    factories.make_update(recommendation, file=SimpleUploadedFile("a.txt", b"x"))
    assert (len(files(media)), marks(media)) == (1, [])


def test_a_file_stays_while_the_database_cannot_say_whose_it_is(media, recommendation, died):
    grow_old(media)

    def fail(*arguments):
        raise DatabaseError

    with connection.execute_wrapper(fail):
        default_storage.clear_up()
    assert died.exists()


@pytest.fixture
def full_database(transactional_db):
    """SQLite may not grow by a page more until the test says so."""
    if connection.vendor != "sqlite":
        pytest.skip("is about SQLite")

    def may_grow_to(pages):
        with connection.cursor() as cursor:
            # What other tests took out again left room within.
            cursor.execute("VACUUM")
            cursor.execute(f"PRAGMA max_page_count = {pages}")

    yield may_grow_to
    may_grow_to(2**30)


def test_a_database_that_is_full_is_written_again_once_there_is_room(full_database, form, media):
    full_database(1)
    tab, opened = form
    page = go_on(tab, opened, text="long " * 3000, file=SimpleUploadedFile("a.txt", b"x"))
    assert (page.status, page.heading) == (503, "The tracker has no room left to save anything")
    assert (ProgressUpdate.objects.count(), files(media)) == (0, [])
    full_database(2**30)
    assert sent(form, 10).status == 200
    assert ProgressUpdate.objects.count() == len(files(media)) == 1


# Where attempts are counted


@pytest.fixture
def attempts(settings, tmp_path):
    """The cache of a council's site, its folder a file: nothing can be written there."""
    place = tmp_path / "cache"
    place.touch()
    settings.CACHES = {"default": {"BACKEND": "cse_board.attempts.InFilesOrMemory", "LOCATION": place}}
    yield caches["default"]
    caches["default"]._memory.clear()


def test_attempts_are_counted_where_nothing_can_be_written(attempts):
    limit = Limit("tests", 3, 60)
    for _ in range(3):
        limit.must_allow("203.0.113.9")
        limit.count("203.0.113.9")
    with pytest.raises(TooOften):
        limit.must_allow("203.0.113.9")


def test_people_sign_in_where_no_attempt_can_be_written(attempts, client, clerk):
    page = go_on(client, read(client, reverse("sign-in")), username=clerk.email, password=factories.PASSWORD)
    assert isinstance(page, Page)
    assert page.heading == "Getting started"


def test_what_was_counted_in_memory_ends_once_files_can_be_written(attempts, tmp_path):
    attempts.set("key", 1)
    (tmp_path / "cache").unlink()
    attempts.set("key", 2)
    assert (attempts._memory.get("key"), attempts.get("key"), attempts.has_key("key")) == (None, 2, True)
    assert attempts.delete("key")
    assert attempts.get("key", "none") == "none"


def test_what_is_in_memory_is_deleted_there(attempts):
    attempts.set("key", 1)
    assert (attempts.delete("key"), attempts.delete("key")) == (True, False)
