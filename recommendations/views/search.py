"""For everyone who reads: finding recommendations, and what was said about them, by their words."""

from urllib.parse import urlencode

from django.views.generic import ListView, TemplateView

from recommendations.contacts import question_without_contacts
from recommendations.forms.search import SearchFilter
from recommendations.memory import Memory
from recommendations.models import Searchable
from recommendations.search.finding import Finding
from recommendations.search.likeness import LONGEST, asked_before
from recommendations.search.questions import read
from recommendations.views.written import Written, joined, part

RESULT = "recommendations/_result.html"
# Results as they are written, some 1 kB each: whoever looks through what was found turns pages back and forth.
results = Memory(most=500)


def written(result):
    return part(RESULT, result.shown, {"result": result, "of": result.recommendation}, results)


class Search(Written, ListView):
    template_name = "recommendations/search.html"
    paginate_by = 25

    def get(self, request):
        return self.show()

    def write(self):
        self.object_list = self.get_queryset()
        return self.get_context_data()

    def get_queryset(self):
        asked, rows = self.request.GET, Searchable.objects.all()
        words, is_public = asked.get("q", ""), not self.request.user.is_authenticated
        self.question = read(question_without_contacts(words) if is_public else words)
        self.filter = SearchFilter(asked, queryset=rows, request=self.request)
        form = self.filter.form
        is_valid = form.is_valid()
        kind = form.cleaned_data.get("kind") if is_valid else None
        rows = self.filter.filter_queryset(rows) if is_valid else rows
        return Finding(self.request.user, self.question, rows, kind or None)

    def get_context_data(self, **kwargs):
        finding = self.object_list
        context = super().get_context_data(**kwargs)
        is_first = context["page_obj"].number == 1
        return context | {
            "question": self.question,
            "written": joined(map(written, context["page_obj"].object_list)),
            "form": self.filter.form,
            "narrowed": self.filter.narrowed,
            "clear_url": self.filter.question_alone,
            "has_all": finding.has_all,
            "is_more": finding.is_more,
            "named": finding.named if is_first else [],
            "found_count": finding.count() + len(finding.named),
            "kinds": [(kind, n, self.address_of(kind)) for kind, n in finding.counts.items()],
            "all_url": self.address_of(None),
            "all_count": sum(finding.counts.values()),
            "kind": finding.kind,
        }

    def address_of(self, kind):
        """This search, narrowed to one kind."""
        kept = {name: value for name, value in self.request.GET.items() if value and name not in ("kind", "page")}
        return f"?{urlencode(kept | ({'kind': kind.value} if kind else {}))}"


class AskedBefore(TemplateView):
    """A planned wording, and the earlier recommendations that are like it."""

    template_name = "recommendations/asked_before.html"
    most = 10

    def get_context_data(self, **kwargs):
        words = self.request.GET.get("words", "").replace("\0", " ").strip()[:LONGEST]
        likes = asked_before({"": words}, self.request.user, most=self.most)[""]
        return super().get_context_data(**kwargs) | {"words": words, "likes": likes, "longest": LONGEST}
