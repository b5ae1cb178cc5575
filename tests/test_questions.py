"""Questions and changes that are written once: they find, add and change what the ORM's own would."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from recommendations import questions
from recommendations.models import Board, Meeting, MinutesDraft, Recommendation, User
from recommendations.prepared import Often
from recommendations.questions import Given, Question, by_key, by_keys
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_row_is_found_by_its_key_as_it_is_stored(owner):
    owner.last_login = timezone.now()
    owner.save(update_fields=["last_login"])
    found = by_key(User, owner.pk)
    assert vars(found).keys() == vars(User.objects.get(pk=owner.pk)).keys()
    assert (found, found.last_login, found.is_active, found._state.db) == (owner, owner.last_login, True, "default")


def test_nothing_is_found_by_a_key_that_nobody_has():
    assert by_key(User, 0) is None


def test_a_question_is_asked_of_one_value_and_then_of_another():
    boards = [factories.make_board("SCSB"), factories.make_board("CSSB", "Culture and Sport Board")]
    question = Question(Board.objects.filter(code=Given()))
    assert [question.ask(code) for code in ("SCSB", "CSSB", "LHSB")] == [[boards[0]], [boards[1]], []]


def test_several_rows_are_found_by_their_keys():
    first, second = factories.make_board("SCSB"), factories.make_board("CSSB", "Culture and Sport Board")
    assert by_keys(Board, [second.pk, 0, first.pk]) == {first.pk: first, second.pk: second}


def test_what_is_joined_comes_with_the_row(owner, django_assert_num_queries):
    asked = factories.make_recommendation(owner=owner, due_on=factories.ago(3))
    question = Question(Recommendation.objects.select_related("item", "closed_at").filter(slug=Given()).order_by())
    with django_assert_num_queries(1):
        [found] = question.ask(asked.slug)
        assert (found.item.title, found.closed_at, found.due_on) == (asked.item.title, None, factories.ago(3))


def test_values_that_a_database_keeps_otherwise_come_back_as_they_were(clerk):
    draft = factories.make_draft(by=clerk)
    assert by_key(MinutesDraft, draft.pk).found == MinutesDraft.objects.get(pk=draft.pk).found != ""


def test_one_verb_after_another_has_nothing_written_anew(clerk, owner):
    """Whichever record it is, and whatever changed: the same words with other values."""
    first, second = factories.make_recommendation(owner=owner), factories.make_recommendation(owner=owner)
    first.change_progress("in_progress", by=clerk)
    written = [each.cache_info().misses for each in (questions.insertion_of, questions.text_of_update)]
    second.change_progress("reported_complete", by=owner)
    assert [each.cache_info().misses for each in (questions.insertion_of, questions.text_of_update)] == written


def test_a_row_is_added_with_what_the_orm_would_write_of_it():
    """Also what does not fit its column yet: a number or a day as text, words that are still to be translated."""
    board = factories.make_board()
    row = Meeting(board_id=str(board.pk), held_on="2026-03-05", place=gettext_lazy("Board"))
    fields = [field for field in Meeting._meta.local_concrete_fields if not field.primary_key]
    insertion = questions.insertion_of(Meeting, questions.names_of(fields), ())
    assert insertion.values(row, False, connection) == [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields
    ]


def test_what_is_changed_says_whether_there_was_such_a_row():
    board, name = factories.make_board(), Board._meta.get_field("name")
    assert questions.update(Board, board.pk, [(name, "Care Board")])
    assert not questions.update(Board, 0, [(name, "Nobody’s Board")])
    assert list(Board.objects.values_list("name", flat=True)) == ["Care Board"]


def test_whoever_leaves_the_board_finds_no_form_of_what_is_exempt(sign_in, clerk, board, other_officer):
    recommendation = factories.make_recommendation(
        factories.make_item(factories.make_meeting(board)), exempt_paragraph=3
    )
    membership = factories.make_membership(other_officer, board)
    form, found = reverse("recommendation-update", args=[recommendation.slug]), []
    found.append(sign_in(other_officer).get(form).status_code)
    membership.end(until=factories.ago(1), by=clerk)
    found.append(sign_in(other_officer).get(form).status_code)
    # It is somebody else's to update; then, it is nothing at all.
    assert found == [403, 404]


# On PostgreSQL

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL (make test-postgres)")


def prepared():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall()]


def ask(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def test_places_are_numbered_as_postgresql_has_them():
    often = Often("SELECT %s + %s")
    assert (often.numbered, often.places) == ("SELECT $1 + $2", " (%s, %s)")
    assert (Often("SELECT 1").numbered, Often("SELECT 1").places) == ("SELECT 1", "")


@on_postgresql
def test_what_is_asked_often_is_prepared_once_and_looks_like_any_other():
    often, before = Often("SELECT code FROM recommendations_board WHERE name = %s AND id > %s"), len(prepared())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ask(often, "Nobody’s Board", 1)
        ask(often, "O'Neill %s", 2)
    assert len(prepared()) == before + 1
    assert [each["sql"] for each in asked] == [
        "SELECT code FROM recommendations_board WHERE name = 'Nobody’s Board' AND id > 1",
        "SELECT code FROM recommendations_board WHERE name = 'O''Neill %s' AND id > 2",
    ]


@on_postgresql
def test_what_has_no_values_is_prepared_too():
    often, before = Often("SELECT 'nothing is given'"), len(prepared())
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(often)
            assert cursor.fetchall() == [("nothing is given",)]
    assert len(prepared()) == before + 1


@on_postgresql
def test_what_was_prepared_in_a_change_that_is_taken_back_stays():
    often = Often("SELECT name FROM recommendations_board WHERE code = %s AND version > 0")
    with transaction.atomic():
        ask(often, "SCSB")
        transaction.set_rollback(True)
    assert ask(often, "SCSB") == []


@on_postgresql
def test_days_numbers_and_nothing_are_given_as_they_are():
    often = Often("SELECT %s::date + %s::int, %s::text")
    assert ask(often, datetime.date(2026, 3, 1), 2, None) == [(datetime.date(2026, 3, 3), None)]
