"""The sign-off of a meeting: one sheet of rows, one minute number and note for all, saved together or not at all."""

import re
from collections import Counter

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from recommendations.forms.acts import minute_number, words
from recommendations.forms.decisions import ClosingRow, LaterDateRow, OverdueActionRow, OverdueReportRow, ReportRow
from recommendations.forms.fields import GovukFormMixin
from recommendations.history import what_changed_since
from recommendations.models import FollowUpReport, Recommendation, Refused, Sitting
from recommendations.words import count_of

# (name, heading, what "agree to all" says, rows, what an empty one says)
SECTIONS = (
    ("closing", _("Reported complete"), _("Agree to close all in this section that are left"), (ClosingRow,),
     _("Nothing was reported complete by this meeting.")),
    ("later", _("Later dates asked for"), _("Grant all in this section that are left"), (LaterDateRow,),
     _("No later date was asked for.")),
    ("report", _("Reports received"), _("Accept all in this section that are left"), (ReportRow,),
     _("No report was handed in.")),
    ("late", _("Overdue"), "", (OverdueReportRow, OverdueActionRow), _("Nothing was overdue.")),
)  # fmt: skip
# A verdict on a report may take back what was reported complete, and what is closed needs no further report.
ORDER = (("closing", "close"), ("closing", "otherwise"), ("later", ""), ("report", ""), ("closing", "send_back"))


class WholeForm(GovukFormMixin, forms.Form):
    """What is asked once for the whole meeting."""

    minute = minute_number()
    note = words(
        _("A note for all (optional)"), rows=2, required=False,
        hint=_("Kept as the reason of every decision that has none of its own."),
    )  # fmt: skip
    all_closing = forms.BooleanField(required=False)
    all_later = forms.BooleanField(required=False)
    all_report = forms.BooleanField(required=False)

    def __init__(self, data=None):
        super().__init__(data)
        self.fields["note"].label = _("A note for all (optional)")
        for name, _heading, agree, *_more in SECTIONS:
            if agree:
                self.fields[f"all_{name}"].label = agree

    def is_all_agreed(self, name):
        return self.is_bound and f"all_{name}" in self.data and f"all_{name}" in self.fields


