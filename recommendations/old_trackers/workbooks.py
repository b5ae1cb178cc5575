"""Workbooks of Excel and OpenDocument: cells by calamine, and from an xlsx also which rows are greyed or struck through."""

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import python_calamine as calamine

from .refusals import (
    BROKEN,
    LOCKED,
    MACROS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    TOO_MANY_SHEETS,
    Unreadable,
)
from .sheets import Table

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Of one part of the archive; calamine unpacks the same.
_MOST_XML = 150_000_000
# The old palette's greys.
_INDEXED_GREYS = frozenset({"22", "23", "55", "63"})


def tables_of_workbook(data: bytes) -> list[Table]:
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            if any(sheet.typ == calamine.SheetTypeEnum.MacroSheet for sheet in book.sheets_metadata):
                raise Unreadable(MACROS)
            shown = [sheet.name for sheet in book.sheets_metadata if _is_shown(sheet)]
            if len(shown) > MOST_SHEETS:
                raise Unreadable(TOO_MANY_SHEETS)
            tables = [_table(book.get_sheet_by_name(name)) for name in shown]
    except calamine.PasswordError as error:
        raise Unreadable(LOCKED) from error
    except (calamine.CalamineError, OSError, ValueError, UnicodeError) as error:
        raise Unreadable(BROKEN) from error
    if data.startswith(b"PK"):
        _mark_rows(data, {table.name: table for table in tables})
    return tables


def _is_shown(sheet) -> bool:
    """Hidden sheets hold the lists of drop-down boxes."""
    is_sheet = sheet.typ == calamine.SheetTypeEnum.WorkSheet
    return is_sheet and sheet.visible == calamine.SheetVisibleEnum.Visible


def _table(sheet) -> Table:
    if sheet.total_width > MOST_COLUMNS * 10:
        raise Unreadable(TOO_MANY_COLUMNS)
    cells = [[in_words(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    last = max((place for place, row in enumerate(cells) if any(row)), default=-1)
    if last >= MOST_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    cells = [_without_empty_end(row) for row in cells[: last + 1]]
    if max(map(len, cells), default=0) > MOST_COLUMNS:
        raise Unreadable(TOO_MANY_COLUMNS)
    table = Table(sheet.name, cells)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _spread(table, top, left, bottom, right)
    return table


def _without_empty_end(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    return row


def in_words(value) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    return str(value)


def _spread(table: Table, top: int, left: int, bottom: int, right: int) -> None:
    """What is merged says the same in every row; over several columns of one row it is a heading across the table."""
    if top >= len(table.cells) or left >= len(table.cells[top]):
        return
    words = table.cells[top][left]
    if right > left and bottom == top:
        table.wide.append(top)
    for row in table.cells[top : bottom + 1]:
        row.extend([""] * (min(right, MOST_COLUMNS - 1) + 1 - len(row)))
        row[left : right + 1] = [words] * (len(row[left : right + 1]))


# Rows set apart: Excel keeps a number of a style beside each cell, and what the styles look like in another part.


def _mark_rows(data: bytes, tables: dict[str, Table]) -> None:
    """Looks are a help, no more: where they cannot be read, no row counts as set apart."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "xl/styles.xml" not in names:
                return
            grey, struck = _styles(_tree(archive, "xl/styles.xml"))
            if not grey | struck:
                return
            for name, part in _parts_of_sheets(archive):
                if name in tables and part in names:
                    _mark(tables[name], _styled_rows(archive, part), grey, struck)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, OSError, KeyError, ValueError, RuntimeError):
        return


def _tree(archive: zipfile.ZipFile, name: str):
    from lxml import etree

    with archive.open(name) as file:
        data = file.read(_MOST_XML)
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _styles(styles) -> tuple[set[str], set[str]]:
    """The numbers of the styles that are grey, and of those that are struck through."""
    fills = [_is_grey(fill) for fill in styles.iterfind(f"{_MAIN}fills/{_MAIN}fill")]
    fonts = [_is_on(font.find(f"{_MAIN}strike")) for font in styles.iterfind(f"{_MAIN}fonts/{_MAIN}font")]
    grey, struck = set(), set()
    for number, style in enumerate(styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
        if _at(fills, style.get("fillId")):
            grey.add(str(number))
        if _at(fonts, style.get("fontId")):
            struck.add(str(number))
    return grey, struck


def _at(looks: list[bool], number: str | None) -> bool:
    return bool(number) and int(number or 0) < len(looks) and looks[int(number or 0)]


def _is_on(mark) -> bool:
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def _is_grey(fill) -> bool:
    pattern = fill.find(f"{_MAIN}patternFill")
    if pattern is None:
        return False
    if "gray" in pattern.get("patternType", "").lower():
        return True
    colour = pattern.find(f"{_MAIN}fgColor")
    if pattern.get("patternType") != "solid" or colour is None:
        return False
    if theme := colour.get("theme"):
        # The first two of a theme are white and black, as a rule; a grey is made of either by a tint.
        tint = float(colour.get("tint", "0"))
        return (theme == "0" and tint < -0.04) or (theme == "1" and tint > 0.04) or (theme == "2" and abs(tint) < 0.3)
    return colour.get("indexed") in _INDEXED_GREYS or is_grey(colour.get("rgb") or "")


def is_grey(rgb: str) -> bool:
    """Nearly as much red as green and blue, and neither white nor black: "FFD9D9D9", "BFBFBF"."""
    if not re.fullmatch(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}", rgb):
        return False
    parts = [int(rgb[-6:][place : place + 2], 16) for place in (0, 2, 4)]
    return max(parts) - min(parts) <= 12 and min(parts) >= 60 and max(parts) <= 245


def _parts_of_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = {
        relation.get("Id"): relation.get("Target", "") for relation in _tree(archive, "xl/_rels/workbook.xml.rels")
    }
    for sheet in _tree(archive, "xl/workbook.xml").iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _styled_rows(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, list[str]]]:
    """(place of the row, the styles of its filled cells); read as a stream, and no further than rows are read."""
    from lxml import etree

    with archive.open(part) as file:
        rows = etree.iterparse(file, tag=f"{_MAIN}row", resolve_entities=False, no_network=True, load_dtd=False)
        for count, (_, row) in enumerate(rows):
            if count > MOST_ROWS:
                return
            filled = [cell.get("s", "0") for cell in row if len(cell)]
            yield int(row.get("r", count + 1)) - 1, filled
            row.clear()


def _mark(table: Table, rows: Iterator[tuple[int, list[str]]], grey: set[str], struck: set[str]) -> None:
    for place, styles in rows:
        for wanted, found in ((grey, table.grey), (struck, table.struck)):
            if styles and sum(style in wanted for style in styles) * 2 > len(styles):
                found.append(place)
