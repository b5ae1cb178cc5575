"""Answers: the list for everyone who reads; clocks and answers, and requests for later dates, for clerks."""

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recommendations import permissions
from recommendations.forms import responses as forms
from recommendations.forms.filters import ResponseFilter
from recommendations.forms.recommendations import DecisionForm
from recommendations.models import DateChange, Recommendation, Response
from recommendations.views.acts import Act
from recommendations.views.lists import BelongingList
from recommendations.views.recommendations import ManagingAct
from recommendations.words import count_of, day


class Answers(BelongingList):
    is_known = True
    template_name = "recommendations/answer_list.html"
    filter_class = ResponseFilter
    file = "answers-file"
    sorts = {"due": ["due_on"], "addressee": ["addressee", "id"], "answered": ["answered_on", "id"]}

    def get_rows(self):
        return self.snapshot.responses(self.recommendations())

    def complete(self, rows):
        rows = super().complete(rows)
        # Not joined: rows read from the history of a past day cannot be.
        prefetch_related_objects(rows, "regime")
        return rows


class AddAddressee(ManagingAct):
    heading = _("Add an addressee")
    form_class = forms.AddresseeForm

    def perform(self, form):
        said = form.cleaned_data
        Response.expect(
            self.thing,
            said["addressee"],
            organisation=said["organisation"],
            regime=said["regime"],
            by=self.request.user,
        )
        return _("An answer is now expected from %(addressee)s.") % {"addressee": said["addressee"]}


class ResponseAct(Act):
    """For clerks, on the response of one addressee."""

    may = staticmethod(lambda user, thing: permissions.is_clerk(user))

    def get_thing(self):
        rows = Response.objects.visible_to(self.request.user).select_related("recommendation__item", "regime")
        return get_object_or_404(rows, pk=self.kwargs["pk"])


class StartClock(ResponseAct):
    heading = _("When does their time run?")
    form_class = forms.ClockForm

    def perform(self, form):
        said = form.cleaned_data
        self.thing.start_clock(
            notified_on=said["notified_on"], received_on=said["received_on"], regime=said["regime"],
            by=self.request.user, reason=said.get("reason", ""), version=said["version"],
        )  # fmt: skip
        return _("%(addressee)s must answer by %(due_on)s.") % {
            "addressee": self.thing.addressee,
            "due_on": day(self.thing.due_on),
        }


class RecordAnswer(ResponseAct):
    heading = _("Record the answer")
    form_class = forms.AnswerForm

    def perform(self, form):
        said = form.cleaned_data
        self.thing.answer_with(
            said["answer"], by=self.request.user, on=said["on"], reasons=said["reasons"], file=said["file"],
            version=said["version"],
        )  # fmt: skip
        return _("The answer of %(addressee)s is recorded: %(answer)s.") % {
            "addressee": self.thing.addressee,
            "answer": self.thing.get_answer_display().lower(),
        }


class NameOrganisation(ResponseAct):
    heading = _("Which organisation is it?")
    intro = _("An organisation can be sent a link, through which it answers without an account.")
    form_class = forms.OrganisationForm

    def perform(self, form):
        said = form.cleaned_data
        self.thing.name_organisation(
            said["organisation"], by=self.request.user, reason=said.get("reason", ""), version=said["version"]
        )
        return _("%(addressee)s is known as %(organisation)s now.") % {
            "addressee": self.thing.addressee,
            "organisation": self.thing.organisation,
        }


class DecideDateChange(Act):
    """For clerks: grant or refuse the later date that an officer asked for."""

    heading = _("A later date is asked for")
    submit_label = _("Save the decision")
    form_class = DecisionForm
    may = staticmethod(lambda user, change: permissions.is_clerk(user))
    can = staticmethod(
        lambda user, change: permissions.is_clerk(user) and change.decision == DateChange.Decision.WAITING
    )

    def get_thing(self):
        visible = Recommendation.objects.visible_to(self.request.user)
        rows = DateChange.objects.filter(recommendation__in=visible).select_related(
            "recommendation__item__meeting", "follow_up", "asked_by"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def intro(self):
        change = self.thing
        asked = _("%(asked_by)s asks for %(to_on)s instead of %(from_on)s: %(reason)s") % {
            "asked_by": change.asked_by,
            "to_on": day(change.to_on),
            "from_on": day(change.from_on),
            "reason": change.reason,
        }
        return f"{asked}\n{self.slips(change.target)}"

    @staticmethod
    def slips(dated):
        if not dated.times_moved:
            return _("The date has not moved before.")
        times = ngettext("once", "%(n)d times", dated.times_moved) % {"n": dated.times_moved}
        first = dated.original_due_on
        return _("The first date was %(first)s. It moved %(times)s, %(days)s in all.") % {
            "first": day(first),
            "times": times,
            "days": count_of(dated.days_slipped, _("day,days")),
        }

    def perform(self, form):
        said, by = form.cleaned_data, self.request.user
        options = {name: said[name] for name in ("reason", "minute", "version")} | {"at": said["agreed_at"]}
        if said["decision"] == form.GRANT:
            self.thing.grant(by=by, **options)
            return _("The later date is granted: %(to_on)s.") % {"to_on": day(self.thing.to_on)}
        self.thing.refuse(by=by, **options)
        return _("The later date is refused. It stays %(from_on)s.") % {"from_on": day(self.thing.from_on)}

    def get_success_url(self):
        return self.thing.target.get_absolute_url()
