"""The rows of a sign-off: one form for each thing that waits for the Board, with what its decisions need and do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.forms.acts import WAYS_TO_CLOSE, DateField, words
from recommendations.forms.fields import GovukFormMixin, Radios
from recommendations.history import day
from recommendations.models import DateChange, FollowUpReport, Progress, Refused, Verdict

LEAVE = "leave"


def why():
    return forms.CharField(label=_("Why?"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 2}))


class Row(GovukFormMixin, forms.Form):
    """One thing that waits; left as it is, unless the Board decided.

    A decision names the questions it asks, those of them that must be answered, and how it is counted when saved.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(
        label=_("What did the Board decide?"), required=False, widget=Radios({"class": "govuk-radios--small"})
    )

    kind: str
    # The decision that "agree to all" makes of what is left.
    agreed = ""
    # {decision: {question: what is said where it is needed and empty; "" where it is not needed}}
    asks: dict
    # {decision: one and many, for `count_of`}, as in "1 report accepted, 2 later dates granted".
    counted: dict

    def __init__(self, thing, data=None, *, is_all_agreed=False):
        initial = {"version": thing.version, "choice": LEAVE}
        super().__init__(data, prefix=f"{self.kind}-{thing.pk}", initial=initial)
        self.thing, self.is_all_agreed = thing, is_all_agreed
        self.fields["choice"].choices = [(LEAVE, _("Leave it for another meeting")), *self.offered()]

    def offered(self):
        """[(decision, in words)]: what the verbs allow; all of it for a page that comes too late, so that it is told why."""
        raise NotImplementedError

    def set_beside(self, sitting, *, last, awaits_report):
        """What else the page shows: the update that was `last` said, if any, and what the `sitting` knows."""
        self.last = last

    @property
    def recommendation(self):
        return self.thing.recommendation

    @property
    def dated(self):
        """What has the due date."""
        return self.thing

    @property
    def is_date_running(self):
        return self.dated.is_awaited

    @property
    def what(self):
        """What it is, as the summary tells of a row that is left."""
        raise NotImplementedError

    @property
    def reference(self):
        return self.recommendation.reference

    @property
    def questions(self):
        """(question, the decisions that ask it) for the page, which shows a question with its decisions."""
        asked = [name for name in self.fields if name not in ("version", "choice")]
        return [(self[name], " ".join(choice for choice in self.asks if name in self.asks[choice])) for name in asked]

    @property
    def decision(self):
        """What is to be done: what was chosen, or what "agree to all" makes of what is left."""
        chosen = self.cleaned_data.get("choice") or LEAVE
        return self.agreed if chosen == LEAVE and self.agreed and self.is_all_agreed else chosen

    @property
    def is_decided(self):
        return self.decision != LEAVE

    def full_clean(self):
        """Everything that is wrong names its row: the summary on top of the page lists all of them."""
        super().full_clean()
        for errors in self._errors.values():
            for error in errors.as_data():
                error.message = f"{self.reference}: {error.message}"

    def clean(self):
        """Only what the decision asks counts: something half typed for another one does not stop it."""
        asked = self.asks.get(self.decision, {})
        for name in [name for name in self.errors if name in self.fields and name not in (*asked, "version", "choice")]:
            del self._errors[name]
        for name, sentence in asked.items():
            if sentence and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, sentence)
        if "due_on" in asked and (due_on := self.cleaned_data.get("due_on")) and due_on < clock.today():
            self.add_error("due_on", _("give today or a later day"))

    def refuse(self, sentence):
        self.add_error(None, f"{self.reference}: {sentence}")

    @property
    def as_counted(self):
        return self.counted[self.decision]

    @property
    def reason(self):
        return self.cleaned_data.get("reason", "") if "reason" in self.asks[self.decision] else ""

    @property
    def in_words(self):
        """The decision as the summary tells it."""
        raise NotImplementedError

    @property
    def remarks(self):
        """What was written to it, for the summary."""
        said = (self.cleaned_data[name] for name in ("note", "reason") if name in self.asks[self.decision])
        return [remark for remark in said if remark]

    def apply(self, sign_off, *, by):
        """Do it, through the verbs. `sign_off` has the meeting, the minute number and the note for all."""
        raise NotImplementedError

    def is_done(self, meeting):
        """It stands as asked for already: the same page was sent twice."""
        raise NotImplementedError

    def order_report(self, sign_off, due_on, *, by):
        """Ask for a report, or move the one that is awaited already to that day."""
        subject = self.recommendation
        awaited = subject.follow_ups.outstanding().first()
        if awaited is None:
            FollowUpReport.order(subject, by=by, due_on=due_on, reason=sign_off.told(self.reason))
        elif awaited.due_on != due_on:
            awaited.set_due_date(
                due_on, by=by, reason=self.reason or sign_off.why, at=sign_off.meeting, minute=sign_off.minute
            )

    def is_report_ordered(self, due_on):
        return self.recommendation.follow_ups.outstanding().filter(due_on=due_on).exists()


