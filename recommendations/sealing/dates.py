"""When rows say that they were written, against the seals before and after: whoever makes up a past is late for its seal."""

import datetime
from dataclasses import dataclass, field

from django.db.models import BooleanField, ExpressionWrapper, F, Q, Window
from django.db.models.functions import Lag

from recommendations import clock
from recommendations.models.written_once import moment_of
from recommendations.sealing import make
from recommendations.sealing.findings import Finding
from recommendations.sealing.rows import Source
from recommendations.words import moment

# Between the moment that a row says and its appearance lies the change that it belongs to, an import of hours for example;
# clocks are put right; and a run of millions takes its time.
SLACK = datetime.timedelta(days=1)
# A clock that is put right may go back by so much, from one row to the next.
CLOCK_MAY_GO_BACK = datetime.timedelta(minutes=5)


@dataclass
class Dates:
    """What is known while the seals are read: up to when all was sealed that there was then."""

    # {source: when the last run ended that had sealed all of its rows}
    complete: dict[str, datetime.datetime] = field(default_factory=dict)
    # {source: the last key of the first such run}: what came before may have been brought from elsewhere, in any order.
    begun: dict[str, int] = field(default_factory=dict)

    def note(self, seal, reached):
        """A run goes on until there is less than a chunk: such a seal is its last, and none of an earlier row is missing."""
        if seal.rows < make.CHUNK:
            self.complete |= dict.fromkeys(reached, seal.sealed_at)
            self.begun = reached | self.begun

    def of_rows(self, source, *, after, up_to=None, sealed_at=None):
        """Rows with keys from `after` on that the runs before should have sealed, if they are as old as they say."""
        told = moment_in(source)
        if told is None:
            return
        seen_at, complete = sealed_at or clock.now(), self.complete.get(source.name)
        too_new = Q(**{f"{told.name}__gt": seen_at + SLACK})
        wrong = too_new | Q(**{f"{told.name}__lt": complete - SLACK}) if complete else too_new
        rows = source.model._base_manager.filter(wrong, pk__gt=after)
        if up_to is not None:
            rows = rows.filter(pk__lte=up_to)
        rows = rows.annotate(is_too_new=ExpressionWrapper(too_new, BooleanField())).order_by("pk")
        for key, is_too_new in rows.values_list("pk", "is_too_new").iterator(chunk_size=1000):
            if is_too_new:
                yield Finding(source.table, key, f"is dated later than {moment(seen_at)}, when it was there already")
            else:
                yield Finding(source.table, key, f"is dated back: the seal of {moment(complete)} has not seen it")

    def in_order(self, source):
        """Rows that say they are older than the one with the key before: that one was written first."""
        told = moment_in(source)
        if told is None or source.name not in self.begun:
            return
        rows = source.model._base_manager.filter(pk__gte=self.begun[source.name])
        rows = rows.annotate(
            before=Window(Lag(told.name), order_by="pk"), key_before=Window(Lag("pk"), order_by="pk")
        ).filter(**{f"{told.name}__lt": F("before") - CLOCK_MAY_GO_BACK})
        for key, key_before in rows.order_by("pk").values_list("pk", "key_before").iterator(chunk_size=1000):
            what = f"is dated before row {key_before}, which was there first: one of them, or the clock, was put back"
            yield Finding(source.table, key, what)


def moment_in(source):
    return moment_of(source.model) if type(source) is Source else None
