"""Files of every kind, and hostile ones: each is read within measure, or refused in a sentence."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from recommendations import uploads
from recommendations.old_trackers import apart, refusals, separated, sheets, word_tables, workbooks
from recommendations.old_trackers.refusals import Unreadable
from tests.old_trackers import files

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HEADED = [["Ref", "Recommendation"], ["R3/12", "That signs be renewed."]]
BOOK = files.plain_workbook(HEADED)


def wide(text):
    return text.encode("utf-16-le")


def with_part(data, name, content=""):
    return files.archive({**members(data), name: content})


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def locked(data):
    """As if its members were encrypted."""
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")


def many_sheets(count):
    book = Workbook()
    for number in range(count):
        book.create_sheet(f"S{number}").append(["Ref"])
    return files.saved(book)


def far_away(row, column):
    book = Workbook()
    book.active.cell(row=row, column=column).value = "far"
    return files.saved(book)


def csv_of(rows, columns=2):
    return ("x," * columns + "\n").encode() * rows


HOSTILE = {
    "nothing": (b"", refusals.EMPTY),
    "blanks": (b"\n \n", refusals.EMPTY),
    "no words": (b",,,\n,,,\n", refusals.NO_TABLE),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", refusals.OTHER),
    "a program": (b"MZ\x01\x02\x03\x04\x05\x06" * 20, refusals.OTHER),
    "a PDF": (b"%PDF-1.7 ...", refusals.PDF),
    "a web page called xls": (b"\xef\xbb\xbf<html><table><tr><td>Ref", refusals.WEB_PAGE),
    "an archive": (files.archive({"a.txt": "a"}), refusals.OTHER),
    "half an archive": (BOOK[:900], refusals.BROKEN),
    "an old Word document": (OLE + wide("WordDocument"), refusals.OLD_WORD),
    "a locked workbook": (OLE + wide("EncryptedPackage"), refusals.LOCKED),
    "an old workbook with macros": (OLE + wide("Workbook") + wide("_VBA_PROJECT"), refusals.MACROS),
    "an old file of another kind": (OLE + wide("PowerPoint"), refusals.OTHER),
    "a damaged old workbook": (OLE + wide("Workbook"), refusals.BROKEN),
    "a workbook with macros": (with_part(BOOK, "xl/vbaProject.bin"), refusals.MACROS),
    "a binary workbook": (files.archive({"xl/workbook.bin": ""}), refusals.BINARY_WORKBOOK),
    "a sheet that is no XML": (with_part(BOOK, "xl/worksheets/sheet1.xml", "<a"), refusals.BROKEN),
    "a locked archive": (locked(BOOK), refusals.LOCKED),
    "a locked OpenDocument": (
        with_part(files.borough_ods(), "META-INF/manifest.xml", "<encryption-data/>"), refusals.LOCKED
    ),
    "a Word document without words": (files.archive({"word/document.xml": "<a"}), refusals.BROKEN),
    "sixty sheets": (many_sheets(60), refusals.TOO_MANY_SHEETS),
    "twenty thousand rows and more": (csv_of(20_002), refusals.TOO_MANY_ROWS),
    "two hundred columns": (csv_of(2, 200), refusals.TOO_MANY_COLUMNS),
    "a cell far to the right": (far_away(1, 3000), refusals.TOO_MANY_COLUMNS),
    "a cell a little to the right": (far_away(1, 300), refusals.TOO_MANY_COLUMNS),
    "a cell far below": (far_away(30_000, 1), refusals.TOO_MANY_ROWS),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_read_is_refused_in_a_sentence(case):
    data, sentence = HOSTILE[case]
    with pytest.raises(Unreadable) as refusal:
        sheets.tables_of(data)
    assert str(refusal.value) == sentence


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 100)
    with pytest.raises(Unreadable, match="unpacks to more than"):
        sheets.tables_of(BOOK)


def test_a_tracker_of_too_many_words_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_TEXT", 10)
    with pytest.raises(Unreadable, match="more than 10 MB of text"):
        sheets.tables_of(BOOK)


def test_a_tracker_of_too_many_rows_in_several_sheets_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 5)
    with pytest.raises(Unreadable, match="rows"):
        sheets.tables_of(files.county_workbook())


@pytest.mark.parametrize(("name", "limit"), [("MOST_ROWS", 2), ("MOST_COLUMNS", 3)])
def test_a_word_table_is_read_within_measure(monkeypatch, name, limit):
    monkeypatch.setattr(word_tables, name, limit)
    with pytest.raises(Unreadable, match=r"rows|columns"):
        sheets.tables_of(files.city_word())


def test_a_word_document_is_unpacked_within_measure(monkeypatch):
    monkeypatch.setattr(word_tables, "_MOST_XML", 100)
    with pytest.raises(Unreadable, match="unpacks to more than"):
        sheets.tables_of(files.city_word())


def cells_of(data):
    return sheets.tables_of(data)[0]["cells"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separated_values_are_read_whatever_their_letters_and_separators(encoding, separator):
    assert (
        cells_of(files.district_csv(encoding, separator))[2][3] == "That the charge stay at £2 – for residents’ cars."
    )


def test_excel_may_name_the_separator_in_the_first_line():
    assert cells_of(b"sep=;\nRef;Recommendation, in words\n")[1] == ["Ref", "Recommendation, in words"]


def test_a_cell_of_separated_values_that_never_ends_is_refused():
    with pytest.raises(Unreadable):
        separated.tables_of_separated(b'Ref,"' + b"x" * 1_100_000)


def test_days_numbers_and_ticks_of_a_workbook_become_words():
    cells = cells_of(files.plain_workbook([["Ref", 7, 7.5, True, False, files.day(2026, 3, 27)]]))
    assert cells == [["Ref", "7", "7.5", "Yes", "No", "2026-03-27"]]


def test_hidden_sheets_are_not_read():
    assert [table["name"] for table in sheets.tables_of(files.county_workbook())] == ["Live", "Completed 2025-26"]


GREYS = {
    "FFD9D9D9": True, "BFBFBF": True, "FF808080": True, "FFFFFFFF": False, "FF000000": False, "FFFFFF00": False,
    "FFC6EFCE": False, "grey": False, "": False,
}  # fmt: skip


@pytest.mark.parametrize(("colour", "grey"), GREYS.items())
def test_a_grey_is_neither_white_nor_black_nor_a_colour(colour, grey):
    assert workbooks.is_grey(colour) == grey


@pytest.mark.parametrize(
    ("fill", "grey"),
    [
        (files.GREY, True),
        (files.THEME_GREY, True),
        (PatternFill("lightGray"), True),
        (PatternFill("solid", fgColor="FFFFFF00"), False),
        (PatternFill("darkUp", fgColor="FFD9D9D9"), False),
    ],
)
def test_a_greyed_row_of_a_workbook_is_marked(fill, grey):
    book = Workbook()
    for row in HEADED:
        book.active.append(row)
    for cell in book.active[2]:
        cell.fill = fill
    assert sheets.tables_of(files.saved(book))[0]["grey"] == ([1] if grey else [])


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_whose_looks_are_damaged_is_read_without_them(part):
    data = files.archive({**members(files.county_workbook()), part: "<a"})
    table = SimpleNamespace(name="Live", grey=[], struck=[])
    workbooks._mark_rows(data, {"Live": table})
    assert (table.grey, table.struck) == ([], [])


def test_a_greyed_row_of_a_word_table_is_marked():
    assert sheets.tables_of(files.city_word())[0]["grey"] == [2]


# In a process of its own


def test_a_file_is_read_somewhere_else_all_the_same():
    data = files.county_workbook()
    assert apart.tables_of(data) == sheets.tables_of(data)


def test_a_refusal_comes_back_from_there():
    with pytest.raises(Unreadable, match="This is a PDF"):
        apart.tables_of(b"%PDF-1.7")


def test_a_file_that_asks_for_too_much_memory_ends_only_that_process(monkeypatch):
    monkeypatch.setattr(apart, "MOST_MEMORY", 60 << 20)
    with pytest.raises(Unreadable, match="more time or memory"):
        apart.tables_of(far_away(1_000_000, 900))


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(apart, "MOST_SECONDS", 0.001)
    with pytest.raises(Unreadable, match="more time or memory"):
        apart.tables_of(b"Ref,Recommendation\n")


def test_what_the_process_answers_is_what_is_read_here():
    assert apart.answer_to(b"Ref,Recommendation\nR1/26,So.\n")["tables"][0]["name"] == "The file"
    assert "refusal" in apart.answer_to(b"")
