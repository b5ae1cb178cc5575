"""Not only in no row: in no byte of what the database keeps, free pages, dead rows and samples included."""

import re
from time import sleep

import pytest
from django.core.management.base import CommandError
from django.db import connection

from recommendations.redaction import remains

FILES = """
SELECT relname, pg_read_binary_file(pg_relation_filepath(oid), 0, 100000000, true) FROM pg_class
WHERE relkind IN ('r', 'i', 't', 'm') AND pg_relation_filepath(oid) IS NOT NULL
"""


def bytes_of_the_database():
    """{what: its bytes}, as they lie on the disk, or would."""
    if connection.vendor == "sqlite":
        return {"database": connection.connection.serialize()}
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(FILES)
        return {name: bytes(data) for name, data in cursor.fetchall() if data}


def holding(word):
    """Where the word stands, with something around it; not "does", as the database's own rules say."""
    pattern = re.compile(rb"(?<![a-z])%s(?![a-z])" % word, re.IGNORECASE)
    return [
        (name, data[max(at.start() - 30, 0) : at.end() + 30])
        for name, data in bytes_of_the_database().items()
        for at in pattern.finditer(data)
    ]


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_the_database_holds_the_name(recommendation, redact):
    with connection.cursor() as cursor:
        # The database takes samples of what it holds.
        cursor.execute("ANALYZE")
    assert holding(b"doe")
    redact("--name", "Pat Doe")
    assert holding(b"doe") == []


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_run_left_is_written_anew_by_the_next(recommendation, redact, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(remains, "clear", lambda say: 0)
        redact("--name", "Pat Doe")
    assert "Nothing to redact." in redact("--name", "Pat Doe", "--write-anew")
    assert holding(b"doe") == []


@pytest.fixture
def somebody(request):
    """Began before and is not through: reads, or writes to another database of the same server."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")
    other = connection.copy()
    other.settings_dict = other.settings_dict | {"NAME": request.param.database or connection.settings_dict["NAME"]}
    with other.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(request.param.does)
    yield other
    other.close()


class Reader:
    database, does = None, "SELECT 1"


class WriterElsewhere:
    database, does = "postgres", "SELECT pg_current_xact_id()"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("somebody", [Reader, WriterElsewhere], indirect=True)
def test_whoever_began_before_is_waited_for(recommendation, redact, somebody, monkeypatch):
    """The moment that they see keeps every row of then on the disk, dead or not."""

    def wait(seconds):
        somebody.close()
        sleep(seconds)

    monkeypatch.setattr(remains, "sleep", wait)
    redact("--name", "Pat Doe")
    assert holding(b"doe") == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("somebody", [Reader, WriterElsewhere], indirect=True)
def test_somebody_who_is_never_through_is_told_of(recommendation, redact, somebody, monkeypatch):
    monkeypatch.setattr(remains, "WAITS", (0,))
    with pytest.raises(CommandError, match=r"still hold \d+ dead rows, for somebody who began before"):
        redact("--name", "Pat Doe")


@pytest.mark.django_db
def test_within_a_transaction_nothing_is_cleared_yet(recommendation, redact, monkeypatch):
    """It would be refused there, and what could still be undone is not thrown away."""
    cleared = []
    monkeypatch.setattr(remains, "clear", cleared.append)
    redact("--name", "Pat Doe")
    assert cleared == []
