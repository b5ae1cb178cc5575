"""For members, and for everyone where pages are public: what is late, and whose it is."""

from functools import partial
from urllib.parse import urlencode

from django.db.models import Min
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from recommendations.forms.filters import BelongingFilter
from recommendations.memory import Packed
from recommendations.models import DUE_SOON_DAYS, Timeliness
from recommendations.models.progress import OPEN
from recommendations.trends.kept import figures_for
from recommendations.views.lists import SLIPPED, ReportList
from recommendations.views.pictures import Pictures
from recommendations.views.written import joined, part

# What stands below the rows.
overviews = Packed(most=50)


class Dashboard(ReportList):
    """Overdue follow-up reports first, then counts, each a link to exactly the rows it counts."""

    template_name = "recommendations/dashboard.html"
    filter_class = BelongingFilter
    sorts = {
        "due": ["due_on"],
        "moved": ["times_moved", "id"],
        "slipped": [SLIPPED],
        "owner": ["recommendation__owner__full_name", "due_on"],
    }

    is_awaited = True

    def get_rows(self):
        return super().get_rows().overdue(self.snapshot.on)

    def show(self):
        self.figures.count_later()
        return super().show()

    @property
    def versions(self):
        return (self.figures.versions, self.figures.key)

    @cached_property
    def figures(self):
        return figures_for(self.snapshot, self.whose(), super().versions)

    def get_paginator(self, queryset, per_page, **options):
        """How many rows there are is one of the figures."""
        paginator = super().get_paginator(queryset, per_page, **options)
        paginator.found = paginator.count = self.figures.trends.counts["reports_overdue"]
        return paginator

    def get_context_data(self, **kwargs):
        figures = self.figures
        context = super().get_context_data(**kwargs)
        key = (get_language(), urlencode(self.kept), figures.key)
        return context | {
            "oldest_days": self.oldest_days(context["page_obj"]),
            "counted_at": figures.counted_at,
            "kept": f"&{urlencode(self.kept)}" if self.kept else "",
            "overview": mark_safe(overviews.written(key, self.overview).decode()),  # noqa: S308 - a template wrote it
        }

    def oldest_days(self, page):
        """How late the oldest of all rows is: on the first page of the usual order, its first row."""
        if page.number == 1 and self.sort == self.usual_sort:
            oldest = next((row.due_on for row in page.object_list), None)
        else:
            oldest = self.get_queryset().aggregate(Min("due_on"))["due_on__min"]
        return (self.snapshot.on - oldest).days if oldest else 0

    def overview(self):
        """Everything below the rows, which is the same for all whose figures are the same."""
        trends = self.figures.trends
        context = {
            "counts": trends.counts,
            "standing": self.standing_table(trends.standing),
            "soon_days": DUE_SOON_DAYS,
            "kept": f"&{urlencode(self.kept)}" if self.kept else "",
            "pictures": self.written_pictures(),
            "has_months": self.figures.has_months,
            "is_counting": self.figures.is_counting,
        }
        return render_to_string("recommendations/_overview.html", context).encode()

    def written_pictures(self):
        """Each written once for the same numbers and names."""
        figures, kept = self.figures, urlencode(self.kept)
        names = [self.request.newest[table] for table in ("user", "organisation", "redaction")]
        pictures = Pictures(figures.trends, self.kept, has_months=figures.has_months)
        return joined(
            part(
                "recommendations/_picture.html",
                (make.__name__, numbers, self.snapshot.on, kept, *names),
                lambda make=make: {"picture": make()},
            )
            for numbers, make in pictures
        )

    @property
    def kept(self):
        """The filters in use, to hang on every link."""
        asked = {name: self.asked_for(name) for name in ("board", "owner")}
        kept = {name: getattr(value, "pk", value) for name, value in asked.items() if value}
        return kept | ({"on": on.isoformat()} if (on := self.asked_for("on")) else {})

    def standing_table(self, counts):
        """Open recommendations by timeliness (rows) and progress (columns): the labels of these, the rows written.

        A change leaves most rows as they were: each is written once for the same numbers.
        """
        rows = {late: [counts.get((late, each.value), 0) for each in OPEN] for late in Timeliness}
        kept = urlencode(self.kept)
        return {
            "columns": [progress.label for progress in OPEN],
            "rows": joined(
                part("recommendations/_standing_row.html", (late, *numbers, kept), partial(self._row, late, numbers))
                for late, numbers in rows.items()
                if late != Timeliness.CLOSED
            ),
        }

    def _row(self, late, numbers):
        """Each count with the address of what it counts, and so the whole row's."""
        address = reverse("recommendations")

        def cell(number, **asked):
            return number, f"{address}?{urlencode({'timeliness': late.value} | asked | self.kept)}"

        return {
            "label": late.label,
            "cells": [cell(n, progress=each.value) for each, n in zip(OPEN, numbers, strict=True)],
            "whole": cell(sum(numbers)),
        }
