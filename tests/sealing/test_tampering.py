"""What a database administrator could do to the history, triggers or not: each is found, and the row is named."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection

from recommendations.models import AccountEvent, Progress, Recommendation, Response, Seal
from recommendations.sealing.make import seal_digest, seal_history
from recommendations.sealing.verify import Verification
from tests import factories

pytestmark = pytest.mark.django_db
LIVE, HISTORY = "recommendations_recommendation", "recommendations_historicalrecommendation"


@pytest.fixture
def recommendation(clerk, owner):
    """Four rows of history: begun, begun upon, paused and begun upon again; then sealed, in two seals."""
    recommendation = factories.make_recommendation(reference="SCSB R3/26", owner=owner)
    recommendation.change_progress(Progress.IN_PROGRESS, by=owner)
    seal_history()
    recommendation.change_progress(Progress.PAUSED, by=clerk, reason="The bus is late.")
    recommendation.change_progress(Progress.IN_PROGRESS, by=owner)
    seal_history()
    return recommendation


@pytest.fixture
def rows(recommendation):
    """The keys of its history's rows, in their order."""
    return list(recommendation.history.order_by("history_id").values_list("history_id", flat=True))


def test_nothing_is_found_where_nothing_was_done(recommendation, found):
    assert found() == []


@pytest.mark.parametrize(
    "column",
    ["progress = 'not_started'", "history_change_reason = NULL", "history_user_id = owner_id", "title = 'Nothing'"],
)
def test_a_row_that_was_altered(rows, tamper, column, assert_named):
    tamper(f"UPDATE {HISTORY} SET {column} WHERE history_id = {rows[2]}")
    assert_named(HISTORY, f"row {rows[2]}", "SCSB R3/26", "altered since seal 2")


def test_a_date_that_was_moved_by_a_microsecond(rows, tamper, assert_named):
    moment = Recommendation.history.get(history_id=rows[1]).history_date
    moved = moment.replace(microsecond=(moment.microsecond + 1) % 1_000_000, tzinfo=None)
    tamper(f"UPDATE {HISTORY} SET history_date = '{moved}' WHERE history_id = {rows[1]}")
    assert_named(f"row {rows[1]}", "altered since seal 1")


def test_a_space_that_was_added(rows, tamper, assert_named):
    tamper(f"UPDATE {HISTORY} SET text = text || ' ' WHERE history_id = {rows[0]}")
    assert_named(f"row {rows[0]}", "altered")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps texts out of columns of days")
def test_what_is_no_day_where_a_day_belongs(rows, tamper):
    tamper(f"UPDATE {HISTORY} SET due_on = 'never', history_date = 'soon' WHERE history_id = {rows[1]}")
    assert f"{HISTORY}, row {rows[1]}" in " ".join(map(str, Verification().chain.findings()))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps them out")
@pytest.mark.parametrize(
    "what", ["text = CAST(x'ff41' AS TEXT)", "text = CAST(text AS BLOB)", "text = text || char(0)"]
)
def test_bytes_that_are_no_text(rows, tamper, what, assert_named):
    tamper(f"UPDATE {HISTORY} SET {what} WHERE history_id = {rows[0]}")
    assert_named(HISTORY, f"row {rows[0]} ", "altered since seal 1")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps JSON in its own form")
@pytest.mark.parametrize("roles", ["[1e30000000]", '{"a": 1, "a": 2}', "5"])
def test_roles_that_cannot_be_read(recommendation, tamper, roles, assert_named):
    tamper(f"UPDATE recommendations_accountevent SET roles_after = '{roles}' WHERE roles_after IS NOT NULL")
    assert_named("recommendations_accountevent", "altered since seal 1")


@pytest.mark.parametrize("place", [0, 1, 2, 3], ids=["first", "second", "middle", "last"])
def test_a_row_that_was_removed(rows, tamper, place, assert_named):
    tamper(f"DELETE FROM {HISTORY} WHERE history_id = {rows[place]}")
    assert_named(f"row {rows[place]}", "removed since seal")


