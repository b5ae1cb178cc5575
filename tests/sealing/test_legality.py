"""What the history tells was allowed, by somebody entitled to it then: also of rows that no seal covers yet."""

import pytest
from django.db import connection  # noqa: F401 (conditions of tests name it)

from recommendations import clock
from recommendations.models import AccountEvent, Answer, Progress, Verdict
from recommendations.sealing.legality import Judgement
from recommendations.sealing.rights import Rights
from tests import factories

pytestmark = pytest.mark.django_db
PROGRESS = "recommendations_historicalrecommendation"
ANSWERS = "recommendations_historicalresponse"
REPORTS = "recommendations_historicalfollowupreport"
DATES = "recommendations_historicaldatechange"


@pytest.fixture
def police():
    return factories.make_organisation("Example Police")


@pytest.fixture
def lived(clerk, owner, police):
    """A recommendation through its whole life, with an answer, a report and a date that moved."""
    recommendation = factories.make_recommendation(owner=owner, due_on=factories.ago(-30))
    response = factories.make_response(recommendation, organisation=police)
    link, _ = factories.make_link(police, by=clerk)
    response.answer_with(Answer.ACCEPTED, by=None, through=link)
    response.answer_with(Answer.NOT_ACCEPTED, by=clerk, reasons="They think again.")
    change = recommendation.ask_for_later_date(factories.ago(-60), by=owner, reason="The bus is late.")
    change.grant(by=clerk)
    report = factories.make_report(recommendation, due_on=factories.ago(-10))
    report.submit("It is done.", by=owner)
    meeting = factories.make_meeting(recommendation.board, held_on=clock.today())
    report.receive(Verdict.NOT_SATISFIED, at=meeting, by=clerk, reason="It is not.")
    recommendation.change_progress(Progress.IN_PROGRESS, by=owner)
    recommendation.close(Progress.SUPERSEDED, at=meeting, by=clerk, reason="Something better came.")
    return recommendation


@pytest.fixture
def last(lived):
    """The key of the newest row of a history."""
    return lambda table: f"(SELECT max(history_id) FROM {table})"


def test_a_whole_life_is_found_lawful(lived, found):
    assert found() == []


STEPS = [
    (PROGRESS, "progress = 'unheard_of'", "which no rule allows"),
    (PROGRESS, "progress = 'in_progress'", "has them and is open"),
    (PROGRESS, "closed_at_id = NULL", "closed without its day and meeting"),
    (PROGRESS, "history_change_reason = ' '", "without a reason"),
    (PROGRESS, "reference = 'SCSB R99/26'", "another reference"),
    (PROGRESS, "text = 'Nothing', history_change_reason = ''", "has other words"),
    (PROGRESS, "history_type = '+'", "says that it is"),
    (PROGRESS, "history_date = '2001-01-01 00:00:00+00:00'", "dated before the row that it follows"),
    (PROGRESS, "version = version + 1", "a change between them is not there"),
    (PROGRESS, "due_on = '2030-01-01'", "moves a due date without counting it"),
    (PROGRESS, "due_on = '2030-01-01', history_change_reason = NULL", "moves a due date without a reason"),
    (PROGRESS, "history_user_id = NULL, history_change_reason = NULL", "by nobody, and without a reason"),
    (ANSWERS, "answer = 'awaiting'", "which no rule allows"),
    (ANSWERS, "reasons = '', history_change_reason = ''", "without a reason"),
    (REPORTS, "verdict = 'accepted'", "was received without having been handed in"),
    (DATES, "decision = 'refused', history_change_reason = ''", "was refused without a reason"),
    (DATES, "decided_by_id = NULL", "names another person than who decided"),
]


@pytest.mark.parametrize(("table", "change", "what"), STEPS)
def test_what_no_rule_allows(tamper, assert_named, last, table, change, what):
    tamper(f"UPDATE {table} SET {change} WHERE history_id = {last(table)}")
    assert_named(table, what)


def first_of(table, condition):
    return f"(SELECT min(history_id) FROM {table} WHERE {condition})"


