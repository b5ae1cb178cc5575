"""Time phrases and the dates they name: proposed with their words, never guessed."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.minutes import dates

MEETING_ON = datetime.date(2016, 10, 31)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("report back in six months on the pilot", ("in six months",)),
        ("send it within two weeks.", ("within two weeks",)),
        ("by Friday 28 February 2014", ("by Friday 28 February 2014",)),
        ("by end of June 2021 at the latest", ("by end of June 2021",)),
        ("a report at its March meeting", ("at its March meeting",)),
        ("at its June 2017 meeting", ("at its June 2017 meeting",)),
        ("a report at its meeting in June", ("at its meeting in June",)),
        ("to the next meeting", ("to the next meeting",)),
        ("report quarterly, in due course", ("quarterly", "in due course")),
        ("in twelve months’ time", ("in twelve months’ time",)),
        ("in six months and again in six months", ("in six months",)),
        ("by the end of the financial year", ("by the end of the financial year",)),
        ("before 31/03/2017", ("before 31/03/2017",)),
        ("made 3 recommendations in 2025 to the Board", ()),
        ("the Board may consider March Lane", ()),
    ],
)
def test_the_words_that_say_when_are_found(text, phrases):
    assert dates.time_phrases(text) == phrases


@pytest.mark.parametrize(
    ("phrase", "date"),
    [
        ("by 31 March 2017", datetime.date(2017, 3, 31)),
        ("by Friday 28th February 2014", datetime.date(2014, 2, 28)),
        ("by the 3rd of May, 2019", datetime.date(2019, 5, 3)),
        ("before 31/03/2017", datetime.date(2017, 3, 31)),
        ("before 31.3.17", datetime.date(2017, 3, 31)),
        ("on 2017-03-31", datetime.date(2017, 3, 31)),
        ("by 30 February 2017", None),
        ("by 31 March", None),
        ("by 31 March 9999", None),
        ("in due course", None),
    ],
)
def test_a_full_date_has_day_month_and_year(phrase, date):
    assert dates.full_date(phrase) == date


@pytest.mark.parametrize(
    ("phrase", "due_on"),
    [
        ("in four months", datetime.date(2017, 2, 28)),
        ("in six months’ time", datetime.date(2017, 4, 30)),
        ("within two weeks", datetime.date(2016, 11, 14)),
        ("within a fortnight", datetime.date(2016, 11, 14)),
        ("within 10 days", datetime.date(2016, 11, 10)),
        ("within five working days", datetime.date(2016, 11, 7)),
        ("in two years", datetime.date(2018, 10, 31)),
        ("by end of June", datetime.date(2017, 6, 30)),
        ("by the end of November 2016", datetime.date(2016, 11, 30)),
        ("by December", datetime.date(2016, 12, 31)),
        ("before February", datetime.date(2017, 1, 31)),
        ("by the start of March", datetime.date(2017, 3, 1)),
        ("by 31 March", datetime.date(2017, 3, 31)),
        ("by 1 December", datetime.date(2016, 12, 1)),
        ("by 31 March 2017", datetime.date(2017, 3, 31)),
    ],
)
def test_a_phrase_is_resolved_from_the_meeting(phrase, due_on):
    assert dates.suggest_due_on([phrase], MEETING_ON) == (due_on, phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "in due course",
        "quarterly",
        "at its March meeting",
        "to the next meeting",
        "every six months",
        "by mid-June",
        "in March 2017",
        "by the end of the year",
        "by 30 February",
        "by 31 March 2015",
        "by June 9999",
    ],
)
def test_what_names_no_day_stays_without_one(phrase):
    assert dates.suggest_due_on([phrase], MEETING_ON) is None


def test_the_first_phrase_that_gives_a_date_wins():
    phrases = ["in due course", "in six months", "by 31 March 2017"]
    assert dates.suggest_due_on(phrases, MEETING_ON) == (datetime.date(2017, 4, 30), "in six months")


@given(st.text(), st.dates(max_value=datetime.date(9999, 1, 1)))
def test_no_words_break_the_grammar(text, meeting_on):
    suggested = dates.suggest_due_on([text, *dates.time_phrases(text)], meeting_on)
    assert suggested is None or suggested[0] >= meeting_on


@given(
    st.integers(min_value=0, max_value=999),
    st.sampled_from(["days", "weeks", "months", "years", "working days", "fortnights"]),
    st.dates(),
)
def test_no_span_leaves_the_calendar(count, unit, meeting_on):
    phrase = f"in {count} {unit}"
    suggested = dates.suggest_due_on([phrase], meeting_on)
    assert suggested is None or suggested[1] == phrase
