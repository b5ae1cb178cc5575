"""PostgreSQL has an index for everything that pages ask of tables that grow with the years.

With whole tables forbidden to it, and joins that go through both sides, what it then still reads whole has no index: so a
small portfolio tells what 100,000 would. The plans of 100,000 stand in benchmarks/plans.
"""

import pytest

from benchmarks import asked, plans
from tests.small_portfolio import as_if_large

NAMES = (
    "overdue-by-due", "overdue-answers", "overdue-actions", "standing", "late-reports-counted",
    "late-answers-counted", "answers-soon-due", "reports-handed-in", "my-actions", "my-reports", "owners-to-choose",
)  # fmt: skip
# In which order tables are joined is told by how much they hold: a few rows say nothing of these.
JOINED = ("recommendations-latest-first", "recommendations-counted", "restricted", "meetings-to-choose")


@pytest.fixture(scope="module")
def read_whole(django_db_setup, django_db_blocker):
    """{name: the tables that it reads whole}, of a portfolio that is told, counted and asked once for all tests here."""
    with as_if_large(1000, django_db_blocker):
        return {name: plans.read_whole(plans.plan_of(rows)) for name, rows in plans.queries(*plans.readers()).items()}


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_no_growing_table_is_read_whole(name, read_whole):
    assert read_whole[name] == []


# What is below one of these is read to its end, whatever is cut above.
TO_ITS_END = ("Sort", "Hash ", "Aggregate", "HashAggregate", "GroupAggregate")


def read_whole_at_100_000(name):
    """The growing tables of what is kept that are read from end to end, and no `Limit` cuts it short."""
    found, above = [], []
    for line in (plans.FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        indent, node = len(line) - len(line.lstrip()), line.strip().removeprefix("->").strip()
        above = [(far, name) for far, name in above if far < indent]
        scanned = [table for table in plans.GROWING if f"Seq Scan on {table} " in node]
        ends = [name for _, name in above if name.startswith(("Limit", *TO_ITS_END))]
        if not (ends and ends[-1].startswith("Limit")):
            found += scanned
        above.append((indent, node))
    return found


@pytest.mark.parametrize("name", NAMES + JOINED)
def test_the_plan_of_100_000_is_kept(name):
    assert read_whole_at_100_000(name) == []


@pytest.mark.parametrize("name", asked.PAGES)
def test_all_that_a_page_asks_at_100_000_is_kept(name):
    assert read_whole_at_100_000(f"page-{name}") == []


# What is seen in a plan


def scan(kind, table="recommendations_recommendation", **more):
    return {"Node Type": kind, "Relation Name": table, **more}


@pytest.mark.parametrize(
    ("plan", "found"),
    [
        (scan("Seq Scan"), True),
        (scan("Seq Scan", "recommendations_board"), False),
        (scan("Index Scan", **{"Index Name": "some_key", "Index Cond": "(id = 1)"}), False),
        (scan("Index Only Scan", **{"Index Name": "some_key"}), True),
        (scan("Index Only Scan", **{"Index Name": "open_by_due"}), False),
        ({"Node Type": "Limit", "Plans": [scan("Index Scan", **{"Index Name": "some_key"})]}, False),
        ({"Node Type": "Limit", "Plans": [{"Node Type": "Sort", "Plans": [scan("Seq Scan")]}]}, True),
    ],
)
def test_a_table_read_from_end_to_end_is_seen(plan, found):
    assert bool(plans.read_whole(plan)) == found
