"""How many rows PostgreSQL reads for a page does not grow with what is closed: counted, not timed.

A small portfolio, then ten times as much closed matter beside it. A few rows more may stand on the way to the first of
a page; whoever reads what is closed reads all of it.
"""

import pytest
from django.db import connection

from benchmarks import asked, plans
from recommendations.models import FollowUpReport, Recommendation, Response
from recommendations.models.responses import ANSWERED
from tests.small_portfolio import as_if_large

# The first counts up to a limit that no small portfolio reaches. The others look for one row of each owner and meeting;
# where PostgreSQL begins with that is told by how much there is: their plans of 100,000 are kept.
LIMITED = {"recommendations-counted", "owners-to-choose", "meetings-to-choose"}
NAMES = sorted({path.stem for path in plans.FOLDER.glob("*.txt") if not path.stem.startswith("page-")} - LIMITED)
# Whole pages, with every question they ask. The others count up to the limit, or what became of everything, look for one row
# of each meeting too, or for what is similar.
PAGES = ("reports-overdue-by-owner", "late", "sign-off", "my-work", "desk")
TIMES, SHIFT = 10, 1_000_000


def closed_matter():
    """What no page has a reason to look at again."""
    closed = Recommendation.objects.closed().filter(exempt_paragraph=None, item__exempt_paragraph=None, id__lt=SHIFT)
    ids = closed.order_by().values("id")
    settled = FollowUpReport.objects.filter(recommendation__in=ids).exclude(received_on=None, waived_on=None)
    return closed, settled, Response.objects.filter(recommendation__in=ids, answer__in=ANSWERED)


def add(rows, times):
    """As much of it again, so many times. By the database itself: verbs would take minutes, and add open matter first."""
    moved = {name: f"{name} + {SHIFT} * n" for name in ("id", "recommendation_id")}
    moved |= {name: f"{name} || '-' || n" for name in ("reference", "slug")}
    names = [field.column for field in rows.model._meta.concrete_fields]
    table, ids = rows.model._meta.db_table, list(rows.order_by().values_list("id", flat=True))
    columns, told = (
        ", ".join(each) for each in ([f'"{name}"' for name in names], [moved.get(n, f'"{n}"') for n in names])
    )
    from_where = f"FROM {table}, generate_series(1, {times}) AS n WHERE id = ANY(%s)"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {told} {from_where}", [ids])
        cursor.execute(f"ANALYZE {table}")
    return len(ids) * times


def rows_read(pages):
    hot = {
        name: plans.rows_read(plans.plan_of(rows, analyze=True))
        for name, rows in plans.queries(*plans.readers()).items()
    }
    return hot | {f"page {name}": asked.rows_read_by(statements) for name, statements in pages.items()}


@pytest.fixture(scope="module")
def read(django_db_setup, django_db_blocker):
    """({what: rows read}, the same with more closed matter, how much more)"""
    with as_if_large(600, django_db_blocker):
        pages = asked.of_each_page()
        before = rows_read(pages)
        more = sum(add(rows, TIMES) for rows in closed_matter())
        return before, rows_read(pages), more


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("name", [*NAMES, *(f"page {name}" for name in PAGES)])
def test_what_is_closed_is_not_read(name, read):
    before, after, more = read
    assert after[name] - before[name] < more / 20
