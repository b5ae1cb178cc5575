"""Workbooks, opened again: their sheets, cells, filters and print set-up; and no cell in them is a formula."""

import datetime
import io

import pytest
import python_calamine as calamine
from openpyxl import load_workbook

from recommendations.exports import workbooks
from recommendations.exports.tables import DAY, NUMBER, About, Column, Part
from tests.test_formulas import DANGEROUS

ON = datetime.date(2026, 11, 18)
MADE = datetime.datetime(2026, 11, 18, 10, 4, tzinfo=datetime.UTC)
ABOUT = About("=Recommendations", ON, ("Owner: Olu Shah", "Show: Open"), "Ruth Bailey", MADE)
COLUMNS = (
    Column("text", "Recommendation", lambda row: row[0], 6),
    Column("due", "Due date", lambda row: row[1], 2.3, DAY),
    Column("moved", "Times moved", lambda row: row[2], 1.5, NUMBER),
)


@pytest.fixture
def make(settings):
    settings.COUNCIL_NAME = "Borough & County"

    def make(*rows):
        part = Part("Recommendations", COLUMNS, iter(rows), len(rows))
        return load_workbook(io.BytesIO(b"".join(workbooks.workbook(ABOUT, [part]))))

    return make


def test_days_are_days_and_numbers_numbers(make):
    [_, row] = make(("That it be so.", ON, 2))["Recommendations"].iter_rows()
    assert [row[0].value, row[1].value.date(), row[2].value] == ["That it be so.", ON, 2]
    assert row[1].number_format == "dd mmmm yyyy"


def test_what_is_not_known_is_an_empty_cell(make):
    [_, row] = make(("That it be so.", None, None))["Recommendations"].iter_rows(values_only=True)
    assert row == ("That it be so.", None, None)


@pytest.mark.parametrize("text", [text for text in DANGEROUS if text.strip()])
def test_no_text_is_a_formula(make, text):
    cell = make((text, None, None))["Recommendations"]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


@pytest.mark.parametrize("text", ["http://example.org", "mailto:a@example.org", "0042", "1e5", "TRUE"])
def test_no_text_is_taken_for_anything_else(make, text):
    cell = make((text, None, None))["Recommendations"]["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


def test_the_header_stays_in_sight_and_filters_down_to_the_last_row(make):
    sheet = make(*[("That it be so.", ON, 1)] * 3)["Recommendations"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:C4")


def test_it_prints_on_its_side_as_wide_as_the_page_with_its_header_on_each(make):
    sheet = make(("That it be so.", ON, 1))["Recommendations"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert (sheet.print_title_rows, sheet.oddHeader.left.text) == ("$1:$1", "Borough && County")


def test_text_with_spaces_lines_and_what_excel_takes_for_a_sign_stays_as_it_is(make):
    text = " A & B <c>\n_x0041_ "
    assert make((text, None, None))["Recommendations"]["A2"].value.replace("_x005F_x", "_x") == text


def test_rows_beyond_what_a_sheet_holds_are_left_out_and_it_says_so(make, monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    book = make(*[(letter, None, None) for letter in "abc"])
    assert [cell.value for cell in book["Recommendations"]["A"]] == ["Recommendation", "a", "b"]
    assert "the first 2 of them" in book["About"]["B5"].value


def test_other_programs_read_it_too(settings):
    rows = [(f"That it be so, {number} times.", ON, number) for number in range(300)]
    data = b"".join(workbooks.workbook(ABOUT, [Part("Recommendations", COLUMNS, rows, len(rows))]))
    with calamine.load_workbook(io.BytesIO(data)) as book:
        read = book.get_sheet_by_name("Recommendations").to_python()
    assert (len(read), read[-1]) == (301, ["That it be so, 299 times.", ON, 299.0])


def test_what_a_cell_cannot_hold_is_cut_and_shows_it(make):
    cell = make(("x" * 40_000, None, None))["Recommendations"]["A2"]
    assert (len(cell.value), cell.value[-1]) == (32_767, "…")


def test_a_day_before_excel_counts_is_written_in_words(make):
    assert make(("So.", datetime.date(1848, 5, 9), 1))["Recommendations"]["B2"].value == "9 May 1848"


def test_the_last_sheet_says_what_the_file_is(make):
    book = make(("That it be so.", ON, 1))
    assert list(book["About"].iter_rows(values_only=True)) == [
        ("=Recommendations", None),
        ("As it stood on", "18 November 2026"),
        ("What it shows", "Owner: Olu Shah"),
        ("", "Show: Open"),
        ("Recommendations", "1 row"),
        ("Made by", "Ruth Bailey"),
        ("Made on", "18 November 2026 at 10:04am"),
    ]
    assert book.properties.creator == "Borough & County"
