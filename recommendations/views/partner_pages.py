"""For partners without an account: what a link opens, and the forms with which they answer and tell how it goes.

The pages name nobody but the Board, and link to nothing but each other.
"""

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from recommendations import clock
from recommendations.forms import partners as forms
from recommendations.limits import SUBMISSIONS, TooOften
from recommendations.models import ProgressUpdate, Refused
from recommendations.views.acts import Act

MEETING = "recommendation__item__meeting__board"


class Questions(TemplateView):
    """What is asked of the organisation, unanswered first and the most urgent of those on top."""

    template_name = "recommendations/partner/questions.html"

    def get_context_data(self, **kwargs):
        link = self.request.partner_link
        rows = list(link.rows.select_related(MEETING, "regime").order_by(F("due_on").asc(nulls_last=True), "pk"))
        updates = self.updates(link, {row.recommendation_id for row in rows})
        used = set(link.uses.values_list("response", flat=True))
        shown = [
            {"answer": row, "updates": updates.get(row.recommendation_id, []), "is_used": row.pk in used}
            for row in rows
        ]
        return super().get_context_data(**kwargs) | {
            "on": clock.today(),
            "link": link,
            "awaited": [row for row in shown if row["answer"].is_unanswered],
            "answered": [row for row in shown if not row["answer"].is_unanswered],
        }

    def updates(self, link, ids):
        """{recommendation's id: updates} of what this organisation has said through its links, newest first."""
        told = {}
        for update in ProgressUpdate.objects.opened_by(link).filter(recommendation__in=ids):
            told.setdefault(update.recommendation_id, []).append(update)
        return told


class PartnerAct(Act):
    """On one row that the link opens; any other is unknown."""

    may = staticmethod(lambda user, thing: True)

    def get_thing(self):
        return get_object_or_404(self.request.partner_link.rows.select_related(MEETING, "regime"), pk=self.kwargs["pk"])

    def must_be_possible(self):
        """Raises the refusal of the verb, where nothing need be typed to know it."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        try:
            self.must_be_possible()
        except Refused as refusal:
            messages.info(request, str(refusal))
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        link = request.partner_link
        try:
            SUBMISSIONS.must_allow(link.pk)
        except TooOften as refusal:
            return self.hold_back(refusal)
        SUBMISSIONS.count(link.pk)
        return super().post(request, *args, **kwargs)

    def hold_back(self, refusal):
        """What was typed stays in the form, to be sent again later."""
        form = self.get_form()
        form.add_error(None, str(refusal))
        response = self.form_invalid(form)
        response.status_code, response.headers["Retry-After"] = 429, refusal.seconds
        return response

    def get_success_url(self):
        return reverse("partner-questions", args=[self.kwargs["key"]])

    def get_context_data(self, **kwargs):
        recommendation = self.thing.recommendation
        return super().get_context_data(**kwargs) | {
            "on": clock.today(),
            "answer": self.thing,
            "caption": f"{recommendation.reference}: {recommendation.title}",
        }


class Answer(PartnerAct):
    template_name = "recommendations/partner/answer.html"
    heading = _("Your answer")
    submit_label = _("Send the answer")
    warning_text = _("This link answers this question once. To change the answer later, ask the clerk of the Board.")
    form_class = forms.PartnerAnswerForm

    def must_be_possible(self):
        self.request.partner_link.must_let_answer(self.thing)

    def perform(self, form):
        said = form.cleaned_data
        self.thing.answer_with(
            said["answer"], by=None, through=self.request.partner_link, reasons=said["reasons"], file=said["file"]
        )
        return _("Your answer is recorded: %(answer)s. The clerk of the Board sees it now.") % {
            "answer": self.thing.get_answer_display().lower()
        }


class Update(PartnerAct):
    template_name = "recommendations/partner/answer.html"
    heading = _("How is it going?")
    submit_label = _("Send the update")
    form_class = forms.PartnerUpdateForm

    def must_be_possible(self):
        self.request.partner_link.must_let_update(self.thing.recommendation)

    def perform(self, form):
        said = form.cleaned_data
        self.thing.recommendation.say(said["text"], by=None, through=self.request.partner_link, file=said["file"])
        return _("Your update is recorded. Everyone who may read the recommendation sees it now.")
