"""Follow-up reports: the list for everyone who reads; submitting for owners; ordering and receiving for clerks."""

from recommendations import permissions
from recommendations.forms import follow_ups as forms
from recommendations.forms.filters import FollowUpFilter
from recommendations.models import FollowUpReport
from recommendations.views.acts import Act
from recommendations.views.lists import SLIPPED, BelongingList
from recommendations.views.recommendations import ManagingAct


class FollowUps(BelongingList):
    template_name = "recommendations/follow_up_list.html"
    filter_class = FollowUpFilter
    file = "follow-ups-file"
    sorts = {
        "due": ["due_on"],
        "moved": ["times_moved"],
        "slipped": [SLIPPED],
        "owner": ["recommendation__owner__full_name", "due_on"],
        "submitted": ["submitted_on"],
    }

    def get_rows(self):
        return self.snapshot.follow_ups(self.recommendations())


class OrderReport(ManagingAct):
    heading = "Ask for a follow-up report"
    form_class = forms.OrderReportForm
    can = staticmethod(permissions.can_order_report)

    def perform(self, form):
        said = form.cleaned_data
        report = FollowUpReport.order(
            self.thing, by=self.request.user, due_on=said["due_on"], repeats=said["repeats"], reason=said["reason"]
        )
        return f"Follow-up report {report.number} on {self.thing.reference} is asked for."


class ReportAct(Act):
    def get_thing(self):
        return self.get_report()


class SubmitReport(ReportAct):
    heading = "Submit the follow-up report"
    submit_label = "Submit the report"
    warning_text = "Once submitted, a report cannot be changed."
    form_class = forms.SubmitReportForm
    may = staticmethod(permissions.may_submit)
    can = staticmethod(permissions.can_submit)

    def perform(self, form):
        said = form.cleaned_data
        self.thing.submit(
            said["text"], by=self.request.user, file=said["file"], exempt_paragraph=said["exempt_paragraph"],
            also=said.get("also", ()), version=said["version"],
        )  # fmt: skip
        return "The report is submitted. The clerk puts it before the Board at its next meeting."


class ReceiveReport(ReportAct):
    heading = "Received by the Board"
    form_class = forms.ReceiveReportForm
    may = staticmethod(lambda user, report: permissions.is_clerk(user))
    can = staticmethod(permissions.can_receive)

    def perform(self, form):
        said = form.cleaned_data
        following = self.thing.receive(
            said["verdict"], at=said["at"], by=self.request.user, minute=said["minute"], reason=said["reason"],
            next_due_on=said["next_due_on"], is_last=said.get("is_last", False), version=said["version"],
        )  # fmt: skip
        opened = f" Follow-up report {following.number} is opened." if following else ""
        return f"Recorded: {self.thing.get_verdict_display().lower()}.{opened}"


class RepeatReport(ReportAct):
    heading = "How often does the Board want it?"
    form_class = forms.RepeatForm
    may = staticmethod(lambda user, report: permissions.is_clerk(user))
    can = staticmethod(permissions.can_set_due_date)

    def perform(self, form):
        self.thing.repeat(form.cleaned_data["repeats"], by=self.request.user, version=form.cleaned_data["version"])
        often = self.thing.get_repeats_display() or "Once"
        return f"Follow-up report {self.thing.number} is wanted {often.lower()}."


class WaiveReport(ReportAct):
    heading = "Waive the report"
    submit_label = "Waive the report"
    warning_text = "A waived report is no longer awaited. The Board can ask for another."
    form_class = forms.WaiveReportForm
    may = staticmethod(lambda user, report: permissions.is_clerk(user))
    can = staticmethod(permissions.can_set_due_date)

    def perform(self, form):
        self.thing.waive(by=self.request.user, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"])
        return f"Follow-up report {self.thing.number} is waived."
