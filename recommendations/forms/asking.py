"""The sheet of what the Board asked: a form for each recommendation and action, with what its words suggest."""

import copy

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations.forms.fields import Checkboxes, DateField, GovukFormMixin
from recommendations.forms.follow_ups import how_often
from recommendations.forms.minutes import exempt
from recommendations.forms.sheets import PERSON, Sheet
from recommendations.minutes import drafts, suggestions
from recommendations.minutes.evidence import Evidence
from recommendations.models import Recommendation, User


class AskForm(GovukFormMixin, forms.Form):
    """One recommendation or action: what is asked of whom, by when, and what led to it.

    What its words suggest stands beside the question, to be taken with a tick and never unasked.
    """

    ask = forms.ChoiceField(label=_("Kind"), choices=Recommendation.Kind.choices)
    title = forms.CharField(label=_("Short title"), max_length=drafts.LIMITS["title"])
    addressees = forms.CharField(
        label=_("Addressees (optional)"), required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Whom the Board asks, one on a line. Each is expected to answer."),
    )  # fmt: skip
    owner_as_suggested = forms.BooleanField(required=False)
    owner = forms.TypedChoiceField(label=_("Owner (optional)"), required=False, coerce=int, empty_value=None)
    is_as_suggested = forms.BooleanField(required=False)
    due_on = DateField(
        label=_("Due date (optional)"),
        required=False,
        help_text=_("Where the Board wants a report: the day it is due."),
    )
    repeats_as_suggested = forms.BooleanField(required=False)
    repeats = how_often(_("How often should they report back?"))
    exempt_paragraph = exempt(_("Is it exempt?"))
    evidence = forms.TypedMultipleChoiceField(
        label=_("What led to it (optional)"), required=False, coerce=int,
        widget=Checkboxes({"class": "govuk-checkboxes--small"}),
        help_text=_("Tick the points and the witnesses that the recommendation rests on."),
    )  # fmt: skip

    def __init__(self, data, *, finding, item, evidence, owners, held_on, days):
        finding = {"repeats": None} | finding
        initial = finding | {
            "ask": "action" if finding["kind"] == "action" else finding["ask"],
            "addressees": "\n".join(finding["addressees"]),
            "due_on": drafts.date_of(finding["due_on"]),
        }
        super().__init__(data, prefix=f"f{finding['id']}", initial=initial)
        self.finding, self.held_on = finding, held_on
        self.fields["owner"].choices = [("", _("No owner yet")), *((user.pk, with_job(user)) for user in owners)]
        self.date_offered = self._offer("is_as_suggested", "due_on", suggestions.due_on(finding, held_on, days))
        self.repeats_offered = self._offer("repeats_as_suggested", "repeats", suggestions.repeats(finding))
        if not (finding["repeats"] or self.repeats_offered or finding["ask"] == Recommendation.Kind.REPORT_BACK):
            del self.fields["repeats"]
        self.owner_offered = self._offer("owner_as_suggested", "owner", suggestions.owner(finding, owners))
        self._offer_evidence(item, evidence.for_(finding))

    def _offer(self, tick, name, offered):
        """Put what is offered beside the tick that takes it; nothing where there is nothing, or something stands there."""
        if offered is None or self.finding[name]:
            del self.fields[tick]
            return None
        self.fields[tick].label = _("Use %(offered)s") % {"offered": offered}
        return offered.value

    def _offer_evidence(self, item, leads):
        """What may have led to it comes first, and says why; the rest follows in its order."""
        there = {finding["id"]: in_short(finding) for finding in drafts.live(item, *drafts.EVIDENCE)}
        first = [(lead.finding, there.pop(lead.finding)) for lead in leads]
        groups = [(_("Suggested"), first), (_("The rest"), list(there.items()))]
        self.fields["evidence"].choices = groups if first else list(there.items())
        self.fields["evidence"].widget.hints = {str(lead.finding): lead.why for lead in leads}
        self.has_evidence, self.leads_count = bool(first or there), len(first)

    @property
    def label(self):
        return drafts.name_of(self.finding)

    @property
    def evidence_count(self):
        return len(self.finding["evidence"])

    def clean_addressees(self):
        names = list(dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["addressees"].splitlines()))
        if any(len(name) > drafts.ADDRESSEE_LIMIT for name in names):
            raise forms.ValidationError(
                _("Each addressee must be %(most)s characters or fewer") % {"most": drafts.ADDRESSEE_LIMIT}
            )
        return [name for name in names if name]

    def clean_owner(self):
        owner = self.cleaned_data["owner"]
        if self.cleaned_data.get("owner_as_suggested"):
            if owner not in (None, self.owner_offered.pk):
                raise forms.ValidationError(_("Tick the owner from the minutes or choose another one, not both"))
            return self.owner_offered.pk
        return owner

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if self.cleaned_data.get("is_as_suggested"):
            if due_on not in (None, self.date_offered):
                raise forms.ValidationError(_("Tick the date from the minutes or enter another one, not both"))
            due_on = self.date_offered
        if due_on and self.held_on and due_on < self.held_on:
            raise forms.ValidationError(_("Due date must be on or after the day of the meeting"))
        return due_on

    def clean_repeats(self):
        repeats = self.cleaned_data["repeats"]
        if self.cleaned_data.get("repeats_as_suggested"):
            if repeats not in (None, self.repeats_offered):
                raise forms.ValidationError(_("Tick how often from the minutes or choose it, not both"))
            return self.repeats_offered
        return repeats

    def changes(self):
        said = {name: answer for name, answer in self.cleaned_data.items() if not name.endswith("as_suggested")}
        is_action = said["ask"] == Recommendation.Kind.ACTION
        return said | {
            "kind": "action" if is_action else "recommendation",
            "ask": self.finding["ask"] if is_action else said["ask"],
            "due_on": said["due_on"].isoformat() if said["due_on"] else None,
        }


def in_short(finding):
    """A point or a witness as it stands beside a checkbox."""
    if finding["kind"] == "witness":
        return ", ".join(filter(None, [finding[name] for name in PERSON]))
    number = f"{finding['number']}. " if finding["number"] else ""
    return number + drafts.short_title(finding["text"], width=110)


def with_job(user):
    return f"{user} – {user.job_title}" if user.job_title else str(user)


class Asking(Sheet):
    """The step of the recommendations: what each needs before it can be followed up."""

    def __init__(self, draft, content=None, data=None):
        self.owners = list(User.objects.possible_owners())
        self.days = suggestions.coming_meetings(draft)
        super().__init__(draft, content, data)

    def make_item(self, place, item):
        evidence = Evidence(item)
        cards = [self.make_card(finding, item, evidence) for finding in drafts.live(item, *drafts.ASKED)]
        return {"number": item["number"], "title": drafts.text_of(item, "title"), "cards": cards}

    def make_card(self, finding, item, evidence):
        form = self.by_id[finding["id"]] = AskForm(
            self.data, finding=finding, item=item, evidence=evidence, owners=self.owners, held_on=self.draft.held_on,
            days=self.days,
        )  # fmt: skip
        return form

    def corrected(self):
        content = copy.deepcopy(self.content)
        for finding in drafts.all_findings(content):
            if form := self.by_id.get(finding["id"]):
                finding.update(form.changes())
        return content
