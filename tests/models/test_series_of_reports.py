"""Reports that the Board wants every quarter or every year, and one report that answers several."""

import datetime

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from recommendations import clock
from recommendations.models import FollowUpReport, Progress, Refused, Verdict
from recommendations.models.follow_ups import Repeats, months_after
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db
MARCH = datetime.date(2027, 3, 31)


@pytest.fixture
def recommendation(owner, today):
    return factories.make_recommendation(owner=owner)


@pytest.fixture
def quarterly(recommendation, clerk):
    """The first of a series, due at the end of March."""
    return FollowUpReport.order(recommendation, by=clerk, due_on=MARCH, repeats=Repeats.QUARTERLY)


@pytest.fixture
def receive(board, clerk, owner):
    """Submit the report, and have the Board receive it, on a day."""

    def at_meeting(report, verdict=Verdict.ACCEPTED, *, on=MARCH, **options):
        with clock.set_to_day(on):
            report.submit("What was done.", by=owner)
            return report.receive(
                verdict, at=factories.make_meeting(board, on), by=clerk, **{"reason": REASON} | options
            )

    return at_meeting


# A series


def test_receiving_one_opens_the_next_by_itself(quarterly, receive):
    following = receive(quarterly)
    assert (following.number, following.due_on, following.repeats) == (2, datetime.date(2027, 6, 30), 3)


def test_a_late_one_moves_none_after_it(quarterly, receive):
    assert receive(quarterly, on=datetime.date(2027, 5, 20)).due_on == datetime.date(2027, 6, 30)


def test_a_date_that_has_passed_is_not_given(quarterly, receive):
    assert receive(quarterly, on=datetime.date(2027, 7, 2)).due_on == datetime.date(2027, 9, 30)


def test_a_moved_date_moves_none_after_it(quarterly, receive, clerk):
    quarterly.set_due_date(datetime.date(2027, 5, 14), by=clerk, reason=REASON)
    assert receive(quarterly, on=datetime.date(2027, 5, 14)).due_on == datetime.date(2027, 6, 30)


def test_a_series_without_a_date_counts_from_the_day_it_was_received(recommendation, clerk, receive):
    report = FollowUpReport.order(recommendation, by=clerk, repeats=Repeats.ANNUALLY)
    assert receive(report).due_on == datetime.date(2028, 3, 31)


def test_a_series_from_the_end_of_a_month_comes_back_to_it(quarterly, receive):
    june = receive(quarterly)
    september = receive(june, on=june.due_on)
    december = receive(september, on=september.due_on)
    assert [each.due_on.isoformat() for each in (june, september, december)] == [
        "2027-06-30",
        "2027-09-30",
        "2027-12-31",
    ]


def test_a_day_that_the_board_chose_begins_the_series_anew(quarterly, receive):
    chosen = receive(quarterly, next_due_on=datetime.date(2027, 4, 28))
    assert receive(chosen, on=chosen.due_on).due_on == datetime.date(2027, 7, 28)


def test_the_board_may_want_the_next_on_another_day(quarterly, receive):
    day = datetime.date(2027, 4, 30)
    assert receive(quarterly, Verdict.NOT_SATISFIED, next_due_on=day).due_on == day


def test_what_it_was_not_satisfied_with_keeps_the_series_going(quarterly, receive):
    assert receive(quarterly, Verdict.FURTHER_WANTED).repeats == Repeats.QUARTERLY


@pytest.mark.parametrize(("verdict", "goes_on"), [(Verdict.ACCEPTED, False), (Verdict.FURTHER_WANTED, True)])
def test_the_last_of_a_series_opens_none_unless_a_further_one_is_wanted(quarterly, receive, verdict, goes_on):
    following = receive(quarterly, verdict, is_last=True)
    assert (following is not None) == goes_on
    assert not FollowUpReport.objects.outstanding().exclude(repeats=None).exists()


def test_a_closed_recommendation_asks_for_no_more(quarterly, owner, clerk, board):
    quarterly.submit("What was done.", by=owner)
    meeting = factories.make_meeting(board, clock.today())
    quarterly.recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk)
    assert quarterly.receive(Verdict.ACCEPTED, at=meeting, by=clerk) is None


def test_a_clerk_says_how_often_a_report_is_wanted(recommendation, clerk):
    report = factories.make_report(recommendation, due_on=MARCH).repeat(Repeats.HALF_YEARLY, by=clerk)
    assert report.next_due_on == datetime.date(2027, 9, 30)
    assert report.repeat(None, by=clerk).next_due_on is None


