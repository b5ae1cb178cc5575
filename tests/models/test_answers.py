"""Did they answer? Every change of an answer, by every person, and the clock of each addressee."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from recommendations.models import Answer, Progress, Refused, Response
from recommendations.models.responses import ANSWER_CHANGES
from tests import factories
from tests.models.tables import REASON, outcome, read_table

pytestmark = pytest.mark.django_db

# yes: may become · why: may become if the reasons are given · -: refused
BY_A_CLERK = read_table("""
                   awaiting accepted partially_accepted not_accepted noted not_required
awaiting           -        yes      yes                why          yes   why
accepted           -        -        why                why          -     -
partially_accepted -        why      -                  why          -     -
not_accepted       -        why      why                -            -     -
noted              -        yes      yes                why          -     why
not_required       why      -        -                  -            -     -
""")


def row_for(who, start):
    if who == "clerk":
        return BY_A_CLERK[start]
    if who == "system":
        return {to: cell.replace("yes", "why") for to, cell in BY_A_CLERK[start].items()}
    return dict.fromkeys(Answer.values, "-")


@pytest.mark.parametrize("who", ["clerk", "owner", "other_officer", "member", "administrator", "system"])
@pytest.mark.parametrize("start", Answer)
def test_each_answer_becomes_what_the_table_says(start, who, owner, person):
    response = factories.make_response(factories.make_recommendation(owner=owner), answer=start)
    by = person(who)

    def attempt(to):
        fresh = Response.objects.get(pk=response.pk)
        return lambda reasons: fresh.answer_with(to, by=by, reasons=reasons)

    assert {to: outcome(attempt(to)) for to in Answer.values} == row_for(who, start)


def test_the_table_of_changes_names_every_answer():
    assert set(ANSWER_CHANGES) == set(Answer)


@pytest.mark.parametrize(
    ("answer", "is_unanswered"),
    [
        (Answer.AWAITING, True),
        (Answer.NOTED, True),
        (Answer.ACCEPTED, False),
        (Answer.PARTIALLY_ACCEPTED, False),
        (Answer.NOT_ACCEPTED, False),
        (Answer.NOT_REQUIRED, False),
    ],
)
def test_noted_only_counts_as_unanswered(answer, is_unanswered, db):
    response = factories.make_response(answer=answer)
    assert (response.is_unanswered, Response.objects.unanswered().exists()) == (is_unanswered, is_unanswered)


def test_an_answer_came_today_unless_a_day_is_given(clerk, today):
    response = factories.make_response().answer_with(Answer.ACCEPTED, by=clerk)
    assert response.answered_on == today


def test_an_answer_keeps_the_day_it_came(clerk, today):
    response = factories.make_response().answer_with(Answer.ACCEPTED, by=clerk, on=factories.ago(3))
    assert response.answered_on == factories.ago(3)


def test_an_answer_does_not_come_from_the_future(clerk):
    with pytest.raises(Refused, match="cannot come from the future"):
        factories.make_response().answer_with(Answer.ACCEPTED, by=clerk, on=factories.ago(-1))


def test_an_answer_that_is_not_required_has_no_day(clerk):
    response = factories.make_response().answer_with(Answer.NOT_REQUIRED, by=clerk, reasons=REASON)
    assert response.answered_on is None


def test_an_answer_keeps_the_reasons_that_were_given(clerk):
    factories.make_response().answer_with(Answer.NOT_ACCEPTED, by=clerk, reasons="There is no money for it.")
    assert Response.objects.get().reasons == "There is no money for it."


def test_a_refusal_names_both_answers_in_words(clerk):
    response = factories.make_response(answer=Answer.ACCEPTED)
    with pytest.raises(Refused, match="This is “accepted” now, so it cannot become “noted only”"):
        response.answer_with(Answer.NOTED, by=clerk)


def test_an_answer_is_shown_among_those_of_its_recommendation(db):
    response = factories.make_response()
    assert str(response) == f"Cabinet Member for Children on {response.recommendation.reference}"


def test_a_new_answer_comes_without_the_file_of_the_earlier_one(clerk):
    letter = SimpleUploadedFile("letter.txt", b"Dear Board")
    response = factories.make_response().answer_with(Answer.ACCEPTED, by=clerk, file=letter)
    assert response.file_name == "letter.txt"
    response.answer_with(Answer.NOT_ACCEPTED, by=clerk, reasons="They wrote again.")
    assert (Response.objects.get().file_name, bool(Response.objects.get().file)) == ("", False)


# Which organisation it is


def test_a_clerk_says_which_organisation_an_addressee_is(clerk):
    police = factories.make_organisation("Example Police")
    factories.make_response(addressee="the Force").name_organisation(police, by=clerk)
    assert Response.objects.get().organisation == police


def test_another_organisation_needs_a_reason(clerk):
    response = factories.make_response(organisation=factories.make_organisation("Example Police"))
    with pytest.raises(Refused, match="Say why it is another organisation"):
        response.name_organisation(factories.make_organisation("Example Fire"), by=clerk)


def test_the_same_organisation_is_not_named_again(clerk):
    police = factories.make_organisation("Example Police")
    with pytest.raises(Refused, match="That is the organisation already"):
        factories.make_response(organisation=police).name_organisation(police, by=clerk)


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_says_which_organisation_it_is(who, person):
    with pytest.raises(Refused, match="Only a clerk says which organisation"):
        factories.make_response().name_organisation(factories.make_organisation(), by=person(who))


# One more addressee


def test_a_clerk_asks_one_more_addressee(clerk, nhs):
    recommendation = factories.make_recommendation()
    response = Response.expect(recommendation, "Example NHS Trust", regime=nhs, by=clerk)
    assert (response.answer, response.regime, response.clock_not_started) == (Answer.AWAITING, nhs, True)


def test_an_addressee_may_be_a_known_organisation(clerk, nhs):
    trust = factories.make_organisation("Example NHS Trust", regime=nhs)
    Response.expect(factories.make_recommendation(), "The Trust", regime=nhs, organisation=trust, by=clerk)
    assert Response.objects.get().organisation == trust


@pytest.mark.parametrize("addressee", ["Example NHS Trust", "example nhs trust"])
def test_an_addressee_is_asked_once(addressee, clerk, nhs):
    recommendation = factories.make_recommendation()
    Response.expect(recommendation, "Example NHS Trust", regime=nhs, by=clerk)
    with pytest.raises(Refused, match="there already"):
        Response.expect(recommendation, addressee, regime=nhs, by=clerk)


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_asks_one_more_addressee(who, person, owner, nhs):
    recommendation = factories.make_recommendation(owner=owner)
    with pytest.raises(Refused, match="Only a clerk adds an addressee"):
        Response.expect(recommendation, "Example NHS Trust", regime=nhs, by=person(who))


# The clock


def test_the_clock_begins_with_the_notice(clerk, executive):
    response = factories.make_response(regime=executive)
    response.start_clock(notified_on=datetime.date(2027, 1, 10), by=clerk)
    assert response.due_on == datetime.date(2027, 3, 9)


@pytest.mark.parametrize(
    ("received", "notified"),
    [((2027, 1, 10), (2027, 1, 4)), ((2027, 1, 4), (2027, 1, 10))],
    ids=["received", "notified"],
)
def test_the_clock_begins_with_the_later_of_receipt_and_notice(received, notified, clerk, executive):
    response = factories.make_response(regime=executive)
    response.start_clock(notified_on=datetime.date(*notified), received_on=datetime.date(*received), by=clerk)
    assert response.due_on == datetime.date(2027, 3, 9)


def test_a_running_clock_is_put_right_only_with_a_reason(clerk, today):
    response = factories.make_response(notified_on=today)
    with pytest.raises(Refused, match="Say why the clock is changed"):
        response.start_clock(notified_on=factories.ago(1), by=clerk)


def test_a_running_clock_is_put_right_with_a_reason(clerk, nhs, today):
    response = factories.make_response(notified_on=today)
    response.start_clock(
        notified_on=factories.ago(1), by=clerk, regime=nhs, reason="The notice went out a day earlier."
    )
    assert response.due_on == factories.ago(-27)


def test_a_clock_needs_a_rule_that_has_a_period(clerk, no_regime, today):
    with pytest.raises(Refused, match="No period is set"):
        factories.make_response(regime=no_regime).start_clock(notified_on=today, by=clerk)


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_starts_a_clock(who, owner, person, today):
    response = factories.make_response(factories.make_recommendation(owner=owner))
    with pytest.raises(Refused, match="Only a clerk records answers"):
        response.start_clock(notified_on=today, by=person(who))


def test_a_later_change_of_the_rule_does_not_move_a_running_clock(executive, today):
    response = factories.make_response(regime=executive, notified_on=today)
    executive.months = 3
    executive.record(by=None, reason="The law changed.")
    assert Response.objects.get().due_on == response.due_on


def test_an_answer_is_still_recorded_once_the_recommendation_is_closed(clerk):
    recommendation = factories.make_recommendation()
    response = factories.make_response(recommendation)
    recommendation.close(Progress.IMPLEMENTED, at=factories.make_meeting(), by=clerk)
    response.answer_with(Answer.ACCEPTED, by=clerk)
    assert Response.objects.get().answer == Answer.ACCEPTED