def test_a_row_that_was_put_in_between(rows, tamper, assert_named):
    """Into a gap of the numbers, as PostgreSQL leaves them: a backdated row."""
    columns = ", ".join(sorted({field.column for field in Recommendation.history.model._meta.fields} - {"history_id"}))
    tamper(
        f"UPDATE {HISTORY} SET history_id = history_id + 1000 WHERE history_id = {rows[3]}",
        f"INSERT INTO {HISTORY} (history_id, {columns}) SELECT -7, {columns} FROM {HISTORY} WHERE history_id = {rows[1]}",
    )
    assert_named("row -7", "slipped in")


def test_two_rows_that_changed_places(rows, tamper, assert_named):
    tamper(
        f"UPDATE {HISTORY} SET history_id = -1 WHERE history_id = {rows[1]}",
        f"UPDATE {HISTORY} SET history_id = {rows[1]} WHERE history_id = {rows[2]}",
        f"UPDATE {HISTORY} SET history_id = {rows[2]} WHERE history_id = -1",
    )
    assert_named(f"row {rows[1]}", "altered")
    assert_named(f"row {rows[2]}", "altered")


def test_the_record_alone_is_changed(recommendation, tamper, assert_named):
    tamper(f"UPDATE {LIVE} SET progress = 'reported_complete' WHERE id = {recommendation.pk}")
    assert_named(f"{LIVE}, row {recommendation.pk}", "SCSB R3/26", "not as its last history row has it: progress")


def test_the_record_and_its_last_row_are_changed_alike(recommendation, rows, tamper, assert_named):
    tamper(
        f"UPDATE {LIVE} SET progress = 'reported_complete' WHERE id = {recommendation.pk}",
        f"UPDATE {HISTORY} SET progress = 'reported_complete' WHERE history_id = {rows[3]}",
    )
    assert_named(f"row {rows[3]}", "altered since seal 2")


def test_a_record_is_removed_and_all_it_lived_through(recommendation, rows, tamper, found):
    tamper(
        f"DELETE FROM {HISTORY} WHERE id = {recommendation.pk}", f"DELETE FROM {LIVE} WHERE id = {recommendation.pk}"
    )
    *removed, counted = found()
    assert [f"row {row}" in told and "removed" in told for row, told in zip(rows, removed, strict=True)] == [True] * 4
    assert "1 references were given, and 0 recommendations are there" in counted


def test_a_record_is_removed_and_its_history_stays(recommendation, tamper, assert_named):
    tamper(f"DELETE FROM {LIVE} WHERE id = {recommendation.pk}")
    assert_named(f"recommendation {recommendation.pk} has a history here, and is gone")


def test_a_record_without_a_history(recommendation, tamper, assert_named):
    columns = {field.column for field in Recommendation._meta.fields} - {"id", "reference", "slug"}
    kept = ", ".join(sorted(columns))
    tamper(f"INSERT INTO {LIVE} (id, reference, slug, {kept}) SELECT 999999999, 'SCSB R9/26', 'x', {kept} FROM {LIVE}")
    assert_named("recommendation 999999999 is in", "without any history")


def test_a_history_is_emptied(rows, tamper, found):
    tamper(f"DELETE FROM {HISTORY}" if connection.vendor == "sqlite" else f"TRUNCATE {HISTORY}")
    assert all(any(f"row {row}" in told and "removed" in told for told in found()) for row in rows)


def test_a_change_of_rights_that_never_was(recommendation, tamper, assert_named):
    event = AccountEvent.objects.of_rights().earliest("id")
    tamper(f"DELETE FROM recommendations_accountevent WHERE id = {event.pk}")
    assert_named("recommendations_accountevent", f"row {event.pk}", "removed")


def test_a_file_that_was_exchanged(clerk, assert_named):
    response = factories.make_response()
    response.answer_with(Response.Answer.ACCEPTED, by=clerk, file=ContentFile(b"Yes.", "answer.txt"))
    seal_history()
    with response.file.storage.open(response.file.name, "wb") as file:
        file.write(b"No.")
    row = response.history.latest()
    assert_named("recommendations_historicalresponse", f"row {row.history_id}", "its file has other bytes")
    response.file.storage.delete(response.file.name)
    assert_named(f"row {row.history_id}", "or is gone")


