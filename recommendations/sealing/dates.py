"""When rows say that they were written, against the seals before and after: whoever makes up a past is late for its seal."""

import datetime
from dataclasses import dataclass, field

from django.db.models import BooleanField, ExpressionWrapper, Q

from recommendations import clock
from recommendations.models.written_once import moment_of
from recommendations.sealing import make
from recommendations.sealing.findings import Finding
from recommendations.sealing.rows import Source
from recommendations.words import moment

# Between the moment that a row says and its appearance lies the change that it belongs to, an import of hours for example;
# clocks are put right; and a run of millions takes its time.
SLACK = datetime.timedelta(days=1)


@dataclass
class Dates:
    """What is known while the seals are read: up to when all was sealed that there was then."""

    # {source: when the last run ended that had sealed all of its rows}
    complete: dict[str, datetime.datetime] = field(default_factory=dict)

    def note(self, seal, reached):
        """A run goes on until there is less than a chunk: such a seal is its last, and none of an earlier row is missing."""
        if seal.rows < make.CHUNK:
            self.complete |= dict.fromkeys(reached, seal.sealed_at)

    def of_rows(self, source, *, after, up_to=None, sealed_at=None):
        """Rows with keys from `after` on that the runs before should have sealed, if they are as old as they say."""
        told = moment_of(source.model) if type(source) is Source else None
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
