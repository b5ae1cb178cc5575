"""What was counted for the dashboard, kept so that it is counted once: losing it costs time and nothing else."""

import datetime
from collections import Counter, defaultdict

from django.db import DatabaseError, connection, models, transaction
from django.utils.functional import cached_property

from recommendations import clock
from recommendations.prepared import Often

# The tables whose rows the dashboard counts, and those that name what it shows.
COUNTED = ("recommendation", "followupreport", "response", "agendaitem", "meeting", "responseregime")
NAMED = (
    "user", "organisation", "board", "progressupdate", "datechange", "handover",
    "discussionpoint", "resolution", "witness", "person",
)  # fmt: skip
# Rows that are written together may appear in another order than their numbers: so many of the newest are looked at.
NEWEST = 100
# What data protection takes out adds no row to a history, but to its own record.
REDACTED = "(SELECT max(id) FROM recommendations_redaction)"
# A count that has not ended by then was broken off.
A_WHILE = datetime.timedelta(minutes=10)


def newest(table):
    """An expression of SQL that changes with every change of a table: the numbers of the newest rows of its history."""
    history = f"recommendations_historical{table}"
    return (
        f"(SELECT sum(history_id) FROM (SELECT history_id FROM {history} ORDER BY history_id DESC LIMIT {NEWEST}) AS n)"
    )


NEWEST_OF_EACH = Often(f"SELECT {', '.join([*map(newest, (*COUNTED, *NAMED)), REDACTED])}")


def newest_of_each():
    """{table: a number that changes with every change of it}, of what is counted and what names it.

    In one query, that takes as long at any size.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEWEST_OF_EACH)
        return dict(zip((*COUNTED, *NAMED, "redaction"), cursor.fetchone(), strict=True))


def versions(found=None):
    """Two words, of which each changes with every change of its tables: (of what is counted, of what names it)."""
    found = [str(number or 0) for number in (found or newest_of_each()).values()]
    return "-".join(found[: len(COUNTED)]), "-".join(found[len(COUNTED) :])


class Numbers(Counter):
    """How many of each of one kind."""

    @cached_property
    def digest(self):
        """A number that tells these from others."""
        return hash(frozenset(self.items()))

    @classmethod
    def beside(cls, others, change):
        """A copy of the others, which is about to be changed so: told from them without going through them all again."""
        found = cls(others)
        found.digest = hash((others.digest, frozenset(change.items())))
        return found


class Tally(Counter):
    """{(kind, of what …): how many}; of a large site thousands, so they are gone through once, and not with every change."""

    @cached_property
    def kinds(self):
        """{kind: {of what: how many}}"""
        found: dict = defaultdict(Numbers)
        for key, n in self.items():
            dict.__setitem__(found[key[0]], rest_of(key), n)
        return dict(found)

    def changed(self, change):
        """With what `change` adds and takes away, and without what then comes to nothing; of the kinds it leaves, the same."""
        found = Tally(self)
        found.update(change)
        found.kinds = dict(self.kinds)
        touched: dict = defaultdict(dict)
        for key, n in change.items():
            touched[key[0]][key] = n
        for kind, numbers in touched.items():
            found.kinds[kind] = Numbers.beside(self.kinds.get(kind, Numbers()), numbers)
        for key in change:
            if found[key] > 0:
                found.kinds[key[0]][rest_of(key)] = found[key]
            else:
                found.pop(key, None)
                found.kinds[key[0]].pop(rest_of(key), None)
        return found


def rest_of(key):
    return key[1] if len(key) == 2 else key[1:]


class KeptFigures(models.Model):
    """Sums that were counted once, under what name and of which version of the records."""

    name = models.CharField(max_length=200, primary_key=True)
    version = models.CharField(max_length=400)
    counted_at = models.DateTimeField()
    # How long it took: what is quick is counted while the reader waits.
    seconds = models.FloatField()
    sums = models.JSONField()
    # Somebody is counting it anew since then.
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} at {self.version}"

    @cached_property
    def tally(self):
        return Tally({tuple(key): n for *key, n in self.sums})

    @classmethod
    def of(cls, name, version, tally, seconds):
        """These figures; kept nowhere yet."""
        kept = cls(name=name, version=version, counted_at=clock.now(), seconds=seconds)
        kept.tally = tally if isinstance(tally, Tally) else Tally(tally)
        return kept

    @classmethod
    def keep(cls, name, version, tally, seconds):
        """In place of what is there under that name. Where that cannot be written now, somebody counts again."""
        kept = cls.of(name, version, tally, seconds)
        cls.keep_all([kept])
        return kept

    @classmethod
    def keep_all(cls, several):
        """All at once: a database says only then that it has written."""
        for kept in several:
            kept.sums = [[*key, n] for key, n in kept.tally.items()]
        return cls._written(several)

    @classmethod
    def claim(cls, name):
        """Whether it is for this process to count it anew; the others see that somebody does."""
        with transaction.atomic():
            kept = cls.objects.select_for_update().filter(name=name).first() or cls(
                name=name, version="", counted_at=clock.now(), seconds=0, sums=[]
            )
            if kept.claimed_at and kept.claimed_at > clock.now() - A_WHILE:
                return False
            kept.claimed_at = clock.now()
            return cls._written([kept])

    @classmethod
    def _written(cls, several):
        """Whether these could be written."""
        try:
            with transaction.atomic():
                for kept in several:
                    kept.save()
        except DatabaseError:
            return False
        return True
