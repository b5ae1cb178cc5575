"""Plain text that a council writes for a page: its headings, lists, paragraphs, links, and the gaps it still has."""

import re
from dataclasses import dataclass

HEADING, LIST, PARAGRAPH = "heading", "list", "paragraph"
GAP = re.compile(r"\[[^\[\]\n]+\]")
# What is made a link, and what is a gap. A sign at the end of a sentence is no part of an address.
PIECES = re.compile(
    r"(?P<address>https://[^\s<>\"“”\[\]]*[^\s<>\"“”\[\].,;:!?)’'])"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+)"
    r"|(?P<gap>\[[^\[\]\n]+\])"
)


@dataclass(frozen=True)
class Piece:
    """Some words of a line; `href` where they lead somewhere."""

    words: str
    href: str = ""
    is_gap: bool = False


@dataclass(frozen=True)
class Block:
    """A heading, the items of a list or the lines of a paragraph. Nothing of it is HTML: the page escapes all."""

    kind: str
    lines: tuple[str, ...]

    @property
    def in_pieces(self):
        return [pieces_of(line) for line in self.lines]


def gaps_in(text):
    """What still stands in [square brackets]."""
    return GAP.findall(text)


def blocks_of(text):
    """A line that begins with # is a heading, lines that begin with - are a list; an empty line ends a paragraph."""
    found, last = [], ""
    for line in map(str.strip, text.splitlines()):
        kind = HEADING if line.startswith("#") else LIST if line.startswith("-") else PARAGRAPH if line else ""
        words = (
            line.lstrip("#").strip() if kind == HEADING else line.removeprefix("-").strip() if kind == LIST else line
        )
        if words and kind == last and kind != HEADING:
            found[-1] = Block(kind, (*found[-1].lines, words))
        elif words:
            found.append(Block(kind, (words,)))
        last = kind if words else ""
    return found


def without_gaps(blocks):
    """Only what is settled: no line with a gap, no heading over nothing, and no “as follows:” that nothing follows."""
    kept, is_next_kept, has_section = [], False, False
    for block in reversed(blocks):
        lines = tuple(line for line in block.lines if not gaps_in(line))
        if block.kind == HEADING:
            is_kept, has_section = bool(lines and has_section), False
        else:
            is_kept = bool(lines) and (is_next_kept or not lines[-1].endswith(":"))
            has_section = has_section or is_kept
        is_next_kept = is_kept
        if is_kept:
            kept.append(Block(block.kind, lines))
    return kept[::-1]


def pieces_of(line):
    pieces, end = [], 0
    for found in PIECES.finditer(line):
        pieces.append(Piece(line[end : found.start()]))
        pieces.append(_piece(found))
        end = found.end()
    return [piece for piece in [*pieces, Piece(line[end:])] if piece.words]


def _piece(found):
    words = found[0]
    if found["gap"]:
        return Piece(words, is_gap=True)
    return Piece(words, href=words if found["address"] else f"mailto:{words}")
