"""For everyone who signs in: views of lists to keep under a name, to change and to remove. Everybody has their own."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recommendations.forms.saved_views import RemoveViewForm, SavedViewForm, in_words
from recommendations.models import Refused, SavedView
from recommendations.models.saved_views import WHOLE
from recommendations.views.acts import Act, Adding
from recommendations.views.follow_ups import FollowUps
from recommendations.views.meetings import Meetings
from recommendations.views.organisations import Organisations
from recommendations.views.recommendations import Recommendations
from recommendations.views.responses import Answers
from recommendations.views.witnesses import Witnesses

# By the names of their addresses, which `models.saved_views` lists.
LISTS = {
    "recommendations": Recommendations,
    "follow-ups": FollowUps,
    "answers": Answers,
    "meetings": Meetings,
    "witnesses": Witnesses,
    "organisations": Organisations,
}


def sentence(told):
    """What a view asks for, as it stands on a page."""
    return "; ".join(f"{label}: {value}" if label else str(value) for label, value in told) or _("the whole list")


class KeepView(Adding, Act):
    """The address carries what the list's own does; of that, only what the list knows is kept."""

    heading = gettext_lazy("Keep this view")
    submit_label = gettext_lazy("Keep the view")
    form_class = SavedViewForm
    may = staticmethod(lambda user, view: True)

    def get_thing(self):
        page = self.kwargs["page"]
        if page not in LISTS:
            raise Http404
        self.list = LISTS[page]()
        self.list.setup(self.request)
        return SavedView(user=self.request.user, page=page, query=self.list.query)

    @property
    def intro(self):
        [told] = in_words([self.thing.query], self.list.filter.form)
        return _("You keep: %(what)s.") % {"what": sentence(told)}

    def perform(self, form):
        if not self.list.filter.form.is_valid():
            raise Refused(_("The filters of the list make no sense. Go back and put them right first."))
        self.thing.name, self.thing.opens_first = form.cleaned_data["name"], form.cleaned_data["opens_first"]
        self.thing.keep(by=self.request.user)
        return _("“%(view)s” is kept.") % {"view": self.thing}

    def get_success_url(self):
        return self.thing.get_absolute_url()


class SavedViewAct(Act):
    """On one's own view; somebody else's is as unknown as one that never was."""

    may = staticmethod(lambda user, view: True)
    can = staticmethod(lambda user, view: view.removed_on is None)

    def get_thing(self):
        return get_object_or_404(self.request.user.saved_views.select_related("user"), pk=self.kwargs["pk"])


class ChangeView(SavedViewAct):
    template_name = "recommendations/saved_view.html"
    heading = gettext_lazy("Change the view")
    form_class = SavedViewForm

    def get_initial(self):
        return {"name": self.thing.name, "opens_first": self.thing.opens_first}

    def perform(self, form):
        said = form.cleaned_data
        self.thing.change(
            name=said["name"], opens_first=said["opens_first"], by=self.request.user, version=said["version"]
        )
        return _("“%(view)s” is changed.") % {"view": self.thing}


class RemoveView(SavedViewAct):
    heading = gettext_lazy("Remove the view")
    intro = gettext_lazy("The rows that it shows stay as they are. You can keep another view under its name.")
    submit_label = gettext_lazy("Remove the view")
    form_class = RemoveViewForm

    def perform(self, form):
        self.thing.remove(by=self.request.user, version=form.cleaned_data["version"])
        return _("“%(view)s” is removed.") % {"view": self.thing}

    def get_success_url(self):
        return f"{reverse(self.thing.page)}?{WHOLE}" if self.thing.removed_on else self.thing.get_absolute_url()
