"""The bands in which the dashboard counts, around every edge."""

import datetime

import pytest

from recommendations import clock
from recommendations.models import FollowUpReport, Progress, Recommendation
from recommendations.models.bands import Moves, Shift, TimeToClose, band_of
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db


def day(year, month, number):
    return datetime.date(year, month, number)


ASKED = day(2023, 1, 10)
CLOSED = {
    day(2023, 1, 10): TimeToClose.UNDER_3_MONTHS,
    day(2023, 4, 9): TimeToClose.UNDER_3_MONTHS,
    day(2023, 4, 10): TimeToClose.UNDER_6_MONTHS,
    day(2023, 7, 9): TimeToClose.UNDER_6_MONTHS,
    day(2023, 7, 10): TimeToClose.UNDER_1_YEAR,
    day(2024, 1, 9): TimeToClose.UNDER_1_YEAR,
    day(2024, 1, 10): TimeToClose.UNDER_2_YEARS,
    day(2025, 1, 9): TimeToClose.UNDER_2_YEARS,
    day(2025, 1, 10): TimeToClose.LONGER,
    day(2026, 10, 1): TimeToClose.LONGER,
}


@pytest.mark.parametrize(
    ("begin", "end", "months"),
    [
        (day(2023, 1, 31), day(2023, 4, 30), 2),
        (day(2023, 1, 31), day(2023, 5, 1), 3),
        (day(2023, 11, 30), day(2024, 2, 29), 2),
        (day(2024, 2, 29), day(2025, 2, 28), 11),
    ],
)
def test_a_month_is_over_on_the_same_day_of_the_next(begin, end, months, board):
    item = factories.make_item(factories.make_meeting(board, begin))
    factories.make_recommendation(item, progress=Progress.IMPLEMENTED, closed_at=factories.make_meeting(board, end))
    assert Recommendation.objects.with_months_to_close().get().months_to_close == months


@pytest.fixture
def closed(board, today):
    """{closed on: the recommendation}, all of them asked on one day, and one that is open."""
    item = factories.make_item(factories.make_meeting(board, ASKED))
    factories.make_recommendation(item)
    return {
        on: factories.make_recommendation(
            item, progress=Progress.IMPLEMENTED, closed_at=factories.make_meeting(board, on)
        )
        for on in CLOSED
    }


@pytest.mark.parametrize("days_ago", [1, 0], ids=["past", "today"])
def test_what_took_as_long_is_found_in_its_band(closed, today, days_ago):
    with clock.set_to_day(today + datetime.timedelta(days=1 - days_ago)):
        rows = Recommendation.as_of(today)
        found = {band: set(rows.closed_after(band).values_list("closed_on", flat=True)) for band in TimeToClose}
    assert found == {band: {on for on in CLOSED if CLOSED[on] == band} for band in TimeToClose}


def test_a_meeting_whose_day_was_put_right_later_leaves_nobody_out():
    assert band_of(-1) == TimeToClose.UNDER_3_MONTHS


def test_each_number_of_months_has_its_band(closed):
    rows = Recommendation.objects.closed().with_months_to_close()
    assert {row.closed_on: band_of(row.months_to_close) for row in rows} == CLOSED


@pytest.mark.parametrize(
    ("days", "shift"),
    [
        ([], None), ([-3], Shift.NOT_LATER), ([5, 0], Shift.NOT_LATER), ([1], Shift.WEEKS_4), ([28], Shift.WEEKS_4),
        ([29], Shift.WEEKS_13), ([91], Shift.WEEKS_13), ([92], Shift.WEEKS_26), ([182], Shift.WEEKS_26),
        ([183], Shift.FURTHER),
    ],
)  # fmt: skip
def test_how_far_a_date_moved_is_counted_from_the_first(days, shift, clerk, today):
    for dated in (factories.make_recommendation(due_on=today), factories.make_report(due_on=today)):
        for later in days:
            dated.set_due_date(factories.ago(-later), by=clerk, reason=REASON)
        assert type(dated).objects.dated().with_shift().get().shift == shift


@pytest.mark.parametrize("times", range(5))
def test_how_often_a_date_moved_is_counted_up_to_three(times, clerk, today):
    report = factories.make_report(due_on=today)
    for later in range(times):
        report.set_due_date(factories.ago(-later - 1), by=clerk, reason=REASON)
    assert FollowUpReport.objects.with_moves().get().moves == Moves(min(times, 3))


def test_what_has_no_date_is_not_counted(today):
    factories.make_report()
    assert not FollowUpReport.objects.dated().exists()
