"""How things stood at the end of a past day, read from the history."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations import clock
from recommendations.models import (
    Answer,
    FollowUpReport,
    Progress,
    Recommendation,
    Response,
    Snapshot,
    Timeliness,
    User,
)
from recommendations.trends import Trends
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db


def day(month, number):
    return datetime.date(2026, month, number)


@pytest.fixture
def lived(board, clerk, owner, local, today):
    """One recommendation that lived through a year; each line is a day on which something happened."""
    with clock.set_to_day(day(1, 14)):
        recommendation = factories.make_recommendation(factories.make_item(factories.make_meeting(board, day(1, 14))))
        report = factories.make_report(recommendation, due_on=day(3, 31))
        response = factories.make_response(recommendation, regime=local, notified_on=day(1, 15))
    with clock.set_to_day(day(2, 2)):
        recommendation.assign(owner, by=clerk)
    with clock.set_to_day(day(3, 20)):
        response.answer_with(Answer.ACCEPTED, by=clerk)
    with clock.set_to_day(day(4, 20)):
        report.submit("The guidance was reviewed.", by=owner)
    with clock.set_to_day(day(5, 5)):
        recommendation.change_progress(Progress.REPORTED_COMPLETE, by=owner)
    with clock.set_to_day(day(6, 3)):
        recommendation.close(Progress.IMPLEMENTED, at=factories.make_meeting(board, day(6, 3)), by=clerk)
    return recommendation


def on_the_day(model, of):
    """What `model` looked like at the end of the day `of`, or None before it was made."""
    return model.as_of(of).first()


@pytest.mark.parametrize(
    ("of", "progress"),
    [
        (day(1, 14), Progress.NOT_STARTED),
        (day(5, 4), Progress.NOT_STARTED),
        (day(5, 5), Progress.REPORTED_COMPLETE),
        (day(6, 2), Progress.REPORTED_COMPLETE),
        (day(6, 3), Progress.IMPLEMENTED),
        (day(11, 18), Progress.IMPLEMENTED),
    ],
)
def test_progress_is_what_it_was(of, progress, lived):
    assert on_the_day(Recommendation, of).progress == progress


def test_nothing_stood_before_the_meeting(lived):
    assert on_the_day(Recommendation, day(1, 13)) is None


@pytest.mark.parametrize("model", [Recommendation, FollowUpReport, Response])
def test_each_record_stands_once_however_often_it_changed(model, lived):
    assert model.as_of(day(7, 1)).count() == 1


@pytest.mark.parametrize(
    ("of", "is_overdue"), [(day(3, 31), False), (day(4, 1), True), (day(4, 19), True), (day(4, 20), False)]
)
def test_the_report_was_overdue_until_it_came(of, is_overdue, lived):
    assert FollowUpReport.as_of(of).overdue(of).exists() is is_overdue


@pytest.mark.parametrize(
    ("of", "is_overdue"), [(day(3, 12), False), (day(3, 13), True), (day(3, 19), True), (day(3, 20), False)]
)
def test_the_answer_was_overdue_until_it_came(of, is_overdue, lived):
    assert Response.as_of(of).overdue(of).exists() is is_overdue


@pytest.mark.parametrize(("of", "waits"), [(day(2, 1), True), (day(2, 2), False)])
def test_there_was_no_owner_until_there_was_one(of, waits, lived):
    assert Recommendation.as_of(of).without_owner().exists() is waits


@pytest.mark.parametrize(
    ("of", "has_none"), [(day(4, 9), True), (day(4, 10), False), (day(5, 1), False), (day(5, 2), True)]
)
def test_there_was_no_date_but_while_a_report_was_to_come(of, has_none, clerk, today):
    with clock.set_to_day(day(4, 1)):
        report = factories.make_report()
    with clock.set_to_day(day(4, 10)):
        report.set_due_date(day(5, 31), by=clerk)
    with clock.set_to_day(day(5, 2)):
        report.waive(by=clerk, reason=REASON)
    assert Recommendation.as_of(of).without_date(of).exists() is has_none


@pytest.mark.parametrize(
    ("of", "word"),
    [
        (day(1, 14), Timeliness.NOT_YET_DUE),
        (day(2, 12), Timeliness.DUE_SOON),
        (day(3, 13), Timeliness.RESPONSE_OVERDUE),
        (day(3, 20), Timeliness.DUE_SOON),
        (day(4, 1), Timeliness.FOLLOW_UP_OVERDUE),
        (day(4, 20), Timeliness.WITH_BOARD),
        (day(6, 3), Timeliness.CLOSED),
    ],
)
def test_timeliness_is_what_it_was(of, word, lived):
    assert Recommendation.as_of(of).with_timeliness(of).values_list("timeliness", flat=True).get() == word


@pytest.mark.parametrize(
    ("of", "has_not"), [(day(1, 19), False), (day(1, 20), True), (day(1, 31), True), (day(2, 1), False)]
)
def test_the_clock_had_not_started_until_the_notice(of, has_not, clerk, local, today):
    with clock.set_to_day(day(1, 20)):
        response = factories.make_response(regime=local)
    with clock.set_to_day(day(2, 1)):
        response.start_clock(notified_on=day(2, 1), by=clerk)
    assert Response.as_of(of).clock_not_started().exists() is has_not


def test_a_date_that_moved_later_was_still_the_old_one(clerk, today):
    with clock.set_to_day(day(1, 14)):
        recommendation = factories.make_recommendation(due_on=day(3, 31))
    with clock.set_to_day(day(4, 15)):
        recommendation.set_due_date(day(9, 30), by=clerk, reason=REASON)
    assert Recommendation.as_of(day(4, 14)).overdue(day(4, 14)).exists()
    assert not Recommendation.as_of(day(4, 15)).overdue(day(4, 15)).exists()


def test_a_day_ends_at_midnight_in_london(clerk, today):
    """In summer that is eleven at night in Greenwich."""
    for hour, owned in ((23, True), (0, False)):
        recommendation = factories.make_recommendation(due_on=None)
        with clock.set_to_day(day(7, 1) if owned else day(7, 2), hour=hour):
            recommendation.retitle("Changed", by=clerk)
    titles = Recommendation.as_of(day(7, 1)).values_list("title", flat=True)
    assert list(titles) == ["Changed"]


@pytest.mark.parametrize("days_ahead", [0, 5])
def test_from_today_on_the_live_rows_are_asked(days_ahead, lived, today):
    assert Recommendation.as_of(today + datetime.timedelta(days=days_ahead)).model is Recommendation


# Snapshots: the same with who may read it


def test_a_snapshot_of_today_is_the_live_rows(clerk, lived, today):
    assert not Snapshot(clerk, today).is_past
    assert list(Snapshot(clerk, today).recommendations()) == [lived]


def test_a_snapshot_of_a_past_day_is_from_the_history(clerk, lived):
    row = Snapshot(clerk, day(5, 5)).recommendations().get()
    assert (row.pk, row.progress) == (lived.pk, Progress.REPORTED_COMPLETE)


@pytest.mark.parametrize("of", [day(4, 1), day(11, 18)], ids=["past", "today"])
@pytest.mark.parametrize("what", ["recommendations", "follow_ups", "responses"])
def test_a_snapshot_hides_what_one_may_not_read(what, of, lived, member, other_member, clerk):
    lived.exempt_paragraph = 3
    lived.record(by=clerk, reason="It names a family.")
    seen = [getattr(Snapshot(user, of), what)().exists() for user in (clerk, member, other_member)]
    assert seen == [True, True, False]


def test_a_snapshot_is_narrowed_to_some_recommendations(clerk, lived, today):
    factories.make_report(due_on=today)
    snapshot = Snapshot(clerk, today)
    among = snapshot.recommendations().filter(pk=lived.pk)
    assert [report.recommendation for report in snapshot.follow_ups(among)] == [lived]


@pytest.mark.parametrize(
    ("of", "standing"),
    [
        (day(4, 1), {("follow_up_overdue", "not_started"): 1}),
        (day(11, 18), {("no_date", "not_started"): 2}),
    ],
)
def test_what_is_open_is_counted_by_timeliness_and_progress(of, standing, clerk, lived):
    for _ in range(2):
        factories.make_recommendation()
    assert Trends(Snapshot(clerk, of), has_months=False).standing == standing


@pytest.mark.parametrize(("of", "word"), [(day(4, 1), Timeliness.FOLLOW_UP_OVERDUE), (day(11, 18), Timeliness.CLOSED)])
def test_a_completed_row_says_how_late_it_is(of, word, clerk, lived):
    snapshot = Snapshot(clerk, of)
    assert [row.timeliness for row in snapshot.complete(snapshot.recommendations())] == [word]


@pytest.mark.parametrize("of", [day(4, 1), day(11, 18)], ids=["past", "today"])
def test_a_completed_report_knows_its_recommendation(of, clerk, lived):
    snapshot = Snapshot(clerk, of)
    report = snapshot.complete_with_recommendations(snapshot.follow_ups())[0]
    expected = snapshot.recommendations().get()
    assert (report.recommendation.progress, report.recommendation.owner) == (expected.progress, expected.owner)


def test_last_heard_is_as_of_the_day(clerk, owner, today):
    with clock.set_to_day(day(1, 14)):
        recommendation = factories.make_recommendation(owner=owner)
        factories.make_report(recommendation)
    for said_on in (day(2, 2), day(3, 3)):
        with clock.set_to_day(said_on):
            recommendation.say("All is well.", by=owner)
    heard = [Snapshot(clerk, of) for of in (day(2, 1), day(2, 28), today)]
    rows = [each.complete_with_recommendations(each.follow_ups())[0].last_heard_on for each in heard]
    assert rows == [None, day(2, 2), day(3, 3)]


@pytest.mark.parametrize("days_ago", [1, 0], ids=["past", "today"])
def test_many_rows_take_as_many_queries_as_one(days_ago, board, clerk, owner, today):
    def queries(reports):
        """As many as it takes to complete a list of all the reports, once there are so many."""
        while FollowUpReport.objects.count() < reports:
            with clock.set_to_day(factories.ago(30)):
                factories.make_report(factories.make_recommendation(owner=owner))
        snapshot = Snapshot(User.objects.get(pk=clerk.pk), factories.ago(days_ago))
        with CaptureQueriesContext(connection) as captured:
            rows = snapshot.complete_with_recommendations(snapshot.follow_ups())
            shown = [(row.recommendation.item.meeting.board, row.recommendation.owner) for row in rows]
            assert shown == [(board, owner)] * reports
        return len(captured)

    assert queries(1) == queries(6)
