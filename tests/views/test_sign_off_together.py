"""The sign-off of a meeting where one recommendation stands in several rows, or a row is decided in a special way."""

import datetime

import pytest

from recommendations import clock
from recommendations.models import FollowUpReport, Progress, Verdict
from tests import factories
from tests.views.pages import words_of
from tests.views.test_sign_off import Sheet

MARCH, APRIL = datetime.date(2027, 3, 1), datetime.date(2027, 4, 1)
NOT_SATISFIED = {"choice": Verdict.NOT_SATISFIED, "reason": "No figures."}
SEND_BACK = {"choice": "send_back", "reason": "No proof.", "due_on": MARCH}


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def sheet(sign_in, clerk, board, today):
    return Sheet(sign_in(clerk), factories.make_meeting(board, today))


@pytest.fixture
def recommendation(board, owner):
    return factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner)


@pytest.fixture
def report(recommendation, owner):
    """Handed in on a recommendation that is reported complete as well."""
    made = factories.make_report(recommendation, submitted_by=owner)
    recommendation.change_progress(Progress.REPORTED_COMPLETE, by=owner)
    return made


def test_both_rows_of_one_recommendation_can_be_agreed_to(sheet, recommendation, report):
    page = sheet.sign_off({}, all_closing="on", all_report="on")
    assert page.banner == "Saved: 1 closed as implemented, 1 report accepted."


def test_what_a_verdict_takes_back_is_not_taken_back_twice(sheet, recommendation, report):
    page = sheet.sign_off({("report", report): NOT_SATISFIED, ("closing", recommendation): SEND_BACK})
    assert page.errors == [
        f"{recommendation.reference}: The verdict on its report takes it back to in progress already. "
        "Leave this row as it is."
    ]
    assert page.fields[f"closing-{recommendation.pk}-reason"] == "No proof."


def test_a_further_report_and_back_to_in_progress_ask_for_one_report(sheet, recommendation, report):
    further = {"choice": Verdict.FURTHER_WANTED, "due_on": MARCH}
    page = sheet.sign_off({("report", report): further, ("closing", recommendation): SEND_BACK})
    assert page.banner == "Saved: 1 back in progress, 1 further report wanted."
    assert FollowUpReport.objects.outstanding().get().due_on == MARCH


def test_what_is_closed_needs_no_further_report(sheet, recommendation, report):
    further = {"choice": Verdict.FURTHER_WANTED, "due_on": MARCH}
    page = sheet.sign_off({("report", report): further, ("closing", recommendation): {"choice": "close"}})
    assert page.errors == [
        f"{recommendation.reference}: The recommendation is closed. Reopen it first if the Board wants to hear more."
    ]
    assert FollowUpReport.objects.count() == 1


def test_of_a_report_on_what_is_closed_the_board_only_takes_note(sheet, recommendation, report, board, clerk):
    recommendation.close(Progress.IMPLEMENTED, at=factories.make_meeting(board, factories.ago(0)), by=clerk)
    choices = sheet.open().main.xpath(f".//input[@name='report-{report.pk}-choice']/@value")
    assert choices == ["leave", "accepted"]


@pytest.fixture
def series(recommendation, owner, clerk):
    """A quarterly report that was handed in."""
    made = FollowUpReport.order(recommendation, by=clerk, due_on=factories.ago(0), repeats=3)
    return made.submit("Nothing new.", by=owner)


def test_the_next_of_a_series_needs_no_date(sheet, series):
    assert "Wanted every quarter: leave empty for 18 February 2027." in sheet.open().text
    sheet.sign_off({("report", series): {"choice": Verdict.FURTHER_WANTED}})
    assert FollowUpReport.objects.outstanding().get().due_on == datetime.date(2027, 2, 18)


def test_the_next_of_a_series_is_counted_from_the_meeting_whenever_that_is_signed_off(sheet, series):
    with clock.set_to_day(datetime.date(2027, 2, 20)):
        told = sheet.open().text
    assert "Accept it; wanted every quarter, so the next is due 18 February 2027" in told


