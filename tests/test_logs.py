"""What the site writes into its log: every line, and no key."""

import datetime
import json
import logging
import sys

import pytest
from django.db import DataError, IntegrityError

from cse_board.logs import Line, WithoutKeys
from cse_board.served import RUN_ID, current

KEY = "12.9zK3v-Qm_4bWcY7tJ1xRz0pLhG5sNfD2aUeTiOoB8k.h3Jw8sK-2xQv_7LmNc5PzRt1YbGd4FaHeU6iOj9WlXk"


@pytest.fixture
def written():
    """What of a line with these arguments is written."""

    def write(message, *arguments):
        record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, arguments, None)
        assert WithoutKeys().filter(record)
        return record.getMessage()

    return write


@pytest.mark.parametrize("end", ["", "7/", "7/update/"])
def test_a_key_is_blotted_out(written, end):
    assert written("%s: %s", "Gone", f"/answer/{KEY}/{end}") == f"Gone: /answer/…/{end}"


def test_a_key_is_blotted_out_of_a_line_without_arguments(written):
    assert written(f"Gone: /answer/{KEY}/") == "Gone: /answer/…/"


@pytest.mark.parametrize("said", ["/recommendations/SCSB-R1-26/", "/static/app.4f3c2b1a0d9e.css", 7])
def test_what_is_no_key_is_left(written, said):
    assert written("Not Found: %s", said) == f"Not Found: {said}"


def test_arguments_by_name_are_left(written):
    assert written("%(count)s rows", {"count": 3}) == "3 rows"


def test_the_log_of_the_site_goes_through_it(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_keys"]


def test_what_chooses_a_password_is_blotted_out(written):
    token = "d1x5zk-0123456789abcdef0123456789abcdef"
    assert written("Gone: %s", f"/password/choose/MTI/{token}/") == "Gone: /password/choose/MTI/…/"


# Lines of JSON


@pytest.fixture
def line():
    """What is written of one event outside of any request, read again."""
    current.set(None)

    def write(message, *arguments, error=None, **extra):
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, arguments, error)
        vars(record).update(extra)
        WithoutKeys().filter(record)
        written = Line().format(record)
        assert "\n" not in written
        return json.loads(written)

    return write


def test_a_line_says_when_what_and_whence(line):
    told = line("Seal %s", 7)
    assert {name: told[name] for name in ("level", "logger", "message", "run_id")} == {
        "level": "error", "logger": "django.request", "message": "Seal 7", "run_id": RUN_ID,
    }  # fmt: skip
    assert datetime.datetime.fromisoformat(told["time"]).utcoffset() == datetime.timedelta(0)


def test_what_hangs_on_a_line_is_not_written(line, rf):
    assert "Olu" not in str(line("Gone", request=rf.get("/search/?q=Olu+Shah"), status_code=404))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("No answer from olu.shah@example.org today", "No answer from …@… today"),
        ("Error handling request /search/?q=Olu+Shah", "Error handling request /search/?…"),
        ("Invalid request from ip=203.0.113.9: too long", "Invalid request from ip=… too long"),
    ],
)
def test_others_may_not_write_what_is_personal_either(line, said, written):
    assert line(said)["message"] == written


OWNER = "Olu Shah"


def failed(failure, *arguments):
    """An error as it is caught, on account of another one."""
    try:
        try:
            int(OWNER)
        except ValueError as first:
            raise failure(*arguments) from first
    except failure:
        return sys.exc_info()


ROW = (
    'duplicate key value violates unique constraint "one_owner"\nDETAIL:  Key (email)=(olu@example.org) already exists.'
)


@pytest.mark.parametrize(
    ("failure", "said", "told"),
    [
        (IntegrityError, ROW, "django.db.utils.IntegrityError: duplicate key value violates unique constraint …"),
        (DataError, 'invalid input syntax: "Olu"', "django.db.utils.DataError: invalid input syntax: …"),
        (KeyError, OWNER, "builtins.KeyError: …"),
        (AttributeError, "no attribute 'owner'", "builtins.AttributeError: no attribute 'owner'"),
    ],
)
def test_an_error_is_told_with_its_way_through_the_code_and_nobodys_data(line, failure, said, told):
    error = line("Fault", error=failed(failure, said))["error"]
    assert error.splitlines()[-1] == told
    assert "raise failure(*arguments) from first" in error
    assert "Olu" not in error
    assert "olu@" not in error
