"""What came of what a board asked in a municipal year: every number is that of the rows it counts."""

import datetime

import pytest

from recommendations import clock
from recommendations.impact import boards, figures, impact, year_in_words, year_of, years
from recommendations.models import Answer, HandOver, Progress, Recommendation, Snapshot
from tests import factories

Kind = Recommendation.Kind


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day, 18 November 2026."""


@pytest.fixture
def item(board):
    """Of a meeting in September, so in 2026/27."""
    return factories.make_item(factories.make_meeting(board))


@pytest.fixture
def earlier(board):
    """An item of a meeting on 30 April 2026, the last day of 2025/26."""
    return factories.make_item(factories.make_meeting(board, datetime.date(2026, 4, 30)))


@pytest.fixture
def of_year(board, clerk):
    """(this year, the year before) of the board, or of all, as the clerk reads it."""
    return lambda year=2026, of=board, user=clerk, on=None: impact(Snapshot(user, on or clock.today()), of, year)


def counted(now, *names):
    return tuple(now.count(name) for name in names)


@pytest.mark.parametrize(
    ("on", "year", "words"),
    [
        (datetime.date(2026, 4, 30), 2025, "2025/26"),
        (datetime.date(2026, 5, 1), 2026, "2026/27"),
        (datetime.date(2099, 12, 31), 2099, "2099/00"),
    ],
)
def test_a_municipal_year_begins_in_may(on, year, words):
    assert (year_of(on), year_in_words(year_of(on))) == (year, words)


# Asked


def test_what_was_asked_is_counted_by_kind_and_actions_apart(of_year, item):
    for kind in (Kind.DO, Kind.DO, Kind.CONSIDER, Kind.REPORT_BACK, Kind.ACTION):
        factories.make_recommendation(item, kind=kind)
    now, _ = of_year()
    assert counted(now, "asked", "do", "consider", "report_back", "actions") == (4, 2, 1, 1, 1)


def test_the_year_before_stands_beside_it(of_year, item, earlier):
    asked = factories.make_recommendation(item), factories.make_recommendation(earlier)
    assert tuple(one.row for year in of_year() for one in year.asked) == asked


def test_what_another_board_asked_is_not_this_boards(of_year, item, other_board):
    factories.make_recommendation(item)
    factories.make_recommendation(factories.make_item(factories.make_meeting(other_board)))
    assert [counted(of_year(of=of)[0], "asked") for of in (item.meeting.board, other_board, None)] == [(1,), (1,), (2,)]


def test_who_asked_keeps_what_was_asked_though_another_board_follows_it_up(of_year, item, other_board, clerk):
    factories.make_recommendation(item)
    HandOver.make(item.meeting.board, other_board, by=clerk, ended_on=factories.ago(1))
    assert (of_year()[0].count("asked"), of_year(of=other_board)[0].count("asked")) == (1, 0)


# How it was answered


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ([Answer.ACCEPTED], "accepted"),
        ([Answer.NOT_ACCEPTED, Answer.ACCEPTED], "accepted"),
        ([Answer.AWAITING, Answer.PARTIALLY_ACCEPTED], "accepted_part"),
        ([Answer.AWAITING, Answer.NOT_ACCEPTED], "not_accepted"),
        ([Answer.AWAITING], "unanswered"),
        ([Answer.NOTED], "unanswered"),
        ([Answer.NOT_REQUIRED], "no_answer"),
        ([], "no_answer"),
    ],
)
def test_the_best_answer_counts_and_that_it_was_noted_is_none(of_year, item, answers, name):
    asked = factories.make_recommendation(item)
    for number, answer in enumerate(answers):
        factories.make_response(asked, f"Body {number}", answer=answer)
    now, _ = of_year()
    of_all = counted(now, "accepted", "not_accepted", "unanswered", "no_answer")
    assert (now.count(name), sum(of_all)) == (1, 1)


# What became of it


@pytest.mark.parametrize("progress", list(Progress))
def test_each_stands_in_one_place(of_year, item, progress):
    factories.make_recommendation(item, progress=progress)
    now, _ = of_year()
    names = ("done", "not_implemented", "superseded", "work_programme", "open")
    assert sum(counted(now, *names)) == 1
    assert now.count("open") == (
        progress in (Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.PAUSED, "reported_complete")
    )


def test_what_was_closed_in_the_year_is_told_apart_from_what_was_asked_in_it(of_year, item, earlier):
    for each in (item, earlier):
        factories.make_recommendation(each, progress=Progress.IMPLEMENTED)
    now, before = of_year()
    names = ("asked", "done", "closed", "closed_done")
    assert (counted(now, *names), counted(before, *names)) == ((1, 1, 2, 2), (1, 1, 0, 0))


def test_what_a_board_closed_counts_for_the_board_that_closed_it(of_year, item, other_board, clerk):
    asked = factories.make_recommendation(item)
    HandOver.make(item.meeting.board, other_board, by=clerk, ended_on=factories.ago(1))
    asked.refresh_from_db()
    asked.close(Progress.IMPLEMENTED, at=factories.make_meeting(other_board, factories.ago(0)), by=clerk)
    (made, _), (closed, _) = of_year(), of_year(of=other_board)
    assert (counted(made, "done", "closed"), counted(closed, "done", "closed")) == ((1, 0), (0, 1))


def test_why_it_was_not_done_is_told(of_year, item, clerk):
    asked = factories.make_recommendation(item)
    asked.close(Progress.SUPERSEDED, at=item.meeting, by=clerk, reason="A new law.")
    asked.retitle("Visit", by=clerk)
    factories.make_recommendation(item, progress=Progress.IMPLEMENTED)
    [one] = of_year()[0].not_done
    assert (one.row, one.why) == (asked, "A new law.")


# Late, and moved


@pytest.fixture
def kept_waiting(item, owner, clerk, local):
    """An action late still, a report that came late, one late still, an answer that came late, one late still."""
    with clock.set_to_day(factories.ago(40)):
        factories.make_recommendation(item, title="action", due_on=factories.ago(-38))
        late, later = (factories.make_recommendation(item, title=title, owner=owner) for title in ("late", "later"))
        report = factories.make_report(late, due_on=factories.ago(-30))
        factories.make_report(later, due_on=factories.ago(-37))
        answers = [
            factories.make_response(late, name, regime=local, notified_on=factories.ago(20)) for name in ("A", "B", "C")
        ]
    report.submit("Half of it.", by=owner)
    answers[0].answer_with(Answer.ACCEPTED, by=clerk)
    answers[1].answer_with(Answer.NOTED, by=clerk)
    answers[2].answer_with(Answer.ACCEPTED, by=clerk, on=factories.ago(30))


def test_what_came_late_and_what_is_late_still_is_told_with_the_days(of_year, kept_waiting):
    now, _ = of_year()
    told = [(each.what, each.outcome.row.title, bool(each.came_on), each.days) for each in now.lateness]
    assert told == [
        ("Follow-up report 1", "late", True, 10),
        ("Answer of A", "late", True, 4),
        ("Answer of B", "late", False, 4),
        ("Follow-up report 1", "later", False, 3),
        ("The action itself", "action", False, 2),
    ]


def test_late_is_what_is_open_and_late_now(of_year, kept_waiting):
    assert {one.row.title for one in of_year()[0].rows["late"]} == {"action", "late", "later"}


def test_what_is_closed_is_late_no_more(of_year, item):
    factories.make_recommendation(item, due_on=factories.ago(9), progress=Progress.IMPLEMENTED)
    assert counted(of_year()[0], "late", "lateness") == (0, 0)


def test_dates_that_moved_are_counted_with_their_days(of_year, item, clerk):
    moved = factories.make_recommendation(item, due_on=factories.ago(-1))
    report = factories.make_report(moved, due_on=factories.ago(-2))
    for days in (-8, -15):
        moved.set_due_date(factories.ago(days), by=clerk, reason="Holidays.")
    assert of_year()[0].moves == "1 due date was moved 2 times, by 14 days in all."
    report.set_due_date(factories.ago(-3), by=clerk, reason="Holidays.")
    now, _ = of_year()
    assert (now.moves, now.count("moved")) == ("2 due dates were moved 3 times, by 15 days in all.", 1)


# In words


def test_a_year_of_which_nothing_is_known_is_empty(of_year):
    now, _ = of_year()
    assert (now.is_empty, now.sentence) == (True, "No recommendation was asked in 2026/27.")


def test_one_sentence_tells_the_year(of_year, item):
    factories.make_response(factories.make_recommendation(item, due_on=factories.ago(1)), answer=Answer.ACCEPTED)
    assert of_year()[0].sentence == "Of 1 recommendation asked in 2026/27, 1 was accepted and none is done; 1 is late."
    for _ in range(2):
        done = factories.make_recommendation(item, progress=Progress.IMPLEMENTED)
        factories.make_response(done, answer=Answer.ACCEPTED)
    sentence = "Of 3 recommendations asked in 2026/27, 3 were accepted and 2 are done; 1 is late."
    assert of_year()[0].sentence == sentence


def test_numbers_that_are_nought_in_both_years_are_left_out_but_for_the_first(of_year, item):
    factories.make_recommendation(item)
    named = [figure.name for _, group in figures(*of_year()) for figure in group]
    assert named == ["asked", "do", "accepted", "no_answer", "done", "open", "late", "closed", "changed", "lateness"]


# What changed, and who told the Board


def test_what_changed_is_told_of_what_was_asked_and_of_what_was_only_closed_in_the_year(of_year, item, earlier, clerk):
    for each, note in ((item, "They know."), (earlier, "Fewer go missing."), (item, "")):
        factories.make_recommendation(each).close(Progress.IMPLEMENTED, at=item.meeting, by=clerk, note=note)
    now, _ = of_year()
    told = [(heading, [one.row.outcome_note for one in outcomes]) for heading, outcomes in now.changed]
    assert told == [("Asked in 2026/27", ["They know."]), ("Closed in 2026/27, asked before", ["Fewer go missing."])]
    assert [one.row.outcome_note for one in now.untold] == [""]


def test_who_told_the_board_stands_with_what_came_of_it(of_year, item, clerk):
    first, second = (factories.make_recommendation(item) for _ in range(2))
    witness, other = (factories.make_witness(item, name, role="Head", organisation="") for name in ("Dana", "Ana"))
    for asked, told in ((first, witness), (second, witness), (first, other)):
        factories.make_evidence(asked, witness=told)
    factories.make_evidence(second)
    second.link_evidence(points=[], witnesses=[], by=clerk)
    told = [(who, [one.row for one in outcomes]) for who, outcomes in of_year()[0].witnesses]
    assert told == [("Ana, Head", [first]), ("Dana, Head", [first])]


# Who reads it, and as of when


def test_exempt_matter_counts_for_those_who_may_read_it_alone(of_year, item, other_member, stranger):
    factories.make_recommendation(item, exempt_paragraph=3)
    told = [(now.count("asked"), now.exempt) for now, _ in (of_year(user=user) for user in (other_member, stranger))]
    assert told == [(0, 0), (0, 0)]
    assert (of_year()[0].count("asked"), of_year()[0].exempt) == (1, 1)


def test_a_year_is_told_as_it_stood_on_a_day(of_year, item, clerk):
    with clock.set_to_day(factories.ago(30)):
        asked = factories.make_recommendation(item)
        factories.make_evidence(asked, witness=factories.make_witness(item, "Dana", role="", organisation=""))
    asked.close(Progress.NOT_IMPLEMENTED, at=item.meeting, by=clerk, reason="No money.")
    then, _ = of_year(on=factories.ago(10))
    assert (counted(then, "open", "not_implemented"), of_year()[0].not_done[0].why) == ((1, 0), "No money.")
    assert [who for who, _ in then.witnesses] == ["Dana"]


def test_the_years_are_those_in_which_something_was_asked_or_closed(board, clerk, earlier, other_board):
    snapshot = Snapshot(clerk, clock.today())
    assert years(snapshot, board) == []
    factories.make_recommendation(earlier).close(
        Progress.IMPLEMENTED, at=factories.make_meeting(board, factories.ago(0)), by=clerk
    )
    assert (years(snapshot, board), years(snapshot, None), years(snapshot, other_board)) == ([2026, 2025],) * 2 + ([],)
    assert list(boards()) == [board]
