"""Follow-up reports: ordered, submitted, received by the Board with a verdict, or waived."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from recommendations.models import FollowUpReport, Progress, Recommendation, Refused, Verdict
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommendation(owner, today):
    return factories.make_recommendation(owner=owner)


@pytest.fixture
def report(recommendation, today):
    """Awaited, due today."""
    return factories.make_report(recommendation, due_on=today)


@pytest.fixture
def submitted(report, owner):
    return report.submit("The guidance was reviewed.", by=owner)


@pytest.fixture
def meeting(board, today):
    return factories.make_meeting(board, today)


# Ordering


def test_a_clerk_orders_the_first_report(recommendation, clerk, today):
    report = FollowUpReport.order(recommendation, by=clerk, due_on=today)
    assert (report.number, report.due_on, report.original_due_on, report.times_moved) == (1, today, today, 0)


def test_a_report_may_be_ordered_without_a_date(recommendation, clerk):
    assert FollowUpReport.objects.without_date().count() == 0
    FollowUpReport.order(recommendation, by=clerk)
    assert FollowUpReport.objects.without_date().count() == 1


def test_one_report_is_awaited_at_a_time(recommendation, report, clerk):
    with pytest.raises(Refused, match="awaited already"):
        FollowUpReport.order(recommendation, by=clerk)


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_orders(who, person, recommendation):
    with pytest.raises(Refused, match="Only a clerk orders"):
        FollowUpReport.order(recommendation, by=person(who))


def test_nothing_is_ordered_on_what_is_closed(clerk):
    with pytest.raises(Refused, match="while the recommendation is open"):
        FollowUpReport.order(factories.make_recommendation(progress=Progress.IMPLEMENTED), by=clerk)


def test_reports_are_numbered_on_after_a_waived_one(recommendation, report, clerk):
    report.waive(by=clerk, reason=REASON)
    assert FollowUpReport.order(recommendation, by=clerk).number == 2


def test_a_report_is_called_by_its_number(report):
    assert str(report) == f"Follow-up report 1 on {report.recommendation.reference}"


# Submitting


@pytest.mark.parametrize("who", ["owner", "clerk"])
def test_the_owner_or_a_clerk_submits(who, person, report, today):
    report.submit("The guidance was reviewed.", by=person(who))
    kept = FollowUpReport.objects.get()
    assert (kept.submitted_on, kept.submitted_by, kept.text) == (today, person(who), "The guidance was reviewed.")


@pytest.mark.parametrize("who", ["other_officer", "member", "administrator", "stranger", "system"])
def test_nobody_else_submits(who, person, report):
    with pytest.raises(Refused, match="Only the owner or a clerk submits"):
        report.submit("The guidance was reviewed.", by=person(who))


def test_a_report_is_not_empty(report, owner):
    with pytest.raises(Refused, match="Write the report"):
        report.submit("  ", by=owner)


def test_a_report_is_submitted_once(submitted, owner):
    with pytest.raises(Refused, match="submitted or waived already"):
        submitted.submit("Once more.", by=owner)


def test_a_report_carries_its_file(report, owner):
    report.submit("See the file.", by=owner, file=ContentFile(b"Reviewed.", name="report.txt"))
    assert (report.file_name, Path(report.file.path).read_bytes()) == ("report.txt", b"Reviewed.")


def test_a_report_may_be_exempt(report, owner):
    assert report.submit("About one family.", by=owner, exempt_paragraph=2).is_exempt


def test_a_submitted_report_waits_for_the_board(submitted):
    assert FollowUpReport.objects.awaiting_board().get() == submitted


@pytest.mark.parametrize(("due_days_ago", "was_late"), [(1, True), (0, False), (-1, False), (None, False)])
def test_late_is_late_for_ever(due_days_ago, was_late, recommendation, owner, today):
    due_on = None if due_days_ago is None else factories.ago(due_days_ago)
    report = factories.make_report(recommendation, due_on=due_on, submitted_by=owner, verdict=Verdict.ACCEPTED)
    assert FollowUpReport.objects.get(pk=report.pk).was_late is was_late


def test_what_is_awaited_has_not_been_late_yet(report):
    assert not report.was_late


# Receiving


def test_the_board_receives_it_at_a_meeting(submitted, meeting, clerk, today):
    submitted.receive(Verdict.ACCEPTED, at=meeting, by=clerk, minute="25/26")
    kept = FollowUpReport.objects.get()
    assert (kept.verdict, kept.received_on, kept.received_at, kept.received_minute) == (
        Verdict.ACCEPTED, today, meeting, "25/26",
    )  # fmt: skip


def test_an_accepted_report_opens_no_other(submitted, meeting, clerk):
    assert submitted.receive(Verdict.ACCEPTED, at=meeting, by=clerk) is None
    assert FollowUpReport.objects.count() == 1


def test_a_further_report_wanted_opens_the_next(submitted, meeting, clerk):
    following = submitted.receive(Verdict.FURTHER_WANTED, at=meeting, by=clerk, next_due_on=factories.ago(-90))
    assert (following.number, following.due_on, following.is_outstanding) == (2, factories.ago(-90), True)


def test_the_next_report_says_which_meeting_wanted_it(submitted, meeting, clerk):
    following = submitted.receive(Verdict.FURTHER_WANTED, at=meeting, by=clerk)
    why = "The Board wants a further report (meeting of Social Care Services Board on 18 November 2026)."
    assert following.history.latest().history_change_reason == why


def test_not_satisfied_needs_a_reason(submitted, meeting, clerk):
    with pytest.raises(Refused, match="Say why the Board is not satisfied"):
        submitted.receive(Verdict.NOT_SATISFIED, at=meeting, by=clerk)


def test_not_satisfied_opens_the_next(submitted, meeting, clerk):
    following = submitted.receive(Verdict.NOT_SATISFIED, at=meeting, by=clerk, reason="No figures.")
    assert following.history.latest().history_change_reason == "No figures."


@pytest.mark.parametrize(
    ("verdict", "progress"),
    [
        (Verdict.ACCEPTED, Progress.REPORTED_COMPLETE),
        (Verdict.FURTHER_WANTED, Progress.REPORTED_COMPLETE),
        (Verdict.NOT_SATISFIED, Progress.IN_PROGRESS),
    ],
)
def test_only_not_satisfied_takes_reported_complete_back(verdict, progress, submitted, meeting, clerk, owner):
    submitted.recommendation.change_progress(Progress.REPORTED_COMPLETE, by=owner)
    submitted.receive(verdict, at=meeting, by=clerk, reason="No figures.")
    assert Recommendation.objects.get().progress == progress


def test_not_satisfied_leaves_other_progress_as_it_is(submitted, meeting, clerk):
    submitted.receive(Verdict.NOT_SATISFIED, at=meeting, by=clerk, reason="No figures.")
    assert Recommendation.objects.get().progress == Progress.NOT_STARTED


def test_what_was_said_of_an_exempt_report_stays_with_it(report, meeting, clerk, owner):
    """Who reads the recommendation reads why it is back in progress, and why another report is wanted."""
    report.recommendation.change_progress(Progress.REPORTED_COMPLETE, by=owner)
    report.submit("The firm is bankrupt.", by=owner, exempt_paragraph=3)
    following = report.receive(Verdict.NOT_SATISFIED, at=meeting, by=clerk, reason="It cannot pay.")
    told = [each.history.latest().history_change_reason for each in (following, report.recommendation, report)]
    assert told == [*[f"The Board wants a further report (meeting of {meeting})."] * 2, "It cannot pay."]


def test_only_a_submitted_report_is_received(report, meeting, clerk):
    with pytest.raises(Refused, match="Only a report that was submitted and not yet received"):
        report.receive(Verdict.ACCEPTED, at=meeting, by=clerk)


def test_a_report_is_received_once(submitted, meeting, clerk):
    submitted.receive(Verdict.ACCEPTED, at=meeting, by=clerk)
    with pytest.raises(Refused, match="not yet received"):
        submitted.receive(Verdict.ACCEPTED, at=meeting, by=clerk)


@pytest.mark.parametrize("days_ago", [1, -1], ids=["before it was submitted", "still to come"])
def test_a_report_is_received_at_a_meeting_held_since(days_ago, submitted, board, clerk):
    with pytest.raises(Refused, match="Choose a meeting that was held"):
        submitted.receive(Verdict.ACCEPTED, at=factories.make_meeting(board, factories.ago(days_ago)), by=clerk)


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_records_what_the_board_received(who, person, submitted, meeting):
    with pytest.raises(Refused, match="Only a clerk records"):
        submitted.receive(Verdict.ACCEPTED, at=meeting, by=person(who))


def test_a_refused_verdict_opens_nothing(submitted, meeting, owner):
    with pytest.raises(Refused):
        submitted.receive(Verdict.FURTHER_WANTED, at=meeting, by=owner)
    assert FollowUpReport.objects.count() == 1


# Waiving


def test_the_board_no_longer_wants_it(report, clerk, today):
    report.waive(by=clerk, reason="The item is on the work programme.")
    assert FollowUpReport.objects.get().waived_on == today


def test_waiving_needs_a_reason(report, clerk):
    with pytest.raises(Refused, match="Say why the report is no longer wanted"):
        report.waive(by=clerk, reason=" ")


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_waives(who, person, report):
    with pytest.raises(Refused, match="Only a clerk"):
        report.waive(by=person(who), reason=REASON)


def test_a_submitted_report_is_not_waived(submitted, clerk):
    with pytest.raises(Refused, match="submitted or waived already"):
        submitted.waive(by=clerk, reason=REASON)


def test_a_waived_report_is_not_submitted(report, clerk, owner):
    report.waive(by=clerk, reason=REASON)
    with pytest.raises(Refused, match="submitted or waived already"):
        report.submit("Too late.", by=owner)


# Where it stands, in words


def test_an_awaited_report_stands_as_awaited(report):
    assert report.standing == "Awaited"


def test_a_submitted_report_stands_as_waiting(submitted):
    assert submitted.standing == "Submitted, waiting for the Board"


def test_a_waived_report_stands_as_waived(report, clerk):
    assert report.waive(by=clerk, reason=REASON).standing == "Waived"


@pytest.mark.parametrize("verdict", Verdict)
def test_a_received_report_stands_with_its_verdict(verdict, submitted, meeting, clerk):
    submitted.receive(verdict, at=meeting, by=clerk, reason=REASON)
    assert submitted.standing == f"Received: {verdict.label.lower()}"


# What a list shows


def test_reports_are_found_by_the_owner_of_their_recommendation(report, owner, other_officer):
    assert list(FollowUpReport.objects.owned_by(owner)) == [report]
    assert not FollowUpReport.objects.owned_by(other_officer).exists()
