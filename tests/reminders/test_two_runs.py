"""Two processes that run the real command at once, against one database and a real mail server: nobody is sent two mails."""

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings as site
from django.db import connection

from recommendations import clock
from recommendations.models import Mail
from tests import factories
from tests.reminders.post import Post

PEOPLE = 12


@pytest.fixture
def post():
    with Post() as server:
        yield server


@pytest.fixture
def database(transactional_db, tmp_path):
    """The address of a database that other processes see, with something due from a dozen people."""
    for number in range(PEOPLE):
        owner = factories.make_officer(f"Officer {number}")
        factories.make_recommendation(owner=owner, due_on=factories.ago(-7))
    if connection.vendor == "postgresql":
        return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"
    # The tests' own lies in memory, where no other process looks.
    with sqlite3.connect(tmp_path / "db.sqlite3") as copy:
        connection.connection.backup(copy)
    copy.close()
    return f"sqlite:///{tmp_path / 'db.sqlite3'}"


@pytest.fixture
def begin(database, post):
    """Begins one run of the command in a process of its own."""

    def run(place=post.place):
        server = "smtp://{}:{}".format(*place)
        return subprocess.Popen(
            [sys.executable, "manage.py", "send_reminders"], cwd=site.BASE_DIR, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, env=os.environ | {"DATABASE_URL": database, "EMAIL_URL": server},
        )  # fmt: skip

    return run


def finished(process):
    """(exit code, all it said)."""
    out, error = process.communicate(timeout=120)
    return process.returncode, (out + error).strip()


def test_two_at_once_send_everybody_one(begin, post):
    results = [finished(process) for process in [begin(), begin()]]
    assert [code for code, _ in results] == [0, 0], results
    assert set(Counter(post.recipients).values()) == {1}
    assert len(post.messages) == PEOPLE


def test_one_after_the_other_the_second_says_that_nothing_is_left(begin, post):
    assert finished(begin()) == (0, f"Sent: {PEOPLE}.")
    assert finished(begin()) == (0, "Nothing to send.")


def test_a_run_that_is_killed_is_taken_up_by_the_next_and_nobody_gets_two(begin, post):
    """Killed while it sends: that one mail is unknown, and every other is sent by one run or the other."""
    killed = begin()
    while len(post.messages) < 3:
        assert killed.poll() is None, finished(killed)
        time.sleep(0.01)
    killed.kill()
    finished(killed)
    assert finished(begin())[0] == 0
    assert set(Counter(post.recipients).values()) == {1}
    assert len(post.messages) in (PEOPLE - 1, PEOPLE)


@pytest.mark.postgres
def test_what_both_runs_left_on_record_is_what_was_sent(begin, post):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")
    for process in [begin(), begin(), begin()]:
        finished(process)
    kept = Mail.objects.values_list("address", "on", "delivery", "attempts").order_by("address")
    assert list(kept) == [(address, clock.today(), "sent", 1) for address in post.recipients]


def test_a_server_that_is_down_is_one_sentence_and_an_exit_code(begin):
    code, said = finished(begin(place=("127.0.0.1", 1)))
    assert (code, said) == (
        1,
        "CommandError: The mail server takes no mail now ([Errno 111] Connection refused). Nothing is lost: run this again.",
    )
