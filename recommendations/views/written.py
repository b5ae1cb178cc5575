"""Pages that are written once for each version of what stands on them, and then given again and again."""

import re

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from recommendations import clock
from recommendations.addresses import site_of
from recommendations.memory import Memory, Packed
from recommendations.models.kept_figures import newest_of_each, versions
from recommendations.permissions import reader

# The newest of this process: 3 to 10 kB each, which are some 20 to 100 as they are sent.
pages = Packed(most=100)
# Parts of pages: some 1 to 10 kB each.
parts = Memory(most=500)
# The tokens of the forms: what people wrote has no quotation marks on a page, so no words of theirs look like this.
TOKEN = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+')
# In their place while a page is kept: no page has this sign.
GAP = b"\0"


class Written:
    """A view whose `write` gives what the page is made from."""

    # What tells pages apart beside the reader, the address and the day.
    own: tuple = ()

    def show(self):
        """As it was given before, each form with a new token; but whoever is about to be told something is told it."""
        if len(get_messages(self.request)):
            return self.render_to_response(self.write())
        page = pages.written(self.key, self.page)
        # Nobody has a token, and the cookie with it, for nothing: pages without forms are the same for all.
        return HttpResponse(page.replace(GAP, get_token(self.request).encode()) if GAP in page else page)

    def page(self):
        """All of it, with gaps for the tokens."""
        return TOKEN.sub(GAP, self.render_to_response(self.write()).render().content)

    def write(self):
        return self.get_context_data()

    @property
    def key(self):
        """Changes with everything that stands on the page."""
        request = self.request
        asked = (type(self).__name__, site_of(request), request.get_full_path(), get_language(), clock.today())
        return (*asked, reader(request.user), self.own, self.versions)

    @property
    def versions(self):
        # The filters of the page ask for the same (forms/filters.py).
        self.request.newest = newest_of_each()
        return versions(self.request.newest)


def part(template, shows, context, kept=parts):
    """A part of a page, written once for all that it `shows`: that is the key, so that nothing can be out of date."""
    key = (template, get_language(), shows)
    return kept.remember(key, lambda: render_to_string(template, context() if callable(context) else context))


def joined(parts):
    return mark_safe("".join(parts))  # noqa: S308 - each was written by a template, which escapes
