"""The cast (one named person for each part), its boards and rules, and what keeps every test honest."""

import datetime
import socket
from contextlib import contextmanager

import hypothesis
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TransactionTestCase, override_settings

from cse_board.probes import Lookout
from recommendations import clock, permissions
from recommendations.memory import memory
from recommendations.models.written_once import append_only_tables
from recommendations.triggers import lifted
from tests import factories

# What keeps every test honest

# A made-up input may take as long as a busy machine needs.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """What asks nothing of a database need not be tried on the second one: `make test-postgres` runs the others."""
    for item in items:
        if item.get_closest_marker("django_db") or "db" in item.fixturenames:
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def media_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


# Costs nothing.
CHEAP_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_settings(settings, media_folder):
    """A password hasher that costs nothing, and uploads that end with the run."""
    settings.PASSWORD_HASHERS = CHEAP_HASHER
    settings.MEDIA_ROOT = media_folder


@pytest.fixture(scope="session")
def put_back(django_db_setup, django_db_blocker, media_folder):
    """A block after which the database is as before: there a module makes once what all of its tests read, and is slow."""

    @contextmanager
    def block(**settings):
        own = override_settings(PASSWORD_HASHERS=CHEAP_HASHER, MEDIA_ROOT=media_folder, **settings)
        with django_db_blocker.unblock(), own, transaction.atomic():
            memory.forget()
            yield
            transaction.set_rollback(True)

    return block


@pytest.fixture(autouse=True)
def nothing_tried_yet():
    """What limits how often something is tried counts in the cache: every test begins at nought."""
    cache.clear()


@pytest.fixture(autouse=True)
def nothing_remembered():
    """A process remembers by the newest rows, and in every test these have the same numbers."""
    memory.forget()


@pytest.fixture(autouse=True)
def monitors_ask_here(monkeypatch):
    """A thread of its own would see nothing of what a test has written and not committed."""

    def look(self):
        found = {}
        self.ask(found)
        return found

    monkeypatch.setattr(Lookout, "look", look)


@pytest.fixture(autouse=True)
def clock_that_runs_true():
    """No test may leave the clock moved for the next one."""
    yield
    assert abs(clock.now() - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(seconds=5)


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Nothing but this machine is spoken to, so that no test needs the internet or tells it anything."""
    connect = socket.socket.connect

    def connect_here(self, address):
        is_local = self.family not in (socket.AF_INET, socket.AF_INET6)
        if not is_local and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise RuntimeError(f"A test wanted to speak to {address[0]}.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True, scope="session")
def what_is_written_once_may_be_flushed():
    """Tests with transactions of their own are followed by a flush, which the history would refuse."""
    flush = TransactionTestCase._fixture_teardown

    def flush_all(self):
        with lifted(connection, *append_only_tables()):
            flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_all)
        yield


@pytest.fixture
def today():
    """A Wednesday in November, and the clock set to its morning."""
    day = datetime.date(2026, 11, 18)
    with clock.set_to_day(day):
        yield day


# Boards, and how long people have to answer them


@pytest.fixture
def board(db):
    """The board of the cast: the owner and the member belong to it."""
    return factories.make_board("SCSB", "Social Care Services Board")


@pytest.fixture
def other_board(db):
    return factories.make_board("HTSB", "Highways and Transport Scrutiny Board")


@pytest.fixture
def executive(db):
    """Two months, beginning with the day of the notice."""
    return factories.make_regime("executive", "Executive", months=2)


@pytest.fixture
def nhs(db):
    return factories.make_regime("nhs", "NHS body", days=28)


@pytest.fixture
def crime_and_disorder(db):
    return factories.make_regime("crime_and_disorder", "Crime and disorder partner", days=28)


@pytest.fixture
def local(db):
    """A rule of the council's own: eight weeks."""
    return factories.make_regime("local", "Local rule", days=56)


@pytest.fixture
def no_regime(db):
    return factories.make_regime("none", "No period")


# The cast


@pytest.fixture
def clerk(db):
    return factories.make_person("Ruth Bailey", permissions.CLERKS, job_title="Scrutiny Officer")


@pytest.fixture
def owner(db):
    """The officer who owns what a test gives an owner."""
    return factories.make_person("Olu Shah", permissions.OFFICERS, job_title="Head of Safeguarding")


@pytest.fixture
def other_officer(db):
    """An officer who owns nothing here and serves no board."""
    return factories.make_person("Megan Price", permissions.OFFICERS, job_title="Highways Manager")


@pytest.fixture
def member(board):
    """A councillor who sits on `board`."""
    return factories.make_person("Asha Nair", permissions.MEMBERS, boards=[board], job_title="Councillor")


@pytest.fixture
def other_member(other_board):
    """A councillor who sits on another board."""
    return factories.make_person("Tom Reed", permissions.MEMBERS, boards=[other_board], job_title="Councillor")


@pytest.fixture
def administrator(db):
    return factories.make_person("Ines Moreau", permissions.ADMINISTRATORS, is_staff=True)


@pytest.fixture
def stranger():
    """Anybody, signed out."""
    return AnonymousUser()


CAST = ("clerk", "owner", "other_officer", "member", "other_member", "administrator", "stranger")


@pytest.fixture
def person(request):
    """Somebody of the cast by name, for tests that go through all of it; "system" is nobody."""
    return lambda name: None if name == "system" else request.getfixturevalue(name)


@pytest.fixture
def sign_in():
    """A browser in which this person is signed in: `sign_in(clerk).get(…)`; the stranger's is signed out."""

    def client_of(user):
        client = Client()
        if user.is_authenticated:
            client.force_login(user)
        return client

    return client_of


@pytest.fixture
def tamper():
    """Runs statements as a database administrator, whom no trigger stops."""

    def run(*statements):
        with lifted(connection, *append_only_tables()), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    return run
