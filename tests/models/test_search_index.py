"""What can be found is kept in step with the records by the database itself, however they are written."""

from io import StringIO

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from recommendations import permissions
from recommendations.models import (
    AgendaItem,
    DiscussionPoint,
    FollowUpReport,
    Meeting,
    Progress,
    ProgressUpdate,
    Recommendation,
    Resolution,
    Response,
    Searchable,
    Witness,
)
from recommendations.models.search_index import SOURCES, TABLE, SearchIndex
from recommendations.models.searchable import Kind
from recommendations.models.written_once import append_only_tables
from recommendations.triggers import Keep, lifted
from tests import factories

pytestmark = pytest.mark.django_db
MODELS = {
    Kind.RECOMMENDATION: Recommendation,
    Kind.POINT: DiscussionPoint,
    Kind.UPDATE: ProgressUpdate,
    Kind.REPORT: FollowUpReport,
    Kind.ANSWER: Response,
    Kind.RESOLUTION: Resolution,
    Kind.WITNESS: Witness,
    Kind.ITEM: AgendaItem,
}


def one_of_each(owner, clerk, **fields):
    """{kind: a record of it}, all of them of one recommendation and its item."""
    item = factories.make_item(title="Taxi licensing", purpose="To hear how taxis are licensed.")
    recommendation = factories.make_recommendation(item, owner=owner, **fields)
    return {
        Kind.RECOMMENDATION: recommendation,
        Kind.POINT: factories.make_point(item),
        Kind.UPDATE: factories.make_update(recommendation, by=owner),
        Kind.REPORT: factories.make_report(recommendation, submitted_by=owner),
        Kind.ANSWER: factories.make_response(recommendation, answer="accepted", by=clerk),
        Kind.RESOLUTION: factories.make_resolution(item),
        Kind.WITNESS: factories.make_witness(item),
        Kind.ITEM: item,
    }


def rows():
    return list(Searchable.objects.order_by("id").values())


def found(kind, record):
    """What is listed of one record: its heading, its body and its note."""
    row = Searchable.objects.filter(pk=Searchable.pk_of(kind, record.pk)).values_list("heading", "body", "note")
    return list(row)


def installed_triggers():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
        return {name for (name,) in cursor.fetchall()}


def test_after_all_migrations_no_trigger_is_missing():
    """A migration that makes a table anew on SQLite loses its triggers: let it end with `Keep(SearchIndex(SOURCES))`."""
    assert SearchIndex(SOURCES).triggers(connection.vendor).keys() <= installed_triggers()


def test_every_kind_has_its_source_and_its_table():
    assert [(source.kind, source.table) for source in SOURCES] == [(kind, MODELS[kind]._meta.db_table) for kind in Kind]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.kind)
def test_each_column_that_changes_a_row_is_one_of_the_table(source):
    assert set(source.columns) <= {field.column for field in MODELS[source.kind]._meta.fields}


def test_one_of_each_is_listed_once(owner, clerk):
    records = one_of_each(owner, clerk)
    assert {row["kind"]: row["id"] for row in rows()} == {
        kind: Searchable.pk_of(kind, record.pk) for kind, record in records.items()
    }


def test_what_belongs_to_a_recommendation_is_listed_as_its_own_and_the_rest_as_its_items(owner, clerk):
    records = one_of_each(owner, clerk)
    its_own = {row.kind for row in Searchable.objects.filter(recommendation=records[Kind.RECOMMENDATION], item=None)}
    assert its_own == {"recommendation", "update", "report", "answer"}
    assert Searchable.objects.filter(item=records[Kind.ITEM], recommendation=None).count() == 4


def test_a_recommendation_is_listed_with_its_references_its_words_and_what_came_of_it(clerk):
    recommendation = factories.make_recommendation(
        reference="SCSB R3/26", title="Check taxis", text="That taxis be checked.", old_reference="OSC 7"
    )
    meeting = factories.make_meeting(held_on=factories.ago(1))
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk, note="All are checked.")
    expected = ("SCSB R3/26 OSC 7 Check taxis", "That taxis be checked.", "All are checked.")
    assert found(Kind.RECOMMENDATION, recommendation) == [expected]


def test_a_changed_record_is_listed_as_it_is_now(clerk):
    recommendation = factories.make_recommendation(title="Check taxis")
    recommendation.retitle("Check all taxis", by=clerk)
    [(heading, _, _)] = found(Kind.RECOMMENDATION, recommendation)
    assert heading.endswith("Check all taxis")


def test_a_report_is_listed_from_when_it_is_handed_in(owner):
    report = factories.make_report(factories.make_recommendation(owner=owner))
    assert found(Kind.REPORT, report) == []
    report.submit("Every taxi was checked.", by=owner)
    assert found(Kind.REPORT, report) == [("", "Every taxi was checked.", "")]


def test_a_change_that_touches_no_words_leaves_the_row_alone(clerk):
    recommendation = factories.make_recommendation()
    Searchable.objects.filter(recommendation=recommendation).update(note="untouched")
    recommendation.change_progress("in_progress", by=clerk)
    assert found(Kind.RECOMMENDATION, recommendation)[0][2] == "untouched"


