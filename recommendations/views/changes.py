"""For members: what changed for a board since its last meeting, as a page and as a Word document."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from recommendations import clock, exports
from recommendations.changes import changes
from recommendations.forms.changes import DaysForm, days_for
from recommendations.models import Meeting

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class ChangesPage(TemplateView):
    """The address carries both days, so that whoever keeps it finds the same paper again."""

    template_name = "recommendations/changes.html"
    name = "meeting-changes"

    def get(self, request, pk):
        self.meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=pk)
        if not request.GET:
            return self.lead_to(self.name, *days_for(self.meeting))
        form = DaysForm(request.GET)
        if not form.is_valid():
            return self.refuse(form)
        days = form.cleaned_data["since"], form.cleaned_data["on"]
        if [request.GET.get("since"), request.GET.get("on")] != [day.isoformat() for day in days]:
            return self.lead_to(self.name, *days)
        return self.show(form, changes(self.meeting, request.user, since=days[0], on=days[1]))

    def refuse(self, form):
        return self.render_to_response(self.get_context_data(form=form))

    def show(self, form, paper):
        return self.render_to_response(self.get_context_data(form=form, paper=paper))

    def lead_to(self, name, since, on):
        return HttpResponseRedirect(f"{reverse(name, args=[self.meeting.pk])}?{self.query(since, on)}")

    def query(self, since, on):
        return urlencode({"since": since.isoformat(), "on": on.isoformat()})

    def get_context_data(self, **kwargs):
        paper = kwargs.get("paper")
        more = {"query": self.query(paper.since, paper.on), "is_today": paper.on == clock.today()} if paper else {}
        return super().get_context_data(**kwargs) | {"meeting": self.meeting} | more


class ChangesInWord(ChangesPage):
    name = "meeting-changes-word"

    def refuse(self, form):
        """The page says what is wrong with the days."""
        page = reverse(ChangesPage.name, args=[self.meeting.pk])
        return HttpResponseRedirect(f"{page}?{self.request.GET.urlencode()}")

    def show(self, form, paper):
        name = f"{paper.code}-{paper.meeting_on.isoformat()}-changes.docx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(exports.word_of_changes(paper), content_type=WORD, headers=headers)