class ClosingRow(Row):
    """A recommendation that its officer reported complete."""

    kind, agreed, what, is_date_running = "closing", "close", _("reported complete"), False
    asks = {
        "close": {"note": ""},
        "otherwise": {"outcome": "", "reason": _("say why it is closed this way"), "note": ""},
        "send_back": {
            "reason": _("say why the Board is not satisfied"),
            "due_on": _("enter the day on which the new report is due"),
        },
    }
    counted = {
        "close": _("closed as implemented,closed as implemented"),
        "otherwise": _("closed in another way,closed in another way"),
        "send_back": _("back in progress,back in progress"),
    }
    note = words(
        _("What changed because of it?"), required=False, rows=2, hint=_("A sentence or two for the yearly report.")
    )
    outcome = forms.ChoiceField(label=_("Closed as"), choices=WAYS_TO_CLOSE[1:], required=False)
    reason = why()
    due_on = DateField(label=_("New report due"), required=False)

    def set_beside(self, sitting, **beside):
        super().set_beside(sitting, **beside)
        self.previous, self.is_old = sitting.previous, self.thing.pk in sitting.waiting_since_before

    def offered(self):
        return [
            ("close", _("Agree to close it: implemented")),
            ("otherwise", _("Close it in another way")),
            ("send_back", _("Not satisfied: back to in progress, with a new report due")),
        ]

    @property
    def recommendation(self):
        return self.thing

    @property
    def outcome_chosen(self):
        if self.decision == "close":
            return Progress.IMPLEMENTED
        return Progress(self.cleaned_data.get("outcome") or WAYS_TO_CLOSE[1][0])

    @property
    def in_words(self):
        if self.decision == "send_back":
            due_on = day(self.cleaned_data["due_on"])
            return _("Back to in progress; a new report is due %(due_on)s") % {"due_on": due_on}
        return self.outcome_chosen.label

    def apply(self, sign_off, *, by):
        if self.decision == "send_back":
            return self._send_back(sign_off, by=by)
        return self.thing.close(
            self.outcome_chosen, at=sign_off.meeting, by=by, reason=self.reason or sign_off.note,
            minute=sign_off.minute, note=self.cleaned_data["note"],
        )  # fmt: skip

    def _send_back(self, sign_off, *, by):
        self.thing.refresh_from_db()
        if self.thing.progress == Progress.IN_PROGRESS:
            raise Refused(_("The verdict on its report takes it back to in progress already. Leave this row as it is."))
        self.thing.change_progress(Progress.IN_PROGRESS, by=by, reason=sign_off.told(self.reason))
        return self.order_report(sign_off, self.cleaned_data["due_on"], by=by)

    def is_done(self, meeting):
        if self.decision == "send_back":
            due_on = self.cleaned_data["due_on"]
            return self.thing.progress == Progress.IN_PROGRESS and self.is_report_ordered(due_on)
        return self.thing.progress == self.outcome_chosen and self.thing.closed_at == meeting


class LaterDateRow(Row):
    """A later date that an officer asks for."""

    kind, agreed, what = "later", "grant", _("a later date is asked for")
    asks = {"grant": {}, "refuse": {"reason": _("say why the later date is refused")}}
    counted = {
        "grant": _("later date granted,later dates granted"),
        "refuse": _("later date refused,later dates refused"),
    }
    reason = why()

    @property
    def dated(self):
        return self.thing.target

    def offered(self):
        return [
            ("grant", _("Grant %(to_on)s") % {"to_on": day(self.thing.to_on)}),
            ("refuse", _("Refuse: it stays %(from_on)s") % {"from_on": day(self.thing.from_on)}),
        ]

    @property
    def in_words(self):
        if self.decision == "grant":
            return _("Later date granted: %(to_on)s") % {"to_on": day(self.thing.to_on)}
        return _("Later date refused: it stays %(from_on)s") % {"from_on": day(self.thing.from_on)}

    def apply(self, sign_off, *, by):
        said = {"by": by, "at": sign_off.meeting, "minute": sign_off.minute}
        if self.decision == "grant":
            return self.thing.grant(reason=sign_off.note, **said)
        return self.thing.refuse(reason=self.reason, **said)

    def is_done(self, meeting):
        wanted = DateChange.Decision.GRANTED if self.decision == "grant" else DateChange.Decision.REFUSED
        return self.thing.decision == wanted and self.thing.decided_at == meeting


