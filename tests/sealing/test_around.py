"""What a database administrator could do around the rows: to what guards them, to the past, to what no history copies."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from recommendations import clock
from recommendations.models import AccountEvent, KeptFigures, MinutesDraft, Recommendation, Redaction, Snapshot
from recommendations.models.written_once import sealed_models
from recommendations.sealing import make
from recommendations.sealing.make import seal_history
from recommendations.sealing.rows import sources
from recommendations.trends.kept import MARK, KeptTrends
from tests import factories

pytestmark = pytest.mark.django_db
LIVE, HISTORY = "recommendations_recommendation", "recommendations_historicalrecommendation"
EVENTS = "recommendations_accountevent"
# Of a row that is slipped in: beyond all that a long run of tests comes to.
FAR = 999_999_999
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own")
on_postgresql = pytest.mark.skipif("connection.vendor == 'sqlite'", reason="needs PostgreSQL (make test-postgres)")


@pytest.fixture
def sealed(clerk):
    """A recommendation whose history is sealed, a week ago."""
    with clock.set_to_day(factories.ago(7)):
        recommendation = factories.make_recommendation(reference="SCSB R3/26")
        seal_history()
    return recommendation


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


# What guards the rows


@on_sqlite
def test_a_trigger_that_stands_and_refuses_nothing(sealed, assert_named):
    name = f"{HISTORY}_append_only_update"
    execute(f"DROP TRIGGER {name}", f"CREATE TRIGGER {name} BEFORE UPDATE ON {HISTORY} BEGIN SELECT 1; END")
    assert_named(HISTORY, "not guarded", f"{name} does something else than to refuse")


@on_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE OR REPLACE FUNCTION recommendations_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$",
        f"CREATE OR REPLACE TRIGGER {HISTORY}_append_only_update BEFORE UPDATE OF version ON {HISTORY} FOR EACH ROW "
        "EXECUTE FUNCTION recommendations_append_only(); "
        f"ALTER TABLE {HISTORY} ENABLE ALWAYS TRIGGER {HISTORY}_append_only_update",
    ],
    ids=["function", "of one column"],
)
def test_triggers_that_stand_and_refuse_nothing(sealed, statement, assert_named):
    execute("SET CONSTRAINTS ALL IMMEDIATE", statement)
    assert_named(HISTORY, "not guarded", "does something else than to refuse")


def test_a_trigger_that_puts_the_blame_on_somebody_else(sealed, assert_named):
    """Every row from then on would be sealed as somebody else's."""
    if connection.vendor == "sqlite":
        execute(f"CREATE TRIGGER blame AFTER INSERT ON {HISTORY} BEGIN SELECT 1; END")
    else:
        execute(
            "SET CONSTRAINTS ALL IMMEDIATE",
            "CREATE FUNCTION blame() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            f"CREATE TRIGGER blame BEFORE INSERT ON {HISTORY} FOR EACH ROW EXECUTE FUNCTION blame()",
        )
    assert_named(HISTORY, "the trigger blame is none of ours")


@on_postgresql
@pytest.mark.parametrize(
    ("statement", "how"),
    [
        (f"ALTER TABLE {LIVE} ENABLE ROW LEVEL SECURITY", "under a policy that hides rows"),
        (f"CREATE RULE quietly AS ON INSERT TO {HISTORY} DO INSTEAD NOTHING", "under a rule"),
        (f"CREATE TABLE others () INHERITS ({LIVE})", "mixed with another table"),
        (f"ALTER TABLE {HISTORY} DROP CONSTRAINT {HISTORY}_pkey", "without its key"),
        ("ALTER TABLE recommendations_linkuse RENAME TO other", "gone"),
        (
            f"CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.{LIVE} (); "
            "ALTER ROLE CURRENT_USER SET search_path = elsewhere, public",
            "there twice, and a role has a search path of its own",
        ),
        (
            f"CREATE ROLE web; CREATE SCHEMA web; CREATE TABLE web.{LIVE} ()",
            "there twice, and a role has a schema of its name",
        ),
        ("ALTER TABLE recommendations_historicalfeed SET UNLOGGED", "not kept when the database falls"),
    ],
)
def test_a_table_that_answers_otherwise_than_it_holds(sealed, statement, how, assert_named):
    execute("SET CONSTRAINTS ALL IMMEDIATE", statement)
    assert_named(f"is {how}, so that")


@on_sqlite
def test_a_view_in_the_place_of_a_table(sealed, assert_named):
    execute(f"ALTER TABLE {EVENTS} RENAME TO others", f"CREATE VIEW {EVENTS} AS SELECT * FROM others")
    assert_named(EVENTS, "is a view")


# A past that never was


def copied(table, key, **other):
    """A statement that puts a copy of the newest row there, with other values."""
    model = next(model for model in sealed_models() if model._meta.db_table == table)
    columns = {field.column: f'"{field.column}"' for field in model._meta.concrete_fields} | other
    names = ", ".join(f'"{name}"' for name in columns)
    newest = f"SELECT max({key}) FROM {table}"
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(map(str, columns.values()))} FROM {table} WHERE {key} = ({newest})"


