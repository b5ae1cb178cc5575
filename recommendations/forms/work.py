"""What giving owners and dates down a list asks."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from recommendations.forms.acts import DateField, OwnerChoice
from recommendations.forms.fields import GovukFormMixin
from recommendations.models import FollowUpReport, Refused
from recommendations.words import day


class AssignRowForm(GovukFormMixin, forms.Form):
    """One recommendation: only what it lacks is asked, and an empty answer leaves it as it is."""

    owner = OwnerChoice()
    due_on = DateField(label=_("Due date"), required=False)

    def __init__(self, recommendation, *, dated, owners, data=None):
        super().__init__(data, prefix=recommendation.slug)
        self.recommendation, self.dated = recommendation, dated
        self.fields["owner"].choices = owners
        # What was asked stays asked, though somebody may have given it meanwhile: the answer is not dropped unsaid.
        if recommendation.owner_id and not self.was_asked("owner"):
            del self.fields["owner"]
        if dated.due_on and not self.was_asked("due_on"):
            del self.fields["due_on"]

    @property
    def is_for_report(self):
        return self.dated != self.recommendation and "due_on" in self.fields

    def was_asked(self, name):
        widget = self.fields[name].widget
        return self.is_bound and not widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))

    def clean_owner(self):
        owner, by_now = self.cleaned_data["owner"], self.recommendation.owner
        if owner and by_now:
            raise ValidationError(
                _("%(by_now)s owns it by now. Choose “No owner yet” here to leave it so.") % {"by_now": by_now}
            )
        return owner

    def clean_due_on(self):
        due_on, by_now = self.cleaned_data["due_on"], self.dated.due_on
        if due_on and by_now:
            raise ValidationError(
                _("It is due on %(by_now)s by now. Empty the date here to leave it so.") % {"by_now": day(by_now)}
            )
        return due_on

    def save(self, *, by):
        """Call the verbs for what was answered. Returns whether anything was."""
        owner, due_on = self.cleaned_data.get("owner"), self.cleaned_data.get("due_on")
        if owner:
            self.recommendation.assign(owner, by=by, version=self.recommendation.version)
        if due_on:
            self.dated.set_due_date(due_on, by=by)
        return bool(owner or due_on)


class AssignFormSet(list):
    """The rows' forms: a plain list, since each is about a record that is there already."""

    prefix = "assign"

    def __init__(self, recommendations, data=None):
        owners = list(OwnerChoice().choices)
        # A report back is due when its report is; everything else has a date of its own.
        reports = FollowUpReport.objects.outstanding().filter(recommendation__in=recommendations)
        dated = {report.recommendation_id: report for report in reports}
        super().__init__(
            AssignRowForm(row, dated=dated.get(row.pk, row), owners=owners, data=data) for row in recommendations
        )

    def is_valid(self):
        return self.total_error_count == 0

    @property
    def total_error_count(self):
        return sum(len(form.errors) for form in self)

    def save(self, *, by):
        """How many were changed. The first refusal is told with its row, and ends it: all are saved, or none."""
        saved = 0
        for form in self:
            try:
                saved += form.save(by=by)
            except Refused as refusal:
                form.add_error(None, f"{form.recommendation.reference}: {refusal}")
                raise
        return saved
