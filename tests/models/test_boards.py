"""Boards, references that are unique for ever, organisations and the periods they have to answer."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from recommendations.models import Board, Organisation, ReferenceCounter, Refused, ResponseRegime
from recommendations.models.boards import municipal_year, validate_reference_scheme
from tests import factories

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))


# The municipal year


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ((2026, 4, 30), "25/26"),
        ((2026, 5, 1), "26/27"),
        ((2026, 12, 31), "26/27"),
        ((2027, 1, 1), "26/27"),
        ((2099, 5, 1), "99/00"),
    ],
)
def test_the_municipal_year_runs_from_may_to_april(day, year):
    assert municipal_year(datetime.date(*day)) == year


# References


@pytest.mark.parametrize(
    ("scheme", "reference"),
    [
        ("{board} {letter}{number}/{year}", "SCSB R1/27"),
        ("{letter}{number}/{year} ({board})", "R1/27 (SCSB)"),
        ("{board} {letter} ({municipal_year}) {number:02}", "SCSB R (26/27) 01"),
        ("{board}-{letter}-{municipal_year:>6}-{number}", "SCSB-R- 26/27-1"),
    ],
)
def test_a_reference_follows_the_scheme_of_its_board(scheme, reference, db):
    board = factories.make_board(reference_scheme=scheme)
    assert board.next_reference("R", datetime.date(2027, 1, 14)) == reference


def test_references_count_up(board):
    day = datetime.date(2026, 11, 18)
    assert [board.next_reference("R", day) for _ in range(3)] == ["SCSB R1/26", "SCSB R2/26", "SCSB R3/26"]


def test_recommendations_and_actions_are_counted_apart(board):
    day = datetime.date(2026, 11, 18)
    assert [board.next_reference(letter, day) for letter in "RAR"] == ["SCSB R1/26", "SCSB A1/26", "SCSB R2/26"]


def test_boards_are_counted_apart(board, other_board):
    day = datetime.date(2026, 11, 18)
    assert [each.next_reference("R", day) for each in (board, other_board)] == ["SCSB R1/26", "HTSB R1/26"]


def test_counting_begins_anew_with_the_calendar_year(board):
    days = [datetime.date(2026, 12, 31), datetime.date(2027, 1, 1)]
    assert [board.next_reference("R", day) for day in days] == ["SCSB R1/26", "SCSB R1/27"]


def test_counting_begins_anew_with_the_municipal_year(db):
    board = factories.make_board(reference_scheme="{board} {letter}{number} {municipal_year}")
    days = [datetime.date(2026, 12, 31), datetime.date(2027, 1, 1), datetime.date(2027, 5, 1)]
    references = [board.next_reference("R", day) for day in days]
    assert references == ["SCSB R1 26/27", "SCSB R2 26/27", "SCSB R1 27/28"]


def test_minutes_entered_late_take_the_next_number_of_their_own_year(board):
    board.next_reference("R", datetime.date(2025, 12, 1))
    board.next_reference("R", datetime.date(2026, 2, 1))
    assert board.next_reference("R", datetime.date(2025, 11, 1)) == "SCSB R2/25"


def test_a_counter_is_called_by_the_last_reference(board):
    board.next_reference("R", datetime.date(2026, 11, 18))
    assert str(ReferenceCounter.objects.get()) == "SCSB R1/26"


@pytest.mark.parametrize(
    "scheme",
    [
        "{letter}{number}/{year}",
        "{board} {number}/{year}",
        "{board} {letter}/{year}",
        "{board} {letter}{number}",
        "{board} {letter}{number}/{year} {owner}",
        "{board.name} {letter}{number}/{year}",
        "{} {board} {letter}{number}/{year}",
        "{board} {letter}{number}/{year} {municipal_year}",
        "{board} {letter}{number}/{year",
        "{board:d} {letter}{number}/{year}",
        "{board} {letter}{number:%}/{year:d}",
        "no parts at all",
    ],
)
def test_a_scheme_that_could_repeat_or_break_is_refused(scheme):
    with pytest.raises(ValidationError, match=r"Use \{board\}"):
        validate_reference_scheme(scheme)


@pytest.mark.parametrize("scheme", ["{board} {letter}{number}/{year}", "{letter}({municipal_year}){number:03} {board}"])
def test_a_scheme_with_all_its_parts_is_taken(scheme):
    validate_reference_scheme(scheme)


@pytest.mark.parametrize(
    ("reference", "slug"),
    [("SCSB R3/26", "SCSB-R3-26"), ("SR (25/26) 01", "SR-25-26-01"), ("R1/26 (A&B)", "R1-26-A-B")],
)
def test_the_address_is_the_reference_in_plain_letters(reference, slug, db):
    assert factories.make_recommendation(reference=reference).slug == slug


# Periods


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ((2027, 1, 10), (2027, 3, 9)),
        ((2026, 12, 31), (2027, 2, 28)),
        ((2027, 12, 31), (2028, 2, 29)),
        ((2026, 12, 29), (2027, 2, 28)),
        ((2027, 12, 29), (2028, 2, 28)),
        ((2026, 12, 28), (2027, 2, 27)),
        ((2027, 1, 1), (2027, 2, 28)),
        ((2026, 6, 30), (2026, 8, 29)),
        ((2026, 7, 31), (2026, 9, 30)),
        ((2026, 11, 15), (2027, 1, 14)),
    ],
)
def test_two_months_begin_with_the_first_day(start, last):
    assert ResponseRegime(months=2).last_day(datetime.date(*start)) == datetime.date(*last)


@given(start=DAYS, months=st.integers(1, 24))
def test_a_period_of_months_ends_in_the_right_month(start, months):
    """The day after the last is the same day of the later month, or that month's first successor where it has none."""
    after = ResponseRegime(months=months).last_day(start) + datetime.timedelta(days=1)
    passed = (after.year - start.year) * 12 + after.month - start.month
    assert (passed, after.day) == (months, start.day) or (passed, after.day) == (months + 1, 1)


