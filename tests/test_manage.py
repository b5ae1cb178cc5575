"""What `manage.py` takes for granted in a fresh checkout, and what it leaves to whoever set the site up."""

import sys

import pytest
from django.core import management
from django.db import InterfaceError, OperationalError

from manage import assume_a_trial, main


def test_a_fresh_checkout_is_a_trial(tmp_path):
    environment = {}
    assume_a_trial(environment, tmp_path)
    assert environment == {"DEBUG": "true", "DEMO": "true"}


def test_what_the_environment_says_stands(tmp_path):
    environment = {"DEBUG": "false", "DEMO": "false"}
    assume_a_trial(environment, tmp_path)
    assert environment == {"DEBUG": "false", "DEMO": "false"}


def test_a_site_with_a_key_is_no_trial(tmp_path):
    environment = {"SECRET_KEY": "of a real site"}
    assume_a_trial(environment, tmp_path)
    assert environment == {"SECRET_KEY": "of a real site"}


def test_a_site_with_a_file_of_settings_is_no_trial(tmp_path):
    (tmp_path / ".env").touch()
    environment = {}
    assume_a_trial(environment, tmp_path)
    assert environment == {}


@pytest.fixture(params=[OperationalError, InterfaceError])
def failing(request, monkeypatch):
    """A command in the midst of which the database goes away."""

    def fail(arguments):
        raise request.param("connection refused\n")

    monkeypatch.setattr(management, "execute_from_command_line", fail)
    monkeypatch.setattr(sys, "argv", ["manage.py", "backup", "site.tar.gz"])


def test_a_database_that_is_away_is_said_in_a_line(failing):
    with pytest.raises(SystemExit, match=r"The database did not answer as it should: connection refused$"):
        main()


def test_who_asks_for_it_sees_where_it_was_met(failing):
    sys.argv.append("--traceback")
    with pytest.raises((OperationalError, InterfaceError)):
        main()