def test_a_record_that_was_made_up_with_its_whole_past(sealed, tamper, assert_named):
    """Nothing was changed, removed or put in between: it is new, and says that it is old."""
    columns = {field.column: f'"{field.column}"' for field in Recommendation._meta.concrete_fields}
    columns |= {"id": FAR, "reference": "'SCSB R9/20'", "slug": "'SCSB-R9-20'"}
    tamper(
        f"INSERT INTO {LIVE} ({', '.join(columns)}) SELECT {', '.join(map(str, columns.values()))} FROM {LIVE}",
        copied(
            HISTORY,
            "history_id",
            history_id=FAR,
            id=FAR,
            reference="'SCSB R9/20'",
            history_date="'2020-05-04 10:00:00'",
        ),
    )
    assert_named(f"{HISTORY}, row {FAR}", "SCSB R9/20", "is dated back: the seal of", "has not seen it")
    seal_history()
    assert_named(f"{HISTORY}, row {FAR}", "is dated back")


def test_a_sign_in_that_is_dated_back(sealed, tamper, assert_named):
    tamper(copied(EVENTS, "id", id=FAR, kind="'signed_in'", at="'2020-05-04 10:00:00'"))
    assert_named(f"{EVENTS}, row {FAR}", "is dated back")


def test_what_is_dated_ahead(sealed, tamper, assert_named):
    tamper(copied(EVENTS, "id", id=FAR, kind="'signed_in'", at="'2090-05-04 10:00:00'"))
    seal_history()
    assert_named(f"{EVENTS}, row {FAR}", "is dated later than", "when it was there already")


def test_a_redaction_that_is_dated_back(sealed, administrator, assert_named):
    with clock.set_to_day(factories.ago(5)):
        seal_history()
    Redaction(by=administrator, kind="name", reason="Somebody asked for it.", places=0, row_count=0).save()
    seal_history()
    with clock.set_to_day(factories.ago(30)):
        made_up = Redaction(by=administrator, kind="name", reason="Somebody asked for it.", places=0, row_count=0)
        made_up.save()
    assert_named(f"recommendations_redaction, row {made_up.pk}", "is dated back")


UPDATES = "recommendations_historicalprogressupdate"


def test_the_first_of_its_kind_that_is_dated_back(clerk, assert_named):
    """The seal has seen that there was none."""
    sealed = factories.make_recommendation()
    seal_history()
    with clock.set_to_day(factories.ago(30)):
        made_up = sealed.say("All was well.", by=clerk)
    assert_named(f"{UPDATES}, row {made_up.history.get().history_id}", "is dated back: the seal of")


def test_what_comes_with_a_table_of_a_later_version_is_as_old_as_it_says(clerk, monkeypatch, found):
    known = {name: source for name, source in sources().items() if name != UPDATES}
    recommendation = factories.make_recommendation()
    with monkeypatch.context() as earlier:
        earlier.setattr(make, "sources", lambda: known)
        make.seal_history()
    with clock.set_to_day(factories.ago(30)):
        recommendation.say("It was kept elsewhere until now.", by=clerk)
    make.seal_history()
    assert not any("dated back" in each for each in found())


def test_a_change_of_rights_below_all_numbers(sealed, member, tamper, assert_named):
    """So low that a reader who begins with the lowest one known would pass it by."""
    tamper(copied(EVENTS, "id", id=-(2**63), at="'2020-05-04 10:00:00'"))
    assert AccountEvent.objects.filter(pk__lt=0).exists()
    assert_named(f"{EVENTS}, row -{2**63}", "slipped in: no row is given such a key")


def test_what_was_written_before_the_first_seal_is_as_old_as_it_says(clerk, found):
    with clock.set_to_day(factories.ago(400)):
        factories.make_recommendation()
    seal_history()
    assert found() == []


# What no history copies


def test_minutes_whose_words_were_exchanged(clerk, tamper, assert_named):
    draft = factories.make_draft()
    seal_history()
    tamper("UPDATE recommendations_minutesdraft SET text = text || ' The Board was content.'")
    assert_named(f"recommendations_minutesdraft, row {draft.pk}", "another text since seal 1")


def test_minutes_that_a_clerk_works_on_stay_proven(clerk, found):
    draft = factories.make_draft()
    seal_history()
    MinutesDraft.objects.get(pk=draft.pk).claim(by=clerk)
    assert found() == []


@pytest.fixture
def recommendation(clerk):
    return factories.make_recommendation()


@pytest.fixture
def figures(recommendation):
    """Of today, as a visit of the dashboard leaves them."""
    KeptTrends(Snapshot(AnonymousUser(), clock.today()))
    return KeptFigures.objects.get(name="all:today")


def test_a_figure_of_the_dashboard_that_was_made_smaller(figures, clerk, recommendation, assert_named):
    """Every change would be added to it, and nobody would count again."""
    figures.sums = [[*key, n - (key[0] not in (MARK, "content"))] for *key, n in figures.sums]
    figures.save()
    recommendation.retitle("Look again", by=clerk)
    assert_named("recommendations_keptfigures", "all:today is not what the records say")


def test_figures_that_were_put_right_by_a_change_are_as_counted(figures, clerk, recommendation, found):
    recommendation.retitle("Look again", by=clerk)
    assert found() == []


def test_figures_are_not_compared_while_somebody_writes(figures, monkeypatch, found):
    figures.sums = []
    figures.save()
    moments = iter(range(100))
    monkeypatch.setattr("recommendations.sealing.figures.versions", lambda: next(moments))
    assert found() == []
