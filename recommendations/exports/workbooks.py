"""Workbooks of Excel of any length: filters, a frozen header, real days, no formulas, ready to print.

The library makes the book without its rows; they are written into it as a stream. It would write each of them to the
disk first, and take five times as long over it.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice, repeat
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from recommendations import words
from recommendations.formulas import guarded

from . import markup
from .archives import streamed
from .pages import printable
from .tables import DAY, NUMBER, About, Column, Part

# Excel's own limits: of the characters of a cell, of a sheet's name, and of the rows below a heading.
LONGEST_CELL, LONGEST_NAME, MOST_ROWS = 32_767, 31, 1_048_575
# Excel counts days from here, but not before the first of March 1900.
DAY_NOUGHT, FIRST_DAY = datetime.date(1899, 12, 30), datetime.date(1900, 3, 1)
# Text is never looked into for what else it might be.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Of a column, in characters for a centimetre on paper.
CHARACTERS = 5.2
A4 = 9
# Rows that are handed on together.
TOGETHER = 100
# The row that stands where all rows come: one empty cell of each of these looks.
PLACE = re.compile(rb'<row r="2".*?</row>')


def workbook(about: About, parts: list[Part]) -> Iterator[bytes]:
    """Each part is a sheet; its rows are asked for when it is written."""
    sheets = {f"xl/worksheets/sheet{number}.xml": part for number, part in enumerate(parts, 1)}
    with zipfile.ZipFile(shell(about, parts)) as source:
        yield from streamed((name, filled(source.read(name), sheets.get(name))) for name in source.namelist())


def shell(about: About, parts: list[Part]) -> io.BytesIO:
    """The book with its headings, and a mark where the rows of each sheet come."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties(
            {"title": printable(about.title), "author": settings.COUNCIL_NAME, "company": settings.COUNCIL_NAME}
        )
        head, looks = book.add_format(markup.HEAD), [book.add_format(look) for look in markup.LOOKS.values()]
        for part in parts:
            add_sheet(book, part, head, looks)
        write_about(book, about, parts)
    file.seek(0)
    return file


def add_sheet(book, part: Part, head, looks) -> None:
    page = book.add_worksheet(part.heading[:LONGEST_NAME])
    for place, column in enumerate(part.columns):
        page.set_column(place, place, width_of(column))
        page.write_string(0, place, str(column.heading), head)
    for place, look in enumerate(looks):
        page.write_blank(1, place, None, look)
    page.freeze_panes(1, 1)
    set_up_page(page)
    page.repeat_rows(0)
    page.autofilter(0, 0, max(1, min(part.count, MOST_ROWS)), len(part.columns) - 1)


def width_of(column: Column) -> float:
    return max(column.width * CHARACTERS, 18 if column.kind == DAY else 0)


def set_up_page(page) -> None:
    """On its side, as many pages down as it takes and one across, the council above and the page's number below."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    page.set_header("&L" + settings.COUNCIL_NAME.replace("&", "&&")[:200] + "&R&A")
    page.set_footer("&C" + _("Page %(number)s of %(all)s") % {"number": "&P", "all": "&N"})


def filled(body: bytes, part: Part | None) -> Iterator[bytes]:
    """The text of a sheet with the rows in their place; what is no sheet as it is."""
    found = part and PLACE.search(body)
    if not (part and found):
        yield body
        return
    styles = dict(zip(markup.LOOKS, re.findall(r' s="(\d+)"', found[0].decode()), strict=True))
    last = f"{xl_col_to_name(len(part.columns) - 1)}{min(part.count, MOST_ROWS) + 1}"
    yield re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="A1:{last}"'.encode(), body[: found.start()])
    rows = lines(part.columns, islice(part.rows, MOST_ROWS), styles)
    while some := "".join(islice(rows, TOGETHER)):
        yield some.encode()
    yield body[found.end() :]


def lines(columns: tuple[Column, ...], rows: Iterable[Any], styles: dict[str, str]) -> Iterator[str]:
    places = [(xl_col_to_name(place), column.kind, column.value) for place, column in enumerate(columns)]
    for number, row in enumerate(rows, 2):
        cells = [cell(f"{letter}{number}", kind, value(row), styles) for letter, kind, value in places]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def cell(place: str, kind: str, value: Any, styles: dict[str, str]) -> str:
    if value is None or value == "":
        return ""
    if kind == DAY and value >= FIRST_DAY:
        return markup.number_cell(place, styles[DAY], (value - DAY_NOUGHT).days)
    if kind == NUMBER:
        return markup.number_cell(place, styles[NUMBER], value)
    text = cut(printable(words.day(value) if kind == DAY else str(value)))
    return markup.text_cell(place, styles["text" if guarded(text) == text else "guarded"], text)


def cut(text: str) -> str:
    """As much as a cell holds; the rest stands on the site."""
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def write_about(book, about: About, parts: list[Part]) -> None:
    page = book.add_worksheet(_("About"))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    set_up_page(page)
    bold, text, quoted = (
        book.add_format(look) for look in (markup.BOLD, markup.LOOKS["text"], markup.LOOKS["guarded"])
    )
    # The title stands alone: were it beside a name, a reader of old trackers could take the two for headings.
    page.write_string(0, 0, cut(printable(about.title)), book.add_format(markup.TITLE))
    said = [
        (_("As it stood on"), words.day(about.on)),
        *zip(chain([_("What it shows")], repeat("")), about.sentences, strict=False),
        *((part.heading[:LONGEST_NAME], rows_in_words(part)) for part in parts),
        (_("Made by"), about.made_by),
        (_("Made on"), words.moment(about.made_at)),
    ]
    for line, (name, told) in enumerate(said, 1):
        shown = cut(printable(told))
        page.write_string(line, 0, name, bold)
        page.write_string(line, 1, shown, text if guarded(shown) == shown else quoted)


def rows_in_words(part: Part) -> str:
    told = words.count_of(part.count, _("row,rows"))
    if part.count <= MOST_ROWS:
        return told
    return _("%(rows)s: the first %(most)s of them, as many as a sheet holds. The CSV file has all.") % {
        "rows": told,
        "most": f"{MOST_ROWS:,}",
    }
