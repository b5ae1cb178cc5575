"""For members, and for everyone where pages are public: what came of what a board asked, by municipal year."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.generic import TemplateView

from recommendations import clock, exports
from recommendations.contacts import words_for
from recommendations.forms.impact import AsOfForm
from recommendations.impact import boards, figures, impact, is_too_much, label_of, year_in_words, year_of, years
from recommendations.models import Board, Snapshot
from recommendations.views.changes import WORD

# Of which councils can have minutes, and dates can be reckoned.
YEARS = range(1900, 2201)
ROWS_A_PAGE = 100
HEADLINES = ("asked", "accepted", "done", "late")


def board_of(pk):
    return None if pk is None else get_object_or_404(Board, pk=pk)


def address_of(board, year, *, name="year"):
    """Of that board, or with none of all boards, in that year."""
    return reverse(f"board-impact-{name}", args=[board.pk, year]) if board else reverse(f"impact-{name}", args=[year])


def latest_impact(request, pk=None):
    """Leads to the latest year in which there is anything."""
    board, today = board_of(pk), clock.today()
    found = years(Snapshot(request.user, today), board)
    return HttpResponseRedirect(address_of(board, found[0] if found else year_of(today)))


class ImpactPage(TemplateView):
    template_name = "recommendations/impact/year.html"

    def get(self, request, year, pk=None):
        if year not in YEARS:
            raise Http404
        self.board, self.year, self.form = board_of(pk), year, AsOfForm(request.GET)
        on = self.form.cleaned_data["on"] if self.form.is_valid() else None
        self.snapshot = Snapshot(request.user, on or clock.today())
        if self.board is None and is_too_much(self.snapshot, year):
            return self.leave_to_boards()
        return self.show(*impact(self.snapshot, self.board, year))

    def leave_to_boards(self):
        """The boards of a large site together have too much for one page; each has its own."""
        self.template_name = "recommendations/impact/by_board.html"
        ways = {"other_years": self.other_years(), "other_boards": self.other_boards(), "kept": self.kept}
        context = {"year": self.year, "year_in_words": year_in_words(self.year), "form": self.form} | ways
        return self.render_to_response(context)

    def show(self, now, before):
        return self.render_to_response(self.get_context_data(now=now, before=before))

    @property
    def kept(self):
        """The day, to hang on every link; nothing where it is today's page."""
        asked = self.form.is_valid() and self.form.cleaned_data["on"]
        return f"on={asked.isoformat()}" if asked else ""

    def get_context_data(self, **kwargs):
        now = kwargs["now"]
        asked = self.request.GET.get("show", "")
        show = asked if asked in now.rows and asked not in ("changed", "lateness") else "asked"
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "on": self.snapshot.on,
            "is_past": self.snapshot.is_past,
            "board": self.board,
            "compared": now.compared_with(kwargs["before"]),
            "figures": figures(now, kwargs["before"]),
            "headlines": [(name, now.count(name)) for name in HEADLINES],
            "show": show,
            "show_label": label_of(show),
            "page_obj": Paginator(now.rows[show], ROWS_A_PAGE).get_page(self.request.GET.get("page")),
            "kept": self.kept,
            "word": address_of(self.board, self.year, name="word"),
            "year_before": address_of(self.board, self.year - 1),
            "other_years": self.other_years(),
            "other_boards": self.other_boards(),
        }

    def other_years(self):
        found = [year for year in years(self.snapshot, self.board) if year != self.year]
        return [(year_in_words(year), address_of(self.board, year)) for year in found]

    def other_boards(self):
        """(board, its address), first of all of them together."""
        return [(each, address_of(each, self.year)) for each in (None, *boards()) if each != self.board]


class ImpactInWord(ImpactPage):
    def show(self, now, before):
        code = self.board.code if self.board else "all"
        name = f"{code}-impact-{self.year}-{(self.year + 1) % 100:02}.docx"
        content = exports.word_of_impact(now, before, words_for(self.request.user))
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
        return HttpResponse(content, content_type=WORD, headers=headers)
