"""For members, and for everyone where pages are public: all that is late, with expected dates and reasons."""

from recommendations import clock, late
from recommendations.forms.late import KINDS, LateFilter
from recommendations.models.kept_figures import versions
from recommendations.trends.kept import KeptTrends, is_large
from recommendations.trends.parts import TODAY
from recommendations.views.lists import BelongingList


class Late(BelongingList):
    """Reports, answers and actions in one list, the oldest first. A hundred rows a page: it is made to be printed."""

    template_name = "recommendations/late.html"
    filter_class = LateFilter
    paginate_by = 100
    sorts = {"due": ["due_on"], "moved": ["times_moved"], "who": ["who"]}
    row = "recommendations/_late_row.html"
    shows = (
        "kind", "what", "expected", "reason", "thing__due_on", "thing__original_due_on", "thing__times_moved",
        "thing__number", "thing__addressee", "recommendation__slug", "recommendation__reference", "recommendation__title",
        "recommendation__is_restricted", "recommendation__board__name",
        *(f"recommendation__owner__{name}" for name in ("full_name", "email", "job_title")),
    )  # fmt: skip

    def row_context(self, row):
        return {"row": row, "on": self.snapshot.on}

    def get_rows(self):
        """Keys of three kinds of rows, so that they are put in order here and not by the database."""
        return late.LateThings(self.snapshot, self.recommendations(), counts=self.counts())

    def counts(self):
        """{kind: how many are late} of a large site, as the dashboard has them; none where that is narrowed, or out of date."""
        if self.whose() or self.snapshot.on != clock.today() or not is_large():
            return {}
        figures = KeptTrends(self.snapshot, [TODAY], versions(getattr(self.request, "newest", None)))
        figures.count_later()
        if figures.stale or figures.missing:
            return {}
        found = figures.trends.counts
        return {kind: found[f"{kind}_overdue"] for kind, _label in KINDS}

    def narrow(self, rows):
        kind = self.asked_for("only")
        return rows.of(kind) if kind else rows

    def in_order(self, rows):
        (field,) = self.sorts[self.sort.removeprefix("-")]
        return rows.by(field, is_down=self.sort.startswith("-"))

    def complete(self, rows):
        return late.completed(self.snapshot, rows)

    def get_context_data(self, **kwargs):
        oldest = self.object_list.oldest
        counts = [(kind, label, self.object_list.figures[kind]["n"]) for kind, label in KINDS]
        context = super().get_context_data(**kwargs)
        return context | {
            "counts": counts,
            "oldest_days": (self.snapshot.on - oldest).days if oldest else 0,
            "holds_exempt": any(row.recommendation.is_restricted for row in context["page_obj"].object_list),
        }
