"""Our own files brought in as old trackers: where everything is there they change nothing, elsewhere they make it again."""

import datetime

import pytest
from django.db import transaction

from recommendations import clock
from recommendations.models import Meeting, Progress, Recommendation, Verdict
from recommendations.old_trackers import bring
from recommendations.old_trackers.plan import Plan
from tests import factories
from tests.exports.files import lines_of, received
from tests.models.tables import TakenBack

pytestmark = pytest.mark.usefixtures("today", "executive", "no_regime")
EVERYTHING = "/boards/all/tracker.{}?show=all&columns=all"
IN_PRINT = "/boards/all/tracker.{}?show=all"
FILES = [EVERYTHING.format("csv"), EVERYTHING.format("xlsx"), IN_PRINT.format("docx"), IN_PRINT.format("csv")]
WORDS = [
    "=1+1", "+44 is the code to ring.", "- a list,\n- of “two”; and\n- Łódź 🙂", "@all officers act.", "'tis so",
    "That it cost < £5 & no more; then: stop.",
]  # fmt: skip


@pytest.fixture
def live(board, clerk, owner):
    """Makes something of everything that a tracker can tell, with odd characters in every text."""

    def live():
        first = factories.make_meeting(board, datetime.date(2025, 3, 12))
        last = factories.make_meeting(board, datetime.date(2026, 9, 2))
        item = factories.make_item(first, number="7", title="Children: missing; from “home”")
        for text in WORDS:
            factories.make_recommendation(item, text=text, title=text.replace("\n", " "), number="3")
        with_a_life(item, owner, clerk)
        report_back(item, clerk)
        for outcome in (Progress.IMPLEMENTED, Progress.NOT_IMPLEMENTED, Progress.SUPERSEDED, Progress.WORK_PROGRAMME):
            closed(item, outcome, last, clerk)
        factories.make_recommendation(item, text="Circulate the figures.", kind="action", progress="paused")
        behind = factories.make_item(first, number="8", title="Contracts", exempt_paragraph=3)
        factories.make_recommendation(behind, text="That the price be hidden.", exempt_paragraph=3)
        factories.make_recommendation(item, text="That it be kept.", reference="R3/12", old_reference="R3/12")
        factories.make_recommendation(item, text="That it be so.", old_reference="OSC 12/3")

    return live


def with_a_life(item, owner, clerk):
    one = factories.make_recommendation(item, text="That staff be trained.", kind="consider", owner=owner)
    one.set_due_date(factories.ago(100), by=clerk)
    one.set_due_date(factories.ago(5), by=clerk, reason="=More time.")
    factories.make_response(one, "the Cabinet", answer="partially_accepted")
    factories.make_response(one, "Police", answer="noted")
    factories.make_response(one, "Schools")
    with clock.set_to_day(factories.ago(3)):
        one.say("=Two schools,\n+two more.", by=owner)


def report_back(item, clerk):
    back = factories.make_recommendation(item, text="That officers report back.", kind="report_back")
    report = factories.make_report(back, due_on=factories.ago(60))
    report.set_due_date(factories.ago(-9), by=clerk, reason="More time.")
    handed_in = factories.make_recommendation(item, text="That figures be reported.", kind="report_back")
    factories.make_report(handed_in, due_on=factories.ago(9), verdict=Verdict.ACCEPTED, at=meeting_today(item))


def meeting_today(item):
    return factories.make_meeting(item.meeting.board, factories.ago(0))


def closed(item, outcome, meeting, clerk):
    one = factories.make_recommendation(item, text=f"That it end so: {outcome}.", due_on=factories.ago(90))
    one.close(outcome, at=meeting, by=clerk, reason="=Done.", note="@Fewer children are missing.")


@pytest.fixture
def bring_in(board, clerk):
    """Brings a file in, as a clerk does who presses the buttons and changes nothing; gives what came of each row."""

    def bring_in(data, name):
        tracker = factories.make_tracker(data, board=board, by=clerk, name=name)
        counts = Plan(tracker).counts
        bring.bring_in(tracker, by=clerk)
        return counts

    return bring_in


