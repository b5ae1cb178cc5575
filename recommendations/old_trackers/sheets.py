"""From the bytes of a file to tables of text. What a file is, its content tells, not its name.

Plain Python: it runs in a process of its own (apart.py), which has no settings and no database.
"""

import io
import zipfile
from dataclasses import asdict, dataclass, field
from typing import Any

from recommendations.uploads import why_refused

from .refusals import (
    BINARY_WORKBOOK,
    EMPTY,
    MOST_IN_CELL,
    MOST_ROWS,
    MOST_TEXT,
    NO_TABLE,
    OLD_WORD,
    OTHER,
    PDF,
    TOO_LONG,
    TOO_MANY_ROWS,
    WEB_PAGE,
    Unreadable,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass
class Table:
    """One sheet, or one table of a document: every cell as text, days as 2017-03-31, and the rows that are set apart."""

    name: str
    cells: list[list[str]]
    # The words above a table of a document: often the committee or the day.
    title: str = ""
    # Places of rows, from 0.
    grey: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    # Rows of one cell that stretches over several columns.
    wide: list[int] = field(default_factory=list)


def tables_of(data: bytes) -> list[dict[str, Any]]:
    """The tables of a file, in the form that is kept: those of `Table`, as dicts."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(EMPTY)
    if refusal := why_refused(data):
        raise Unreadable(refusal)
    tables = [_within_measure(table) for table in _reader_for(data)(data)]
    tables = [table for table in tables if any(any(row) for row in table.cells)]
    if not tables:
        raise Unreadable(NO_TABLE)
    if sum(len(table.cells) for table in tables) > MOST_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    if sum(len(cell) for table in tables for row in table.cells for cell in row) > MOST_TEXT:
        raise Unreadable(TOO_LONG)
    return [asdict(table) for table in tables]


def _within_measure(table: Table) -> Table:
    """Without the empty rows at the end, and without what no database keeps."""
    while table.cells and not any(table.cells[-1]):
        table.cells.pop()
    table.cells = [[_tidy(cell) for cell in row] for row in table.cells]
    return table


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\0", "").replace("\r", "\n").split("\n"))
    return "\n".join(filter(None, lines))[:MOST_IN_CELL]


def _reader_for(data: bytes):
    if data.startswith(b"PK\x03\x04"):
        return _reader_of_archive(data)
    if data.startswith(_OLE):
        return _reader_of_old_file(data)
    start = data[:1024].lstrip().lower()
    if b"%pdf-" in start:
        raise Unreadable(PDF)
    if start.removeprefix(b"\xef\xbb\xbf").startswith((b"<html", b"<!doctype html", b"<table", b"<?xml")):
        raise Unreadable(WEB_PAGE)
    from .separated import tables_of_separated

    return tables_of_separated


def _reader_of_old_file(data: bytes):
    """What Microsoft wrote before 2007: the names of its streams tell."""
    if _holds(data, "WordDocument"):
        raise Unreadable(OLD_WORD)
    if not (_holds(data, "Workbook") or _holds(data, "Book")):
        raise Unreadable(OTHER)
    from .workbooks import tables_of_workbook

    return tables_of_workbook


def _holds(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def _reader_of_archive(data: bytes):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    return _reader_by_parts(names, kind)


def _reader_by_parts(names: set[str], kind: bytes):
    if "word/document.xml" in names:
        from .word_tables import tables_of_word

        return tables_of_word
    if "xl/workbook.bin" in names:
        raise Unreadable(BINARY_WORKBOOK)
    if "xl/workbook.xml" not in names and b"opendocument.spreadsheet" not in kind:
        raise Unreadable(OTHER)
    from .workbooks import tables_of_workbook

    return tables_of_workbook
