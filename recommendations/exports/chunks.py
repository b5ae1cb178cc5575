"""Rows of any number in constant memory: all their ids at once, eight bytes each, then the rows a few hundred at a time.

The ids are asked in one query, so that rows neither appear twice nor get lost while others write and a slow reader
waits, and no cursor or transaction stays open for that long.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import Any

CHUNK = 500


def ids_of(rows) -> array:
    """In their order."""
    return array("q", rows.values_list("id", flat=True).iterator(chunk_size=5000))


def in_chunks(ids: Any, fetch: Callable[[list[int]], Iterable[Any]]) -> Iterator[Any]:
    """What `fetch` makes of so many ids at a time, in the order of the ids; what is gone meanwhile is left out."""
    for start in range(0, len(ids), CHUNK):
        chunk = list(ids[start : start + CHUNK])
        found = {row.pk: row for row in fetch(chunk)}
        yield from (found[key] for key in chunk if key in found)
