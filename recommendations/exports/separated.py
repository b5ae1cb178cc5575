"""Comma-separated values, as a stream: UTF-8 with a mark that Excel knows it by, days as 2026-11-18, no formulas.

Days stand as years first: whatever country a spreadsheet is set to, it reads them alike, and so does bringing a tracker in.
"""

import csv
import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from types import NoneType, SimpleNamespace
from typing import Any

from recommendations.formulas import guarded, is_any_guarded

from .tables import Column

# Rows that are handed to the server together: one by one, each would be a packet of its own.
TOGETHER = 100


# What `csv` writes as it shall stand there, as far as no text runs.
PLAIN = {str, NoneType, int, bool, datetime.date}


def separated(columns: tuple[Column, ...], rows: Iterable[Any]) -> Iterator[str]:
    """The text of the file, piece by piece; the first, the headings, before any row is asked for."""
    lines: list[str] = []
    writer = csv.writer(SimpleNamespace(write=lines.append))
    writer.writerow([guarded(str(column.heading)) for column in columns])
    yield "\ufeff" + lines.pop()
    following = iter(rows)
    while some := list(islice(following, TOGETHER)):
        writer.writerows(zip(*(cells(list(map(column.value, some))) for column in columns), strict=True))
        yield "".join(lines)
        lines.clear()


def cells(values: list[Any]) -> list[Any]:
    """Of a column. Mostly one look at all of them finds nothing that runs; to ask each takes ten times as long."""
    is_plain = PLAIN.issuperset(map(type, values))
    if is_plain and not is_any_guarded([value for value in values if type(value) is str]):
        return values
    return list(map(cell, values))


def cell(value: Any) -> Any:
    if type(value) is str:
        return guarded(value)
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else guarded(str(value))
