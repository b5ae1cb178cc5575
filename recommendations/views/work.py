"""My work, for officers: what must I do next? The clerk's desk: what needs me?"""

from itertools import chain

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from recommendations import clock
from recommendations.forms.work import AssignFormSet
from recommendations.models import (
    DateChange,
    Mail,
    Meeting,
    MinutesDraft,
    Recommendation,
    Refused,
    Snapshot,
    User,
    to_sign_off,
)
from recommendations.models.snapshot import shown
from recommendations.permissions import is_organiser
from recommendations.trends.kept import KeptTrends
from recommendations.trends.parts import TODAY
from recommendations.views import getting_started
from recommendations.views.written import Written, joined, part
from recommendations.words import count_of

TASK = "recommendations/_task.html"
# What a task shows of its recommendation, and what must be known of a report.
SUBJECT = ("slug", "reference", "title", "progress", "due_on", "original_due_on", "times_moved", "board__name")
REPORT = ("recommendation", "number", "due_on", "original_due_on", "times_moved", "submitted_on", "waived_on")


def home(request):
    """After signing in: officers to their work, clerks to their desk, everyone else to the dashboard.

    Clerks and administrators of a site with nothing in it begin with the guide.
    """
    if is_organiser(request.user) and not getting_started.is_begun():
        return redirect("getting-started")
    if request.user.is_clerk:
        return redirect("desk")
    return redirect("my-work" if request.user.is_officer else "dashboard")


class MyWork(Written, TemplateView):
    """One list by urgency; each row says the one thing asked of me, and opens the form for it."""

    template_name = "recommendations/my_work.html"

    def get(self, request):
        return self.show()

    def get_context_data(self, **kwargs):
        on, user = clock.today(), self.request.user
        snapshot = Snapshot(user, on)
        mine = snapshot.recommendations().open().owned_by(user)
        rows = {row.pk: row for row in mine.select_related("board").only(*SUBJECT)}
        found = snapshot.follow_ups(mine).unsettled().only(*REPORT)
        # Of one that was handed over between the two questions, the recommendation is not at hand.
        reports = [report for report in found if report.recommendation_id in rows]
        awaited = [report for report in reports if report.is_outstanding]
        for report in awaited:
            report.recommendation = rows[report.recommendation_id]
        tasks = [self.report_task(report) for report in awaited]
        with_board = {report.recommendation_id for report in reports if report.is_submitted}
        with_report = {report.recommendation_id for report in awaited}
        tasks += [self.action_task(row, with_board) for row in rows.values() if row.due_on or row.pk not in with_report]
        groups = [(name, len(some), self.written(some, on)) for name, some in self.grouped(tasks, on)]
        return super().get_context_data(**kwargs) | {"groups": groups}

    def written(self, tasks, on):
        """Each written once for all that it shows."""
        return joined(part(TASK, (on, *self.shown(task)), {"task": task, "on": on}) for task in tasks)

    def shown(self, task):
        report, dated = task.get("report"), task.get("dated")
        days = shown(dated, ("due_on", "original_due_on", "times_moved")) if dated else ()
        return (*shown(task["subject"], SUBJECT), task["what"], "waits" in task, report and report.pk, *days)

    def report_task(self, report):
        what = _("Submit follow-up report %(number)s") % {"number": report.number}
        subject = report.recommendation
        return {"due_on": report.due_on, "dated": report, "what": what, "subject": subject, "report": report}

    def action_task(self, recommendation, with_board):
        """`with_board`: the ids of those of which the Board has a report to receive."""
        waits = ""
        if recommendation.progress == Recommendation.Progress.REPORTED_COMPLETE:
            waits = _("Nothing for you: the Board decides on closing")
        elif recommendation.due_on is None and recommendation.pk in with_board:
            waits = _("Nothing for you: the report goes before the Board")
        if waits:
            return {"due_on": None, "what": waits, "subject": recommendation, "waits": True}
        due_on = recommendation.due_on
        return {"due_on": due_on, "dated": recommendation, "what": _("Update progress"), "subject": recommendation}

    def grouped(self, tasks, on):
        """[(heading, tasks)], the most urgent first; groups without tasks are left out."""
        groups = {
            "Overdue": [t for t in tasks if t["due_on"] and t["due_on"] < on],
            _("Due in the next 28 days"): [t for t in tasks if t["due_on"] and 0 <= (t["due_on"] - on).days <= 28],
            "Later": [t for t in tasks if t["due_on"] and (t["due_on"] - on).days > 28],
            _("No date set"): [t for t in tasks if t["due_on"] is None and "waits" not in t],
            _("Waiting for the Board"): [t for t in tasks if "waits" in t],
        }
        by_due = {
            name: sorted(rows, key=lambda t: (t["due_on"] or on, t["subject"].pk)) for name, rows in groups.items()
        }
        return [(name, rows) for name, rows in by_due.items() if rows]


