"""What waits for a seal, told at little cost: a monitor asks again and again."""

import datetime

from django.db import connection
from django.utils.dateparse import parse_datetime

from recommendations.models.written_once import moment_of
from recommendations.sealing.make import sealed_up_to
from recommendations.sealing.rows import BEFORE_ALL, Source, sources

# So many rows of a table are counted and no further.
MOST = 10_000


def what_waits():
    """(how many rows no seal covers, when the oldest of them was written or None)."""
    # The bytes of files belong to rows that are counted here.
    rows = [source for source in sources().values() if type(source) is Source]
    reached = sealed_up_to()
    with connection.cursor() as cursor:
        # All tables in one query; a count that stops somewhere in the middle is nothing the ORM can say.
        cursor.execute(
            " UNION ALL ".join(map(_asked, rows)),
            [reached.get(source.name, BEFORE_ALL) for source in rows for _ in range(2)],
        )
        found = cursor.fetchall()
    return sum(n for n, _ in found), min((_moment(at) for _, at in found if at), default=None)


def _asked(source):
    moment = moment_of(source.model)
    written_at = f'"{moment.column}"' if moment else "CAST(NULL AS timestamptz)"
    newer = f'FROM {source.table} WHERE "{source.key}" > %s'
    counted = f"SELECT count(*) FROM (SELECT 1 {newer} LIMIT {MOST}) AS counted"
    oldest = f'SELECT {written_at} {newer} ORDER BY "{source.key}" LIMIT 1'
    return f"SELECT ({counted}), ({oldest})"


def _moment(at):
    """SQLite keeps moments as texts, in UTC, and gives them back as one or the other."""
    at = parse_datetime(at) if isinstance(at, str) else at
    return at if at.tzinfo else at.replace(tzinfo=datetime.UTC)
