"""For search engines: what they may look at, and the list of all public pages."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, sitemap
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from recommendations.addresses import site_of
from recommendations.models import Meeting, Recommendation
from recommendations.permissions import ABOUT_THE_SITE

PUBLIC_LISTS = (
    "dashboard",
    "late",
    "recommendations",
    "follow-ups",
    "answers",
    "meetings",
    "boards",
    "calendars",
    "seals",
)
# Filters and past days have no end, and what has a key in its address is for whoever has the key.
NOT_FOR_CRAWLERS = (
    "/answer/",
    "/administration/",
    "/files/",
    "/reminders/",
    "/*?*on=",
    "/*?*sort=",
    "/*.csv",
    "/*.docx",
    "/*.xlsx",
)


@require_safe
def robots(request):
    """Where nothing is public, search engines are told to stay out."""
    site_map = site_of(request) + reverse("sitemap") if settings.PUBLIC_PAGES else ""
    context = {"site_map": site_map, "closed": NOT_FOR_CRAWLERS if settings.PUBLIC_PAGES else ["/"]}
    return TemplateResponse(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


class Map(Sitemap):
    """Some of the pages, as somebody signed out sees them, whoever asks. Subclasses give them in a fixed order.

    Without the day of the last change: what is due and what is late changes without any record changing.
    """

    limit = 10_000

    def __init__(self, site):
        self.protocol, self.domain = site.split("://")

    def get_domain(self, site=None):
        """The site's one address, whichever the crawler used."""
        return self.domain


class ListsMap(Map):
    def items(self):
        return [*PUBLIC_LISTS, *ABOUT_THE_SITE]

    def location(self, item):
        return reverse(item)


class MeetingsMap(Map):
    def items(self):
        return Meeting.objects.order_by("id").only("id")


class RecommendationsMap(Map):
    def items(self):
        return Recommendation.objects.visible_to(AnonymousUser()).order_by("id").only("slug")


SITE_MAPS = {"lists": ListsMap, "meetings": MeetingsMap, "recommendations": RecommendationsMap}


@require_safe
def map_of_maps(request):
    site = site_of(request)
    pages = [(section, page) for section, of in SITE_MAPS.items() for page in of(site).paginator.page_range]
    places = [f"{site}{reverse('sitemap-part', args=[section])}?p={page}" for section, page in pages]
    context = {"sitemaps": [SitemapIndexItem(place) for place in places]}
    return TemplateResponse(request, "sitemap_index.xml", context, content_type="application/xml")


@require_safe
def map_of_part(request, section):
    site = site_of(request)
    return sitemap(request, {name: of(site) for name, of in SITE_MAPS.items()}, section=section)
