"""What the site writes into its log: every line, and no key."""

import logging

import pytest

from cse_board.logs import WithoutKeys

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
