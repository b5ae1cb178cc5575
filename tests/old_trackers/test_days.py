"""Days as trackers write them, and what they are taken for."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.old_trackers import days

# As written → as a due date; "" is none.
DUE = {
    "31/03/2017": "2017-03-31",
    "31.3.17": "2017-03-31",
    "1-4-2017": "2017-04-01",
    "2017-03-31": "2017-03-31",
    "31st March 2017": "2017-03-31",
    "Friday 31 March, 2017": "2017-03-31",
    "31-Mar-17": "2017-03-31",
    "by 5th of Sept 2017": "2017-09-05",
    "March 2017": "2017-03-31",
    "Mar-17": "2017-03-31",
    "end of February 2024": "2024-02-29",
    "Q1 2017/18": "2017-06-30",
    "Q2 2017/18": "2017-09-30",
    "Quarter 3, 2017-18": "2017-12-31",
    "2017/18 Q4": "2018-03-31",
    "2017/18": "2018-03-31",
    "end of 2017": "2017-12-31",
    "42825": "2017-03-31",
    "12/12/85": "",
    "31/02/2017": "",
    "2017-11": "",
    "Q2 2017": "",
    "Summer 2017": "",
    "ongoing": "",
    "TBC": "",
    "March 1817": "",
    "": "",
    "n/a": "",
    "–": "",
}
# These leave no doubt: they name the day, or say that there is none.
SURE = {
    "31/03/2017", "31.3.17", "1-4-2017", "2017-03-31", "31st March 2017", "Friday 31 March, 2017", "31-Mar-17",
    "by 5th of Sept 2017", "", "n/a", "–",
}  # fmt: skip


def iso(day):
    return day.isoformat() if day else ""


@pytest.mark.parametrize(("words", "expected"), DUE.items())
def test_a_due_date_is_read_as_it_is_written(words, expected):
    assert iso(days.due(words).on) == expected


@pytest.mark.parametrize("words", DUE)
def test_what_names_no_day_leaves_a_doubt(words):
    assert bool(days.due(words).doubt) == (words not in SURE)


def test_of_several_days_the_last_is_due_and_the_first_was():
    day = days.due("31.01.2026\n30.06.2026")
    assert (iso(day.on), iso(day.first)) == ("2026-06-30", "2026-01-31")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12 March 2026", "2026-03-12"),
        ("Cabinet, 4 March 2026 and 5 March 2026", "2026-03-04"),
        ("46093", "2026-03-12"),
        ("March 2026", ""),
        ("Q2 2026/27", ""),
        ("last spring", ""),
        ("", ""),
    ],
)
def test_a_day_in_the_past_is_taken_only_where_it_is_whole(words, expected):
    assert iso(days.exact(words).on) == expected


def test_a_month_is_told_where_there_is_no_day():
    assert days.exact("March 2026").month == (2026, 3)


def test_days_of_one_column_are_british_whatever_they_could_be():
    assert days.due("03/04/2017").on == datetime.date(2017, 4, 3)


@given(st.text(alphabet="0123456789/-. QqMarchTBC\n", max_size=40))
def test_whatever_stands_there_is_read_or_left(words):
    assert isinstance(days.due(words), days.Day)
    assert isinstance(days.exact(words), days.Day)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_in_words_is_read_again(day):
    assert days.due(days.in_words(day)).on == days.exact(day.isoformat()).on == day
