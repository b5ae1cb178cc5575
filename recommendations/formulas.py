"""Cells that a spreadsheet would run: how a file of separated values makes them harmless, and reads them back. Plain Python."""

import re

# What is taken for a formula, also behind spaces and signs that do not show, and as some keyboards write it: wide.
_RUNS = re.compile(r"'*(?:[\t\r\n]|[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠])")
# The same behind a mark that stands before each of many.
_ONE_RUNS = re.compile("\0" + _RUNS.pattern)


def guarded(text: str) -> str:
    """An apostrophe makes a cell plain text. What looks guarded already gets another, so that none is lost on the way back."""
    return f"'{text}" if _RUNS.match(text) else text


def is_any_guarded(texts: list[str]) -> bool:
    return _ONE_RUNS.search("\0" + "\0".join(texts)) is not None


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell[1:]) else cell
