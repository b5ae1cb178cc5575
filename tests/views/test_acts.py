"""What owners and clerks do with a recommendation: each form's way through, and what it says when it refuses."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations.models import Progress
from recommendations.models.files import MAX_BYTES
from tests import factories
from tests.views.pages import Page, read, send

MARCH, APRIL = datetime.date(2027, 3, 1), datetime.date(2027, 4, 1)
TODAY = datetime.date(2026, 11, 18)
UNREAL = "must be a real date, like 14 1 2027 or 14 January 2027"


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def recommendation(board, owner):
    return factories.make_recommendation(factories.make_item(factories.make_meeting(board)), owner=owner, due_on=MARCH)


@pytest.fixture
def do(sign_in, recommendation):
    """Fills in and sends one of the recommendation's forms: `do(clerk, "close", outcome=…)`."""

    def act(who, name, **answers):
        page = send(sign_in(who), reverse(f"recommendation-{name}", args=[recommendation.slug]), **answers)
        recommendation.refresh_from_db()
        return page

    return act


@pytest.fixture
def closed(recommendation, clerk):
    return recommendation.close(Progress.IMPLEMENTED, at=recommendation.item.meeting, by=clerk)


# Progress updates


def test_one_page_tells_what_happened_and_where_it_stands(do, owner, recommendation):
    page = do(owner, "update", text="Two schools visited.", progress=Progress.IN_PROGRESS)
    assert page.redirects == [recommendation.get_absolute_url()]
    assert page.banner == "Your update is saved. Members and clerks see it from now on."
    assert recommendation.progress == Progress.IN_PROGRESS
    assert [entry for entry in page.timeline if "Two schools visited." in entry] == [
        page.timeline[0]
    ]  # told once: the change of progress and the words belong together


def test_writing_about_what_had_not_started_proposes_that_it_has(sign_in, owner, recommendation):
    page = read(sign_in(owner), reverse("recommendation-update", args=[recommendation.slug]))
    assert page.fields["progress"] == Progress.IN_PROGRESS


def test_an_update_may_leave_it_where_it_stands(do, owner, recommendation):
    do(owner, "update", text="Nothing new.", progress=Progress.NOT_STARTED)
    assert (recommendation.progress, recommendation.updates.get().text) == (Progress.NOT_STARTED, "Nothing new.")


def test_only_where_it_may_go_is_offered(sign_in, owner, recommendation):
    recommendation.change_progress(Progress.REPORTED_COMPLETE, by=owner)
    page = read(sign_in(owner), reverse("recommendation-update", args=[recommendation.slug]))
    assert page.main.xpath(".//input[@type='radio']/@value") == [Progress.IN_PROGRESS, Progress.REPORTED_COMPLETE]


def test_an_update_without_words_is_refused(do, owner, recommendation):
    page = do(owner, "update", progress=Progress.PAUSED)
    assert page.errors == ["Enter the answer to “What has happened?”"]
    assert page.fields["progress"] == Progress.PAUSED
    assert not recommendation.updates.exists()


def test_an_exempt_update_tells_its_words_to_nobody_else(do, sign_in, owner, other_officer, recommendation):
    page = do(owner, "update", text="The firm is bankrupt.", progress=Progress.PAUSED, exempt_paragraph="3")
    assert page.banner == "Your update is saved. The board and clerks see it from now on."
    seen = read(sign_in(other_officer), recommendation.get_absolute_url())
    assert "Paused" in seen.text
    assert "bankrupt" not in seen.text


def test_a_file_goes_with_an_update(do, owner, recommendation):
    do(owner, "update", text="See the figures.", file=SimpleUploadedFile("figures.csv", b"a,b\n1,2"))
    update = recommendation.updates.get()
    with update.file.open() as file:
        assert (update.file_name, file.read()) == ("figures.csv", b"a,b\n1,2")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("run.exe", b"MZ", "Choose a PDF, Word, Excel, PowerPoint, OpenDocument, picture, text or CSV file."),
        ("a.pdf", b"Hello", "The file is not a real .pdf file. Save it again in that format and choose it again."),
        (
            "a.docx",
            b"PK\x03\x04",
            "This file is damaged or incomplete. Open it, save it again and choose the new one.",
        ),
        ("a.txt", b"a\0b", "The file is not a real .txt file. Save it again in that format and choose it again."),
        ("a.txt", b"", "The selected file is empty: select another"),
        ("a.txt", b"x" * (MAX_BYTES + 1), "Choose a file of at most 10 MB."),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_the_words_are_kept(
    do, owner, recommendation, name, content, sentence
):
    page = do(owner, "update", text="See the file.", file=SimpleUploadedFile(name, content))
    assert page.errors == [sentence]
    assert page.fields["text"] == "See the file."
    assert not recommendation.updates.exists()


