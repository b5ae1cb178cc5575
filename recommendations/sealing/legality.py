"""Each change that the history tells of, judged by the rules of that record and by who was entitled at that time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from recommendations.models import (
    Answer,
    DateChange,
    FollowUpReport,
    Meeting,
    MinutesDraft,
    Progress,
    ProgressUpdate,
    Recommendation,
    Response,
    Verdict,
)
from recommendations.models.progress import CLOSED, is_allowed, needs_reason
from recommendations.models.responses import ANSWER_CHANGES, answer_needs_reason
from recommendations.models.written_once import table_of
from recommendations.permissions import CLERKS
from recommendations.sealing.by_whom import SET_UP, of_others, own_columns
from recommendations.sealing.dates import CLOCK_MAY_GO_BACK
from recommendations.sealing.findings import Finding
from recommendations.sealing.records import tracked_models
from recommendations.sealing.rights import Rights


@dataclass
class Step:
    """One row of a history, the one before it (None for the first), and the rights of those days."""

    before: dict | None
    after: dict
    rights: Rights
    unknown: int = 0

    def changed(self, *columns):
        return self.before is not None and any(self.before[column] != self.after[column] for column in columns)

    def changed_beyond(self, *columns):
        """Something else than these is different from the row before."""
        return self.before is not None and any(
            self.before[column] != value
            for column, value in self.after.items()
            if column not in (*columns, *OF_THE_ROW)
        )

    def says_it_was(self, day):
        """Whether that is the day of this row: of what was done then, nobody says another one."""
        at = self.after["history_date"]
        return day in (localdate(at), localdate(at - CLOCK_MAY_GO_BACK))

    @property
    def reason(self):
        return (self.after["history_change_reason"] or "").strip()

    def by(self, *, owner=None, roles=(CLERKS,)):
        """What is wrong with who did it: a clerk may (or `roles`), the system with a reason, and an officer, the `owner`."""
        person = self.after["history_user_id"]
        if person is None:
            if not self.reason:
                yield "by nobody, and without a reason"
            return
        why_not = self.rights.why_not(person, self.after["history_date"], owner=owner, roles=roles)
        self.unknown += why_not is None
        if why_not:
            yield why_not


# What comes with an answer, and with a report that is handed in
OF_AN_ANSWER = ("answered_on", "reasons", "through_id", "file", "file_name")
OF_HANDING_IN = ("submitted_by_id", "submitted_with_id", "text", "exempt_paragraph", "file", "file_name")
# Of the row, not of the record
OF_THE_ROW = (
    "history_id", "history_date", "history_type", "history_user_id", "history_change_reason", "version", "owner_then",
)  # fmt: skip


def of_any(step):
    """The rules of every history: it begins once, ends never, and misses nothing."""
    before, after = step.before, step.after
    if after["history_type"] != ("+" if before is None else "~"):
        yield "is not the first row, and says that it is" if before else "is the first row, and tells of no beginning"
    if before is None:
        if after.get("version", 1) != 1:
            yield f"is the first row, and version {after['version']}"
        return
    if after["history_date"] < before["history_date"] - CLOCK_MAY_GO_BACK:
        yield "is dated before the row that it follows"
    if "version" in after and after["version"] - before["version"] not in (0, 1):
        yield f"is version {after['version']} after version {before['version']}: a change between them is not there"


def of_dates(step, *, is_done):
    """A first due date is free; a later one has a reason and is counted, and what is done keeps its own."""
    before, after = step.before, step.after
    if not step.changed("due_on"):
        if step.changed("times_moved", "original_due_on"):
            yield "changes how often its due date has moved, or the first one, and moves none"
        return
    if is_done:
        yield "moves the due date of what was done"
    if before["due_on"] is None:
        if (after["original_due_on"], after["times_moved"]) != (after["due_on"], 0):
            yield "gives a first due date, and says that there was another one"
        return
    if not step.reason:
        yield "moves a due date without a reason"
    if after["times_moved"] != before["times_moved"] + 1 or after["original_due_on"] != before["original_due_on"]:
        yield "moves a due date without counting it"


def of_recommendation(step):
    before, after = step.before, step.after
    now = after["progress"]
    if [after["closed_on"] is not None, after["closed_at_id"] is not None] != [now in CLOSED] * 2:
        yield "is closed without its day and meeting, or has them and is open"
    if before is None and now != Progress.NOT_STARTED:
        yield f"begins as “{now}”"
    if step.changed("reference", "item_id", "tracker_id", "old_reference"):
        yield "has another reference or origin than before"
    if step.changed("text", "exempt_paragraph") and not step.reason:
        yield "has other words, or is exempt or open, without a reason"
    if step.changed("owner_id") and after["owner_id"] is None and not step.reason:
        yield "has no owner any more, without a reason"
    if step.changed("closed_on", "closed_at_id", "closing_minute") and not step.changed("progress"):
        yield "was closed on another day, or at another meeting, than it said"
    yield from of_meetings_day(step, "closed_on", "closed_at_id")
    yield from of_dates(step, is_done=before and before["progress"] in CLOSED and now in CLOSED)
    if step.changed("progress"):
        yield from of_progress(step, before["progress"], now)
    elif before is None or step.changed_beyond():
        yield from step.by()


def of_progress(step, was, now):
    if was not in Progress.values or now not in Progress.values or not is_allowed(was, now):
        yield f"goes from “{was}” to “{now}”, which no rule allows"
    elif needs_reason(was, now) and not step.reason:
        yield f"goes from “{was}” to “{now}” without a reason"
    is_the_boards = was in CLOSED or now in CLOSED or step.changed_beyond("progress")
    yield from step.by(owner=None if is_the_boards else step.before["owner_id"])


def of_response(step):
    before, after = step.before, step.after
    if before is None and after["answer"] != Answer.AWAITING:
        yield f"begins as “{after['answer']}”"
    if step.changed("due_on", "notified_on", "received_on") and before["due_on"] and not step.reason:
        yield "changes a clock that was running, without a reason"
    if step.changed("answer"):
        yield from of_answer(step, before["answer"], after["answer"])
    elif step.changed(*OF_AN_ANSWER):
        yield "says otherwise of an answer that was given already"
    if step.changed("answer") and after["through_id"] and after["history_user_id"] is None:
        yield from of_partner(step)
    elif before is None or step.changed_beyond():
        yield from step.by()


def of_answer(step, was, now):
    if now not in ANSWER_CHANGES.get(was, ()):
        yield f"goes from “{was}” to “{now}”, which no rule allows"
    elif answer_needs_reason(was, now) and not step.reason and not step.after["reasons"].strip():
        yield f"goes from “{was}” to “{now}” without a reason"
    if (day := step.after["answered_on"]) and day > localdate(step.after["history_date"]):
        yield "was answered on a day that was still to come"


def of_partner(step):
    """Answered through a link: that of the organisation, while it worked, today."""
    after = step.after
    if after["answered_on"] and not step.says_it_was(after["answered_on"]):
        yield "came through a link on another day than it says"
    on = localdate(after["history_date"])
    why_not = step.rights.why_not_through(after["through_id"], after["id"], after["organisation_id"], on)
    yield from [why_not] if why_not else []


def of_report(step):
    before, after = step.before, step.after
    yield from of_dates(step, is_done=before and (before["submitted_on"] or before["waived_on"]))
    yield from of_days(step, "submitted_on", "waived_on")
    yield from of_meetings_day(step, "received_on", "received_at_id")
    if before is None:
        if after["submitted_on"] or after["waived_on"] or after["verdict"]:
            yield "begins as a report that was handed in or waived"
        yield from step.by()
        return
    if any(before[column] and step.changed(column) for column in ("submitted_on", "verdict", "waived_on")):
        yield "takes back that it was handed in, received or waived"
    if step.changed("submitted_on"):
        yield from of_handing_in(step)
        return
    if step.changed(*OF_HANDING_IN):
        yield "says otherwise of a report that was handed in already"
    yield from of_receiving(step)
    if step.changed("waived_on") and not step.reason:
        yield "was waived without a reason"
    if step.changed_beyond():
        yield from step.by()


def of_receiving(step):
    after, is_new = step.after, step.changed("verdict")
    if after["verdict"] and not after["submitted_on"]:
        yield "was received without having been handed in"
    if is_new and after["verdict"] == Verdict.NOT_SATISFIED and not step.reason:
        yield "was received as not satisfactory without a reason"
    if not is_new and step.changed("received_on", "received_at_id", "received_minute"):
        yield "was received on another day, or at another meeting, than it said"


def of_meetings_day(step, day, meeting):
    if step.after[day] and step.after[day] not in step.rights.meeting_days[step.after[meeting]]:
        yield f"says {step.after[day]} in {day}, when that meeting was not held"


def of_days(step, *columns):
    """What is done with a row happened on the day of that row."""
    for column in columns:
        day = step.after[column]
        if day and (step.before is None or step.changed(column)) and not step.says_it_was(day):
            yield f"says {day} in {column}, and was written on another day"


def of_handing_in(step):
    if step.before["waived_on"]:
        yield "was handed in after it was waived"
    if step.after["submitted_by_id"] != step.after["history_user_id"]:
        yield "names another author than who handed it in"
    yield from step.by(owner=step.after["owner_then"])


def of_date_change(step):
    before, after = step.before, step.after
    Decision = DateChange.Decision
    yield from of_days(step, "asked_on", "decided_on")
    if before is None:
        if after["asked_by_id"] != after["history_user_id"] or after["decision"] == Decision.REFUSED:
            yield "names another person than who asked, or begins as refused"
        yield from step.by(owner=after["owner_then"] if after["decision"] == Decision.WAITING else None)
        return
    if step.changed_beyond():
        if before["decision"] != Decision.WAITING:
            yield "changes what was decided"
        if after["decided_by_id"] != after["history_user_id"]:
            yield "names another person than who decided"
        if after["decision"] == Decision.REFUSED and not step.reason:
            yield "was refused without a reason"
        yield from step.by()


def of_meeting(step):
    if step.changed("held_on", "place") and not step.reason:
        yield "has another day or place, without a reason"
    yield from step.by()


def of_update(step):
    """Said once, by the owner, a clerk or a partner; what an old tracker held was said before."""
    after = step.after
    if after["recommendation_id"] not in step.rights.brought_in or after["said_on"] > localdate(after["history_date"]):
        yield from of_days(step, "said_on")
    if after["said_by_id"] != after["history_user_id"]:
        yield "names another person than who said it"
    if step.before is None and after["through_id"] is None:
        yield from step.by(owner=after["owner_then"])


def of_draft(step):
    State = MinutesDraft.State
    if step.before is None or not step.changed("state"):
        return
    if step.before["state"] != State.UNFINISHED:
        yield f"goes from “{step.before['state']}” to “{step.after['state']}”, which no rule allows"
    if step.after["state"] == State.DISCARDED and not step.reason:
        yield "was discarded without a reason"
    yield from step.by()


RULES = {
    Recommendation: of_recommendation,
    Response: of_response,
    FollowUpReport: of_report,
    DateChange: of_date_change,
    Meeting: of_meeting,
    MinutesDraft: of_draft,
    ProgressUpdate: of_update,
}


@dataclass
class Judgement:
    """What was judged while the histories are read."""

    rows: int = 0
    unknown: int = 0
    rights: Rights = field(default_factory=Rights)

    def findings(self, watch=lambda rows: None) -> Iterator[Finding]:
        for model in tracked_models():
            table = table_of(model.history.model)
            try:
                yield from self.of_model(model, table, watch)
            except (TypeError, ValueError) as unreadable:
                # SQLite lets anybody write a text where a day belongs. The seals name the row.
                yield Finding(table, None, f"holds what cannot be read as what it should be: {unreadable}")

    def of_model(self, model, table, watch):
        rule = RULES.get(model)
        for before, after in pairwise(chain([{"id": None}], rows_of(model))):
            step = Step(before if before["id"] == after["id"] else None, after, self.rights)
            wrong = [*of_any(step), *(rule(step) if rule else of_others(model, step))]
            yield from (Finding(table, after["history_id"], what) for what in wrong)
            self.rows += 1
            self.unknown += step.unknown
            watch(1)


def rows_of(model):
    """All rows of a history, each record's together."""
    rows = model.history.order_by("id", "history_id")
    if model in (FollowUpReport, DateChange, ProgressUpdate):
        rows = rows.annotate(owner_then=Subquery(owners_then()))
    columns = [] if model in RULES or model in SET_UP else [*GENERAL, *own_columns(model)]
    return rows.values(*columns).iterator(chunk_size=2000)


GENERAL = ("id", "history_id", "history_date", "history_type", "history_user_id", "history_change_reason")


def owners_then():
    """Who owned the recommendation that the row belongs to, when it was written."""
    earlier = Recommendation.history.filter(
        id=OuterRef("recommendation_id"), history_date__lte=OuterRef("history_date")
    )
    return earlier.order_by("-history_date", "-history_id").values("owner_id")[:1]
