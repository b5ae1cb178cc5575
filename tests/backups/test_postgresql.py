"""PostgreSQL's own programs: missing, too old, failing; and what a restore leaves as the database has it."""

import os
import shutil
from pathlib import Path

import pytest
from django.db import connection

from recommendations.backups import postgresql, taking
from recommendations.models import Refused
from tests.backups.conftest import bring_back, rows, silently

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def only_postgres(db):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def program(settings, tmp_path):
    """Puts a program of PostgreSQL's name in the way, which says and does as the test wants."""
    settings.POSTGRESQL_PROGRAMS = str(tmp_path / "programs")
    (tmp_path / "programs").mkdir()

    def stands(name, script):
        path = tmp_path / "programs" / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    return stands


def test_a_missing_program_is_named(program, tmp_path):
    with pytest.raises(Refused, match="There is no pg_dump in"):
        taking.take(tmp_path / "site.tar.gz", silently)


def test_a_program_older_than_the_server_is_named(program, tmp_path):
    program("pg_dump", "echo 'pg_dump (PostgreSQL) 9.6.24'")
    with pytest.raises(Refused, match="pg_dump is of PostgreSQL 9, and the server of"):
        taking.take(tmp_path / "site.tar.gz", silently)


def test_what_a_failing_program_says_is_said(program, tmp_path):
    program(
        "pg_dump",
        "[ $1 = --version ] && echo 'pg_dump (PostgreSQL) 99' || { echo 'error: No space left' >&2; exit 1; }",
    )
    with pytest.raises(Refused, match=r"pg_dump failed\. error: No space left"):
        taking.take(tmp_path / "site.tar.gz", silently)
    assert not (tmp_path / "site.tar.gz").exists()


def test_a_copy_of_a_newer_server_is_refused():
    with pytest.raises(Refused, match="This backup is of PostgreSQL 99"):
        postgresql.must_be_usable({"server": "990001"})


def test_a_copy_that_breaks_off_changes_nothing(backup, program):
    """As if pg_restore were killed in the middle: what psql was told until then is undone."""
    before, real = rows(), Path(shutil.which("psql", path=os.environ.get("POSTGRESQL_PROGRAMS"))).parent
    program("psql", f'exec {real}/psql "$@"')
    program("pg_restore", f'{real}/pg_restore "$@" > $0.whole; head -c 40000 $0.whole; [ $1 != --no-owner ]')
    with pytest.raises(Refused, match="stays as it was"):
        bring_back(backup)
    assert rows() == before


def test_grants_stay_as_they_were(backup):
    execute("DROP ROLE IF EXISTS reader", "CREATE ROLE reader", "GRANT SELECT ON recommendations_board TO reader")
    bring_back(backup)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('reader', 'recommendations_board', 'SELECT')")
        assert cursor.fetchone() == (True,)
    execute("DROP OWNED BY reader", "DROP ROLE reader")
