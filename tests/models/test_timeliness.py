"""Is it late? The filters in SQL and the predicates in Python, on the same rows, around every edge."""

import datetime

import pytest

from recommendations import clock
from recommendations.models import Answer, FollowUpReport, Progress, Recommendation, Response, Timeliness, Verdict
from recommendations.models.progress import CLOSED
from recommendations.models.timeliness import next_date_of, slip_of, timeliness_of
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db
# In days from today; 28 days are "soon".
EDGES = (-29, -1, 0, 1, 28, 29, None)


def in_days(days):
    return None if days is None else factories.ago(-days)


def days_asked():
    """The days on which something changes, and those before and after."""
    return [in_days(days) for days in (-2, 0, 1, 2, 29, 30)]


# SQL and Python agree


@pytest.fixture
def recommendations(today):
    """One for every due date around the edges and every progress that matters."""
    owed = (Progress.NOT_STARTED, Progress.PAUSED, Progress.REPORTED_COMPLETE, Progress.SUPERSEDED)
    for days in EDGES:
        for progress in owed:
            factories.make_recommendation(due_on=in_days(days), progress=progress)
    return Recommendation.objects


@pytest.fixture
def reports(today, owner, clerk):
    """One for every due date around the edges: awaited, submitted and waived."""
    for days in EDGES:
        factories.make_report(due_on=in_days(days))
        factories.make_report(due_on=in_days(days), submitted_by=clerk)
        factories.make_report(due_on=in_days(days)).waive(by=clerk, reason=REASON)
    return FollowUpReport.objects


@pytest.fixture
def responses(today, local, no_regime):
    """One for every last day around the edges and every answer; some whose clock never started."""
    recommendation = factories.make_recommendation()

    def make(answer, regime, days=None):
        addressee = f"{answer} {regime} {days}"
        notified_on = None if days is None else in_days(days - 56)
        factories.make_response(recommendation, addressee, regime=regime, notified_on=notified_on, answer=answer)

    for answer in Answer:
        make(answer, no_regime)
        for days in EDGES:
            make(answer, local, days)
    return Response.objects


@pytest.fixture(params=["recommendations", "reports", "responses"])
def rows(request):
    return request.getfixturevalue(request.param)


def test_overdue_in_sql_is_overdue_in_python(rows):
    in_sql = {on: set(rows.overdue(on)) for on in days_asked()}
    assert in_sql == {on: {row for row in rows.all() if row.is_overdue(on)} for on in days_asked()}


def test_overdue_without_a_day_is_as_of_today(rows, today):
    assert set(rows.overdue()) == {row for row in rows.all() if row.is_overdue()} == set(rows.overdue(today))


def test_something_is_overdue_and_something_is_not(rows, today):
    assert 0 < rows.overdue().count() < rows.count()


def test_what_is_due_today_is_not_overdue_until_tomorrow(rows, today):
    due = rows.due_soon(today).filter(due_on=today)
    tomorrow = today + datetime.timedelta(days=1)
    assert due.exists()
    assert set(due) <= set(rows.overdue(tomorrow)) - set(rows.overdue(today))


def test_due_soon_is_today_and_the_28_days_after(rows, today):
    due = {(row.due_on - today).days for row in rows.due_soon()}
    assert due == {0, 1, 28}


def test_nothing_is_overdue_and_due_soon_at_once(rows):
    assert not [on for on in days_asked() if set(rows.overdue(on)) & set(rows.due_soon(on))]


def test_every_awaited_report_is_in_one_of_four_lists(reports):
    awaited = sorted(report.pk for report in reports.all() if report.is_outstanding)
    for on in days_asked():
        lists = [reports.overdue(on), reports.due_soon(on), reports.not_yet_due(on), reports.without_date()]
        assert sorted(report.pk for each in lists for report in each) == awaited


def test_not_yet_due_is_as_of_today_unless_told(reports, today):
    assert [(report.due_on - today).days for report in reports.not_yet_due()] == [29]


