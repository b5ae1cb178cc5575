"""The story that the history tells: who, when, what changed from what to what, and why."""

import datetime

import pytest

from recommendations import clock
from recommendations.history import Change, timeline, what_changed_since
from recommendations.models import Answer, Progress, Verdict
from tests import factories

MARCH, APRIL = datetime.date(2027, 3, 1), datetime.date(2027, 4, 1)


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def recommendation(board, owner):
    return factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner)


@pytest.fixture
def latest(recommendation, clerk):
    """What the timeline tells last, after what `happen` did."""

    def told_after(happen):
        happen()
        return timeline(recommendation, clerk)[0]

    return told_after


def test_a_recommendation_begins_with_its_minutes(recommendation, clerk):
    [entry] = timeline(recommendation, clerk)
    assert (entry.what, entry.who, entry.why) == ("Recorded from the minutes", "The system", factories.WHY)


def test_an_entry_knows_its_moment_in_london(latest, recommendation, clerk):
    with clock.set_to_day(datetime.date(2027, 7, 1), hour=23):
        entry = latest(lambda: recommendation.retitle("Visit", by=clerk))
    assert (entry.moment.hour, entry.moment.utcoffset()) == (23, datetime.timedelta(hours=1))


# (what is done, by the clerk; what is told of it; the changes; why)
TOLD = {
    "owner": (
        lambda r, by: r.assign(None, by=by, reason="She left."),
        "Owner changed", [("Owner", "Olu Shah", "")], "She left.",
    ),
    "first date": (lambda r, by: r.set_due_date(MARCH, by=by), "Due date set", [("Due date", "", "1 March 2027")], ""),
    "title": (
        lambda r, by: r.retitle("Visit", by=by),
        "Short title changed", [("Short title", "Review the guidance", "Visit")], "",
    ),
    "words": (
        lambda r, by: r.correct_words("That they visit.", by=by, reason="A slip."), "The Board’s words changed",
        [("The Board’s words", "That officers review the guidance given to schools.", "That they visit.")], "A slip.",
    ),
    "exempt": (
        lambda r, by: r.mark_exempt(2, by=by, reason="It names a child."), "Exempt under changed",
        [("Exempt under", "", "Paragraph 2: Information likely to reveal the identity of an individual")],
        "It names a child.",
    ),
    "paused": (
        lambda r, by: r.change_progress(Progress.PAUSED, by=by, reason="No money."),
        "Paused", [("Progress", "Not started", "Paused")], "No money.",
    ),
    "closed": (
        lambda r, by: r.close(Progress.IMPLEMENTED, at=r.item.meeting, by=by, minute="5/26", note="They know."),
        "Closed: implemented at the meeting of 19 September 2026",
        [
            ("Progress", "Not started", "Closed: implemented"), ("Minute", "", "5/26"),
            ("What changed because of it", "", "They know."),
        ],
        "",
    ),
    "addressee": (
        lambda r, by: factories.make_response(r, "Police", by=by), "An answer is expected from Police", [], "Made for a test.",
    ),
    "report": (
        lambda r, by: factories.make_report(r, due_on=MARCH), "Follow-up report 1 asked for, due 1 March 2027", [],
        "Made for a test.",
    ),
    "dateless report": (
        lambda r, by: factories.make_report(r), "Follow-up report 1 asked for, with no date yet", [], "Made for a test.",
    ),
    "evidence": (lambda r, by: factories.make_evidence(r), "Evidence linked", [], "Made for a test."),
}  # fmt: skip


@pytest.mark.parametrize("case", TOLD)
def test_what_happens_is_told_with_what_changed_and_why(latest, recommendation, clerk, case):
    happen, what, changes, why = TOLD[case]
    entry = latest(lambda: happen(recommendation, clerk))
    assert (entry.what, entry.changes, entry.why) == (what, [Change(*change) for change in changes], why)


# The same, of what belongs to it


@pytest.fixture
def report(recommendation):
    return factories.make_report(recommendation, due_on=MARCH)


@pytest.fixture
def response(recommendation, local):
    return factories.make_response(recommendation, "Police", regime=local)


def test_a_report_that_was_handed_in_is_told_with_its_words(latest, report, owner):
    entry = latest(lambda: report.submit("Two schools so far.", by=owner))
    assert (entry.what, entry.who, entry.words) == ("Follow-up report 1 submitted", "Olu Shah", "Two schools so far.")


def test_a_report_that_was_received_is_told_with_the_verdict(latest, report, owner, clerk, board):
    report.submit("Two schools so far.", by=owner)
    meeting = factories.make_meeting(board, factories.ago(0))
    entry = latest(lambda: report.receive(Verdict.ACCEPTED, at=meeting, by=clerk))
    assert entry.what == "Follow-up report 1 received at the meeting of 18 November 2026: accepted"


@pytest.mark.parametrize(
    ("happen", "what", "why"),
    [
        (lambda report, by: report.waive(by=by, reason="Heard."), "Follow-up report 1 waived", "Heard."),
        (
            lambda report, by: report.set_due_date(APRIL, by=by, reason="Late."),
            "Follow-up report 1: due date moved",
            "Late.",
        ),
    ],
    ids=["waived", "moved"],
)
def test_what_becomes_of_a_report_is_told(latest, report, clerk, happen, what, why):
    entry = latest(lambda: happen(report, clerk))
    assert (entry.what, entry.why) == (what, why)


def test_the_first_date_of_a_report_is_told_as_set(latest, recommendation, clerk):
    report = factories.make_report(recommendation)
    assert latest(lambda: report.set_due_date(MARCH, by=clerk)).what == "Follow-up report 1: due date set"