class ReportRow(Row):
    """A follow-up report that was handed in."""

    kind, agreed, what = "report", Verdict.ACCEPTED.value, _("a report was handed in")
    asks = {
        Verdict.ACCEPTED.value: {},
        Verdict.FURTHER_WANTED.value: {"reason": "", "due_on": _("enter the day on which the further report is due")},
        Verdict.NOT_SATISFIED.value: {"reason": _("say why the Board is not satisfied"), "due_on": ""},
    }
    counted = {
        Verdict.ACCEPTED.value: _("report accepted,reports accepted"),
        Verdict.FURTHER_WANTED.value: _("further report wanted,further reports wanted"),
        Verdict.NOT_SATISFIED.value: _("report found not satisfactory,reports found not satisfactory"),
    }
    reason = why()
    due_on = DateField(label=_("Next report due"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.thing.repeats:
            further = self.asks[Verdict.FURTHER_WANTED.value] | {"due_on": ""}
            self.asks = self.asks | {Verdict.FURTHER_WANTED.value: further}

    def set_beside(self, sitting, **beside):
        """In a series the page says which day comes next: counted from the meeting, whenever that is signed off."""
        super().set_beside(sitting, **beside)
        if following := self.thing.next_due_after(sitting.meeting.held_on):
            often = self.thing.get_repeats_display().lower()
            said = {"often": often, "following": day(following)}
            self.fields["due_on"].help_text = _("Wanted %(often)s: leave empty for %(following)s.") % said
            if self.recommendation.is_open:
                accept = (
                    Verdict.ACCEPTED.value,
                    _("Accept it; wanted %(often)s, so the next is due %(following)s") % said,
                )
                choices = self.fields["choice"].choices
                self.fields["choice"].choices = [accept if pair[0] == accept[0] else pair for pair in choices]

    def offered(self):
        """Once the recommendation is closed, the Board can only take note."""
        every = [
            (Verdict.ACCEPTED.value, _("Accept it")),
            (Verdict.FURTHER_WANTED.value, _("Further report wanted")),
            (Verdict.NOT_SATISFIED.value, _("Not satisfied: a new report, and no longer reported complete")),
        ]
        return every if self.recommendation.is_open or self.is_bound else every[:1]

    @property
    def in_words(self):
        told = {
            Verdict.ACCEPTED: _("Report %(number)s accepted") % {"number": self.thing.number},
            Verdict.FURTHER_WANTED: _("Report %(number)s received, a further report wanted")
            % {"number": self.thing.number},
            Verdict.NOT_SATISFIED: _("Report %(number)s: the Board is not satisfied") % {"number": self.thing.number},
        }[Verdict(self.decision)]
        due_on = self.next_due_on
        return _("%(told)s, due %(due_on)s") % {"told": told, "due_on": day(due_on)} if due_on else told

    @property
    def next_due_on(self):
        """When the next one is due, as far as the decision says."""
        return self.cleaned_data.get("due_on") if "due_on" in self.asks[self.decision] else None

    def apply(self, sign_off, *, by):
        return self.thing.receive(
            self.decision, at=sign_off.meeting, by=by, minute=sign_off.minute, reason=self.reason or sign_off.note,
            next_due_on=self.next_due_on,
        )  # fmt: skip

    def is_done(self, meeting):
        return self.thing.verdict == self.decision and self.thing.received_at == meeting


class OverdueRow(Row):
    """An action, or a follow-up report still awaited, whose day has passed."""

    asks = {
        "move": {"due_on": _("enter the new date"), "reason": _("say why the date moves")},
        "ask": {"due_on": _("enter the day on which the report is due"), "reason": ""},
    }
    counted = {
        "move": _("new date agreed,new dates agreed"),
        "ask": _("report asked for,reports asked for"),
    }
    due_on = DateField(label=_("By when?"), required=False)
    reason = why()

    def offered(self):
        return [("move", _("A new date is agreed"))]

    @property
    def in_words(self):
        due_on = day(self.cleaned_data["due_on"])
        return (
            _("A follow-up report is asked for by %(due_on)s") % {"due_on": due_on}
            if self.decision == "ask"
            else _("New date: %(due_on)s") % {"due_on": due_on}
        )

    def apply(self, sign_off, *, by):
        due_on = self.cleaned_data["due_on"]
        if self.decision == "ask":
            return self.order_report(sign_off, due_on, by=by)
        return self.thing.set_due_date(due_on, by=by, reason=self.reason, at=sign_off.meeting, minute=sign_off.minute)

    def is_done(self, meeting):
        if self.decision == "ask":
            return self.is_report_ordered(self.cleaned_data["due_on"])
        return self.thing.due_on == self.cleaned_data["due_on"]


class OverdueReportRow(OverdueRow):
    kind, what = "late-report", _("a report is overdue")


class OverdueActionRow(OverdueRow):
    kind, what = "late-action", "overdue"

    def offered(self):
        return [*super().offered(), ("ask", _("Ask for a follow-up report"))]

    def set_beside(self, sitting, *, awaits_report, **beside):
        """One report at a time is awaited, so another is not offered."""
        super().set_beside(sitting, awaits_report=awaits_report, **beside)
        if awaits_report and not self.is_bound:
            self.fields["choice"].choices = [pair for pair in self.fields["choice"].choices if pair[0] != "ask"]

    @property
    def recommendation(self):
        return self.thing