class SignOff:
    """The rows of a meeting: what waits there, or, once sent, exactly what the page asked about."""

    def __init__(self, meeting, user, data=None):
        self.meeting, self.user, self.data = meeting, user, data
        self.sitting = Sitting(meeting, user)
        self.form = WholeForm(data)
        things = self._waiting() if data is None else self._asked()
        self.sections = [self._section(things, *section) for section in SECTIONS]
        self._complete()

    # The rows

    def _waiting(self):
        sitting = self.sitting
        return {
            ClosingRow: sitting.reported_complete(),
            LaterDateRow: sitting.later_dates(),
            ReportRow: sitting.reports(),
            OverdueReportRow: sitting.overdue_reports(),
            OverdueActionRow: sitting.overdue_actions(),
        }

    def _asked(self):
        """What the page that was sent asked about, in its order, whatever has become of it meanwhile."""
        sitting = self.sitting
        things = {
            ClosingRow: sitting.recommendations,
            LaterDateRow: sitting.date_changes,
            ReportRow: sitting.follow_ups,
            OverdueReportRow: sitting.follow_ups,
            OverdueActionRow: sitting.recommendations,
        }
        return {kind: self._in_order(kind, rows) for kind, rows in things.items()}

    def _in_order(self, kind, things):
        """Those of `things` that the page asked about, as it had them one below the other."""
        asked = re.compile(rf"{kind.kind}-(\d{{1,18}})-version")
        keys = [int(found[1]) for found in map(asked.fullmatch, self.data) if found]
        return sorted(things.filter(pk__in=keys), key=lambda thing: keys.index(thing.pk))

    def _section(self, things, name, heading, agree, kinds, nothing):
        is_all_agreed = self.form.is_all_agreed(name)
        rows = [kind(thing, self.data, is_all_agreed=is_all_agreed) for kind in kinds for thing in things[kind]]
        agree_to_all = self.form[f"all_{name}"] if agree else None
        return {"name": name, "heading": heading, "rows": rows, "agree": agree_to_all, "nothing": nothing}

    def _complete(self):
        """What a row shows beside its record, in as many queries for fifty rows as for one."""
        ids = {row.recommendation.pk for row in self.rows}
        last = self.sitting.last_said(ids)
        reports = FollowUpReport.objects.outstanding().filter(recommendation__in=ids)
        awaited = {*reports.order_by().values_list("recommendation", flat=True)}
        for row in self.rows:
            key = row.recommendation.pk
            row.set_beside(self.sitting, last=last.get(key), awaits_report=key in awaited)

    @property
    def rows(self):
        return [row for section in self.sections for row in section["rows"]]

    @property
    def forms(self):
        """All of them, in the order of the page, for the error summary."""
        return [self.form, *self.rows]

    @property
    def typed(self):
        """[(name, value)] of everything that was sent, for the summary to send again."""
        names = [name for name in self.data if name not in ("act", "csrfmiddlewaretoken")]
        return [(name, value) for name in names for value in self.data.getlist(name)]

    # What was decided

    def is_valid(self):
        """Every form is asked, so that one look at the page shows all that is wrong."""
        if [form for form in self.forms if not form.is_valid()]:
            return False
        if not self.decided:
            self.form.add_error(
                None, _("Nothing is decided yet: choose at least one decision, or agree to all in a section.")
            )
        return self.form.is_valid()

    @property
    def decided(self):
        return [row for row in self.rows if row.is_decided]

    @property
    def left(self):
        return [row for row in self.rows if not row.is_decided]

    @property
    def minute(self):
        return self.form.cleaned_data["minute"]

    @property
    def note(self):
        return self.form.cleaned_data["note"]

    @property
    def why(self):
        """A reason for what has none of its own."""
        return self.note or _("Agreed at the meeting of %(meeting)s.") % {"meeting": self.meeting}

    def told(self, reason):
        """The reason with the meeting that gave it, for records that keep no meeting of their own."""
        minute = _(", minute %(minute)s") % {"minute": self.minute} if self.minute else ""
        return _("%(reason)s (Meeting of %(meeting)s%(minute)s.)") % {
            "reason": reason or self.note or _("The Board wants to hear more."),
            "meeting": self.meeting,
            "minute": minute,
        }

    @property
    def totals(self):
        """ "3 closed as implemented, 1 later date granted", in the order of the page."""
        numbers = Counter(row.as_counted for row in self.decided)
        return ", ".join(count_of(n, counted) for counted, n in numbers.items())

    # Saving

    def save(self, *, by):
        """Everything or nothing: the first look finds what somebody changed meanwhile, then the verbs say what they refuse.

        Returns whether anything was saved: the same page sent twice changes nothing the second time.
        """
        with transaction.atomic():
            self._lock()
            if all(row.is_done(self.meeting) for row in self.decided):
                return False
            stale = [row for row in self.decided if row.thing.version != row.cleaned_data["version"]]
            refusals = self._stale_rows(stale) or self._refusals(by)
            if refusals:
                raise Unsaved(refusals)
        return True

    def _lock(self):
        """Every recommendation first and in one order, so that two clerks never wait for each other."""
        keys = {row.recommendation.pk for row in self.decided}
        list(Recommendation.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))
        for row in self.decided:
            row.thing.refresh_from_db()

    def _stale_rows(self, stale):
        told = {}
        for row in stale:
            changes = " ".join(what_changed_since(row.thing, row.cleaned_data["version"]))
            again = _("Check it, then save again if you still want to.")
            told[row.prefix] = _("this has changed since you opened it. %(changes)s %(again)s") % {
                "changes": changes,
                "again": again,
            }
        return told

    def _refusals(self, by):
        """Does what was decided. {row: why} of what the verbs refuse; all of them, for one look at the page."""
        refusals = {}
        for row in sorted(self.decided, key=place_in_order):
            try:
                row.apply(self, by=by)
            except Refused as refusal:
                refusals[row.prefix] = str(refusal)
        return refusals

    def tell(self, refusals):
        """Say on each row why it could not be saved. What was typed stays, and is meant for what is there now."""
        self.data = self.data.copy()
        for row in self.rows:
            if row.prefix in refusals:
                row.refuse(refusals[row.prefix])
            row.data = self.data
            self.data[row.add_prefix("version")] = row.thing.version


class Unsaved(Refused):
    """Some rows could not be saved, so none was; `refusals` says why, row by row."""

    def __init__(self, refusals):
        super().__init__(_("Nothing was saved yet."))
        self.refusals = refusals


def place_in_order(row):
    pairs = [(row.kind, row.decision), (row.kind, "")]
    return next((place for place, pair in enumerate(ORDER) if pair in pairs), len(ORDER))
