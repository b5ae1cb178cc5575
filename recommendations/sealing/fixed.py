"""What no verb ever changes: each row of a history says it as the first one of that record did."""

from django.db import connection
from django.db.models import Count, F, Max, Min, Q, Sum

from recommendations.models import (
    AgendaItem,
    AttendanceChange,
    DateChange,
    DiscussionPoint,
    Evidence,
    FollowUpReport,
    HandOver,
    Meeting,
    MinutesDraft,
    OldTracker,
    PartnerLink,
    ProgressUpdate,
    Recommendation,
    ReferenceCounter,
    Resolution,
    Response,
    Witness,
)
from recommendations.models.written_once import table_of
from recommendations.sealing.findings import Finding
from recommendations.sealing.records import kept_columns, rows

# All but these: {model: what its verbs change}
CHANGES = {
    AgendaItem: (),
    AttendanceChange: (),
    DiscussionPoint: (),
    Resolution: (),
    ProgressUpdate: (),
    Evidence: ("is_withdrawn",),
    Witness: ("person_id",),
    HandOver: ("undone_on",),
    Meeting: ("held_on", "place"),
    PartnerLink: ("sent_to", "revoked_on"),
}
# These alone: {model: what is settled with its first row}
SETTLED = {
    DateChange: ("recommendation_id", "follow_up_id", "from_on", "to_on", "reason", "asked_by_id", "asked_on"),
    FollowUpReport: ("recommendation_id", "number"),
    MinutesDraft: ("digest", "file_name", "created_by_id", "created_on"),
    OldTracker: ("board_id", "file", "file_name", "file_digest", "created_by_id", "created_on"),
    Recommendation: ("item_id", "tracker_id", "reference", "old_reference", "kind", "number", "position", "line"),
    Response: ("recommendation_id", "addressee"),
}


def findings():
    for model in {**CHANGES, **SETTLED}:
        yield from of_model(model)
    yield from decided()
    yield from vanished()


def decided():
    """A meeting’s day can no longer change once something was closed or received there."""
    for model, day, meeting in (
        (Recommendation, "closed_on", "closed_at"),
        (FollowUpReport, "received_on", "received_at"),
    ):
        wrong = model.objects.order_by("pk").filter(~Q(**{day: F(f"{meeting}__held_on")}), **{f"{day}__isnull": False})
        for key in wrong.values_list("pk", flat=True):
            yield Finding(table_of(model), key, "was decided at a meeting that has another day by now")


def of_model(model):
    """Each record's first row that says something else than its beginning."""
    columns, table = columns_of(model), table_of(model.history.model)
    told = set()
    for key, record, *differ in rows(_differing(table, columns)):
        if record not in told:
            told.add(record)
            changed = ", ".join(column for column, differs in zip(columns, differ, strict=True) if differs)
            yield Finding(table, key, f"says otherwise than its record began what nobody can change: {changed}")


def columns_of(model):
    if model in SETTLED:
        return SETTLED[model]
    return [column for column in kept_columns(model) if column not in (*CHANGES[model], "version")]


def _differing(table, columns):
    """Rows of a record and not the first of it, with, for each column, whether it differs from that. Few have any."""
    differ = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    told = [f'h."{column}" {differ} b."{column}"' for column in columns]
    shown = ", ".join(f"CASE WHEN {each} THEN 1 ELSE 0 END" for each in told)
    return (
        f"SELECT h.history_id, h.id, {shown} FROM "
        f"(SELECT id, min(history_id) AS history_id FROM {table} GROUP BY id HAVING count(*) > 1) first "
        f"JOIN {table} b ON b.history_id = first.history_id "
        f"JOIN {table} h ON h.id = first.id AND h.history_id > first.history_id "
        f"WHERE {' OR '.join(told)} ORDER BY h.history_id"
    )


def vanished():
    """Numbers that were given and that nothing has: whatever had them is gone, with all that it lived through."""
    numbered = FollowUpReport.objects.order_by().values("recommendation")
    gaps = numbered.annotate(n=Count("pk"), first=Min("number"), last=Max("number")).exclude(n=F("last"), first=1)
    for recommendation, last, n in gaps.values_list("recommendation", "last", "n"):
        what = f"of {last} follow-up reports on recommendation {recommendation}, {n} are there: the others were removed"
        yield Finding(table_of(FollowUpReport), None, what)
    # Beside a tracker that was brought in, numbers may have been passed over.
    if OldTracker.objects.exists():
        return
    given = ReferenceCounter.objects.aggregate(given=Sum("last_number"))["given"] or 0
    if given > (there := Recommendation.objects.count()):
        what = f"{given} references were given, and {there} recommendations are there: the others were removed"
        yield Finding(table_of(Recommendation), None, what)
