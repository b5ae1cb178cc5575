"""The figures of the whole site as of today, kept from one reader to the next (decision 28 says how, and how old they may be).

Everybody's figures are put together from parts: those of everything, less those of what is exempt, and with those of what
is exempt and this reader may read. All are sums, so they add up; each part is counted once for everybody.
"""

import datetime
import time
from collections import Counter
from functools import cached_property, partial
from threading import Lock, Thread

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from recommendations import clock
from recommendations.memory import Memory, memory
from recommendations.models import KeptFigures, Recommendation, Snapshot
from recommendations.models.kept_figures import Tally, versions
from recommendations.permissions import is_clerk, reader
from recommendations.trends import Trends
from recommendations.trends.catching_up import (
    MARK,
    NEAR,
    TABLES,
    added,
    changes_since,
    marked,
    marks_of,
)
from recommendations.trends.parts import ALL, CONTENT, EVER, EXEMPT, KINDS, MAKERS, MONTHS, OWN, TODAY, Part, sums_of

# From so many rows of history on, a reader is shown what was counted before, if counting it took longer than that.
LARGE, QUICK = 200_000, 0.1
# Kept figures are shown for no longer than this and what counting them took, and then counted again.
AGE = datetime.timedelta(seconds=20)
# A change may be dated before midnight and be seen after it.
SETTLED = datetime.timedelta(hours=1)
# The figures that this process has read lately, and how far it has looked for rows of months that are over.
tallies, looked = Memory(most=12), Memory(most=100)
# The same, put right by what was changed since: of no use after the next change.
righted = Memory(most=8)
# What was made of them for one reader and one version of the records: each may be a million bytes of a large site.
readings = Memory(most=16)