def test_a_report_is_asked_for_only_where_none_is_awaited(sheet, recommendation, clerk):
    recommendation.set_due_date(factories.ago(3), by=clerk)
    name = f"late-action-{recommendation.pk}-choice"
    assert sheet.open().main.xpath(f".//input[@name='{name}']/@value") == ["leave", "move", "ask"]
    factories.make_report(recommendation)
    assert sheet.open().main.xpath(f".//input[@name='{name}']/@value") == ["leave", "move"]


def test_a_report_that_was_ordered_meanwhile_gets_the_day(sheet, recommendation, clerk):
    recommendation.set_due_date(factories.ago(3), by=clerk)
    summary = sheet.check({("late-action", recommendation): {"choice": "ask", "due_on": MARCH}}, note="As minuted.")
    report = factories.make_report(recommendation, due_on=APRIL)
    sheet.save(summary)
    report.refresh_from_db()
    assert (report.due_on, report.date_changes.get().reason) == (MARCH, "As minuted.")


@pytest.mark.parametrize("already", [MARCH, None])
def test_a_report_that_has_the_day_already_is_left_alone(sheet, recommendation, clerk, already):
    recommendation.set_due_date(factories.ago(3), by=clerk)
    summary = sheet.check({("late-action", recommendation): {"choice": "ask", "due_on": MARCH}})
    report = factories.make_report(recommendation, due_on=already)
    sheet.save(summary)
    report.refresh_from_db()
    assert (report.due_on, report.times_moved) == (MARCH, 0)


def test_asked_for_twice_is_asked_for_once(sheet, recommendation, clerk):
    recommendation.set_due_date(factories.ago(3), by=clerk)
    summary = sheet.check({("late-action", recommendation): {"choice": "ask", "due_on": MARCH}})
    sheet.save(summary)
    assert sheet.save(summary).banner == "This was saved already, so nothing was changed again."
    assert FollowUpReport.objects.count() == 1


@pytest.mark.parametrize(("kind", "answers"), [
    ("closing", {"choice": "close", "note": "They know."}),
    ("report", {"choice": Verdict.ACCEPTED}),
])  # fmt: skip
def test_sent_twice_is_done_once(sheet, recommendation, report, kind, answers):
    summary = sheet.check({(kind, recommendation if kind == "closing" else report): answers})
    sheet.save(summary)
    assert sheet.save(summary).banner == "This was saved already, so nothing was changed again."


def test_a_row_without_an_owner_a_date_or_an_update_says_so(sheet, board):
    bare = factories.make_recommendation(factories.make_item(factories.make_meeting(board)))
    bare.change_progress(Progress.REPORTED_COMPLETE, by=None, reason=factories.WHY)
    [row] = sheet.open().main.xpath(".//*[contains(@class, 'app-decision')]")
    assert words_of(row).startswith(
        f"{bare.reference} Review the guidance No owner "
        "Reported complete since the meeting of 19 September 2026. No update has been written."
    )


def test_an_exempt_row_is_marked(sheet, recommendation, report, clerk):
    recommendation.mark_exempt(3, by=clerk, reason="It names a family.")
    assert "Exempt" in sheet.open().text


def test_what_another_meeting_has_before_it_is_not_decided_here(sheet, other_board, recommendation, report):
    other = factories.make_item(factories.make_meeting(other_board))
    elsewhere = factories.make_recommendation(other, progress=Progress.REPORTED_COMPLETE)
    smuggled = {f"closing-{elsewhere.pk}-version": "2", f"closing-{elsewhere.pk}-choice": "close"}
    summary = sheet.check({("closing", recommendation): {"choice": "close"}}, **smuggled)
    assert [row[0] for row in summary.rows] == [recommendation.reference]


def test_a_row_that_no_database_could_hold_is_passed_over(sheet, report):
    """Only somebody who wrote the form by hand sends it."""
    page = sheet.check({}, **{f"closing-{10**30}-version": "1"})
    assert page.errors == ["Nothing is decided yet: choose at least one decision, or agree to all in a section."]
