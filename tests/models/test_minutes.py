"""Meetings, what their minutes hold, and drafts of minutes."""

import datetime
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.models import AttendanceChange, Meeting, MinutesDraft, Refused, digest_of
from tests import factories

# Words that no list mark is made of.
WORDS = st.lists(st.text("abcdefghäéß", min_size=3, max_size=9), min_size=1, max_size=40)
LINES = [
    "Key points raised during the discussion:",
    "The Board asked about “missing” children.",
    "Referrals had risen.",
]


# The same minutes, however they are set


# How the same lines may be set
SETTINGS = {
    "in capitals": [line.upper() for line in LINES],
    "indented": [f"   {line}  " for line in LINES],
    "with blank lines": ["", LINES[0], "\xa0", *LINES[1:], ""],
    "numbered 1.": [LINES[0], f"1. {LINES[1]}", f"2. {LINES[2]}"],
    "numbered 1)": [LINES[0], f"1)\xa0\xa0{LINES[1]}", f"1)\xa0\xa0{LINES[2]}"],
    "numbered 1.1.": [LINES[0], f"1.1. {LINES[1]}", f"1.2. {LINES[2]}"],
    "numbered (i)": [LINES[0], f"(i) {LINES[1]}", f"(ii) {LINES[2]}"],
    "lettered a)": [LINES[0], f"a) {LINES[1]}", f"b) {LINES[2]}"],
    "with bullets": [LINES[0], f"• {LINES[1]}", f"- {LINES[2]}"],
    "numbers on lines of their own": [LINES[0], "1.", LINES[1], "2.", LINES[2]],
    "with straight quotes": [line.replace("“", '"').replace("”", '"') for line in LINES],
    "on one line": [" ".join(LINES)],
    "on short lines": textwrap.wrap(" ".join(LINES), 20),
}


@pytest.mark.parametrize("lines", SETTINGS.values(), ids=SETTINGS)
def test_numbers_marks_spaces_wrapping_and_case_do_not_matter(lines):
    assert digest_of(lines) == digest_of(LINES)


@pytest.mark.parametrize(
    "lines",
    [
        LINES[:2],
        [*LINES[:2], "Referrals had fallen."],
        [LINES[0], LINES[2], LINES[1]],
        [*LINES, "Referrals had risen by 3 per cent."],
    ],
    ids=["shorter", "another word", "another order", "longer"],
)
def test_other_words_are_other_minutes(lines):
    assert digest_of(lines) != digest_of(LINES)


def test_a_decimal_point_is_part_of_the_number():
    assert digest_of(["It cost £1.5 million."]) != digest_of(["It cost £15 million."])


def test_a_number_within_the_words_is_part_of_them():
    assert digest_of(["There were 12 of them."]) != digest_of(["There were 13 of them."])


@given(words=WORDS, width=st.integers(12, 60))
def test_wrapping_never_matters(words, width):
    text = " ".join(words)
    assert digest_of(textwrap.wrap(text, width)) == digest_of([text])


@given(words=WORDS)
def test_case_never_matters(words):
    assert digest_of([" ".join(words).upper()]) == digest_of([" ".join(words)])


@given(words=WORDS, mark=st.sampled_from(["1.", "12)", "(3)", "a)", "(iv)", "•", "-", "–", "·", "2.1)"]))
def test_a_list_mark_never_matters(words, mark):
    assert digest_of([f"{mark} {' '.join(words)}"]) == digest_of([" ".join(words)])


# Drafts


@pytest.fixture
def draft(clerk):
    return factories.make_draft(
        "Recommendations:\n1. That officers review it.", by=clerk, held_on=datetime.date(2026, 1, 14)
    )


def test_a_draft_is_called_by_board_and_day(draft):
    assert str(draft) == "Minutes of Social Care Services Board, 14 January 2026"


def test_a_draft_keeps_its_lines(draft):
    assert draft.lines == ["Recommendations:", "1. That officers review it."]


def test_a_new_draft_is_to_be_finished(draft):
    assert draft.is_unfinished
    assert list(MinutesDraft.objects.unfinished()) == [draft]


def test_what_a_clerk_corrects_is_kept(draft, clerk):
    draft.correct({"items": []}, by=clerk)
    assert MinutesDraft.objects.get().content == {"items": []}


