"""Due dates of recommendations and of follow-up reports: the same rules for both."""

import pytest

from recommendations.models import DateChange, Progress, Refused
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db
NOBODY_ELSE = ["other_officer", "member", "administrator", "stranger"]


@pytest.fixture(params=["recommendation", "report"])
def undated(request, owner, today):
    """Something without a due date, owned by the owner."""
    recommendation = factories.make_recommendation(owner=owner)
    return recommendation if request.param == "recommendation" else factories.make_report(recommendation)


@pytest.fixture
def dated(undated, today):
    """Due today."""
    return undated.set_due_date(today, by=None, reason=REASON)


@pytest.fixture
def asked(dated, owner):
    """The owner has asked for two weeks more."""
    return dated.ask_for_later_date(factories.ago(-14), by=owner, reason="Half the schools have not answered.")


def stored(record):
    return type(record).objects.get(pk=record.pk)


def finish(dated, clerk):
    """By closing it or handing it in."""
    if dated == dated.subject:
        return dated.close(Progress.IMPLEMENTED, at=factories.make_meeting(held_on=factories.ago(0)), by=clerk)
    return dated.submit("Here it is.", by=clerk)


# Giving and moving


def test_the_first_date_needs_no_reason(undated, clerk, today):
    undated.set_due_date(today, by=clerk)
    assert (stored(undated).due_on, stored(undated).original_due_on) == (today, today)


def test_the_first_date_is_not_counted_as_moved(undated, clerk, today):
    undated.set_due_date(today, by=clerk)
    assert (stored(undated).times_moved, undated.date_changes.count()) == (0, 0)


def test_a_later_date_needs_a_reason(dated, clerk):
    with pytest.raises(Refused, match="Say why the due date moves"):
        dated.set_due_date(factories.ago(-7), by=clerk)


@pytest.mark.parametrize("days_ago", [-7, 7], ids=["later", "earlier"])
def test_every_move_is_counted(days_ago, dated, clerk):
    dated.set_due_date(factories.ago(days_ago), by=clerk, reason=REASON)
    assert stored(dated).times_moved == 1


def test_the_first_date_is_kept_when_it_moves(dated, clerk, today):
    dated.set_due_date(factories.ago(-7), by=clerk, reason=REASON)
    assert (stored(dated).due_on, stored(dated).original_due_on) == (factories.ago(-7), today)


def test_days_slipped_are_counted_from_the_first_date(dated, clerk):
    dated.set_due_date(factories.ago(-7), by=clerk, reason=REASON)
    dated.set_due_date(factories.ago(-30), by=clerk, reason=REASON)
    assert dated.days_slipped == 30


def test_what_has_no_date_has_not_slipped(undated):
    assert undated.days_slipped == 0


def test_days_overdue_are_counted_from_the_present_date(dated):
    assert (dated.days_overdue(), dated.days_overdue(factories.ago(-3))) == (0, 3)


def test_a_move_is_logged_with_who_agreed_and_where(dated, clerk, today):
    meeting = factories.make_meeting()
    dated.set_due_date(factories.ago(-7), by=clerk, reason=REASON, at=meeting)
    change = dated.date_changes.get()
    assert (change.decision, change.decided_by, change.decided_on, change.decided_at, change.reason) == (
        DateChange.Decision.GRANTED, clerk, today, meeting, REASON,
    )  # fmt: skip


def test_the_date_it_has_already_is_refused(dated, clerk, today):
    with pytest.raises(Refused, match="the due date already"):
        dated.set_due_date(today, by=clerk, reason=REASON)


def test_the_date_of_what_is_done_no_longer_changes(dated, clerk):
    finish(dated, clerk)
    with pytest.raises(Refused, match="its due date can no longer change"):
        dated.set_due_date(factories.ago(-7), by=clerk, reason=REASON)


@pytest.mark.parametrize("who", ["owner", *NOBODY_ELSE])
def test_only_a_clerk_moves_a_date(who, person, dated):
    with pytest.raises(Refused, match="Only a clerk"):
        dated.set_due_date(factories.ago(-7), by=person(who), reason=REASON)


# Asking


def test_asking_moves_nothing(dated, asked, today):
    assert (stored(dated).due_on, stored(dated).times_moved) == (today, 0)


def test_what_is_asked_waits_for_the_clerk(asked, owner, today):
    waiting = DateChange.objects.for_desk().get()
    assert (waiting.asked_by, waiting.asked_on, waiting.from_on, waiting.to_on) == (
        owner, today, today, factories.ago(-14),
    )  # fmt: skip


def test_asking_needs_a_reason(dated, owner):
    with pytest.raises(Refused, match="Say why more time is needed"):
        dated.ask_for_later_date(factories.ago(-7), by=owner, reason=" ")


@pytest.mark.parametrize("who", ["clerk", *NOBODY_ELSE])
def test_only_the_owner_asks(who, person, dated):
    with pytest.raises(Refused, match="Only the owner can ask"):
        dated.ask_for_later_date(factories.ago(-7), by=person(who), reason=REASON)


