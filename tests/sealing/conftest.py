"""What the tests of seals share: a database administrator, whom no trigger stops."""

import pytest
from django.db import connection

from recommendations.models.written_once import append_only_tables
from recommendations.sealing.verify import Verification
from recommendations.triggers import lifted


@pytest.fixture
def tamper():
    """Runs statements as somebody whom no trigger stops."""

    def run(*statements):
        with lifted(connection, *append_only_tables()), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    return run


@pytest.fixture
def found():
    """What verification says, a sentence each; `kept`: lines of a copy of the seals."""
    return lambda kept=(): [str(finding) for finding in Verification(list(kept)).findings()]


@pytest.fixture
def assert_named(found):
    """Some one finding holds all of these words."""

    def check(*parts):
        told = found()
        assert any(all(str(part) in each for part in parts) for each in told), told

    return check
