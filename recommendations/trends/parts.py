"""The parts that everybody's figures are put together from, and how each of them is counted."""

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, F, Max, Q, Sum

from recommendations.models import Recommendation, Snapshot
from recommendations.trends import counting, days_of_history, lots
from recommendations.trends.catching_up import TABLES, marks, newest_of
from recommendations.trends.months import by_month

ALL, EXEMPT, OWN = "all", "restricted", "theirs"
TODAY, EVER, MONTHS = KINDS = ("today", "ever", "months")
# Numbers that tell sets of recommendations apart: how many there are, the sum of their ids and of the squares of these.
CONTENT = ("n", "sum", "squares")
# So many are told one by one.
FEW = 1000


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

    def holds(self, lot):
        if self.which == ALL:
            return True
        return lot.is_restricted if self.which == EXEMPT else lot.is_restricted_and_open_to(self.user)

    def content(self):
        """Which recommendations these are, of a part that is not everything: in numbers that add up."""
        if self.which == ALL:
            return Counter()
        found = self._readable().order_by().aggregate(n=Count("id"), sum=Sum("id"), squares=Sum(F("id") * F("id")))
        return Counter({("content", name): int(n) for name, n in found.items() if n})

    def adds(self, kind, lot):
        """What a single recommendation of this part adds to its figures."""
        found, key = ADDS[kind](lot, self.on), lot.recommendation.pk
        if kind == TODAY and self.which != ALL:
            found.update({("content", name): key**n for n, name in enumerate(CONTENT)})
        return found

    def few(self):
        """Ids of the little that one person may read of what is exempt; None where it is not so little."""
        if self.which != OWN:
            return None
        keys = list(self._readable().order_by().values_list("pk", flat=True)[: FEW + 1])
        return keys if len(keys) <= FEW else None


def sums_of(part, kind):
    """A few among a million are found, and told one by one, long before the database has gone through all to count them."""
    if (keys := part.few()) is None:
        return MAKERS[kind](part)
    upto = newest_of(marks())
    found: Counter = Counter()
    for lot in lots.Histories(keys, upto).lots(upto).values():
        found.update(part.adds(kind, lot))
    return found


def months_of(part):
    """With how far the histories went: see `is_backdated`."""
    found = Counter({("upto", model.__name__): newest(model) for model in TABLES})
    return found + by_month(part, Q(), days_of_history(part.on))


MAKERS = {
    TODAY: lambda part: counting.of_today(part, Q()) + part.content(),
    EVER: lambda part: counting.of_ever(part, Q()),
    MONTHS: months_of,
}
# The same of a single recommendation.
ADDS = {TODAY: lots.of_today, EVER: lots.of_ever}


def newest(model):
    return model.history.aggregate(Max("history_id"))["history_id__max"] or 0