def test_a_clock_that_starts_and_changes_is_told(latest, response, clerk):
    started = latest(lambda: response.start_clock(notified_on=factories.ago(1), by=clerk))
    changed = latest(lambda: response.start_clock(notified_on=factories.ago(2), by=clerk, reason="A slip."))
    assert (started.what, changed.what) == ("Police: clock started", "Police: clock changed")
    assert changed.changes == [
        Change("Notice given on", "17 November 2026", "16 November 2026"),
        Change("Last day to answer", "12 January 2027", "11 January 2027"),
    ]


def test_an_answer_is_told_with_its_reasons(latest, response, clerk):
    entry = latest(lambda: response.answer_with(Answer.NOT_ACCEPTED, by=clerk, reasons="No money."))
    assert (entry.what, entry.why) == ("Police: not accepted", "No money.")


def test_a_later_date_is_told_when_asked_for_and_when_refused(latest, recommendation, owner, clerk):
    recommendation.set_due_date(MARCH, by=clerk)
    asked = latest(lambda: recommendation.ask_for_later_date(APRIL, by=owner, reason="Printers."))
    refused = latest(lambda: recommendation.date_changes.get().refuse(by=clerk, reason="The Board waits."))
    assert (asked.what, asked.why) == ("Later date asked for: 1 April 2027 instead of 1 March 2027", "Printers.")
    assert (refused.what, refused.why) == ("Later date refused: it stays 1 March 2027", "The Board waits.")


def test_a_later_date_that_was_granted_is_told_once_as_the_move_it_is(latest, recommendation, owner, clerk):
    recommendation.set_due_date(MARCH, by=clerk)
    change = recommendation.ask_for_later_date(APRIL, by=owner, reason="Printers.")
    entry = latest(lambda: change.grant(by=clerk))
    assert (entry.what, entry.who, entry.why) == ("Due date moved", "Ruth Bailey", "Printers.")
    assert len(timeline(recommendation, clerk)) == 4


def test_evidence_that_was_unticked_is_told(latest, recommendation, clerk):
    factories.make_evidence(recommendation)
    assert latest(lambda: recommendation.link_evidence(points=[], witnesses=[], by=clerk)).what == "Evidence unlinked"


# What is not told, and what is told once


def test_bookkeeping_is_not_told(recommendation, response, report, clerk, local):
    for record in (recommendation, response, report):
        with record.changing(by=clerk):
            pass
    assert len(timeline(recommendation, clerk)) == 3


def test_many_ticks_of_one_person_are_one_entry(recommendation, clerk):
    points = [factories.make_point(recommendation.item, number=str(number)) for number in range(4)]
    recommendation.link_evidence(points=points, witnesses=[], by=clerk)
    assert [entry.what for entry in timeline(recommendation, clerk)] == ["Evidence linked", "Recorded from the minutes"]


def test_an_update_and_the_progress_it_changed_are_one_entry(recommendation, owner, clerk):
    recommendation.change_progress(Progress.IN_PROGRESS, by=owner, reason="Two schools visited.")
    update = recommendation.say("Two schools visited.", by=owner)
    entry, _ = timeline(recommendation, clerk)
    assert (entry.what, entry.words, entry.why, entry.record) == ("In progress", "Two schools visited.", "", update)


def test_two_things_done_for_two_reasons_are_two_entries(recommendation, owner, clerk):
    recommendation.set_due_date(MARCH, by=clerk)
    for reason in ("The Board waits.", "It still waits."):
        recommendation.ask_for_later_date(APRIL, by=owner, reason="Printers.").refuse(by=clerk, reason=reason)
    refusals = [entry.why for entry in timeline(recommendation, clerk) if "refused" in entry.what]
    assert refusals == ["It still waits.", "The Board waits."]


def test_two_updates_in_a_minute_are_two_entries(recommendation, owner, clerk):
    for text in ("First.", "Second."):
        recommendation.say(text, by=owner)
    assert [entry.words for entry in timeline(recommendation, clerk)] == ["Second.", "First.", ""]


def test_an_exempt_report_is_told_to_others_without_its_words(recommendation, report, owner, other_officer):
    report.submit("The firm is bankrupt.", by=owner, exempt_paragraph=3)
    entry = timeline(recommendation, other_officer)[0]
    assert (entry.what, entry.words, entry.record) == ("Follow-up report 1 submitted", "", None)


def test_an_exempt_update_is_not_told_to_others(recommendation, owner, other_officer, stranger):
    recommendation.say("The firm is bankrupt.", by=owner, exempt_paragraph=3)
    assert [len(timeline(recommendation, user)) for user in (owner, other_officer, stranger)] == [2, 1, 1]


# For a form that came too late


def test_a_change_of_bookkeeping_is_told_to_a_late_form_without_details(recommendation, clerk):
    with clock.set_to(clock.now().replace(minute=4)), recommendation.changing(by=clerk):
        pass
    assert what_changed_since(recommendation, 1) == ["Ruth Bailey, 18 November 2026 at 10:04: saved it."]


def test_a_late_form_is_told_what_the_system_did(recommendation):
    with clock.set_to(clock.now().replace(minute=4)):
        recommendation.assign(None, by=None, reason="She left.")
    assert what_changed_since(recommendation, 1) == [
        "The system, 18 November 2026 at 10:04: Owner changed from Olu Shah to nothing."
    ]


def test_nothing_changed_since_is_nothing_to_tell(recommendation):
    assert what_changed_since(recommendation, recommendation.version) == []
