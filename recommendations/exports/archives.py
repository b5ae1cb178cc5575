"""Archives as a stream: Word's and Excel's files go out while they are written, begin at once, and are kept nowhere."""

import zipfile
from collections.abc import Iterable, Iterator

# The earliest day that an archive can name: when it was packed is nobody's concern, and would change the bytes.
PACKED_AT = (1980, 1, 1, 0, 0, 0)


class Passing:
    """What the archive writes to. It cannot be gone back in: sizes and sums stand behind each part."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        data = b"".join(self.waiting)
        self.waiting.clear()
        return data


def entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, PACKED_AT)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made


def streamed(parts: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The bytes of an archive of `parts`: (name, its pieces)."""
    passing = Passing()
    with zipfile.ZipFile(passing, "w") as archive:  # type: ignore[call-overload]
        for name, pieces in parts:
            with archive.open(entry(name), "w") as part:
                for piece in pieces:
                    part.write(piece)
                    if passing.waiting:
                        yield passing.taken()
    yield passing.taken()
