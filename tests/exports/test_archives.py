"""Archives that are sent while they are written."""

import io
import zipfile

from recommendations.exports.archives import streamed
from recommendations.exports.documents import document
from recommendations.exports.tables import Part
from recommendations.exports.workbooks import workbook
from tests.exports.test_documents import ABOUT, ROWS, THREE


def test_it_holds_its_parts_in_their_order():
    data = b"".join(streamed([("b.txt", [b"one ", b"two"]), ("a/c.txt", [])]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {"b.txt": b"one two", "a/c.txt": b""}


def test_the_same_parts_give_the_same_bytes():
    first, second = (b"".join(streamed([("a.txt", [b"one"])])) for _ in range(2))
    assert first == second


def test_a_file_begins_before_its_rows_are_asked_for():
    def rows():
        raise AssertionError("asked for")
        yield

    for write in (workbook, document):
        file = write(ABOUT, [Part("Recommendations", THREE, rows(), len(ROWS))])
        assert next(file).startswith(b"PK")


def test_what_is_not_read_to_its_end_asks_for_no_more():
    """Whoever stops a download halfway."""
    asked = []

    def pieces():
        for number in range(1000):
            asked.append(number)
            yield bytes(range(256)) * 512

    file = streamed([("a.bin", pieces())])
    next(file), next(file)
    file.close()
    assert len(asked) < 1000
