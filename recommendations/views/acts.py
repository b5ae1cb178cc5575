"""The base of every page that asks for what one verb needs, and calls it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from recommendations.history import what_changed_since
from recommendations.models import FollowUpReport, Recommendation, Refused, Stale, known_shapes
from recommendations.permissions import reader


class Adding:
    """For an act that makes the record: there is none yet, to go back to or to be called by."""

    def caption(self):
        return ""

    def take_back(self):
        """Nothing was stored."""


class Act(FormView):
    """One question, one verb, one button, on one record.

    `may` says whether this person may ever do it (else 403); `can` whether it can be done now. A page is only offered
    when it can; a form that was opened in time but comes too late is answered with the verb's own refusal, so that
    nothing typed is lost.
    """

    template_name = "recommendations/form.html"
    heading = ""
    intro = ""
    warning_text = ""
    submit_label = _("Save")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.thing = self.get_thing()

    def dispatch(self, request, *args, **kwargs):
        if not self.may(request.user, self.thing) or (
            request.method != "POST" and not self.can(request.user, self.thing)
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_thing(self):
        """The record that `user` may see, or the same 404 for an unknown and for a hidden one."""
        user = self.request.user

        def make(slug):
            return Recommendation.objects.visible_to(user).select_related("item").filter(slug=slug).order_by()

        for thing in known_shapes.rows(("act", reader(user)), make, self.kwargs["slug"]):
            return thing
        raise Http404

    def get_report(self):
        """The follow-up report that `user` may see, or the same 404."""
        reports = FollowUpReport.objects.visible_to(self.request.user).select_related("recommendation__item__meeting")
        return get_object_or_404(reports, pk=self.kwargs["pk"])

    def may(self, user, thing):
        raise NotImplementedError

    def can(self, user, thing):
        return self.may(user, thing)

    def perform(self, form):
        """Call the verb. Returns the sentence that the person reads afterwards; "" where the next page says it all."""
        raise NotImplementedError

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"thing": self.thing, "user": self.request.user}

    def form_valid(self, form):
        try:
            done = self.perform(form)
        except Stale:
            return self.form_invalid(form)
        except Refused as refusal:
            self.take_back()
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if done:
            messages.success(self.request, done)
        return HttpResponseRedirect(self.get_success_url())

    def take_back(self):
        """What was refused half-way has been rolled back, but this record in memory has not."""
        self.thing.refresh_from_db(fields=["version"])

    def form_invalid(self, form):
        """Also tells what somebody else changed meanwhile: it may be why an answer no longer fits."""
        opened = form.cleaned_data.get("version")
        if opened not in (None, self.thing.version):
            form.tell_stale(self.changed_since(opened), self.thing.version)
        return super().form_invalid(form)

    def changed_since(self, version):
        return what_changed_since(self.thing, version)

    def caption(self):
        return str(self.thing)

    def get_success_url(self):
        return self.thing.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": self.heading,
            "caption": self.caption(),
            "intro": self.intro,
            "warning_text": self.warning_text,
            "submit_label": self.submit_label,
            "back_url": self.get_success_url(),
        }
