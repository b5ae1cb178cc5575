"""What is written once is never changed or removed, whoever asks the database: it refuses by itself."""

import pytest
from django.db import DatabaseError, connection, transaction

from recommendations.models import Recommendation
from recommendations.models.written_once import append_only_tables
from recommendations.triggers import EVENTS, AppendOnly, lifted, name_of
from tests import factories

pytestmark = pytest.mark.django_db
HISTORY = "recommendations_historicalrecommendation"
REFUSED = "are written once: none is ever changed or removed"
only_on_postgresql = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="needs PostgreSQL (make test-postgres)")


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.fixture
def refused():
    """Asks the database, which must refuse."""

    def ask(statement):
        with pytest.raises(DatabaseError, match=REFUSED):
            execute(statement)

    return ask


@pytest.fixture
def changed(clerk):
    """A recommendation with two rows of history."""
    recommendation = factories.make_recommendation(title="Check taxis")
    return recommendation.retitle("Check all taxis", by=clerk)


def installed():
    """{(table, trigger)}: on SQLite with all its text, on PostgreSQL those that always fire."""
    if connection.vendor == "sqlite":
        return set(execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return set(execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A'"))


def expected(table):
    if connection.vendor == "sqlite":
        return {(table, made) for made in AppendOnly(table).make(connection) if made.startswith("CREATE")}
    return {(table, name_of(table, event)) for event in EVENTS["postgresql"]}


@pytest.mark.parametrize("table", append_only_tables())
def test_the_database_keeps_every_history_and_whatever_else_is_written_once(table):
    """A migration that makes such a table, changes its columns or makes it anew ends with `Keep(AppendOnly(…))`."""
    assert expected(table) <= installed()


def test_no_row_of_a_history_is_changed(changed, refused):
    refused(f"UPDATE {HISTORY} SET title = 'Check nothing'")
    refused(f"UPDATE {HISTORY} SET history_user_id = NULL")
    refused(f"UPDATE {HISTORY} SET history_id = history_id + 100")


def test_no_row_of_a_history_is_removed(changed, refused):
    refused(f"DELETE FROM {HISTORY} WHERE history_id = (SELECT max(history_id) FROM {HISTORY})")


@only_on_postgresql
def test_no_history_is_emptied_in_one_go(changed, refused):
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused(f"TRUNCATE {HISTORY}")
    refused("TRUNCATE recommendations_recommendation, recommendations_historicalrecommendation CASCADE")


@only_on_postgresql
def test_nor_in_a_session_that_calls_itself_a_replica(changed, refused):
    execute("SET LOCAL session_replication_role = replica")
    refused(f"DELETE FROM {HISTORY}")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite replaces rows as it inserts them")
def test_no_row_is_replaced_by_another(changed, refused):
    refused(f"INSERT OR REPLACE INTO {HISTORY} SELECT * FROM {HISTORY}")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite replaces rows as it inserts them")
def test_nor_by_another_with_a_key_that_may_be_there_once(changed, refused):
    hand_over = factories.make_hand_over()
    add = "INSERT OR REPLACE INTO recommendations_handedover (hand_over_id, recommendation_id, version) VALUES"
    execute(f"{add} ({hand_over.pk}, {changed.pk}, 1)")
    refused(f"{add} ({hand_over.pk}, {changed.pk}, 2)")


def test_what_was_lifted_for_a_moment_is_kept_again(changed, refused):
    with lifted(connection, HISTORY):
        execute(f"UPDATE {HISTORY} SET title = 'A redacted title'")
    assert set(Recommendation.history.values_list("title", flat=True)) == {"A redacted title"}
    refused(f"DELETE FROM {HISTORY}")


def test_what_was_lifted_is_kept_again_after_a_failure_too(changed, refused):
    with pytest.raises(ZeroDivisionError), lifted(connection, HISTORY):
        raise ZeroDivisionError
    refused(f"DELETE FROM {HISTORY}")