def test_nobody_else_says_how_often(quarterly, owner):
    with pytest.raises(Refused, match="Only a clerk records how often"):
        quarterly.repeat(None, by=owner)


def test_how_often_no_longer_changes_once_it_was_handed_in(quarterly, owner, clerk):
    quarterly.submit("What was done.", by=owner)
    with pytest.raises(Refused, match="submitted or waived already"):
        quarterly.repeat(None, by=clerk)


def test_a_report_that_is_wanted_once_has_no_next(recommendation):
    assert factories.make_report(recommendation, due_on=MARCH).next_due_on is None


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)), st.integers(1, 60))
def test_months_after_keeps_the_day_or_takes_the_last_of_the_month(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + datetime.timedelta(days=1)).day == 1


# One report for several recommendations


@pytest.fixture
def others(item, owner):
    """Two more reports that the same officer owes."""
    return [factories.make_report(factories.make_recommendation(item, owner=owner)) for _ in range(2)]


@pytest.fixture
def item(today):
    return factories.make_item()


@pytest.fixture
def report(item, owner):
    return factories.make_report(factories.make_recommendation(item, owner=owner), due_on=factories.ago(2))


def test_one_report_answers_several(report, others, owner, today):
    report.submit("What was done.", by=owner, also=others, file=ContentFile(b"Done.", name="report.txt"))
    for other in FollowUpReport.objects.filter(pk__in=[other.pk for other in others]):
        assert (other.submitted_on, other.submitted_by, other.submitted_with) == (today, owner, report)
        with other.file.open() as file:
            assert (other.text, other.file_name, file.read()) == ("What was done.", "report.txt", b"Done.")


def test_each_keeps_its_own_time(report, others, owner):
    report.submit("What was done.", by=owner, also=others)
    kept = FollowUpReport.objects.order_by("pk")
    assert [each.kept_time for each in kept] == ["2 days late", "No date was set", "No date was set"]


def test_an_exempt_report_is_exempt_everywhere(report, others, owner):
    report.submit("About one family.", by=owner, also=others, exempt_paragraph=2)
    assert all(each.is_exempt for each in FollowUpReport.objects.all())


def test_what_is_for_other_readers_is_handed_in_by_itself(report, owner):
    closed_door = factories.make_report(
        factories.make_recommendation(report.recommendation.item, owner=owner, exempt_paragraph=3)
    )
    with pytest.raises(Refused, match="is for other readers"):
        report.submit("What was done.", by=owner, also=[closed_door])
    assert FollowUpReport.objects.outstanding().count() == 2


def test_an_exempt_report_does_not_reach_another_board(report, owner, other_board):
    elsewhere = factories.make_item(factories.make_meeting(other_board))
    other = factories.make_report(factories.make_recommendation(elsewhere, owner=owner))
    with pytest.raises(Refused, match="is for other readers"):
        report.submit("About one family.", by=owner, also=[other], exempt_paragraph=2)


def test_nobody_hands_in_for_somebody_else(report, owner):
    other = factories.make_report()
    with pytest.raises(Refused, match="Only the owner or a clerk submits"):
        report.submit("What was done.", by=owner, also=[other])
    assert FollowUpReport.objects.outstanding().count() == 2


def test_each_history_says_with_what_it_was_handed_in(report, others, owner):
    report.submit("What was done.", by=owner, also=others)
    assert others[0].history.latest().history_change_reason == f"Handed in with {report}."


# Late, on time and waived, for ever


@pytest.mark.parametrize(
    ("due_days_ago", "words"), [(1, "1 day late"), (9, "9 days late"), (0, "On time"), (-4, "On time")]
)
def test_how_it_kept_its_time_is_told_for_ever(recommendation, owner, due_days_ago, words):
    due_on = factories.ago(due_days_ago)
    report = factories.make_report(recommendation, due_on=due_on, submitted_by=owner, verdict=Verdict.ACCEPTED)
    assert FollowUpReport.objects.get(pk=report.pk).kept_time == words


def test_a_waived_one_is_neither_late_nor_on_time(recommendation, clerk):
    report = factories.make_report(recommendation, due_on=factories.ago(3))
    assert report.kept_time == ""
    assert report.waive(by=clerk, reason=REASON).kept_time == "Waived"
    assert not (FollowUpReport.objects.submitted_late() | FollowUpReport.objects.submitted_on_time()).exists()
