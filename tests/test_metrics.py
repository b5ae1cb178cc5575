"""`/metrics`: who may read it, what is counted of a request, and what is told of the whole."""

import fcntl
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.values import MultiProcessValue

from cse_board import metrics
from recommendations import clock, gauges
from recommendations.trends.kept import count_everything
from tests import factories

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "of-the-monitor-" * 3
AS_MONITOR = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(autouse=True)
def token(settings):
    settings.METRICS_TOKEN = TOKEN


@pytest.fixture
def told(client, db):
    """{(name, label, …): number} of what a monitor reads."""

    def read():
        answer = client.get("/metrics", headers=AS_MONITOR)
        families = text_string_to_metric_families(answer.content.decode())
        samples = [sample for family in families for sample in family.samples]
        return {(each.name, *(each.labels[name] for name in sorted(each.labels))): each.value for each in samples}

    return read


# Who


@pytest.mark.parametrize(
    "given", [{}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": TOKEN}, {"Authorization": "Bearer é"}]
)
def test_whoever_has_not_the_token_is_told_nothing(client, db, given):
    answer = client.get("/metrics", headers=given)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert b"cse_board" not in answer.content


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer"])
def test_where_no_token_is_set_there_is_no_such_page(client, db, settings, given):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


# Requests


def grown(told, act):
    """What a request added: {(name, label, …): by how much}."""
    before = told()
    act()
    return {key: n - before.get(key, 0) for key, n in told().items()}


def test_a_request_is_counted_by_route_method_and_status(told, sign_in, member, board):
    recommendation = factories.make_recommendation(board=board)
    page = sign_in(member)
    added = grown(told, lambda: page.get(recommendation.get_absolute_url() + "?from=olu"))
    assert added["cse_board_requests_total", "GET", "recommendation", "200"] == 1
    assert added["cse_board_request_seconds_count", "recommendation"] == 1
    assert added["cse_board_database_queries_total", "recommendation"] > 3
    assert added["cse_board_database_seconds_total", "recommendation"] > 0


def test_what_leads_nowhere_is_one_route_whatever_was_typed(told, client):
    added = grown(told, lambda: [client.get(f"/{word}/") for word in ("olu.shah", "wp-login")])
    assert added["cse_board_requests_total", "GET", "nowhere", "404"] == 2
    assert not [key for key in added if "olu.shah" in str(key)]


def test_probes_are_counted_though_they_are_not_logged(told, client):
    added = grown(told, lambda: client.get("/healthz"))
    assert added["cse_board_requests_total", "GET", "healthz", "200"] == 1


# The whole


def test_it_says_what_waits_and_what_is_overdue(told, owner, today):
    late = factories.make_recommendation(owner=owner, due_on=factories.ago(9))
    factories.make_report(late, due_on=factories.ago(1))
    factories.make_mail(owner, became="put_off")
    count_everything(clock.today())
    found = told()
    assert found["cse_board_letters_waiting",] == 1
    assert found["cse_board_overdue", "reports"] == 1
    assert found["cse_board_unsealed_rows",] > 3
    assert found["cse_board_unsealed_since_timestamp_seconds",] <= clock.now().timestamp()


def test_it_says_when_reminders_and_seals_last_ran(told, today):
    factories.make_recommendation()
    before = told()
    call_command("send_reminders", verbosity=0)
    call_command("seal_history", verbosity=0)
    found = told()
    for name in (
        ("run_timestamp_seconds", "reminders"),
        ("run_timestamp_seconds", "seals"),
        ("seal_timestamp_seconds",),
    ):
        key = (f"cse_board_{name[0]}", *name[1:])
        assert key not in before
        assert 0 <= clock.now().timestamp() - found[key] < 60
    assert found["cse_board_unsealed_rows",] == 0


def test_figures_ask_the_same_of_a_thousand_rows_as_of_one(django_assert_num_queries, client, db):
    factories.make_recommendation()
    client.get("/metrics", headers=AS_MONITOR)
    # A query of the checks and a query each of the figures.
    with django_assert_num_queries(14):
        client.get("/metrics", headers=AS_MONITOR)


def test_a_database_that_is_away_is_told_and_what_was_counted_as_well(told):
    def refuse(*args):
        raise OperationalError("away")

    with connection.execute_wrapper(refuse):
        found = told()
    assert found["cse_board_check", "database"] == 0
    assert ("cse_board_check", "seals") not in found
    assert ("cse_board_letters_waiting",) not in found
    assert [key for key in found if key[0] == "cse_board_requests_total"]


def test_a_database_that_breaks_off_leaves_the_figures_that_were_found(told, monkeypatch):
    def refuse():
        raise OperationalError("the connection was lost")

    monkeypatch.setattr(gauges, "what_waits", refuse)
    found = told()
    assert ("cse_board_letters_waiting",) in found
    assert ("cse_board_unsealed_rows",) not in found


def test_every_name_in_the_documentation_is_there_and_every_name_is_in_it(client, told, today):
    call_command("send_reminders", verbosity=0)
    factories.make_recommendation()
    call_command("seal_history", verbosity=0)
    factories.make_recommendation()
    count_everything(clock.today())
    told()
    found = {name for name, *_ in told() if not name.endswith(("_sum", "_count", "_created"))}
    assert set(re.findall(r"cse_board_\w+[a-z]", (ROOT / "docs/watching.md").read_text("utf-8"))) == found


# Processes


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """The folder that all processes of a server count into."""
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    return tmp_path


def counted_by(pid, n):
    """What a process of that number leaves in the folder."""
    value = MultiProcessValue(lambda: pid)
    value("counter", "cse_board_requests", "cse_board_requests_total", ("route",), ("boards",), "Requests.").inc(n)
    value("histogram", "cse_board_request_seconds", "cse_board_request_seconds_bucket", ("le",), ("0.1",), "Took.").inc(
        n
    )


def test_processes_count_together_and_what_ended_ones_counted_stays(shared):
    for pid, n in ((71, 2), (72, 3), (73, 4)):
        counted_by(pid, n)
    metrics.lay_to_rest(71)
    metrics.lay_to_rest(72)
    said = metrics.written([]).decode()
    assert 'cse_board_requests_total{route="boards"} 9.0' in said
    assert 'cse_board_request_seconds_bucket{le="0.1"} 9.0' in said
    assert {path.name for path in shared.glob("counter_*")} == {"counter_0.db", "counter_73.db"}


def test_half_a_file_of_a_process_that_was_killed_hinders_nobody(shared):
    counted_by(71, 2)
    (shared / "counter_74.db").write_bytes(b"")
    metrics.lay_to_rest(74)
    assert b'cse_board_requests_total{route="boards"} 2.0' in metrics.written([])


def test_while_somebody_reads_the_dead_wait(shared):
    counted_by(71, 2)
    with metrics.turn(fcntl.LOCK_SH):
        metrics.lay_to_rest(71)
        assert (shared / "counter_71.db").exists()
    metrics.lay_to_rest(72)
    assert not (shared / "counter_71.db").exists()


def test_counters_without_room_hinder_no_answer(monkeypatch, client, db):
    def full(*labels):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(metrics, "counters", full)
    assert client.get(reverse("sign-in")).status_code == 200
