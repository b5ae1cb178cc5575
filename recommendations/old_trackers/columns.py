"""Which row of a table holds its headings, and what each heading means. Plain Python."""

import re
from dataclasses import dataclass

from .headings import LEFT_OUT, MEANINGS, NOTE, WORKED_OUT
from .words import plain

# A heading is short, and stands near the top.
LONGEST_HEADING = 80
_DEEPEST = 40


def _exact() -> dict[str, tuple[str, int]]:
    """{heading in plain words: (what it means, how sure that is, 0 being the surest)}"""
    found: dict[str, tuple[str, int]] = {}
    for name, meaning in MEANINGS.items():
        for rank, heading in enumerate(meaning.headings.split(";")):
            found.setdefault(plain(heading), (name, rank))
    return found | {plain(heading): (LEFT_OUT, 0) for heading in WORKED_OUT.split(";")}


_EXACT = _exact()
_WITHIN = [(plain(words), name) for name, meaning in MEANINGS.items() for words in meaning.within.split(";") if words]
# "Response deadline" is a deadline; the longer words decide, and after them the later meaning.
_WITHIN.sort(key=lambda pair: -len(pair[0]))
_UNSURE = 1000


def meaning_of(heading: str) -> tuple[str, int]:
    """(what a heading means, or "", and how sure that is; 0 is the surest)."""
    for words in _ways_to_read(heading):
        if words in _EXACT:
            return _EXACT[words]
    words = f" {plain(heading)} "
    for wanted, name in _WITHIN:
        if f" {wanted} " in words:
            return name, _UNSURE
    return "", _UNSURE


def _ways_to_read(heading: str):
    yield plain(heading)
    yield plain(re.sub(r"\([^()]*\)", " ", heading))
    yield plain(heading.replace("'s", "").replace("’s", "").replace("(s)", ""))


def recognised(headings: list[str]) -> dict[str, str]:
    """{heading in plain words: what it means}. What only one column can mean goes to the surest; the others are notes."""
    found = {plain(heading): meaning_of(heading) for heading in headings if plain(heading)}
    best: dict[str, int] = {}
    for name, rank in found.values():
        best[name] = min(rank, best.get(name, rank))
    taken, meanings = set(), {}
    for heading, (name, rank) in found.items():
        if name == LEFT_OUT:
            meanings[heading] = name
            continue
        is_free = name and (MEANINGS[name].is_repeatable or (rank == best[name] and name not in taken))
        # Beside a column of colours, one called "Progress" tells what was done.
        meanings[heading] = name if is_free else "update" if name == "status" else NOTE
        taken.update({name} if is_free else ())
    return meanings


# The row of headings


@dataclass(frozen=True)
class Header:
    """Where the headings of a table stand, and what they are, one for each column."""

    first: int
    last: int
    headings: list[str]

    def is_repeated_by(self, row: list[str]) -> bool:
        """On the next printed page, as a rule."""
        pairs = [(plain(cell), plain(heading)) for cell, heading in zip(row, self.headings, strict=False) if cell]
        return len(pairs) > 1 and sum(cell in heading for cell, heading in pairs) * 3 >= 2 * len(pairs)


def find_header(cells: list[list[str]]) -> Header | None:
    """The row, or the two together, of which most is recognised; else the first that looks like one."""
    best, most = None, 1
    for depth in (1, 2):
        for first in range(min(_DEEPEST, len(cells) - depth)):
            header = _header(cells, first, depth)
            score = _score(header) if header else 0
            if score > most:
                best, most = header, score
    return best or _by_its_looks(cells)


def _header(cells: list[list[str]], first: int, depth: int) -> Header | None:
    rows = cells[first : first + depth]
    if any(len(cell) > LONGEST_HEADING for row in rows for cell in row) or not all(map(any, rows)):
        return None
    width = max(map(len, rows))
    columns = [[row[place] for row in rows if place < len(row) and row[place]] for place in range(width)]
    return Header(first, first + depth - 1, [" ".join(dict.fromkeys(column)) for column in columns])


def _score(header: Header) -> int:
    """How many different things its headings mean; a title across the table means one at most."""
    meanings = {meaning_of(heading)[0] for heading in header.headings if heading} - {""}
    return len(meanings) if "text" in meanings else 0


def _by_its_looks(cells: list[list[str]]) -> Header | None:
    """The first row with as many filled cells as any among the top ones, all of them short."""
    top = [row for row in cells[:_DEEPEST] if any(row)]
    widest = max((sum(map(bool, row)) for row in top), default=0)
    for first, row in enumerate(cells[:_DEEPEST]):
        if widest > 1 and sum(map(bool, row)) == widest and first + 1 < len(cells):
            return _header(cells, first, 1)
    return None