def test_a_clock_that_never_started_is_the_same_in_sql_and_python(responses):
    assert set(responses.clock_not_started()) == {row for row in responses.all() if row.clock_not_started}


def test_a_clock_has_not_started_where_a_rule_waits_for_a_notice(responses):
    assert [response.answer for response in responses.clock_not_started()] == [Answer.AWAITING, Answer.NOTED]


def test_a_period_of_nothing_starts_no_clock(today):
    response = factories.make_response(regime=factories.make_regime("nothing", "Nothing", months=0, days=None))
    assert not response.clock_not_started
    assert not Response.objects.clock_not_started().exists()


# Lists of recommendations


def test_open_and_closed_part_the_recommendations(recommendations):
    assert set(recommendations.closed()) == {row for row in recommendations.all() if row.progress in CLOSED}
    assert set(recommendations.open()) == {row for row in recommendations.all() if row.is_open}


def test_reported_complete_waits_for_the_board(recommendations):
    assert {row.progress for row in recommendations.reported_complete()} == {Progress.REPORTED_COMPLETE}


def test_without_owner_is_open_and_nobodys(owner):
    nobodys = factories.make_recommendation()
    factories.make_recommendation(owner=owner)
    factories.make_recommendation(progress=Progress.IMPLEMENTED)
    assert list(Recommendation.objects.without_owner()) == [nobodys]


def test_they_are_found_by_their_owner(owner, other_officer):
    mine = factories.make_recommendation(owner=owner)
    factories.make_recommendation(owner=other_officer)
    assert list(Recommendation.objects.owned_by(owner)) == [mine]


def test_without_date_is_open_with_no_date_at_all(recommendations):
    assert {(row.due_on, row.progress) for row in recommendations.without_date()} == {
        (None, Progress.NOT_STARTED),
        (None, Progress.PAUSED),
    }


def test_the_date_of_an_awaited_report_is_a_date(today):
    factories.make_report(due_on=today)
    assert not Recommendation.objects.without_date().exists()


def test_a_report_handed_in_is_heard_at_the_next_meeting(today, clerk):
    factories.make_report(submitted_by=clerk)
    assert not Recommendation.objects.without_date().exists()


@pytest.mark.parametrize("over", ["undated", "received", "waived"])
def test_a_report_that_says_no_day_is_no_date(over, today, clerk):
    if over == "received":
        factories.make_received_report(due_on=today)
    else:
        report = factories.make_report(due_on=None if over == "undated" else today)
    if over == "waived":
        report.waive(by=clerk, reason=REASON)
    assert Recommendation.objects.without_date().exists()


def test_no_date_in_the_list_is_no_date_in_a_word(recommendations, reports):
    in_a_word = Recommendation.objects.with_timeliness().filter(timeliness=Timeliness.NO_DATE)
    assert set(in_a_word) == set(Recommendation.objects.without_date())


# One word for each recommendation


def timeliness(on=None):
    """Of the one recommendation there is."""
    recommendation = Recommendation.objects.with_timeliness(on).get()
    reports, answers = list(recommendation.follow_ups.all()), list(recommendation.responses.all())
    assert timeliness_of(recommendation, reports, answers, on) == recommendation.timeliness
    dated = Recommendation.objects.with_slip(on).with_next_date(on).get()
    assert slip_of(recommendation, reports) == (dated.slipped.days if dated.slipped else 0)
    assert next_date_of(recommendation, reports) == dated.next_due_on
    return recommendation.timeliness


@pytest.mark.parametrize(
    ("days", "word"),
    [
        (-1, Timeliness.ACTION_OVERDUE),
        (0, Timeliness.DUE_SOON),
        (28, Timeliness.DUE_SOON),
        (29, Timeliness.NOT_YET_DUE),
        (None, Timeliness.NO_DATE),
    ],
)
def test_what_has_only_its_own_date_goes_by_it(days, word, today):
    factories.make_recommendation(due_on=in_days(days))
    assert timeliness() == word