def test_a_role_that_nobody_gave(recommendation, member, tamper, assert_named):
    clerks = Group.objects.get(name="Clerks")
    tamper(f"INSERT INTO recommendations_user_groups (user_id, group_id) VALUES ({member.pk}, {clerks.pk})")
    assert_named(f"recommendations_user, row {member.pk}", "Clerks, Members, not Members")


def test_a_first_role_that_nobody_gave(recommendation, tamper, assert_named):
    newcomer = factories.make_person("Lena Cross")
    clerks = Group.objects.get(name="Clerks")
    tamper(f"INSERT INTO recommendations_user_groups (user_id, group_id) VALUES ({newcomer.pk}, {clerks.pk})")
    assert_named(f"recommendations_user, row {newcomer.pk}", "Clerks, not none")


def test_a_change_of_rights_that_was_dated_back(recommendation, member, tamper, assert_named):
    table, columns = "recommendations_accountevent", "person_id, kind, address, words, roles_before, roles_after"
    tamper(
        f"INSERT INTO {table} (at, {columns}) SELECT '2001-01-01 00:00:00', {columns} FROM {table} "
        f"WHERE person_id = {member.pk}"
    )
    assert_named(table, "dated before the change of rights that it follows")


def test_a_trigger_that_was_taken_away(recommendation, found):
    on_table = "" if connection.vendor == "sqlite" else f" ON {HISTORY}"
    with connection.cursor() as cursor:
        if on_table:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TRIGGER {HISTORY}_append_only_delete{on_table}")
    assert found() == [f"{HISTORY}: is not guarded: the triggers against delete are gone or switched off"]


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="needs PostgreSQL (make test-postgres)")
def test_a_trigger_that_was_switched_off(recommendation, assert_named):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {HISTORY} DISABLE TRIGGER ALL")
    assert_named(HISTORY, "against update, delete, truncate are gone or switched off")


# The seals themselves


def test_a_seal_that_was_altered(recommendation, tamper, assert_named):
    tamper(f"UPDATE recommendations_seal SET digest = '{'f' * 64}' WHERE number = 1")
    assert_named("recommendations_seal, row 1", "altered")


def test_the_digest_of_a_row_that_was_altered_in_its_seal(rows, tamper, assert_named):
    tamper("UPDATE recommendations_sealedpart SET leaves = substr(leaves, 41) WHERE rows > 1")
    assert_named("recommendations_sealedpart", "does not fit itself")


def test_a_seal_that_was_taken_out(recommendation, tamper, assert_named):
    tamper(*(f"DELETE FROM recommendations_{table} = 1" for table in ("sealedpart WHERE seal_id", "seal WHERE number")))
    assert_named("recommendations_seal, row 1", "missing")


@pytest.fixture
def kept(recommendation):
    """A copy of the seals, kept elsewhere."""
    return [f"{seal.number} {seal.digest}" for seal in Seal.objects.all()]


def test_the_last_seal_that_was_cut_off(kept, tamper, found):
    """Nothing within the database could tell: its rows would only be not sealed yet."""
    tamper(*(f"DELETE FROM recommendations_{table} = 2" for table in ("sealedpart WHERE seal_id", "seal WHERE number")))
    assert found() == []
    assert found(kept) == [f"recommendations_seal: the copy kept elsewhere says “{kept[0]}”, and no seal here does"]


def test_seals_that_were_made_anew_after_a_change(kept, rows, tamper, found):
    """Whoever alters a row and makes all seals again leaves a chain that is whole, and another one."""
    tamper(
        f"UPDATE {HISTORY} SET title = 'Nothing'", f"UPDATE {LIVE} SET title = 'Nothing'",
        "DELETE FROM recommendations_sealedpart", "DELETE FROM recommendations_seal",
    )  # fmt: skip
    seal_history()
    assert found() == []
    assert len(found(kept)) == 2


def test_a_part_whose_seal_was_reckoned_again(recommendation, tamper, assert_named):
    """Also where the one who did it knows how a seal is made: the next one names the old digest."""
    seal = Seal.objects.get(number=1)
    seal.rows += 1
    digest = seal_digest(seal, list(seal.parts.order_by("id")))
    tamper(f"UPDATE recommendations_seal SET rows = rows + 1, digest = '{digest}' WHERE number = 1")
    assert_named("recommendations_seal, row 2", "names another seal before it")
