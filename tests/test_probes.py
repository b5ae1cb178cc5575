"""What machines ask of the site: `/healthz` and `/readyz`, whatever is wrong with it."""

import datetime
from threading import Event

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from cse_board import probes
from recommendations import clock, condition
from recommendations.models import Run
from recommendations.sealing.make import seal_history
from tests import factories

TOKEN = "of-the-monitor-" * 3
AS_MONITOR = {"Authorization": f"Bearer {TOKEN}"}
# The real thing: tests/conftest.py puts another in its place.
look = probes.Lookout.look


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN
    probes.last_failed = set()


@pytest.fixture
def ready(client, db):
    """What the site answers: (status, {check: state}, {check: words})."""

    def ask(address="/readyz", headers=AS_MONITOR):
        answer = client.get(address, headers=headers)
        said = answer.json()
        return answer.status_code, said["checks"], said.get("details")

    return ask


@pytest.fixture
def away(db):
    """Nobody reaches the database within this."""

    def refuse(*args):
        raise OperationalError("connection to server failed\nfor user olu")

    return connection.execute_wrapper(refuse)


# Alive


def test_a_process_that_answers_is_alive_whatever_is_wrong_with_the_database(client, away):
    with away:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_asks_nobody_who_they_are_and_keeps_nothing(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_monitors_need_neither_the_sites_name_nor_https(db, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(address, headers={"Host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.parametrize("name", probes.PROBES)
def test_probes_are_read_and_nothing_else(client, db, name):
    assert client.post(f"/{name}").status_code == 405


# Ready


def test_a_site_of_which_all_checks_are_well_is_ready(ready):
    assert ready()[:2] == (200, dict.fromkeys(condition.CHECKS, "ok"))


def test_strangers_learn_which_checks_fail_and_not_why(ready, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "gone"
    settings.LEAST_FREE_BYTES = 10**18
    assert ready(headers={})[1:] == (dict.fromkeys(condition.CHECKS, "ok") | {"disk": "failed"}, None)
    assert ready(headers={"Authorization": "Bearer guessed"})[2] is None
    assert "free for attached files" in ready()[2]["disk"]


def test_a_database_that_is_away_is_told_and_blamed_alone(ready, away):
    with away:
        status, checks, words = ready()
    assert status == 503
    assert checks == {
        "media": "ok", "disk": "ok",
        "database": "failed", "migrations": "not known", "seals": "not known", "reminders": "not known",
    }  # fmt: skip
    assert (words["database"], words["seals"]) == ("connection to server failed", "Not asked.")


def test_a_database_that_breaks_off_on_the_way_is_not_asked_again(ready, monkeypatch):
    def refuse():
        raise OperationalError("the connection was lost")

    monkeypatch.setitem(condition.CHECKS, "migrations", refuse)
    assert list(ready()[2].values())[3:] == ["the connection was lost", "Not asked.", "Not asked."]


def test_a_migration_that_was_not_applied_makes_it_unready_until_it_is(ready):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("recommendations", "0012_seals")
    assert ready()[2]["migrations"] == "Not applied: recommendations.0012_seals."
    recorder.record_applied("recommendations", "0012_seals")
    assert ready()[0] == 200


def test_that_all_are_applied_is_asked_once_in_a_while(ready, monkeypatch):
    ready()
    monkeypatch.setattr(condition, "known", lambda: {"recommendations.9999_later"})
    assert ready()[1]["migrations"] == "ok"


def test_a_folder_that_nothing_can_be_written_into_is_told(ready, monkeypatch):
    def refuse(**kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(condition.tempfile, "TemporaryFile", refuse)
    assert ready()[2]["media"].endswith("No space left on device.")


def test_who_may_be_left_without_it_leaves_a_check_out(ready, settings):
    settings.LEAST_FREE_BYTES = 10**18
    status, checks, _ = ready("/readyz?exclude=disk&exclude=seals")
    assert status == 200
    assert checks.keys() == condition.CHECKS.keys() - {"disk", "seals"}


# Seals


def since_when(moment):
    """The moment that this version came here."""
    MigrationRecorder.Migration.objects.filter(app="recommendations").update(applied=moment)


@pytest.fixture
def written(board, today):
    """Something to seal, of this morning, on a site that has been there for long."""
    since_when(clock.now() - datetime.timedelta(days=9))
    return factories.make_recommendation(board=board)


@pytest.mark.parametrize(("hours", "state"), [(25, "ok"), (27, "failed")])
def test_history_that_nobody_seals_for_more_than_a_day_is_told(ready, written, hours, state):
    with clock.set_to(clock.now() + datetime.timedelta(hours=hours)):
        assert ready()[1]["seals"] == state


def test_where_nothing_is_new_no_seal_is_too_old(ready, written):
    seal_history()
    with clock.set_to(clock.now() + datetime.timedelta(days=30)):
        assert ready()[1]["seals"] == "ok"


def test_what_was_added_since_is_late_a_day_later_and_no_more_once_sealed(ready, written):
    seal_history()
    with clock.set_to(clock.now() + datetime.timedelta(days=3)):
        factories.make_update(written)
        assert ready()[1]["seals"] == "ok"
    with clock.set_to(clock.now() + datetime.timedelta(days=5)):
        assert "is not sealed: run seal_history." in ready()[2]["seals"]
        call_command("seal_history", verbosity=0)
        assert ready()[2]["seals"].endswith("wait for the next: 0.")


@pytest.mark.parametrize(("hours", "state"), [(45, "ok"), (47, "failed")])
def test_a_new_site_has_a_day_before_its_first_seal_is_late(ready, written, hours, state):
    since_when(clock.now() + datetime.timedelta(hours=20))
    with clock.set_to(clock.now() + datetime.timedelta(hours=hours)):
        assert ready()[1]["seals"] == state


# Reminders


@pytest.fixture
def set_up_long_ago(db, today):
    since_when(clock.now() - datetime.timedelta(days=9))


@pytest.mark.parametrize(("hours", "state"), [(25, "ok"), (27, "failed")])
def test_reminders_that_have_not_run_for_more_than_a_day_are_told(ready, set_up_long_ago, hours, state):
    """Also where there was nothing to remind anybody of."""
    call_command("send_reminders", verbosity=0)
    with clock.set_to(clock.now() + datetime.timedelta(hours=hours)):
        assert ready()[1]["reminders"] == state


def test_a_dry_run_is_no_run(ready, set_up_long_ago):
    call_command("send_reminders", dry_run=True)
    assert ready()[2]["reminders"] == "They never ran. Run send_reminders every day."


def test_what_hindered_them_is_told(ready, set_up_long_ago, settings):
    settings.SITE_URL = ""
    with pytest.raises(CommandError):
        call_command("send_reminders")
    assert "They never ran. The last of 18 November 2026" in (said := ready()[2]["reminders"])
    assert "Set SITE_URL" in said


def test_a_run_that_was_killed_is_no_run(ready, set_up_long_ago):
    Run(task=Run.Task.REMINDERS, began_at=clock.now()).save()
    assert "it has not ended, or was killed." in ready()[2]["reminders"]


def test_a_fault_in_a_run_is_on_record_and_logged_without_what_it_quotes(db, caplog):
    with pytest.raises(ValueError, match="olu"), Run.of(Run.Task.SEALS):
        raise ValueError("olu.shah@example.org")
    run = Run.objects.latest_of(Run.Task.SEALS)
    assert (run.problem, run.is_done, str(run)[:5]) == ("ValueError", False, "Seals")
    assert caplog.messages == ["Seals did not come to their end: ValueError"]


# A log that says it once


def test_the_log_says_when_checks_begin_to_fail_and_when_all_are_well_again(ready, settings, monkeypatch):
    said = []
    monkeypatch.setattr(probes._log, "warning", lambda words, *more: said.append(words % more))
    monkeypatch.setattr(probes._log, "info", lambda words: said.append(words))
    for least in (0, 10**18, 10**18, 0):
        settings.LEAST_FREE_BYTES = least
        ready()
    assert [words[:17] for words in said] == ["Not ready: disk: ", "Ready again"]


# A database that says nothing


@pytest.fixture
def silence(monkeypatch):
    """Lets a check wait until it is set."""
    monkeypatch.setattr(probes, "PATIENCE", 0.05)
    monkeypatch.setattr(probes.Lookout, "look", look)
    event = Event()
    yield event
    event.set()


def test_a_database_that_says_nothing_does_not_hold_the_monitor(ready, silence, monkeypatch):
    def ask(found):
        found["media"] = found["disk"] = condition.Finding(True, "All is well.")
        silence.wait(10)

    monkeypatch.setattr(probes, "ready_lookout", probes.Lookout(ask))
    _, checks, words = ready()
    assert list(checks.values()) == ["ok", "ok", "failed", *["not known"] * 3]
    assert words["database"] == "No answer within 0.05 seconds."


def test_a_thousand_who_ask_at_once_are_one(silence, db):
    asked = []

    def ask(found):
        asked.append("")
        silence.wait(10)

    lookout = probes.Lookout(ask)
    assert [lookout.look() for _ in range(3)] == [{}, {}, {}]
    silence.set()
    lookout.asking.join()
    lookout.look()
    assert len(asked) == 1


def test_a_fault_of_ours_in_a_question_is_logged_and_ends_it(silence, db, monkeypatch):
    told = []
    monkeypatch.setattr(probes._log, "exception", told.append)
    assert probes.Lookout(lambda found: 1 / 0).look() == {}
    assert told == ["A monitor's question went wrong"]


def test_whoever_was_never_answered_is_given_up(silence, db, monkeypatch):
    lookout = probes.Lookout(lambda found: silence.wait(10))
    lookout.look()
    first = lookout.asking
    monkeypatch.setattr(probes, "GIVEN_UP", 0)
    lookout.look()
    assert lookout.asking is not first