@pytest.mark.parametrize(
    ("days", "word"),
    [
        (-1, Timeliness.FOLLOW_UP_OVERDUE),
        (0, Timeliness.DUE_SOON),
        (28, Timeliness.DUE_SOON),
        (29, Timeliness.NOT_YET_DUE),
        (None, Timeliness.NO_DATE),
    ],
)
def test_what_awaits_a_report_goes_by_the_report(days, word, today):
    factories.make_report(due_on=in_days(days))
    assert timeliness() == word


@pytest.mark.parametrize(
    ("days", "word"),
    [
        (-1, Timeliness.RESPONSE_OVERDUE),
        (0, Timeliness.DUE_SOON),
        (28, Timeliness.DUE_SOON),
        (29, Timeliness.NOT_YET_DUE),
    ],
)
def test_what_awaits_an_answer_goes_by_the_answer(days, word, today, local):
    factories.make_response(
        factories.make_recommendation(due_on=in_days(90)), regime=local, notified_on=in_days(days - 56)
    )
    assert timeliness() == word


@pytest.mark.parametrize("progress", CLOSED)
def test_a_closed_one_is_neither_late_nor_due(progress, today):
    factories.make_recommendation(due_on=in_days(-30), progress=progress)
    assert timeliness() == Timeliness.CLOSED


@pytest.mark.parametrize("days", [-30, 3, None])
def test_reported_complete_is_not_late_while_the_board_is_to_decide(days, today):
    factories.make_recommendation(due_on=in_days(days), progress=Progress.REPORTED_COMPLETE)
    assert timeliness() == Timeliness.WITH_BOARD


def test_a_report_that_was_handed_in_waits_for_the_board(owner, today):
    report = factories.make_report(factories.make_recommendation(owner=owner), due_on=in_days(-1), submitted_by=owner)
    assert timeliness() == Timeliness.WITH_BOARD
    report.receive(Verdict.ACCEPTED, at=factories.make_meeting(held_on=today), by=None, reason=REASON)
    assert timeliness() == Timeliness.NO_DATE


def test_an_action_with_a_day_of_its_own_goes_by_it_though_a_report_waits(owner, today):
    recommendation = factories.make_recommendation(owner=owner, due_on=in_days(90))
    factories.make_report(recommendation, submitted_by=owner)
    assert timeliness() == Timeliness.NOT_YET_DUE


def test_reported_complete_still_owes_its_report(today):
    factories.make_report(factories.make_recommendation(progress=Progress.REPORTED_COMPLETE), due_on=in_days(-1))
    assert timeliness() == Timeliness.FOLLOW_UP_OVERDUE


@pytest.mark.parametrize(
    ("report", "answer", "action", "word"),
    [
        (-1, -1, -1, Timeliness.FOLLOW_UP_OVERDUE),
        (1, -1, -1, Timeliness.RESPONSE_OVERDUE),
        (1, 1, -1, Timeliness.ACTION_OVERDUE),
        (1, 90, 90, Timeliness.DUE_SOON),
        (90, 1, 90, Timeliness.DUE_SOON),
        (90, 90, 1, Timeliness.DUE_SOON),
        (90, 90, 90, Timeliness.NOT_YET_DUE),
    ],
)
def test_the_worst_that_is_true_is_said(report, answer, action, word, today, local):
    recommendation = factories.make_recommendation(due_on=in_days(action))
    factories.make_report(recommendation, due_on=in_days(report))
    factories.make_response(recommendation, regime=local, notified_on=in_days(answer - 56))
    assert timeliness() == word


def test_the_reports_and_answers_of_others_do_not_count(today):
    factories.make_report(due_on=in_days(-1))
    other = factories.make_recommendation()
    assert Recommendation.objects.with_timeliness().get(pk=other.pk).timeliness == Timeliness.NO_DATE