BEGINNINGS = [
    (PROGRESS, "history_type = '+'", "progress = 'paused'", "begins as “paused”"),
    (PROGRESS, "history_type = '+'", "history_type = '~'", "tells of no beginning"),
    (ANSWERS, "history_type = '+'", "answer = 'accepted'", "begins as “accepted”"),
    (ANSWERS, "through_id IS NOT NULL", "through_id = 999999999", "through a link that is not there"),
    (ANSWERS, "through_id IS NOT NULL", "history_date = '2040-01-01'", "through a link that did not work then"),
    (ANSWERS, "through_id IS NOT NULL", "organisation_id = NULL", "through a link that was not used for it"),
    (REPORTS, "history_type = '+'", "waived_on = '2026-01-01'", "begins as a report that was handed in"),
    (REPORTS, "verdict <> ''", "submitted_on = NULL", "takes back that it was handed in"),
    (REPORTS, "submitted_on IS NOT NULL", "submitted_by_id = NULL", "names another author"),
    (DATES, "history_type = '+'", "decision = 'refused'", "begins as refused"),
]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps people and links that rows name")
@pytest.mark.parametrize(("table", "where", "change", "what"), BEGINNINGS)
def test_what_could_not_begin_or_come_so(tamper, assert_named, lived, table, where, change, what):
    tamper("PRAGMA defer_foreign_keys = ON", f"UPDATE {table} SET {change} WHERE history_id = {first_of(table, where)}")
    assert_named(table, what)


def test_a_report_is_not_waived_and_then_handed_in(tamper, assert_named, lived):
    begun, handed_in = (
        lived.follow_ups.earliest("id").history.order_by("history_id").values_list("history_id", flat=True)[:2]
    )
    tamper(f"UPDATE {REPORTS} SET waived_on = '2026-01-01' WHERE history_id = {begun}")
    assert_named(f"row {handed_in}", "after it was waived")


def test_what_the_board_decided_is_not_an_officers_to_change(tamper, assert_named, other_officer, lived, last):
    tamper(f"UPDATE {PROGRESS} SET history_user_id = {other_officer.pk} WHERE history_id = {last(PROGRESS)}")
    assert_named(lived.reference, "without the right to it (roles then: Officers)")


def test_an_owner_reports_only_what_was_theirs_then(tamper, assert_named, other_officer, lived):
    started = lived.history.filter(progress=Progress.IN_PROGRESS).first()
    tamper(f"UPDATE {PROGRESS} SET history_user_id = {other_officer.pk} WHERE history_id = {started.history_id}")
    assert_named(f"row {started.history_id}", "without the right")


def test_rights_are_those_of_that_time(found, lived, clerk):
    """Somebody who is a clerk no longer was one then."""
    clerk.groups.clear()
    assert found() == []


def test_nobody_acts_before_they_were_given_the_right(tamper, assert_named, lived, clerk):
    later = "2040-01-01 00:00:00+00:00"
    tamper(f"UPDATE recommendations_accountevent SET at = '{later}' WHERE person_id = {clerk.pk}")
    assert_named("by a person without the right to it (roles then: none)")


def test_nobody_acts_who_cannot_sign_in(tamper, assert_named, lived, clerk):
    tamper(f"UPDATE recommendations_historicaluser SET is_active = NOT is_active WHERE id = {clerk.pk}")
    assert_named("by a person who could not sign in then")


def test_nobody_acts_who_was_never_given_a_right(tamper, assert_named, lived, last):
    newcomer = factories.make_person("Lena Cross")
    tamper(f"UPDATE {PROGRESS} SET history_user_id = {newcomer.pk} WHERE history_id = {last(PROGRESS)}")
    assert_named(lived.reference, "by a person without the right to it (roles then: none)")


def test_before_the_record_of_rights_it_is_not_known_and_said(tamper, lived, clerk):
    tamper(
        f"UPDATE recommendations_accountevent SET kind = '{AccountEvent.Kind.RIGHTS_FOUND}', at = '2040-01-01 00:00:00+00:00'"
    )
    judgement = Judgement()
    assert list(judgement.findings()) == []
    assert judgement.unknown > 5


def test_nobody_acts_who_is_not_there():
    assert Rights().why_not(999_999_999, clock.now()) == "by a person who is not there"


def test_a_draft_is_finished_once(tamper, assert_named, clerk):
    draft = factories.make_draft()
    draft.discard(by=clerk, reason="The wrong board.")
    table = "recommendations_historicalminutesdraft"
    tamper(
        f"UPDATE {table} SET history_change_reason = '' WHERE state = 'discarded'",
        f"UPDATE {table} SET state = 'adopted' WHERE history_type = '+'",
    )
    assert_named(table, "goes from “adopted” to “discarded”")
    assert_named(table, "was discarded without a reason")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL keeps texts out of columns of numbers")
def test_what_cannot_be_read_is_told(tamper, assert_named, lived):
    tamper(f"UPDATE {PROGRESS} SET version = 'many'")
    assert_named(PROGRESS, "holds what cannot be read")
