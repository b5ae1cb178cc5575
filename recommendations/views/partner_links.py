"""For clerks: making a link with which a partner answers, the list of those that were made, and withdrawing one."""

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from recommendations import clock, letters, permissions
from recommendations.addresses import site_of
from recommendations.forms import partners as forms
from recommendations.models import PartnerLink, Refused
from recommendations.views.acts import Act
from recommendations.views.responses import ResponseAct


class Links(ListView):
    template_name = "recommendations/link_list.html"
    paginate_by = 25

    def get_queryset(self):
        rows = PartnerLink.objects.with_uses().select_related("organisation", "made_by")
        return rows.order_by("organisation__name", "-id")


class MakeLink(ResponseAct):
    """For the organisation of one answer; the link opens all that is asked of it."""

    heading = _("Send a link")
    submit_label = _("Make the link")
    form_class = forms.LinkForm
    template_name = "recommendations/link_form.html"
    # Also for what is sent: without an organisation there is nothing that the page could show again.
    may = staticmethod(lambda user, thing: permissions.is_clerk(user) and thing.organisation_id is not None)

    def form_valid(self, form):
        """Shown at once instead of leading on to another page: the key is kept nowhere, so it can be shown only now."""
        said = form.cleaned_data
        try:
            link, key = PartnerLink.make(
                self.thing.organisation, by=self.request.user, expires_on=said["expires_on"], sent_to=said["sent_to"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        address = site_of(self.request) + reverse("partner-questions", args=[key])
        return self.show(link, address, said["sent_to"])

    def show(self, link, address, sent_to):
        if sent_to and not self.send(link, address):
            link.was_not_sent(by=self.request.user)
        context = {"link": link, "address": address, "meant_for": sent_to, "back_url": self.get_success_url()}
        self.template_name = "recommendations/link_made.html"
        response = self.render_to_response(context)
        add_never_cache_headers(response)
        return response

    def send(self, link, address):
        """Whether the mail server took it. It has what is needed to open the link, and nothing of what is asked."""
        subject = _("%(council)s asks %(organisation)s for an answer") % {
            "council": settings.COUNCIL_NAME,
            "organisation": link.organisation,
        }
        return letters.send(
            "link", subject, link.sent_to, link=link, address=address, count=link.rows.unanswered().count()
        )

    def get_context_data(self, **kwargs):
        organisation = self.thing.organisation
        rows = organisation.responses.all()
        opened = rows.opened_by(PartnerLink(organisation=organisation))
        return super().get_context_data(**kwargs) | {
            "organisation": organisation,
            "count": opened.count(),
            "unanswered": opened.unanswered().count(),
            "left_out": rows.count() - opened.count(),
            "live": organisation.links.live().select_related("made_by"),
            "on": clock.today(),
        }


class WithdrawLink(Act):
    heading = _("Withdraw the link")
    intro = _("From then on it opens nothing. What was said through it stays.")
    submit_label = _("Withdraw the link")
    form_class = forms.WithdrawForm
    may = staticmethod(lambda user, link: permissions.is_clerk(user))
    can = staticmethod(lambda user, link: permissions.is_clerk(user) and link.is_live())

    def get_thing(self):
        return get_object_or_404(PartnerLink.objects.select_related("organisation"), pk=self.kwargs["pk"])

    def perform(self, form):
        said = form.cleaned_data
        self.thing.revoke(by=self.request.user, reason=said["reason"], version=said["version"])
        return _("The link of %(organisation)s opens nothing any more.") % {"organisation": self.thing.organisation}
