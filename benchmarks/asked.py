"""What a page asks of the tables that grow, word for word as the database was asked, and what that costs it to find."""

import json

from benchmarks.plans import GROWING, read_whole, rows_read

# {name: (who reads it, its address)}. The dashboard is not among them: what it shows is kept, and counted at another time;
# how each figure is counted stands in `plans.figures`.
PAGES = {
    "recommendations": ("member", "/recommendations/"),
    "overdue": ("member", "/recommendations/?only=overdue"),
    "reports-overdue-by-owner": ("member", "/follow-up-reports/?only=overdue&sort=owner"),
    "answers": ("member", "/answers/"),
    "meetings": ("member", "/meetings/"),
    "late": ("member", "/late/"),
    "action-overdue": ("member", "/recommendations/?timeliness=action_overdue"),
    "closures": ("member", "/feeds/closures.atom"),
    "sign-off": ("clerk", "/meetings/{meeting}/sign-off/"),
    "one-recommendation": ("member", "/recommendations/{slug}/"),
    "my-work": ("officer", "/my-work/"),
    "desk": ("clerk", "/desk/"),
}


def people():
    """{who: somebody}, and what stands in an address."""
    from benchmarks.plans import readers
    from recommendations.models import Recommendation, User

    member, officer = readers()
    clerk = User.objects.in_role("Clerks").order_by("pk")[0]
    latest = Recommendation.objects.open().order_by("-pk")[0]
    places = {"slug": latest.slug, "meeting": latest.item.meeting_id}
    return {"member": member, "officer": officer, "clerk": clerk}, places


def asked(person, address):
    """The statements that read something of a growing table, of a page that this process has not written before."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME=next(iter(settings.ALLOWED_HOSTS), "localhost"))
    client.force_login(person)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, secure=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}.")
    statements = [query["sql"] for query in queries.captured_queries]
    return [one for one in statements if one.startswith("SELECT") and any(f'"{table}"' in one for table in GROWING)]


def of_each_page():
    """{page: its statements}. What filters offer is remembered from one to the next, as by a process that is in use."""
    from recommendations.memory import Memory

    Memory.forget()
    persons, places = people()
    return {name: asked(persons[who], address.format(**places)) for name, (who, address) in PAGES.items()}


def explained(statement, options):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({options}) {statement}")
        return cursor.fetchall()


def plan_of(statement, options=""):
    ((told,),) = explained(statement, f"{options} FORMAT JSON")
    return (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]


def rows_read_by(statements):
    """Of growing tables, by all of them together."""
    return sum(rows_read(plan_of(one, "ANALYZE,")) for one in statements)


def tables_read_whole(statements):
    return sorted({table for one in statements for table in read_whole(plan_of(one))})


def plans_of(statements):
    """As text, one below the other."""
    texts = ["\n".join(line for (line,) in explained(one, "COSTS")) for one in statements]
    return "\n\n".join(f"-- {number} of {len(texts)}\n{text}" for number, text in enumerate(texts, 1)) + "\n"
