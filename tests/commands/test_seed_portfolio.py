"""`manage.py seed_portfolio`: where it is refused, and the shape that its portfolio says it has."""

import datetime
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from recommendations import clock
from recommendations.models import FollowUpReport, Recommendation
from recommendations.models.search_index import SOURCES
from recommendations.portfolio import loading, put_aside
from recommendations.portfolio.sowing import pieces

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 18)


def seed(size=200, *options):
    out = StringIO()
    with clock.set_to_day(TODAY):
        call_command("seed_portfolio", "--recommendations", size, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def demo(settings):
    settings.DEMO = True


# Refused


def test_it_is_refused_where_nobody_says_that_nothing_here_is_real():
    with pytest.raises(CommandError, match="never where real minutes are kept"):
        seed()
    assert "200 recommendations" in seed(200, "--invented")


@pytest.mark.usefixtures("demo")
def test_it_is_refused_beside_other_records_unless_asked_for():
    seed(20)
    with pytest.raises(CommandError, match="There are recommendations here already"):
        seed()
    assert Recommendation.objects.count() == 20


@pytest.mark.usefixtures("demo")
def test_it_is_put_beside_the_demonstration_when_asked_for():
    call_command("seed_demo", "--only-cse", stdout=StringIO())
    seed(50, "--beside")
    assert Recommendation.objects.count() == 54
    assert Recommendation.objects.filter(reference__startswith="NOR").count() == 50


@pytest.mark.usefixtures("demo")
def test_a_second_portfolio_is_refused():
    seed(20)
    with pytest.raises(CommandError, match="A portfolio is here already"):
        seed(50, "--beside")


@pytest.mark.usefixtures("demo")
def test_it_is_refused_for_no_recommendation_at_all():
    with pytest.raises(CommandError, match="at least 1"):
        seed(0)


# The shape


@pytest.fixture
def shape(db):
    """Five thousand of them, which are in no database."""
    call_command("loaddata", "reference", verbosity=0)
    rows = {Recommendation: [], FollowUpReport: [], Recommendation.history.model: []}
    for _, tables in pieces(5000, 1, TODAY):
        for model, columns, told in tables:
            if model in rows:
                rows[model] += [dict(zip(columns, row, strict=True)) for row in told]
    return rows


def test_a_tenth_is_open_and_about_a_quarter_of_that_is_overdue(shape):
    today = TODAY.isoformat()
    still_open = [row for row in shape[Recommendation] if row["closed_on"] is None]
    owed = [row for row in still_open if row["progress"] != "reported_complete" and row["due_on"]]
    late = {row["id"] for row in owed if row["due_on"] < today}
    awaited = [row for row in shape[FollowUpReport] if row["submitted_on"] is None and row["due_on"]]
    late |= {row["recommendation_id"] for row in awaited if row["due_on"] < today}
    assert 0.09 < len(still_open) / 5000 < 0.13
    assert 0.2 < len(late) / len(still_open) < 0.3


def test_one_or_two_in_a_hundred_are_exempt_and_a_few_have_no_owner(shape):
    exempt = [row for row in shape[Recommendation] if row["exempt_paragraph"]]
    assert 0.01 < len(exempt) / 5000 < 0.02
    assert 0 < len([row for row in shape[Recommendation] if row["owner_id"] is None]) < 100


def test_a_recommendation_changes_two_or_three_times(shape):
    assert 3 < len(shape[Recommendation.history.model]) / 5000 < 4


# What PostgreSQL does faster for all rows at once


class Recorder:
    """Stands for a cursor of PostgreSQL, on either database: it keeps what it is given to do."""

    def __init__(self):
        self.done, self.asked = [], []

    def execute(self, statement, values=None):
        self.done.append(statement)

    def copy_expert(self, statement, lines, portion):
        self.done.append(statement)
        self.asked.append(lines.read())

    def fetchall(self):
        question = self.done[-1]
        return (
            [("t", "a_key", "FOREIGN KEY …")]
            if question == put_aside.KEYS
            else [("an_index", "CREATE INDEX an_index …")]
        )


@pytest.mark.usefixtures("demo")
def test_what_is_put_aside_for_the_load_is_put_back():
    call_command("loaddata", "reference", verbosity=0)
    cursor, told = Recorder(), []
    loading.copy_all(cursor, map(loading.as_lines, pieces(20, 1, TODAY)), told.append)
    statements = "\n".join(cursor.done)
    order = [
        "DROP CONSTRAINT a_key",
        "DROP INDEX an_index",
        "DISABLE",
        "COPY",
        "CREATE INDEX an_index",
        "ADD CONSTRAINT a_key",
    ]
    assert [*map(statements.index, order)] == sorted(map(statements.index, order))
    assert statements.count("ENABLE TRIGGER") == statements.count("DISABLE TRIGGER") == len(SOURCES)
    assert sum(told) == 20


def test_nothing_and_an_empty_text_are_told_apart():
    cursor, rows = Recorder(), [[1, None, ""], [2, "2026-11-18", 'He said "no", \n']]
    _, [lines] = loading.as_lines((2, [(Recommendation, ["id", "due_on", "outcome_note"], rows)]))
    loading.copy(cursor, lines)
    assert cursor.done[0].endswith('FORCE_NOT_NULL ("id", "outcome_note"))')
    assert cursor.asked == ['1,,\r\n2,2026-11-18,"He said ""no"", \n"\r\n']


@pytest.mark.postgres
@pytest.mark.usefixtures("demo")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps its indexes while rows come.")
def test_tables_are_afterwards_as_they_were():
    def tables():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 'index', indexdef, '' FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
                "SELECT conname, pg_get_constraintdef(oid), conrelid::text FROM pg_constraint UNION ALL "
                "SELECT tgname, tgenabled::text, tgrelid::text FROM pg_trigger WHERE NOT tgisinternal"
            )
            # Read again, PostgreSQL's own words for a condition have their casts in other places.
            return sorted(re.sub(r"::[a-z ]+(\[\])?|[()]", "", " ".join(row)) for row in cursor.fetchall())

    before = tables()
    seed(50)
    assert tables() == before
