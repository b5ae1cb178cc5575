"""Versions, history and locks: what every tracked record shares."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from recommendations import clock
from recommendations.models import (
    Answer,
    FollowUpReport,
    Progress,
    ProgressUpdate,
    Recommendation,
    Refused,
    Stale,
    Verdict,
)
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "The Board asked for it."


@pytest.fixture
def recommendation(owner, today):
    return factories.make_recommendation(owner=owner, due_on=today)


# Who and why: each verb leaves one row on each record that it changes


def dated(owner):
    return factories.make_recommendation(owner=owner, due_on=factories.ago(0))


def closed(owner):
    return factories.make_recommendation(owner=owner, progress=Progress.SUPERSEDED)


def submitted(owner):
    return factories.make_report(dated(owner), submitted_by=owner)


def asked(owner):
    return dated(owner).ask_for_later_date(later(), by=owner, reason="Half the schools have not answered.")


def awaited(owner):
    return factories.make_report(dated(owner))


def unanswered(owner):
    return factories.make_response(dated(owner))


def later():
    return factories.ago(-7)


def held():
    return factories.make_meeting(held_on=factories.ago(0))


# verb: how the record is made for it, and the verb as `(record, by, reason)`
VERBS = {
    "change_progress": (dated, lambda it, **who: it.change_progress(Progress.PAUSED, **who)),
    "close": (dated, lambda it, **who: it.close(Progress.SUPERSEDED, at=held(), **who)),
    "reopen": (closed, lambda it, **who: it.reopen(**who)),
    "assign": (dated, lambda it, **who: it.assign(None, **who)),
    "correct_words": (dated, lambda it, **who: it.correct_words("That officers revise it.", **who)),
    "set_due_date": (dated, lambda it, **who: it.set_due_date(later(), **who)),
    "grant": (asked, lambda it, **who: it.grant(**who)),
    "refuse": (asked, lambda it, **who: it.refuse(**who)),
    "receive": (submitted, lambda it, **who: it.receive(Verdict.NOT_SATISFIED, at=held(), **who)),
    "waive": (awaited, lambda it, **who: it.waive(**who)),
    "start_clock": (unanswered, lambda it, **who: it.start_clock(notified_on=factories.ago(0), **who)),
    "mark_exempt": (dated, lambda it, **who: it.mark_exempt(3, **who)),
    "correct a meeting": (
        lambda owner: factories.make_meeting(),
        lambda it, **who: it.correct(held_on=it.held_on, place="Town Hall", **who),
    ),
    "discard": (lambda owner: factories.make_draft(), lambda it, **who: it.discard(**who)),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_leaves_one_row_with_who_and_why(verb, owner, clerk, today):
    make, act = VERBS[verb]
    record = make(owner)
    before = set(record.history.values_list("history_id", flat=True))
    act(record, by=clerk, reason=WHY)
    added = [row for row in record.history.all() if row.history_id not in before]
    assert [(row.history_user, row.history_change_reason) for row in added] == [(clerk, WHY)]


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_raises_the_version_by_one(verb, owner, clerk, today):
    make, act = VERBS[verb]
    record = make(owner)
    before = record.version
    act(record, by=clerk, reason=WHY)
    assert type(record).objects.get(pk=record.pk).version == before + 1


@pytest.mark.parametrize("verb", VERBS)
def test_who_and_why_do_not_stamp_the_next_save(verb, owner, clerk, today):
    make, act = VERBS[verb]
    record = make(owner)
    act(record, by=clerk, reason=WHY)
    record.save()
    row = record.history.latest()
    assert (row.history_user, row.history_change_reason) == (None, None)


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_by_a_stale_form_is_refused(verb, owner, clerk, today):
    make, act = VERBS[verb]
    record = make(owner)
    with pytest.raises(Stale):
        act(record, by=clerk, reason=WHY, version=record.version - 1)


def test_verbs_that_give_no_reason_name_who(recommendation, clerk, owner):
    recommendation.retitle("Guidance", by=clerk)
    report = factories.make_report(recommendation).submit("Here it is.", by=owner)
    response = factories.make_response(recommendation).answer_with(Answer.ACCEPTED, by=clerk)
    rows = [record.history.latest() for record in (recommendation, report, response)]
    assert [(row.history_user, row.history_change_reason) for row in rows] == [
        (clerk, None),
        (owner, None),
        (clerk, None),
    ]


def test_what_is_said_is_one_row(recommendation, owner):
    update = recommendation.say("All is well.", by=owner)
    assert [(row.history_type, row.history_user) for row in update.history.all()] == [("+", owner)]


def test_who_and_why_do_not_stamp_the_next_save_after_a_failure(clerk):
    draft = factories.make_draft()
    twin = factories.make_draft()
    twin.digest = draft.digest
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.record(by=clerk, reason=WHY)
    assert not {"_history_user", "_change_reason", "_history_date"} & set(vars(twin))


def test_granting_stamps_the_request_and_the_date(recommendation, clerk, owner):
    asked = factories.make_asked_date(recommendation, by=owner)
    asked.grant(by=clerk, reason=WHY)
    rows = [asked.history.latest(), recommendation.history.latest()]
    assert [(row.history_user, row.history_change_reason) for row in rows] == [(clerk, WHY)] * 2


def test_closing_stamps_the_waived_report_with_the_same_person(recommendation, clerk):
    report = factories.make_report(recommendation)
    recommendation.close(Progress.IMPLEMENTED, at=held(), by=clerk)
    assert report.history.latest().history_user == clerk


def test_the_history_is_dated_by_the_clock(recommendation, clerk, today):
    recommendation.retitle("Guidance", by=clerk)
    assert recommendation.history.latest().history_date.date() == today


# The system


def test_records_that_are_made_together_have_each_their_own_row(recommendation, clerk, today):
    reasons = [f"Brought from row {number}" for number in (1, 2)]
    updates = [
        ProgressUpdate(recommendation=recommendation, text=reason, said_by=clerk, said_on=today) for reason in reasons
    ]
    ProgressUpdate.record_all(updates, by=clerk, reasons=reasons)
    rows = ProgressUpdate.history.order_by("id")
    told = [(row.history_user, row.history_change_reason, row.history_date.date()) for row in rows]
    assert told == [(clerk, reason, today) for reason in reasons]
    updates[0].save()
    assert ProgressUpdate.history.filter(id=updates[0].pk).first().history_change_reason is None


def test_the_system_must_say_why(recommendation):
    with pytest.raises(ValueError, match="needs a reason"):
        recommendation.change_progress(Progress.IN_PROGRESS, by=None)


def test_the_system_is_nobody_with_a_reason(recommendation):
    recommendation.change_progress(Progress.IN_PROGRESS, by=None, reason=WHY)
    row = recommendation.history.latest()
    assert (row.history_user, row.history_change_reason) == (None, WHY)


# Refusals leave nothing


def test_a_refusal_leaves_no_row(recommendation, clerk):
    before = recommendation.history.count()
    with pytest.raises(Refused):
        recommendation.correct_words(recommendation.text, by=clerk, reason=WHY)
    assert recommendation.history.count() == before


def test_a_refusal_leaves_the_record(recommendation, clerk):
    with pytest.raises(ValueError, match="needs a reason"):
        recommendation.change_progress(Progress.IN_PROGRESS, by=None)
    stored = Recommendation.objects.get()
    assert (stored.progress, stored.version) == (Progress.NOT_STARTED, 1)


# Stale forms


def test_a_form_opened_before_somebody_elses_change_is_told_so(recommendation, clerk):
    opened = recommendation.version
    recommendation.retitle("Guidance", by=clerk)
    with pytest.raises(Stale, match="Somebody else changed this"):
        Recommendation.objects.get().retitle("Rules", by=clerk, version=opened)


def test_a_stale_refusal_carries_what_is_stored_now(recommendation, clerk):
    Recommendation.objects.get().retitle("Guidance", by=clerk)
    with pytest.raises(Stale) as refusal:
        recommendation.retitle("Rules", by=clerk, version=1)
    assert (refusal.value.record.title, refusal.value.record.version, refusal.value.version) == ("Guidance", 2, 1)


def test_a_form_opened_after_the_last_change_is_saved(recommendation, clerk):
    recommendation.retitle("Guidance", by=clerk)
    recommendation.retitle("Rules", by=clerk, version=2)
    assert Recommendation.objects.get().title == "Rules"


def test_a_report_is_stale_by_its_own_version(recommendation, clerk, owner):
    report = factories.make_report(recommendation)
    recommendation.retitle("Guidance", by=clerk)
    assert report.submit("Here it is.", by=owner, version=1).version == 2


# Nothing is deleted


@pytest.mark.parametrize(
    "make",
    [
        factories.make_board,
        factories.make_meeting,
        factories.make_item,
        factories.make_recommendation,
        factories.make_report,
        factories.make_response,
        factories.make_update,
        factories.make_draft,
        factories.make_evidence,
    ],
    ids=lambda make: make.__name__,
)
def test_no_record_is_deleted(make):
    record = make()
    with pytest.raises(Refused, match="Records are never deleted"):
        record.delete()
    assert type(record).objects.filter(pk=record.pk).exists()


def test_the_verbs_of_a_report_begin_with_the_stored_row(recommendation, clerk, owner):
    """Opened in two windows; submitted in one, waived in the other."""
    first = factories.make_report(recommendation)
    second = FollowUpReport.objects.get()
    first.submit("Here it is.", by=owner)
    with pytest.raises(Refused, match="submitted or waived already"):
        second.waive(by=clerk, reason=WHY)


def test_the_clock_of_the_history_may_be_in_the_past(clerk, today):
    with clock.set_to_day(factories.ago(100)):
        recommendation = factories.make_recommendation()
    assert recommendation.history.get().history_date.date() == factories.ago(100)


# What is written


def written_by(act):
    """The statements by which `act` reads and writes recommendations, with their history."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return [one["sql"] for one in asked if "recommendation" in one["sql"]]


