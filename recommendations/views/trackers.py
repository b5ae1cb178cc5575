"""For clerks: old trackers coming in. Upload, say what the columns are, say what the words mean, look at every row, bring in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, ListView, View

from recommendations.forms.fields import sent_number
from recommendations.forms.trackers import ColumnsForm, DiscardTrackerForm, NewTrackerForm, WordsForm
from recommendations.models import OldTracker, Refused
from recommendations.old_trackers.bring import bring_in
from recommendations.old_trackers.plan import FATES, Plan
from recommendations.views.acts import Act
from recommendations.views.files import send
from recommendations.words import count_of

ROWS = 50


class Trackers(ListView):
    """All that were uploaded, whatever came of them."""

    template_name = "recommendations/trackers/list.html"
    paginate_by = 25

    def get_queryset(self):
        return OldTracker.objects.for_list()


class NewTracker(FormView):
    form_class = NewTrackerForm
    template_name = "recommendations/trackers/new.html"
    extra_context = {"title": _("Bring in an old tracker"), "submit_label": _("Read the tracker")}

    def form_valid(self, form):
        said = form.cleaned_data
        tracker = OldTracker.begin(
            said["file"], said["data"], said["tables"], board=said["board"], by=self.request.user
        )
        return HttpResponseRedirect(reverse("tracker", args=[tracker.pk]))

    def get_context_data(self, **kwargs):
        return {"back_url": reverse("trackers")} | super().get_context_data(**kwargs)


class TrackerStep(Act):
    """One step on the way of a tracker; one that is finished leads on to what came of it."""

    following = ""

    def get_thing(self):
        return get_object_or_404(OldTracker.objects.select_related("board"), pk=self.kwargs["pk"])

    def may(self, user, thing):
        return user.is_clerk

    def get(self, request, *args, **kwargs):
        if not self.thing.is_unfinished:
            return HttpResponseRedirect(reverse("tracker-check", args=[self.thing.pk]))
        return super().get(request, *args, **kwargs)

    def get_success_url(self):
        return reverse(self.following, args=[self.thing.pk])

    @cached_property
    def plan(self):
        return Plan(self.thing)


class TrackerColumns(TrackerStep):
    """Which heading means what, as it was recognised, to be corrected."""

    heading = _("Columns")
    form_class = ColumnsForm
    template_name = "recommendations/trackers/columns.html"
    following = "tracker-words"

    def perform(self, form):
        said = form.cleaned_data
        days = {name: said[name] for name in ("held_on", "closes_on", "fills_down")}
        self.thing.name_columns(said["columns"], by=self.request.user, version=said["version"], **days)
        return ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "tracker": self.thing,
            "undated": self.plan.undated,
            "unread": self.plan.reading.unread,
            "count": len(self.plan.rows),
            "earlier": self.thing.earlier(),
            "back_url": reverse("trackers"),
        }


class TrackerWords(TrackerStep):
    """What each status and each owner means, each asked once however many rows have it."""

    heading = _("Statuses and owners")
    form_class = WordsForm
    template_name = "recommendations/trackers/words.html"
    following = "tracker-check"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plan": self.plan}

    def perform(self, form):
        version = form.cleaned_data["version"]
        self.thing.map_words(statuses=form.statuses, owners=form.owners, by=self.request.user, version=version)
        return ""

    def get_context_data(self, **kwargs):
        back = reverse("tracker", args=[self.thing.pk])
        return super().get_context_data(**kwargs) | {"tracker": self.thing, "back_url": back}


class CheckTracker(View):
    """Every row, and what will become of it; then the one button. Once brought in: what came of it."""

    def dispatch(self, request, *args, **kwargs):
        self.tracker = get_object_or_404(OldTracker.objects.select_related("board"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.show_plan() if self.tracker.is_unfinished else self.show_what_came_of_it()

    def post(self, request, pk):
        version = sent_number(request.POST.get("version", ""))
        try:
            came = bring_in(self.tracker, by=request.user, version=version or self.tracker.version)
        except Refused as refusal:
            self.tracker = OldTracker.objects.select_related("board").get(pk=pk)
            messages.error(request, str(refusal))
            return self.get(request, pk)
        made = came["made"]
        messages.success(
            request,
            _("%(made)s brought in.") % {"made": count_of(made, _("recommendation was,recommendations were"))},
        )
        return HttpResponseRedirect(reverse("tracker-check", args=[pk]))

    def show_plan(self):
        plan = Plan(self.tracker)
        asked = self.request.GET.get("show", "")
        shown = asked if asked in FATES else ""
        counts = [(fate, label, plan.counts[fate]) for fate, label in FATES.items()]
        context = {
            "plan": plan,
            "shown": shown,
            "shown_label": FATES.get(shown, _("All rows")),
            "counts": counts,
            "to_make": len(plan.to_make()),
            "page_obj": self.page(plan.rows_with(shown)),
        }
        return render(self.request, "recommendations/trackers/check.html", {"tracker": self.tracker} | context)

    def show_what_came_of_it(self):
        made = self.tracker.recommendations.select_related("owner").order_by("id")
        context = {"tracker": self.tracker, "came": self.tracker.came_of_it, "page_obj": self.page(made)}
        return render(self.request, "recommendations/trackers/came_of_it.html", context)

    def page(self, rows):
        return Paginator(rows, ROWS).get_page(self.request.GET.get("page"))


class DiscardTracker(TrackerStep):
    """It is not brought in after all. The file is kept, with who discarded it and why."""

    form_class = DiscardTrackerForm
    heading = _("Discard this tracker")
    submit_label = _("Discard")

    def perform(self, form):
        self.thing.discard(
            by=self.request.user, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"]
        )
        return _("The tracker is discarded.")

    def get_success_url(self):
        return reverse("trackers")


def tracker_file(request, pk):
    """The file as it was uploaded."""
    return send(request, get_object_or_404(OldTracker, pk=pk))