# Owners


def test_an_owner_is_given_and_taken_away_with_a_reason(do, clerk, other_officer, recommendation):
    assert do(clerk, "owner", owner=other_officer).banner == f"Megan Price now owns {recommendation.reference}."
    assert do(clerk, "owner", owner="", reason="She has left.").banner == f"Nobody now owns {recommendation.reference}."
    assert recommendation.owner is None


@pytest.mark.parametrize(
    ("owner_to_be", "sentence"),
    [
        ("", "Say why nobody owns this now."),
        ("same", "That is the owner already."),
        ("0", "Select the owner from the list"),
    ],
)
def test_an_owner_is_refused_in_words(do, clerk, owner, recommendation, owner_to_be, sentence):
    page = do(clerk, "owner", owner=owner if owner_to_be == "same" else owner_to_be)
    assert page.errors == [sentence]
    assert recommendation.owner == owner


# Due dates


def test_the_first_date_needs_no_reason(sign_in, clerk, board):
    bare = factories.make_recommendation()
    page = send(sign_in(clerk), reverse("recommendation-due-date", args=[bare.slug]), due_on=MARCH)
    assert page.banner == "The due date is now 1 March 2027."


def test_a_date_moves_with_a_reason_and_the_meeting_that_agreed(do, clerk, recommendation):
    page = do(clerk, "due-date", due_on=APRIL, reason="Agreed.", agreed_at=recommendation.item.meeting, minute="34/26")
    assert page.banner == "The due date is now 1 April 2027."
    change = recommendation.date_changes.get()
    assert (change.decided_at, change.decided_minute) == (recommendation.item.meeting, "34/26")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"due_on": APRIL}, "Enter the answer to “Why does the date move?”"),
        ({"reason": "Agreed."}, "That is the due date already. Give another day."),
        ({"due_on_day": "31", "due_on_month": "2", "reason": "Agreed."}, f"Due date {UNREAL}"),
        ({"due_on_year": "", "reason": "Agreed."}, "Due date must include a year"),
    ],
)
def test_a_date_is_refused_in_words_and_what_was_typed_is_kept(do, clerk, recommendation, answers, sentence):
    page = do(clerk, "due-date", **answers)
    assert page.errors == [sentence]
    assert page.fields["reason"] == answers.get("reason", "")
    assert recommendation.due_on == MARCH


def test_only_meetings_that_were_held_by_its_boards_can_have_agreed(sign_in, clerk, recommendation, other_board):
    factories.make_meeting(other_board)
    factories.make_meeting(recommendation.board, factories.ago(-3))
    page = read(sign_in(clerk), reverse("recommendation-due-date", args=[recommendation.slug]))
    options = [option.text for option in page.main.xpath(".//select[@name='agreed_at']/option")]
    assert options == ["No meeting", "19 September 2026 – Social Care Services Board"]


def test_an_owner_asks_for_a_later_date(do, owner, recommendation):
    page = do(owner, "later-date", to=APRIL, reason="The printers are late.")
    assert page.banner == "You have asked for a later date. The clerk sees it on their desk."
    assert recommendation.due_on == MARCH


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"to": MARCH, "reason": "Late."}, "Ask for a day after 1 March 2027, the present due date."),
        ({"to": APRIL}, "Enter the answer to “Why is more time needed?”"),
        ({"reason": "Late."}, "Enter the date you ask for"),
    ],
)
def test_a_later_date_is_refused_in_words(do, owner, answers, sentence):
    assert do(owner, "later-date", **answers).errors == [sentence]


def test_a_later_date_is_refused_while_another_waits(do, owner, recommendation):
    factories.make_asked_date(recommendation, by=owner)
    page = do(owner, "later-date", to=APRIL, reason="Late.")
    assert page.errors == ["A later date has been asked for already and waits for the clerk."]