def test_every_earlier_correction_is_in_the_history(draft, clerk):
    draft.correct({"last_id": 1}, by=clerk)
    draft.correct({"last_id": 2}, by=clerk)
    assert [row.content for row in draft.history.all()] == [{"last_id": 2}, {"last_id": 1}, {}]


def test_the_history_does_not_copy_the_text(draft):
    fields = {field.name for field in MinutesDraft.history.model._meta.get_fields()}
    assert not fields & {"text", "found"}


def test_the_text_survives_a_correction(draft, clerk):
    draft.correct({"items": []}, by=clerk)
    assert MinutesDraft.objects.get().text == "Recommendations:\n1. That officers review it."


def test_discarding_needs_a_reason(draft, clerk):
    with pytest.raises(Refused, match="Say why the draft is discarded"):
        draft.discard(by=clerk, reason=" ")


def test_board_and_day_may_be_corrected_with_the_rest(draft, clerk, other_board):
    draft.correct({}, by=clerk, board=other_board, held_on=datetime.date(2026, 1, 15))
    kept = MinutesDraft.objects.get()
    assert (kept.board, kept.held_on) == (other_board, datetime.date(2026, 1, 15))


def test_board_and_day_stay_unless_corrected(draft, clerk, board):
    draft.correct({}, by=clerk)
    kept = MinutesDraft.objects.get()
    assert (kept.board, kept.held_on) == (board, datetime.date(2026, 1, 14))


def test_an_adopted_draft_names_its_meeting(draft, clerk, board):
    meeting = factories.make_meeting(board, draft.held_on)
    draft.become_adopted(meeting, by=clerk)
    kept = MinutesDraft.objects.get()
    assert (kept.state, kept.meeting) == (MinutesDraft.State.ADOPTED, meeting)


def test_an_adopted_draft_is_not_changed(draft, clerk):
    draft.become_adopted(factories.make_meeting(), by=clerk)
    with pytest.raises(Refused, match="This draft is adopted, so it cannot be changed"):
        draft.correct({}, by=clerk)


def test_a_draft_leads_to_where_it_is_finished_and_then_to_its_meeting(draft, clerk):
    before, meeting = draft.get_absolute_url(), factories.make_meeting()
    draft.become_adopted(meeting, by=clerk)
    assert [before, draft.get_absolute_url()] == [f"/minutes/{draft.pk}/", f"/meetings/{meeting.pk}/"]


@pytest.mark.parametrize("verb", ["correct", "discard"])
def test_a_discarded_draft_is_not_changed(verb, draft, clerk):
    draft.discard(by=clerk, reason="The wrong board.")
    given = {"content": {}} if verb == "correct" else {"reason": "Once more."}
    with pytest.raises(Refused, match="This draft is discarded, so it cannot be changed"):
        getattr(draft, verb)(by=clerk, **given)


def test_the_same_text_is_found_by_its_digest(draft):
    again = digest_of(["RECOMMENDATIONS:", "That officers", "review it."])
    assert MinutesDraft.objects.saying(digest=again, line_digest="another").get() == draft


def test_a_discarded_draft_does_not_count_as_entered(draft, clerk):
    draft.discard(by=clerk, reason="The wrong board.")
    assert not MinutesDraft.objects.entered().exists()


def test_a_draft_may_lack_its_day(clerk):
    draft = factories.make_draft(by=clerk, without_date=True)
    assert (draft.held_on, str(draft)) == (None, "Minutes of Social Care Services Board, no date yet")


# Meetings and what their minutes hold


def test_a_meeting_is_called_by_board_and_day(board):
    meeting = factories.make_meeting(board, datetime.date(2027, 1, 4))
    assert str(meeting) == "Social Care Services Board on 4 January 2027"


@pytest.fixture
def meeting(board):
    return factories.make_meeting(board, datetime.date(2026, 1, 14))


def test_the_day_and_the_place_of_a_meeting_are_put_right(meeting, clerk):
    meeting.correct(held_on=datetime.date(2026, 1, 15), place="Town Hall", by=clerk, reason="A day was misread.")
    kept = Meeting.objects.get()
    assert (kept.held_on, kept.place) == (datetime.date(2026, 1, 15), "Town Hall")


