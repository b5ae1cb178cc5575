"""A small portfolio on PostgreSQL, asked as if it were large: whole tables are forbidden, and joins through both sides."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings


@contextmanager
def as_if_large(size, blocker):
    """Taken back at the end. `blocker`: the one that keeps tests from the database."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")
    with blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        call_command("seed_portfolio", recommendations=size, seed=1, stdout=StringIO())
        with connection.cursor() as cursor:
            for way in ("seqscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        yield
        transaction.set_rollback(True)
