"""Seals are made over what is new, go on where they stopped, and are the same on both databases."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from recommendations.models import Recommendation, Seal, SealedPart
from recommendations.models.written_once import table_of
from recommendations.sealing import make
from recommendations.sealing.make import Busy, seal_history
from recommendations.sealing.rows import Source, canonical, digest_of, sources
from tests import factories

pytestmark = pytest.mark.django_db
HISTORY = table_of(Recommendation.history.model)
MOMENT = datetime.datetime(2026, 11, 18, 10, 30, tzinfo=datetime.UTC)
LONDON_SUMMER = datetime.timezone(datetime.timedelta(hours=1))


@pytest.fixture
def some_history():
    for _ in range(3):
        factories.make_recommendation()


@pytest.mark.usefixtures("some_history")
def test_every_row_is_in_one_seal():
    seal_history(chunk=4)
    rows = sum(source.count(after=-1) for source in sources().values())
    assert sum(Seal.objects.values_list("rows", flat=True)) == rows >= 8
    assert Seal.objects.count() == -(-rows // 4)


@pytest.mark.usefixtures("some_history")
def test_a_second_run_seals_what_is_new_and_nothing_else(clerk):
    seal_history()
    assert seal_history() == []
    Recommendation.objects.first().retitle("Check all taxis", by=clerk)
    [seal] = seal_history()
    assert {part.source for part in seal.parts.all()} >= {HISTORY}
    assert seal.parts.get(source=HISTORY).rows == 1


@pytest.mark.usefixtures("some_history")
def test_a_run_that_is_killed_is_taken_up_by_the_next(found):
    def die(total, done):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seal_history(die, chunk=4)
    assert Seal.objects.count() == 1
    seal_history(chunk=4)
    assert found() == []


@pytest.mark.usefixtures("some_history")
def test_a_column_that_is_added_later_leaves_older_seals_as_good_as_they_were(found, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Source, "columns", property(lambda source: sorted(source.kinds)[:-1]))
        seal_history()
    assert found() == []


@pytest.mark.usefixtures("some_history")
def test_a_column_that_goes_away_is_told(found, monkeypatch):
    seal_history()
    monkeypatch.setattr(Source, "columns", property(lambda source: sorted(source.kinds)[:-1]))
    assert any(HISTORY in each and "are gone, so it proves nothing" in each for each in found())


def test_a_table_that_goes_away_is_told(found, tamper, some_history):
    seal_history()
    tamper("UPDATE recommendations_sealedpart SET source = 'forgotten'")
    assert any("forgotten: gone: seal 1 covers" in each for each in found())


# One form for both databases

SAME = [
    ("DateTimeField", "2026-11-18 10:30:00", MOMENT),
    ("DateTimeField", "2026-11-18 10:30:00", MOMENT.astimezone(LONDON_SUMMER)),
    ("DateTimeField", "2026-11-18 10:30:00.000007", MOMENT.replace(microsecond=7)),
    ("DateField", "2026-11-18", MOMENT.date()),
    ("BooleanField", 1, True),
    ("BooleanField", 0, False),
    ("JSONField", '{"b": [1.50, 2], "a": "é"}', '{"a": "é", "b": [1.5, 2.0]}'),
    ("JSONField", "1e2", "100"),
    ("DecimalField", 1.5, Decimal("1.50")),
    ("BinaryField", b"\0\xff", memoryview(b"\0\xff")),
    ("TextField", "It’s late", "It’s late"),
    ("IntegerField", 7, 7),
    ("TextField", None, None),
]
DIFFERENT = [
    ("TextField", "", None),
    ("TextField", "7", 7),
    ("BooleanField", 1, 2),
    ("BooleanField", 0, None),
    ("DateField", "2026-11-18", "2026-11-18 00:00:00"),
    ("JSONField", '{"a": 1}', '{"a": "1"}'),
    ("JSONField", '"{}"', "{}"),
    ("JSONField", "{", '"{"'),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_both_databases_say_the_same(kind, one, other):
    assert digest_of("a", [kind], [one]) == digest_of("a", [kind], [other])


@pytest.mark.parametrize(("kind", "one", "other"), DIFFERENT)
def test_what_differs_has_another_digest(kind, one, other):
    assert digest_of("a", [kind], [one]) != digest_of("a", [kind], [other])


def test_a_digest_stays_what_it_is_for_ever():
    """Whoever changes the form of a row breaks every seal there is."""
    kinds, values = ["TextField", "DateTimeField", "BooleanField", "JSONField"], ["é", MOMENT, True, '{"a": [1, null]}']
    digest = digest_of("recommendations_example", kinds, values).hex()
    assert digest == "3f1141d29429623cda26c202c7cad4162346d760e3237f517aa4b859640796bd"


def test_every_kind_of_column_that_is_sealed_has_been_thought_of():
    known = {kind for kind, *_ in SAME} | {
        "AutoField", "BigAutoField", "BigIntegerField", "CharField", "EmailField", "PositiveIntegerField",
        "PositiveSmallIntegerField", "SlugField",
    }  # fmt: skip
    assert {source.kinds[column] for source in sources().values() for column in source.columns} <= known


def test_canonical_leaves_numbers_alone():
    assert canonical("PositiveIntegerField", 3) == 3


# Two at once, on PostgreSQL


@pytest.fixture
def only_postgres(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")


@pytest.fixture
def slow_writer(only_postgres):
    """Somebody who has drawn a number for a row and has not finished; `finish()` lets them."""
    recommendation, go_on, has_written = factories.make_recommendation(), threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            recommendation.retitle("Written slowly", by=factories.make_clerk())
            has_written.set()
            go_on.wait(timeout=20)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    has_written.wait(timeout=20)
    factories.make_recommendation()
    yield go_on.set
    go_on.set()
    writer.join(timeout=20)


@pytest.mark.postgres
def test_a_row_that_appears_late_is_waited_for(slow_writer, found, monkeypatch):
    """Its number is lower than that of a row that is there already."""
    finish = threading.Timer(0.5, slow_writer)
    finish.start()
    seal_history()
    finish.join()
    assert found() == []
    assert SealedPart.objects.get(source=HISTORY).rows == 3


@pytest.mark.postgres
def test_nothing_is_sealed_while_somebody_writes_without_an_end(slow_writer, monkeypatch):
    monkeypatch.setattr(make, "PATIENCE_SECONDS", 0.2)
    with pytest.raises(Busy, match="Try again later"):
        seal_history()
    assert not Seal.objects.exists()


@pytest.mark.postgres
def test_two_runs_at_once_make_one_chain(only_postgres, some_history, found):
    def run():
        try:
            seal_history(chunk=2)
        finally:
            connection.close()

    runs = [threading.Thread(target=run) for _ in range(2)]
    for each in runs:
        each.start()
    for each in runs:
        each.join(timeout=60)
    rows = sum(source.count(after=-1) for source in sources().values())
    assert (sum(Seal.objects.values_list("rows", flat=True)), found()) == (rows, [])
