"""What a database administrator could do to the tables themselves, so that they take or lose what they should not."""

import pytest
from django.db import connection

from recommendations.sealing.by_whom import ANYBODYS, ONES_OWN, ROLES
from recommendations.sealing.legality import RULES
from recommendations.sealing.records import tracked_models
from recommendations.sealing.verify import of_one_moment
from tests import factories

pytestmark = pytest.mark.django_db
LIVE, HISTORY, MAILS = (
    "recommendations_recommendation", "recommendations_historicalrecommendation", "recommendations_mail",
)  # fmt: skip
CLOSING = "closing_day_and_meeting_are_set_together"
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own")
on_postgresql = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="needs PostgreSQL (make test-postgres)")


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_an_index_that_let_nothing_be_there_twice(db, assert_named):
    execute("DROP INDEX the_same_minutes_are_drafted_once")
    assert_named("recommendations_minutesdraft", "the constraint the_same_minutes_are_drafted_once is gone")


@on_sqlite
@pytest.mark.parametrize(
    ("cut", "into", "what"),
    [
        (f'CONSTRAINT "{CLOSING}" CHECK (', f'CONSTRAINT "{CLOSING}" CHECK (1) CHECK (', f"{CLOSING} asks for less"),
        (f'CONSTRAINT "{CLOSING}"', "", f"the constraint {CLOSING} is gone"),
    ],
)
def test_a_table_that_is_said_to_take_more(db, cut, into, what, assert_named):
    """Somebody wrote into what SQLite keeps of the table itself."""
    execute("PRAGMA writable_schema = ON")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_master SET sql = replace(sql, %s, %s) WHERE name = %s", [cut, into, LIVE])
        assert cursor.rowcount == 1
    try:
        assert_named(LIVE, "is not guarded", what)
    finally:
        execute("PRAGMA writable_schema = OFF")


@on_sqlite
def test_a_row_that_its_table_should_have_refused(db, assert_named):
    recommendation = factories.make_recommendation()
    execute("PRAGMA ignore_check_constraints = ON", f"UPDATE {LIVE} SET closed_on = '2026-01-01'")
    execute("PRAGMA ignore_check_constraints = OFF")
    assert_named(LIVE, f"row {recommendation.pk} breaks the constraint {CLOSING}")


@on_sqlite
def test_an_index_that_misses_a_row(db, assert_named):
    """Whoever looks by it does not find the record; whoever reads the table does."""
    factories.make_recommendation()
    index = "CREATE INDEX a_quiet_one ON recommendations_recommendation (reference)"
    execute(f"{index} WHERE id < 0", "PRAGMA writable_schema = ON")
    execute(f"UPDATE sqlite_master SET sql = '{index}' WHERE name = 'a_quiet_one'", "PRAGMA writable_schema = RESET")
    assert_named("the database", "missing from index a_quiet_one")


@on_sqlite
def test_what_leads_to_nothing(clerk, assert_named):
    execute("PRAGMA defer_foreign_keys = ON")
    execute(f"UPDATE recommendations_user_groups SET user_id = 999999 WHERE user_id = {clerk.pk}")
    assert_named("recommendations_user_groups", "leads to a row of recommendations_user that is not there")
    execute(f"UPDATE recommendations_user_groups SET user_id = {clerk.pk} WHERE user_id = 999999")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_all_is_read_as_of_one_moment():
    with of_one_moment(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_isolation') || current_setting('transaction_read_only')")
        assert cursor.fetchone()[0] == "repeatable readon"


@on_postgresql
@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (f"ALTER TABLE {LIVE} DISABLE TRIGGER ALL", "owner_id may lead to what is not there"),
        (f"ALTER TABLE {LIVE} DROP CONSTRAINT {LIVE}_reference_key", "reference may be there twice"),
        (
            f"ALTER TABLE {LIVE} DROP CONSTRAINT {LIVE}_reference_key; "
            f"CREATE UNIQUE INDEX {LIVE}_reference_key ON {LIVE} (reference) WHERE id < 0",
            "reference may be there twice",
        ),
        (f"ALTER TABLE {HISTORY} ALTER history_date DROP NOT NULL", "history_date may be left empty"),
        (
            f"ALTER TABLE {LIVE} DROP CONSTRAINT {CLOSING}; ALTER TABLE {LIVE} ADD CONSTRAINT {CLOSING} CHECK (true)",
            f"the constraint {CLOSING} asks for less",
        ),
        (
            f"ALTER TABLE {LIVE} DROP CONSTRAINT {CLOSING}; "
            f"ALTER TABLE {LIVE} ADD CONSTRAINT {CLOSING} CHECK (closed_on IS NULL OR closed_at_id > 0) NOT VALID",
            f"the constraint {CLOSING} is gone",
        ),
    ],
)
def test_a_table_that_forbids_less(db, statement, what, assert_named):
    execute("SET CONSTRAINTS ALL IMMEDIATE", statement)
    assert_named("is not guarded", what)


