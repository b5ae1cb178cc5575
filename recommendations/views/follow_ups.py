"""Follow-up reports: the list for everyone who reads; submitting for owners; ordering and receiving for clerks."""

from django.utils.translation import gettext_lazy as _

from recommendations import permissions
from recommendations.forms import follow_ups as forms
from recommendations.forms.filters import FollowUpFilter
from recommendations.models import FollowUpReport
from recommendations.views.acts import Act
from recommendations.views.lists import SLIPPED, ReportList
from recommendations.views.recommendations import ManagingAct


class FollowUps(ReportList):
    template_name = "recommendations/follow_up_list.html"
    filter_class = FollowUpFilter
    file = "follow-ups-file"
    show_standing = True
    sorts = {
        "due": ["due_on"],
        "moved": ["times_moved", "id"],
        "slipped": [SLIPPED],
        "owner": ["recommendation__owner__full_name", "due_on"],
        "submitted": ["submitted_on", "id"],
    }


class OrderReport(ManagingAct):
    heading = _("Ask for a follow-up report")
    form_class = forms.OrderReportForm
    can = staticmethod(permissions.can_order_report)

    def perform(self, form):
        said = form.cleaned_data
        report = FollowUpReport.order(
            self.thing, by=self.request.user, due_on=said["due_on"], repeats=said["repeats"], reason=said["reason"]
        )
        return _("Follow-up report %(number)s on %(reference)s is asked for.") % {
            "number": report.number,
            "reference": self.thing.reference,
        }


class ReportAct(Act):
    def get_thing(self):
        return self.get_report()


class SubmitReport(ReportAct):
    heading = _("Submit the follow-up report")
    submit_label = _("Submit the report")
    warning_text = _("Once submitted, a report cannot be changed.")
    form_class = forms.SubmitReportForm
    may = staticmethod(permissions.may_submit)
    can = staticmethod(permissions.can_submit)

    def perform(self, form):
        said = form.cleaned_data
        self.thing.submit(
            said["text"], by=self.request.user, file=said["file"], exempt_paragraph=said["exempt_paragraph"],
            also=said.get("also", ()), version=said["version"],
        )  # fmt: skip
        return _("The report is submitted. The clerk puts it before the Board at its next meeting.")


class ReceiveReport(ReportAct):
    heading = _("Received by the Board")
    form_class = forms.ReceiveReportForm
    may = staticmethod(lambda user, report: permissions.is_clerk(user))
    can = staticmethod(permissions.can_receive)

    def perform(self, form):
        said = form.cleaned_data
        following = self.thing.receive(
            said["verdict"], at=said["at"], by=self.request.user, minute=said["minute"], reason=said["reason"],
            next_due_on=said["next_due_on"], is_last=said.get("is_last", False), version=said["version"],
        )  # fmt: skip
        opened = _(" Follow-up report %(number)s is opened.") % {"number": following.number} if following else ""
        return _("Recorded: %(verdict)s.%(opened)s") % {
            "verdict": self.thing.get_verdict_display().lower(),
            "opened": opened,
        }


class RepeatReport(ReportAct):
    heading = _("How often does the Board want it?")
    form_class = forms.RepeatForm
    may = staticmethod(lambda user, report: permissions.is_clerk(user))
    can = staticmethod(permissions.can_set_due_date)

    def perform(self, form):
        self.thing.repeat(form.cleaned_data["repeats"], by=self.request.user, version=form.cleaned_data["version"])
        often = self.thing.get_repeats_display() or _("Once")
        return _("Follow-up report %(number)s is wanted %(often)s.") % {
            "number": self.thing.number,
            "often": often.lower(),
        }


class WaiveReport(ReportAct):
    heading = _("Waive the report")
    submit_label = _("Waive the report")
    warning_text = _("A waived report is no longer awaited. The Board can ask for another.")
    form_class = forms.WaiveReportForm
    may = staticmethod(lambda user, report: permissions.is_clerk(user))
    can = staticmethod(permissions.can_set_due_date)

    def perform(self, form):
        self.thing.waive(by=self.request.user, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"])
        return _("Follow-up report %(number)s is waived.") % {"number": self.thing.number}
