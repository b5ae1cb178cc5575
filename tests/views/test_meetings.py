"""Meetings: their list, their minutes as everyone reads them, and what clerks add and put right."""

import datetime

import pytest
from django.urls import reverse

from recommendations.models import Meeting, Progress
from tests import factories
from tests.views.pages import Page, read, send


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def meeting(board):
    return factories.make_meeting(board)


@pytest.fixture
def look(sign_in, person):
    return lambda thing, who="member": read(sign_in(person(who)), thing.get_absolute_url())


# Reading


def test_the_latest_meeting_stands_first_with_what_it_held(sign_in, member, meeting, board, other_board):
    factories.make_meeting(other_board, factories.ago(-8))
    closed = factories.make_recommendation(factories.make_item(meeting))
    closed.close(Progress.SUPERSEDED, at=meeting, by=None, reason=factories.WHY)
    assert read(sign_in(member), reverse("meetings")).rows == [
        ["26 November 2026", "Highways and Transport Scrutiny Board", "0", "0", "0"],
        [
            "19 September 2026",
            "Social Care Services Board",
            "1",
            "1 recommendations, Social Care Services Board on 19 September 2026",
            "0",
        ],
    ]


def test_counts_leave_out_what_is_exempt(sign_in, other_member, meeting):
    factories.make_recommendation(factories.make_item(meeting, exempt_paragraph=3))
    [row] = read(sign_in(other_member), reverse("meetings")).rows
    assert row[2:] == ["0", "0", "0"]


def test_each_number_leads_to_exactly_the_recommendations_it_counts(sign_in, member, meeting, board):
    item, client = factories.make_item(meeting), sign_in(member)
    factories.make_recommendation(factories.make_item(factories.make_meeting(board, factories.ago(9))))
    factories.make_recommendation(item)
    factories.make_recommendation(item).close(Progress.SUPERSEDED, at=meeting, by=None, reason=factories.WHY)
    links = read(client, reverse("meetings")).links()
    counted = {words: len(read(client, href).rows) for words, href in links.items() if words.endswith(f", {meeting}")}
    assert counted == {f"2 recommendations, {meeting}": 2, f"1 still open, {meeting}": 1}


@pytest.fixture
def days(sign_in, member, board, other_board):
    """The days of the meetings that a list of them shows."""
    ended = factories.make_board("LHSB", "Libraries Board", ended_on=factories.ago(100))
    for held_by, ago in ((board, 400), (board, 1), (other_board, 0), (board, -8), (ended, -9)):
        factories.make_meeting(held_by, factories.ago(ago))
    return lambda query="": [row[0] for row in read(sign_in(member), reverse("meetings") + query).rows]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?only=held", ["17 November 2026", "14 October 2025"]),
        ("?only=to_come", ["26 November 2026", "18 November 2026"]),
        ("?year=2025", ["14 October 2025"]),
        ("?sort=date&only=to_come", ["18 November 2026", "26 November 2026"]),
        ("?sort=board&only=to_come", ["18 November 2026", "26 November 2026"]),
    ],
)
def test_meetings_are_narrowed_and_sorted(days, query, left):
    assert days(query) == left


def test_meetings_are_narrowed_to_those_of_a_board(days, other_board):
    assert days(f"?board={other_board.pk}") == ["18 November 2026"]


def test_meetings_that_asked_most_come_first_where_wanted(days, meeting):
    factories.make_recommendation(factories.make_item(meeting))
    assert [days(f"?sort={sort}")[0] for sort in ("-asked", "-open")] == ["19 September 2026"] * 2


def test_no_meeting_fits(sign_in, member, meeting):
    page = read(sign_in(member), reverse("meetings") + "?only=to_come")
    assert (page.heading, page.links()["Show all"]) == ("0 meetings", "?all=yes")
    assert "No meeting fits these filters." in page.text


def test_a_clerk_is_led_from_no_meeting_to_the_first_minutes(sign_in, clerk):
    assert read(sign_in(clerk), reverse("meetings")).links()["Enter minutes"] == reverse("draft-new")


def test_there_may_be_no_meeting_yet(sign_in, other_officer):
    assert "No meeting has been entered yet." in read(sign_in(other_officer), reverse("meetings")).text


def test_the_minutes_of_an_item_are_read_whole(look, meeting):
    item = factories.make_item(
        meeting, number="7", title="Missing children", purpose="To hear of it.", declarations="None"
    )
    recommendation = factories.make_recommendation(item)
    factories.make_witness(item)
    factories.make_point(item, number="4")
    factories.make_resolution(item)
    text = look(meeting).text
    assert "7. Missing children To hear of it." in text
    assert f"{recommendation.reference} Not started No date set No owner That officers review" in text
    assert "Dana Whitlock, Head of Early Help, Example Council" in text
    assert "Declarations of interest None" in text
    assert "4 Referrals had risen by a third since the spring." in text
    assert "The Board thanks the witnesses for their attendance." in text


def test_an_item_without_declarations_or_outcomes_says_so(look, meeting):
    factories.make_item(meeting)
    text = look(meeting).text
    assert "Declarations of interest Not recorded in the minutes" in text
    assert "Recommendations and actions None." in text


def test_what_was_closed_and_received_stands_on_the_meeting(look, board, owner, meeting):
    recommendation = factories.make_recommendation(factories.make_item(meeting), owner=owner)
    today = factories.make_meeting(board, factories.ago(0))
    factories.make_report(recommendation, submitted_by=owner, verdict="accepted")
    recommendation.close(Progress.IMPLEMENTED, at=today, by=None, reason=factories.WHY)
    text = look(today).text
    assert f"Closed at this meeting {recommendation.reference} Review the guidance – Closed: implemented" in text
    assert f"Follow-up report 1 on {recommendation.reference} – Accepted" in text
    assert "No minutes of this meeting have been entered yet." in text


