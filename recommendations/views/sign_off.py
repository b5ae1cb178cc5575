"""For clerks: down one page, what the Board decided at a meeting; a summary; then everything saved at once."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from recommendations import clock
from recommendations.forms.sign_off import SignOff, Unsaved
from recommendations.models import Meeting

# What the buttons of the page and of its summary ask for; the page's own leads to the summary.
SAVE, CHANGE = "save", "change"


class SignOffMeeting(TemplateView):
    template_name = "recommendations/sign_off.html"
    summary_name = "recommendations/sign_off_summary.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=self.kwargs["pk"])

    @property
    def is_held(self):
        return self.meeting.held_on <= clock.today()

    def sheet(self, data=None):
        return SignOff(self.meeting, self.request.user, data)

    def get(self, request, **kwargs):
        return self.show(self.sheet() if self.is_held else None)

    def post(self, request, **kwargs):
        if not self.is_held:
            return self.show(None)
        sheet, act = self.sheet(request.POST), request.POST.get("act")
        if act == CHANGE or not sheet.is_valid():
            return self.show(sheet)
        if act == SAVE:
            return self.save(sheet)
        self.template_name = self.summary_name
        return self.show(sheet)

    def save(self, sheet):
        try:
            is_saved = sheet.save(by=self.request.user)
        except Unsaved as unsaved:
            # Anew: the records in memory had been changed before the transaction was taken back.
            sheet = self.sheet(self.request.POST)
            sheet.is_valid()
            sheet.tell(unsaved.refusals)
            return self.show(sheet)
        told = (
            _("Saved: %(totals)s.") % {"totals": sheet.totals}
            if is_saved
            else _("This was saved already, so nothing was changed again.")
        )
        messages.success(self.request, told)
        return HttpResponseRedirect(self.meeting.get_absolute_url())

    def show(self, sheet):
        return self.render_to_response(self.get_context_data(sheet=sheet))

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {"meeting": self.meeting, "on": clock.today()}
        if (sheet := context["sheet"]) is not None:
            # Their errors make the page's title begin with "Error".
            wrong = [form for form in sheet.forms if form.is_bound and form.errors]
            context |= {"form": wrong[0] if wrong else sheet.form, "came_later": sheet.sitting.came_later()}
        return context
