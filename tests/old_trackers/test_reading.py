"""What is read of each layout, as a table; and what is between the rows."""

from pathlib import Path

import pytest

from recommendations.old_trackers import reading, sheets
from tests.old_trackers import files

BOARDS = frozenset({"social care services board", "highways and transport scrutiny board"})
DEPOT = Path(__file__).with_name("depot.xls")
LAYOUTS = {
    "county": files.county_workbook,
    "district": files.district_csv,
    "borough": files.borough_ods,
    "city": files.city_word,
    "depot": DEPOT.read_bytes,
}
# where | reference | day | item | due | status | doubts
EXPECTED = {
    "county": """
        Live, row 6             | R3/12 | 2026-03-27 | Children missing from home | 2026-09-30 | Green            | 0
        Live, row 7             | R4/12 | 2026-03-27 | Children missing from home | 2026-09-30 | Amber            | 1
        Live, row 8             | R5/12 | 2026-03-27 | Taxi licensing             |            | (row greyed out) | 2
        Live, row 10            | A1/14 | 2026-05-13 | Work programme             | 2026-09-30 | Complete         | 1
        Completed 2025-26, row 2 | R1/12 | 2025-11-12 | Foster care | | (on the sheet “Completed 2025-26”)|0
        Completed 2025-26, row 3 | R2/12 | 2025-11-12 | Foster care               |            | (row struck through) | 1""",
    "district": """
        row 3 | | 2026-03-12 | Parking | 2027-03-31 | Ongoing     | 0
        row 4 | | 2026-03-12 | Parking |            | Closed      | 1
        row 5 | |            | Markets |            | On hold     | 2
        row 8 | |            | Markets |            | Not started | 1""",
    "borough": """
        Sheet1, row 3 | SR (25/26) 01 | 2025-06-10 | | 2025-12-31 | Blue       | 0
        Sheet1, row 4 | SR (25/26) 02 | 2025-06-10 | | 2026-06-30 | Red        | 1
        Sheet1, row 6 | SR (25/26) 03 | 2025-07-08 | |            | Superseded | 1""",
    "city": """
        Table 1, row 2 | 1 | 2026-02-03 | Transport | | Partially complete – trial runs | 0
        Table 1, row 3 | 2 | 2026-02-03 | Transport | | Complete                        | 0
        Table 1, row 4 | 3 | 2026-02-03 | Transport | | Not accepted                    | 0""",
    "depot": """
        Actions, row 4 | AS 12/15 | 2025-09-09 | | 2026-01-31 | On target   | 0
        Actions, row 5 | AS 13/15 | 2025-09-09 | | 2025-12-31 | Completed   | 1
        Actions, row 6 | AS 14/15 | 2026-01-13 | |            | Not started | 0""",
}


def read(data, **options):
    tables = sheets.tables_of(data)
    return reading.read(tables, reading.columns_of(tables), boards=BOARDS, **options)


def read_rows(*rows, **options):
    return read(files.plain_workbook(rows), **options)


def told(row):
    cells = (row.where, row.reference, row.day, row.item_title, row.due_on, row.status, len(row.doubts))
    return [str(cell if cell is not None else "") for cell in cells]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_as_its_table_says(layout):
    expected = [[cell.strip() for cell in line.split("|")] for line in EXPECTED[layout].strip().splitlines()]
    assert [told(row) for row in read(LAYOUTS[layout]()).rows] == expected


def test_a_first_date_and_how_often_it_moved_are_kept():
    [row, *_] = read(files.county_workbook()).rows
    assert (str(row.first_due_on), str(row.due_on), row.times_moved) == ("2026-06-30", "2026-09-30", 1)


def test_committees_between_the_rows_hold_until_the_next():
    boards = [row.board for row in read(files.borough_ods()).rows]
    assert boards == ["social care services board"] * 2 + ["highways and transport scrutiny board"]


def test_the_words_above_a_table_name_its_board():
    assert {row.board for row in read(files.city_word()).rows} == {"highways and transport scrutiny board"}


def test_a_sheet_may_be_called_like_a_board():
    tables = sheets.tables_of(files.plain_workbook([["Ref", "Recommendation"], ["R1/26", "That it open."]], "HTSB"))
    found = reading.read(tables, reading.columns_of(tables), boards=frozenset({"htsb", "it"}))
    assert [row.board for row in found.rows] == ["htsb"]


