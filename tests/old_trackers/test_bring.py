"""From a tracker to records: what is made, with who and why, once and for all."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations import history
from recommendations.models import (
    AgendaItem,
    FollowUpReport,
    Meeting,
    OldTracker,
    Organisation,
    Progress,
    ProgressUpdate,
    Recommendation,
    Refused,
    Response,
    Stale,
)
from recommendations.old_trackers import bring
from recommendations.old_trackers.plan import Plan
from tests import factories
from tests.old_trackers import files

CLOSES_ON = datetime.date(2026, 9, 1)


@pytest.fixture
def bring_in(board, clerk, no_regime, today):
    """Uploads a file and brings it in; returns the tracker."""

    def bring_in(data, name="tracker.xlsx", board=board, **said):
        tracker = factories.make_tracker(data, board=board, by=clerk, name=name)
        tracker.name_columns({}, by=clerk, **{"closes_on": CLOSES_ON} | said)
        bring.bring_in(tracker, by=clerk)
        return tracker

    return bring_in


def rows(*rows, headings=("Ref", "Date", "Recommendation", "Owner", "Status")):
    return files.plain_workbook([headings, *rows])


def told(recommendation):
    """A recommendation in one line of a table."""
    one = recommendation
    closed = one.closed_on or ""
    cells = (one.reference, one.item.meeting.held_on, one.owner or "", one.due_on or "", one.progress, closed)
    return " | ".join(map(str, cells))


COUNTY = """
R3/12 | 2026-03-27 | Olu Shah | 2026-09-30 | in_progress |
R4/12 | 2026-03-27 | Megan Price |  | in_progress |
R5/12 | 2026-03-27 |  |  | closed_implemented | 2026-09-01
A1/14 | 2026-05-13 | Megan Price | 2026-09-30 | closed_implemented | 2026-09-01
R1/12 | 2025-11-12 | Olu Shah |  | closed_implemented | 2026-09-01
R2/12 | 2025-11-12 |  |  | closed_superseded | 2026-09-01
"""


def test_a_countys_tracker_becomes_what_its_table_says(bring_in, owner, other_officer):
    bring_in(files.county_workbook())
    made = Recommendation.objects.order_by("id").select_related("item__meeting", "owner")
    assert [told(one).strip() for one in made] == COUNTY.strip().splitlines()


def test_every_layout_comes_in(bring_in, other_board):
    for name, make in {"d.csv": files.district_csv, "b.ods": files.borough_ods, "c.docx": files.city_word}.items():
        assert bring_in(make(), name=name, held_on=CLOSES_ON).came_of_it["refused"] == []
    assert Recommendation.objects.count() == 10


def test_the_history_says_who_and_from_which_row(bring_in, clerk):
    bring_in(rows(("R3/16", "12/3/2026", "That it be so.", "", "Superseded")))
    told = {(row.history_user, row.history_change_reason) for row in Recommendation.history.all()}
    assert told == {(clerk, "Brought from tracker.xlsx, Tracker, row 2")}


def test_the_timeline_says_that_it_was_brought_in(bring_in, clerk):
    bring_in(rows(("R3/16", "12/3/2026", "That it be so.", "", "On hold")))
    told = [entry.what for entry in history.timeline(Recommendation.objects.get(), clerk)]
    assert told == ["Paused", "Progress update", "Brought in from the old tracker"]


def test_what_was_done_is_an_update_with_its_heading(bring_in, owner):
    bring_in(files.county_workbook())
    update = ProgressUpdate.objects.get(recommendation__reference="R3/12")
    assert update.text == "Action taken: Two schools have been visited.\nStatus in the old tracker: Green"


def test_meetings_and_items_are_made_once(bring_in):
    bring_in(files.county_workbook())
    assert Meeting.objects.count() == 4
    named = [(item.number, item.title) for item in AgendaItem.objects.filter(meeting__held_on="2026-03-27")]
    assert named == [("T1", "Children missing from home"), ("T2", "Taxi licensing")]


ITEMED = ("Ref", "Date", "Recommendation", "Item")


@pytest.mark.parametrize("words", ["Item 7: Whatever it was", "children missing from HOME"])
def test_an_item_that_is_there_is_found_by_number_or_title(bring_in, board, words):
    item = factories.make_item(factories.make_meeting(board, datetime.date(2026, 3, 12)), number="7")
    factories.make_recommendation(item, position=3)
    bring_in(rows(("R3/16", "12/3/2026", "That it be so.", words), headings=ITEMED))
    made = Recommendation.objects.get(reference="R3/16")
    assert (made.item, made.position) == (item, 4)


def test_a_meeting_that_another_clerk_makes_meanwhile_is_taken(bring_in, board, monkeypatch, clerk):
    there = factories.make_meeting(board, datetime.date(2026, 3, 12))
    maker = bring.Maker(factories.make_tracker(), clerk)
    assert maker.make_meeting(board, there.held_on, "Brought") == there


def test_a_first_date_and_its_moves_are_kept(bring_in):
    bring_in(files.county_workbook())
    made = Recommendation.objects.get(reference="R3/12")
    assert (str(made.original_due_on), str(made.due_on), made.times_moved) == ("2026-06-30", "2026-09-30", 1)


def test_the_date_of_something_to_be_reported_is_that_of_its_report(bring_in):
    bring_in(files.county_workbook())
    report = FollowUpReport.objects.get()
    assert (report.recommendation.reference, str(report.due_on)) == ("R4/12", "2026-09-30")


ANSWERED = ("Ref", "Date", "Recommendation", "Cabinet response", "Cabinet date")


def test_an_answer_is_recorded_on_its_day_under_the_rule_of_who_gave_it(bring_in, executive):
    cabinet = Organisation(name="Cabinet", regime=executive).record(by=None, reason="Made for a test.")
    bring_in(rows(("R3/16", "12/3/2026", "That it be so.", "Rejected: no money", "2/4/2026"), headings=ANSWERED))
    answer = Response.objects.get()
    assert (answer.organisation, answer.regime, answer.answer) == (cabinet, executive, "not_accepted")
    assert (str(answer.answered_on), answer.reasons.split("\n")[0]) == ("2026-04-02", "Rejected: no money")


def test_who_has_not_answered_yet_is_awaited(bring_in, no_regime):
    headings = ("Ref", "Date", "Recommendation", "Portfolio holder")
    bring_in(rows(("R3/16", "12/3/2026", "That it be so.", "Cllr Reed"), headings=headings))
    answer = Response.objects.get()
    assert (answer.addressee, answer.regime, answer.answer) == ("Cllr Reed", no_regime, "awaiting")


def test_exempt_matter_is_exempt_with_its_update(bring_in):
    headings = ("Ref", "Date", "Recommendation", "Exempt", "Update")
    bring_in(rows(("R3/16", "12/3/2026", "That it be so.", "Paragraph 3", "Signed."), headings=headings))
    assert Recommendation.objects.get().exempt_paragraph == ProgressUpdate.objects.get().exempt_paragraph == 3


def test_the_item_of_an_exempt_row_is_exempt_and_another_than_the_open_one(bring_in):
    headings = ("Date", "Recommendation", "Minute number", "Topic", "Exempt")
    cells = (
        ("12/3/2026", "That it be so.", "34", "Taxi licences", ""),
        ("12/3/2026", "That it go.", "34", "Taxi licences", "3"),
    )
    bring_in(rows(*cells, headings=headings))
    assert list(AgendaItem.objects.values_list("number", "exempt_paragraph")) == [("34", None), ("T1", 3)]


def test_an_old_reference_that_is_taken_stands_beside_one_of_ours(bring_in, board):
    factories.make_recommendation(reference="R3/16")
    bring_in(rows(("R3/16", "12/3/2026", "That it be so.", "", "")))
    made = Recommendation.objects.get(text="That it be so.")
    assert (made.reference, made.old_reference) == ("SCSB R2/26", "R3/16")


def test_a_reference_that_was_kept_is_never_given_again(bring_in, board, today):
    bring_in(rows(("SCSB R1/26", "12/3/2026", "That it be so.", "", "")))
    assert board.next_reference("R", today) == "SCSB R2/26"


def test_a_reference_that_one_row_keeps_is_given_to_no_other(bring_in):
    bring_in(rows(("", "12/3/2026", "That fees rise.", "", ""), ("SCSB R1/26", "12/3/2026", "That it be so.", "", "")))
    references = Recommendation.objects.order_by("id").values_list("reference", flat=True)
    assert list(references) == ["SCSB R2/26", "SCSB R1/26"]


def test_a_running_number_is_the_number_in_the_minutes(bring_in):
    bring_in(rows(("3", "12/3/2026", "That it be so.", "", "")))
    made = Recommendation.objects.get()
    assert (made.reference, made.number, made.old_reference) == ("SCSB R1/26", "3", "3")


def test_what_an_ended_board_asked_is_followed_up_by_its_successor(bring_in, board, other_board):
    board.ended_on, board.successor = datetime.date(2026, 6, 1), other_board
    board.record(by=None, reason="It ended.")
    bring_in(rows(("R3/16", "12/3/2026", "That it be so.", "", "Complete")))
    made = Recommendation.objects.get()
    assert (made.board, made.item.meeting.board, made.is_open) == (other_board, board, False)


# Again


@pytest.mark.parametrize("make", [files.county_workbook, files.city_word, files.district_csv])
def test_bringing_in_the_same_file_again_makes_nothing(bring_in, make):
    first = bring_in(make(), name="tracker.csv", held_on=CLOSES_ON).came_of_it
    again = bring_in(make(), name="tracker.csv", held_on=CLOSES_ON).came_of_it
    assert (again["made"], again["there"]) == (0, first["made"])


def test_bringing_in_again_changes_nothing_that_is_there(bring_in):
    bring_in(rows(("R3/16", "12/3/2026", "That it be so.", "", "Green")))
    before = list(Recommendation.history.values())
    bring_in(
        rows(("R3/16", "12/3/2026", "That it be so.", "", "Complete"), ("R4/16", "12/3/2026", "And that.", "", ""))
    )
    assert list(Recommendation.history.filter(reference="R3/16").values()) == before
    assert Recommendation.objects.count() == 2


def test_a_tracker_is_brought_in_once(bring_in, clerk):
    tracker = bring_in(files.county_workbook())
    assert bring.bring_in(tracker, by=clerk) == tracker.came_of_it
    assert Recommendation.objects.count() == 6


def test_what_came_of_it_is_kept(bring_in):
    tracker = bring_in(files.district_csv(), name="tracker.csv")
    kept = OldTracker.objects.get(pk=tracker.pk)
    assert {name: kept.came_of_it[name] for name in ("made", "doubtful", "there", "joined")} == {
        "made": 3, "doubtful": 3, "there": 0, "joined": 0
    }  # fmt: skip
    assert [where for where, _ in kept.came_of_it["refused"]] == ["row 8"]


# All or nothing


def test_where_one_record_cannot_be_made_none_is(bring_in, monkeypatch):
    monkeypatch.setattr(bring.Maker, "set_progress", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring_in(files.county_workbook())
    assert not Recommendation.objects.exists()
    assert not Meeting.objects.exists()


def test_a_tracker_that_another_clerk_changed_meanwhile_is_not_brought_in(bring_in, clerk):
    tracker = factories.make_tracker(files.county_workbook(), by=clerk)
    seen = tracker.version
    OldTracker.objects.get(pk=tracker.pk).name_columns({}, by=clerk)
    with pytest.raises(Stale):
        bring.bring_in(tracker, by=clerk, version=seen)


def test_only_a_clerk_brings_in(board, clerk, owner):
    tracker = factories.make_tracker(by=clerk)
    with pytest.raises(Refused, match="Only a clerk"):
        bring.bring_in(tracker, by=owner)


def test_without_the_rule_for_those_who_have_none_nothing_is_made(board, clerk, today):
    data = rows(("R3/16", "12/3/2026", "That it be so.", "Agreed", ""), headings=ANSWERED)
    tracker = factories.make_tracker(data, by=clerk)
    with pytest.raises(Refused, match="The rule “none” for answers is missing"):
        bring.bring_in(tracker, by=clerk)


def test_each_row_costs_the_same(bring_in):
    """So many more queries for each further row: it is added up, never multiplied."""

    def queries(count):
        data = rows(
            *((f"R{count}{n}/16", "12/3/2026", f"That it be {count}{n}.", "", "Complete") for n in range(count))
        )
        with CaptureQueriesContext(connection) as asked:
            bring_in(data)
        return len(asked)

    one, eleven, twenty_one = queries(1), queries(11), queries(21)
    # The first made the meetings.
    assert twenty_one - eleven <= 10 * 16
    assert eleven - one <= 10 * 16


# Our own export


def test_our_own_export_comes_in_as_itself(bring_in, owner, executive, nhs):
    for name, regime in (("The Cabinet", executive), ("Example NHS Trust", nhs)):
        Organisation(name=name, regime=regime).record(by=None, reason="Made for a test.")
    bring_in(files.export_workbook([
        "SCSB R7/25", "Social Care Services Board", files.day(2025, 11, 12), "Item 7: Foster care", "That it be so.", "Be it so",
        "Consider something", "Olu Shah", files.day(2026, 5, 1), files.day(2026, 3, 1), 2, "Closed: implemented",
        files.day(2026, 6, 9), "It is so.", "The Cabinet: Accepted; Example NHS Trust: Noted only", "All of it is done.",
    ]))  # fmt: skip
    made = Recommendation.objects.get()
    assert told(made) == "SCSB R7/25 | 2025-11-12 | Olu Shah | 2026-05-01 | closed_implemented | 2026-06-09"
    assert (made.item.number, made.item.title, made.title, made.kind) == ("7", "Foster care", "Be it so", "consider")
    assert (str(made.original_due_on), made.times_moved, made.outcome_note) == ("2026-03-01", 2, "It is so.")
    answers = dict(made.responses.values_list("addressee", "answer"))
    assert answers == {"The Cabinet": "accepted", "Example NHS Trust": "noted"}


def test_a_plan_of_what_was_brought_in_finds_all_of_it(bring_in):
    tracker = bring_in(files.county_workbook())
    assert Plan(tracker).counts == {"make": 0, "doubtful": 0, "refused": 0, "there": 6}
    assert Recommendation.objects.filter(progress=Progress.NOT_STARTED).count() == 0
