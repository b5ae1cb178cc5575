"""Not only in no row: in no byte of what the database keeps, free pages, dead rows and samples included."""

import re

import pytest
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
    pattern = re.compile(rb".{0,30}(?<![a-z])%s(?![a-z]).{0,30}" % word, re.IGNORECASE | re.DOTALL)
    return [(name, pattern.findall(data)) for name, data in bytes_of_the_database().items() if pattern.search(data)]


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_the_database_holds_the_name(recommendation, redact):
    with connection.cursor() as cursor:
        # The database takes samples of what it holds.
        cursor.execute("ANALYZE")
    assert holding(b"doe")
    redact("--name", "Pat Doe")
    assert holding(b"doe") == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_was_reading_before_is_waited_for(recommendation, redact, monkeypatch):
    """The moment that it reads of keeps every row of then on the disk, dead or not."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")
    reader = connection.copy()
    with reader.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT 1")
    monkeypatch.setattr(remains, "sleep", lambda seconds: reader.close())
    redact("--name", "Pat Doe")
    assert holding(b"doe") == []


@pytest.mark.django_db
def test_within_a_transaction_nothing_is_cleared_yet(recommendation, redact, monkeypatch):
    """It would be refused there, and what could still be undone is not thrown away."""
    cleared = []
    monkeypatch.setattr(remains, "clear", lambda: cleared.append(1))
    redact("--name", "Pat Doe")
    assert cleared == []
