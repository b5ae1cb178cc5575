"""Workbooks of Excel, row by row in constant memory: filters, a frozen header, real days, no formulas, ready to print."""

import datetime
import tempfile
from collections.abc import Iterable
from itertools import chain, repeat
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from recommendations import words
from recommendations.formulas import guarded

from .markup import Looks
from .pages import printable
from .tables import DAY, NUMBER, About, Column, Sheet

# Excel's own limits: of the characters of a cell, and of a sheet's name.
LONGEST_CELL, LONGEST_NAME = 32_767, 31
# Excel cannot count days before this one.
FIRST_DAY = datetime.date(1900, 3, 1)
# Text is never looked into for what else it might be; rows are written out as they come.
OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
# Of a column, in characters for a centimetre on paper.
CHARACTERS = 5.2
A4 = 9


def workbook(about: About, sheets: list[Sheet], rows: Iterable[Any]) -> IO[bytes]:
    """A file, open at its beginning, which goes when it is closed. `rows` are read once, for all sheets together."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (whoever sends it closes it)
    with xlsxwriter.Workbook(file.name, OPTIONS) as book:
        book.set_properties(
            {"title": printable(about.title), "author": settings.COUNCIL_NAME, "company": settings.COUNCIL_NAME}
        )
        looks = Looks(book)
        written = [Written(book, sheet, looks) for sheet in sheets]
        for row in rows:
            for one in written:
                one.take(row)
        for one in written:
            one.finish()
        write_about(book, about, written, looks)
    file.seek(0)
    return file


class Written:
    """One sheet on its way."""

    def __init__(self, book, sheet: Sheet, looks: Looks):
        self.sheet, self.looks, self.count = sheet, looks, 0
        self.page = book.add_worksheet(sheet.name[:LONGEST_NAME])
        for place, column in enumerate(sheet.columns):
            self.page.set_column(place, place, width_of(column))
            self.page.write_string(0, place, str(column.heading), looks.head)
        self.page.freeze_panes(1, 1)
        set_up_page(self.page)
        self.page.repeat_rows(0)

    def take(self, row: Any) -> None:
        for one in self.sheet.pick(row):
            self.count += 1
            for place, column in enumerate(self.sheet.columns):
                write(self.page, self.count, place, column, column.value(one), self.looks)

    def finish(self) -> None:
        """The filter reaches down to the last row, which is known only now."""
        self.page.autofilter(0, 0, max(1, self.count), len(self.sheet.columns) - 1)


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


def write(page, line: int, place: int, column: Column, value: Any, looks: Looks) -> None:
    if value is None or value == "":
        return
    if column.kind == DAY and value >= FIRST_DAY:
        page.write_datetime(line, place, datetime.datetime.combine(value, datetime.time()), looks.day)
    elif column.kind == NUMBER:
        page.write_number(line, place, value, looks.number)
    else:
        text = cut(printable(words.day(value) if column.kind == DAY else str(value)))
        page.write_string(line, place, text, looks.text if guarded(text) == text else looks.guarded)


def cut(text: str) -> str:
    """As much as a cell holds; the rest stands on the site."""
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def write_about(book, about: About, written: list[Written], looks: Looks) -> None:
    page = book.add_worksheet(_("About"))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    set_up_page(page)
    # The title stands alone: were it beside a name, a reader of old trackers could take the two for headings.
    page.write_string(0, 0, cut(printable(about.title)), looks.title)
    said = [
        (_("As it stood on"), words.day(about.on)),
        *zip(chain([_("What it shows")], repeat("")), about.sentences, strict=False),
        *((one.sheet.name, words.count_of(one.count, _("row,rows"))) for one in written),
        (_("Made by"), about.made_by),
        (_("Made on"), words.moment(about.made_at)),
    ]
    for line, (name, text) in enumerate(said, 1):
        page.write_string(line, 0, name, looks.bold)
        page.write_string(line, 1, cut(printable(text)), looks.text if guarded(text) == text else looks.guarded)