@pytest.fixture
def decide(sign_in, clerk, owner, recommendation):
    """Decides on the owner's request for 29 March."""

    def send_decision(**answers):
        change = recommendation.date_changes.waiting().first() or factories.make_asked_date(recommendation, by=owner)
        page = send(sign_in(clerk), reverse("date-change", args=[change.pk]), **answers)
        recommendation.refresh_from_db()
        return page

    return send_decision


def test_the_clerk_reads_what_is_asked_and_grants_it(decide, recommendation, sign_in, clerk, owner):
    change = factories.make_asked_date(recommendation, by=owner)
    asked = read(sign_in(clerk), reverse("date-change", args=[change.pk]))
    assert (
        "Olu Shah asks for 29 March 2027 instead of 1 March 2027: The review takes longer than planned." in asked.text
    )
    assert decide(decision="grant").banner == "The later date is granted: 29 March 2027."
    assert recommendation.due_on == datetime.date(2027, 3, 29)


def test_the_clerk_refuses_with_a_reason(decide, recommendation):
    page = decide(decision="refuse", reason="The Board is waiting.")
    assert page.banner == "The later date is refused. It stays 1 March 2027."
    assert recommendation.due_on == MARCH


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [({"decision": "refuse"}, "Say why the later date is refused."), ({}, "Select the decision")],
)
def test_a_decision_is_refused_in_words(decide, answers, sentence):
    assert decide(**answers).errors == [sentence]


def test_a_request_is_not_granted_once_the_date_has_moved(decide, recommendation, owner, clerk):
    factories.make_asked_date(recommendation, by=owner)
    recommendation.set_due_date(APRIL, by=clerk, reason="Agreed.")
    assert decide(decision="grant").errors == [
        "The due date has changed since this was asked. Refuse it, or set the date itself."
    ]


# Closing and reopening


def test_the_board_closes_at_a_meeting(do, clerk, recommendation):
    page = do(
        clerk, "close", outcome=Progress.IMPLEMENTED, at=recommendation.item.meeting, minute="52/26", note="Done."
    )
    assert page.banner == f"{recommendation.reference} is closed."
    assert recommendation.closing_minute == "52/26"


@pytest.mark.parametrize(
    ("answers", "sentences"),
    [
        ({}, ["Select the answer to “How did the Board close it?”", "Select the answer to “At which meeting?”"]),
        ({"outcome": Progress.SUPERSEDED, "at": True}, ["Say why this becomes “closed: superseded”."]),
        ({"outcome": "paused", "at": True}, ["Select the answer to “How did the Board close it?” from the list"]),
    ],
)
def test_closing_is_refused_in_words(do, clerk, recommendation, answers, sentences):
    meeting = {"at": recommendation.item.meeting} if "at" in answers else {}
    page = do(clerk, "close", note="They tried.", **answers | meeting)
    assert page.errors == sentences
    assert page.fields["note"] == "They tried."
    assert recommendation.is_open


def test_it_can_only_be_closed_at_a_meeting_held_since(sign_in, clerk, recommendation, board):
    factories.make_meeting(board, factories.ago(300))
    factories.make_meeting(board, factories.ago(-3))
    page = read(sign_in(clerk), reverse("recommendation-close", args=[recommendation.slug]))
    options = [option.text for option in page.main.xpath(".//select[@name='at']/option")]
    assert options == ["Choose a meeting", "19 September 2026 – Social Care Services Board"]


@pytest.mark.usefixtures("closed")
def test_a_clerk_reopens_with_a_reason(do, clerk, recommendation):
    page = do(clerk, "reopen", reason="The guidance was withdrawn.")
    assert page.banner == f"{recommendation.reference} is open again, in progress."
    assert recommendation.progress == Progress.IN_PROGRESS


@pytest.mark.usefixtures("closed")
def test_reopening_without_a_reason_is_refused(do, clerk, recommendation):
    assert do(clerk, "reopen").errors == ["Enter the answer to “Why is it opened again?”"]
    assert not recommendation.is_open


