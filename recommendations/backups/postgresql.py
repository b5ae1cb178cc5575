"""A copy of a PostgreSQL database while the site runs, and back: through PostgreSQL's own pg_dump and pg_restore.

A restore is one transaction: until its last statement the site reads what was there, and so it stays if anything
fails. It asks for no right to make databases, only for the role that owns the tables (the one that migrates).
"""

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

import psycopg2.extensions
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from recommendations.backups import contents
from recommendations.models import Refused

# Above the first table of a script: schemas are kept as they stand, and older servers do not know this setting.
NOT_FOR_HERE = (b"CREATE SCHEMA ", b"SET transaction_timeout ")
HEAD_LINES = 60
# What stands before and after the script of pg_restore, in one transaction with it.
BEFORE, AFTER = (Path(__file__).with_name(name).read_text("utf-8") for name in ("before.sql", "after.sql"))


def dump(path):
    """Copy the database as it stands at one moment into `path`; returns what the copy holds, seen at that moment."""
    _must_match("pg_dump")
    # A connection of its own, in one long transaction which pg_dump joins.
    with closing(connection.copy()) as own, own.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        options = [f"--snapshot={cursor.fetchone()[0]}", "--format=custom", "--compress=1", f"--file={path}"]
        options += [f"--exclude-table-data={table}" for table in contents.left_out()]
        _run("pg_dump", *options, "--no-owner", "--no-privileges", "--no-comments", f"--dbname={_address()}")
        about = contents.of(cursor)
    about["counts"] |= dict.fromkeys(contents.left_out(), 0)
    return about | {"server": str(connection.pg_version)}


def must_be_usable(about):
    """The programs are there, and the server is not older than the one that the copy is of."""
    _must_match("pg_restore")
    _must_match("psql")
    theirs, ours = int(about["server"]) // 10000, connection.pg_version // 10000
    if theirs > ours:
        raise Refused(
            _(
                "This backup is of PostgreSQL %(theirs)s, and the server here is PostgreSQL %(ours)s. Restore it to a newer one."
            )
            % {"theirs": theirs, "ours": ours}
        )


def restore(path, counts):
    """Put the copy in the place of all that the database holds, in one transaction which others wait for."""
    # Reads the whole list of what is in the copy first: a program too old for it says so before anything is touched.
    _run("pg_restore", "--list", str(path))
    connection.close()
    with tempfile.TemporaryFile() as said:
        reading = [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(path)]
        writing = [_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={_address()}"]
        with (
            subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=said) as source,  # noqa: S603 (our own words)
            subprocess.Popen(  # noqa: S603 (the same)
                writing, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=_environment()
            ) as target,
        ):
            _tell(source, target.stdin, counts)
        if source.returncode or target.returncode:
            raise Refused(_("The database was not restored, and stays as it was. %(why)s") % {"why": _last_words(said)})


def _tell(source, target, counts):
    # Where the database refuses, psql ends and the pipe with it; what it said tells why.
    with suppress(BrokenPipeError), target:
        target.write(BEFORE.encode())
        for line in islice(source.stdout, HEAD_LINES):
            if not line.startswith(NOT_FOR_HERE):
                target.write(line)
        shutil.copyfileobj(source.stdout, target, 1024 * 1024)
        # Without these last words, nothing of it has happened.
        if source.wait() == 0:
            target.write(AFTER.format(counts=_rows(counts)).encode())


def _rows(counts):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = connection.ops.quote_name(cursor.fetchone()[0])
        rows = [(f"{schema}.{connection.ops.quote_name(name)}", count) for name, count in counts.items()]
        return ", ".join(cursor.mogrify("(%s, %s::bigint)", row).decode() for row in rows)


# PostgreSQL's programs


def _program(name):
    found = shutil.which(name, path=settings.POSTGRESQL_PROGRAMS or None)
    if not found:
        where = settings.POSTGRESQL_PROGRAMS or "PATH"
        raise Refused(
            _("There is no %(name)s in %(where)s. Install PostgreSQL’s client programs, or name their folder in "
              "POSTGRESQL_PROGRAMS.")
            % {"name": name, "where": where}
        )  # fmt: skip
    return found


def _must_match(name):
    """PostgreSQL's programs serve servers of their own version and older ones."""
    said = subprocess.run([_program(name), "--version"], capture_output=True, text=True).stdout  # noqa: S603
    version = int(re.search(r"\d+", said.partition(")")[2]).group())
    with connection.cursor():
        server = connection.pg_version // 10000
    if version < server:
        raise Refused(
            _("%(name)s is of PostgreSQL %(version)s, and the server of %(server)s. Name the folder of newer programs in "
              "POSTGRESQL_PROGRAMS.")
            % {"name": name, "version": version, "server": server}
        )  # fmt: skip


def _run(name, *options):
    with tempfile.TemporaryFile() as said:
        done = subprocess.run([_program(name), *options], stdout=subprocess.DEVNULL, stderr=said, env=_environment())  # noqa: S603
        if done.returncode:
            raise Refused(_("%(name)s failed. %(why)s") % {"name": name, "why": _last_words(said)})


# The password, and what only the site's own connections have.
NOT_SAID = ("password", "client_encoding", "connection_factory", "cursor_factory")


def _address():
    """Where the database is, as PostgreSQL's programs take it, without the password: others can read a command line."""
    given = connection.get_connection_params()
    return psycopg2.extensions.make_dsn(**{name: value for name, value in given.items() if name not in NOT_SAID})


def _environment():
    password = connection.settings_dict["PASSWORD"]
    return os.environ | ({"PGPASSWORD": password} if password else {})


def _last_words(said):
    """The last line that a program complained with."""
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    errors = [line for line in lines if re.search("error|fatal", line, re.IGNORECASE)]
    return (errors or lines or ["?"])[0 if errors else -1][:500]
