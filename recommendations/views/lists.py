"""For everyone who reads: what every list shares. Filters kept in the address, sorting, pages of a size, a day."""

from functools import partial
from urllib.parse import parse_qsl, urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from recommendations import clock
from recommendations.forms.filters import NO_OWNER, SIZES, FollowUpFilter, ListFilter, Narrowing
from recommendations.forms.saved_views import in_words
from recommendations.memory import Memory
from recommendations.models import Recommendation, Snapshot, User
from recommendations.models.saved_views import LISTS, WHOLE
from recommendations.models.snapshot import NAMED, SHOWN, shown
from recommendations.permissions import reader
from recommendations.views.paging import LongPaginator, ordering
from recommendations.views.written import Written, joined, part

# What opens a file of each kind.
PROGRAMS = {"docx": _("Word"), "xlsx": _("Excel"), "csv": _("CSV")}
# In days, from the first due date to the present one.
SLIPPED = "slipped"
# The day to watch: a recommendation's own date, or that of its next report.
NEXT_DUE = "next_due_on"
# What an address may ask for and leave its list a known one: nothing that names a record, which may come and go.
PLAIN = {"only", "sort", "size", "page", "after", WHOLE.partition("=")[0]}
# Known lists, none of whose rows is read yet, and what was asked for the first rows of each.
known = Memory(most=100)
# What is worked out only where a list is sorted by it: {field: the queryset's method that annotates it}.
WORKED_OUT = {SLIPPED: "with_slip", NEXT_DUE: "with_next_date"}


class SortedList(ListView):
    """A list that can be narrowed, sorted and paged by its address.

    Subclasses give the rows, the filter and the ways to sort. `get_queryset` has every row that is asked for, in order;
    `complete` makes the rows of a page (or of a download) ready to be shown.
    """

    # How many rows a page has where the address does not say.
    paginate_by = SIZES[0]
    filter_class: type[Narrowing]
    # {name in the address: fields to order by}; a minus before a name turns it round.
    sorts: dict[str, list[str]]
    # How the list is sorted where the address does not say; the first of `sorts`, unless given.
    first_sort = ""
    # What tells rows apart that are alike in that, the same way round always.
    ties: tuple[str, ...] = ("id",)
    # The name of the URL of its file, where it has one (downloads.py), and what kinds that comes in.
    file = ""
    file_endings = ("xlsx", "csv")

    def get(self, request, *args, **kwargs):
        """An address that asks for nothing opens the view that its reader has chosen, if there is one."""
        first = next((view for view in self.views if view.opens_first), None)
        if first and not request.GET:
            return HttpResponseRedirect(first.get_absolute_url())
        return self.show()

    def show(self):
        return super().get(self.request)

    @cached_property
    def filter(self):
        return self.filter_class(self.request.GET, queryset=Recommendation.objects.none(), request=self.request)

    def get_queryset(self):
        return self.in_order(self.narrow(self.get_rows()))

    # What tells its rows from those of all other lists; None where that would take more than the address and the reader.
    shape: tuple | None = None

    def get_rows(self):
        raise NotImplementedError

    def narrow(self, rows):
        """The rows that the filters leave; all of them where the address makes no sense (the page then says so)."""
        form = self.filter.form
        return self.filter.filter_queryset(rows) if form.is_valid() else rows

    @property
    def usual_sort(self):
        return self.first_sort or next(iter(self.sorts))

    @property
    def sort(self):
        asked = self.request.GET.get("sort", "")
        return asked if asked.removeprefix("-") in self.sorts else self.usual_sort

    def in_order(self, rows):
        return rows.order_by(*ordering(self.order, rows.model))

    @property
    def order(self):
        """[(field, whether downwards)]"""
        is_turned = self.sort.startswith("-")
        names = self.sorts[self.sort.removeprefix("-")]
        order = [(name.removeprefix("-"), name.startswith("-") != is_turned) for name in names]
        ties = [(name.removeprefix("-"), name.startswith("-")) for name in self.ties if name not in names]
        return order + ties

    # Views that are kept

    @property
    def query(self):
        """What the address asks for, as far as this list knows it and where it is not the usual."""
        order = {"sort": self.sort} if self.sort != self.usual_sort else {}
        rows = {"size": self.size} if self.size != self.paginate_by else {}
        return urlencode(self.filter.query | order | rows)

    @cached_property
    def views(self):
        """Those of this list that its reader keeps."""
        user, page = self.request.user, self.page_name
        return list(user.saved_views.live().filter(page=page)) if user.is_authenticated and page else []

    @property
    def page_name(self):
        """Of the list, where views of it can be kept; its downloads and other lists have none."""
        name = getattr(self.request.resolver_match, "url_name", "")
        return name if name in LISTS else ""

    def views_in_words(self):
        """[(view, what it narrows the list to, whether this is it)]"""
        told = in_words([view.query for view in self.views], self.filter.form)
        return [(view, words, self.is_shown(view)) for view, words in zip(self.views, told, strict=True)]

    def is_shown(self, view):
        """Whether the address asks for just this, in whichever order."""
        return sorted(parse_qsl(view.query)) == sorted(parse_qsl(self.query))

    # Pages

    @property
    def size(self):
        asked = self.request.GET.get("size", "")
        return int(asked) if asked in map(str, SIZES) else self.paginate_by

    def get_paginator(self, queryset, per_page, **options):
        order = self.order if isinstance(queryset, QuerySet) else []
        after = self.request.GET.get("after", "")
        known = {"shape": self.shape, "leads": self.leads, "ready": self.ready}
        return LongPaginator(queryset, per_page, after=after, order=order, **known)

    def ready(self, rows):
        """The queryset, with all that is read of the rows of a page."""
        return rows

    def leads(self, rows, key, most):
        """What is true of the first rows behind the `key`, and leads to an index."""
        return Q()

    def get_paginate_by(self, queryset):
        return self.size

    def paginate_queryset(self, queryset, page_size):
        """A page that is none (any more) is answered with the nearest one, and the page says so."""
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get("page", 1))
        page.object_list = self.complete(page.object_list)
        return paginator, page, page.object_list, page.has_other_pages()

    def complete(self, rows):
        """The rows as a list, with everything that a row shows."""
        return list(rows)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        asked = self.request.GET
        return context | {
            "form": self.filter.form,
            "narrowed": self.filter.narrowed,
            "whole": f"?{WHOLE}",
            "page_name": self.page_name,
            "views": self.views_in_words(),
            "query": self.query,
            "is_kept": any(map(self.is_shown, self.views)),
            "sort": self.sort,
            "sizes": SIZES if context["paginator"].count > SIZES[0] else (),
            "size": self.size,
            "carried": [(name, asked[name]) for name in ("sort", "size") if asked.get(name)],
            "file": self.file,
            "file_kinds": [(ending, PROGRAMS[ending]) for ending in self.file_endings],
            "has_missed_page": asked.get("page", "1") != str(context["page_obj"].number),
        }


