"""Comma-separated values, and those with semicolons, tabs or bars, in whatever letters they were saved."""

import csv
import io
from itertools import islice

from recommendations.formulas import unguarded

from .refusals import MOST_COLUMNS, MOST_ROWS, OTHER, TOO_MANY_COLUMNS, TOO_MANY_ROWS, Unreadable
from .sheets import Table

_SEPARATORS = ",;\t|"
# Enough rows to tell by; quoted cells may run over lines.
_SAMPLE = 60
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def tables_of_separated(data: bytes) -> list[Table]:
    text = _decoded(data)
    if "\0" in text or _is_no_text(text[:100_000]):
        raise Unreadable(OTHER)
    # Excel names the separator in a first line of its own.
    first, _, rest = text.partition("\n")
    if first.strip().strip('"')[:4].lower() == "sep=":
        return [Table("The file", [[], *_rows(rest, first.strip().strip('"')[4:5] or ",")])]
    return [Table("The file", _rows(text, _separator_of(text)))]


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 where a mark says so, else the old Windows code page, in which Excel still saves."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _is_no_text(sample: str) -> bool:
    odd = sum(character < " " and character not in "\t\n\r\v\f" for character in sample) + sample.count("\ufffd")
    return odd * 50 > len(sample)


def _separator_of(text: str) -> str:
    """The one by which most rows fall into equally many cells."""
    return max(_SEPARATORS, key=lambda separator: _evenness(text[:50_000], separator))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """With the empty cells at the ends of rows: programs write as many cells in each."""
    csv.field_size_limit(1_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        widths = [len(row) for row in islice(rows, _SAMPLE) if len(row) > 1]
    except csv.Error as error:
        raise Unreadable(OTHER) from error
    return max(map(widths.count, widths), default=0), max(widths, default=0)


def _rows(text: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    csv.field_size_limit(1_000_000)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(rows) > MOST_ROWS:
                raise Unreadable(TOO_MANY_ROWS)
            while row and not row[-1].strip():
                row.pop()
            if len(row) > MOST_COLUMNS:
                raise Unreadable(TOO_MANY_COLUMNS)
            rows.append([unguarded(cell) for cell in row])
    except csv.Error as error:
        raise Unreadable(OTHER) from error
    return rows