@pytest.mark.parametrize("days_ago", [0, 1], ids=["the same day", "an earlier day"])
def test_only_a_later_day_can_be_asked_for(days_ago, dated, owner):
    with pytest.raises(Refused, match="Ask for a day after 18 November 2026"):
        dated.ask_for_later_date(factories.ago(days_ago), by=owner, reason=REASON)


def test_nobody_asks_twice_at_once(dated, asked, owner):
    with pytest.raises(Refused, match="asked for already"):
        dated.ask_for_later_date(factories.ago(-21), by=owner, reason=REASON)


def test_nobody_asks_where_there_is_no_date(undated, owner):
    with pytest.raises(Refused, match="only while it is awaited and has a date"):
        undated.ask_for_later_date(factories.ago(-7), by=owner, reason=REASON)


def test_nobody_asks_for_what_is_done(dated, clerk, owner):
    finish(dated, clerk)
    with pytest.raises(Refused, match="only while it is awaited"):
        dated.ask_for_later_date(factories.ago(-7), by=owner, reason=REASON)


def test_a_report_and_its_recommendation_are_asked_for_apart(owner, today):
    recommendation = factories.make_recommendation(owner=owner, due_on=today)
    factories.make_asked_date(factories.make_report(recommendation, due_on=today), by=owner)
    factories.make_asked_date(recommendation, by=owner)
    assert recommendation.date_changes.count() == 1


# Deciding


def test_granting_moves_the_date_and_counts(dated, asked, clerk):
    asked.grant(by=clerk)
    assert (stored(dated).due_on, stored(dated).times_moved) == (factories.ago(-14), 1)


def test_granting_is_kept_with_who_when_and_where(asked, clerk, today):
    meeting = factories.make_meeting()
    asked.grant(by=clerk, reason="Agreed this once.", at=meeting)
    kept = stored(asked)
    assert (kept.decision, kept.decision_reason, kept.decided_by, kept.decided_on, kept.decided_at) == (
        DateChange.Decision.GRANTED, "Agreed this once.", clerk, today, meeting,
    )  # fmt: skip


def test_the_moved_date_carries_the_reason_of_who_asked(dated, asked, clerk):
    asked.grant(by=clerk)
    assert dated.history.latest().history_change_reason == "Half the schools have not answered."


def test_a_date_that_moved_meanwhile_is_not_granted(dated, asked, clerk):
    dated.set_due_date(factories.ago(-7), by=clerk, reason=REASON)
    with pytest.raises(Refused, match="has changed since this was asked"):
        asked.grant(by=clerk)


def test_a_date_of_what_is_done_meanwhile_is_not_granted(dated, asked, clerk):
    finish(dated, clerk)
    with pytest.raises(Refused, match=r"has changed since this was asked|decided already"):
        asked.grant(by=clerk)


def test_a_refused_grant_leaves_the_request_waiting(dated, asked, clerk):
    dated.set_due_date(factories.ago(-7), by=clerk, reason=REASON)
    with pytest.raises(Refused):
        asked.grant(by=clerk)
    assert stored(asked).decision == DateChange.Decision.WAITING


def test_refusing_leaves_the_date(dated, asked, clerk, today):
    asked.refuse(by=clerk, reason="The Board wants it in January.")
    assert (stored(dated).due_on, stored(dated).times_moved) == (today, 0)


def test_refusing_is_kept_with_its_reason(asked, clerk):
    asked.refuse(by=clerk, reason="The Board wants it in January.")
    kept = stored(asked)
    assert (kept.decision, kept.decision_reason) == (DateChange.Decision.REFUSED, "The Board wants it in January.")


def test_refusing_needs_a_reason(asked, clerk):
    with pytest.raises(Refused, match="Say why the later date is refused"):
        asked.refuse(by=clerk, reason="")


@pytest.mark.parametrize("first", ["grant", "refuse"])
@pytest.mark.parametrize("second", ["grant", "refuse"])
def test_a_request_is_decided_once(first, second, asked, clerk):
    getattr(asked, first)(by=clerk, reason=REASON)
    with pytest.raises(Refused, match="decided already"):
        getattr(asked, second)(by=clerk, reason=REASON)


@pytest.mark.parametrize("verb", ["grant", "refuse"])
@pytest.mark.parametrize("who", ["owner", *NOBODY_ELSE])
def test_only_a_clerk_decides(verb, who, person, asked):
    with pytest.raises(Refused, match="Only a clerk"):
        getattr(asked, verb)(by=person(who), reason=REASON)


def test_after_a_refusal_the_owner_may_ask_again(dated, asked, clerk, owner):
    asked.refuse(by=clerk, reason=REASON)
    assert dated.ask_for_later_date(factories.ago(-7), by=owner, reason=REASON).decision == DateChange.Decision.WAITING


def test_a_change_of_date_is_called_by_its_days(asked):
    assert str(asked) == f"{asked.recommendation.reference}: 18 November 2026 to 2 December 2026"
