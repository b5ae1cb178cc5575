"""The life of a recommendation, page by page: the clerk enters it, the officer works on it, the Board closes it."""

import pytest
from django.conf import settings

from recommendations import clock
from recommendations.models import Progress, Recommendation, Verdict
from tests import factories
from tests.views.pages import go_on, read, send

MINUTES = (settings.BASE_DIR / "fixtures" / "minutes" / "cse-safeguarding-report.txt").read_text()
FIRST, THIRD = "/recommendations/SCSB-R1-26/", "/recommendations/SCSB-R3-26/"


@pytest.fixture
def people(today, sign_in, board, no_regime, clerk, owner, member):
    """The clerk, the officer and the member, each signed in."""
    return [sign_in(person) for person in (clerk, owner, member)]


def enter_minutes(clerk, board):
    """Paste them, look them through, and adopt what was found."""
    review = send(clerk, "/minutes/new/", board=board, held_on=factories.ago(0), number="7", text=MINUTES)
    assert "0 lines unread" in review.text
    asked = go_on(clerk, review, act="next")
    check = go_on(clerk, asked, act="next")
    return go_on(clerk, check)


def give_owners_and_dates(clerk, officer, *, due):
    """Down one list: all four are the officer's, to be done or reported on by the same day."""
    page = read(clerk, "/desk/assign/")
    owners = {name: officer for name in page.fields if name.endswith("-owner")}
    days = {name.removesuffix("_day"): due for name in page.fields if name.endswith("due_on_day")}
    return go_on(clerk, page, **owners, **days)


def test_from_pasted_minutes_to_what_a_member_sees(people, board, owner, today):
    clerk, officer, member = people
    with clock.set_to_day(factories.ago(90)):
        meeting = enter_minutes(clerk, board)
        assert meeting.banner.endswith("SCSB R1/26, SCSB R2/26, SCSB R3/26, SCSB R4/26.")
        due = factories.ago(-60)
    with clock.set_to_day(factories.ago(80)):
        assert give_owners_and_dates(clerk, owner, due=due).banner == "4 recommendations changed."
    with clock.set_to_day(factories.ago(40)):
        assert "Due in the next 28 days (4)" in read(officer, "/my-work/").text
        send(officer, f"{FIRST}update/", text="34 schools have held an evening.", progress=Progress.REPORTED_COMPLETE)
        report = Recommendation.objects.get(slug="SCSB-R3-26").follow_ups.get()
        send(officer, f"/follow-up-reports/{report.pk}/submit/", text="Two faith networks were met.")
        assert "Waiting for the Board (2)" in read(officer, "/my-work/").text
    with clock.set_to_day(factories.ago(35)):
        held = factories.make_meeting(board, clock.today())
        send(clerk, f"{FIRST}close/", outcome=Progress.IMPLEMENTED, at=held, minute="52/26", note="Referrals doubled.")
        answers = {"verdict": Verdict.FURTHER_WANTED, "at": held, "next_due_on": factories.ago(20)}
        opened = send(clerk, f"/follow-up-reports/{report.pk}/receive/", **answers)
        assert opened.banner == "Recorded: further report wanted. Follow-up report 2 is opened."

    dashboard = read(member, "/")
    assert dashboard.heading == "2 follow-up reports are overdue, the oldest by 55 days"
    assert [row[0] for row in dashboard.rows] == ["SCSB R3/26", "SCSB R4/26"]
    closed = read(member, FIRST)
    assert "minute 52/26. Referrals doubled." in closed.text
    assert [entry.partition(" 2026")[0] for entry in closed.timeline] == [
        "Closed: implemented at the meeting of 14 October", "Reported complete 9 October", "Due date set 30 August",
        "Owner changed 30 August", "An answer is expected from officers 20 August", "Recorded from the minutes 20 August",
    ]  # fmt: skip
