"""Rows of any number in constant memory: all their ids at once, eight bytes each, then the rows a thousand at a time.

The ids are asked in one query, so that rows neither appear twice nor get lost while others write and a slow reader
waits, and no cursor or transaction stays open for that long.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Any

CHUNK = 1000


def ids_of(rows) -> array:
    """In their order."""
    return array("q", rows.values_list("id", flat=True).iterator(chunk_size=5000))


def chunks(ids: array) -> Iterator[array]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def in_chunks(ids: array, fetch: Callable[[array], Iterable[Any]]) -> Iterator[Any]:
    """What `fetch` makes of so many ids at a time, in the order of the ids; what is gone meanwhile is left out."""
    for chunk in chunks(ids):
        found = {row.pk: row for row in fetch(chunk)}
        yield from (found[key] for key in chunk if key in found)


def belonging(ids: array, fetch: Callable[[array], Iterable[Any]]) -> Iterator[Any]:
    """The same of what belongs to recommendations of these ids: in their order, and as `fetch` has those of each."""
    for chunk in chunks(ids):
        place = {key: number for number, key in enumerate(chunk)}
        yield from sorted(fetch(chunk), key=lambda row: place[row.recommendation_id])