def test_closing_twice_is_refused_and_nothing_typed_is_lost(sign_in, clerk, closed):
    answers = {"outcome": Progress.IMPLEMENTED, "at": closed.item.meeting.pk, "note": "Done."}
    page = Page(sign_in(clerk).post(reverse("recommendation-close", args=[closed.slug]), answers))
    assert page.errors == ["You may not do this, or the recommendation has been closed or reopened meanwhile."]
    assert page.fields["note"] == "Done."


@pytest.mark.usefixtures("closed")
def test_what_changed_is_written_once_it_is_known_and_then_only_changed_with_a_reason(do, clerk, recommendation):
    page = do(clerk, "outcome", note="12 fewer children go missing.")
    assert page.banner == "What changed because of it is written down."
    assert do(clerk, "outcome", note="21 fewer.").errors == ["Enter the answer to “Why does it change?”"]
    page = do(clerk, "outcome", note="21 fewer.", reason="The figures were turned round.")
    assert "Outcome note corrected" in page.timeline[0]
    assert recommendation.outcome_note == "21 fewer."


def test_of_what_is_open_nobody_writes_what_changed(sign_in, clerk, recommendation):
    address = reverse("recommendation-outcome", args=[recommendation.slug])
    assert sign_in(clerk).get(address).status_code == 403


# Title, words, exemption, evidence


def test_the_short_title_is_changed_beside_the_words(do, clerk, recommendation):
    before = recommendation.text
    assert do(clerk, "title", title="Visit").banner == "The short title is changed."
    assert (recommendation.title, recommendation.text) == ("Visit", before)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [("", "Enter the short title"), ("x" * 201, "Short title must be 200 characters or fewer; it has 201")],
)
def test_a_title_is_refused_in_words(do, clerk, title, sentence):
    page = do(clerk, "title", title=title)
    assert (page.errors, page.fields["title"]) == ([sentence], title)


def test_the_words_are_corrected_with_a_reason_and_the_earlier_ones_are_kept(do, clerk, recommendation):
    before = recommendation.text
    page = do(clerk, "words", text="That officers rewrite the guidance.", reason="A word was missing.")
    assert page.banner == "The Board’s words are corrected."
    assert f"The Board’s words: {before} → That officers rewrite the guidance. A word was missing." in page.timeline[0]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"text": "Other words."}, "Enter the answer to “What was wrong?”"),
        ({"reason": "A word."}, "Nothing was changed in the Board's words."),
        ({"text": "", "reason": "A word."}, "Enter the Board’s words"),
    ],
)
def test_a_correction_is_refused_in_words(do, clerk, answers, sentence):
    assert do(clerk, "words", **answers).errors == [sentence]


def test_it_is_made_exempt_and_opened_again_with_reasons(do, clerk, recommendation):
    page = do(clerk, "exempt", exempt_paragraph="2", reason="It names a child.")
    assert page.banner == f"{recommendation.reference} is exempt now."
    page = do(clerk, "exempt", exempt_paragraph="", reason="The name is gone.")
    assert page.banner == f"{recommendation.reference} is open to all who read now."


def test_exempting_without_a_reason_is_refused(do, clerk, recommendation):
    assert do(clerk, "exempt", exempt_paragraph="2").errors == ["Enter the answer to “Why?”"]
    assert not recommendation.is_exempt


def test_what_led_to_it_is_ticked(do, clerk, recommendation):
    point, witness = factories.make_point(recommendation.item), factories.make_witness(recommendation.item)
    page = do(clerk, "evidence", points=[point.pk], witnesses=[witness.pk])
    assert page.banner == "The evidence is saved."
    assert {link.point or link.witness for link in recommendation.evidence.all()} == {point, witness}


def test_what_was_ticked_is_shown_ticked_and_can_be_unticked(do, sign_in, clerk, recommendation):
    point = factories.make_point(recommendation.item)
    factories.make_evidence(recommendation, point=point)
    asked = read(sign_in(clerk), reverse("recommendation-evidence", args=[recommendation.slug]))
    assert asked.fields["points"] == str(point.pk)
    do(clerk, "evidence", points=[])
    assert recommendation.evidence.get().is_withdrawn


def test_evidence_of_another_item_is_refused(do, clerk):
    assert do(clerk, "evidence", points=[factories.make_point().pk]).errors == [
        "Select the discussion points that led to it from the list"
    ]