class WrittenSortedList(Written, SortedList):
    """A list whose pages are written once for each version of the records."""

    @property
    def own(self):
        return tuple((view.pk, view.version) for view in self.views)

    def write(self):
        self.object_list = self.get_queryset()
        return self.get_context_data()


class FilteredList(SortedList):
    """A list as it stood on a day."""

    filter_class: type[ListFilter]
    # A page is read in one query with what its rows name; a file has thousands that name the same.
    joined: tuple[str, ...] = NAMED
    # The template of its rows, where each is written once for all that it shows; and what that is.
    row = ""
    shows: tuple[str, ...] = ()

    @cached_property
    def snapshot(self):
        return Snapshot(self.request.user, self.asked_for("on") or clock.today())

    def in_order(self, rows):
        for field in WORKED_OUT.keys() & self.sorts[self.sort.removeprefix("-")]:
            rows = getattr(rows, WORKED_OUT[field])(self.snapshot.on)
        return super().in_order(rows)

    def asked_for(self, name):
        # To check all filters takes queries: not where the address has nothing of this one.
        if not any(key.partition("_")[0] == name for key in self.request.GET):
            return None
        form = self.filter.form
        return form.cleaned_data.get(name) if form.is_valid() else None

    @property
    def is_written(self):
        """Whether its rows are read for the page alone, with no more than they show."""
        return bool(self.joined) and not self.snapshot.is_past

    def written_rows(self, rows):
        """Each written once for all that it shows: a change of a record leaves the others as they are."""
        key = (type(self).__name__, self.snapshot.on)
        return joined(part(self.row, (*key, *shown(row, self.shows)), partial(self.row_context, row)) for row in rows)

    def row_context(self, row):
        """What the template of a row needs of it."""
        raise NotImplementedError

    def complete(self, rows):
        return self.snapshot.complete_with_recommendations(rows, self.joined)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "written": self.written_rows(context["page_obj"].object_list) if self.row else "",
            "on": self.snapshot.on,
            "is_past": self.snapshot.is_past,
        }


class WrittenList(WrittenSortedList, FilteredList):
    """The same as it stood on a day."""

    # Whether its rows depend on the reader, the day and the address alone, and are a queryset.
    is_known = False

    @cached_property
    def shape(self):
        """To put the same question together anew takes longer than to ask it."""
        if not self.is_known or self.snapshot.is_past or not PLAIN.issuperset(self.request.GET):
            return None
        only = self.request.GET.get("only", "")
        return (type(self).__name__, reader(self.request.user), self.snapshot.on, self.sort, only)

    def get_queryset(self):
        if self.shape is None:
            return super().get_queryset()
        # Whoever reads its rows reads those of a copy.
        return known.remember(self.shape, super().get_queryset).all()


class BelongingList(WrittenList):
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


class ReportList(BelongingList):
    """A list of follow-up reports."""

    is_known = True
    row = "recommendations/_report_rows.html"
    shows = SHOWN
    # Whether a row says where its report stands.
    show_standing = False

    def get_rows(self):
        rows = self.snapshot.follow_ups(self.recommendations())
        return self.snapshot.with_rows_shown(rows) if self.is_written else rows

    def leads(self, rows, key, most):
        """The first names of owners, each of whom has one of these at least, so that they fill a page.

        What is awaited is of what is open, since closing waives it; of what is open an index has the owners.
        """
        if not (self.is_awaited and self.sort.removeprefix("-") == "owner"):
            return Q()
        theirs = rows.filter(recommendation__closed_on=None, recommendation__owner=OuterRef("pk")).order_by()
        # One of each is looked for: `Exists` would be made into a join with all that is overdue.
        people = User.objects.alias(has=Subquery(theirs.values("pk")[:1])).filter(has__isnull=False)
        is_down = self.sort.startswith("-")
        if key:
            people = people.filter(**{"full_name__lte" if is_down else "full_name__gte": key[0]})
        names = people.order_by("-full_name" if is_down else "full_name").values("full_name")[:most]
        return Q(recommendation__closed_on=None, recommendation__owner__full_name__in=names)

    @property
    def is_awaited(self):
        """Whether all of them are awaited still."""
        return self.asked_for("only") in FollowUpFilter.awaited

    def complete(self, rows):
        """Those of today have all that they show."""
        return list(rows) if self.is_written else super().complete(rows)

    def row_context(self, row):
        return {"reports": [row], "on": self.snapshot.on, "show_standing": self.show_standing}
