"""Word documents with tables of any length: a document without its rows by the library, the rows written into it as a stream.

The library would keep every cell of every row in memory, and take minutes over a few thousand of them.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from docx.shared import Cm, Pt

from . import markup
from .archives import streamed
from .pages import A4_LONG, MARGIN, new_document, printable
from .tables import About, Column, Part

BODY = "word/document.xml"
# The paragraph that stands where a table comes.
PLACE = "\ue000table-{}\ue000"
A3_LONG, A3_SHORT = Cm(42), Cm(29.7)
# How much narrower than it would like a column may become.
NARROWEST = 0.8
# Of smaller letters, where columns are narrower than they would like.
SMALL = Pt(8)


def width_on(length) -> float:
    """What is left of a sheet of that length between its margins, in cm."""
    return (length - 2 * MARGIN) / Cm(1)


def wanted(columns: tuple[Column, ...]) -> float:
    return sum(column.width for column in columns)


def paper_for(columns: tuple[Column, ...]) -> str:
    """ "A4", "A3", or "" where the columns are too many for either and their words would break."""
    for name, length in (("A4", A4_LONG), ("A3", A3_LONG)):
        if wanted(columns) * NARROWEST <= width_on(length):
            return name
    return ""


def document(about: About, parts: list[Part]) -> Iterator[bytes]:
    with zipfile.ZipFile(shell(about, parts)) as source:
        yield from streamed((name, filled(name, source.read(name), parts)) for name in source.namelist())


def shell(about: About, parts: list[Part]) -> io.BytesIO:
    """The document with its headings, and a mark where each table comes."""
    made = new_document(printable(about.title), on=about.on)
    columns = max((part.columns for part in parts), key=wanted)
    if wanted(columns) > width_on(A4_LONG):
        made.styles["Normal"].font.size = SMALL
    if paper_for(columns) != "A4":
        section = made.sections[0]
        section.page_width, section.page_height = A3_LONG, A3_SHORT
    made.add_heading(printable(about.title), level=1)
    for sentence in about.sentences:
        made.add_paragraph(printable(sentence))
    for number, part in enumerate(parts):
        made.add_heading(f"{part.heading} ({part.count:,})", level=2)
        made.add_paragraph(PLACE.format(number) if part.count else part.nothing)
    file = io.BytesIO()
    made.save(file)
    return file


def filled(name: str, body: bytes, parts: list[Part]) -> Iterator[bytes]:
    """The document's text with the tables in their places; other parts as they are."""
    if name != BODY:
        yield body
        return
    long = int(re.findall(r'<w:pgSz[^>]* w:w="(\d+)"', body.decode())[0])
    room, rest = long - 2 * MARGIN.twips, body
    for number, part in enumerate(parts):
        if part.count:
            before, _, rest = rest.partition(markup.plain(PLACE.format(number)))
            yield before
            for piece in table(part, room):
                yield piece.encode()
    yield rest


def table(part: Part, room: int) -> Iterator[str]:
    widths = shares(part.columns, room)
    yield markup.beginning(widths, part.heading)
    yield markup.row([markup.head_cell(str(column.heading)) for column in part.columns], widths, is_head=True)
    for one in part.rows:
        texts = [printable(column.in_words(one)) for column in part.columns]
        yield markup.row([markup.cell(text, is_bold=not place) for place, text in enumerate(texts)], widths)
    yield markup.END


def shares(columns: tuple[Column, ...], room: int) -> list[int]:
    """The widths, in twentieths of a point, that together are as wide as the page."""
    scale = room / wanted(columns)
    return [int(column.width * scale) for column in columns]
