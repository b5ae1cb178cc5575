"""Reads the tables that tests are written as, and tries out a row of one."""

from django.db import transaction

from recommendations.models import Refused

REASON = "The Board asked for it."


class TakenBack(Exception):
    """Undoes an attempt that went well, so that the next one starts from the same place."""


def read_table(text):
    """{row: {column: cell}} of a table drawn with spaces, its columns named in the first line."""
    head, *rows = (line.split() for line in text.strip().splitlines())
    return {name: dict(zip(head, cells, strict=True)) for name, *cells in rows}


def outcome(attempt):
    """What became of `attempt(reason)`: "yes", "why" where it needs a reason, "-" where it is refused."""
    for reason, word in (("", "yes"), (REASON, "why")):
        try:
            with transaction.atomic():
                attempt(reason)
                raise TakenBack
        except TakenBack:
            return word
        # The system's change without a reason is an error of the program, hence a ValueError.
        except (Refused, ValueError):
            continue
    return "-"