def test_a_change_writes_what_differs_and_no_more(recommendation, clerk):
    def pause():
        recommendation.change_progress(Progress.PAUSED, by=clerk, reason=WHY)

    [update] = [sql for sql in written_by(pause) if sql.startswith("UPDATE")]
    assert set(re.findall(r'"(\w+)" = ', update.partition(" WHERE ")[0])) == {"version", "progress"}


def test_what_is_changed_where_it_stands_is_written_too(clerk):
    draft = factories.make_draft()
    with draft.changing(by=clerk):
        draft.found["items"] = []
    draft.refresh_from_db()
    assert draft.found["items"] == []


def test_a_verb_within_another_reads_nothing_again(recommendation, clerk):
    def pause_and_say():
        with recommendation.locked():
            recommendation.change_progress(Progress.PAUSED, by=clerk, reason=WHY)
            recommendation.say("Paused until the spring.", by=clerk)

    read = [sql for sql in written_by(pause_and_say) if sql.startswith("SELECT") and '"title"' in sql]
    assert len(read) == 1


def test_a_verb_within_another_is_refused_what_came_too_late(recommendation, clerk):
    with pytest.raises(Stale), recommendation.locked():
        recommendation.change_progress(Progress.PAUSED, by=clerk, reason=WHY, version=recommendation.version + 1)