def test_those_of_a_word_are_those_it_is_said_of(recommendations, reports, responses, today):
    said = {word: set() for word in Timeliness}
    for one in Recommendation.objects.with_timeliness():
        said[one.timeliness].add(one.pk)
    assert {word: set(Recommendation.objects.of_timeliness(word).values_list("pk", flat=True)) for word in said} == said


@pytest.mark.parametrize(("days", "word"), [(0, Timeliness.DUE_SOON), (1, Timeliness.ACTION_OVERDUE)])
def test_the_word_is_as_of_the_day_asked(days, word, today):
    factories.make_recommendation(due_on=today)
    assert timeliness(in_days(days)) == word


# What comes next


def next_step(recommendation):
    fresh = Recommendation.objects.get(pk=recommendation.pk)
    step = fresh.next_step(fresh.follow_ups.all(), fresh.responses.all())
    return step and step[:3]


def test_nothing_comes_after_closing():
    assert next_step(factories.make_recommendation(progress=Progress.IMPLEMENTED)) is None


def test_without_any_date_the_action_itself_is_awaited(owner):
    step = (None, "The action itself", "Olu Shah")
    assert next_step(factories.make_recommendation(owner=owner)) == step


def test_without_an_owner_nobody_acts_yet(today):
    assert next_step(factories.make_recommendation(due_on=today)) == (today, "The action itself", "nobody yet")


@pytest.mark.parametrize(
    ("report", "answer", "action", "what"),
    [
        (1, 2, 3, "Follow-up report 1"),
        (2, 1, 3, "An answer"),
        (3, 2, 1, "The action itself"),
        (None, 2, None, "An answer"),
        (None, 2, 1, "The action itself"),
    ],
)
def test_the_earliest_date_comes_next(report, answer, action, what, today, local):
    recommendation = factories.make_recommendation(due_on=in_days(action))
    factories.make_report(recommendation, due_on=in_days(report))
    factories.make_response(recommendation, regime=local, notified_on=in_days(answer - 56))
    assert next_step(recommendation)[1] == what


def test_what_is_reported_complete_waits_for_the_board(today):
    recommendation = factories.make_recommendation(due_on=today, progress=Progress.REPORTED_COMPLETE)
    assert next_step(recommendation) == (None, "The Board’s decision on closing", "Social Care Services Board")


def test_what_was_submitted_waits_for_the_board(today, clerk):
    recommendation = factories.make_recommendation()
    factories.make_report(recommendation, due_on=today, submitted_by=clerk)
    step = (None, "The Board’s view of follow-up report 1", "Social Care Services Board")
    assert next_step(recommendation) == step


def test_once_the_board_has_received_it_the_action_is_awaited(today):
    recommendation = factories.make_recommendation(due_on=today)
    factories.make_received_report(recommendation)
    assert next_step(recommendation)[1] == "The action itself"


# Overdue, and nobody has said anything for four weeks


def silence(on):
    """The titles of those, on the live rows or on those of a past day."""
    return set(Recommendation.as_of(on).silent(on).values_list("title", flat=True))


@pytest.fixture
def said_something(owner):
    """Overdue for long, with an update ten days ago; and another, on which nothing was ever said."""
    due_on = factories.ago(10)
    with clock.set_to_day(factories.ago(90)):
        spoken = factories.make_recommendation(owner=owner, due_on=due_on, title="spoken")
        factories.make_report(factories.make_recommendation(title="silent"), due_on=due_on)
        factories.make_recommendation(title="not due yet", due_on=factories.ago(-200))
    with clock.set_to_day(factories.ago(10)):
        spoken.say("Two schools have been visited.", by=owner)


@pytest.mark.usefixtures("said_something")
@pytest.mark.parametrize(
    ("days", "titles"), [(10, set()), (9, {"silent"}), (0, {"silent"}), (-17, {"silent"}), (-18, {"silent", "spoken"})]
)
def test_an_update_breaks_the_silence_for_four_weeks(days, titles):
    assert silence(factories.ago(days)) == titles
