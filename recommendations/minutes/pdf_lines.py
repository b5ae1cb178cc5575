"""The lines of a PDF's pages as paragraphs: their places on the page tell which lines were wrapped."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

_TERMINATED = re.compile(r"[.?!:;][”’\"')\]]*$")
_MARK = re.compile(
    r"(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]+|[-–•·▪●◦○*\uf0b7\uf0a7\uf0d8]|o)(?:\s|$)|\?(?=[^\W\d_])"
)
_LEADS = re.compile(r"(?::[-–]?|\s[-–])$")
# The distance of lines where a file does not show it, as a multiple of the type size.
_USUAL_LEADING = 1.25
# How wide letters are, as a share of the type size, in the usual sans-serif types: near enough to tell a full line.
_NARROW, _WIDE = "iljtfrI.,:;'’|!()[] -", "mwMWQOGD@%—&"


@dataclass(slots=True)
class Line:
    """A line of a page: its words, where it begins and ends, how far from the top, how large, and where its page's text ends."""

    text: str
    left: float
    right: float
    top: float
    size: float
    edge: float = math.inf


def width_of(text: str, size: float) -> float:
    """About how wide words are in type of `size`."""
    narrow = sum(character in _NARROW for character in text)
    wide = sum(character in _WIDE or character.isupper() for character in text)
    return size * (0.278 * narrow + 0.72 * wide + 0.54 * (len(text) - narrow - wide))


def paragraphs_of_pages(pages: list[list[Line]]) -> list[list[str]]:
    """The lines that each paragraph was wrapped over, and an empty paragraph at every gap."""
    flow = _Flow(_leading(pages), _margin(pages))
    for page in pages:
        flow.turn_page()
        for line in page:
            flow.add(line)
    return flow.paragraphs


class _Flow:
    """The text so far, and the line it ended with."""

    def __init__(self, leading: dict[int, float], margin: float):
        self.leading = leading
        self.margin = margin
        self.paragraphs: list[list[str]] = []
        self.last: Line | None = None
        self.has_turned = False
        # Where the entries of a list begin whose bullets are drawn and not written.
        self.bullets_at: float | None = None

    def turn_page(self) -> None:
        self.has_turned = True

    def add(self, line: Line) -> None:
        text = line.text.strip()
        if not text:
            self.paragraphs.append([])
            self.last = None
        elif self.last and self._wraps(self.last, line):
            self.paragraphs[-1].append(text)
            self.last = line
        else:
            self._begin(line, text)
        self.has_turned = False

    def _begin(self, line: Line, text: str) -> None:
        if self.last and not self.has_turned and line.top - self.last.top > 1.25 * self._usual(line):
            self.paragraphs.append([])
        is_bulleted = self._is_bulleted(line) and not _MARK.match(text)
        self.paragraphs.append([f"• {text}" if is_bulleted else text])
        self.last = line

    def _usual(self, line: Line) -> float:
        return self.leading.get(round(line.size), line.size * _USUAL_LEADING)

    def _is_bulleted(self, line: Line) -> bool:
        """Whether a line stands further in than the one that led in a list, like the entries since."""
        if self.bullets_at is not None and abs(line.left - self.bullets_at) > 2 and not _MARK.match(line.text.strip()):
            self.bullets_at = None
        if self.bullets_at is None and self.last and _LEADS.search(self.last.text.rstrip()):
            self.bullets_at = line.left if line.left > self.last.left + line.size else None
        return self.bullets_at is not None

    def _wraps(self, above: Line, line: Line) -> bool:
        """Whether a line goes on with the one above: no gap, no mark of its own, and its first word had no room there."""
        text = line.text.strip()
        if _MARK.match(text) or abs(above.size - line.size) > 0.6:
            return False
        room = above.right + width_of(" " + text.split(None, 1)[0], line.size)
        fullness = room / min(self.margin, above.edge)
        unfinished = not _TERMINATED.search(above.text.rstrip())
        if self.has_turned:
            return unfinished and (text[0].islower() or fullness > 0.93)
        if not 0 < line.top - above.top <= 1.25 * self._usual(line):
            return False
        # A small letter below an open sentence needs less proof, a capital below a full stop more.
        return fullness > (0.9 if unfinished and text[0].islower() else 0.94 if unfinished else 0.97)


def _leading(pages: list[list[Line]]) -> dict[int, float]:
    """The distance between two lines of a paragraph, by type size: the one at which sentences go on."""
    gaps: dict[int, Counter[int]] = {}
    for above, below in (pair for page in pages for pair in pairwise(page)):
        gap = below.top - above.top
        if 0.8 * below.size < gap < 2.2 * below.size and _goes_on(above, below):
            gaps.setdefault(round(below.size), Counter())[round(gap)] += 1
    return {size: counter.most_common(1)[0][0] for size, counter in gaps.items() if counter.total() > 1}


def _goes_on(above: Line, below: Line) -> bool:
    """Whether the words show that a sentence goes on: no stop above, a small letter below."""
    return below.text.strip()[:1].islower() and len(above.text) > 40 and not _TERMINATED.search(above.text.rstrip())


def _margin(pages: list[list[Line]]) -> float:
    """Where full lines end: where those end after which a sentence goes on, if there are some; else nowhere that is known."""
    edges = sorted(above.right for page in pages for above, below in pairwise(page) if _goes_on(above, below))
    return edges[len(edges) * 3 // 4] if len(edges) > 2 else math.inf
