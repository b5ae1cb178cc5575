"""`manage.py seed_portfolio`: where it is refused, and the shape that its portfolio says it has."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from recommendations import clock
from recommendations.models import FollowUpReport, Recommendation
from recommendations.portfolio.sowing import pieces

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 18)


def seed(size=200, *options):
    out = StringIO()
    with clock.set_to_day(TODAY):
        call_command("seed_portfolio", "--recommendations", size, *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def demo(settings):
    settings.DEMO = True


# Refused


def test_it_is_refused_where_nobody_says_that_nothing_here_is_real():
    with pytest.raises(CommandError, match="never where real minutes are kept"):
        seed()
    assert "200 recommendations" in seed(200, "--invented")


@pytest.mark.usefixtures("demo")
def test_it_is_refused_beside_other_records_unless_asked_for():
    seed(20)
    with pytest.raises(CommandError, match="There are recommendations here already"):
        seed()
    assert Recommendation.objects.count() == 20


@pytest.mark.usefixtures("demo")
def test_it_is_put_beside_the_demonstration_when_asked_for():
    call_command("seed_demo", "--only-cse", stdout=StringIO())
    seed(50, "--beside")
    assert Recommendation.objects.count() == 54
    assert Recommendation.objects.filter(reference__startswith="NOR").count() == 50


@pytest.mark.usefixtures("demo")
def test_a_second_portfolio_is_refused():
    seed(20)
    with pytest.raises(CommandError, match="A portfolio is here already"):
        seed(50, "--beside")


@pytest.mark.usefixtures("demo")
def test_it_is_refused_for_no_recommendation_at_all():
    with pytest.raises(CommandError, match="at least 1"):
        seed(0)


# The shape


@pytest.fixture
def shape(db):
    """Five thousand of them, which are in no database."""
    call_command("loaddata", "reference", verbosity=0)
    rows = {Recommendation: [], FollowUpReport: [], Recommendation.history.model: []}
    for _, tables in pieces(5000, 1, TODAY):
        for model, columns, told in tables:
            if model in rows:
                rows[model] += [dict(zip(columns, row, strict=True)) for row in told]
    return rows


def test_a_tenth_is_open_and_about_a_quarter_of_that_is_overdue(shape):
    today = TODAY.isoformat()
    still_open = [row for row in shape[Recommendation] if row["closed_on"] is None]
    late = {row["id"] for row in still_open if row["due_on"] and row["due_on"] < today}
    awaited = [row for row in shape[FollowUpReport] if row["submitted_on"] is None and row["due_on"]]
    late |= {row["recommendation_id"] for row in awaited if row["due_on"] < today}
    assert 0.08 < len(still_open) / 5000 < 0.13
    assert 0.18 < len(late) / len(still_open) < 0.3


def test_one_or_two_in_a_hundred_are_exempt_and_a_few_have_no_owner(shape):
    exempt = [row for row in shape[Recommendation] if row["exempt_paragraph"]]
    assert 0.01 < len(exempt) / 5000 < 0.02
    assert 0 < len([row for row in shape[Recommendation] if row["owner_id"] is None]) < 100


def test_a_recommendation_changes_two_or_three_times(shape):
    assert 3 < len(shape[Recommendation.history.model]) / 5000 < 4
