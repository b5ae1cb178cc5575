"""What the acts on a recommendation ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.forms.acts import (
    WAYS_TO_CLOSE,
    ActForm,
    DateField,
    MeetingChoice,
    OwnerChoice,
    attachment,
    exempt,
    held_meetings,
    minute_number,
    words,
)
from recommendations.forms.fields import Checkboxes, Radios
from recommendations.models import DiscussionPoint, Meeting, Progress, Witness
from recommendations.models.progress import CHANGES, CLOSED

STANDING_HINTS = {
    Progress.PAUSED: _("Say above why it is paused."),
    Progress.REPORTED_COMPLETE: _("You have done what was asked. The Board then decides whether to close it."),
}


class UpdateForm(ActForm):
    text = words(
        _("What has happened?"),
        hint=_("Members read this. Leave out names of children and victims, and personal contact."),
    )
    progress = forms.ChoiceField(label=_("Where does it stand now?"), widget=Radios(hints=STANDING_HINTS))
    file = attachment()
    exempt_paragraph = exempt(_("Who may read this update?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = Progress(self.thing.progress)
        allowed = [to for to in Progress if to == now or (to in CHANGES[now] and to not in CLOSED)]
        self.fields["progress"].choices = [(to.value, to.label) for to in allowed]
        # Writing about work that had not started usually means that it has.
        self.initial.setdefault("progress", Progress.IN_PROGRESS if now == Progress.NOT_STARTED else now)


class AssignForm(ActForm):
    owner = OwnerChoice()
    reason = words(_("Why?"), required=False, rows=2, hint=_("Needed only when nobody is to own it any more."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("owner", self.thing.owner_id)


class DueDateForm(ActForm):
    """For a recommendation or a follow-up report: the first date needs no reason, every later one does."""

    due_on = DateField(label=_("Due date"))
    reason = words(_("Why does the date move?"), rows=3)
    agreed_at = MeetingChoice(
        label=_("Meeting that agreed (optional)"),
        required=False,
        queryset=Meeting.objects.none(),
        empty_label=_("No meeting"),
    )
    minute = minute_number()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due_on", self.thing.due_on)
        self.fields["agreed_at"].queryset = held_meetings(self.thing.subject, clock.today())
        if self.thing.due_on is None:
            del self.fields["reason"], self.fields["agreed_at"], self.fields["minute"]


class LaterDateForm(ActForm):
    to = DateField(label=_("Date you ask for"))
    reason = words(_("Why is more time needed?"), rows=3)


class DecisionForm(ActForm):
    GRANT, REFUSE = "grant", "refuse"
    decision = forms.ChoiceField(
        label=_("Decision"), choices=[(GRANT, _("Grant the later date")), (REFUSE, _("Refuse it"))], widget=Radios
    )
    reason = words(_("Reason"), required=False, rows=3, hint=_("Needed when you refuse."))
    agreed_at = MeetingChoice(
        label=_("Meeting that decided (optional)"),
        required=False,
        queryset=Meeting.objects.none(),
        empty_label=_("No meeting"),
    )
    minute = minute_number()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed_at"].queryset = held_meetings(self.thing.recommendation, clock.today())


class CloseForm(ActForm):
    outcome = forms.ChoiceField(
        label=_("How did the Board close it?"),
        choices=WAYS_TO_CLOSE,
        widget=Radios,
    )
    at = MeetingChoice(label=_("At which meeting?"), queryset=Meeting.objects.none(), empty_label=_("Choose a meeting"))
    minute = minute_number()
    note = words(
        _("What changed because of it?"), required=False, hint=_("A sentence or two for the yearly report."), rows=3
    )
    reason = words(
        _("Why was it closed this way?"), required=False, hint=_("Needed unless it was implemented."), rows=3
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = held_meetings(self.thing, clock.today())
        self.fields["at"].queryset = held.filter(held_on__gte=self.thing.item.meeting.held_on)


class OutcomeForm(ActForm):
    """What changed, of something closed; what is written already is only changed with a reason."""

    note = words(_("What changed because of it?"), rows=5, hint=_(
        "A sentence or two that members and the public can understand: who is better off, and by how much. "
        "Leave out names of children and victims."
    ))  # fmt: skip
    reason = words(_("Why does it change?"), rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("note", self.thing.outcome_note)
        if not self.thing.outcome_note:
            del self.fields["reason"]


class ReopenForm(ActForm):
    reason = words(_("Why is it opened again?"), rows=3)


class RetitleForm(ActForm):
    title = forms.CharField(label=_("Short title"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("title", self.thing.title)


class CorrectForm(ActForm):
    text = words(_("The Board’s words"), hint=_("Exactly as the minutes have them."), rows=8)
    reason = words(_("What was wrong?"), rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("text", self.thing.text)


class ExemptForm(ActForm):
    exempt_paragraph = exempt(_("Is the recommendation exempt?"))
    reason = words(_("Why?"), rows=2)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("exempt_paragraph", self.thing.exempt_paragraph or "")


class EvidenceForm(ActForm):
    """Ticks for every point and witness of the item."""

    points = forms.ModelMultipleChoiceField(
        label=_("Discussion points that led to it"),
        required=False,
        queryset=DiscussionPoint.objects.none(),
        widget=Checkboxes,
    )
    witnesses = forms.ModelMultipleChoiceField(
        label=_("Witnesses who spoke to it"), required=False, queryset=Witness.objects.none(), widget=Checkboxes
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        linked = [link for link in self.thing.evidence.all() if not link.is_withdrawn]
        self.initial.setdefault("points", [link.point_id for link in linked])
        self.initial.setdefault("witnesses", [link.witness_id for link in linked])
        self.fields["points"].queryset = self.thing.item.points.all()
        self.fields["witnesses"].queryset = self.thing.item.witnesses.all()