class KeptTrends:
    """The figures of today for one reader, of all `kinds` or some: `trends`, and what there is to say of their age."""

    has_months = True

    def __init__(self, snapshot, kinds=KINDS, said=None):
        self.kinds = kinds
        self.user, self.on = snapshot.user, snapshot.on
        self.snapshot = snapshot
        self.versions = self.counted, self.named = said or versions()
        self.changes: dict = {}
        # What was put right for so long that it is worth keeping.
        self.grown: list = []
        # [(part, kind, version)] of what is older than the records; what of that was never counted.
        self.stale, self.missing = [], []
        self.parts = self._parts()
        names = [self.name(part, kind) for part in self.parts for kind in kinds]
        self.rows = kept_rows(names)
        self.found: dict = {part.which: {} for part in self.parts}
        for part in self.parts:
            for kind in kinds:
                self.found[part.which][kind] = self._row(part, kind)
        if self.grown:
            KeptFigures.keep_all(self.grown)
            tallies.put({stamp(row): row.tally for row in self.grown})
        self.changes.clear()

    def _parts(self):
        parts = [Part(None, self.on, ALL)]
        if is_clerk(self.user):
            return parts
        own = [Part(self.user, self.on, OWN)] if self.user.is_authenticated else []
        return [*parts, Part(None, self.on, EXEMPT), *own]

    def content(self, part):
        """A word for which recommendations these are: past months change with it alone. "" of nothing."""
        if part.which == ALL:
            return ALL
        tally = self.found[part.which][TODAY].tally
        return "-".join(str(tally["content", name]) for name in CONTENT) if tally["content", "n"] else ""

    @staticmethod
    def name(part, kind):
        return f"{part.name}:{kind}"

    def version(self, part, kind):
        if kind != MONTHS:
            return f"{self.on}:{self.counted}"
        settled = "" if is_settled(self.on) else self.counted
        return f"{self.on:%Y-%m}:{self.content(part)}:{settled}"

    def _row(self, part, kind):
        """What is kept of that, counted anew where it is out of date and that does not take long; None of nothing."""
        if kind == MONTHS and not self.content(part):
            return None
        version, row = self.version(part, kind), self.rows.get(self.name(part, kind))
        if row and (found := self._as_it_is(row, part, kind, version)):
            return found
        if not (self.is_large and (row.seconds > QUICK if row else kind == MONTHS)):
            return count(part, kind, version)
        (self.stale if row else self.missing).append((part, kind, version))
        return row

    @cached_property
    def is_large(self):
        return is_large()

    def _as_it_is(self, row, part, kind, version):
        """What is kept, put right by what was changed since; None where it must be counted."""
        if kind == MONTHS:
            return row if row.version == version and row.name not in self._backdated else None
        if row.version == version:
            return row
        if kind == TODAY and not row.version.startswith(f"{self.on}:"):
            return None
        key = (row.name, row.counted_at, version)
        return righted.remember(key, lambda: self._put_right(row, part, kind, version))

    def _put_right(self, row, part, kind, version):
        marks = frozenset(marks_of(row.tally).items())
        if marks not in self.changes:
            self.changes[marks] = changes_since(Counter(dict(marks)))
        if self.changes[marks] is None:
            return None
        tally = self.changes[marks].put_right(row.tally, partial(part.adds, kind), part.holds)
        if tally is None:
            return None
        found = KeptFigures.of(row.name, version, tally, row.seconds)
        # Not written with every change: the next is put right from the same.
        if row.counted_at + AGE < clock.now():
            self.grown.append(found)
        return found

    @cached_property
    def _backdated(self):
        """Names of the months that are kept, of which rows appeared since."""
        names = {self.name(part, MONTHS) for part in self.parts}
        rows = [row for name, row in self.rows.items() if name in names]
        key = ("backdated", self.counted, *((row.name, row.counted_at) for row in rows))
        return memory.remember(key, lambda: backdated(rows, self.on))

    # What a page shows

    @cached_property
    def key(self):
        """Changes with every number, and with the names beside them."""
        exact = {self.name(part, kind) for part in self.parts for kind in self.kinds if kind != MONTHS}
        exact -= {self.name(part, kind) for part, kind, _ in self.stale}
        rows = [row for found in self.found.values() for row in found.values() if row]
        # The same version has the same numbers, whoever counted them when; months may have been added to.
        said = [(row.name, row.version, None if row.name in exact else row.counted_at) for row in rows]
        return (self.on, self.named, *said)

    @property
    def trends(self):
        return readings.remember(("trends", self.key), lambda: Trends(self.snapshot, tally=self.tally))

    @property
    def tally(self):
        found, exempt, own = (together(self.found.get(which, {}).values()) for which in (ALL, EXEMPT, OWN))
        change = Counter(figures_of(own))
        change.subtract(figures_of(exempt))
        return found.changed(change)

    @property
    def counted_at(self):
        """When the oldest of what is out of date was counted; None where nothing is."""
        return min((self.rows[self.name(part, kind)].counted_at for part, kind, _ in self.stale), default=None)

    @property
    def is_counting(self):
        """Whether something was never counted, and will be there in a while."""
        return bool(self.missing)

    def count_later(self):
        """What is out of date, and old enough to be worth counting again, is counted while others read on."""
        old = [(part, kind, version) for part, kind, version in self.stale if self._is_old(part, kind)]
        if old or self.missing:
            start([*old, *self.missing])

    def _is_old(self, part, kind):
        row = self.rows[self.name(part, kind)]
        return row.counted_at + AGE + datetime.timedelta(seconds=row.seconds) < clock.now()


class LiveTrends:
    """The figures of another day, or of what filters leave: counted for the one who asks, and remembered for a while."""

    counted_at, is_counting = None, False

    def __init__(self, snapshot, whose, said):
        # A large site's whole history is read through for today alone, and once.
        self.has_months = bool(whose) or not is_large()
        self.versions = said
        self.key = ("live", reader(snapshot.user), snapshot.on, str(whose), self.versions)
        self.trends = readings.remember(self.key, lambda: self._made(snapshot, whose))

    def _made(self, snapshot, whose):
        ever_now = ever_of_today(snapshot.user, self.versions) if snapshot.is_past and not whose else None
        return Trends(snapshot, whose, has_months=self.has_months, ever_now=ever_now)

    def count_later(self):
        """Nothing: they are never out of date."""


def figures_for(snapshot, whose, said):
    """The figures of what `whose` leaves (everything, where it is empty), of the versions that were `said`."""
    if whose or snapshot.on != clock.today():
        return LiveTrends(snapshot, whose, said)
    key = ("figures", reader(snapshot.user), snapshot.on, is_settled(snapshot.on), said)
    found = readings.get(key) or KeptTrends(snapshot, said=said)
    # Of these there is nothing to be counted, whoever asks again.
    if not (found.stale or found.missing):
        readings.put({key: found})
    return found


