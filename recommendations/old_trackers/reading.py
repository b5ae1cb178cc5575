"""From the tables of a tracker to its rows: every row that says something is among them, once. Plain Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from . import days, words
from .columns import Header, find_header, recognised
from .headings import LEFT_OUT, MEANINGS, NOTE, SHEETS_BESIDE
from .rows import LONGEST_REFERENCE, LONGEST_TITLE, Row, Said, read_row
from .words import plain

Tables = list[dict[str, Any]]
# Of words across the table: a committee, a day, what a colour means.
LONGEST_BETWEEN = 160
# What heads a group of rows, though it stands where recommendations do.
_OPENS_A_GROUP = re.compile(
    r"(?:scrutiny\s+)?(?:reviews?|meetings?|reports?|task\s+(?:and\s+finish\s+)?group|minutes?|item)\b", re.IGNORECASE
)
_ONLY_A_DAY = re.compile(r"(?:meetings?\s+(?:held\s+)?(?:of|on)?\s*)?[\w\s]{0,10}\d[\w\s/.,-]*$", re.IGNORECASE)


@dataclass
class Reading:
    """All that was read of a tracker; every row that says something is among them, once."""

    rows: list[Row] = field(default_factory=list)
    # Headings between the rows, titles above them, keys below: (where, words).
    aside: list[tuple[str, str]] = field(default_factory=list)
    # Rows that say what one before them says: {(sheet, number): the row they were added to}.
    joined: list[tuple[str, str]] = field(default_factory=list)
    # Sheets without a row of headings.
    unread: list[str] = field(default_factory=list)


def headers_of(tables: Tables) -> list[Header | None]:
    return [header_of(table) for table in tables]


def header_of(table: dict[str, Any]) -> Header | None:
    header = find_header(table["cells"])
    is_beside = plain(table["name"]) in SHEETS_BESIDE and header and "text" not in recognised(header.headings).values()
    return None if is_beside else header


def columns_of(tables: Tables) -> dict[str, str]:
    """{heading in plain words: what it means, as far as it is recognised}, of all sheets together."""
    found: dict[str, str] = {}
    for table, header in zip(tables, headers_of(tables), strict=True):
        meanings = recognised(header.headings) if header else {}
        if header and "status" not in meanings.values() and (heading := _status_by_its_words(table, header, meanings)):
            meanings[heading] = "status"
        for heading, meaning in meanings.items():
            # What only one column of another sheet could have, it may have here.
            if found.get(heading, NOTE) == NOTE:
                found[heading] = meaning
    return found


def _status_by_its_words(table: dict[str, Any], header: Header, meanings: dict[str, str]) -> str:
    """A column of updates or notes in which hardly anything stands but words on progress: "Position", "Where are we?"."""
    for place, heading in enumerate(header.headings):
        cells = [row[place] for row in table["cells"][header.last + 1 :] if place < len(row) and row[place]]
        known = sum(words.progress_of(cell)[1] for cell in cells)
        if cells and known * 5 >= len(cells) * 4 and meanings.get(plain(heading)) in ("update", NOTE):
            return plain(heading)
    return ""


def examples_of(tables: Tables, most: int = 3) -> dict[str, tuple[str, list[str]]]:
    """{heading in plain words: (as it is printed, some of what stands under it)}."""
    found: dict[str, tuple[str, list[str]]] = {}
    for table, header in zip(tables, headers_of(tables), strict=True):
        for place, heading in enumerate(header.headings if header else []):
            if header and plain(heading):
                _heading, seen = found.setdefault(plain(heading), (heading, []))
                below = (row for row in table["cells"][header.last + 1 :] if not header.is_repeated_by(row))
                for cell in (row[place] for row in below if place < len(row) and row[place]):
                    if len(seen) == most:
                        break
                    if days.shown(cell) not in seen:
                        seen.append(days.shown(cell))
    return found


def read(
    tables: Tables, columns: dict[str, str], *, fills_down: bool = False, boards: frozenset[str] = frozenset()
) -> Reading:
    """`columns`: what each heading means. `fills_down`: an empty day, item or board is that of the row above.

    `boards`: names of boards in plain words, which tell a heading between rows from other words.
    """
    reading = Reading()
    for table in tables:
        header = header_of(table)
        if header is None or "text" not in {columns.get(plain(heading)) for heading in header.headings}:
            reading.unread.append(table["name"])
            continue
        _Sheet(table, header, columns, fills_down, boards, reading).read()
    _join(reading)
    return reading


class _Sheet:
    """One table on its way to rows."""

    def __init__(self, table, header, columns, fills_down, boards, reading):
        self.table, self.header, self.reading = table, header, reading
        self.fills_down, self.boards = fills_down, boards
        self.meanings = [columns.get(plain(heading), LEFT_OUT) for heading in header.headings]
        self.text_place = self.meanings.index("text")
        self.status_of_sheet = words.done_sheet(table["name"])
        # What a heading between the rows, or the words above the table, say of the rows below.
        self.board, self.item, self.day = "", "", None
        self.above: dict[str, str] = {}

    def read(self) -> None:
        name = self.table["name"]
        self._hear(name)
        self._hear(self.table["title"])
        for place, cells in enumerate(self.table["cells"]):
            filled = [cell for cell in cells if cell]
            if not filled or self.header.first <= place <= self.header.last:
                continue
            where = _("%(sheet)s, row %(number)s") % {"sheet": name, "number": place + 1}
            if place < self.header.first or self._is_heading(place, cells, filled):
                self.reading.aside.append((where, " | ".join(dict.fromkeys(filled))[:200]))
                self._hear(filled[0], is_between=place > self.header.last)
            elif not self.header.is_repeated_by(cells):
                self._read_row(place, cells)

    def _is_heading(self, place: int, cells: list[str], filled: list[str]) -> bool:
        """One short thing across the table: a committee, a day, the key to the colours."""
        if len(set(filled)) > 1 or len(filled[0]) > LONGEST_BETWEEN:
            return False
        if place in self.table["wide"] or plain(filled[0]) in self.boards:
            return True
        # A recommendation may stand alone, and an update may go on the one above.
        column = next(column for column, cell in enumerate(cells) if cell)
        meaning = self.meanings[column] if column < len(self.meanings) else ""
        return bool(_OPENS_A_GROUP.match(filled[0])) if meaning == "text" else meaning != "update"

    def _hear(self, text: str, *, is_between: bool = False) -> None:
        """A heading holds for the rows below it, until the next says otherwise."""
        words_here = plain(text)
        # A code of one word may be a word like any other.
        within = (board for board in self.boards if " " in board and f" {board} " in f" {words_here} ")
        named = words_here if words_here in self.boards else max(within, key=len, default="")
        on = days.exact(text).on
        if named:
            self.board, self.item, self.day = named, "", on
        elif is_between and not _ONLY_A_DAY.match(text):
            self.item, self.day = " ".join(text.split())[:LONGEST_TITLE], on or self.day
        elif on:
            self.day = on

    def _read_row(self, place: int, cells: list[str]) -> None:
        cells = cells + [""] * (len(self.meanings) - len(cells))
        said = Said(dict(self._first_of_each(cells)), list(self._several(cells)))
        if not said.get("text"):
            self._go_on_or_refuse(place, said)
            return
        row = Row(self.table["name"], place + 1)
        for name in ("meeting", "item", "minute", "board"):
            self._fill_down(said, name)
        read_row(row, said)
        row.board = row.board or self.board
        row.item_title = row.item_title or self.item
        if not row.day and not row.month and self.day:
            row.day = self.day
            row.doubt(_doubt_of_day(self.item))
        self._read_looks(row, place)
        self.reading.rows.append(row)

    def _first_of_each(self, cells) -> Iterator[tuple[str, tuple[str, str]]]:
        pairs = [
            (meaning, (heading, cell))
            for meaning, heading, cell in zip(self.meanings, self.header.headings, cells, strict=False)
            if cell and meaning in MEANINGS and not MEANINGS[meaning].is_repeatable
        ]
        return reversed(pairs)

    def _several(self, cells) -> Iterator[tuple[str, str, str]]:
        for meaning, heading, cell in zip(self.meanings, self.header.headings, cells, strict=False):
            if cell and meaning in ("update", NOTE):
                yield meaning, heading, cell

    def _go_on_or_refuse(self, place: int, said: "Said") -> None:
        """Words without a recommendation beside them go on what the row above says; else nobody knows what they are of."""
        if self.reading.rows and said.updates and not said.get("reference"):
            row = self.reading.rows[-1]
            row.updates += said.in_words()
            self.reading.joined.append(
                (_("%(sheet)s, row %(number)s") % {"sheet": self.table["name"], "number": place + 1}, row.where)
            )
            return
        row = Row(self.table["name"], place + 1, reference=said.get("reference")[:LONGEST_REFERENCE])
        row.refusals.append(
            _("Nothing stands under “%(heading)s”.") % {"heading": self.header.headings[self.text_place]}
        )
        self.reading.rows.append(row)

    def _fill_down(self, said: "Said", name: str) -> None:
        if words_here := said.get(name):
            self.above[name] = words_here
        elif self.fills_down and name in self.above:
            said.single[name] = ("", self.above[name])

    def _read_looks(self, row: Row, place: int) -> None:
        """A row without a word on how far it is may have its day, be greyed out, or stand on the sheet of what is done."""
        if row.status:
            return
        if row.completed_on or row.closed_on:
            row.status = words.HAS_ITS_DAY
            return
        if place in self.table["struck"]:
            row.status = words.STRUCK
        elif place in self.table["grey"]:
            row.status = words.GREYED
        else:
            row.status = self.status_of_sheet
        if row.status in (words.STRUCK, words.GREYED):
            row.doubt(_("No word says how far it is; its looks do: %(status)s.") % {"status": row.status.strip("()")})


def _doubt_of_day(heading: str) -> str:
    """A heading may name the day on which somebody else considered it."""
    return (
        _("The day of the meeting is that of the heading “%(heading)s”.") % {"heading": heading[:80]}
        if days.exact(heading).on
        else ""
    )


def _join(reading: Reading) -> None:
    """A row that says what one before it says, over another officer's update as a rule, is added to that."""
    first: dict[tuple, Row] = {}
    rows = []
    for row in reading.rows:
        same = first.setdefault(row.key, row) if row.text and not row.refusals else row
        if same is row:
            rows.append(row)
            continue
        same.updates += [update for update in row.updates if update not in same.updates]
        reading.joined.append((row.where, same.where))
        if row.owner not in ("", same.owner):
            same.doubt(
                _("%(row)s says the same with another owner, %(owner)s.")
                % {"row": row.where.capitalize(), "owner": row.owner}
            )
    reading.rows = rows
