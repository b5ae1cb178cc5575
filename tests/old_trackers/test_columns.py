"""Headings as trackers write them: what they mean, and in which row they stand."""

import pytest

from recommendations.old_trackers import columns
from recommendations.old_trackers.headings import LEFT_OUT, MEANINGS
from tests.old_trackers import files

HEADINGS = {
    "Recommendation": "text",
    "Recommendation(s)": "text",
    "Recommendation / Action": "text",
    "Cabinet recommendation as agreed": "text",
    "ACTION REQUIRED": "text",
    "Action taken": "update",
    "Action by": "owner",
    "Lead officer / executive member": "owner",
    "Lead Officer (name and post)": "owner",
    "Responsible officer": "owner",
    "Portfolio Holder": "addressee",
    "Ref.": "reference",
    "Ref. No.": "reference",
    "No.": "number",
    "Date": "meeting",
    "Date of Committee": "meeting",
    "Origin": "item",
    "Executive date": "answered",
    "Cabinet response": "answer",
    "Response deadline": "due",
    "By when?": "due",
    "Target date": "due",
    "Revised target date": "revised_due",
    "Original target date": "first_due",
    "RAG rating": "status",
    "Status (RAG)": "status",
    "Progress": "status",
    "Progress update - November": "update",
    "Date completed": "completed",
    "Date closed": "closed",
    "Part 2?": "exempt",
    "Impact": "outcome",
    "Budget code": "",
}


@pytest.mark.parametrize(("heading", "meaning"), HEADINGS.items())
def test_a_heading_is_known_however_it_is_written(heading, meaning):
    assert columns.meaning_of(heading)[0] == meaning


def test_every_heading_of_our_own_export_is_known():
    unknown = [heading for heading in files.EXPORT_HEADINGS if columns.meaning_of(heading)[1] == columns._UNSURE]
    assert unknown == []


def test_our_own_export_fills_a_column_each():
    meanings = columns.recognised(files.EXPORT_HEADINGS).values()
    assert sorted(meanings) == sorted(set(meanings))


def test_every_meaning_has_headings_of_its_own():
    """What two meanings claimed, the first would have."""
    known = {name for name, _ in columns._EXACT.values()}
    assert known - {LEFT_OUT} == set(MEANINGS)


@pytest.mark.parametrize("heading", ["Timeliness", "Days overdue", "Days slipped", "Next follow-up report"])
def test_what_our_own_export_works_out_is_left_out(heading):
    assert columns.recognised(["Recommendation", heading]) == {
        "recommendation": "text",
        heading.lower().replace("-", " "): LEFT_OUT,
    }


def test_of_two_columns_that_mean_the_same_the_surer_does():
    found = columns.recognised(["Action", "Recommendation", "Officer", "Lead officer"])
    assert found == {"action": "note", "recommendation": "text", "officer": "note", "lead officer": "owner"}


def test_updates_may_have_several_columns():
    assert set(columns.recognised(["Comments", "Update"]).values()) == {"update"}


def find(*rows):
    return columns.find_header([list(row) for row in rows])


HEADED = ("Ref", "Recommendation", "Status")
ROW = ("R3/12", "That signs be renewed.", "Green")


def test_headings_stand_below_the_title():
    header = find(("Tracker of recommendations",), (), HEADED, ROW)
    assert (header.first, header.last, header.headings) == (2, 2, list(HEADED))


def test_headings_may_fill_two_rows():
    header = find(("", "", "Due date", "Due date"), ("Ref", "Recommendation", "Original", "Revised"), ROW)
    assert header.headings == ["Ref", "Recommendation", "Due date Original", "Due date Revised"]


def test_a_row_of_words_is_no_second_row_of_headings():
    assert find(HEADED, ("R3/12", "Action", "Complete")).last == 0


def test_headings_that_nobody_knows_are_known_by_their_looks():
    header = find(("Our list",), ("What we said", "Who", "Then"), ("That signs be renewed.", "Olu Shah", "Done"))
    assert (header.first, header.headings) == (1, ["What we said", "Who", "Then"])


@pytest.mark.parametrize("rows", [[], [("Only a title",)], [("One",), ("Two",), ("Three",)], [HEADED]])
def test_what_is_no_table_has_no_headings(rows):
    assert find(*rows) is None


def test_headings_are_known_again_where_the_page_breaks():
    header = find(HEADED, ROW)
    assert header.is_repeated_by(["REF", "Recommendation", "Status"])
    assert not header.is_repeated_by(list(ROW))
