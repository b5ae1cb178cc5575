"""Seals what is new, in chunks of a transaction each: killed anywhere, the next run goes on there."""

import hashlib
import json
import time

from django.db import connection, transaction
from django.db.models import Max

from recommendations import clock
from recommendations.models import Refused
from recommendations.models.seals import BEGINNING, Seal, SealedPart
from recommendations.sealing.rows import BEFORE_ALL, packed, sources

# So many rows are read, and lost when it is killed, at a time.
CHUNK = 10_000
# Of the runs that may seal on PostgreSQL, one at a time: a number that nobody else's lock has.
LOCK = 5_640_002
PATIENCE_SECONDS = 60


class Busy(Refused):
    """Somebody has been writing for so long that what is new cannot be told yet."""


def seal_history(watch=lambda total, done: None, chunk=None):
    """Seal all rows that were written up to now; returns the new seals. `watch` hears how many rows are done."""
    upper = {name: source.last_id() for name, source in sources().items()}
    wait_for_writers()
    reached = sealed_up_to()
    total = sum(source.count(after=reached.get(name, BEFORE_ALL)) for name, source in sources().items())
    made, done = [], 0
    watch(total, done)
    while seal := seal_chunk(upper, chunk or CHUNK):
        made.append(seal)
        done += seal.rows
        watch(total, done)
    return made


def wait_for_writers():
    """Until whoever was writing to one of these tables has finished, so that no lower row appears after a higher one.

    A writer holds its lock on the table from before it draws a number until its transaction ends. SQLite has one writer
    at a time, and needs none of this.
    """
    if connection.vendor == "sqlite":
        return
    waits_until, writers = time.monotonic() + PATIENCE_SECONDS, _writers()
    while writers := writers & _writers():
        if time.monotonic() > waits_until:
            raise Busy("Somebody has been writing to the history for a minute without an end. Try again later.")
        time.sleep(0.05)


def _writers():
    tables = [source.table for source in sources().values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks JOIN pg_class ON pg_class.oid = relation "
            "WHERE mode = 'RowExclusiveLock' AND relname = ANY(%s) AND pid IS DISTINCT FROM pg_backend_pid() "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [tables],
        )
        return {writer for (writer,) in cursor.fetchall()}


def sealed_up_to():
    """{source: the last key that is sealed}."""
    return dict(SealedPart.objects.order_by().values_list("source").annotate(Max("last_id")))


def seal_chunk(upper, chunk):
    """One seal over at most `chunk` rows up to the keys `upper`, or None where nothing is new."""
    with transaction.atomic():
        lock()
        head, reached, parts = Seal.head(), sealed_up_to(), []
        room = chunk
        for name, source in sources().items():
            after = reached.get(name, BEFORE_ALL)
            if room and (leaves := source.leaves(source.columns, after=after, up_to=upper[name], limit=room)):
                parts.append(part_of(source, leaves))
                room -= len(leaves)
        if parts and room:
            # The last of a run: of what holds no row yet it is said that there was none, so that none can be dated back.
            parts += [part_of(source, []) for name, source in sources().items() if not (upper[name] or name in reached)]
        return write(head, parts) if parts else None


def lock():
    """A second run waits here until the first has written its seal. SQLite's transactions do so by themselves."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def part_of(source, leaves):
    content = packed(leaves)
    return SealedPart(
        source=source.name, columns=source.columns, first_id=leaves[0][0] if leaves else BEFORE_ALL,
        last_id=leaves[-1][0] if leaves else BEFORE_ALL, rows=len(leaves),
        digest=hashlib.sha256(content).hexdigest(), leaves=content,
    )  # fmt: skip


def write(head, parts):
    seal = Seal(
        number=head.number + 1 if head else 1, sealed_at=clock.now(), rows=sum(part.rows for part in parts),
        previous=head.digest if head else BEGINNING,
    )  # fmt: skip
    seal.digest = seal_digest(seal, parts)
    seal.save(force_insert=True)
    for part in parts:
        part.seal = seal
        part.save(force_insert=True)
    return seal


def seal_digest(seal, parts):
    """Over all that the seal and its parts say, and so over every row."""
    said = [
        seal.number,
        seal.sealed_at.isoformat(timespec="microseconds"),
        seal.previous,
        seal.rows,
        [[part.source, part.columns, part.first_id, part.last_id, part.rows, part.digest] for part in parts],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
