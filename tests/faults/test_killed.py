"""Workers and the database are killed while people write: what the site said is saved is there, and nothing by halves."""

import http.client
import os
import random
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
import requests
from django.db import connection

from recommendations.stored import MARKS
from tests.faults.machine import Machine, Writer

pytestmark = [pytest.mark.postgres, pytest.mark.database]
WRITERS, KILLS = 4, 8

# Tables that every update of a test writes to: each record has one history row for every version.
HALF_DONE = """
    SELECT 'recommendation', id FROM recommendations_recommendation AS r
     WHERE version <> (SELECT count(*) FROM recommendations_historicalrecommendation AS h WHERE h.id = r.id)
    UNION ALL
    SELECT 'update', id FROM recommendations_progressupdate AS u
     WHERE version <> (SELECT count(*) FROM recommendations_historicalprogressupdate AS h WHERE h.id = u.id)
        OR NOT EXISTS (SELECT FROM recommendations_historicalrecommendation AS h
                        WHERE h.id = u.recommendation_id AND h.history_change_reason = u.text)
    UNION ALL
    SELECT 'change', h.id FROM recommendations_historicalrecommendation AS h
     WHERE history_change_reason LIKE '% wrote %'
       AND NOT EXISTS (SELECT FROM recommendations_progressupdate AS u WHERE u.text = h.history_change_reason)
"""


@pytest.fixture(scope="module")
def machine():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")
    # Not in TMPDIR: a socket's path may have no more than 107 characters.
    with tempfile.TemporaryDirectory(prefix="killed-", dir="/tmp") as folder:
        whole = Machine(Path(folder))
        try:
            yield whole
        finally:
            whole.end()


@pytest.fixture(scope="module")
def writers(machine):
    people = [Writer(machine, **told) for told in machine.set_up(WRITERS)]
    machine.serve()
    for writer in people:
        writer.sign_in()
    yield people
    for writer in people:
        writer.browser.close()


@pytest.fixture(scope="module")
def killed(machine, writers):
    """What every writer did while processes were killed at random moments."""
    seed = int(os.environ.get("SEED", random.randrange(10**6)))
    print(f"SEED={seed} repeats the moments.")  # noqa: T201 (pytest shows it where a test fails)
    chance = random.Random(seed)
    for writer in writers:
        writer.start()
    for number in range(KILLS):
        pause = chance.uniform(0.2, 1)
        writers[0].is_over.wait(pause)
        machine.kill_the_database(chance.uniform(0, 0.5)) if number % 2 else machine.kill_a_worker()
    first = writers[0].get(writers[0].page).status_code
    for writer in writers:
        writer.is_over.set()
    for writer in writers:
        writer.join(60)
    return first


def test_the_first_request_after_a_restart_is_served(killed):
    assert killed == 200


def test_what_the_site_said_is_saved_is_there_with_its_history(machine, writers, killed):
    said = [text for writer in writers for text in writer.done]
    assert len(said) > 10 * WRITERS
    kept = {text for (text,) in machine.ask("SELECT text FROM recommendations_historicalprogressupdate")}
    assert sorted(set(said) - kept) == []


def test_nothing_is_there_by_halves(machine, killed):
    assert machine.ask(HALF_DONE) == []


def test_every_update_has_its_file(machine, killed):
    assert machine.files_of_updates() - machine.files() == set()


def test_a_file_without_an_update_is_marked_and_goes(machine, writers, killed):
    """An hour later, with the next upload."""
    marked = machine.files(MARKS)
    assert machine.files() - machine.files_of_updates() <= marked
    for name in marked:
        os.utime(machine.media / MARKS / name, (0, 0))
    writers[0].write("An hour later.")
    assert (machine.files(), machine.files(MARKS)) == (machine.files_of_updates(), set())


def test_what_was_not_saved_was_said_so(writers, killed):
    """People were let in all the time, and never met a page of an error of ours."""
    assert {status for writer in writers for status in writer.answers} <= {302, 503}


def test_the_history_proves_itself(machine, killed):
    assert machine.command("manage.py", "seal_history")[0] == 0
    code, said = machine.command("manage.py", "verify_history")
    assert code == 0, said


# Away, and ended


def test_a_database_that_is_away_is_said_at_once_and_what_was_typed_is_kept(machine, writers):
    form = writers[0].get(f"{writers[0].page}update/")
    machine.database.kill()
    try:
        answer = writers[0].send(f"{writers[0].page}update/", form=form, text="The guidance went out.")
    finally:
        machine.database.start()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert 'name="text" value="The guidance went out."' in answer.text
    assert answer.elapsed.total_seconds() < 20
    assert [line["level"] for line in machine.lines() if line.get("request_id") == answer.headers["X-Request-ID"]] == [
        "error", "info",
    ]  # fmt: skip


def test_a_lock_that_somebody_else_holds_is_not_waited_for_without_end(machine, writers):
    with machine.told("SELECT id FROM recommendations_recommendation FOR UPDATE"):
        answer = writers[1].send(f"{writers[1].page}update/", text="The guidance went out.")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert writers[1].send(f"{writers[1].page}update/", text="The guidance went out.").status_code == 302


def test_what_is_no_request_is_refused_with_the_headers_of_all_answers(machine, writers):
    answer = requests.get(f"{machine.site}/?{'<b>' * 3000}", timeout=20)
    assert (answer.status_code, answer.text) == (414, "URI Too Long\n")
    assert (answer.headers["X-Content-Type-Options"], answer.headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    of_pages = {name for name in requests.get(f"{machine.site}/sign-in/", timeout=20).headers if "-Polic" in name}
    assert of_pages <= set(answer.headers)


def test_what_has_begun_is_answered_before_the_server_ends(machine, writers):
    place = machine.site.removeprefix("http://")
    with closing(http.client.HTTPConnection(place, timeout=20)) as going:
        going.putrequest("POST", "/sign-in/")
        going.putheader("Content-Length", "10")
        going.endheaders(b"half-")
        time.sleep(0.5)
        machine.web.terminate()
        time.sleep(0.5)
        going.send(b"whole")
        with going.getresponse() as answer:
            assert answer.status == 403
    assert machine.web.wait(30) == 0
    machine.serve()
