"""A copy of an SQLite database while the site runs, and back: through SQLite's own backup, page by page."""

import sqlite3
import time
from contextlib import closing, contextmanager

from django.db import connection
from django.utils.translation import gettext as _

from recommendations.backups import contents
from recommendations.models import Refused

# How long a restore waits for somebody who writes or reads.
PATIENCE_SECONDS = 20
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def dump(path):
    """Copy the database as it stands at one moment into the empty file `path`; returns what the copy holds."""
    connection.ensure_connection()
    with _as_the_system_says_it(), closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # What is left out is overwritten in the copy, not only unlinked.
        copy.execute("PRAGMA journal_mode=DELETE").fetchone()
        copy.execute("PRAGMA secure_delete=ON").fetchone()
        for table in contents.left_out():
            copy.execute(f'DELETE FROM "{table}"')
        copy.commit()
        about = contents.of(copy.cursor())
    return about | {"server": sqlite3.sqlite_version}


def must_be_usable(about):
    """SQLite reads the files of every version."""


def restore(path, counts):
    """Put the copy in the database's place, once it has proven whole: one transaction, which others wait for."""
    with _as_the_system_says_it(), closing(sqlite3.connect(path)) as copy:
        found = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        if found != ["ok"] or copy.execute("PRAGMA foreign_key_check").fetchone():
            raise Refused(_("The database in this backup is damaged. Nothing was changed."))
        if contents.counts(copy.cursor(), counts) != counts:
            raise Refused(_("The database in this backup does not hold what its manifest says. Nothing was changed."))
        connection.ensure_connection()
        copy.backup(connection.connection, progress=_waiting())


@contextmanager
def _as_the_system_says_it():
    """A disk that is full or broken: SQLite has words of its own for it."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise OSError(str(error)) from None


def _waiting():
    until = time.monotonic() + PATIENCE_SECONDS

    def progress(status, remaining, total):
        if status in BUSY and time.monotonic() > until:
            raise Refused(_("Something else is using the database. Stop the site, then restore again."))

    return progress
