"""Comma-separated values, as a stream: UTF-8 with a mark that Excel knows it by, days as 2026-11-18, no formulas.

Days stand as years first: whatever country a spreadsheet is set to, it reads them alike, and so does bringing a tracker in.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from types import NoneType
from typing import Any

from recommendations.formulas import guarded, is_any_guarded

from .tables import Column

# Rows that are handed to the server together: one by one, each would be a packet of its own.
TOGETHER = 100
# What is written as it is, or as `str` has it, as far as no text runs.
PLAIN = {str, NoneType, int, bool, datetime.date}
# What a cell is quoted for, as the standard and `csv` have it: that looks at each letter apart, and takes twice as long.
QUOTED = re.compile('[",\r\n]')


def separated(columns: tuple[Column, ...], rows: Iterable[Any]) -> Iterator[str]:
    """The text of the file, piece by piece; the first, the headings, before any row is asked for."""
    yield "\ufeff" + lines([[str(column.heading)] for column in columns])
    following = iter(rows)
    while some := list(islice(following, TOGETHER)):
        yield lines([list(map(column.value, some)) for column in columns])


def lines(columns: list[list[Any]]) -> str:
    """Of as many rows as each column has values."""
    return "".join([f"{','.join(row)}\r\n" for row in zip(*map(cells, columns), strict=True)])


def cells(values: list[Any]) -> list[str]:
    """Of a column. Mostly one look at all of them finds nothing that runs, and nothing to quote: to ask each takes ten times
    as long.
    """
    if not PLAIN.issuperset(map(type, values)) or is_any_guarded([each for each in values if type(each) is str]):
        values = list(map(cell, values))
    texts = ["" if value is None else str(value) for value in values]
    return list(map(quoted, texts)) if QUOTED.search("\0".join(texts)) else texts


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def cell(value: Any) -> Any:
    if type(value) is str:
        return guarded(value)
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else guarded(str(value))
