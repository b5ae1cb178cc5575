"""Which paragraphs are the titles of a whole meeting's items, told by their running numbers."""

import re
from collections.abc import Sequence

from .paragraphs import Paragraph, is_title, without_pages

# Fewer numbered titles than this may be anything; a page of minutes has apologies, interests and its business.
FEWEST = 3
_LONGEST = 120
_NUMBER = re.compile(r"(\d{1,4})[.:]?\s+(?=[A-Z])")
_STOPPED = re.compile(r"[.?!;,:][”’\"')]*$")


def minute_titles(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The places of the paragraphs that number the items of a meeting; none where the page holds one item."""
    return _without_stops(paragraphs) or _in_a_row(paragraphs)


def _without_stops(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """ "5 Availability of Crews", with a space or a cell behind the number: no list is written so."""
    found = [at for at, paragraph in enumerate(paragraphs) if _is_bare(paragraph)]
    return frozenset(found) if len(found) >= FEWEST else frozenset()


def _is_bare(paragraph: Paragraph) -> bool:
    text = paragraph.rows[0].text
    if len(text) > _LONGEST or paragraph.heading:
        return False
    if paragraph.mark:
        return paragraph.mark.style == "cell" and paragraph.mark.number.isdigit() and is_title(without_pages(text))
    number = _NUMBER.match(text) if paragraph.blanks else None
    return number is not None and number[0][-2:-1].isdigit() and is_title(without_pages(text[number.end() :]))


def _in_a_row(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """ "25. Communications", "26. Rapid Response Service": each number follows the last, with headings or decisions between."""
    # The longest run that ends with each number: a list inside an item begins anew and stays shorter.
    runs: dict[int, list[int]] = {}
    for at, paragraph in enumerate(paragraphs):
        if number := _number_of(paragraph, paragraphs, at):
            run = [*runs.get(number - 1, [])[-_LONGEST:], at]
            if len(run) > len(runs.get(number, [])):
                runs[number] = run
    best = max(runs.values(), key=len, default=[])
    if len(best) < FEWEST or not _parted_by_headings(paragraphs, best):
        return frozenset()
    return frozenset(at for at in best if not paragraphs[at].heading)


def _number_of(paragraph: Paragraph, paragraphs: Sequence[Paragraph], at: int) -> int:
    """The number before a short line that stands alone between blank lines, with no sibling right below it."""
    text = paragraph.rows[0].whole or paragraph.rows[0].text
    number = _NUMBER.match(text)
    if not number or len(paragraph.rows) > 1 or len(text) > _LONGEST or _STOPPED.search(text):
        return 0
    if not paragraph.blanks and not paragraph.heading and not is_title(text[number.end() :]):
        return 0
    below = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
    sibling = below and below.mark and below.mark.style == (paragraph.mark.style if paragraph.mark else "")
    return 0 if sibling else int(number[1])


def _parted_by_headings(paragraphs: Sequence[Paragraph], places: Sequence[int]) -> bool:
    """Whether headings stand in two gaps at least, or are titles themselves: points have none between them."""
    gaps = zip(places, [*places[1:], len(paragraphs)], strict=True)
    return sum(any(paragraphs[at].heading for at in range(begin, end)) for begin, end in gaps) > 1
