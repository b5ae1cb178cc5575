"""PDF files as paragraphs, with the pages' own furniture left out. Runs in the process that `pdf_apart` keeps."""

import re
from collections import Counter

from .pdf_lines import Line, paragraphs_of_pages
from .pdf_pages import pages_of
from .refusals import SCANNED_PDF, Unreadable

_DIGITS = re.compile(r"\d+")


def paragraphs_of_pdf(data: bytes) -> list[list[str]]:
    pages = _without_furniture(pages_of(data))
    if not any(line.text.strip() for page in pages for line in page):
        raise Unreadable(SCANNED_PDF)
    return paragraphs_of_pages(pages)


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
