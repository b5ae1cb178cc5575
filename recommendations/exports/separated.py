"""Comma-separated values, as a stream: UTF-8 with a mark that Excel knows it by, days as 2026-11-18, no formulas.

Days stand as years first: whatever country a spreadsheet is set to, it reads them alike, and so does bringing a tracker in.
"""

import csv
import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from recommendations.formulas import guarded

from .tables import Column

# Rows that are handed to the server together: one by one, each would be a packet of its own.
TOGETHER = 100


class Line:
    """What `csv` writes to: it hands back what it is given."""

    def write(self, text: str) -> str:
        return text


def separated(columns: tuple[Column, ...], rows: Iterable[Any]) -> Iterator[str]:
    """The text of the file, piece by piece; the first, the headings, before any row is asked for."""
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow([guarded(str(column.heading)) for column in columns])
    waiting: list[str] = []
    values = [column.value for column in columns]
    for row in rows:
        waiting.append(writer.writerow([cell(value(row)) for value in values]))
        if len(waiting) == TOGETHER:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)


def cell(value: Any) -> Any:
    if type(value) is str:
        return guarded(value)
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else guarded(str(value))
