"""For everyone who reads: the recommendations most like one, which the page of that one fetches once it stands."""

from django.views.generic import DetailView

from recommendations.memory import memory
from recommendations.models import Recommendation, known_shapes
from recommendations.permissions import reader
from recommendations.search.likeness import most_like


class Similar(DetailView):
    """Which they are is looked for once in a while; what is shown of them, and whether it may be read, is as it is now."""

    template_name = "recommendations/similar.html"

    def get_queryset(self):
        return Recommendation.objects.visible_to(self.request.user).only(
            "reference", "title", "text", "slug", "version"
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"likes": self.likes()}

    def likes(self):
        thing, user = self.object, self.request.user
        ids = memory.remember(("likes", thing.pk, thing.version, reader(user)), self.find)
        shown = known_shapes.rows_of(("like", reader(user)), self.rows_shown, ids)
        rows = {row.pk: row for row in shown}
        return [rows[pk] for pk in ids if pk in rows]

    def rows_shown(self, keys):
        return Recommendation.objects.visible_to(self.request.user).for_page().filter(pk__in=keys).order_by()

    def find(self):
        words = f"{self.object.title} {self.object.text}"
        return [pk for _, pk in most_like({"": words}, self.request.user, besides=[self.object.pk])[""]]