def ever_of_today(user, said):
    """What became of everything, as of today; None where that would have to be counted, or is of a while ago."""
    figures = KeptTrends(Snapshot(user, clock.today()), [EVER], said)
    return None if figures.stale else figures.tally


def is_large():
    newest = Recommendation.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return (newest or 0) > LARGE


def is_settled(on):
    """Whether all that was dated in the month before has been seen."""
    return clock.now() > clock.end_of(on.replace(day=1) - datetime.timedelta(days=1)) + SETTLED


def count(part, kind, version):
    """Counted, and kept where the database lets us: a reader is shown the figures either way."""
    begun = time.monotonic()
    tally = MAKERS[kind](part) if kind == MONTHS else marked(lambda: sums_of(part, kind))
    row = KeptFigures.keep(KeptTrends.name(part, kind), version, tally, time.monotonic() - begun)
    tallies.put({stamp(row): row.tally})
    return row


def kept_rows(names):
    """{name: what is kept under it}, with its sums as this process read them before, or all others in one query."""
    rows = {row.name: row for row in KeptFigures.objects.filter(name__in=names).exclude(version="").defer("sums")}
    stamps = {stamp(row): row for row in rows.values()}

    def read(missing):
        names = [name for name, *_ in missing]
        found = {row.name: row.tally for row in KeptFigures.objects.filter(name__in=names).only("name", "sums")}
        # Somebody may have emptied the table in between.
        return {key: found[key[0]] for key in missing if key[0] in found}

    found = tallies.remember_all([*stamps], read)
    for key, tally in found.items():
        stamps[key].tally = tally
    return {row.name: row for key, row in stamps.items() if key in found}


def stamp(row):
    return row.name, row.version, row.counted_at


def together(rows):
    """What is kept of each kind, none of which has a key of another."""
    found, kinds = Tally(), {}
    for row in filter(None, rows):
        # Not added: of a large site there are thousands of numbers.
        dict.update(found, row.tally)
        kinds |= row.tally.kinds
    found.kinds = kinds
    return found


def figures_of(tally):
    """Without the days that months were counted for, and what is said of the count itself."""
    return {key: n for key, n in tally.items() if key[0] not in (MARK, "upto", "content", "day")}


def backdated(rows, on):
    """Names of those months to which rows were added since that are dated in them: a demonstration writes such rows.

    One query tells that there are none; what was looked through before is not looked through again.
    """
    over = clock.end_of(on.replace(day=1) - datetime.timedelta(days=1))
    stamps = {(row.name, row.counted_at): upto_of(row) for row in rows}
    since = stamps | looked.of([*stamps])
    if not rows:
        return set()
    is_added, now = added(over, map(min, zip(*since.values(), strict=True)))
    if is_added:
        return {name for (name, _), upto in since.items() if added(over, upto)[0]}
    # Some that are written at this moment may have lower numbers.
    looked.put({stamp: [max(n - NEAR, m) for n, m in zip(now, upto, strict=True)] for stamp, upto in stamps.items()})
    return set()


def upto_of(row):
    """How far the histories went when these months were counted."""
    return [row.tally["upto", model.__name__] for model in TABLES]


def count_everything(on):
    """The parts that all readers share, counted where they are out of date; the names of those that were."""
    figures = KeptTrends(Snapshot(AnonymousUser(), on))
    jobs = [*figures.stale, *figures.missing]
    for part, kind, version in jobs:
        count(part, kind, version)
    return [KeptTrends.name(part, kind) for part, kind, _ in jobs]


# While others read on


counting_now = Lock()


def start(jobs):
    """One thread of this process counts; what another process has claimed is left to that."""
    if counting_now.acquire(blocking=False):
        Thread(target=count_claimed, args=(jobs,), daemon=True).start()


def count_claimed(jobs, close=lambda: connection.close()):
    """`close` ends the thread's own way to the database."""
    try:
        for part, kind, version in jobs:
            if KeptFigures.claim(KeptTrends.name(part, kind)):
                count(part, kind, version)
    finally:
        close()
        counting_now.release()
