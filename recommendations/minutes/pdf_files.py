"""PDF files: lines by their place on the page, wrapped ones joined, and the pages' own furniture left out."""

import io
import re
from collections import Counter
from dataclasses import dataclass

from .refusals import BROKEN_PDF, LOCKED_PDF, LONG_PDF, MOST_TEXT, SCANNED_PDF, TOO_LONG, Unreadable

MOST_PAGES = 500
_TERMINATED = re.compile(r"[.?!:;][”’\"')\]]*$")
_MARK = re.compile(r"(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]+|[-–•·▪●◦○*\uf0b7\uf0a7\uf0d8]|o)(?:\s|$)|\?(?=[^\W\d_])")
_LEADS = re.compile(r"(?::[-–]?|\s[-–])$")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_DIGITS = re.compile(r"\d+")
# How wide letters are, as a share of the type size, in the usual sans-serif types: near enough to tell a full line.
_NARROW, _WIDE = "iljtfrI.,:;'’|!()[] -", "mwMWQOGD@%—&"


@dataclass(slots=True)
class Line:
    """A line of a page: its words, where it begins and ends, how far from the top, how large."""

    text: str
    left: float
    right: float
    top: float
    size: float


def lines_of_pdf(data: bytes) -> list[str]:
    pages = _without_furniture(_pages(data))
    if not any(line.text.strip() for page in pages for line in page):
        raise Unreadable(SCANNED_PDF)
    return _joined(pages)


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
        pieces.append(Line(words, x, x + _width(words, height), -y, height))

    page.extract_text(visitor_text=visit)
    return _by_height(pieces)


def _width(text: str, size: float) -> float:
    narrow = sum(character in _NARROW for character in text)
    wide = sum(character in _WIDE or character.isupper() for character in text)
    return size * (0.278 * narrow + 0.72 * wide + 0.54 * (len(text) - narrow - wide))


def _by_height(pieces: list[Line]) -> list[Line]:
    lines: list[Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        if last and abs(last.top - piece.top) < 0.4 * max(last.size, piece.size) and piece.left >= last.left - 1:
            gap = " " if piece.left > last.right + 0.15 * piece.size and not last.text.endswith(" ") and not piece.text.startswith(" ") else ""
            # pypdf tells a piece's words, not its width: a space is put only where none can be missing.
            last.text += gap + piece.text
            last.right = max(last.right, piece.right)
        else:
            lines.append(piece)
    return lines


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without the headers and footers that come back on page after page, but for their numbers."""
    if len(pages) < 2:
        return [[line for line in page if not _page_number(line, page)] for page in pages]
    edges = Counter(key for page in pages for key in {_key(line) for line in [*page[:3], *page[-3:]] if line.text.strip()})
    repeated = {key for key, count in edges.items() if count > 1 and count * 2 >= len(pages)}
    return [
        [line for at, line in enumerate(page) if not ((at < 3 or at >= len(page) - 3) and (_key(line) in repeated or _page_number(line, page)))]
        for page in pages
    ]


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", " ".join(line.text.split())), round(line.top / 6)


def _page_number(line: Line, page: list[Line]) -> bool:
    """A number alone at a page's foot or head, or "Page 3 of 7"."""
    return bool(re.fullmatch(r"\s*(?:page\s+\d{1,4}(?:\s+of\s+\d{1,4})?|[-–]\s*\d{1,4}\s*[-–]|\d{1,4}\s+of\s+\d{1,4})\s*", line.text, re.IGNORECASE)) or (
        bool(re.fullmatch(r"\s*\d{1,4}\s*", line.text)) and len(page) > 3 and line in (page[0], page[-1])
    )


def _joined(pages: list[list[Line]]) -> list[str]:
    """The text with wrapped lines joined and an empty line at every gap between paragraphs."""
    leading = _leading(pages)
    margins = _margin(pages)
    found: list[str] = []
    last: Line | None = None
    bulleted = 0.0
    for page in pages:
        first = True
        for line in page:
            if not line.text.strip():
                found.append("")
                last, first = None, False
                continue
            gap = None if first else line.top - last.top if last else 0.0
            if last is not None and _wraps(last, line, gap, leading, margins):
                found[-1] = _with(found[-1], line.text.strip())
            else:
                if last is not None and gap is not None and gap > 1.25 * leading.get(round(line.size), line.size * 1.2):
                    found.append("")
                bulleted = _bulleted(line, last, bulleted)
                found.append(f"• {line.text.strip()}" if bulleted else line.text.strip())
            last, first = line, False
    return found


def _bulleted(line: Line, above: Line | None, bulleted: float) -> float:
    """Where the entries of a list begin whose bullets are drawn and not written: further in than the line that leads them in."""
    if _MARK.match(line.text.strip()):
        return 0.0
    if bulleted:
        return bulleted if abs(line.left - bulleted) < 2 else 0.0
    leads_in = above is not None and _LEADS.search(above.text.rstrip()) and line.left > above.left + line.size
    return line.left if leads_in else 0.0


def _with(before: str, after: str) -> str:
    if before.endswith("-") and before[-2:-1].isalpha():
        # Whether the hyphen belongs to the word, the parser's rule for wrapped lines decides the same way.
        from .paragraphs import join_lines

        return join_lines([before, after])
    return f"{before} {after}"


def _leading(pages: list[list[Line]]) -> dict[int, float]:
    """The usual distance between two lines of a paragraph, by type size."""
    gaps: dict[int, Counter[float]] = {}
    for page in pages:
        for above, below in zip(page, page[1:], strict=False):
            gap = below.top - above.top
            if 0.8 * below.size < gap < 2.2 * below.size:
                gaps.setdefault(round(below.size), Counter())[round(gap, 0)] += 1
    return {size: min(gap for gap, count in counter.items() if count * 4 >= max(counter.values())) for size, counter in gaps.items()}


def _margin(pages: list[list[Line]]) -> float:
    """Where full lines end: the right edge that a tenth of the lines reach."""
    edges = sorted((line.right for page in pages for line in page if len(line.text) > 40), reverse=True)
    return edges[len(edges) // 10] if edges else 0.0


def _wraps(above: Line, line: Line, gap: float | None, leading: dict[int, float], margin: float) -> bool:
    """Whether a line goes on with the one above: no gap, no mark of its own, and its first word had no room there."""
    text = line.text.strip()
    if _MARK.match(text) or abs(above.size - line.size) > 0.6:
        return False
    usual = leading.get(round(line.size), line.size * 1.2)
    if gap is not None and not (0 < gap <= 1.25 * usual):
        return False
    room = above.right + _width(" " + text.split(None, 1)[0], line.size)
    unfinished = not _TERMINATED.search(above.text.rstrip())
    if gap is None:  # the first line of the next page
        return unfinished and (text[0].islower() or room > 0.93 * margin)
    if unfinished and text[0].islower():
        return room > 0.9 * margin
    return room > (0.94 if unfinished else 0.97) * margin
