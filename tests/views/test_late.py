"""The list of what is late: what stands in it, who must act, when it is expected, and why it is late."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations import clock, late
from recommendations.memory import Memory
from recommendations.models import Answer, Progress, Snapshot
from recommendations.trends import kept
from recommendations.views import late as views
from tests import factories
from tests.views.pages import read


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day, 18 November."""


@pytest.fixture
def look(sign_in, member):
    """The list as the member, or somebody else, sees it, narrowed by what stands in the address."""
    return lambda query="", who=member: read(sign_in(who), reverse("late") + query)


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board))


@pytest.fixture
def action(item, owner):
    return factories.make_recommendation(item, title="Visit", owner=owner, due_on=factories.ago(5))


@pytest.fixture
def report(item, owner):
    asked = factories.make_recommendation(item, title="Count", owner=owner)
    return factories.make_report(asked, due_on=factories.ago(30))


@pytest.fixture
def answer(item, local):
    """Due after eight weeks, so four days late."""
    asked = factories.make_recommendation(item, title="Ask", owner=None)
    return factories.make_response(asked, "the police", regime=local, notified_on=factories.ago(60))


def cells(page, column):
    return [row[page.columns.index(column)] for row in page.rows]


def test_everything_that_is_late_stands_in_one_list_the_oldest_first(look, action, report, answer):
    page = look()
    assert page.heading == "3 reports, answers and actions are late, the oldest by 30 days"
    assert cells(page, "What is late") == ["Follow-up report 1: Count", "Action: Visit", "Answer: Ask"]
    assert cells(page, "Who must act") == ["Olu Shah, Head of Safeguarding"] * 2 + ["The police"]


def test_each_row_leads_to_its_place(look, action, report, answer):
    rows = look().main.xpath(".//tbody/tr/th/a/@href")
    assert rows == [thing.get_absolute_url() for thing in (report, action, answer)]


def test_what_is_due_today_done_or_waiting_for_the_board_is_not_late(look, item, owner, clerk):
    factories.make_recommendation(item, due_on=factories.ago(0))
    factories.make_recommendation(item, due_on=factories.ago(9), progress=Progress.REPORTED_COMPLETE)
    factories.make_recommendation(item, due_on=factories.ago(9), progress=Progress.IMPLEMENTED)
    factories.make_report(due_on=factories.ago(9), submitted_by=clerk)
    page = look()
    assert (page.heading, page.rows) == ("Nothing is late", [])
    assert "No follow-up report, answer or action is overdue." in page.text


def test_one_that_is_late_is_told_alone(look, action):
    assert look().heading == "1 report, answer or action is late, by 5 days"


@pytest.mark.parametrize(("only", "left"), [("reports", "Count"), ("answers", "Ask"), ("actions", "Visit")])
def test_each_number_leads_to_exactly_its_rows(look, action, report, answer, only, left):
    counts = look().links(".//ul[contains(@class, 'app-counts')]")
    assert list(counts) == ["1 Follow-up reports", "1 Answers", "1 Actions"]
    [row] = look(next(address for address in counts.values() if only in address)).rows
    assert row[1].endswith(left)


def test_it_is_narrowed_by_board_and_owner(look, action, report, answer, other_board, owner):
    factories.make_recommendation(factories.make_item(factories.make_meeting(other_board)), due_on=factories.ago(1))
    assert len(look(f"?board={action.board_id}").rows) == 3
    assert len(look(f"?owner={owner.pk}").rows) == 2
    assert cells(look("?owner=none"), "What is late") == ["Answer: Ask", "Action: Review the guidance"]


@pytest.mark.parametrize(
    ("sort", "order"), [("-due", "Ask Visit Count"), ("who", "Count Visit Ask"), ("-moved", "Visit Count Ask")]
)
def test_it_is_sorted_by_heading(look, action, report, answer, clerk, sort, order):
    action.set_due_date(factories.ago(4), by=clerk, reason="Holidays.")
    answer.start_clock(notified_on=factories.ago(59), by=clerk, reason="A slip.")
    assert " ".join(row.split()[-1] for row in cells(look(f"?sort={sort}"), "What is late")) == order


