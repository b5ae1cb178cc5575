"""History rows turned into lines that a councillor can read: who, when, what changed from what to what, and why."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from operator import attrgetter

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from recommendations.models import DateChange, Evidence, FollowUpReport, ProgressUpdate, Recommendation, Response
from recommendations.models.own_rows import OwnRows
from recommendations.permissions import can_read_exempt, name_for
from recommendations.words import choice, choices_in_words, day, moment

# What a reader is told about, by model: the fields, and the words for them. The rest is bookkeeping.
SHOWN = {
    "Recommendation": {
        "progress": _("Progress"),
        "owner": _("Owner"),
        "due_on": _("Due date"),
        "title": _("Short title"),
        "text": _("The Board’s words"),
        "kind": _("Kind"),
        "board": _("Board"),
        "closing_minute": _("Minute"),
        "outcome_note": _("What changed because of it"),
        "exempt_paragraph": _("Exempt under"),
    },
    "Response": {
        "answer": _("Answer"),
        "organisation": _("Organisation"),
        "regime": _("Time to answer"),
        "notified_on": _("Notice given on"),
        "received_on": _("Report received on"),
        "due_on": _("Last day to answer"),
    },
    "FollowUpReport": {
        "due_on": _("Due date"),
        "submitted_on": _("Submitted on"),
        "verdict": _("What the Board made of it"),
        "waived_on": _("Waived on"),
        "repeats": _("How often"),
        "exempt_paragraph": _("Exempt under"),
    },
    "Meeting": {"held_on": _("Date of the meeting"), "place": _("Place")},
    "MinutesDraft": {"state": _("State"), "claimed_by": _("Who works on it")},
    "DateChange": {"decision": _("Decision")},
    "Person": {"merged_into": _("Merged into")},
    "PartnerLink": {"revoked_on": _("Withdrawn on"), "sent_to": _("E-mailed to")},
}
PEOPLE_AND_PLACES = (
    "owner",
    "board",
    "regime",
    "organisation",
    "through__organisation",
    "claimed_by",
    "merged_into",
    "decided_at",
)


@dataclass(frozen=True)
class Change:
    """One field that changed; `before` is empty where there was nothing."""

    label: str
    before: str
    after: str
    # Of the field.
    name: str = field(default="", compare=False)

    def __str__(self):
        return _("%(label)s changed from %(before)s to %(after)s") % {
            "label": self.label,
            "before": self.before or _("nothing"),
            "after": self.after or _("nothing"),
        }


@dataclass(frozen=True)
class Entry:
    """One line of a timeline. `words` is what somebody wrote; `record` carries the attached file, if any."""

    moment: datetime
    who: str
    what: str
    why: str = ""
    words: str = ""
    changes: list[Change] = field(default_factory=list)
    record: object = None
    # Which history row this tells, and whose doing it was: for those who follow, each is told once.
    key: str = ""
    by_id: int | None = None

    @property
    def shown(self):
        """All that a page shows of it, to keep what is written by."""
        file = (self.record.file_name, self.record.file_url) if getattr(self.record, "file", None) else ()
        changes = tuple((change.label, change.before, change.after) for change in self.changes)
        told = (self.moment, self.who, self.what, self.why, self.words)
        return (*told, changes, getattr(self.record, "anchor", ""), file)


def joined(rows, names):
    return rows.select_related(*names)


def timeline(recommendation, user, own=None):
    """Everything that happened to a recommendation, newest first, as far as `user` may read it.

    Whom the council reminds, and when, is its own affair. Costs eight queries, whatever the length; fewer where `own`, of
    a page that asks for more, knows that there are rows of some kinds alone.
    """
    own, entitled = own or OwnRows.of(recommendation, user), entitled_to([recommendation], user)
    entries = [one for model in TOLD for _, one in told_of(model, own.history(model, names_of(model)), entitled)]
    if user.is_authenticated and own.has("mention"):
        entries += map(tell_mention, recommendation.mentions.that_arrived())
    owner_id = recommendation.owner_id
    if own.has("redaction"):
        entries += map(tell_redaction, recommendation.redacted_rows.of(recommendation))
    entries = [replace(one, who=name_for(user, one.who, by_id=one.by_id, owner_id=owner_id)) for one in entries]
    return merged(sorted(entries, key=lambda entry: entry.moment, reverse=True))


def entitled_to(recommendations, user):
    """The ids of those whose exempt updates and reports this person may read."""
    return {one.pk for one in recommendations if can_read_exempt(user, board_id=one.board_id, owner_id=one.owner_id)}


def changes_of(ids, *, way="in", entitled=frozenset(), named=joined):
    """(recommendation’s id, entry) of all that happened to these recommendations: six queries, however many they are.

    Except of those in `entitled`, as somebody reads them who may not read exempt updates and reports. `named` makes of
    rows of a history a list with the people and places that they name at hand.
    """
    for model, rows in zip(TOLD, histories_of(ids, way), strict=True):
        yield from told_of(model, named(rows.order_by("history_id"), names_of(model)), entitled)


def told_of(model, rows, entitled):
    """The same of these rows of the history of a `model`, oldest first."""
    tell, may_be_exempt = TOLD[model], model in (ProgressUpdate, FollowUpReport)
    for before, row in pairs(rows):
        # An exempt update or report is told only to those entitled, and so is why it was received as it was; the
        # recommendation itself they may see.
        key = row.id if model is Recommendation else row.recommendation_id
        hidden = may_be_exempt and row.exempt_paragraph and key not in entitled
        if told := tell(before, row, hidden):
            yield key, replace(told, why="") if hidden else told


def histories_of(ids, way="in"):
    """What happened to these recommendations: the rows of each history. Of many, `way` is "among" (exports/chunks.py)."""
    for model in TOLD:
        key = "id" if model is Recommendation else "recommendation"
        yield model.history.filter(**{f"{key}__{way}": ids})


def pairs(rows):
    """Each history row with the one before it of the same record, or None."""
    latest = {}
    for row in rows:
        yield latest.get(row.id), row
        latest[row.id] = row


@cache
def names_of(model):
    """The ways to the people and places that rows of the history of a `model` name."""
    fields = {model_field.name for model_field in model._meta.get_fields()}
    return ("history_user", *(name for name in PEOPLE_AND_PLACES if name.partition("__")[0] in fields))


def changes_between(before, row):
    """What a reader is told of the difference between two rows of one record."""
    # Words are made of what differs alone: they cost many times more than to compare.
    told = [
        Change(label, in_words(before), in_words(row), name)
        for name, label, key, in_words in shown_of(type(row), get_language())
        if key(before) != key(row)
    ]
    return [change for change in told if change.before != change.after]


@cache
def shown_of(model, language):
    """(name, what it is called in that language, which is spoken now, how to compare it, how to say it) of each field of
    a history that a reader is told about.
    """
    shown = SHOWN.get(model.instance_type.__name__, {})
    fields = [(model._meta.get_field(name), str(label)) for name, label in shown.items()]
    return [(field.name, label, attrgetter(field.attname), in_words_of(field, language)) for field, label in fields]


def in_words_of(field, language):
    """Says the field's value of a row as a reader sees it: a label, a name, a date in words; nothing as ""."""
    labels = choices_in_words(field, language) if field.choices else {}

    def in_words(row):
        value = getattr(row, field.name)
        value = labels.get(value, value) if labels else value
        if isinstance(value, date):
            return day(value)
        return "" if value is None else str(value)

    return in_words


