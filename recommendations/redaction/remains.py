"""What a database keeps of what is no longer in any row: free pages, dead rows, an index of words, samples of columns."""

import re
from time import sleep

from django.db import connection

from recommendations.models.search_index import WORDS

# In seconds, between one try and the next; eight minutes in all.
WAITS = (1, 2, 4, 8, 15, 30, 60, 120, 240)
STILL_SEEN = re.compile(r"(\d+) dead row versions cannot be removed yet")


def overwrite_what_is_removed():
    """For this connection: SQLite writes noughts over what is taken out."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON").fetchone()


def index_anew():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')")


def clear(say):
    """After the transaction: all is written anew without it. Also tables where it stood only once, or was taken back.

    Returns how many dead rows still hold something, since somebody who began before may yet ask for them.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return 0
    # Whoever reads since before sees what stood there then. So may, to PostgreSQL, whoever reads since somebody began
    # to write who is not through: in any database of the same server.
    for seconds in WAITS:
        if not write_all_anew():
            return 0
        say("Waiting for whoever began before, and still sees it")
        sleep(seconds)
    return write_all_anew()


def write_all_anew():
    """On PostgreSQL; how many dead rows had to be kept, since somebody still saw them."""
    kept = Kept()
    connection.ensure_connection()
    connection.connection.notices = kept
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FULL, ANALYZE, VERBOSE)")
        # Samples of columns are taken anew by that, and the ones before them lie dead in here.
        cursor.execute("VACUUM (FULL, VERBOSE) pg_statistic")
    connection.connection.notices = []
    return kept.rows


class Kept:
    """Listens to what VACUUM says, and counts the dead rows that it could not remove."""

    def __init__(self):
        self.rows = 0

    def append(self, said):
        self.rows += sum(map(int, STILL_SEEN.findall(said)))
