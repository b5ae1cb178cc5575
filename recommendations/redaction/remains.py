"""What a database keeps of what is no longer in any row: free pages, dead rows, an index of words, samples of columns."""

from django.db import connection

from recommendations.models.search_index import WORDS


def overwrite_what_is_removed():
    """For this connection: SQLite writes noughts over what is taken out."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON").fetchone()


def index_anew():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')")


def clear():
    """After the transaction: all is written anew without it. Also tables where it stood only once, or was taken back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return
        cursor.execute("VACUUM (FULL, ANALYZE)")
        # Samples of columns are taken anew by that, and the ones before them lie dead in here.
        cursor.execute("VACUUM (FULL) pg_statistic")
