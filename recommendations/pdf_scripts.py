"""Whether a PDF is locked, holds a script or starts a program: looked for in its bytes, nothing of it is run. Plain Python."""

import re
import zlib
from collections.abc import Iterator

# So much of what is packed is unpacked, and so many streams are looked at; no honest paper has more of either.
MOST_INFLATED = 64 * 1024 * 1024
MOST_STREAMS = 50_000
_PIECE = 64 * 1024

_LOCK = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_STREAM = re.compile(rb"stream\r?\n")
# A stream of objects begins with their numbers and places, then comes the first object.
_OBJECTS = re.compile(rb"[\d\s]{3,}[<\[/(]")


def _name(letters: str) -> str:
    """A name in which each letter may be written as a number: /J#61vaScript."""
    return "".join(f"(?:{letter}|#{ord(letter):02X}|#{ord(letter):02x})" for letter in letters)


_SCRIPT = re.compile(f"/(?:{_name('JavaScript')}|{_name('Launch')})(?![A-Za-z0-9#])".encode())


def is_locked(data: bytes) -> bool:
    return bool(_LOCK.search(data))


def has_script(data: bytes) -> bool:
    """Scripts and programs have an action of that name, in the open or in a packed stream of objects."""
    return bool(_SCRIPT.search(data)) or any(map(_SCRIPT.search, _packed_objects(data)))


def _packed_objects(data: bytes) -> Iterator[bytes]:
    left = MOST_INFLATED
    for number, begin in enumerate(_STREAM.finditer(data)):
        if number == MOST_STREAMS or left <= 0:
            return
        found = b"".join(_inflated(data, begin.end(), left))
        left -= len(found)
        yield found


def _inflated(data: bytes, place: int, most: int) -> Iterator[bytes]:
    """A stream of objects, unpacked as far as it goes. A few bytes tell it from a page or a picture."""
    unpacker = zlib.decompressobj()
    try:
        first = unpacker.decompress(data[place : place + _PIECE], 4096)
        if not _OBJECTS.match(first):
            return
        yield first
        most -= len(first)
        ahead, place = unpacker.unconsumed_tail, place + _PIECE
        while most > 0 and not unpacker.eof and (ahead or place < len(data)):
            piece = unpacker.decompress(ahead or data[place : place + _PIECE], most)
            place += 0 if ahead else _PIECE
            ahead = unpacker.unconsumed_tail
            most -= len(piece)
            yield piece
    except zlib.error:
        return
