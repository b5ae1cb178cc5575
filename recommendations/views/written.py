"""Pages whose content is written once for each version of the records, and then put into the page again and again."""

from django.template.loader import render_to_string
from django.utils.translation import get_language

from recommendations import clock
from recommendations.memory import Memory
from recommendations.models.kept_figures import versions
from recommendations.permissions import reader

# The newest of this process: some 60 kB each.
pages = Memory(most=50)


class Written:
    """`write` gives what the whole page is made from, with its content as the `body`."""

    # What tells pages apart beside the reader, the address and the day.
    own: tuple = ()

    def show(self):
        self.object_list = []
        return self.render_to_response(pages.remember(self.key, self.write) | {"view": self})

    @property
    def key(self):
        """Changes with everything that stands on the page."""
        asked = (type(self).__name__, self.request.get_full_path(), get_language(), clock.today())
        return (*asked, reader(self.request.user), self.own, self.versions)

    @property
    def versions(self):
        return versions()

    def body(self, context):
        return render_to_string(self.template_name, context | {"layout": "content.html"}, self.request)


def emptied(page):
    """A page for its numbers alone: its rows stand in the body."""
    page.object_list, page.paginator.object_list = [], []
    return page
