"""For everyone who reads: what every list shares. A day, filters kept in the address, sorting, 25 rows a page."""

from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.views.generic import ListView

from recommendations.forms.filters import NO_OWNER, ListFilter, Narrowing
from recommendations.models import Recommendation, Snapshot

# In days, from the first due date to the present one.
SLIPPED = "slipped"


class SortedList(ListView):
    """A list that can be narrowed and sorted by its address. Subclasses give the filter and the ways to sort."""

    paginate_by = 25
    filter_class: type[Narrowing]
    # {name in the address: fields to order by}; the first is the default, and a minus before a name turns it round.
    sorts: dict[str, list[str]]

    def narrow(self, rows):
        """The rows that the filters leave; all of them where the address makes no sense (the page then says so)."""
        form = self.filter.form
        return self.filter.filter_queryset(rows) if form.is_valid() else rows

    @property
    def sort(self):
        asked = self.request.GET.get("sort", "")
        return asked if asked.removeprefix("-") in self.sorts else next(iter(self.sorts))

    def ordering_fields(self):
        """Rows without a value come last, whichever way round: left alone, each database has its own way."""
        is_turned = self.sort.startswith("-")
        fields = [(name.removeprefix("-"), name.startswith("-")) for name in self.sorts[self.sort.removeprefix("-")]]
        return [OrderBy(F(name), descending=is_down != is_turned, nulls_last=True) for name, is_down in fields]

    def get_context_data(self, **kwargs):
        shown = {"form": self.filter.form, "narrowed": self.filter.narrowed, "sort": self.sort}
        return super().get_context_data(**kwargs) | shown


class FilteredList(SortedList):
    """A list as it stood on a day. Subclasses give the rows as well."""

    filter_class: type[ListFilter]

    def get_queryset(self):
        self.filter = self.filter_class(self.request.GET, queryset=Recommendation.objects.none(), request=self.request)
        self.snapshot = Snapshot(self.request.user, self.filter.day)
        rows = self.narrow(self.get_rows())
        if self.sort.removeprefix("-") == SLIPPED:
            rows = rows.with_slip(self.snapshot.on)
        return rows.order_by(*self.ordering_fields(), "id")

    def get_rows(self):
        raise NotImplementedError

    def asked_for(self, name):
        form = self.filter.form
        return form.cleaned_data.get(name) if form.is_valid() else None

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = self.complete(rows)
        return paginator, page, page.object_list, is_paginated

    def complete(self, rows):
        """The page's rows with everything a row shows."""
        return self.snapshot.complete_with_recommendations(rows)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "on": self.snapshot.on,
            "is_past": self.snapshot.is_past,
        }


class BelongingList(FilteredList):
    """A list of what belongs to recommendations, narrowed by the board and the owner of those."""

    def recommendations(self):
        return self.snapshot.recommendations().filter(self.whose())

    def whose(self):
        """The board and the owner that the address asks for, of recommendations as they stood."""
        board, owner = self.asked_for("board"), self.asked_for("owner")
        rule = Q(board=board) if board else Q()
        if owner == NO_OWNER:
            return rule & Q(owner=None)
        return rule & Q(owner=owner) if owner else rule