def test_putting_a_meeting_right_needs_a_reason(meeting, clerk):
    with pytest.raises(Refused, match="Say what was wrong"):
        meeting.correct(held_on=meeting.held_on, place="Town Hall", by=clerk, reason="")


@pytest.mark.parametrize("who", ["owner", "member", "administrator", "stranger"])
def test_only_a_clerk_puts_a_meeting_right(who, person, meeting):
    with pytest.raises(Refused, match="Only a clerk corrects a meeting"):
        meeting.correct(held_on=meeting.held_on, place="Town Hall", by=person(who), reason="A day was misread.")


def test_a_meeting_does_not_move_onto_another(meeting, board, clerk):
    other = factories.make_meeting(board, datetime.date(2026, 1, 15))
    with pytest.raises(Refused, match="already has a meeting on that day"):
        meeting.correct(held_on=other.held_on, place="", by=clerk, reason="A day was misread.")


@pytest.mark.parametrize("what", ["closed", "received"])
def test_a_day_on_which_something_was_decided_stays(what, board, clerk, today):
    meeting = factories.make_meeting(board, today)
    if what == "closed":
        factories.make_recommendation(progress="closed_implemented", closed_at=meeting)
    else:
        factories.make_received_report(at=meeting)
    with pytest.raises(Refused, match="so its day can no longer change"):
        meeting.correct(held_on=factories.ago(1), place="", by=clerk, reason="A day was misread.")


def test_the_place_may_change_whatever_was_decided(board, clerk, today):
    meeting = factories.make_meeting(board, today)
    factories.make_received_report(at=meeting)
    assert meeting.correct(held_on=today, place="Town Hall", by=clerk, reason="It moved.").place == "Town Hall"


def test_meetings_are_listed_latest_first(board, other_board):
    days = [(board, 1), (other_board, 3), (board, 3), (board, 2)]
    for holder, day in days:
        factories.make_meeting(holder, datetime.date(2027, 1, day))
    listed = [(meeting.board, meeting.held_on.day) for meeting in Meeting.objects.latest_first()]
    assert listed == [(other_board, 3), (board, 3), (board, 2), (board, 1)]


def test_the_minutes_of_items_come_in_as_many_queries_for_many_as_for_one(django_assert_num_queries, board):
    meeting = factories.make_meeting(board)
    for _ in range(3):
        item = factories.make_item(meeting)
        factories.make_witness(item), factories.make_point(item), factories.make_resolution(item)
    with django_assert_num_queries(5):
        items = list(meeting.items.with_minutes())
        assert [(item.witnesses.count(), len(item.points.all())) for item in items] == [(1, 1)] * 3


@pytest.mark.parametrize(
    ("declarations", "words"),
    [(None, "Not recorded in the minutes"), ("None", "None"), ("Cllr Nair: a governor.", "Cllr Nair: a governor.")],
)
def test_no_declaration_and_no_record_of_one_are_different(declarations, words, db):
    assert factories.make_item(declarations=declarations).declarations_in_words == words


def test_an_item_stands_on_the_page_of_its_meeting(db):
    item = factories.make_item()
    assert item.get_absolute_url() == f"/meetings/{item.meeting.pk}/#item-{item.pk}"


def test_an_item_is_called_by_number_and_title(db):
    assert str(factories.make_item(number="7")) == "Item 7: Children missing from home"


@pytest.mark.parametrize(
    ("fields", "called"),
    [
        ({}, "Dana Whitlock, Head of Early Help, Example Council"),
        ({"organisation": ""}, "Dana Whitlock, Head of Early Help"),
        ({"role": "", "organisation": ""}, "Dana Whitlock"),
    ],
)
def test_a_witness_is_called_by_name_and_role(fields, called, db):
    assert str(factories.make_witness(**fields)) == called


@pytest.mark.parametrize(("number", "called"), [("4", "4. Referrals rose."), ("", "Referrals rose.")])
def test_a_point_is_called_by_its_printed_number(number, called, db):
    assert str(factories.make_point(text="Referrals rose.", number=number)) == called


def test_resolutions_and_attendance_are_called_by_their_words(db):
    left = AttendanceChange(item=factories.make_item(), text="Cllr Nair left the meeting at 12.00pm.")
    assert str(left) == "Cllr Nair left the meeting at 12.00pm."
    assert str(factories.make_resolution()) == "The Board thanks the witnesses for their attendance."