def test_a_code_that_is_a_word_like_any_other_names_no_board():
    tables = sheets.tables_of(
        files.plain_workbook([["All of it is here"], ["Ref", "Recommendation"], ["R1/26", "So."]])
    )
    found = reading.read(tables, reading.columns_of(tables), boards=frozenset({"it"}))
    assert [row.board for row in found.rows] == [""]


def test_a_cell_merged_downwards_says_the_same_in_every_row():
    notes = [row.updates[0] for row in read(files.city_word()).rows]
    assert notes == ["Origin: Task group on night buses"] * 3


def test_a_day_between_the_rows_is_that_of_the_rows_below():
    found = read_rows(
        ["Ref", "Recommendation", "Owner"], ["Meeting of 3 May 2026"], ["R1/26", "That it be so.", "Olu Shah"]
    )
    assert str(found.rows[0].day) == "2026-05-03"


def test_titles_and_headings_between_the_rows_are_told():
    assert [where for where, _ in read(files.borough_ods()).aside] == ["Sheet1, row 2", "Sheet1, row 5"]


def test_an_empty_day_is_that_of_the_row_above_only_where_one_says_so():
    days = [[str(row.day or "") for row in read(files.district_csv(), fills_down=down).rows] for down in (False, True)]
    assert days == [["2026-03-12", "2026-03-12", "", ""], ["2026-03-12", "2026-03-12", "", ""]]


def test_filling_down_takes_the_last_day_that_is_named():
    rows = (
        ["Date", "Recommendation", "Status"],
        ["12/03/2026", "That signs be renewed.", "Green"],
        ["", "That fees rise.", "Red"],
    )
    assert str(read_rows(*rows, fills_down=True).rows[1].day) == "2026-03-12"


def test_words_without_a_recommendation_go_on_what_stands_above():
    found = read_rows(
        ["Ref", "Recommendation", "Comments"], ["R1/26", "That it be so.", "Begun."], ["", "", "It is so."]
    )
    assert found.rows[0].updates == ["Comments: Begun.", "Comments: It is so."]
    assert found.joined == [("Tracker, row 3", "Tracker, row 2")]


def test_a_reference_without_a_recommendation_is_refused():
    found = read_rows(["Ref", "Recommendation", "Status"], ["R1/26", "", "Green"])
    assert found.rows[0].refusals == ["Nothing stands under “Recommendation”."]


def test_the_same_row_for_another_officer_is_added_to_the_first():
    rows = (["R1/26", "That it be so.", "Olu Shah", "Begun."], ["R1/26", "That it be so.", "Megan Price", "Here too."])
    found = read_rows(["Ref", "Recommendation", "Officer", "Update"], *rows)
    assert found.rows[0].updates == ["Update: Begun.", "Update: Here too."]
    assert found.rows[0].doubts == ["Tracker, row 3 says the same with another owner, Megan Price."]


def test_a_sheet_without_recommendations_is_told():
    tables = sheets.tables_of(files.plain_workbook([["Colour", "Meaning"], ["Red", "Late"]]))
    assert reading.read(tables, {}).unread == ["Tracker"]


def test_a_column_of_progress_is_known_by_its_words():
    assert reading.columns_of(sheets.tables_of(DEPOT.read_bytes()))["position"] == "status"


def test_a_day_of_completion_is_a_status():
    found = read_rows(["Recommendation", "Date completed"], ["That it be so.", files.day(2026, 3, 1)])
    assert found.rows[0].status == "(has a day of completion)"


def test_each_column_shows_what_stands_in_it():
    tables = sheets.tables_of(files.district_csv())
    assert reading.examples_of(tables)["topic"] == ("Topic", ["Parking", "Markets"])


ANSWERS = {
    ("Cabinet response", "Agreed"): [("Cabinet", "accepted")],
    ("Response", "Partially accepted"): [("The executive", "partially_accepted")],
    ("Cabinet response", "Rejected: no money"): [("Cabinet", "not_accepted")],
    ("Answers", "Cabinet: Accepted; Example NHS Trust: Noted only"): [
        ("Cabinet", "accepted"),
        ("Example NHS Trust", "noted"),
    ],
    ("Response", "We shall see"): [],
}


@pytest.mark.parametrize(("said", "expected"), ANSWERS.items())
def test_an_answer_is_known_by_its_words_and_its_heading(said, expected):
    heading, words = said
    [row] = read_rows(["Recommendation", heading], ["That it be so.", words]).rows
    assert [answer[:2] for answer in row.answers] == expected


def test_an_answer_that_nobody_knows_is_kept_in_words():
    [row] = read_rows(["Recommendation", "Response"], ["That it be so.", "We shall see"]).rows
    assert row.updates == ["Response: We shall see"]


