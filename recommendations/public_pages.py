"""What leaves the site for people who are not signed in: nobody's contact, and pages that a proxy may keep."""

from django.conf import settings
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag

from recommendations.contacts import without_contacts_in_html


class PublicPages:
    """Looks at every answer once it is whole, cookies and all; the guard `public` says which are for the public.

    What says itself how long it may be kept (feeds, pages with a key in their address) is left to that. All others are
    for the one browser that asked, to show and not to keep: whoever sits down there next finds nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if reads_openly(request) and is_page(response):
            leave_out_contacts(response)
        if response.has_header("Cache-Control"):
            return response
        if is_the_same_for_all(request, response):
            patch_cache_control(response, public=True, max_age=settings.PUBLIC_PAGES_MAX_AGE)
            set_response_etag(response)
            return get_conditional_response(request, etag=response.headers["ETag"], response=response)
        patch_cache_control(response, private=True, no_store=True)
        return response


def reads_openly(request):
    """Whether the guard let this person in as one of the public."""
    return getattr(request, "reads_openly", False)


def is_page(response):
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def leave_out_contacts(response):
    """In people's own words: no page shows a contact of its own accord."""
    response.content = without_contacts_in_html(response.content.decode(response.charset))
    response.headers["Content-Length"] = str(len(response.content))


def is_the_same_for_all(request, response):
    """Whoever has a session, though it be over, or is about to be told something, gets an answer of their own.

    So does whoever is given a cookie: with the page a proxy would give it to everybody.
    """
    own = {settings.SESSION_COOKIE_NAME, settings.MESSAGE_COOKIE_NAME} & request.COOKIES.keys()
    is_whole = response.status_code == 200 and not response.streaming and request.method in ("GET", "HEAD")
    return reads_openly(request) and is_whole and not own and not response.cookies
