"""How the site is, for a monitor: checks of what must hold so that it can be relied on, each at little cost."""

import datetime
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.template.defaultfilters import filesizeformat

from recommendations import clock
from recommendations.backups.contents import known_migrations
from recommendations.memory import memory
from recommendations.models import Run, Seal
from recommendations.sealing.waiting import what_waits
from recommendations.words import moment

# What is done once a day may be so late: a day, and two hours for a slow machine and the clock's change.
A_DAY = datetime.timedelta(hours=26)


# The migrations that each of these came with.
SEALS_SINCE, RUNS_SINCE = "0012_seals", "0016_runs"


class NotReady(Exception):
    """A check found something wrong; the text says what."""


@dataclass(frozen=True)
class Finding:
    """What a check found: whether all is well (None where that cannot be told), and in words for the site's operator."""

    is_well: bool | None
    words: str


NOT_ASKED = Finding(None, "Not asked.")


def check(found):
    """Each check of `CHECKS` into `found`, one after the other: whoever waits no longer knows how far it went."""
    is_away = False
    for name, ask in CHECKS.items():
        if is_away and name in OF_THE_DATABASE:
            found[name] = NOT_ASKED
            continue
        try:
            found[name] = Finding(True, ask())
        except NotReady as why:
            found[name] = Finding(False, str(why))
        except DatabaseError as error:
            # That is the database's fault and no other's.
            is_away = True
            found[name] = Finding(False if ask is database else None, str(error).partition("\n")[0])


# The checks: each says what it found, or that it is not ready


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "It answers."


def migrations():
    """Once they are all there, that is believed for a while: memory keeps no exception."""
    return memory.remember("migrations", all_applied)


def all_applied():
    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    if missing := sorted(known() - applied):
        raise NotReady(f"Not applied: {', '.join(missing)}.")
    return "All are applied."


@cache
def known():
    """Reading the migrations takes a while: the server does so before it begins (wsgi.py)."""
    return known_migrations()


def seals():
    """Late where something was written more than a day ago, and no seal was made since."""
    rows, oldest = what_waits()
    head = Seal.head()
    said = f"The last was made on {moment(head.sealed_at)}." if head else "None was ever made."
    if oldest and is_late(oldest) and is_late(head.sealed_at if head else possible_since(SEALS_SINCE)):
        raise NotReady(f"{said} What was written since {moment(oldest)} is not sealed: run seal_history.")
    return f"{said} Rows that wait for the next: {rows}."


def reminders():
    """They ran to their end, also where there was nothing to tell. A mail that was put off is none of theirs."""
    done, latest = Run.objects.latest_done(Run.Task.REMINDERS), Run.objects.latest_of(Run.Task.REMINDERS)
    said = f"They last ran on {moment(done.ended_at)}: {done.words}" if done else "They never ran."
    if is_late(done.ended_at if done else possible_since(RUNS_SINCE)):
        raise NotReady(f"{said}{became_of(latest)} Run send_reminders every day.")
    return said


def became_of(run):
    """What is to be said of a run that did not come to a good end."""
    if run is None or run.is_done:
        return ""
    became = run.problem or "it has not ended, or was killed."
    return f" The last of {moment(run.began_at)}: {became}"


def is_late(at):
    return at < clock.now() - A_DAY


def possible_since(migration):
    """What a new site or a new version has not done yet it is not late with: the moment that a migration was applied."""
    return MigrationRecorder.Migration.objects.get(app="recommendations", name=migration).applied


def media():
    """By writing a file without a name into the folder: nothing of it stays."""
    folder = media_folder()
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError as error:
        raise NotReady(f"Nothing can be written into {folder}: {error.strerror}.") from None
    return "Attached files can be written."


def disk():
    free = free_bytes()
    said = f"{filesizeformat(free)} free for attached files."
    if free < settings.LEAST_FREE_BYTES:
        raise NotReady(f"Only {said}")
    return said


def media_folder():
    """Or what it will be made in, with the first file."""
    folder = Path(settings.MEDIA_ROOT).resolve()
    return next(each for each in (folder, *folder.parents) if each.is_dir())


def free_bytes():
    return shutil.disk_usage(media_folder()).free


# What the database has no part in comes first: it is known whatever becomes of the others.
OF_THE_DATABASE = {"database": database, "migrations": migrations, "seals": seals, "reminders": reminders}
CHECKS = {"media": media, "disk": disk, **OF_THE_DATABASE}
