"""The clock: one place that says what time it is, and that a test or the demonstration can move."""

import datetime
import time

import pytest
from django.utils import timezone

from recommendations import clock


def utc(*moment):
    return datetime.datetime(*moment, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (utc(2026, 1, 14, 23, 59), (2026, 1, 14)),
        (utc(2026, 7, 14, 22, 59), (2026, 7, 14)),
        (utc(2026, 7, 14, 23, 0), (2026, 7, 15)),
    ],
)
def test_today_is_the_day_in_london(moment, day):
    with clock.set_to(moment):
        assert clock.today() == datetime.date(*day)


@pytest.mark.parametrize(
    ("day", "last"),
    [((2026, 1, 14), utc(2026, 1, 14, 23, 59, 59, 999999)), ((2026, 7, 14), utc(2026, 7, 14, 22, 59, 59, 999999))],
)
def test_a_day_ends_at_midnight_in_london(day, last):
    assert clock.end_of(datetime.date(*day)) == last


def test_a_day_begins_at_ten_unless_told():
    with clock.set_to_day(datetime.date(2026, 7, 14)):
        assert timezone.localtime(clock.now()).hour == 10


def test_a_clock_that_was_set_runs_on():
    with clock.set_to_day(datetime.date(2026, 7, 14)):
        before = clock.now()
        time.sleep(0.001)
        assert clock.now() > before


def test_the_clock_comes_back_after_a_failure():
    with pytest.raises(ZeroDivisionError), clock.set_to_day(datetime.date(2026, 7, 14)):
        _ = 1 / 0
    assert abs(clock.now() - timezone.now()) < datetime.timedelta(seconds=5)


def test_clocks_may_be_set_within_each_other():
    with clock.set_to_day(datetime.date(2026, 7, 14)):
        with clock.set_to_day(datetime.date(2026, 1, 14)):
            pass
        assert clock.today() == datetime.date(2026, 7, 14)
