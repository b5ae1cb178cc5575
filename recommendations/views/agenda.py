"""The tracker for the agenda, of a board or of all: a page that prints as the paper, and files; for clerks, its columns."""

import datetime
from array import array

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Q, Value, When
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recommendations.exports import documents, trackers
from recommendations.exports.chunks import in_chunks
from recommendations.exports.tables import NUMBER
from recommendations.forms.agenda import AgendaFilter, ColumnsForm
from recommendations.models import Board, Recommendation, Snapshot
from recommendations.models.recommendations import slug_of
from recommendations.permissions import is_clerk
from recommendations.views.acts import Act
from recommendations.views.downloads import RecommendationsFile
from recommendations.views.lists import FilteredList

SHOWS = {
    "": gettext_lazy("What is open."),
    AgendaFilter.RECENT: gettext_lazy("What is open, and what was closed in the last 12 months."),
    AgendaFilter.ALL: gettext_lazy("What is open and what is closed."),
}
# From this width, in cm on paper, a column is one to read.
WIDE = 4
YEAR = datetime.timedelta(days=365)


class OnTheAgenda:
    """Mixed into what shows or sends the tracker: its rows, first recommendations and then actions, oldest first."""

    filter_class = AgendaFilter
    sorts = {"asked": ["item__meeting__held_on"]}
    # It has an order of its own, with what no index has: pages go by numbers.
    order = ()

    @cached_property
    def board(self):
        return get_object_or_404(Board, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    @cached_property
    def snapshot(self):
        """What anybody may read is what the public may."""
        is_public = self.asked_for("exempt") == AgendaFilter.WITHOUT
        return Snapshot(AnonymousUser() if is_public else self.request.user, self.filter.day)

    def get_rows(self):
        rows = self.snapshot.recommendations()
        if self.board:
            rows = rows.filter(board=self.board)
        if self.asked_for("show") == AgendaFilter.ALL:
            return rows
        recent = Q(closed_on__gt=self.snapshot.on - YEAR) if self.asked_for("show") else Q()
        return rows.filter(Q(closed_on=None) | recent) if recent else rows.open()

    def in_order(self, rows):
        last = Case(When(kind=Recommendation.Kind.ACTION, then=Value(1)), default=Value(0))
        return rows.order_by(last, "board__name", "item__meeting__held_on", "item_id", "position", "id")

    @property
    def heading(self):
        return _("%(board)s: recommendations and actions") % {"board": self.board or _("All boards")}

    def shown_in_words(self):
        """The sentences under the heading, on the page and on paper."""
        exempt = [_("Holds exempt matter: not for publication.")] if self.holds_exempt() else []
        return [*exempt, str(SHOWS[self.asked_for("show") or ""])]

    def holds_exempt(self):
        return self.get_queryset().filter(Q(exempt_paragraph__gt=0) | Q(item__exempt_paragraph__gt=0)).exists()


class TrackerPage(OnTheAgenda, FilteredList):
    template_name = "recommendations/board_tracker.html"
    # More fill no agenda; the files hold any number.
    paginate_by = 200

    def complete(self, rows):
        return list(in_chunks(array("q", [row.pk for row in rows]), trackers.TrackerRows(self.snapshot).fetch))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        columns, rows = trackers.columns_of(self.board), context["page_obj"].object_list
        actions = [row for row in rows if row.is_action]
        parts = [(_("Recommendations"), [row for row in rows if not row.is_action]), (_("Actions"), actions)]
        return context | {
            "board": self.board,
            "title": self.heading,
            "sentences": self.shown_in_words(),
            "holds_exempt": self.holds_exempt(),
            "columns": columns,
            "parts": [(heading, [cells(row, columns) for row in part]) for heading, part in parts if part],
            "paper": documents.paper_for(columns),
            "file": self.file_address(),
            "file_kinds": self.file_kinds(),
        }

    def file_address(self):
        """Without its ending."""
        name, keys = ("board-tracker-file", [self.board.pk]) if self.board else ("all-trackers-file", [])
        return reverse(name, args=[*keys, "csv"]).removesuffix("csv")

    def file_kinds(self):
        return [("docx", _("Word")), ("xlsx", _("Excel")), ("csv", _("CSV"))]


def cells(row, columns):
    """A row for the page: the address of what it is about; of each column (name, heading, words, is a number, is wide)."""
    told = [
        (column.name, column.heading, column.in_words(row), column.kind == NUMBER, column.width >= WIDE)
        for column in columns
    ]
    return row.asked.get_absolute_url(), told


class TrackerFile(OnTheAgenda, RecommendationsFile):
    """In the columns of the board; `?columns=all` has every one, which brings a tracker in again as it was."""

    name = "tracker"

    def page_address(self):
        return reverse("board-tracker", args=[self.board.pk]) if self.board else reverse("all-trackers")

    def columns(self):
        return super().columns() if self.request.GET.get("columns") == "all" else trackers.columns_of(self.board)

    def paper_columns(self):
        return trackers.columns_of(self.board)

    @property
    def reader(self):
        """What leaves out exempt matter is for everybody."""
        return self.snapshot.user

    def described(self):
        return self.shown_in_words()

    def code(self):
        return slug_of(self.board.code) if self.board else ""


class ChooseColumns(Act):
    """Buttons beside each column move it; nothing is kept before it is saved."""

    heading = gettext_lazy("Columns of the tracker")
    template_name = "recommendations/tracker_columns.html"
    form_class = ColumnsForm
    may = staticmethod(lambda user, board: is_clerk(user))

    def get_thing(self):
        return get_object_or_404(Board, pk=self.kwargs["pk"])

    def post(self, request, *args, **kwargs):
        if "usual" in request.POST:
            self.thing.choose_tracker_columns([], by=request.user)
            messages.success(request, _("The tracker has the usual columns again."))
            return HttpResponseRedirect(self.get_success_url())
        for button, step in (("up", -1), ("down", 1)):
            if button in request.POST:
                return self.move(request.POST[button], step)
        return super().post(request, *args, **kwargs)

    def move(self, name, step):
        order = self.order
        if name in order:
            place = order.index(name)
            order.insert(max(0, place + step), order.pop(place))
        opened = {"version": self.request.POST.get("version")}
        form = self.form_class(thing=self.thing, user=self.request.user, initial=opened)
        return self.render_to_response(self.get_context_data(form=form, rows=self.rows(order), moved=(name, step)))

    def perform(self, form):
        self.thing.choose_tracker_columns(form.chosen, by=self.request.user, version=form.cleaned_data["version"])
        return _("The columns of the tracker are kept.")

    @property
    def order(self):
        """As the page was sent; else those of the board, then the others."""
        sent = [name for name in self.request.POST.getlist("order") if name in trackers.COLUMNS]
        first = sent or [column.name for column in trackers.columns_of(self.thing)]
        return [*first, *(name for name in trackers.COLUMNS if name not in first)]

    def rows(self, order):
        is_sent = self.request.method == "POST"
        own = [column.name for column in trackers.columns_of(self.thing)]
        shown = self.request.POST.getlist("show") if is_sent else own
        return [(trackers.COLUMNS[name], name in shown) for name in order]

    def get_success_url(self):
        return reverse("board-tracker", args=[self.thing.pk])

    def get_context_data(self, **kwargs):
        return {"rows": self.rows(self.order)} | super().get_context_data(**kwargs)
