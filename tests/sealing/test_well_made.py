"""What somebody who knows the program could add in good form: rows that follow the triggers, and not what happened."""

import datetime

import pytest
from django.db import connection

from recommendations import clock
from recommendations.models import (
    AccountEvent,
    Answer,
    FollowUpReport,
    Meeting,
    ProgressUpdate,
    Response,
    Verdict,
)
from recommendations.old_trackers.bring import bring_in
from recommendations.sealing.make import seal_history
from tests import factories

pytestmark = pytest.mark.django_db
Kind = AccountEvent.Kind


@pytest.fixture
def report(clerk, owner):
    """Due ten days ago, handed in today, and received: late for ever."""
    recommendation = factories.make_recommendation(owner=owner, due_on=factories.ago(-20))
    report = factories.make_report(recommendation, due_on=factories.ago(10))
    report.submit("It is done.", by=owner)
    meeting = factories.make_meeting(recommendation.board, held_on=clock.today())
    report.receive(Verdict.ACCEPTED, at=meeting, by=clerk)
    return report


@pytest.fixture
def answer(clerk):
    response = factories.make_response()
    response.answer_with(Answer.ACCEPTED, by=clerk)
    return response


@pytest.fixture
def rewrite(clerk):
    """Changes a record as the site's own role could: its next version, with a history row that has a reason and a clerk."""

    def run(record, **values):
        record.refresh_from_db()
        vars(record).update(values, version=record.version + 1)
        record.record(by=clerk, reason="Put right.")

    return run


def test_what_was_done_in_order_is_found_lawful(report, answer, found):
    assert found() == []


REPORTS = [
    ({"text": "It was never asked."}, "says otherwise of a report that was handed in already"),
    ({"due_on": factories.ago(0), "times_moved": 1}, "moves the due date of what was done"),
    ({"original_due_on": factories.ago(0)}, "changes how often its due date has moved, or the first one"),
    ({"received_minute": "17/26"}, "was received on another day, or at another meeting, than it said"),
    ({"submitted_on": factories.ago(11)}, "takes back that it was handed in"),
    ({"number": 7}, "says otherwise than its record began what nobody can change: number"),
]


@pytest.mark.parametrize(("values", "what"), REPORTS, ids=[next(iter(values)) for values, _ in REPORTS])
def test_a_report_that_was_late(report, rewrite, values, what, assert_named):
    rewrite(FollowUpReport.objects.get(pk=report.pk), **values)
    assert_named("recommendations_historicalfollowupreport", what)


def test_a_report_that_says_it_came_earlier(owner, report, tamper, assert_named):
    """In its own row already, before any seal."""
    earlier, key = factories.ago(11), report.history.filter(received_on=None).latest("history_id").history_id
    for table, where in (("historicalfollowupreport", f"history_id >= {key}"), ("followupreport", f"id = {report.pk}")):
        tamper(f"UPDATE recommendations_{table} SET submitted_on = '{earlier}' WHERE {where}")
    assert_named(f"row {key}", "in submitted_on, and was written on another day")


def test_a_recommendation_whose_slips_are_wiped_out(report, rewrite, assert_named):
    rewrite(report.recommendation, due_on=factories.ago(-30), times_moved=1)
    rewrite(report.recommendation, times_moved=0, original_due_on=factories.ago(-30))
    assert_named("changes how often its due date has moved")


def test_an_owner_who_never_was_one(report, clerk, assert_named):
    report.recommendation.refresh_from_db()
    report.recommendation.owner, report.recommendation.version = None, report.recommendation.version + 1
    report.recommendation.record(by=clerk)
    assert_named(report.recommendation.reference, "has no owner any more, without a reason")


def test_a_recommendation_that_was_closed_at_another_meeting(report, clerk, rewrite, assert_named):
    recommendation, meeting = report.recommendation, report.received_at
    recommendation.close("closed_implemented", at=meeting, by=clerk)
    rewrite(recommendation, closed_on=factories.ago(3))
    assert_named(recommendation.reference, "was closed on another day, or at another meeting, than it said")
    assert_named(recommendation.reference, "in closed_on, when that meeting was not held")


