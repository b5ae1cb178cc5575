"""The lines of a PDF's pages, as PDFium finds them. Runs in the process that `pdf_apart` keeps: PDFium is not Python."""

import ctypes
import math
import re
import sys
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from .pdf_lines import Line
from .refusals import BROKEN_PDF, LOCKED_PDF, LONG_PDF, MOST_TEXT, TOO_LONG, Unreadable

MOST_PAGES = 500
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
# No letters: control characters and halves of a pair. The one left out is how PDFium writes a hyphen that ends a line.
_ODD = re.compile(r"[\x00\x01\x03-\x1f\x7f\ud800-\udfff]")
_HYPHEN = re.compile(r"[\x02\ufffe]")
_WORD = re.compile(r"[^\s\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
# A whole file ends so; one whose end is missing has lost pages or words.
_END, _WITHIN = b"%%EOF", 4096
_LOCKED = (4, 5)  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
# The gap between two cells of a table, and the narrowest letters, as shares of the type size.
_CELL, _NARROWEST = 2.5, 0.2


class _Word(NamedTuple):
    """A word of a page: its first character and the one behind its last, where it begins, how far down, and how large."""

    start: int
    end: int
    left: float
    top: float
    size: float


def pages_of(data: bytes) -> list[list[Line]]:
    """Each page's lines from top to bottom; pieces at one height are one line, and a wide gap between two parts them."""
    if _END not in data[-_WITHIN:]:
        raise Unreadable(BROKEN_PDF)
    pages, size = [], 0
    with _document(data) as document:
        count = pdfium().FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            raise Unreadable(LONG_PDF)
        for number in range(count):
            pages.append(_page(document, number, MOST_TEXT - size))
            size += sum(len(line.text) for line in pages[-1])
    return pages


@cache
def pdfium():
    import pypdfium2_raw as library

    # No fonts of the machine: what a file says must not depend on where it is read.
    no_fonts = (ctypes.POINTER(ctypes.c_char) * 1)()
    library.FPDF_InitLibraryWithConfig(library.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=no_fonts))
    return library


@contextmanager
def _document(data: bytes):
    library = pdfium()
    document = library.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise Unreadable(LOCKED_PDF if library.FPDF_GetLastError() in _LOCKED else BROKEN_PDF)
    try:
        yield document
    finally:
        library.FPDF_CloseDocument(document)


def _page(document, number: int, room: int) -> list[Line]:
    library = pdfium()
    page = library.FPDF_LoadPage(document, number)
    text = page and library.FPDFText_LoadPage(page)
    try:
        if not text:
            raise Unreadable(BROKEN_PDF)
        if library.FPDFText_CountChars(text) > room:
            raise Unreadable(TOO_LONG)
        return _lines(_Text(page, text))
    finally:
        if text:
            library.FPDFText_ClosePage(text)
        if page:
            library.FPDF_ClosePage(page)


def _lines(text: "_Text") -> list[Line]:
    lines = [_line(text, words) for words in _by_height(text)]
    # Most pages leave as much free on the right as on the left.
    edge = text.width - min((line.left for line in lines), default=0.0)
    for line in lines:
        line.edge = edge
    return lines


def _by_height(text: "_Text") -> list[list[_Word]]:
    """Words at one height are a line. PDFium's own ends of lines are not relied on: some are spaces."""
    rows: list[list[_Word]] = []
    for match in _WORD.finditer(text.characters):
        start, end = match.span()
        left, top = text.origin(start)
        first = rows[-1][0] if rows else None
        if first and abs(first.top - top) < 0.4 * first.size and left >= first.left - 1:
            rows[-1].append(_Word(start, end, left, first.top, first.size))
        else:
            rows.append([_Word(start, end, left, top, text.size(start))])
    return rows


def _line(text: "_Text", words: list[_Word]) -> Line:
    first, last = words[0], words[-1]
    parts = [text.word(first)]
    for before, word in pairwise(words):
        parts += ("\t" if _is_cell(text, before, word) else " ", text.word(word))
    return Line("".join(parts), first.left, text.right(last.end - 1), first.top, first.size)


def _is_cell(text: "_Text", before: _Word, word: _Word) -> bool:
    """Whether a wide gap parts two words. PDFium writes one space for however many: only the place tells."""
    widest = word.left - before.left - _NARROWEST * word.size * (before.end - before.start)
    return widest > _CELL * word.size and word.left - text.right(word.start - 1) > _CELL * word.size


class _Text:
    """A page's characters and where each stands, as the page is shown: from its left edge, and from the top down."""

    def __init__(self, page, handle):
        self.pdfium, self.handle = pdfium(), handle
        self.characters = self._characters()
        self.turned = self.pdfium.FPDFPage_GetRotation(page)
        self.width = self.pdfium.FPDF_GetPageWidthF(page)
        # Written by PDFium again and again: a new one for each character would take as long as the reading.
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.box, self.matrix = self.pdfium.FS_RECTF(), self.pdfium.FS_MATRIX()
        self.pdfium.FPDF_GetPageBoundingBox(page, self.box)
        self.begins = (-self.box.left, -self.box.bottom, self.box.right, self.box.top)[self.turned]

    def _characters(self) -> str:
        """One letter for each of PDFium's, so that places in one are places in the other."""
        count = self.pdfium.FPDFText_CountChars(self.handle)
        written = (ctypes.c_ushort * (count + 1))()
        if self.pdfium.FPDFText_GetText(self.handle, 0, count, written) == count + 1:
            text = bytes(written)[:-2].decode("utf-16-le", errors="replace")
            if len(text) == count:
                return _ODD.sub(" ", text)
        letters = (self.pdfium.FPDFText_GetUnicode(self.handle, at) for at in range(count))
        return _ODD.sub(" ", "".join(chr(letter) if letter <= sys.maxunicode else " " for letter in letters))

    def origin(self, at: int) -> tuple[float, float]:
        self.pdfium.FPDFText_GetCharOrigin(self.handle, at, self.x, self.y)
        x, y = self.x.value, self.y.value
        along, down = ((x, -y), (y, x), (-x, y), (-y, -x))[self.turned]
        return self.begins + along, down

    def word(self, word: _Word) -> str:
        return _HYPHEN.sub("-", self.characters[word.start : word.end]).translate(_LIGATURES)

    def right(self, at: int) -> float:
        """Where a character ends."""
        self.pdfium.FPDFText_GetLooseCharBox(self.handle, at, self.box)
        box = self.box
        return self.begins + (box.right, box.top, -box.left, -box.bottom)[self.turned]

    def size(self, at: int) -> float:
        """How large the type is on the page: its own size times that of the space it is set in."""
        self.pdfium.FPDFText_GetMatrix(self.handle, at, self.matrix)
        scale = math.hypot(self.matrix.b, self.matrix.d)
        return max(1.0, self.pdfium.FPDFText_GetFontSize(self.handle, at) * (scale or 1.0))