def test_a_filter_that_fits_nothing_says_so(look, action):
    assert "Nothing that fits these filters is late. Show all" in look("?only=answers").text


# When it is expected


def test_a_large_site_has_its_numbers_as_the_dashboard_has_them(look, action, report, answer, monkeypatch):
    whole = look().text
    monkeypatch.setattr(views, "is_large", lambda: True)
    Memory.forget()
    with CaptureQueriesContext(connection) as asked:
        assert look().text == whole
    assert not [query for query in asked if "MIN(" in query["sql"] and '"oldest"' in query["sql"]]


@pytest.mark.parametrize("large", [True, False])
def test_numbers_of_a_while_ago_are_not_taken(look, action, report, answer, monkeypatch, large):
    monkeypatch.setattr(views, "is_large", lambda: True)
    monkeypatch.setattr(kept, "LARGE", 0 if large else 200_000)
    monkeypatch.setattr(kept, "QUICK", -1)
    monkeypatch.setattr(kept, "start", lambda jobs: None)
    assert "3 reports, answers and actions are late" in look().text


def expected(page):
    [cell] = cells(page, "Expected")
    return cell


def test_nobody_has_given_a_date(look, action):
    assert expected(look()) == "No date given"


@pytest.mark.parametrize("late", ["action", "report"])
def test_a_later_date_that_is_asked_for_is_when_it_is_expected(look, request, owner, late):
    factories.make_asked_date(request.getfixturevalue(late), factories.ago(-9), by=owner)
    assert expected(look()) == "27 November 2026, asked for, not yet decided"


def test_a_date_that_was_asked_for_and_has_passed_too_is_no_date(look, action, owner):
    factories.make_asked_date(action, factories.ago(1), by=owner)
    assert expected(look()) == "No date given"


def test_a_report_may_be_expected_when_the_action_itself_is_due(look, report, clerk):
    report.recommendation.set_due_date(factories.ago(-9), by=clerk)
    assert expected(look()) == "27 November 2026, when the action itself is due"


def test_an_action_may_be_expected_when_its_report_is_due(look, action):
    factories.make_report(action, due_on=factories.ago(-9))
    assert expected(look()) == "27 November 2026, when follow-up report 1 is due"


# Why


def reason(page):
    [cell] = cells(page, "Reason")
    return cell


def test_nobody_has_said_why(look, action):
    assert reason(look()) == "None given"


@pytest.mark.parametrize(
    ("say", "told"),
    [
        (lambda r, by: r.say("Half is done.", by=by), "Last update, 18 November 2026: Half is done."),
        (
            lambda r, by: r.change_progress(Progress.PAUSED, by=by, reason="No money."),
            "Paused, 18 November 2026: No money.",
        ),
        (
            lambda r, by: r.ask_for_later_date(factories.ago(-9), by=by, reason="Printers are late."),
            "Asked for a later date, 18 November 2026: Printers are late.",
        ),
    ],
    ids=["update", "pause", "later date"],
)
def test_the_latest_reason_is_told_with_its_day(look, action, owner, say, told):
    with clock.set_to_day(factories.ago(9)):
        factories.make_update(action, "Nothing yet.", by=owner)
    say(action, owner)
    assert reason(look()) == told


@pytest.mark.parametrize(
    ("decide", "told"),
    [
        (lambda change, by: change.grant(by=by), "Date moved, 18 November 2026: Printers are late."),
        (
            lambda change, by: change.refuse(by=by, reason="The Board waits."),
            "Later date refused, 18 November 2026: The Board waits.",
        ),
    ],
    ids=["granted", "refused"],
)
def test_what_was_decided_on_a_later_date_is_told(look, action, owner, clerk, decide, told):
    change = factories.make_asked_date(action, factories.ago(1), by=owner, reason="Printers are late.")
    decide(change, clerk)
    assert reason(look()) == told