def test_a_meeting_that_was_moved_after_it_decided(report, rewrite, assert_named):
    rewrite(Meeting.objects.get(pk=report.received_at_id), held_on=factories.ago(40))
    assert_named(f"recommendations_followupreport, row {report.pk}", "has another day by now")


def test_a_meeting_that_was_moved_without_a_reason(clerk, assert_named):
    meeting = factories.make_meeting()
    meeting.place, meeting.version = "Elsewhere", 2
    meeting.record(by=clerk)
    assert_named("recommendations_historicalmeeting", "has another day or place, without a reason")


def test_an_answer_that_came_earlier(answer, rewrite, assert_named):
    rewrite(Response.objects.get(pk=answer.pk), answered_on=factories.ago(30))
    assert_named("recommendations_historicalresponse", "says otherwise of an answer that was given already")


def test_an_answer_from_days_to_come(answer, tamper, assert_named):
    for table in ("response", "historicalresponse"):
        tamper(f"UPDATE recommendations_{table} SET answered_on = '2090-01-01' WHERE answered_on IS NOT NULL")
    assert_named("was answered on a day that was still to come")


def test_a_clock_that_was_put_off(clerk, assert_named):
    response = factories.make_response(notified_on=factories.ago(80))
    response.due_on, response.version = factories.ago(-80), response.version + 1
    response.record(by=clerk)
    assert_named("changes a clock that was running, without a reason")


def test_an_answer_through_a_link_on_another_day(clerk, tamper, assert_named):
    police = factories.make_organisation("Example Police")
    response, (link, _) = factories.make_response(organisation=police), factories.make_link(police, by=clerk)
    response.answer_with(Answer.ACCEPTED, by=None, through=link)
    for table in ("response", "historicalresponse"):
        tamper(f"UPDATE recommendations_{table} SET answered_on = '{factories.ago(9)}' WHERE answered_on IS NOT NULL")
    assert_named("came through a link on another day than it says")


def test_an_exempt_item_that_was_opened(clerk, rewrite, assert_named):
    item = factories.make_item(exempt_paragraph=3)
    rewrite(item, exempt_paragraph=None)
    assert_named("recommendations_historicalagendaitem", "what nobody can change: exempt_paragraph")


def test_words_that_were_put_into_somebodys_mouth(report, owner, other_officer, tamper, assert_named):
    update = report.recommendation.say("All is well.", by=owner)
    ProgressUpdate(
        recommendation=report.recommendation, text="I am lost.", said_by=other_officer, said_on=clock.today()
    ).record(by=other_officer)
    assert_named("recommendations_historicalprogressupdate", "without the right to it")
    tamper(
        f"UPDATE recommendations_historicalprogressupdate SET said_by_id = {other_officer.pk} WHERE id = {update.pk}"
    )
    assert_named("names another person than who said it")


TOLD = b"""Reference,Date of meeting,Topic,Recommendation,Lead officer,Due date,Status,Action taken,Last update on
OSC001/16,12/03/2016,Parking,That signs be renewed.,Olu Shah,March 2017,Green,Half are new.,01/02/2017
OSC002/16,12/03/2016,Parking,That officers report back on it.,,March 2017,Complete,All are new.,01/03/2017
"""


def test_an_old_tracker_tells_of_earlier_days(clerk, owner, found):
    tracker = factories.make_tracker(TOLD, by=clerk)
    bring_in(tracker, by=clerk)
    assert ProgressUpdate.objects.filter(said_on__year=2017).exists()
    assert found() == []


# What is not there any more, sealed or not


def test_a_report_that_vanished_with_its_whole_history(report, clerk, tamper, assert_named):
    factories.make_report(report.recommendation)
    for table in ("historicalfollowupreport", "followupreport"):
        tamper(f"DELETE FROM recommendations_{table} WHERE id = {report.pk}")
    assert_named("of 2 follow-up reports", "1 are there")


