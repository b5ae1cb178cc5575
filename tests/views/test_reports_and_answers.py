"""Follow-up reports, answers and their clocks: each form's way through, and what it says when it refuses."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations.models import Answer, Progress, Verdict
from tests import factories
from tests.views.pages import Page, read, send

MARCH, APRIL = datetime.date(2027, 3, 1), datetime.date(2027, 4, 1)


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def recommendation(board, owner):
    return factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner)


@pytest.fixture
def report(recommendation):
    return factories.make_report(recommendation, due_on=factories.ago(3))


@pytest.fixture
def submitted(recommendation, owner):
    return factories.make_report(recommendation, due_on=factories.ago(3), submitted_by=owner)


@pytest.fixture
def do(sign_in):
    """Fills in and sends one of the forms of a record: `do(clerk, "follow-up-waive", report, reason=…)`."""

    def act(who, name, thing, **answers):
        page = send(sign_in(who), reverse(name, args=[getattr(thing, "slug", thing.pk)]), **answers)
        thing.refresh_from_db()
        return page

    return act


# Asking for reports, handing them in


def test_the_board_asks_for_a_report(do, clerk, recommendation):
    page = do(clerk, "follow-up-new", recommendation, due_on=MARCH, reason="Figures are missing.")
    assert page.banner == f"Follow-up report 1 on {recommendation.reference} is asked for."
    assert recommendation.follow_ups.get().due_on == MARCH


def test_a_report_may_be_asked_for_without_a_date(do, clerk, recommendation):
    do(clerk, "follow-up-new", recommendation)
    assert recommendation.follow_ups.get().due_on is None


def test_a_second_report_is_not_asked_for_while_one_is_awaited(sign_in, clerk, recommendation, report):
    address = reverse("follow-up-new", args=[recommendation.slug])
    page = Page(sign_in(clerk).post(address, {"reason": "More."}))
    assert page.errors == ["A follow-up report is awaited already. Move its due date instead."]
    assert sign_in(clerk).get(address).status_code == 403


def test_the_owner_hands_in_the_report_with_a_file(do, owner, report):
    file = SimpleUploadedFile("report.pdf", b"%PDF-1.7")
    page = do(owner, "follow-up-submit", report, text="Two schools so far.", file=file)
    assert page.redirects == [report.get_absolute_url()]
    assert page.banner == "The report is submitted. The clerk puts it before the Board at its next meeting."
    assert (report.text, report.file_name, report.submitted_by) == ("Two schools so far.", "report.pdf", owner)


def test_an_exempt_report_is_kept_from_others(do, sign_in, owner, other_officer, report):
    do(owner, "follow-up-submit", report, text="The firm is bankrupt.", exempt_paragraph="3")
    assert "bankrupt" not in read(sign_in(other_officer), report.get_absolute_url()).text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Enter your report to the Board"),
        (
            {"file": SimpleUploadedFile("a.pdf", b"no"), "text": "See the file."},
            "The file is not a real .pdf file. Save it again in that format and choose it again.",
        ),
    ],
    ids=["no words", "no real file"],
)
def test_a_report_is_refused_in_words(do, owner, report, answers, sentence):
    page = do(owner, "follow-up-submit", report, exempt_paragraph="3", **answers)
    assert page.errors == [sentence]
    assert (page.fields["exempt_paragraph"], page.fields["text"]) == ("3", answers.get("text", ""))
    assert not report.is_submitted


def test_the_page_warns_that_a_report_cannot_be_taken_back(sign_in, owner, report):
    page = read(sign_in(owner), reverse("follow-up-submit", args=[report.pk]))
    assert "Once submitted, a report cannot be changed." in page.text


@pytest.mark.parametrize("name", ["follow-up-submit", "follow-up-waive", "follow-up-due-date"])
def test_what_was_handed_in_is_not_asked_for_any_more(sign_in, clerk, submitted, name):
    assert sign_in(clerk).get(reverse(name, args=[submitted.pk])).status_code == 403


def test_a_report_is_waived_with_a_reason(do, clerk, report):
    assert do(clerk, "follow-up-waive", report).errors == ["Enter the answer to “Why is the report no longer wanted?”"]
    page = do(clerk, "follow-up-waive", report, reason="The Board heard it in person.")
    assert page.banner == "Follow-up report 1 is waived."
    assert "Follow-up report 1 waived" in page.timeline[0]


# The date of a report


def test_the_date_of_a_report_moves_with_a_reason(do, clerk, report):
    page = do(clerk, "follow-up-due-date", report, due_on=APRIL, reason="Agreed.")
    assert (page.banner, report.times_moved) == ("The due date is now 1 April 2027.", 1)


def test_the_owner_asks_for_a_later_date_of_a_report_and_the_clerk_grants_it(do, owner, clerk, report):
    do(owner, "follow-up-later-date", report, to=APRIL, reason="The printers are late.")
    page = do(clerk, "date-change", report.date_changes.get(), decision="grant")
    assert page.redirects == [report.get_absolute_url()]
    report.refresh_from_db()
    assert report.due_on == APRIL


# What the Board made of it


def test_the_board_accepts_a_report_at_a_meeting(do, clerk, submitted, board):
    meeting = factories.make_meeting(board, factories.ago(0))
    page = do(clerk, "follow-up-receive", submitted, verdict=Verdict.ACCEPTED, at=meeting, minute="12/26")
    assert page.banner == "Recorded: accepted."
    assert (submitted.received_at, submitted.received_minute) == (meeting, "12/26")


def test_a_further_report_is_opened_with_its_date(do, clerk, submitted, board, recommendation):
    meeting = factories.make_meeting(board, factories.ago(0))
    page = do(clerk, "follow-up-receive", submitted, verdict=Verdict.FURTHER_WANTED, at=meeting, next_due_on=MARCH)
    assert page.banner == "Recorded: further report wanted. Follow-up report 2 is opened."
    assert recommendation.follow_ups.outstanding().get().due_on == MARCH


def test_a_board_that_is_not_satisfied_takes_back_that_it_is_complete(
    do, owner, clerk, submitted, board, recommendation
):
    recommendation.change_progress(Progress.REPORTED_COMPLETE, by=owner)
    meeting = factories.make_meeting(board, factories.ago(0))
    do(clerk, "follow-up-receive", submitted, verdict=Verdict.NOT_SATISFIED, at=meeting, reason="No figures.")
    recommendation.refresh_from_db()
    assert recommendation.progress == Progress.IN_PROGRESS


@pytest.mark.parametrize(
    ("answers", "sentences"),
    [
        ({}, ["Select the answer to “What did the Board make of it?”", "Select the answer to “At which meeting?”"]),
        ({"verdict": Verdict.NOT_SATISFIED, "at": True}, ["Say why the Board is not satisfied."]),
        (
            {"verdict": Verdict.ACCEPTED, "at": True, "next_due_on_day": "1"},
            ["The answer to “When is the next report due?” must include a month and year"],
        ),
    ],
)
def test_receiving_is_refused_in_words(do, clerk, submitted, board, answers, sentences):
    meeting = factories.make_meeting(board, factories.ago(0))
    page = do(
        clerk, "follow-up-receive", submitted, minute="12/26", **answers | ({"at": meeting} if "at" in answers else {})
    )
    assert (page.errors, page.fields["minute"]) == (sentences, "12/26")
    assert not submitted.verdict


def test_a_report_is_received_only_at_a_meeting_since_it_was_submitted(sign_in, clerk, submitted, board):
    factories.make_meeting(board, factories.ago(1))
    factories.make_meeting(board, factories.ago(0))
    page = read(sign_in(clerk), reverse("follow-up-receive", args=[submitted.pk]))
    options = [option.text for option in page.main.xpath(".//select[@name='at']/option")]
    assert options == ["Choose a meeting", "18 November 2026 – Social Care Services Board"]


# Addressees, clocks, answers


def test_an_addressee_is_added(do, clerk, recommendation, local):
    police = factories.make_organisation("Example Police", regime=local)
    page = do(clerk, "addressee-new", recommendation, addressee="the Police", organisation=police, regime=local)
    assert page.banner == "An answer is now expected from the Police."
    response = recommendation.responses.get()
    assert (response.organisation, response.regime) == (police, local)


@pytest.mark.parametrize(
    ("addressee", "sentence"),
    [("", "Enter the addressee"), ("POLICE", "This addressee is there already.")],
)
def test_an_addressee_is_refused_in_words(do, clerk, recommendation, local, addressee, sentence):
    factories.make_response(recommendation, "Police", regime=local)
    page = do(clerk, "addressee-new", recommendation, addressee=addressee, regime=local)
    assert (page.errors, page.fields["addressee"]) == ([sentence], addressee)


@pytest.fixture
def response(recommendation, executive):
    return factories.make_response(recommendation, "Cabinet", regime=executive)


def test_a_notice_starts_the_clock(do, clerk, response):
    page = do(
        clerk, "answer-clock", response, notified_on=datetime.date(2026, 11, 9), received_on=datetime.date(2026, 11, 10)
    )
    assert page.banner == "Cabinet must answer by 9 January 2027."
    assert "Cabinet: clock started" in page.timeline[0]


def test_a_running_clock_is_changed_only_with_a_reason(do, clerk, response, local):
    do(clerk, "answer-clock", response, notified_on=datetime.date(2026, 11, 9))
    page = do(clerk, "answer-clock", response, regime=local)
    assert page.errors == ["Enter the answer to “Why is the clock changed?”"]
    page = do(clerk, "answer-clock", response, regime=local, reason="A local rule applies.")
    assert page.banner == "Cabinet must answer by 4 January 2027."


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Enter the notice given on"),
        ({"notified_on": MARCH, "regime": "none"}, "No period is set for this addressee. Choose a rule that has one."),
    ],
)
def test_a_clock_is_refused_in_words(do, clerk, response, no_regime, answers, sentence):
    page = do(clerk, "answer-clock", response, **answers | ({"regime": no_regime} if "regime" in answers else {}))
    assert page.errors == [sentence]
    assert response.due_on is None


def test_an_answer_is_recorded(do, clerk, response):
    page = do(clerk, "answer-record", response, answer=Answer.ACCEPTED, on=factories.ago(2), reasons="Money is there.")
    assert page.banner == "The answer of Cabinet is recorded: accepted."
    assert (response.answered_on, response.reasons) == (factories.ago(2), "Money is there.")


def test_noted_is_said_to_count_as_unanswered(sign_in, clerk, response):
    page = read(sign_in(clerk), reverse("answer-record", args=[response.pk]))
    assert "Noted only Counts as unanswered: “noted” says neither yes nor no." in page.text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Select the answer to “What did they answer?”"),
        ({"answer": Answer.NOT_ACCEPTED}, "Give the reasons for this answer."),
        (
            {"answer": Answer.ACCEPTED, "on": MARCH},
            "The answer cannot come from the future. Give today or an earlier day.",
        ),
        ({"answer": Answer.AWAITING}, "Select the answer to “What did they answer?” from the list"),
    ],
)
def test_an_answer_is_refused_in_words(do, clerk, response, answers, sentence):
    assert do(clerk, "answer-record", response, **answers).errors == [sentence]
    assert response.answer == Answer.AWAITING


def test_a_changed_answer_needs_its_reasons_and_stays_in_the_story(do, clerk, response):
    do(clerk, "answer-record", response, answer=Answer.ACCEPTED)
    assert do(clerk, "answer-record", response, answer=Answer.NOT_ACCEPTED).errors == [
        "Give the reasons for this answer."
    ]
    page = do(clerk, "answer-record", response, answer=Answer.NOT_ACCEPTED, reasons="The money is gone.")
    assert page.timeline[0].endswith("by Ruth Bailey Answer: Accepted → Not accepted The money is gone.")


@pytest.mark.parametrize("name", ["addressee-new", "follow-up-new"])
def test_nothing_more_is_asked_once_a_recommendation_is_closed(sign_in, clerk, recommendation, name):
    recommendation.close(Progress.IMPLEMENTED, at=recommendation.item.meeting, by=clerk)
    assert sign_in(clerk).get(reverse(name, args=[recommendation.slug])).status_code == 403


def test_an_answer_that_comes_after_the_closing_is_recorded(do, clerk, recommendation, response):
    recommendation.close(Progress.IMPLEMENTED, at=recommendation.item.meeting, by=clerk)
    assert do(clerk, "answer-record", response, answer=Answer.ACCEPTED).banner
