"""The figures of the whole site as of today, kept from one reader to the next (decision 28 says how, and how old they may be).

Everybody's figures are put together from parts: those of everything, less those of what is exempt, and with those of what
is exempt and this reader may read. All are sums, so they add up; each part is counted once for everybody.
"""

import datetime
import time
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from threading import Lock, Thread

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count, F, Max, Q, Sum

from recommendations import clock
from recommendations.memory import memory
from recommendations.models import FollowUpReport, KeptFigures, Recommendation, Response, Snapshot
from recommendations.models.kept_figures import versions
from recommendations.permissions import is_clerk, reader
from recommendations.trends import Trends, counting, days_of_history
from recommendations.trends.months import by_month

ALL, EXEMPT, OWN = "all", "exempt", "own"
TODAY, EVER, MONTHS = KINDS = ("today", "ever", "months")
# From so many rows of history on, a reader is shown what was counted before, if counting it took longer than that.
LARGE, QUICK = 200_000, 0.1
# Kept figures are shown for no longer than this and what counting them took, and then counted again.
AGE = datetime.timedelta(seconds=20)
# A change may be dated before midnight and be seen after it.
SETTLED = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Part(Snapshot):
    """A part of what is on record: all of it, what is exempt, or what of that one person may read."""

    which: str

    @property
    def is_whole(self):
        return self.which == ALL

    def _readable(self):
        if self.which == OWN:
            return Recommendation.objects.visible_to(self.user).restricted()
        return Recommendation.objects.restricted() if self.which == EXEMPT else Recommendation.objects.all()

    @property
    def name(self):
        if self.which != OWN:
            return self.which
        boards = ",".join(map(str, sorted(self.user.board_ids)))
        return f"{OWN}-{self.user.pk}-{sha256(boards.encode()).hexdigest()[:12]}"

    @property
    def content(self):
        """A word for which recommendations these are: past months change with it alone. "" of nothing."""
        found = self._readable().order_by().aggregate(n=Count("id"), sum=Sum("id"), squares=Sum(F("id") * F("id")))
        return "-".join(map(str, found.values())) if found["n"] else ""


class KeptTrends:
    """The figures of today for one reader, of all `kinds` or some: `trends`, and what there is to say of their age."""

    has_months = True

    def __init__(self, snapshot, kinds=KINDS):
        self.kinds = kinds
        self.user, self.on = snapshot.user, snapshot.on
        self.snapshot = snapshot
        self.versions = self.counted, self.named = versions()
        # [(part, kind, version)] of what is older than the records; what of that was never counted.
        self.stale, self.missing = [], []
        self.parts = self._parts()
        names = [self.name(part, kind) for part in self.parts for kind in kinds]
        kept = KeptFigures.objects.filter(name__in=names).exclude(version="").defer("sums")
        self.rows = {row.name: row for row in kept}
        self.found = {part.which: [self._row(part, kind) for kind in kinds] for part in self.parts}

    def _parts(self):
        parts = [Part(None, self.on, ALL)]
        if is_clerk(self.user):
            return parts
        parts.append(Part(None, self.on, EXEMPT))
        if self.user.is_authenticated and self.content(own := Part(self.user, self.on, OWN)):
            parts.append(own)
        return parts

    def content(self, part):
        if part.which == ALL:
            return ALL
        return memory.remember(("content", part.name, self.counted), lambda: part.content)

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
        version, row = self.version(part, kind), self.rows.get(self.name(part, kind))
        if row and row.version == version and not (kind == MONTHS and self._is_backdated(row)):
            return row
        if not (is_large() and (row.seconds > QUICK if row else kind == MONTHS)):
            row = count(part, kind, version)
            # What was counted now need not be looked through for what came since.
            self._is_backdated(row, lambda: False)
            return row
        (self.stale if row else self.missing).append((part, kind, version))
        return row

    def _is_backdated(self, row, look=None):
        key = ("backdated", row.name, row.counted_at, self.counted)
        return memory.remember(key, look or (lambda: is_backdated(row.tally, self.on)))

    # What a page shows

    @cached_property
    def key(self):
        """Changes with every number, and with the names beside them."""
        rows = [row for found in self.found.values() for row in found if row]
        return (self.on, self.named, *((row.name, row.version, row.counted_at) for row in rows))

    @property
    def trends(self):
        return memory.remember(("trends", self.key), lambda: Trends(self.snapshot, tally=self.tally))

    @property
    def tally(self):
        sums = {which: sum((row.tally for row in rows if row), Counter()) for which, rows in self.found.items()}
        found = sums[ALL] - sums.get(EXEMPT, Counter()) + sums.get(OWN, Counter())
        return found + Counter({key: n for key, n in sums[ALL].items() if key[0] == "day"})

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

    def __init__(self, snapshot, whose):
        # A large site's whole history is read through for today alone, and once.
        self.has_months = bool(whose) or not is_large()
        self.versions = versions()
        self.key = ("live", reader(snapshot.user), snapshot.on, str(whose), self.versions)
        self.trends = memory.remember(self.key, lambda: Trends(snapshot, whose, has_months=self.has_months))

    def count_later(self):
        """Nothing: they are never out of date."""


def figures_for(snapshot, whose):
    """The figures of what `whose` leaves (everything, where it is empty)."""
    is_kept = not whose and snapshot.on == clock.today()
    return KeptTrends(snapshot) if is_kept else LiveTrends(snapshot, whose)


def is_large():
    newest = Recommendation.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return (newest or 0) > LARGE


def is_settled(on):
    """Whether all that was dated in the month before has been seen."""
    return clock.now() > clock.end_of(on.replace(day=1) - datetime.timedelta(days=1)) + SETTLED


def count(part, kind, version):
    """Counted, and kept where the database lets us: a reader is shown the figures either way."""
    begun = time.monotonic()
    tally = MAKERS[kind](part)
    return KeptFigures.keep(KeptTrends.name(part, kind), version, tally, time.monotonic() - begun)


def months_of(part):
    """With how far the histories went: see `is_backdated`."""
    found = Counter({("upto", model.__name__): newest(model) for model in (Recommendation, FollowUpReport, Response)})
    return found + by_month(part, Q(), days_of_history(part.on))


MAKERS = {
    TODAY: lambda part: counting.of_today(part, Q()),
    EVER: lambda part: counting.of_ever(part, Q()),
    MONTHS: months_of,
}


def newest(model):
    return model.history.aggregate(Max("history_id"))["history_id__max"] or 0


def is_backdated(tally, on):
    """Whether rows were added since that are dated in months that are over: no page can do it, a demonstration does."""
    over = clock.end_of(on.replace(day=1) - datetime.timedelta(days=1))
    return any(
        model.history.filter(history_id__gt=tally["upto", model.__name__], history_date__lte=over).exists()
        for model in (Recommendation, FollowUpReport, Response)
    )


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
