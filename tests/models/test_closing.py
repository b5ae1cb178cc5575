"""The Board closes a recommendation at a meeting, or a clerk opens it again."""

import pytest

from recommendations.models import DateChange, FollowUpReport, Progress, Recommendation, Refused, Verdict
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(board, today):
    return factories.make_meeting(board, today)


@pytest.fixture
def recommendation(board, owner):
    return factories.make_recommendation(owner=owner, progress=Progress.REPORTED_COMPLETE)


def test_closing_keeps_the_day_and_the_meeting(recommendation, meeting, clerk, today):
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    closed = Recommendation.objects.get()
    assert (closed.closed_on, closed.closed_at) == (today, meeting)


def test_closing_keeps_the_minute_and_what_changed(recommendation, meeting, clerk):
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk, minute="24/26", note="Fewer children go missing.")
    closed = Recommendation.objects.get()
    assert (closed.closing_minute, closed.outcome_note) == ("24/26", "Fewer children go missing.")


@pytest.mark.parametrize("outcome", [Progress.IN_PROGRESS, Progress.REPORTED_COMPLETE])
def test_closing_needs_a_closed_outcome(outcome, recommendation, meeting, clerk):
    with pytest.raises(Refused, match="Choose how the recommendation was closed"):
        recommendation.close(outcome, at=meeting, by=clerk)


def test_nothing_is_closed_at_a_meeting_still_to_come(recommendation, board, clerk, today):
    with pytest.raises(Refused, match="a meeting that has been held"):
        recommendation.close(Progress.IMPLEMENTED, at=factories.make_meeting(board, factories.ago(-1)), by=clerk)


def test_nothing_is_closed_at_a_meeting_before_it_was_asked(recommendation, board, clerk, today):
    before = factories.make_meeting(board, factories.ago(61))
    with pytest.raises(Refused, match="since it was asked"):
        recommendation.close(Progress.IMPLEMENTED, at=before, by=clerk)


def test_closing_says_what_it_means_for_the_officer(recommendation, meeting, clerk, owner):
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    with pytest.raises(Refused, match="closed or reopened meanwhile"):
        recommendation.say("One more thing.", by=owner)


def test_closing_waives_the_report_still_awaited(recommendation, meeting, clerk, today):
    report = factories.make_report(recommendation, due_on=today)
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    report.refresh_from_db()
    assert report.waived_on == today


def test_a_report_waived_by_closing_says_at_which_meeting(recommendation, meeting, clerk, today):
    report = factories.make_report(recommendation, due_on=today)
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    why = "The recommendation was closed at the meeting of Social Care Services Board on 18 November 2026."
    assert report.history.latest().history_change_reason == why


def test_closing_leaves_a_submitted_report_as_it_is(recommendation, meeting, clerk, owner):
    report = factories.make_report(recommendation, submitted_by=owner)
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    report.refresh_from_db()
    assert (report.waived_on, report.received_on) == (None, None)


def test_a_submitted_report_is_received_once_the_recommendation_is_closed(recommendation, meeting, clerk, owner):
    report = factories.make_report(recommendation, submitted_by=owner)
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    report.receive(Verdict.ACCEPTED, at=meeting, by=clerk)
    assert FollowUpReport.objects.get().verdict == Verdict.ACCEPTED


def test_a_closed_recommendation_is_reopened_before_more_is_wanted(recommendation, meeting, clerk, owner):
    report = factories.make_report(recommendation, submitted_by=owner)
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    with pytest.raises(Refused, match="Reopen it first"):
        report.receive(Verdict.FURTHER_WANTED, at=meeting, by=clerk)


def test_closing_refuses_the_later_dates_that_were_asked_for(recommendation, meeting, clerk, owner):
    if recommendation.due_on is None:
        recommendation.set_due_date(factories.ago(-5), by=clerk)
    recommendation.ask_for_later_date(factories.ago(-50), by=owner, reason="Printers are late.")
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    assert not DateChange.objects.waiting().exists()


def test_a_refused_closing_leaves_the_report_awaited(recommendation, meeting, owner):
    factories.make_report(recommendation)
    with pytest.raises(Refused):
        recommendation.close(Progress.IMPLEMENTED, at=meeting, by=owner)
    assert FollowUpReport.objects.outstanding().exists()


# What changed because of it: often known only later


@pytest.fixture
def closed(recommendation, meeting, clerk):
    return recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)


def test_what_changed_is_written_after_the_closing(closed, clerk):
    closed.note_outcome(" Fewer children go missing. ", by=clerk)
    assert Recommendation.objects.get().outcome_note == "Fewer children go missing."


def test_what_is_written_is_corrected_with_a_reason_and_stays_in_the_history(closed, clerk):
    closed.note_outcome("12 fewer go missing.", by=clerk).note_outcome("21 fewer.", by=clerk, reason="A slip.")
    kept = closed.history.order_by("-history_id").values_list("outcome_note", "history_change_reason")[:2]
    assert list(kept) == [("21 fewer.", "A slip."), ("12 fewer go missing.", None)]


@pytest.mark.parametrize(
    ("text", "reason", "sentence"),
    [
        (" ", REASON, "Write what changed because of it"),
        ("12 fewer go missing.", REASON, "Nothing was changed"),
        ("21 fewer.", " ", "Say why what is written changes"),
    ],
)
def test_what_is_written_is_not_emptied_repeated_or_changed_unexplained(closed, clerk, text, reason, sentence):
    closed.note_outcome("12 fewer go missing.", by=clerk)
    with pytest.raises(Refused, match=sentence):
        closed.note_outcome(text, by=clerk, reason=reason)


def test_nothing_has_changed_because_of_what_is_open(recommendation, clerk):
    with pytest.raises(Refused, match="when it is closed, or after"):
        recommendation.note_outcome("They know.", by=clerk)


def test_only_a_clerk_writes_what_changed(closed, owner):
    with pytest.raises(Refused, match="Only a clerk"):
        closed.note_outcome("They know.", by=owner)


def test_reopening_puts_it_back_in_progress(recommendation, meeting, clerk):
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk, minute="24/26", note="Done.")
    recommendation.reopen(by=clerk, reason="It had only been planned.")
    assert Recommendation.objects.get().progress == Progress.IN_PROGRESS


def test_reopening_clears_what_closing_wrote(recommendation, meeting, clerk):
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk, minute="24/26", note="Done.")
    recommendation.reopen(by=clerk, reason="It had only been planned.")
    reopened = Recommendation.objects.get()
    left = (reopened.closed_on, reopened.closed_at, reopened.closing_minute, reopened.outcome_note)
    assert left == (None, None, "", "")


def test_what_closing_wrote_stays_in_the_history(recommendation, meeting, clerk):
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk, minute="24/26")
    recommendation.reopen(by=clerk, reason="It had only been planned.")
    assert recommendation.history.filter(closing_minute="24/26", closed_at=meeting).exists()


def test_reopening_needs_a_reason(recommendation, meeting, clerk):
    recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    with pytest.raises(Refused, match="Say why this becomes “in progress”"):
        recommendation.reopen(by=clerk, reason=" ")


def test_what_is_open_cannot_be_reopened(recommendation, clerk):
    with pytest.raises(Refused, match="closed or reopened meanwhile"):
        recommendation.reopen(by=clerk, reason=REASON)
