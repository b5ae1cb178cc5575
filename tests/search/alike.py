"""Sentences as boards write them: what was asked before, and what is asked now, the same in other words or something else."""

from pathlib import Path


def read_tables(path):
    """The cells of each line of each table: an empty line parts the tables, and a first line says what they hold."""
    tables = path.read_text("utf-8").strip().split("\n\n")
    return [[[cell.strip() for cell in line.split("|")] for line in table.splitlines()[1:]] for table in tables]


_earlier, _now = read_tables(Path(__file__).with_suffix(".txt"))
# {name: (short title, the Board's words)}
EARLIER = {name: (title, words) for name, title, words in _earlier}
# (what is asked now, the name of the earlier one that it is the same as, or "")
PAIRS = [(words, name) for words, name in _now]
