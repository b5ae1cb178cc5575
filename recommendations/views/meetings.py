"""Meetings and their minutes, for everyone who reads; clerks add and change them."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView

from recommendations import clock
from recommendations.forms.meetings import CorrectMeetingForm, MeetingFilter, MeetingForm
from recommendations.models import AgendaItem, Meeting, Recommendation
from recommendations.permissions import is_clerk
from recommendations.views.acts import Act
from recommendations.views.lists import SortedList


class Meetings(SortedList):
    """Those of all boards, with what each asked and what of that is still open."""

    template_name = "recommendations/meeting_list.html"
    filter_class = MeetingFilter
    file = "meetings-file"
    sorts = {"date": ["held_on"], "board": ["board__name"], "asked": ["asked_count"], "open": ["open_count"]}
    ties = ("-held_on", "board__name", "id")
    first_sort = "-date"

    def get_rows(self):
        return Meeting.objects.select_related("board").with_counts(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"on": clock.today()}


class MeetingPage(DetailView):
    """Agenda items with witnesses, points and outcomes; what the Board decided at it."""

    template_name = "recommendations/meeting.html"
    queryset = Meeting.objects.select_related("board")

    def get_context_data(self, **kwargs):
        user, meeting = self.request.user, self.object
        visible = Recommendation.objects.visible_to(user).select_related("owner", "board")
        items = list(AgendaItem.objects.visible_to(user).filter(meeting=meeting).with_minutes())
        asked = list(visible.filter(item__in=items).with_timeliness().order_by("position"))
        for item in items:
            item.outcomes = [recommendation for recommendation in asked if recommendation.item_id == item.pk]
        return super().get_context_data(**kwargs) | {
            "items": items,
            "hidden_count": meeting.items.count() - len(items),
            "closed_here": visible.filter(closed_at=meeting),
            "received_here": meeting.reports.filter(recommendation__in=visible).select_related("recommendation"),
            "dates_here": meeting.date_changes.filter(recommendation__in=visible).select_related(
                "recommendation", "follow_up__recommendation"
            ),
            "on": clock.today(),
        }


class AddMeeting(CreateView):
    form_class = MeetingForm
    template_name = "recommendations/form.html"
    extra_context = {
        "title": gettext_lazy("Add a meeting"),
        "submit_label": gettext_lazy("Add the meeting"),
        "back_url": reverse_lazy("meetings"),
    }

    def form_valid(self, form):
        self.object = form.save(commit=False).record(by=self.request.user)
        messages.success(self.request, _("The meeting is added."))
        return HttpResponseRedirect(self.get_success_url())


class CorrectMeeting(Act):
    heading = gettext_lazy("Correct the meeting")
    form_class = CorrectMeetingForm
    may = staticmethod(lambda user, meeting: is_clerk(user))

    def get_thing(self):
        return get_object_or_404(Meeting.objects.select_related("board"), pk=self.kwargs["pk"])

    def perform(self, form):
        said = form.cleaned_data
        self.thing.correct(
            held_on=said["held_on"], place=said["place"], by=self.request.user, reason=said["reason"],
            version=said["version"],
        )  # fmt: skip
        return _("The meeting is corrected.")