def who_did(before, row):
    """Whoever was signed in; a partner, through the link that it used for this very change; else the system."""
    link = getattr(row, "through", None)
    if row.history_user is None and link and (before is None or before.through_id != link.pk):
        return link.speaker
    return str(row.history_user or _("The system"))


def entry(row, what, *, before=None, **more):
    return Entry(
        moment=row.history_date.astimezone(timezone.get_default_timezone()),
        who=who_did(before, row),
        what=what,
        key=f"{row.instance_type.__name__.lower()}:{row.history_id}",
        by_id=row.history_user_id,
        **({"why": row.history_change_reason or ""} | more),
    )


def tell_recommendation(before, row, hidden):
    if before is None:
        return entry(row, _("Brought in from the old tracker") if row.tracker_id else _("Recorded from the minutes"))
    changes = changes_between(before, row)
    if before.progress != row.progress:
        closed_at = _(" at the meeting of %(closed_on)s") % {"closed_on": day(row.closed_on)} if row.closed_on else ""
        return entry(row, choice(row, "progress") + closed_at, changes=changes)
    return entry(row, what_changed(before, changes[0]), changes=changes) if changes else None


def what_changed(before, first):
    """In a word: the first of the changes of a recommendation."""
    if first.name == "owner":
        return _("Owner changed")
    if first.name == "due_on":
        return _("Due date moved") if before.due_on else _("Due date set")
    if first.name == "outcome_note":
        return _("Outcome note corrected") if before.outcome_note else _("Outcome noted")
    return _("%(changes)s changed") % {"changes": first.label}


def tell_response(before, row, hidden):
    if before is None:
        return entry(row, _("An answer is expected from %(addressee)s") % {"addressee": row.addressee})
    told = {"before": before, "changes": changes_between(before, row)}
    if before.answer != row.answer:
        return entry(row, f"{row.addressee}: {choice(row, 'answer').lower()}", record=row.instance, **told)
    if before.organisation_id != row.organisation_id:
        return entry(row, _("%(addressee)s: organisation named") % {"addressee": row.addressee}, **told)
    what = _("%(addressee)s: clock started") if before.due_on is None else _("%(addressee)s: clock changed")
    return entry(row, what % {"addressee": row.addressee}, **told) if told["changes"] else None


