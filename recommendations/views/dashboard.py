"""For members, and for everyone where pages are public: what is late, and whose it is."""

from urllib.parse import urlencode

from django.urls import reverse

from recommendations.forms.filters import BelongingFilter
from recommendations.models import DUE_SOON_DAYS, Progress, Timeliness
from recommendations.models.progress import OPEN
from recommendations.views.lists import SLIPPED, BelongingList
from recommendations.views.pictures import Pictures


class Dashboard(BelongingList):
    """Overdue follow-up reports first, then counts, each a link to exactly the rows it counts."""

    template_name = "recommendations/dashboard.html"
    filter_class = BelongingFilter
    sorts = {
        "due": ["due_on"],
        "moved": ["times_moved"],
        "slipped": [SLIPPED],
        "owner": ["recommendation__owner__full_name", "due_on"],
    }

    def get_rows(self):
        self.among = self.recommendations()
        self.reports = self.snapshot.follow_ups(self.among)
        return self.reports.overdue(self.snapshot.on)

    def get_context_data(self, **kwargs):
        on, among = self.snapshot.on, self.among
        answers = self.snapshot.responses(among)
        counts = {
            "answers_overdue": answers.overdue(on).count(),
            "actions_overdue": among.overdue(on).count(),
            "actions_due_soon": among.due_soon(on).count(),
            "reports_due_soon": self.reports.due_soon(on).count(),
            "answers_due_soon": answers.due_soon(on).count(),
            "reported_complete": among.reported_complete().count(),
            "no_owner": among.without_owner().count(),
            "no_date": among.without_date(on).count(),
            "clock_not_started": answers.clock_not_started().count(),
        }
        oldest = self.get_queryset().order_by("due_on").values_list("due_on", flat=True).first()
        return super().get_context_data(**kwargs) | {
            "counts": counts,
            "standing": self.standing_table(),
            "oldest_days": (on - oldest).days if oldest else 0,
            "soon_days": DUE_SOON_DAYS,
            "kept": f"&{urlencode(self.kept)}" if self.kept else "",
            "pictures": Pictures(self.snapshot, self.whose(), self.kept),
        }

    @property
    def kept(self):
        """The filters in use, to hang on every link."""
        asked = {name: self.asked_for(name) for name in ("board", "owner")}
        kept = {name: getattr(value, "pk", value) for name, value in asked.items() if value}
        return kept | ({"on": on.isoformat()} if (on := self.asked_for("on")) else {})

    def standing_table(self):
        """Open recommendations by timeliness (rows) and progress (columns), with the address of each count."""
        counts = self.snapshot.standing(self.among.open())
        return {
            "columns": [progress.label for progress in OPEN],
            "rows": [self._row(counts, late) for late in Timeliness if late != Timeliness.CLOSED],
        }

    def _row(self, counts, late):
        """(label, cells, the whole row's cell)."""
        return late.label, [self._cell(counts, late, progress) for progress in OPEN], self._cell(counts, late)

    def _cell(self, counts, late, progress=None):
        """(count, address) of one cell, or of the whole row."""
        number = sum(n for (a, b), n in counts.items() if a == late and progress in (None, Progress(b)))
        narrowed = {"timeliness": late.value} | ({"progress": progress.value} if progress else {})
        return number, f"{reverse('recommendations')}?{urlencode(narrowed | self.kept)}"
