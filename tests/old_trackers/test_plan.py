"""What will become of each row: whose it is, where it stands, whether it is there already. Nothing is written."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.models import OldTracker, Progress, Recommendation
from recommendations.old_trackers import sheets
from recommendations.old_trackers.plan import Plan
from tests import factories
from tests.old_trackers import files

HEADINGS = ["Ref", "Date", "Recommendation", "Owner", "Status"]
MEETING = datetime.date(2026, 3, 12)


@pytest.fixture
def plan(board, today):
    """The plan of a tracker of these rows, which nobody has uploaded."""

    def plan(*rows, headings=HEADINGS, **fields):
        tables = sheets.tables_of(files.plain_workbook([headings, *rows]))
        return Plan(OldTracker(board=board, tables=tables, **fields))

    return plan


@pytest.fixture
def only(plan):
    """The one row of such a plan."""

    def only(*cells, **options):
        [row] = plan(cells, **options).rows
        return row

    return only


def test_a_row_without_a_doubt_will_be_made(only, owner):
    row = only("R3/16", MEETING, "That signs be renewed.", "Olu Shah", "In progress")
    assert (row.fate, row.reference, row.owner, row.standing) == ("make", "R3/16", owner, Progress.IN_PROGRESS)


# Owners

OWNERS = {
    "Olu Shah": ("Olu Shah", "make"),
    "SHAH, Olu": ("Olu Shah", "make"),
    "Mr Olu Shah": ("Olu Shah", "make"),
    "Olu Shah (Head of Safeguarding)": ("Olu Shah", "make"),
    "J Smith / Olu Shah": ("Olu Shah", "make"),
    "O. Shah": ("Olu Shah", "doubtful"),
    "Head of Safeguarding": ("Olu Shah", "doubtful"),
    "J Smith": ("None", "doubtful"),
    "Cllr Olu Shah": ("None", "doubtful"),
    "Officers": ("None", "doubtful"),
}


@pytest.mark.parametrize("written", OWNERS)
def test_an_owner_is_known_by_name_by_initials_and_by_post(only, owner, written):
    row = only("R3/16", MEETING, "That signs be renewed.", written, "In progress")
    assert (str(row.owner), row.fate) == OWNERS[written]


def test_an_owner_of_whom_there_are_two_is_nobody(only, owner):
    factories.make_officer("Oliver Shah")
    assert only("R3/16", MEETING, "That signs be renewed.", "O Shah", "Green").owner is None


def test_who_is_no_known_officer_is_kept_as_a_note(only, owner):
    row = only("R3/16", MEETING, "That signs be renewed.", "J Smith", "In progress")
    assert row.notes == ["Owner in the old tracker: J Smith"]


def test_whom_the_clerk_named_leaves_no_doubt(only, owner):
    row = only("R3/16", MEETING, "That signs be renewed.", "The boss", "In progress", owners={"The boss": owner.pk})
    assert (row.owner, row.fate) == (owner, "make")


def test_who_left_since_the_clerk_named_them_owns_nothing(only, member):
    row = only("R3/16", MEETING, "That it be so.", "The boss", "In progress", owners={"The boss": member.pk})
    assert row.owner is None


# Standing


def test_a_status_that_nobody_knows_is_a_doubt_and_a_note(only):
    row = only("R3/16", MEETING, "That signs be renewed.", "", "Purple")
    assert row.row.doubts == ["The status “Purple” is not known; it comes in as “not started”."]
    assert row.notes == ["Status in the old tracker: Purple"]


def test_a_status_of_which_the_clerk_said_what_it_means_is_no_doubt(only):
    row = only("R3/16", MEETING, "That signs be renewed.", "", "Purple", statuses={"Purple": "paused"})
    assert (row.standing, row.fate) == (Progress.PAUSED, "make")


def test_what_is_complete_is_closed_at_the_meeting_that_the_clerk_named(only):
    row = only("R3/16", MEETING, "That it be so.", "", "Complete", closes_on=datetime.date(2026, 9, 1))
    assert (row.standing, row.closes_on) == (Progress.IMPLEMENTED, datetime.date(2026, 9, 1))


@pytest.mark.parametrize("closes_on", [None, datetime.date(2026, 1, 1), datetime.date(2027, 1, 1)])
def test_what_is_complete_and_closed_nowhere_waits_for_the_board(only, closes_on):
    row = only("R3/16", MEETING, "That it be so.", "", "Complete", closes_on=closes_on)
    assert (row.standing, row.fate) == (Progress.REPORTED_COMPLETE, "doubtful")


def test_what_ended_otherwise_and_closed_nowhere_is_refused(only):
    row = only("R3/16", MEETING, "That it be so.", "", "Superseded")
    assert row.row.refusals == ["It is closed, but at which meeting? On the page of columns, name one for such rows."]


CLOSING = [*HEADINGS, "Date completed", "Date closed"]


def test_it_was_closed_on_the_day_that_the_row_names(only):
    row = only("R3/16", MEETING, "That it be so.", "", "Complete", "", "9/6/2026", headings=CLOSING)
    assert row.closes_on == datetime.date(2026, 6, 9)


def test_it_was_closed_at_the_first_meeting_after_it_was_completed(only, board):
    for month in (4, 7, 10):
        factories.make_meeting(board, datetime.date(2026, month, 8))
    row = only("R3/16", MEETING, "That it be so.", "", "Complete", "1/5/2026", "", headings=CLOSING)
    assert (row.closes_on, row.fate) == (datetime.date(2026, 7, 8), "doubtful")


def test_without_a_meeting_after_it_was_completed_the_clerk_names_one(only):
    row = only("R3/16", MEETING, "So.", "", "", "1/5/2026", "", headings=CLOSING, closes_on=datetime.date(2026, 9, 1))
    assert row.closes_on == datetime.date(2026, 9, 1)


# Meetings and boards


def test_a_row_without_a_day_is_of_the_meeting_that_the_clerk_named(only):
    row = only("R3/16", "", "That it be so.", "", "", held_on=MEETING)
    assert (row.held_on, row.fate) == (MEETING, "make")


def test_a_row_without_a_day_is_refused_where_the_clerk_named_none(plan):
    found = plan(("R3/16", "", "That it be so.", "", ""))
    assert found.rows[0].row.refusals == [
        "It names no day of a meeting. On the page of columns, name a meeting for such rows."
    ]
    assert found.undated == 1


def test_a_meeting_that_lies_ahead_has_recommended_nothing(only, today):
    row = only("R3/16", today + datetime.timedelta(days=1), "That it be so.", "", "")
    assert row.row.refusals == ["The day of the meeting, 19 November 2026, lies ahead."]


def test_a_month_is_enough_where_the_board_met_once_in_it(only, board):
    factories.make_meeting(board, MEETING)
    row = only("R3/16", "March 2026", "That it be so.", "", "")
    assert (row.held_on, row.fate) == (MEETING, "doubtful")


def test_a_month_in_which_the_board_met_twice_names_no_meeting(only, board):
    for number in (12, 26):
        factories.make_meeting(board, datetime.date(2026, 3, number))
    assert only("R3/16", "March 2026", "That it be so.", "", "").fate == "refused"


def test_a_column_may_name_another_board(only, other_board):
    row = only("R3/16", MEETING, "That it be so.", "", "", "HTSB", headings=[*HEADINGS, "Board"])
    assert row.board == other_board


def test_a_board_that_is_not_known_is_a_doubt(only, board):
    row = only("R3/16", MEETING, "That it be so.", "", "", "Adults Panel", headings=[*HEADINGS, "Board"])
    assert (row.board, row.fate) == (board, "doubtful")


# Answers


@pytest.mark.parametrize(
    ("said", "day", "expected"),
    [("Agreed", "4/3/2026", "make"), ("Agreed", "", "doubtful"), ("Agreed", "1/1/2027", "doubtful")],
)
def test_an_answer_should_have_its_day(only, said, day, expected):
    headings = [*HEADINGS, "Cabinet response", "Cabinet date"]
    assert only("R3/16", MEETING, "That it be so.", "", "", said, day, headings=headings).fate == expected


def test_what_no_field_can_hold_is_kept_as_a_note(only):
    headings = [*HEADINGS, "Portfolio holder", "Outcome", "Cabinet date", "Date completed"]
    cells = ("", "In progress", "", "Fewer accidents", "4/3/2026", "1/5/2026")
    row = only("R3/16", MEETING, "That it be so.", *cells, headings=headings)
    assert row.notes == [
        "Outcome: Fewer accidents",
        "Completed on 1 May 2026",
        "Answered or considered on 4 March 2026",
    ]


def test_who_was_to_answer_what_is_closed_is_a_note(only):
    headings = [*HEADINGS, "Portfolio holder"]
    row = only("R3/16", MEETING, "So.", "", "Complete", "Cllr Reed", headings=headings, closes_on=MEETING)
    assert (row.row.answers, row.notes) == ([], ["Status in the old tracker: Complete", "Addressee: Cllr Reed"])


# There already, and references


@pytest.fixture
def there(board):
    item = factories.make_item(factories.make_meeting(board, MEETING))
    return factories.make_recommendation(item, text="That signs be renewed.", reference="R3/16")


FATES = {
    "the same": (("R3/16", MEETING, "That signs be renewed."), "there"),
    "other words, the same reference and meeting": (("R3/16", MEETING, "That all signs be renewed."), "there"),
    "the same words at the same meeting": (("", MEETING, "that signs be RENEWED"), "there"),
    "the same reference and words, no day": (("R3/16", "", "That signs be renewed."), "there"),
    "the same words at another meeting": (("", datetime.date(2026, 5, 1), "That signs be renewed."), "make"),
    "the same reference for something else": (("R3/16", datetime.date(2026, 5, 1), "That fees rise."), "doubtful"),
}


@pytest.mark.parametrize("case", FATES)
def test_what_is_there_is_known_by_its_reference_words_and_meeting(only, there, case):
    cells, fate = FATES[case]
    assert only(*cells, "", "").fate == fate


def test_what_is_known_by_its_old_reference_is_there_as_well(only, board):
    item = factories.make_item(factories.make_meeting(board, MEETING))
    factories.make_recommendation(item, text="That signs be renewed.", old_reference="R3/16")
    assert only("R3/16", MEETING, "That signs be new.", "", "").fate == "there"


def test_a_row_without_a_day_is_there_whatever_meeting_it_was_put_to(only, board, clerk):
    item = factories.make_item(factories.make_meeting(board, MEETING))
    factories.make_recommendation(item, text="That fees rise.", tracker=factories.make_tracker(board=board, by=clerk))
    assert only("", "", "That fees rise.", "", "", held_on=datetime.date(2026, 6, 1)).fate == "there"


def test_the_same_words_under_another_old_reference_are_something_else(only, board):
    item = factories.make_item(factories.make_meeting(board, MEETING))
    factories.make_recommendation(item, text="That the report be noted.", old_reference="R1/16")
    assert only("R2/16", MEETING, "That the report be noted.", "", "").fate == "make"


@pytest.mark.parametrize(
    ("reference", "kept"),
    [("OSC042", "OSC042"), ("R3/16", ""), ("R3.16", ""), ("3", ""), ("--- 3/4 ---", "--- 3/4 ---"), ("", "")],
)
def test_an_old_reference_is_kept_where_it_tells_and_is_nobody_elses(only, there, reference, kept):
    assert only(reference, datetime.date(2026, 5, 1), "That fees rise.", "", "").reference == kept


def test_of_two_rows_with_one_reference_the_first_keeps_it(plan):
    found = plan(("R3/16", MEETING, "That fees rise.", "", ""), ("R3/16", MEETING, "That fees fall.", "", ""))
    assert [row.reference for row in found.rows] == ["R3/16", ""]
    assert found.counts == {"make": 1, "doubtful": 1, "refused": 0, "there": 0}


@pytest.mark.parametrize(
    ("text", "kind"),
    [("That signs be renewed.", "do"), ("That officers report back in six months.", "report_back")],
)
def test_the_kind_is_told_by_the_words(only, text, kind):
    assert only("R3/16", MEETING, text, "", "").kind == kind


def test_each_status_and_owner_is_asked_once(plan, owner):
    found = plan(*((f"R{n}/16", MEETING, f"That it be {n}.", "Olu Shah", "Green") for n in (1, 2)))
    assert found.statuses() == [("Green", 2, "in_progress", True)]
    assert found.people() == [("Olu Shah", 2, owner, True)]


def test_a_plan_asks_as_often_for_fifty_rows_as_for_one(plan):
    def queries(count):
        rows = [(f"R{n}/16", MEETING, f"That it be {n}.", "Olu Shah", "Green") for n in range(count)]
        with CaptureQueriesContext(connection) as asked:
            plan(*rows)
        return len(asked)

    assert queries(50) == queries(1) <= 6


def test_a_plan_writes_nothing(plan):
    plan(("R3/16", MEETING, "That it be so.", "Olu Shah", "Green"))
    assert not Recommendation.objects.exists()
