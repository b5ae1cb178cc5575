"""Word documents with tables of any length, opened again as Word would: their page, headings, tables, bytes."""

import datetime
import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from recommendations.exports.documents import document, paper_for
from recommendations.exports.tables import DAY, About, Column, Part
from recommendations.exports.trackers import COLUMNS, USUAL

ON = datetime.date(2026, 11, 18)
ABOUT = About(
    "Recommendations of the Board",
    ON,
    ("Owner: Olu Shah",),
    "Ruth Bailey",
    datetime.datetime(2026, 11, 18, 10, tzinfo=datetime.UTC),
)
THREE = (
    Column("reference", "Reference", lambda row: row[0], 2.4),
    Column("text", "Recommendation", lambda row: row[1], 7),
    Column("due", "Due date", lambda row: row[2], 2.3, DAY),
)
ROWS = [("SCSB R3/26", "That all staff be trained.", ON), ("SCSB R4/26", '<&"> =1+1\nAnd so on.', None)]


@pytest.fixture
def make(settings):
    settings.COUNCIL_NAME = "Example County Council"

    def make(rows=ROWS, columns=THREE, heading="Recommendations", nothing="Nothing is open."):
        return b"".join(document(ABOUT, [Part(heading, columns, iter(rows), len(rows), nothing)]))

    return make


def opened(data):
    return Document(io.BytesIO(data))


def test_every_cell_is_written_as_it_is(make):
    [table] = opened(make()).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Reference", "Recommendation", "Due date"],
        ["SCSB R3/26", "That all staff be trained.", "18 November 2026"],
        ["SCSB R4/26", '<&"> =1+1\nAnd so on.', ""],
    ]


def test_its_headings_are_real_and_count_the_rows(make):
    told = [(p.style.name, p.text) for p in opened(make()).paragraphs if p.text]
    assert told == [
        ("Heading 1", "Recommendations of the Board"),
        ("Normal", "Owner: Olu Shah"),
        ("Heading 2", "Recommendations (2)"),
    ]


def test_the_header_row_repeats_and_rows_stay_whole(make):
    head, *rows = opened(make()).tables[0].rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_the_table_says_what_it_is_to_those_who_cannot_see_it(make):
    properties = opened(make(heading="“Live” & open")).tables[0]._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "“Live” & open"
    assert properties.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"


def test_the_widths_fill_the_page(make):
    file = opened(make())
    section = file.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    [table] = file.tables
    assert abs(sum(column.width for column in table.columns) - room) < Cm(0.02)


def test_council_page_number_language_and_title_are_there(make):
    file = opened(make())
    assert file.sections[0].header.paragraphs[0].text == "Example County Council"
    assert (file.core_properties.title, file.core_properties.language) == ("Recommendations of the Board", "en-GB")
    fields = [field.get(qn("w:instr")) for field in file.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_without_rows_it_says_so(make):
    file = opened(make(rows=[]))
    assert (file.tables, file.paragraphs[-1].text) == ([], "Nothing is open.")


def test_the_same_rows_are_the_same_bytes(make):
    assert make() == make()


def test_it_tells_nothing_of_when_it_was_made(make):
    archive = zipfile.ZipFile(io.BytesIO(make()))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_signs_that_no_document_may_hold_do_not_stop_it(make):
    [table] = opened(make(rows=[("SCSB R3/26", "Half\x0cof\x01it\ufffe.", None)])).tables
    assert table.rows[1].cells[1].text == "Half of it ."


def test_the_usual_columns_fit_a_sheet_of_a4():
    assert paper_for(tuple(COLUMNS[name] for name in USUAL)) == "A4"


def test_many_columns_are_printed_on_a3_in_smaller_letters(make):
    many = tuple(COLUMNS[name] for name in (*USUAL, "board", "title", "kind", "closed"))
    file = opened(make(rows=[], columns=many))
    assert (paper_for(many), round(file.sections[0].page_width / Cm(1))) == ("A3", 42)
    assert file.styles["Normal"].font.size == Pt(8)


def test_all_columns_are_too_many_for_any_paper():
    assert paper_for(tuple(COLUMNS.values())) == ""