def tell_report(before, row, hidden):
    name = _("Follow-up report %(number)s") % {"number": row.number}
    if before is None:
        asked = _("%(name)s asked for, due %(day)s") if row.due_on else _("%(name)s asked for, with no date yet")
        return entry(row, asked % {"name": name, "day": day(row.due_on)})
    if row.waived_on and not before.waived_on:
        return entry(row, _("%(name)s waived") % {"name": name})
    if row.submitted_on and not before.submitted_on:
        return entry(
            row,
            _("%(name)s submitted") % {"name": name},
            **({} if hidden else {"words": row.text, "record": row.instance}),
        )
    if row.verdict and not before.verdict:
        meeting = at_meeting(row.received_on, row.received_minute)
        return entry(
            row,
            _("%(name)s received%(meeting)s: %(verdict)s")
            % {"name": name, "meeting": meeting, "verdict": choice(row, "verdict").lower()},
        )
    changes = changes_between(before, row)
    if before.due_on == row.due_on:
        often = (choice(row, "repeats") or _("Once")).lower()
        what = _("%(name)s wanted %(often)s") % {"name": name, "often": often}
    else:
        what = (_("%(name)s: due date moved") if before.due_on else _("%(name)s: due date set")) % {"name": name}
    return entry(row, what, changes=changes) if changes else None


def tell_date_change(before, row, hidden):
    """What was asked, refused, or agreed at a meeting; a date that moved is told by the record that it moved."""
    if row.decision == DateChange.Decision.WAITING:
        return (
            entry(
                row,
                _("Later date asked for: %(to_on)s instead of %(from_on)s")
                % {"to_on": day(row.to_on), "from_on": day(row.from_on)},
            )
            if not before
            else None
        )
    meeting = at_meeting(row.decided_at and row.decided_at.held_on, row.decided_minute)
    if row.decision == DateChange.Decision.REFUSED:
        return entry(
            row,
            _("Later date refused%(meeting)s: it stays %(from_on)s")
            % {"meeting": meeting, "from_on": day(row.from_on)},
        )
    return (
        entry(
            row,
            _("Later date agreed%(meeting)s: %(to_on)s instead of %(from_on)s")
            % {"meeting": meeting, "to_on": day(row.to_on), "from_on": day(row.from_on)},
        )
        if meeting
        else None
    )


def at_meeting(held_on, minute):
    """ " at the meeting of 9 December 2026, minute 34/26", as far as it is known."""
    meeting = _(" at the meeting of %(held_on)s") % {"held_on": day(held_on)} if held_on else ""
    return _("%(meeting)s, minute %(minute)s") % {"meeting": meeting, "minute": minute} if minute else meeting


def tell_update(before, row, hidden):
    if hidden or before is not None:
        return None
    return entry(row, _("Progress update"), words=row.text, record=row.instance)


def tell_evidence(before, row, hidden):
    return entry(row, _("Evidence unlinked") if row.is_withdrawn else _("Evidence linked"))


def tell_mention(mention):
    """An e-mail about this that was sent; never to which address."""
    return Entry(moment=timezone.localtime(mention.mail.finished_at), who=_("The system"), what=mention.words)


def tell_redaction(row):
    """That something was taken out, and why; the rows themselves tell the rest as if it had never stood there."""
    redaction = row.redaction
    return Entry(
        moment=timezone.localtime(redaction.at), who=str(redaction.by), what=_("Redacted"), why=redaction.reason,
        by_id=redaction.by_id,
    )  # fmt: skip


# How each kind of row is told.
TOLD = {
    Recommendation: tell_recommendation,
    Response: tell_response,
    FollowUpReport: tell_report,
    DateChange: tell_date_change,
    ProgressUpdate: tell_update,
    Evidence: tell_evidence,
}


def merged(entries):
    """Told once what one person did at one moment: ten ticks of evidence; an update and the progress it changed."""
    told = []
    for one in entries:
        last = told[-1] if told else None
        if last and key_of(last) == key_of(one):
            if last.words and last.words == one.why:
                told[-1] = replace(one, why="", words=last.words, record=last.record)
                continue
            if (last.what, last.why) == (one.what, one.why) and not (one.words or one.changes):
                continue
        told.append(one)
    return told


def key_of(one):
    return one.who, one.moment.replace(second=0, microsecond=0)


def what_changed_since(record, version):
    """One sentence for each change that somebody made after `version`, for a person whose form came too late."""
    rows = joined(record.history.filter(version__gte=version).order_by("history_id"), names_of(type(record)))
    sentences = []
    for before, row in pairs(rows):
        if before is not None:
            changes = "; ".join(map(str, changes_between(before, row))) or _("saved it")
            sentences.append(f"{who_did(before, row)}, {moment(row.history_date)}: {changes}.")
    return sentences