def test_of_two_reasons_of_one_day_the_one_for_the_date_is_told(look, report, owner):
    factories.make_asked_date(report, by=owner, reason="Printers are late.")
    factories.make_update(report.recommendation, "Half is done.", by=owner)
    assert "Printers are late." in reason(look())


def test_a_pause_that_ended_is_no_reason(look, action, owner):
    action.change_progress(Progress.PAUSED, by=owner, reason="No money.")
    action.change_progress(Progress.IN_PROGRESS, by=owner)
    assert reason(look()) == "None given"


def test_the_reason_of_a_pause_outlives_what_is_changed_meanwhile(look, action, owner, clerk):
    action.change_progress(Progress.PAUSED, by=owner, reason="No money.")
    action.retitle("Visit them", by=clerk)
    assert reason(look()) == "Paused, 18 November 2026: No money."


def test_long_words_are_cut_short(look, action, owner):
    factories.make_update(action, "word " * 40, by=owner)
    assert reason(look()).endswith("word word …")


@pytest.mark.parametrize("who", ["clerk", "owner", "member"])
def test_an_exempt_update_is_no_reason_for_anybody(look, person, action, owner, who):
    factories.make_update(action, "The firm is bankrupt.", by=owner, exempt_paragraph=3)
    assert reason(look(who=person(who))) == "None given"


def test_why_an_answer_is_late_only_the_addressee_says(look, answer, clerk):
    factories.make_update(answer.recommendation, "The officers are ready.", by=clerk)
    assert reason(look()) == "None given"


def test_what_the_addressee_said_through_its_link_is_its_reason(look, answer, clerk):
    body = factories.make_organisation()
    answer.name_organisation(body, by=clerk)
    answer.recommendation.say("Our answer follows.", by=None, through=factories.make_link(body)[0])
    assert reason(look()) == "Last update, 18 November 2026: Our answer follows."


def test_an_answer_that_only_notes_is_late_and_says_what_it_noted(look, answer, clerk):
    answer.answer_with(Answer.NOTED, by=clerk, reasons="The force notes it.")
    assert reason(look()) == "Noted only, 18 November 2026: The force notes it."


# Who reads what, and as of when


def test_a_past_day_is_told_as_it_was(look, item, owner, clerk):
    with clock.set_to_day(factories.ago(20)):
        action = factories.make_recommendation(item, owner=owner, due_on=factories.ago(3))
        factories.make_asked_date(action, factories.ago(-30), by=owner, reason="Printers are late.")
    with clock.set_to_day(factories.ago(10)):
        action.all_date_changes.get().refuse(by=clerk, reason="The Board waits.")
    page = look(f"?on={factories.ago(15).isoformat()}")
    assert (expected(page), reason(page)) == (
        "28 November 2026, asked for, not yet decided", "Asked for a later date, 29 October 2026: Printers are late.",
    )  # fmt: skip
    assert "As it stands on 3 November 2026." in page.text


def test_an_exempt_one_is_marked_for_those_who_may_read_it_and_unknown_to_others(look, item, owner, other_member):
    factories.make_recommendation(item, owner=owner, due_on=factories.ago(5), exempt_paragraph=3)
    assert "Holds exempt matter: not for publication." in look().text
    seen = look(who=other_member)
    assert (seen.heading, "exempt" in seen.text.lower()) == ("Nothing is late", False)


def test_the_dashboard_leads_to_it_with_its_filters(sign_in, member, action):
    page = read(sign_in(member), f"{reverse('dashboard')}?board={action.board_id}")
    assert page.links()["See everything that is late, with reasons"] == f"/late/?board={action.board_id}"


@pytest.mark.parametrize(("order", "cut"), [("due_on", 3), ("times_moved", 3), ("who", 0)])
def test_of_each_kind_no_more_is_read_than_a_page_may_show(member, action, report, answer, order, cut):
    snapshot = Snapshot(member, clock.today())
    things = late.LateThings(snapshot, snapshot.recommendations()).by(order, is_down=False)
    with CaptureQueriesContext(connection) as asked:
        assert len(things[0:1]) == 1
    assert (len(asked), sum(each["sql"].endswith("LIMIT 1") for each in asked)) == (3, cut)
