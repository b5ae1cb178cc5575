"""The figures of a past day. What was not changed since is counted as it stands; the history is asked of the rest alone.

So they take the longer the more happened since that day, however much was closed before it.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from recommendations import clock
from recommendations.models import FollowUpReport, Recommendation, Response, Snapshot
from recommendations.trends import counting

# Of which recommendation a row of a history is.
KEYS = {Recommendation: "id", FollowUpReport: "recommendation_id", Response: "recommendation_id"}


def sums_of(snapshot, whose, ever_now=None):
    """What `counting` counts of that day; `ever_now`: what became of everything, as of today, where that is at hand.

    The day has no part in that: what was not changed since adds to it what it adds to that of today.
    """
    among = changed(snapshot)
    then, now = as_it_was(snapshot, among), AsItIs(snapshot.user, snapshot.on, among)
    same = Unchanged(snapshot.user, snapshot.on)
    found = counting.of_today(same, whose) + counting.of_today(then, whose) + counting.of_ever(then, whose)
    if ever_now is None:
        return found + counting.of_ever(same, whose)
    found.update(ever_now)
    found.subtract(counting.of_ever(now, whose))
    return +found


def rows_since(model, on):
    return model.history.filter(history_date__gt=clock.end_of(on)).order_by()


def changed(snapshot):
    """Ids of what may be read and was changed after that day: itself, or what belongs to it."""
    first, *others = [rows_since(model, snapshot.on).values_list(key, flat=True) for model, key in KEYS.items()]
    among = array("q", first.union(*others))
    if snapshot.is_whole:
        return among
    readable = Recommendation.objects.visible_to(snapshot.user).filter(id__among=among).order_by()
    return array("q", readable.values_list("id", flat=True))


def as_it_was(snapshot, among):
    """`AsItWas` of these recommendations: which rows of the histories stood is asked once for all figures."""
    standing = {}
    for model, key in KEYS.items():
        rows = model.as_of(snapshot.on).filter(**{f"{key}__among": among}).order_by()
        standing[model] = array("q", rows.values_list("history_id", flat=True))
    return AsItWas(snapshot.user, snapshot.on, standing)


class Unchanged(Snapshot):
    """What stands as it stood."""

    is_past = False

    def rows(self, model):
        return model.objects.all()

    def _readable(self):
        # Asked one by one: the database may look up each, or read through all that was written, whichever is less.
        rows = super()._readable()
        for model, key in KEYS.items():
            rows = rows.exclude(Exists(rows_since(model, self.on).filter(**{key: OuterRef("id")})))
        return rows


@dataclass(frozen=True)
class AsItIs(Snapshot):
    """What was changed since that day, as it stands now."""

    among: array
    is_past = False

    def rows(self, model):
        return model.objects.all()

    def _readable(self):
        return Recommendation.objects.filter(id__among=self.among)


@dataclass(frozen=True)
class AsItWas(Snapshot):
    """The same as it stood then, by the rows of the histories that stood."""

    standing: Mapping
    is_whole = True

    def rows(self, model):
        return model.history.filter(history_id__among=self.standing[model]).as_instances()
