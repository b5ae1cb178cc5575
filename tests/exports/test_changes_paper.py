"""The Word document for the agenda, opened again as Word would: its page, its headings, its tables, its bytes."""

import datetime
import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from recommendations.changes import Changes, Due, Line, Part
from recommendations.exports import word_of_changes

SINCE, ON, MEETING = datetime.date(2026, 11, 4), datetime.date(2026, 12, 8), datetime.date(2026, 12, 9)
LINE = Line(
    reference="SCSB R3/26", slug="SCSB-R3-26", title="Train the staff", words="That all staff be trained.",
    asked_on=datetime.date(2026, 9, 2), owner="Olu Shah", progress="In progress", marks=("New", "Exempt"),
    dues=(
        Due("Report 1: ", datetime.date(2026, 12, 1), datetime.date(2026, 11, 1), 1, 30, days_overdue=7),
        Due("", datetime.date(2027, 3, 1), datetime.date(2027, 3, 1), 0, 0),
    ),
    undated="No date set", remarks=("Report 1 submitted.",), last_said_on=SINCE, last_said="Half of it is done.",
    answers=("Police: accepted", "=1+1"),
)  # fmt: skip
BARE = replace(
    LINE, reference="SCSB R4/26", progress="Not started", marks=(), dues=(), remarks=(), last_said_on=None, answers=()
)


@pytest.fixture
def paper():
    parts = (
        Part("live", "Live", "Nothing else is open.", (BARE,)),
        Part("completed", "Completed since the last meeting", "Nothing was completed.", ()),
        Part("overdue", "Overdue", "Nothing is overdue.", (LINE,)),
    )
    return Changes("Social Care Services Board", "SCSB", MEETING, SINCE, ON, parts, 2)


@pytest.fixture
def document(paper, settings):
    settings.COUNCIL_NAME = "Example County Council"
    return Document(io.BytesIO(word_of_changes(paper)))


def test_it_lies_on_its_side(document):
    [section] = document.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height


def test_its_parts_have_real_headings_with_their_counts(document):
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Social Care Services Board: recommendations and what changed"),
        ("Heading 2", "Live (1)"),
        ("Heading 2", "Completed since the last meeting (0)"),
        ("Heading 2", "Overdue (1)"),
    ]


def test_it_says_what_it_compares_what_is_left_out_and_what_is_empty(document):
    said = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Normal"]
    assert said == [
        "For the meeting of 9 December 2026. "
        "As it stood at the end of 8 December 2026, compared with the end of 4 November 2026.",
        "2 recommendations left out: exempt, perhaps only since then, and not for this reader.",
        "Holds exempt matter: not for publication.",
        "Nothing was completed.",
    ]


def test_every_table_has_a_header_row_that_repeats_and_rows_that_stay_whole(document):
    for table in document.tables:
        head, *rows = table.rows
        assert head._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [cell.text for cell in head.cells] == [
            "Reference", "What the Board asked", "Owner", "Due", "Progress", "Last update", "Answer"
        ]  # fmt: skip
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_a_table_says_what_it_is_to_those_who_cannot_see_it(document):
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in document.tables]
    assert captions == ["Live", "Overdue"]
    look = document.tables[0]._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_a_row_holds_what_is_known(document):
    assert [cell.text for cell in document.tables[1].rows[1].cells] == [
        "SCSB R3/26\nNew\nExempt\nAsked 2 September 2026",
        "Train the staff\nThat all staff be trained.",
        "Olu Shah",
        "Report 1: 1 December 2026\n7 days overdue\nFirst 1 November 2026; moved 1 time, 30 days in all\n1 March 2027",
        "In progress\nReport 1 submitted.",
        "4 November 2026\nHalf of it is done.",
        "Police: accepted\n=1+1",
    ]


def test_a_row_says_what_is_not_known(document):
    assert [cell.text for cell in document.tables[0].rows[1].cells][3:] == [
        "No date set", "Not started", "Never", "None expected"
    ]  # fmt: skip


def test_the_council_stands_above_and_the_page_number_below(document):
    [section] = document.sections
    assert section.header.paragraphs[0].text == "Example County Council"
    fields = section.footer._element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


def test_it_is_in_british_english_throughout(document):
    languages = document.styles.element.iter(qn("w:lang"))
    assert {language.get(qn("w:val")) for language in languages} == {"en-GB"}
    assert document.core_properties.language == "en-GB"


def test_it_says_what_it_is_and_is_by_the_council_on_its_day(document):
    properties = document.core_properties
    assert properties.title == "Changes since the last meeting: Social Care Services Board, 9 December 2026"
    assert (properties.author, properties.last_modified_by) == ("Example County Council",) * 2
    assert properties.created.date() == properties.modified.date() == ON


def test_it_tells_nothing_of_when_it_was_made(paper):
    archive = zipfile.ZipFile(io.BytesIO(word_of_changes(paper)))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name in archive.namelist() if name.endswith((".jpeg", ".png"))]


def test_the_same_paper_is_the_same_bytes(paper):
    assert word_of_changes(paper) == word_of_changes(paper)


@pytest.mark.parametrize(
    "sign", ["\x0c", "\x01", "\ufffe"], ids=["a page break", "a control character", "no character"]
)
def test_what_came_with_a_paste_does_not_stop_it(paper, sign):
    """A partner may send it, too: one such sign must not keep the paper from the whole Board."""
    line = replace(LINE, last_said=f"Half of it{sign}is done.")
    odd = replace(paper, board=f"Social{sign}Care", parts=(Part("live", "Live", "Nothing.", (line,)),))
    [table] = Document(io.BytesIO(word_of_changes(odd))).tables
    assert "Half of it is done." in table.rows[1].cells[5].text
