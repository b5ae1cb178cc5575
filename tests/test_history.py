"""The story that the history tells: who, when, what changed from what to what, and why."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

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
    entry = latest(lambda: report.receive(Verdict.ACCEPTED, at=meeting, by=clerk, minute="34/26"))
    assert entry.what == "Follow-up report 1 received at the meeting of 18 November 2026, minute 34/26: accepted"


@pytest.mark.parametrize(
    ("happen", "what", "why"),
    [
        (lambda report, by: report.waive(by=by, reason="Heard."), "Follow-up report 1 waived", "Heard."),
        (
            lambda report, by: report.set_due_date(APRIL, by=by, reason="Late."),
            "Follow-up report 1: due date moved",
            "Late.",
        ),
        (lambda report, by: report.repeat(3, by=by), "Follow-up report 1 wanted every quarter", ""),
    ],
    ids=["waived", "moved", "repeated"],
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


@pytest.fixture
def link(response, clerk):
    """Of the police, whose row that is."""
    response.name_organisation(factories.make_organisation("Surrey Police"), by=clerk)
    return factories.make_link(response.organisation, by=clerk)[0]


def test_what_a_partner_says_is_told_as_said_through_its_link(latest, recommendation, response, link):
    answered = latest(lambda: response.answer_with(Answer.ACCEPTED, by=None, through=link))
    updated = latest(lambda: recommendation.say("Two checks.", by=None, through=link))
    theirs = "Surrey Police, through the link of 18 November 2026"
    assert (answered.who, answered.what, answered.why) == (theirs, "Police: accepted", "")
    assert (updated.who, updated.words) == (theirs, "Two checks.")


def test_what_others_change_of_a_partners_answer_is_told_as_theirs(latest, response, link, clerk):
    response.answer_with(Answer.NOTED, by=None, through=link)
    by_clerk = latest(lambda: response.start_clock(notified_on=factories.ago(1), by=clerk))
    by_system = latest(lambda: response.start_clock(notified_on=factories.ago(2), by=None, reason="A slip."))
    assert (by_clerk.who, by_system.who) == ("Ruth Bailey", "The system")


def test_an_organisation_that_was_named_is_told(latest, response, clerk):
    police = factories.make_organisation("Surrey Police")
    entry = latest(lambda: response.name_organisation(police, by=clerk))
    assert (entry.what, entry.changes) == ("Police: organisation named", [Change("Organisation", "", "Surrey Police")])


def test_an_answer_is_told_with_the_file_that_came_with_it(recommendation, response, clerk):
    for answer, name in ((Answer.NOTED, "first.txt"), (Answer.ACCEPTED, "second.txt")):
        response.answer_with(answer, by=clerk, file=SimpleUploadedFile(name, name.encode()))
    told = [entry.record for entry in timeline(recommendation, clerk)[:2]]
    assert [record.file_name for record in told] == ["second.txt", "first.txt"]
    assert told[0].file.name != told[1].file.name


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


AT = "at the meeting of 18 November 2026, minute 34/26"


@pytest.mark.parametrize(
    ("decide", "what"),
    [
        (lambda change, **at: change.grant(**at), f"Later date agreed {AT}: 1 April 2027 instead of 1 March 2027"),
        (lambda change, **at: change.refuse(reason="No.", **at), f"Later date refused {AT}: it stays 1 March 2027"),
    ],
    ids=["granted", "refused"],
)
def test_a_meeting_that_decided_on_a_later_date_is_told_with_the_minute(
    recommendation, owner, clerk, board, decide, what
):
    recommendation.set_due_date(MARCH, by=clerk)
    change = recommendation.ask_for_later_date(APRIL, by=owner, reason="Printers.")
    decide(change, by=clerk, at=factories.make_meeting(board, factories.ago(0)), minute="34/26")
    assert what in [entry.what for entry in timeline(recommendation, clerk)]


def test_a_meeting_that_agreed_to_a_move_is_told_with_the_minute(recommendation, clerk, board):
    recommendation.set_due_date(MARCH, by=clerk)
    meeting = factories.make_meeting(board, factories.ago(0))
    recommendation.set_due_date(APRIL, by=clerk, reason="Ill.", at=meeting, minute="34/26")
    what = f"Later date agreed {AT}: 1 April 2027 instead of 1 March 2027"
    assert what in [entry.what for entry in timeline(recommendation, clerk)]


def test_a_request_that_was_only_touched_is_not_told_twice(recommendation, owner, clerk):
    recommendation.set_due_date(MARCH, by=clerk)
    change = recommendation.ask_for_later_date(APRIL, by=owner, reason="Printers.")
    with change.changing(by=clerk):
        pass
    assert len([entry for entry in timeline(recommendation, clerk) if "asked for" in entry.what]) == 1


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
    assert what_changed_since(recommendation, 1) == ["Ruth Bailey, 18 November 2026 at 10:04am: saved it."]


def test_a_late_form_is_told_what_the_system_did(recommendation):
    with clock.set_to(clock.now().replace(minute=4)):
        recommendation.assign(None, by=None, reason="She left.")
    assert what_changed_since(recommendation, 1) == [
        "The system, 18 November 2026 at 10:04am: Owner changed from Olu Shah to nothing."
    ]


def test_nothing_changed_since_is_nothing_to_tell(recommendation):
    assert what_changed_since(recommendation, recommendation.version) == []


def test_a_late_form_is_told_what_a_partner_said(response, link):
    version = response.version
    with clock.set_to(clock.now().replace(minute=4)):
        response.answer_with(Answer.NOTED, by=None, through=link)
    assert what_changed_since(response, version) == [
        "Surrey Police, through the link of 18 November 2026, 18 November 2026 at 10:04am: "
        "Answer changed from Awaiting an answer to Noted only."
    ]