ODD = {
    "a reference of a hundred letters": (["Ref", "R1/" + "6" * 100], "The reference is longer than 80 characters."),
    "exempt and no paragraph": (["Exempt", "Yes"], "It is marked as exempt (“Yes”)."),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_no_record_can_hold_is_refused_in_words(odd):
    (heading, words), sentence = ODD[odd]
    [row] = read_rows(["Recommendation", heading], ["That it be so.", words]).rows
    assert row.refusals[0].startswith(sentence)


def test_what_is_too_long_for_its_field_is_kept_as_a_note():
    rows = (
        ["Recommendation", "Topic", "Minute number", "Status"],
        ["That it be so.", "x" * 400, "Minute 4 of 12 May", "y " * 60],
    )
    [row] = read_rows(*rows).rows
    assert (len(row.item_title), row.item_number, len(row.status) <= 60) == (300, "", True)
    assert [note.split(":")[0] for note in row.updates] == ["Minute number", "Topic", "Status"]


def test_an_item_has_its_number_and_its_title():
    [row] = read_rows(["Recommendation", "Item"], ["That it be so.", "Item 7: Foster care"]).rows
    assert (row.item_number, row.item_title) == ("7", "Foster care")


def test_where_it_comes_from_may_name_the_day():
    [row] = read_rows(["Recommendation", "Origin"], ["That it be so.", "Scrutiny, 3 May 2026"]).rows
    assert str(row.day) == "2026-05-03"


@pytest.mark.parametrize(
    ("reference", "tells"),
    [
        ("R3/12", True),
        ("SR (25/26) 01", True),
        ("34/16", True),
        ("OSC042", True),
        ("3", False),
        ("Rec 1", False),
        ("1a", False),
    ],
)
def test_a_reference_tells_more_than_a_running_number(reference, tells):
    assert reading.Row("", 1, reference=reference).has_telling_reference == tells


def test_the_same_words_on_another_item_are_something_else():
    rows = (
        ["Item", "Recommendation"],
        ["Parking", "That the report be noted."],
        ["Markets", "That the report be noted."],
    )
    assert len(read_rows(*rows).rows) == 2


# What further councils write


def test_a_review_between_the_rows_is_their_item_and_its_day_a_doubt():
    rows = (
        ["Recommendation", "Owner", "RAG"],
        ["Review of Libraries – Cabinet 12 July 2017"],
        ["1. That it open.", "Olu Shah", "G"],
    )
    [row] = read_rows(*rows).rows
    assert (row.item_title, str(row.day)) == ("Review of Libraries – Cabinet 12 July 2017", "2017-07-12")
    assert row.doubts == ["The day of the meeting is that of the heading “Review of Libraries – Cabinet 12 July 2017”."]


def test_a_list_mark_before_the_words_is_the_number():
    [row] = read_rows(["Recommendation", "Owner"], ["1. That it open.", "Olu Shah"]).rows
    assert (row.printed_number, row.text) == ("1", "That it open.")


def test_a_minute_number_may_stand_beside_the_day():
    [row] = read_rows(["Meeting Date and Minute No", "Action"], ["21/09/17 – Min 34", "Report on grants."]).rows
    assert (row.item_number, str(row.day)) == ("34", "2017-09-21")


def test_an_items_number_may_stand_behind_its_title():
    [row] = read_rows(["Item", "Recommendation"], ["Mental health [Item 7]", "That it open."]).rows
    assert (row.item_number, row.item_title) == ("7", "Mental health")


def test_a_number_that_tells_is_the_reference():
    [row] = read_rows(["Rec. no", "Recommendation"], ["SC19/20-01", "That it open."]).rows
    assert (row.reference, row.printed_number) == ("SC19/20-01", "")


def test_beside_a_column_of_colours_progress_is_an_update():
    tables = sheets.tables_of(
        files.plain_workbook([["Action:", "Progress:", "RAG:"], ["Send figures.", "Sent", "Blue"]])
    )
    assert reading.columns_of(tables) == {"action": "text", "progress": "update", "rag": "status"}


def test_progress_among_the_dates_is_progress():
    [row] = read_rows(["Action", "Progress check on"], ["Send figures.", "Complete"]).rows
    assert row.status == "Complete"


def test_an_update_that_ends_with_its_status_is_known_by_that():
    assert reading.words.progress_of("Circulated 3 October 2017 - COMPLETE") == ("closed_implemented", False)