class Desk(TemplateView):
    """Counts that open lists, then what waits for a decision."""

    template_name = "recommendations/desk.html"
    # So many requests and meetings are shown, those that wait longest first; when they are decided, others come.
    MOST = 25

    def get_context_data(self, **kwargs):
        on = clock.today()
        user = self.request.user
        figures = KeptTrends(Snapshot(user, on), [TODAY])
        figures.count_later()
        requests, meetings = DateChange.objects.for_desk(), list(to_sign_off(on))
        return super().get_context_data(**kwargs) | {
            "on": on,
            "guide": getting_started.progress(self.request),
            "counts": figures.trends.counts | self.counts(user, on),
            "counted_at": figures.counted_at,
            "requests": requests[: self.MOST],
            "requests_count": DateChange.objects.waiting().count(),
            "meetings_to_sign_off": meetings[: self.MOST],
            "other_meetings": len(meetings[self.MOST :]),
            "next_meetings": Meeting.objects.to_come(on).select_related("board").order_by("held_on")[:5],
        }

    def counts(self, user, on):
        """What the figures do not have, each by an index that holds little else."""
        return {
            "drafts": MinutesDraft.objects.unfinished().count(),
            "reports_received": Snapshot(user, on).follow_ups().awaiting_board().count(),
            "mails_refused": Mail.objects.refused_lately(on).count(),
        }


class AssignMany(TemplateView):
    """Owners and dates for everything that lacks one, down one list, without opening each."""

    template_name = "recommendations/assign.html"
    PAGE, FEW = 50, 5
    # So many are put in order; and so many options stand on a page.
    MOST, OPTIONS = 1_000, 25_000

    def lacking(self):
        snapshot = Snapshot(self.request.user, clock.today())
        rows = snapshot.recommendations()
        # Each by an index of its own: to look for either, or in this order, all that is open would be read.
        kinds = (rows.without_owner(), rows.without_date())
        found = chain(*(kind.order_by().values_list("pk", flat=True)[: self.MOST] for kind in kinds))
        order = ("item__meeting__held_on", "position", "id")
        # Cut here: asked for the first of them, PostgreSQL would go through all meetings instead.
        first = sorted(rows.filter(pk__in={*found}).order_by().values_list(*order))[: self.page]
        return snapshot.complete(rows.filter(pk__in=[pk for *_, pk in first]).order_by(*order))

    @property
    def page(self):
        """Each row has a list of everybody who may own something."""
        owners = User.objects.possible_owners().count()
        return min(self.PAGE, max(self.FEW, self.OPTIONS // max(owners, 1)))

    def asked(self):
        """What the form that was sent asked about, whatever somebody else may have given meanwhile."""
        slugs = {name.rsplit("-", 1)[0] for name in self.request.POST}
        rows = Recommendation.objects.visible_to(self.request.user).filter(slug__in=slugs)
        return list(rows.select_related("owner").order_by("item__meeting__held_on", "position", "id"))

    def get_context_data(self, **kwargs):
        return {"formset": AssignFormSet(self.lacking())} | super().get_context_data(**kwargs)

    def post(self, request):
        formset = AssignFormSet(self.asked(), data=request.POST)
        if formset.is_valid():
            try:
                with transaction.atomic():
                    saved = formset.save(by=request.user)
            except Refused:
                # The row that was refused says so.
                return self.render_to_response(self.get_context_data(formset=formset))
            rows = count_of(saved, _("recommendation,recommendations"))
            messages.success(request, _("%(rows)s changed.") % {"rows": rows})
            return HttpResponseRedirect(request.path)
        return self.render_to_response(self.get_context_data(formset=formset))
