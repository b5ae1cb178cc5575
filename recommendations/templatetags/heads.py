"""What the head of a page tells search engines: only public pages, as everybody sees them, are described and addressed."""

import html

from django import template
from django.conf import settings
from django.template.loader import render_to_string

from recommendations.addresses import site_of
from recommendations.contacts import without_contacts
from recommendations.permissions import ABOUT_THE_SITE

register = template.Library()

# What the address of a list may ask for without showing other rows.
SAME_ROWS = {"after", "all", "page", "size", "sort"}
# What search engines show.
DESCRIPTION_LENGTH = 160


def is_for_search(request):
    """A page that anybody may read, and reads as one of the public; the statements too, where others are public."""
    if request is None or not settings.PUBLIC_PAGES:
        return False
    is_statement = getattr(request.resolver_match, "url_name", "") in ABOUT_THE_SITE and request.user.is_anonymous
    return getattr(request, "reads_openly", False) or is_statement


@register.inclusion_tag("includes/page_address.html", takes_context=True)
def page_address(context):
    """The one address of this page; none for what is not for search engines: narrowed lists and past days never end."""
    request, page = context.get("request"), context.get("page_obj")
    if not is_for_search(request) or request.GET.keys() - SAME_ROWS:
        return {"address": ""}
    query = f"?page={page.number}" if page is not None and page.number > 1 else ""
    return {"address": f"{site_of(request)}{request.path}{query}"}


@register.simple_block_tag(takes_context=True, end_name="endpage_description")
def page_description(context, content):
    """`content`, already escaped, on one line of at most 160 characters."""
    words = without_contacts(" ".join(html.unescape(content).split()))
    if not words or not is_for_search(context.get("request")):
        return ""
    return render_to_string("includes/page_description.html", {"words": shortened(words)})


def shortened(words):
    """Ends with a whole word, where it has any."""
    if len(words) <= DESCRIPTION_LENGTH:
        return words
    cut = words[: DESCRIPTION_LENGTH - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-") + "…"
