"""PDF files: lines by their place on the page, wrapped ones joined, and the pages' own furniture left out."""

import io
import re
from collections import Counter

from .pdf_lines import Line, paragraphs_of_pages, width_of
from .refusals import BROKEN_PDF, LOCKED_PDF, LONG_PDF, MOST_TEXT, SCANNED_PDF, TOO_LONG, Unreadable

MOST_PAGES = 500
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_DIGITS = re.compile(r"\d+")


def lines_of_pdf(data: bytes) -> list[str]:
    pages = _without_furniture(_pages(data))
    if not any(line.text.strip() for page in pages for line in page):
        raise Unreadable(SCANNED_PDF)
    return paragraphs_of_pages(pages)


def _pages(data: bytes) -> list[list[Line]]:
    import logging

    from pypdf import PdfReader

    # pypdf logs every oddity of a file; a hostile one must not fill the log.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(LOCKED_PDF)
        if len(reader.pages) > MOST_PAGES:
            raise Unreadable(LONG_PDF)
        return _within_measure(reader.pages)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable(BROKEN_PDF) from error
    except Exception as error:  # pypdf raises whatever a broken file leads it into
        raise Unreadable(BROKEN_PDF) from error


def _within_measure(pages) -> list[list[Line]]:
    read, size = [], 0
    for page in pages:
        read.append(_lines(page))
        size += sum(len(line.text) for line in read[-1])
        if size > MOST_TEXT:
            raise Unreadable(TOO_LONG)
    return read


def _lines(page) -> list[Line]:
    """The page's lines from top to bottom. Pieces at one height are one line; a wide gap between two parts them."""
    pieces: list[Line] = []

    def visit(text, matrix, text_matrix, font, size) -> None:
        words = text.replace("\n", "").translate(_LIGATURES)
        if not words:
            return
        x = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
        y = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
        scale = abs(text_matrix[3] * matrix[3]) or abs(text_matrix[1] * matrix[1]) or 1.0
        height = max(1.0, float(size or 10) * scale)
        pieces.append(Line(words, x, x + width_of(words, height), -y, height))

    page.extract_text(visitor_text=visit)
    lines = _by_height(pieces)
    # Most pages leave as much free on the right as on the left.
    edge = float(page.mediabox.right) - min((line.left for line in lines if line.text.strip()), default=0.0)
    for line in lines:
        line.edge = edge
    return lines


def _by_height(pieces: list[Line]) -> list[Line]:
    lines: list[Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if last and abs(last.top - piece.top) < 0.4 * max(last.size, piece.size) and piece.left >= last.left - 1:
            between = _between(last, piece)
            last.text += between + (piece.text.lstrip() if between == "\t" else piece.text)
            last.right = max(last.right, piece.right)
        else:
            lines.append(piece)
    return lines


def _between(last: Line, piece: Line) -> str:
    """Nothing, a space or, between the cells of a table, a tab. Widths are estimated: only a clear gap counts."""
    gap = piece.left - last.right
    if gap > 2.5 * piece.size:
        return "\t"
    spaced = last.text.endswith(" ") or piece.text.startswith(" ")
    return " " if gap > 0.15 * piece.size and not spaced else ""


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without the headers and footers that come back on page after page, but for their numbers."""
    if len(pages) < 2:
        return [[line for line in page if not _page_number(line, page)] for page in pages]
    edges = Counter(
        key for page in pages for key in {_key(line) for line in [*page[:3], *page[-3:]] if line.text.strip()}
    )
    repeated = {key for key, count in edges.items() if count > 1 and count * 2 >= len(pages)}
    return [
        [
            line
            for at, line in enumerate(page)
            if not ((at < 3 or at >= len(page) - 3) and (_key(line) in repeated or _page_number(line, page)))
        ]
        for page in pages
    ]


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", " ".join(line.text.split())), round(line.top / 6)


def _page_number(line: Line, page: list[Line]) -> bool:
    """A number alone at a page's foot or head, or "Page 3 of 7"."""
    return bool(
        re.fullmatch(
            r"\s*(?:page\s+\d{1,4}(?:\s+of\s+\d{1,4})?|[-–]\s*\d{1,4}\s*[-–]|\d{1,4}\s+of\s+\d{1,4})\s*",
            line.text,
            re.IGNORECASE,
        )
    ) or (bool(re.fullmatch(r"\s*\d{1,4}\s*", line.text)) and len(page) > 3 and line in (page[0], page[-1]))
