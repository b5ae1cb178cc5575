"""Comma-separated values, as a stream: UTF-8 with a mark that Excel knows it by, days as 2026-11-18, no formulas.

Days stand as years first: whatever country a spreadsheet is set to, it reads them alike, and so does bringing a tracker in.
"""

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from types import NoneType
from typing import Any

from recommendations.formulas import guarded, is_any_guarded

from .tables import Column

# Rows that are handed to the server together: one by one, each would be a packet of its own.
TOGETHER = 100
# What is written as `str` has it: none of these runs, nor has to be quoted.
PLAIN = {NoneType, int, bool, datetime.date}
PLAIN_OR_TEXT = {*PLAIN, str}


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
    kinds = set(map(type, values))
    if not kinds <= PLAIN_OR_TEXT or is_any_guarded([each for each in values if type(each) is str]):
        values = list(map(cell, values))
    texts = values if kinds == {str} else ["" if value is None else str(value) for value in values]
    return texts if kinds <= PLAIN else quoted(texts)


def quoted(texts: list[str]) -> list[str]:
    """As the standard and `csv` have it: that looks at each letter apart, and takes twice as long, as a pattern does."""
    if not is_to_quote("\0".join(texts)):
        return texts
    return ['"' + text.replace('"', '""') + '"' if is_to_quote(text) else text for text in texts]


def is_to_quote(text: str) -> bool:
    return "," in text or '"' in text or "\n" in text or "\r" in text


def cell(value: Any) -> Any:
    if type(value) is str:
        return guarded(value)
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else guarded(str(value))