def test_a_trigger_on_any_table_of_the_site(db, assert_named):
    """No mail would ever be stored, and none sent."""
    if connection.vendor == "sqlite":
        execute(f"CREATE TRIGGER quietly BEFORE INSERT ON {MAILS} BEGIN SELECT RAISE(IGNORE); END")
    else:
        execute(
            "CREATE FUNCTION quietly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            f"CREATE TRIGGER quietly BEFORE INSERT ON {MAILS} FOR EACH ROW EXECUTE FUNCTION quietly()",
        )
    assert_named(MAILS, "the trigger quietly is none of ours")


@on_postgresql
def test_a_trigger_that_says_it_is_the_databases_own(db, assert_named):
    execute(
        "CREATE FUNCTION blame() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        f"CREATE TRIGGER blame BEFORE INSERT ON {HISTORY} FOR EACH ROW EXECUTE FUNCTION blame()",
        "UPDATE pg_trigger SET tgisinternal = true WHERE tgname = 'blame'",
    )
    assert_named(HISTORY, "the trigger blame is none of ours")


@on_postgresql
@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("CREATE FUNCTION lower(varchar) RETURNS text LANGUAGE sql AS $$ SELECT '' $$", "the function lower"),
        ("CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)", "the operator ==="),
        ("CREATE CAST (varchar AS integer) WITH INOUT AS IMPLICIT", "the cast from character varying"),
    ],
)
def test_what_answers_in_the_place_of_the_databases_own(db, statement, what, assert_named):
    """PostgreSQL takes what fits a column's kind best, wherever it comes from: two texts could be made the same."""
    execute(statement)
    assert_named(f"has {what}, which is none of ours")


# What can be found


FOUND = "recommendations_searchable"


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (f"UPDATE {FOUND} SET body = 'Nothing.'", "is not as its record says"),
        (f"UPDATE {FOUND} SET exempt_paragraph = 3", "is not as its record says"),
        (f"DELETE FROM {FOUND}", "is missing"),
        (f"UPDATE {FOUND} SET id = id + 16000000", "is of nothing"),
    ],
)
def test_what_can_be_found_is_what_the_records_say(statement, what, assert_named):
    factories.make_recommendation()
    execute(statement)
    assert_named(FOUND, f"what can be found of {LIVE} {what}")


@on_sqlite
def test_words_that_were_taken_out_of_what_is_searched(db, assert_named):
    factories.make_recommendation()
    execute(f"DELETE FROM {FOUND}_words WHERE rowid > 0")
    assert_named(f"{FOUND}_words", "is not the words of what can be found")


@on_postgresql
def test_a_search_that_is_no_longer_kept_in_step(db, assert_named):
    execute(f"ALTER TABLE {LIVE} DISABLE TRIGGER recommendations_search_recommendation_update")
    assert_named(FOUND, "the trigger recommendations_search_recommendation_update is gone or switched off")


@on_postgresql
def test_a_search_that_does_something_else_beside(db, assert_named):
    """At every recommendation that is written, somebody's password would become another one."""
    name = "recommendations_search_recommendation"
    execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN UPDATE recommendations_user SET password = 'x'; RETURN NULL; END $$"
    )
    assert_named(FOUND, f"the trigger {name}_insert does something else")


@on_sqlite
def test_a_search_whose_trigger_does_something_else(db, assert_named):
    name = "recommendations_search_recommendation_insert"
    execute(f"DROP TRIGGER {name}", f"CREATE TRIGGER {name} AFTER INSERT ON {LIVE} BEGIN SELECT 1; END")
    assert_named(FOUND, f"the trigger {name} does something else")


# Who may


def test_of_every_record_it_is_said_who_may_change_it():
    assert sorted({*RULES, *ROLES, *ONES_OWN, *ANYBODYS}, key=str) == sorted(tracked_models(), key=str)
