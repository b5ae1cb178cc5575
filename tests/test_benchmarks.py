"""The arithmetic of the benches, and that the floor fetches what the site shows. No time is asserted anywhere."""

from io import StringIO
from itertools import count

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection, transaction

from benchmarks import databases, report, visiting, writing
from benchmarks.budgets import budgets
from benchmarks.figures import Budget, percentile, ratio, summary
from benchmarks.floor import pages, statements
from recommendations.models import FollowUpReport, Recommendation, Response, User

AFTER = {"p50 after a change": 25.0, "p95 after a change": 40.0, "times the floor after a change": 2.5}
PAGE = {"p50": 20.0, "p95": 30.0, "samples": 9, "floor": 10.0, "times the floor": 2.0, **AFTER}
FILE = {"seconds": 4.0, "first byte": 0.1, "lines": 9, "MB": 1.0, "memory growth": 3.0}
FIGURES = {
    "pages": {"floor: dashboard": {"p50": 10.0, "p95": 11.0, "samples": 9}, "dashboard, member": PAGE},
    "writes": {"by the verb": {"a second": 299.0, "done": 100, "history rows": 100}},
    "exports": {"everything as CSV": FILE, "history as CSV": FILE},
    "memory at the start": 90.0,
    "memory at the end": 251.0,
}


# Arithmetic


@pytest.mark.parametrize(("share", "found"), [(0, 1), (0.5, 3), (1, 5), (0.25, 2), (0.95, 4.8), (0.1, 1.4)])
def test_a_percentile_lies_between_its_neighbours(share, found):
    assert percentile([5, 3, 1, 2, 4], share) == pytest.approx(found)


def test_one_visit_is_its_own_percentile_and_none_has_none():
    assert percentile([7], 0.95) == 7
    assert percentile([], 0.5) is None


def test_a_summary_is_in_milliseconds():
    assert summary([0.001, 0.002, 0.003]) == {"p50": 2.0, "p95": 2.9, "samples": 3}


@pytest.mark.parametrize(("one", "other", "found"), [(3, 2, 1.5), (3, 0, None), (None, 2, None), (3, None, None)])
def test_a_ratio_needs_both(one, other, found):
    assert ratio(one, other) == found


@pytest.mark.parametrize(
    ("budget", "verdict"),
    [
        (Budget("a", most=2, found=2), "ok"),
        (Budget("a", most=2, found=2.1), "MISSED"),
        (Budget("a", least=300, found=299), "MISSED"),
        (Budget("a", least=300, found=300), "ok"),
        (Budget("a", most=2), "not measured"),
    ],
)
def test_a_budget_holds_is_missed_or_was_not_measured(budget, verdict):
    assert budget.verdict == verdict


@pytest.mark.parametrize(
    ("turn", "passed", "is_enough"), [(40, 9, False), (10, 11, False), (30, 11, True), (5, 40, True), (4, 90, False)]
)
def test_a_round_goes_on_until_there_are_visits_enough(turn, passed, is_enough):
    assert visiting.is_enough(turn, passed, seconds=10, least=30, few=5) == is_enough


class Page:
    """Stands for a visitor whose pages take as many seconds as were asked for before."""

    def __init__(self):
        self.paths = []

    def timed(self, path):
        self.paths.append(path)
        return len(self.paths)


def test_every_page_is_visited_just_after_a_change_and_once_more():
    page, changes = Page(), []
    visits = {"one": [(page, "/1/"), (page, "/2/")], "other": [(page, "/3/")]}
    times, fresh = visiting.rounds(visits, change=lambda: changes.append(len(page.paths)), seconds=0, least=2, warm=0)
    assert page.paths == ["/1/", "/3/", "/1/", "/3/", "/2/", "/3/", "/2/", "/3/"]
    assert (fresh, times) == ({"one": [1, 5], "other": [2, 6]}, {"one": [3, 7], "other": [4, 8]})
    assert changes == [0, 4]


# Budgets


def verdicts(sizes):
    return {budget.name: budget.verdict for budget in budgets(sizes)}


def test_each_way_of_writing_has_its_turn_in_every_round():
    asked, rows = [], count(step=5)
    found = writing.in_rounds(
        {"slow": (10, 2.0), "quick": (30, 1.0)}, lambda way: asked.append(way) or way, rows.__next__
    )
    assert asked == [(10, 2.0), (30, 1.0)] * writing.ROUNDS
    assert found == {
        "slow": {"a second": 5.0, "done": 30, "history rows": 15},
        "quick": {"a second": 30.0, "done": 90, "history rows": 15},
    }


