"""For administrators: sign-ins and rights on record, who must have a second factor, and taking one away that is lost."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recommendations import permissions
from recommendations.accounts import sessions
from recommendations.forms.account_events import EventFilter
from recommendations.forms.people import SecondFactorsForm, SwitchForm
from recommendations.models import AccountEvent, SignInRule, User
from recommendations.views.acts import Act
from recommendations.views.lists import SortedList
from recommendations.views.people import PeopleAct
from recommendations.words import day


class Events(SortedList):
    template_name = "recommendations/account/event_list.html"
    filter_class = EventFilter
    sorts = {"at": ["at"], "person": ["person__full_name", "-at"], "kind": ["kind", "-at"]}
    first_sort = "-at"
    ties = ("-id",)
    file = "account-events-file"

    def get_rows(self):
        return AccountEvent.objects.for_list()


@dataclass(frozen=True)
class RulesNow:
    """The rules as a form is opened on them."""

    roles: list
    version: int


class RequireSecondFactors(Act):
    """It holds from the next page on: whoever has none is led to set one up."""

    heading = _("Who must have a second factor")
    form_class = SecondFactorsForm
    may = staticmethod(lambda user, rules: permissions.is_administrator(user))

    @property
    def intro(self):
        """With the last change of it, by whom and why."""
        what = _(
            "Whoever has one of these parts and no second factor is led to set one up on the next page they open, and "
            "opens nothing else until then. That goes for you, too."
        )
        last = SignInRule.history.select_related("history_user").order_by("-history_id").first()
        if last is None:
            return what
        told = {"day": day(last.history_date), "person": last.history_user or _("the system")}
        told["reason"] = last.history_change_reason
        return f"{what}\n\n" + _("Last changed on %(day)s by %(person)s: %(reason)s") % told

    def get_thing(self):
        return RulesNow(SignInRule.roles_in_need(), SignInRule.counted())

    def take_back(self):
        self.thing = self.get_thing()

    def changed_since(self, version):
        return []

    def perform(self, form):
        said = form.cleaned_data
        SignInRule.require(said["roles"], by=self.request.user, reason=said["reason"], version=said["version"])
        return _("Saved. It holds from now on.")

    def caption(self):
        return ""

    def get_success_url(self):
        return reverse("account-events")


class TakeFactorsAway(PeopleAct):
    """For whoever lost the telephone and the codes as well."""

    heading = _("Take the second factors away")
    intro = _(
        "Passkeys, authenticator app and recovery codes, all of them; and the person is signed out everywhere. Be sure "
        "that it is the person who asks: call them on a number that you know."
    )
    submit_label = _("Take them away")
    form_class = SwitchForm
    may = staticmethod(permissions.may_switch_person)

    def get_thing(self):
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def perform(self, form):
        taken = sessions.take_factors_away(self.request, self.thing, reason=form.cleaned_data["reason"])
        return ngettext("%(n)d second factor is taken away.", "%(n)d second factors are taken away.", taken) % {
            "n": taken
        }
