"""What the writers of files take: columns, one description for every format, and the parts of a file with their rows."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from recommendations import words

TEXT, DAY, NUMBER = "text", "day", "number"


@dataclass(frozen=True)
class Column:
    """One column: what it is called in an address and on a page, what stands in it, and how wide it is on paper, in cm."""

    name: str
    heading: Any
    value: Callable[[Any], Any]
    width: float = 2.2
    kind: str = TEXT

    def in_words(self, row: Any) -> str:
        """As a person reads it, on a page and on paper."""
        value = self.value(row)
        if isinstance(value, datetime.date):
            return words.day(value)
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Part:
    """A table of a document, a sheet of a workbook. `rows` are read once, as they are written."""

    heading: str
    columns: tuple[Column, ...]
    rows: Iterable[Any]
    count: int = 0
    # What stands under an empty one.
    nothing: str = ""


@dataclass(frozen=True)
class About:
    """What a file is: its title, what it shows in words, and who made it."""

    title: str
    # As it stood at the end of this day.
    on: datetime.date
    # What it is narrowed to, and what else a reader must know.
    sentences: tuple[str, ...]
    made_by: str
    made_at: datetime.datetime
