"""Whatever belongs to one recommendation, for its page: each table by one question, and none that has no row of it."""

from recommendations.models import known_shapes
from recommendations.models.due_dates import DateChange
from recommendations.models.own_version import version_of
from recommendations.models.recommendations import Recommendation
from recommendations.permissions import reader

# What the recommendation itself names.
WAYS = ("board", "owner", "closed_at__board")


class OwnRows:
    """`versions`: those of the page (own_version.py), which tell what there is at all and how long names hold."""

    def __init__(self, slug, user, versions):
        self.slug, self.user, self.versions = slug, user, versions

    @classmethod
    def of(cls, recommendation, user):
        own = cls(recommendation.slug, user, version_of(recommendation.slug, user.pk))
        own.pk = recommendation.pk
        return own

    def has(self, table):
        return self.versions[table] is not None

    def recommendation(self):
        """As far as the reader may read it; else None."""

        def make(slug):
            rows = Recommendation.objects.visible_to(self.user).select_related("item__meeting")
            return rows.filter(slug=slug).order_by()

        found = known_shapes.rows(("visible", reader(self.user)), make, self.slug)
        known_shapes.name(found, WAYS, self.versions)
        known_shapes.name([one.item.meeting for one in found], ["board"], self.versions)
        for one in found:
            self.pk = one.pk
        return found[0] if found else None

    def rows(self, model, ways, order="id"):
        def make(key):
            return model._base_manager.filter(recommendation=key).order_by(order)

        return self._read(model, ("rows", model), make, ways)

    def dates_asked_for(self):
        """Later dates that wait for the clerk, of its own and of its reports."""

        def make(key):
            return DateChange.objects.filter(recommendation=key).for_desk()

        return known_shapes.rows(("waiting", DateChange), make, self.pk) if self.has("datechange") else []

    def history(self, model, ways):
        key_of = "id" if model is Recommendation else "recommendation"

        def make(key):
            return model.history.model._base_manager.filter(**{key_of: key}).order_by("history_id")

        return self._read(model, ("history", model), make, ways)

    def _read(self, model, shape, make, ways):
        if not self.has(model._meta.model_name):
            return []
        found = known_shapes.rows(shape, make, self.pk)
        known_shapes.name(found, ways, self.versions)
        return found