def test_a_lock_ends_with_its_block(recommendation, clerk):
    with pytest.raises(Refused), recommendation.locked():
        raise Refused(WHY)
    Recommendation.objects.get(pk=recommendation.pk).retitle("Another title", by=clerk)
    with recommendation.locked():
        assert recommendation.title == "Another title"


def test_a_lock_meets_the_row_as_it_is_stored_and_what_it_refers_to(recommendation, clerk, owner, other_officer):
    mine = type(recommendation).objects.select_related("owner").prefetch_related("follow_ups").get()
    recommendation.assign(other_officer, by=clerk)
    factories.make_report(recommendation)
    with mine.locked():
        columns = [field.attname for field in mine._meta.concrete_fields]
        assert [getattr(mine, name) for name in columns] == list(type(mine).objects.values_list(*columns).get())
        assert (mine.owner, len(mine.follow_ups.all())) == (other_officer, 1)


def test_what_is_not_there_cannot_be_locked(recommendation):
    recommendation.pk = 0
    with pytest.raises(recommendation.DoesNotExist), recommendation.locked():
        pass


def test_a_past_recommendation_is_entered_in_no_index_that_nobody_asks():
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, Recommendation.history.model._meta.db_table)
    indexed = {tuple(one["columns"]) for one in there.values() if one["index"]}
    assert indexed - {("history_id",)} == {
        (name,) for name in ("id", "item_id", "board_id", "owner_id", "history_date", "history_user_id")
    }
