"""The settings as a council runs the site, each in a process of its own: what the tests' own environment leaves off."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted((ROOT / "frontend").glob("*.js"))
FORBIDDEN = (
    r"(?:local|session)Storage|indexedDB|document\.cookie|(?:inner|outer)HTML|insertAdjacentHTML|\beval\(|Function\("
)
KEY = {"SECRET_KEY": "of-a-test-" * 6}
NAMES = [
    "DEBUG", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "MESSAGE_COOKIE_NAME", "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_DOMAIN", "PASSWORD_HASHERS",
]  # fmt: skip
ASK = f"import json; from django.conf import settings; print(json.dumps({{name: getattr(settings, name) for name in {NAMES}}}))"


def run(code, **environment):
    set_to = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "cse_board.settings",
        "DEBUG": "false",
        **environment,
    }
    asked = [sys.executable, "-c", code]
    return subprocess.run(asked, env=set_to, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 (our code)


@pytest.fixture(scope="module")
def production():
    return json.loads(run(ASK, **KEY).stdout)


def test_a_site_that_speaks_https_names_its_cookies_for_this_host_alone(production):
    names = {production[name] for name in NAMES if name.endswith("COOKIE_NAME")}
    assert names == {"__Host-sessionid", "__Host-csrftoken", "__Host-messages"}
    assert (production["SESSION_COOKIE_SECURE"], production["CSRF_COOKIE_SECURE"]) == (True, True)
    assert production["SESSION_COOKIE_DOMAIN"] is None


def test_nothing_is_trusted_or_shown_unless_a_setting_says_so(production):
    assert (production["DEBUG"], production["SECURE_PROXY_SSL_HEADER"]) == (False, None)
    assert production["SECURE_SSL_REDIRECT"]


def test_passwords_are_kept_stretched(production):
    assert production["PASSWORD_HASHERS"][0].endswith("PBKDF2PasswordHasher")


def test_a_site_without_a_key_does_not_start():
    ended = run("import django; django.setup()", SECRET_KEY="")
    assert ended.returncode != 0
    assert "SECRET_KEY is not set" in ended.stderr


@pytest.mark.parametrize(("path", "said"), [("/nowhere/stolen.txt", "there is no such file"), (__file__, "")])
def test_a_list_of_stolen_passwords_is_asked_or_the_site_does_not_start(path, said):
    names = "import sys, django; from django.conf import settings; sys.exit(str(settings.AUTH_PASSWORD_VALIDATORS))"
    ended = run(names, **KEY, BREACHED_PASSWORDS=path)
    assert (said or f"'OPTIONS': {{'path': '{path}'}}") in ended.stderr


def options_of_postgresql(first):
    code = f"""{first}import json; from django.conf import settings
print(json.dumps(settings.DATABASES['default']['OPTIONS'], default=lambda kind: kind.__name__))"""
    return json.loads(run(code, **KEY, DATABASE_URL="postgres://nobody@127.0.0.1:1/none?sslmode=prefer").stdout)


def test_a_database_that_says_nothing_is_given_up_by_everybody():
    plans_once = {"connection_factory": "Connection", "cursor_factory": "Cursor"}
    given_up = {"connect_timeout": 3, "tcp_user_timeout": 3000, "sslmode": "prefer"}
    assert options_of_postgresql("") == given_up | plans_once


def test_pages_wait_no_longer_than_people_do_and_commands_as_long_as_they_need():
    waits = "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    assert options_of_postgresql("import cse_board.wsgi; ")["options"] == waits


def test_a_secret_may_stand_in_a_file_that_a_vault_writes(tmp_path):
    (tmp_path / "key").write_text(KEY["SECRET_KEY"] + "\n")
    (tmp_path / "database").write_text("postgres://tracker:of-a-vault@db/tracker\n")
    ask = "from django.conf import settings as s; print(s.SECRET_KEY, *map(s.DATABASES['default'].get, ('PASSWORD', 'NAME')))"
    files = {"SECRET_KEY_FILE": tmp_path / "key", "DATABASE_URL_FILE": tmp_path / "database"}
    assert run(ask, **{name: str(path) for name, path in files.items()}).stdout.split() == [
        KEY["SECRET_KEY"], "of-a-vault", "tracker",
    ]  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_keep_nothing_in_the_browser(script):
    """And make no markup of words, nor programs."""
    assert re.findall(FORBIDDEN, script.read_text("utf-8")) == []
