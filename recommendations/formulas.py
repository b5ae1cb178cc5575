"""Cells that a spreadsheet would run: how a file of separated values makes them harmless, and reads them back. Plain Python."""

import re

# What is taken for a formula, also behind spaces and signs that do not show, and as some keyboards write it: wide.
_RUNS = re.compile(r"'*(?:[\t\r\n]|[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠])")


def guarded(text: str) -> str:
    """An apostrophe makes a cell plain text. What looks guarded already gets another, so that none is lost on the way back."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell[1:]) else cell
