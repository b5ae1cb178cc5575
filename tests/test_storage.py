"""How PostgreSQL stores what changes all day: the next state of a row stands beside the last one, and no index is touched."""

import pytest
from django.db import connection

from recommendations.models import Progress
from recommendations.models.search_index import STEMS
from recommendations.models.search_index import TABLE as SEARCHED
from recommendations.storage import CHANGING, AtOnce, Storage
from tests import factories

TABLE = "recommendations_recommendation"


class Vendor:
    def __init__(self, vendor):
        self.vendor = vendor


def test_sqlite_is_told_nothing():
    storage = Storage(TABLE, **CHANGING)
    assert storage.make(Vendor("sqlite")) == storage.unmake(Vendor("sqlite")) == []


def test_an_index_of_words_is_told_to_wait_for_nothing():
    assert AtOnce("words").make(Vendor("sqlite")) == []
    assert AtOnce("words").make(Vendor("postgresql")) == [
        "ALTER TABLE words SET (fastupdate = off)",
        "SELECT gin_clean_pending_list('words')",
    ]


def test_what_is_set_can_be_taken_back():
    storage = Storage(TABLE, fillfactor=90, autovacuum_vacuum_scale_factor=0.02)
    assert storage.make(Vendor("postgresql")) == [
        f"ALTER TABLE {TABLE} SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02)"
    ]
    assert storage.unmake(Vendor("postgresql")) == [
        f"ALTER TABLE {TABLE} RESET (fillfactor, autovacuum_vacuum_scale_factor)"
    ]
    assert str(storage) == f"fillfactor, autovacuum_vacuum_scale_factor of {TABLE}"


def asked(sql, name=TABLE):
    with connection.cursor() as cursor:
        cursor.execute(sql, [name])
        return cursor.fetchone()


@pytest.fixture
def on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")


@pytest.mark.postgres
def test_a_page_of_what_changes_has_room(on_postgresql):
    (options,) = asked("SELECT reloptions FROM pg_class WHERE relname = %s")
    assert "fillfactor=90" in options


@pytest.mark.postgres
@pytest.mark.parametrize("index", [f"{SEARCHED}_{STEMS}", f"{SEARCHED}_asked"])
def test_no_search_reads_what_waits_to_be_entered(on_postgresql, index):
    (options,) = asked("SELECT reloptions FROM pg_class WHERE relname = %s", index)
    assert options == ["fastupdate=off"]


@pytest.mark.postgres
def test_a_change_of_status_touches_no_index(on_postgresql, clerk):
    """So no index may have the progress among its columns or in its condition."""
    recommendation = factories.make_recommendation()
    counted = "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = %s"
    before = asked(counted)
    for progress in (Progress.IN_PROGRESS, Progress.PAUSED, Progress.IN_PROGRESS):
        recommendation.change_progress(progress, by=clerk, reason=factories.WHY)
    after = asked(counted)
    assert [now - then for now, then in zip(after, before, strict=True)] == [3, 3]