def test_the_budgets_are_read_from_the_sizes_that_they_speak_of():
    found = verdicts({"100000": FIGURES})
    assert found["dashboard, member, times its floor, at 100,000"] == "ok"
    assert found["dashboard, member, times its floor after a change, at 100,000"] == "MISSED"
    assert found["status changes a second by the verb, at 100,000"] == "MISSED"
    assert found["history rows for each change by the verb"] == "ok"
    assert found["memory of the server in all, MB, at 100,000"] == "MISSED"
    assert found["one recommendation, times its floor, at 100,000"] == "not measured"


def test_growth_is_that_of_a_page_from_the_smallest_to_the_largest():
    large = {"pages": {"dashboard, member": PAGE | {"p50": 27.0}}}
    found = verdicts({"10000": FIGURES, "1000000": large})
    assert found["dashboard, member, growth from 10,000 to 1,000,000"] == "MISSED"


def test_nothing_is_promised_of_a_size_that_was_not_measured():
    assert set(verdicts({"200": FIGURES}).values()) == {"not measured"}


def test_the_results_say_of_every_budget_whether_it_holds():
    kept = [vars(budget) for budget in budgets({"100000": FIGURES})]
    text = report.markdown({"machine": {"cores": 2}, "sizes": {"100000": FIGURES}, "budgets": kept})
    assert "| dashboard, member | 20.0 | 30.0 | 25.0 | 40.0 | 10.0 | 2.0 | 2.5 | 9 |" in text
    assert "| status changes a second by the verb, at 100,000 | at least 300 | 299.0 | MISSED |" in text


# Portfolios that are kept


def test_a_portfolio_is_made_anew_for_another_size_or_seed():
    keys = {databases.key_of(size, seed) for size in (10, 20) for seed in (1, 2)}
    assert len(keys) == 4
    assert databases.key_of(10, 1) in keys


# The floor, which is PostgreSQL's


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker):
    """Four hundred recommendations."""
    if connection.vendor != "postgresql":
        pytest.skip("The floor is written in PostgreSQL's own words.")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_portfolio", "--recommendations", 400, "--invented", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.mark.postgres
def test_the_floor_lists_the_overdue_reports_that_the_dashboard_lists(small, db):
    rows = FollowUpReport.objects.overdue().order_by("recommendation__owner__full_name", "due_on", "id")
    listed = list(rows.values_list("recommendation__reference", "number", "due_on")[:25])
    assert [(row[1], row[3], row[4]) for row in pages.asked(statements.OVERDUE)] == listed


@pytest.mark.postgres
def test_the_floor_counts_what_the_dashboard_counts(small, db):
    ((late, soon, _),) = pages.asked(statements.REPORTS)
    assert (late, soon) == (FollowUpReport.objects.overdue().count(), FollowUpReport.objects.due_soon().count())
    ((late, soon, _),) = pages.asked(statements.ANSWERS)
    assert (late, soon) == (Response.objects.overdue().count(), Response.objects.due_soon().count())
    standing = pages.asked(statements.STANDING)
    assert sum(row[3] for row in standing) == Recommendation.objects.open().count()
    assert sum(row[4] for row in standing) == Recommendation.objects.without_owner().count()


@pytest.mark.postgres
def test_the_floor_tells_the_whole_history_of_one_recommendation(small, db):
    one = Recommendation.objects.filter(responses__isnull=False, follow_ups__isnull=False).first()
    beside = (one.responses, one.follow_ups, one.updates, one.all_date_changes, one.evidence)
    rows = one.history.count() + sum(each.history.count() for some in beside for each in some.all())
    assert len(pages.asked(statements.HISTORY, {"key": one.pk})) == rows
    assert pages.asked(statements.ITEM, [one.slug])[0][1] == one.reference


@pytest.mark.postgres
def test_the_floor_changes_a_status_with_the_row_that_the_verb_would_write(small, db):
    one, clerk = Recommendation.objects.filter(progress="in_progress").first(), User.objects.in_role("Clerks").first()
    with connection.cursor() as cursor:
        pages.change_progress(cursor, one.slug, clerk.pk)
    one.refresh_from_db()
    last = one.history.latest("history_id")
    assert (one.progress, last.progress, last.version, last.history_user) == ("paused", "paused", one.version, clerk)


def test_nobody_reads_the_floor_without_signing_in(rf):
    request = rf.get("/bare/")
    request.user = AnonymousUser()
    assert pages.bare(request).status_code == 403
