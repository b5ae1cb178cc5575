"""What leaves the site as a file: papers for the agenda, lists and trackers, the history."""

from .changes_paper import word_of_changes
from .impact_paper import word_of_impact
from .pages import INK, QUIET, describe, mark_row, new_document, packed, plain, printable, write

__all__ = [
    "INK",
    "QUIET",
    "describe",
    "mark_row",
    "new_document",
    "packed",
    "plain",
    "printable",
    "word_of_changes",
    "word_of_impact",
    "write",
]