def test_what_is_deleted_behind_the_verbs_is_no_longer_listed():
    point = factories.make_point()
    DiscussionPoint.objects.filter(pk=point.pk).delete()
    assert found(Kind.POINT, point) == []


def test_what_is_loaded_from_a_file_is_listed(owner, clerk):
    one_of_each(owner, clerk)
    before, written = rows(), serializers.serialize("json", DiscussionPoint.objects.all())
    DiscussionPoint.objects.all().delete()
    for each in serializers.deserialize("json", written):
        each.save()
    assert rows() == before


def test_a_dump_of_everything_can_be_loaded_over_what_is_there(owner, clerk, tmp_path):
    one_of_each(owner, clerk)
    before, file = rows(), tmp_path / "all.json"
    call_command("dumpdata", "recommendations.searchable", "recommendations.discussionpoint", output=str(file))
    call_command("loaddata", str(file), verbosity=0)
    assert rows() == before


@pytest.mark.django_db(transaction=True)
def test_made_again_the_index_holds_the_same(owner, clerk):
    one_of_each(owner, clerk)
    before, triggers = rows(), installed_triggers()
    with connection.schema_editor() as editor:
        Keep(SearchIndex(SOURCES)).database_forwards("recommendations", editor, None, None)
    assert (rows(), installed_triggers()) == (before, triggers)


def test_a_text_of_millions_of_letters_is_kept_and_found_by_its_beginning(owner):
    """PostgreSQL holds a megabyte of stems, and an index must never be a reason to refuse what somebody wrote."""
    words = "lorry " + " ".join(f"é{number}ß漢字" for number in range(200_000))
    update = factories.make_update(factories.make_recommendation(owner=owner), words, by=owner)
    [(_, body, _)] = found(Kind.UPDATE, update)
    assert (len(body), body[:6], update.text) == (100_000, "lorry ", words)


# What one may find is what one may read

FLAGS = [(None, None, None), (3, None, None), (None, 3, None), (None, None, 3)]
WHO = ("clerk", "owner", "other_officer", "member", "other_member", "administrator", "stranger")


def readable_keys(user):
    """{kind: the records of it that the record's own queryset lets `user` read}."""
    items = AgendaItem.objects.visible_to(user)
    opened = Recommendation.objects.visible_to(user)
    reports = FollowUpReport.objects.visible_to(user).select_related("recommendation")
    own = {
        Kind.RECOMMENDATION: opened,
        Kind.UPDATE: ProgressUpdate.objects.visible_to(user),
        Kind.ANSWER: Response.objects.visible_to(user),
        Kind.WITNESS: Witness.objects.visible_to(user),
        Kind.ITEM: items,
        Kind.POINT: DiscussionPoint.objects.filter(item__in=items),
        Kind.RESOLUTION: Resolution.objects.filter(item__in=items),
    }
    told = {(Kind.REPORT, report.pk) for report in reports if permissions.can_read_words(user, report)}
    return told | {(kind, pk) for kind, rows in own.items() for pk in rows.values_list("pk", flat=True)}


@pytest.fixture
def some_exempt(board, owner, clerk):
    """One of everything for each place where a paragraph may stand: on nothing, on the item, on its recommendation, within."""
    for of_item, of_it, within in FLAGS:
        item = factories.make_item(factories.make_meeting(board), exempt_paragraph=of_item)
        recommendation = factories.make_recommendation(item, owner=owner, exempt_paragraph=of_it)
        factories.make_update(recommendation, by=owner, exempt_paragraph=within)
        factories.make_report(recommendation, submitted_by=owner, exempt_paragraph=within)
        factories.make_response(recommendation, answer="accepted")
        for make in (factories.make_point, factories.make_resolution, factories.make_witness):
            make(item)


@pytest.mark.usefixtures("some_exempt")
@pytest.mark.parametrize("who", WHO)
def test_one_may_find_exactly_what_one_may_read(who, person):
    user = person(who)
    listed = Searchable.objects.visible_to(user)
    assert {(row.kind, row.key) for row in listed} == readable_keys(user)


# The migration, on a database that has lived


@pytest.mark.django_db(transaction=True)
def test_the_index_is_taken_away_and_comes_back_filled(owner, clerk):
    one_of_each(owner, clerk)
    before = rows()
    MigrationExecutor(connection).migrate([("recommendations", "0006_lists_statements_and_columns")])
    try:
        assert not any(f"_search_{kind}" in name for kind in Kind for name in installed_triggers())
        assert TABLE not in connection.introspection.table_names()
        Meeting.objects.update(place="Kingston")
        factories.make_point(AgendaItem.objects.get())
    finally:
        call_command("migrate", verbosity=0, stdout=StringIO())
    assert len(rows()) == len(before) + 1
    assert SearchIndex(SOURCES).triggers(connection.vendor).keys() <= installed_triggers()


@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_empties_the_index_too(owner, clerk):
    one_of_each(owner, clerk)
    with lifted(connection, *append_only_tables()):
        call_command("flush", interactive=False, verbosity=0)
    assert rows() == []