def test_a_recommendation_that_vanished_with_its_whole_history(board, tamper, assert_named):
    gone, _ = (factories.make_recommendation(factories.make_item(factories.make_meeting(board))) for _ in range(2))
    for table in ("historicalrecommendation", "recommendation"):
        tamper(f"DELETE FROM recommendations_{table} WHERE id = {gone.pk}")
    assert_named("2 references were given, and 1 recommendations are there")


# The clock, and the seals' own


def test_a_clock_that_was_put_back_for_an_hour(clerk, assert_named):
    recommendation = factories.make_recommendation()
    recommendation.say("It is late.", by=clerk)
    seal_history()
    recommendation.say("It is on time.", by=clerk)
    with clock.set_to(clock.now() - datetime.timedelta(hours=10)):
        update = recommendation.say("It was on time.", by=clerk)
    assert_named(f"row {update.history.get().history_id}", "was there first: one of them, or the clock, was put back")


def test_a_seal_that_was_dated_back(clerk, assert_named):
    factories.make_recommendation()
    seal_history()
    factories.make_recommendation()
    with clock.set_to_day(factories.ago(30)):
        seal_history()
    assert_named("recommendations_seal, row 2", "is dated before the seal that it follows")


# Rights


def event(person, before, after, *, by=None, kind=Kind.RIGHTS_CHANGED):
    return AccountEvent.note(kind, person=person, by=by, before=before, after=after)


def test_rights_that_somebody_is_said_to_have_had(member, assert_named):
    """It would have entitled them to all that they ever did."""
    newcomer = factories.make_person("Lena Cross")
    event(newcomer, ["Clerks"], [])
    assert_named("begins with the roles Clerks, and on record were none")


def test_rights_that_are_said_to_have_been_found(member, assert_named):
    """What they did before would have become "not known"."""
    event(member, None, ["Members"], kind=Kind.RIGHTS_FOUND)
    assert_named("says what was found when this record began, and was written later")


@pytest.mark.parametrize(("giver", "role"), [("member", "Officers"), ("clerk", "Clerks")])
def test_rights_by_somebody_who_had_none_to_give(request, giver, role, assert_named):
    newcomer = factories.make_person("Lena Cross")
    event(newcomer, [], [role], by=request.getfixturevalue(giver))
    assert_named("is by a person who could not give or take these roles")


def test_rights_from_those_who_give_them_are_lawful(administrator, clerk, found):
    newcomer, superuser = factories.make_person("Lena Cross"), factories.make_person("Tom Hale")
    superuser.is_superuser = True
    superuser.record(by=None, reason="By a command.")
    event(newcomer, [], ["Officers"], by=clerk)
    event(newcomer, ["Officers"], ["Clerks"], by=administrator)
    event(newcomer, ["Clerks"], [], by=superuser)
    assert found() == []


def test_a_council_account_tells_its_own_roles(found):
    newcomer = factories.make_person("Lena Cross")
    AccountEvent.note(Kind.PROVIDER_LINKED, person=newcomer, by=newcomer)
    event(newcomer, [], ["Officers"], by=newcomer)
    event(newcomer, ["Officers"], [], by=newcomer)
    assert found() == []


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite cannot drop a constraint without the table")
def test_a_constraint_that_was_dropped(report, assert_named):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE recommendations_recommendation DROP CONSTRAINT closing_day_and_meeting_are_set_together"
        )
    assert_named("the constraint closing_day_and_meeting_are_set_together is gone")


def test_cells_of_an_old_tracker_that_were_exchanged(tamper, assert_named):
    tracker = factories.make_tracker()
    seal_history()
    tamper("UPDATE recommendations_oldtracker SET tables = '[]'")
    assert_named(f"recommendations_oldtracker, row {tracker.pk}", "another tables since seal 1")
