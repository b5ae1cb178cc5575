"""How PostgreSQL goes about the queries that pages ask most: its plans, and what of them reads a whole table.

    DATABASE_URL=postgres://… python -m benchmarks.plans      writes benchmarks/plans/, and fails where a table is read whole

A database of 100,000 recommendations tells most (`seed_portfolio`); with less PostgreSQL rightly reads small tables whole.
"""

import json
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "plans"
# What grows with every year: nothing of it may be read whole to show a page.
GROWING = tuple(
    f"recommendations_{name}"
    for name in (
        "recommendation", "followupreport", "response", "progressupdate", "datechange", "agendaitem", "meeting",
        "searchable", "historicalrecommendation", "historicalfollowupreport", "historicalresponse",
    )
)  # fmt: skip


def queries(member, officer):
    """{name: queryset} of what the pages ask, for a member and for an officer who owns things."""
    return lists(member) | figures() | work(officer) | filters(member)


def lists(member):
    from recommendations import clock
    from recommendations.models import FollowUpReport, Recommendation, Response, Snapshot
    from recommendations.views.paging import MOST_COUNTED, ordering

    snapshot = Snapshot(member, clock.today())
    mine, on = snapshot.recommendations(), snapshot.on
    late, answers = snapshot.follow_ups(mine).overdue(on), snapshot.responses(mine).overdue(on)
    asked = [("item__meeting__held_on", True), ("position", False), ("id", False)]
    by_due = [("due_on", False), ("id", False)]
    return {
        "overdue-by-due": late.order_by(*ordering(by_due, FollowUpReport))[:26],
        "overdue-answers": answers.order_by(*ordering(by_due, Response))[:26],
        "overdue-actions": mine.overdue(on).order_by("due_on", "id")[:26],
        "recommendations-latest-first": mine.order_by(*ordering(asked, Recommendation))[:26],
        "recommendations-counted": mine.order_by().values("id")[: MOST_COUNTED + 1],
    }


def figures():
    from recommendations import clock
    from recommendations.trends.parts import ALL, Part

    part = Part(None, clock.today(), ALL)
    everything, on = part.recommendations(), part.on
    answers, reports = part.responses(), part.follow_ups()
    return {
        "standing": everything.open().with_timeliness(on).order_by().values("timeliness", "progress"),
        "late-reports-counted": reports.overdue(on).order_by().values("id"),
        "late-answers-counted": answers.overdue(on).order_by().values("organisation"),
        "answers-soon-due": answers.due_soon(on).order_by().values("id"),
        "reports-handed-in": reports.awaiting_board().order_by().values("id"),
        "restricted": everything.restricted().order_by().values("id"),
    }


def work(officer):
    from recommendations import clock
    from recommendations.models import Snapshot

    snapshot = Snapshot(officer, clock.today())
    mine = snapshot.recommendations().open().owned_by(officer)
    return {"my-actions": mine, "my-reports": snapshot.follow_ups(mine).outstanding()}


def filters(member):
    from django.test import RequestFactory

    from recommendations.forms.choosing import MOST
    from recommendations.forms.filters import asking_meetings, ever_owners

    request = RequestFactory().get("/")
    request.user = member
    return {
        "owners-to-choose": ever_owners(request).order_by()[: MOST + 1],
        "meetings-to-choose": asking_meetings(request)[:MOST],
    }


def readers():
    """A member, and an officer who owns something that is open."""
    from recommendations.models import Recommendation, User

    member = User.objects.in_role("Members").order_by("pk")[0]
    return member, User.objects.get(pk=Recommendation.objects.open().filter(owner__isnull=False)[0].owner_id)


def plan_of(rows, **options):
    return json.loads(rows.explain(format="json", **options))[0]["Plan"]


def rows_read(plan):
    """How many rows of growing tables were looked at, be they passed on or not; of a plan that was carried out."""
    below = sum(map(rows_read, plan.get("Plans", ())))
    if plan.get("Relation Name") not in GROWING:
        return below
    looked_at = [plan.get(f"Rows Removed by {way}", 0) for way in ("Filter", "Index Recheck")]
    return below + (plan["Actual Rows"] + sum(looked_at)) * plan["Actual Loops"]


def read_whole(plan, is_cut=False):
    """The growing tables that a plan reads from end to end.

    Through an index too, if that holds every row and nothing is looked up in it; a `Limit` cuts such a reading short.
    """
    is_cut = is_cut or plan["Node Type"] == "Limit"
    found = []
    if plan.get("Relation Name") in GROWING and not is_cut and reads_all(plan):
        found.append(plan["Relation Name"])
    for below in plan.get("Plans", ()):
        # What a sort or a hash begins with is read to its end, whatever is cut afterwards.
        found += read_whole(below, is_cut and plan["Node Type"] not in ("Sort", "Hash", "Aggregate"))
    return found


def reads_all(plan):
    if "Seq Scan" in plan["Node Type"]:
        return True
    is_looked_up = "Index Cond" in plan or plan["Node Type"] == "Bitmap Heap Scan"
    return "Index" in plan["Node Type"] and not is_looked_up and plan["Index Name"] not in partial_indexes()


def partial_indexes():
    """They hold what is open, late or exempt, and may be read whole."""
    from django.apps import apps

    models = apps.get_app_config("recommendations").get_models()
    return {index.name for model in models for index in model._meta.indexes if index.condition}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse_board.settings")
    import django

    django.setup()
    from django.db import transaction

    from benchmarks import asked

    FOLDER.mkdir(exist_ok=True)
    texts, faults = {}, []
    for name, rows in queries(*readers()).items():
        texts[name] = rows.explain(costs=True) + "\n"
        faults += [f"{name} reads {table} whole" for table in read_whole(plan_of(rows))]
    # To read a page writes a session.
    with transaction.atomic():
        for name, statements in asked.of_each_page().items():
            texts[f"page-{name}"] = asked.plans_of(statements)
            faults += [f"the page {name} reads {table} whole" for table in asked.tables_read_whole(statements)]
        transaction.set_rollback(True)
    for name, text in texts.items():
        (FOLDER / f"{name}.txt").write_text(text, "utf-8")
    print("\n".join(faults) or f"{len(texts)} plans read no growing table whole.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
