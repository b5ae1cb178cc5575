"""What one person may read, as it stood at the end of a day: what the dashboard, the lists and the work pages ask."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import reduce

from django.db.models import F, Max, OuterRef, Subquery, prefetch_related_objects
from django.db.models.lookups import In

from recommendations import clock
from recommendations.models import known_shapes
from recommendations.models.follow_ups import FollowUpReport
from recommendations.models.people import User
from recommendations.models.recommendations import Recommendation
from recommendations.models.responses import Response
from recommendations.models.timeliness import Timeliness, next_date_of, slip_of, timeliness_of
from recommendations.models.updates import ProgressUpdate
from recommendations.permissions import is_clerk

# What a row of a follow-up report shows (_report_rows.html).
SHOWN = (
    "number", "due_on", "original_due_on", "times_moved", "submitted_on", "waived_on", "verdict", "last_heard_on",
    "recommendation__slug", "recommendation__reference", "recommendation__title",
    "recommendation__board__name", "recommendation__owner__full_name", "recommendation__owner__email",
)  # fmt: skip


# What rows of recommendations name.
NAMED = ("board", "owner", "item__meeting__board")
# What a row of a recommendation shows (_recommendation_row.html), and what of that is worked out.
SHOWN_OF_RECOMMENDATION = (
    "slug", "reference", "title", "due_on", "original_due_on", "times_moved", "progress", "closed_on",
    "item__meeting__held_on", "owner__full_name", "owner__email",
)  # fmt: skip
# What their timeliness is worked out from.
DATED = {
    FollowUpReport: ("recommendation", "due_on", "original_due_on", "submitted_on", "waived_on", "received_on"),
    Response: ("recommendation", "due_on", "answer"),
}
DERIVED = ("timeliness", "slipped", "next_due_on")


def shown(row, names=SHOWN):
    """Everything that a row shows: two rows that are alike in this are written alike."""
    return tuple(reduce(lambda one, name: getattr(one, name, None), path.split("__"), row) for path in names)


def dated(model, rows):
    """{recommendation: what belongs to it}, as far as its timeliness goes."""

    def make(keys):
        return model._base_manager.filter(In(F("recommendation"), keys)).order_by().only(*DATED[model])

    found = defaultdict(list)
    for each in known_shapes.rows_of(("dated", model), make, [row.pk for row in rows]):
        found[each.recommendation_id].append(each)
    return found


@dataclass(frozen=True)
class Snapshot:
    """From today on the live rows, before that the history. Who may read what is always today's entitlement."""

    user: User
    on: date

    @property
    def is_past(self):
        return self.on < clock.today()

    @property
    def is_whole(self):
        """Whether it holds everything there is, so that nothing need be looked up to know."""
        return is_clerk(self.user)

    def recommendations(self):
        if not self.is_past:
            return self._readable()
        rows = self.rows(Recommendation)
        return rows if self.is_whole else rows.filter(id__in=self._ids())

    def rows(self, model):
        """All there was of it, whoever may read that."""
        return model.as_of(self.on)

    def history_of(self, model):
        """All rows of the history of what may be read: recommendations, or what belongs to them."""
        key = "id" if model is Recommendation else "recommendation"
        return model.history.all() if self.is_whole else model.history.filter(**{f"{key}__in": self._ids()})

    def _readable(self):
        return Recommendation.objects.visible_to(self.user)

    def _ids(self):
        return self._readable().order_by().values("id")

    def follow_ups(self, among=None):
        return self._belonging_to(FollowUpReport, among)

    def responses(self, among=None):
        return self._belonging_to(Response, among)

    def _belonging_to(self, model, among):
        """Rows of the recommendations `among` (all that may be read, unless given)."""
        recommendations = self.recommendations() if among is None else among
        if not recommendations.query.where:
            return self.rows(model)
        return self.rows(model).filter(recommendation__in=recommendations.order_by().values("id"))

    def with_rows_shown(self, reports):
        """Follow-up reports as they are today, each with all that a row of them shows: one query, and no more than that."""
        heard = ProgressUpdate.objects.visible_to(self.user).filter(recommendation=OuterRef("recommendation"))
        heard = heard.filter(said_on__lte=self.on).order_by("-said_on").values("said_on")
        return (
            reports.select_related("recommendation__board", "recommendation__owner")
            .only(*(name for name in SHOWN if name != "last_heard_on"))
            .annotate(last_heard_on=Subquery(heard[:1]))
        )

    # Rows of a page, completed with what a list shows, in as many queries for fifty as for one

    def complete(self, recommendations, joined=NAMED):
        """The recommendations as a list, each with `timeliness`, `slipped` (in days), `next_due_on` and what a row names.

        What is `joined` comes in the same query, which is quicker for a page; of a thousand rows many name the same.
        """
        rows = self._derived_past(recommendations) if self.is_past else self._derived(recommendations, joined)
        if self.is_past or not joined:
            prefetch_related_objects(rows, *NAMED)
        return rows

    def _derived_past(self, recommendations):
        """Rows of a history cannot be joined."""
        rows = list(recommendations)
        same = self.recommendations().filter(id__in=[row.pk for row in rows]).order_by()
        derived = same.with_timeliness(self.on).with_slip(self.on).with_next_date(self.on)
        found = {
            key: (Timeliness(late), slipped.days if slipped else 0, next_due_on)
            for key, late, slipped, next_due_on in derived.values_list("id", "timeliness", "slipped", "next_due_on")
        }
        for row in rows:
            row.timeliness, row.slipped, row.next_due_on = found[row.pk]
        return rows

    def _derived(self, recommendations, joined):
        if joined:
            return self.derived(list(recommendations.select_related(*joined)))
        rows = list(recommendations.with_timeliness(self.on).with_slip(self.on).with_next_date(self.on))
        for row in rows:
            row.timeliness, row.slipped = Timeliness(row.timeliness), row.slipped.days if row.slipped else 0
        return rows

    def derived(self, rows):
        """Of a page it is quicker than to have the database do it: that alone took half of the time of a page."""
        reports, answers = dated(FollowUpReport, rows), dated(Response, rows)
        for row in rows:
            row.timeliness = timeliness_of(row, reports[row.pk], answers[row.pk], self.on)
            row.slipped, row.next_due_on = slip_of(row, reports[row.pk]), next_date_of(row, reports[row.pk])
        return rows

    def complete_with_recommendations(self, belonging, joined=NAMED):
        """Follow-up reports or responses as a list, each with its `recommendation` and `last_heard_on`."""
        rows = list(belonging)
        ids = {row.recommendation_id for row in rows}
        recommendations = {row.pk: row for row in self.complete(self.recommendations().filter(id__in=ids), joined)}
        heard = ProgressUpdate.objects.visible_to(self.user).filter(recommendation__in=ids, said_on__lte=self.on)
        last = dict(heard.order_by().values_list("recommendation").annotate(Max("said_on")))
        for row in rows:
            row.recommendation = recommendations[row.recommendation_id]
            row.last_heard_on = last.get(row.recommendation_id)
        return rows