@pytest.mark.parametrize(
    ("decide", "told"),
    [
        ("grant", "4 January 2027 instead of 7 December 2026"),
        ("refuse", "it stays 7 December 2026; 4 January 2027 was refused"),
    ],
)
def test_dates_that_were_decided_stand_on_the_meeting(look, board, owner, clerk, meeting, decide, told):
    item = factories.make_item(meeting)
    recommendation = factories.make_recommendation(item, owner=owner, due_on=datetime.date(2026, 12, 7))
    today = factories.make_meeting(board, factories.ago(0))
    getattr(factories.make_asked_date(recommendation, by=owner), decide)(by=clerk, at=today, reason=factories.WHY)
    assert f"Dates decided at this meeting {recommendation} – {told}" in look(today).text


@pytest.mark.parametrize(
    ("who", "reads"), [("clerk", True), ("member", True), ("other_member", False), ("other_officer", False)]
)
def test_exempt_items_are_counted_but_not_shown_to_others(look, meeting, who, reads):
    factories.make_item(meeting, title="A contract", exempt_paragraph=3)
    page = look(meeting, who)
    assert ("A contract" in page.text) == reads
    assert ("1 item is exempt and not shown to you." in page.text) == (not reads)


def test_the_owner_of_an_exempt_thing_does_not_read_the_whole_item(look, meeting, owner):
    item = factories.make_item(meeting, title="A contract", exempt_paragraph=3)
    factories.make_recommendation(item, owner=owner)
    assert "A contract" not in look(meeting, "owner").text


def test_only_a_clerk_is_led_on_to_the_work(look, meeting):
    factories.make_recommendation(factories.make_item(meeting))
    work = {reverse("assign-many"), reverse("meeting-correct", args=[meeting.pk])}
    assert work <= set(look(meeting, "clerk").links().values())
    assert not work & set(look(meeting, "member").links().values())


@pytest.mark.parametrize(("days_ago", "who", "is_offered"), [
    (0, "clerk", True), (-7, "clerk", False), (0, "member", False),
])  # fmt: skip
def test_a_clerk_signs_off_a_meeting_that_was_held(sign_in, person, board, days_ago, who, is_offered):
    meeting = factories.make_meeting(board, factories.ago(days_ago))
    addresses = (meeting.get_absolute_url(), reverse("meetings"))
    links = [read(sign_in(person(who)), address).links().values() for address in addresses]
    assert [reverse("meeting-sign-off", args=[meeting.pk]) in found for found in links] == [is_offered] * 2


def test_everybody_is_led_to_what_changed_since_the_last_meeting(look, meeting):
    changed = look(meeting).links()["What changed since the last meeting"]
    assert changed == reverse("meeting-changes", args=[meeting.pk])


def test_a_meeting_that_is_none_is_not_found(sign_in, member):
    assert sign_in(member).get("/meetings/0/").status_code == 404


# Adding and putting right


def test_a_meeting_is_added_also_ahead(sign_in, clerk, board):
    page = send(sign_in(clerk), reverse("meeting-new"), board=board, held_on=factories.ago(-30), place="County Hall")
    assert page.banner == "The meeting is added."
    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.place, meeting.history.get().history_user) == (
        factories.ago(-30),
        "County Hall",
        clerk,
    )


def test_a_meeting_is_not_added_twice_and_nothing_typed_is_lost(sign_in, clerk, meeting):
    page = send(
        sign_in(clerk), reverse("meeting-new"), board=meeting.board, held_on=meeting.held_on, place="County Hall"
    )
    assert page.errors == ["This board already has a meeting on that day."]
    assert (page.fields["place"], page.fields["held_on_year"]) == ("County Hall", "2026")


def test_a_meeting_needs_its_board_and_its_day(sign_in, clerk):
    page = send(sign_in(clerk), reverse("meeting-new"))
    assert page.errors == ["Select the board", "Enter the date of the meeting"]


def test_a_meeting_is_put_right_with_a_reason(sign_in, clerk, meeting):
    address = reverse("meeting-correct", args=[meeting.pk])
    page = send(sign_in(clerk), address, held_on=datetime.date(2026, 9, 18), reason="A slip of the pen.")
    assert (page.banner, page.heading) == ("The meeting is corrected.", "Meeting of 18 September 2026")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"place": "Town Hall"}, "Enter the answer to “What was wrong?”"),
        ({"held_on": datetime.date(2026, 9, 1), "reason": "A slip."}, "This board already has a meeting on that day."),
    ],
)
def test_a_correction_is_refused_in_words(sign_in, clerk, meeting, board, answers, sentence):
    factories.make_meeting(board, datetime.date(2026, 9, 1))
    page = send(sign_in(clerk), reverse("meeting-correct", args=[meeting.pk]), **answers)
    assert page.errors == [sentence]


def test_the_day_stays_once_something_was_closed_then(sign_in, clerk, meeting):
    factories.make_recommendation(factories.make_item(meeting), progress=Progress.IMPLEMENTED, closed_at=meeting)
    answers = {"held_on": factories.ago(90), "reason": "A slip."}
    page = send(sign_in(clerk), reverse("meeting-correct", args=[meeting.pk]), **answers)
    assert page.errors == ["Something was closed or received at this meeting, so its day can no longer change."]


def test_cancelling_leads_back(sign_in, clerk, meeting):
    page = Page(sign_in(clerk).get(reverse("meeting-correct", args=[meeting.pk])))
    assert page.links()["Cancel"] == meeting.get_absolute_url()
