"""For everyone who reads: the seals of the history, to be copied and kept elsewhere. They say nothing of anybody."""

from django.conf import settings
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from django.views.generic import ListView

from recommendations import feeds
from recommendations.addresses import site_of
from recommendations.models import Seal
from recommendations.views.feeds import NEWEST, sent


class Seals(ListView):
    """The newest first."""

    template_name = "recommendations/seal_list.html"
    paginate_by = 50
    queryset = Seal.objects.order_by("-number")

    def get_context_data(self, **kwargs):
        shown = {"feed_address": site_of(self.request) + reverse("seals-feed")}
        if head := Seal.head():
            shown |= {"head": head, "command": f"manage.py verify_history --against {head.digest}"}
        return super().get_context_data(**kwargs) | shown


@require_safe
def seals_text(request):
    """All of them, a line each, written as it is sent: `verify_history --against` reads it."""
    return StreamingHttpResponse(lines(), content_type="text/plain; charset=utf-8")


def lines():
    yield "# " + _("Seals of the history: %(council)s") % {"council": settings.COUNCIL_NAME} + "\n"
    yield "# " + _("number, moment, rows, digest") + "\n"
    for seal in Seal.objects.order_by("number").iterator(chunk_size=2000):
        yield f"{seal.number}\t{seal.sealed_at.isoformat(timespec='seconds')}\t{seal.rows}\t{seal.digest}\n"


@require_safe
@conditional_page
def seals_feed(request):
    newest = Seal.objects.order_by("-number")[:NEWEST]
    return sent(feeds.seals_atom(newest, site=site_of(request)), feeds.Atom.content_type, is_public=True)
