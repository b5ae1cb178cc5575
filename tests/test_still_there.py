"""Whether the database is there is not asked at each request, and seen at once where it is gone."""

import socket
import time
from types import SimpleNamespace

import pytest

from cse_board.still_there import spare_the_question


@pytest.fixture
def ends():
    """(ours, the database's) of a line between them."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def connection(ends):
    """Just asked, and found well."""
    line = SimpleNamespace(fileno=ends[0].fileno, closed=0, asked_at=time.monotonic())
    return SimpleNamespace(connection=line, health_check_enabled=True, health_check_done=False)


def is_asked(connection):
    connection.health_check_done = False
    spare_the_question(connection)
    return not connection.health_check_done


def test_an_answer_is_believed_for_a_moment(connection):
    assert not is_asked(connection)


def test_after_that_it_is_asked_again_once(connection):
    connection.connection.asked_at -= 2
    assert [is_asked(connection), is_asked(connection)] == [True, False]


def test_a_database_that_hung_up_is_asked_at_once(connection, ends):
    ends[1].close()
    assert is_asked(connection)


def test_a_last_word_is_heard(connection, ends):
    ends[1].send(b"terminating connection due to administrator command")
    assert is_asked(connection)


@pytest.mark.parametrize("state", [{"connection": None}, {"health_check_enabled": False}])
def test_where_nothing_would_be_asked_nothing_is_spared(connection, state):
    vars(connection).update(state)
    assert is_asked(connection)