def elsewhere(client, live, address):
    """(the file, the whole tracker) of a site that has lived; of which nothing is left afterwards."""
    try:
        with transaction.atomic():
            live()
            told = received(client, address), received(client, EVERYTHING.format("csv"))
            raise TakenBack
    except TakenBack:
        return told


def name_of(address):
    return address.partition("?")[0].rpartition("/")[2]


@pytest.mark.parametrize("address", FILES)
def test_where_everything_is_there_it_changes_nothing(address, live, bring_in, sign_in, clerk):
    live()
    before = received(sign_in(clerk), EVERYTHING.format("csv"))
    counts = bring_in(received(sign_in(clerk), address), name_of(address))
    assert counts == {"make": 0, "doubtful": 0, "refused": 0, "there": 17}
    assert received(sign_in(clerk), EVERYTHING.format("csv")) == before


# What is worked out from more than a tracker holds: reports handed in, and how far they slipped.
BY_REPORTS = ("Timeliness", "Days slipped")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_elsewhere_it_makes_everything_again(ending, live, bring_in, sign_in, clerk, owner):
    data, before = elsewhere(sign_in(clerk), live, EVERYTHING.format(ending))
    assert not Recommendation.objects.exists()
    bring_in(data, f"tracker.{ending}")
    after = received(sign_in(clerk), EVERYTHING.format("csv"))
    assert [but(line) for line in lines_of(after)] == [but(line) for line in lines_of(before)]
    assert elsewhere(sign_in(clerk), lambda: None, EVERYTHING.format("csv"))[1] == after


def but(line):
    """Without the timeliness of what was reported back, and received."""
    if line["Recommendation"] == "That figures be reported.":
        return {name: cell for name, cell in line.items() if name not in BY_REPORTS}
    return line


@pytest.mark.parametrize("address", [IN_PRINT.format("docx"), IN_PRINT.format("csv")])
def test_elsewhere_the_printed_columns_make_what_they_hold(address, live, bring_in, sign_in, clerk, owner):
    data, _ = elsewhere(sign_in(clerk), lambda: (live(), factories.make_board()), address)
    bring_in(data, name_of(address))
    made = Recommendation.objects.exclude(text="").values_list("reference", "progress", "owner__full_name")
    assert ("SCSB R7/25", "not_started", "Olu Shah") in made
    assert made.count() >= 14


def test_every_answer_comes_back_with_its_addressee(live, bring_in, sign_in, clerk):
    data, _ = elsewhere(sign_in(clerk), live, EVERYTHING.format("csv"))
    bring_in(data, "tracker.csv")
    one = Recommendation.objects.get(text="That staff be trained.")
    assert list(one.responses.values_list("addressee", "answer")) == [
        ("the Cabinet", "partially_accepted"), ("Police", "noted"), ("Schools", "awaiting"),
    ]  # fmt: skip


def test_a_report_that_is_awaited_comes_back_with_how_it_slipped(live, bring_in, sign_in, clerk):
    data, _ = elsewhere(sign_in(clerk), live, EVERYTHING.format("csv"))
    bring_in(data, "tracker.csv")
    report = Recommendation.objects.get(text="That officers report back.").follow_ups.get()
    assert (report.due_on, report.original_due_on, report.times_moved) == (factories.ago(-9), factories.ago(60), 1)


def test_meetings_and_items_come_back(live, bring_in, sign_in, clerk):
    data, _ = elsewhere(sign_in(clerk), live, EVERYTHING.format("xlsx"))
    bring_in(data, "tracker.xlsx")
    items = Meeting.objects.get(held_on="2025-03-12").items.values_list("number", "title", "exempt_paragraph")
    assert list(items) == [("7", "Children: missing; from “home”", None), ("8", "Contracts", 3)]