@given(start=DAYS, months=st.integers(1, 24))
def test_a_period_is_cut_only_where_the_month_has_no_such_day(start, months):
    last = ResponseRegime(months=months).last_day(start)
    is_cut = (last + datetime.timedelta(days=1)).day != start.day
    assert not is_cut or last.day < start.day


@given(start=DAYS, months=st.integers(1, 24))
def test_a_later_start_never_ends_earlier(start, months):
    regime = ResponseRegime(months=months)
    assert regime.last_day(start) <= regime.last_day(start + datetime.timedelta(days=1))


@given(start=DAYS, days=st.integers(1, 400))
def test_a_period_of_days_ends_so_many_days_later(start, days):
    assert (ResponseRegime(days=days).last_day(start) - start).days == days


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("executive", datetime.date(2027, 1, 17)),
        ("nhs", datetime.date(2026, 12, 16)),
        ("crime_and_disorder", datetime.date(2026, 12, 16)),
        ("local", datetime.date(2027, 1, 13)),
    ],
)
def test_each_rule_has_its_own_last_day(name, last, request):
    assert request.getfixturevalue(name).last_day(datetime.date(2026, 11, 18)) == last


@pytest.mark.parametrize(("name", "has_period"), [("executive", True), ("nhs", True), ("no_regime", False)])
def test_a_rule_may_have_no_period(name, has_period, request):
    assert request.getfixturevalue(name).has_period is has_period


# Names


def test_boards_and_rules_are_called_by_name(board, executive):
    assert (str(board), str(executive)) == ("Social Care Services Board", "Executive")


def test_an_organisation_is_known_by_all_its_names(db):
    organisation = factories.make_organisation("Clinical Commissioning Groups", also_known_as=" CCG \n\nCCGs")
    assert organisation.names == ["Clinical Commissioning Groups", "CCG", "CCGs"]


def test_an_organisation_is_called_by_its_name(db):
    assert str(factories.make_organisation("Example Police")) == "Example Police"


def test_an_ended_board_names_its_successor(board, other_board):
    board.ended_on, board.successor = datetime.date(2026, 5, 1), other_board
    board.record(by=None, reason="The council has fewer boards now.")
    assert list(other_board.predecessors.all()) == [Board.objects.get(code="SCSB")]


# Who enters them


def test_neither_an_officer_nor_a_member_enters_a_board(owner, member):
    for by in (owner, member):
        with pytest.raises(Refused, match="Only a clerk or an administrator adds a board"):
            Board(code="PKB", name="Parks Board").add(by=by)


def test_neither_an_officer_nor_a_member_corrects_one(owner, board):
    kept = {"name": "Parks Board", "chair": None, "code": "PKB", "reference_scheme": board.reference_scheme}
    with pytest.raises(Refused, match="Only a clerk or an administrator corrects a board"):
        board.correct(**kept, by=owner)


def test_the_code_of_a_board_with_references_stays(board, clerk):
    factories.make_recommendation(factories.make_item(factories.make_meeting(board)))
    kept = {"name": board.name, "chair": None, "reference_scheme": board.reference_scheme}
    with pytest.raises(Refused, match="References hold the code of this board already"):
        board.correct(**kept, code="PKB", by=clerk)


def test_organisations_are_entered_by_the_same_people(owner, nhs):
    with pytest.raises(Refused, match="Only a clerk or an administrator adds an organisation"):
        Organisation(name="Example Trust", regime=nhs).add(by=owner)
    with pytest.raises(Refused, match="Only a clerk or an administrator corrects an organisation"):
        factories.make_organisation().correct(name="Example Trust", also_known_as="", regime=nhs, by=owner)
