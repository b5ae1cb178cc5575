"""A partner's link: who makes it, what its key opens and for how long, and that it answers each row once."""

import pytest
from django.db import IntegrityError, transaction

from recommendations import clock
from recommendations.models import Answer, LinkUse, PartnerLink, Progress, ProgressUpdate, Refused, Response
from recommendations.models.partner_links import signer
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def police():
    return factories.make_organisation("Surrey Police")


@pytest.fixture
def asked(police):
    """What was asked of them."""
    return factories.make_response(addressee="the Police", organisation=police)


@pytest.fixture
def made(police, clerk):
    """(the link, its key)"""
    return factories.make_link(police, by=clerk)


@pytest.fixture
def link(made):
    return made[0]


# Making it


def test_a_link_says_whose_it_is_who_made_it_and_until_when(link, police, clerk, today):
    stored = PartnerLink.objects.get()
    assert (stored.organisation, stored.made_by, stored.made_on) == (police, clerk, today)
    assert (stored.expires_on, str(stored)) == (factories.ago(-28), "Link of Surrey Police, made on 18 November 2026")


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger", "system"])
def test_only_a_clerk_makes_a_link(who, person, police):
    with pytest.raises(Refused, match="Only a clerk makes a link"):
        PartnerLink.make(police, by=person(who), expires_on=factories.ago(-28))


@pytest.mark.parametrize(("days", "is_made"), [(-1, False), (0, True), (365, True), (366, False)])
def test_a_link_works_from_today_until_a_year_ahead_at_most(days, is_made, police, clerk):
    try:
        made = bool(PartnerLink.make(police, by=clerk, expires_on=factories.ago(-days)))
    except Refused as refusal:
        made = "for a year at most" not in str(refusal)
    assert made == is_made


def test_the_key_is_kept_nowhere(made):
    """Neither the database nor the history could make it again."""
    link, key = made
    secret = key.split(".")[1]
    stored = [*PartnerLink.objects.values_list(), *PartnerLink.history.values_list()]
    assert secret not in str(stored)
    assert link.secret_digest not in str(PartnerLink.history.values_list())


def test_two_links_of_an_organisation_have_different_keys(police, made):
    assert factories.make_link(police)[1].split(".")[1] != made[1].split(".")[1]


# Opening it


def test_a_key_opens_its_link(made):
    link, key = made
    assert PartnerLink.opened_by(key) == link


WRONG = {
    "nothing": lambda key: "",
    "a word": lambda key: "police",
    "without its signature": lambda key: key.rpartition(".")[0],
    "cut short": lambda key: key[:-1],
    "another link’s number": lambda key: f"9{key}",
    "another secret": lambda key: key.replace(key.split(".")[1], "x" * 43),
    "letters of no alphabet": lambda key: f"{key}é\x00",
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_key_opens_nothing_and_asks_the_database_nothing(case, made, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert PartnerLink.opened_by(WRONG[case](made[1])) is None


@pytest.mark.parametrize("signed", ["{pk}.guessed", "99999.guessed"], ids=["another secret", "a link there is not"])
def test_what_is_signed_but_no_key_opens_nothing(signed, link):
    """As whoever had the site's signing key, but not its database, might try."""
    assert PartnerLink.opened_by(signer().sign(signed.format(pk=link.pk))) is None


def test_a_key_signed_for_another_site_opens_nothing(made, settings):
    settings.SECRET_KEY = "another-site-another-site-another-site-another-site"
    assert PartnerLink.opened_by(made[1]) is None


# How long it lives


def test_a_link_works_until_the_end_of_its_last_day(link):
    last = link.expires_on
    with clock.set_to_day(last, hour=23):
        assert (link.is_live(), link.ended) == (True, "")
    assert not link.is_live(factories.ago(-29))
    with clock.set_to_day(factories.ago(-29), hour=0):
        assert link.ended == "This link worked until 16 December 2026."


def test_a_link_that_was_withdrawn_is_told_apart_from_one_that_expired(link, clerk):
    link.revoke(by=clerk, reason="It went to the wrong address.")
    assert (link.is_live(), link.ended) == (False, "This link was withdrawn on 18 November 2026.")
    assert link.history.first().history_change_reason == "It went to the wrong address."


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_withdraws_a_link(who, person, link):
    with pytest.raises(Refused, match="Only a clerk withdraws"):
        link.revoke(by=person(who), reason="It got lost.")


def test_withdrawing_a_link_needs_a_reason(link, clerk):
    with pytest.raises(Refused, match="Say why"):
        link.revoke(by=clerk, reason=" ")


def test_what_opens_nothing_any_more_is_not_withdrawn_again(link, clerk):
    link.revoke(by=clerk, reason="It got lost.")
    with pytest.raises(Refused, match="It opens nothing any more"):
        link.revoke(by=clerk, reason="It got lost.")


def test_only_live_links_are_among_the_live_ones(link, police, clerk):
    factories.make_link(police)[0].revoke(by=clerk, reason="It got lost.")
    assert list(PartnerLink.objects.live()) == [link]
    assert not PartnerLink.objects.live(factories.ago(-29)).exists()


def test_a_link_that_could_not_be_sent_says_so(police, clerk):
    link, _ = factories.make_link(police, by=clerk, sent_to="force@example.org")
    link.was_not_sent(by=clerk)
    assert link.sent_to == ""
    assert link.history.first().history_change_reason == "The e-mail to force@example.org could not be sent."


# What it opens


def test_a_link_opens_what_was_asked_of_its_organisation_in_all_boards(link, asked, police, other_board):
    item = factories.make_item(factories.make_meeting(other_board))
    elsewhere = factories.make_response(factories.make_recommendation(item), "Police", organisation=police)
    factories.make_response(addressee="Fire and Rescue", organisation=factories.make_organisation("Example Fire"))
    factories.make_response(addressee="Surrey Police")
    assert set(link.rows) == {asked, elsewhere}


@pytest.mark.parametrize("exempt", ["item", "recommendation"])
def test_a_link_opens_no_exempt_matter(exempt, link, police):
    item = factories.make_item(exempt_paragraph=7 if exempt == "item" else None)
    recommendation = factories.make_recommendation(item, exempt_paragraph=7 if exempt == "recommendation" else None)
    factories.make_response(recommendation, organisation=police)
    assert not link.rows.exists()


# Answering through it


def answer(response, link, to=Answer.ACCEPTED, **said):
    return response.answer_with(to, by=None, through=link, **said)


def test_an_answer_through_a_link_is_theirs(link, asked, today):
    answer(asked, link)
    stored = Response.objects.get()
    assert (stored.answer, stored.answered_on, stored.through) == (Answer.ACCEPTED, today, link)
    assert (stored.history.first().history_user, stored.history.first().through) == (None, link)


def test_whoever_speaks_through_a_link_is_named_by_it(link):
    assert link.speaker == "Surrey Police, through the link of 18 November 2026"


def test_not_accepting_needs_reasons(link, asked):
    with pytest.raises(Refused, match="Give the reasons"):
        answer(asked, link, Answer.NOT_ACCEPTED)
    assert not LinkUse.objects.exists()


def test_a_link_answers_a_row_once(link, asked):
    answer(asked, link, Answer.NOTED)
    with pytest.raises(Refused, match="answered through this link on 18 November 2026 already"):
        answer(asked, link)
    assert [use.response for use in link.uses.all()] == [asked]


def test_a_use_names_the_row_and_the_link(link, asked):
    answer(asked, link)
    assert str(link.uses.get()).endswith("through Link of Surrey Police, made on 18 November 2026")


def test_what_a_clerk_changed_since_is_still_answered_once(link, asked, clerk):
    answer(asked, link)
    Response.objects.get().answer_with(Answer.NOT_ACCEPTED, by=clerk, reasons="They wrote again.")
    with pytest.raises(Refused, match="answered through this link already"):
        answer(asked, link)


def test_the_database_itself_holds_a_second_use_off(link, asked):
    answer(asked, link)
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkUse(link=link, response=asked, used_at=clock.now()).save()


def test_after_noted_only_a_new_link_answers(link, asked, police):
    answer(asked, link, Answer.NOTED)
    answer(asked, factories.make_link(police)[0])
    assert Response.objects.get().answer == Answer.ACCEPTED


@pytest.mark.parametrize("given", [Answer.ACCEPTED, Answer.NOT_REQUIRED])
def test_what_is_answered_is_not_answered_again_through_a_link(given, link, asked, clerk):
    asked.answer_with(given, by=clerk, reasons="They wrote.")
    with pytest.raises(Refused, match="No answer is awaited here any more"):
        answer(asked, link, Answer.NOT_ACCEPTED, reasons="No money.")


def test_a_link_of_another_organisation_answers_nothing(asked):
    with pytest.raises(Refused, match="does not open that"):
        answer(asked, factories.make_link(factories.make_organisation("Example Fire"))[0])


def test_what_became_exempt_is_not_answered_any_more(link, asked, clerk):
    asked.recommendation.mark_exempt(7, by=clerk, reason="An investigation.")
    with pytest.raises(Refused, match="does not open that"):
        answer(asked, link)


def test_a_link_that_was_withdrawn_meanwhile_answers_nothing(link, asked, clerk):
    PartnerLink.objects.get().revoke(by=clerk, reason="It got lost.")
    with pytest.raises(Refused, match="withdrawn on 18 November 2026"):
        answer(asked, link)


def test_a_link_answers_nothing_after_its_last_day(link, asked):
    with clock.set_to_day(factories.ago(-29)), pytest.raises(Refused, match="worked until 16 December 2026"):
        answer(asked, link)


def test_an_answer_is_given_through_a_link_once_the_board_has_closed(link, asked, clerk):
    asked.recommendation.close(Progress.IMPLEMENTED, at=factories.make_meeting(), by=clerk)
    assert answer(asked, link).answer == Answer.ACCEPTED


# Telling how it goes


def test_an_update_through_a_link_is_theirs_as_often_as_they_like(link, asked, today):
    for text in ("Two checks were made.", "Five now."):
        asked.recommendation.say(text, by=None, through=link)
    told = [(update.text, update.said_by, update.through, update.said_on) for update in ProgressUpdate.objects.all()]
    assert told == [("Five now.", None, link, today), ("Two checks were made.", None, link, today)]


def test_a_link_of_another_organisation_tells_nothing(asked):
    link, _ = factories.make_link(factories.make_organisation("Example Fire"))
    with pytest.raises(Refused, match="does not open that"):
        asked.recommendation.say("All is well.", by=None, through=link)


def test_a_dead_link_tells_nothing(link, asked, clerk):
    link.revoke(by=clerk, reason="It got lost.")
    with pytest.raises(Refused, match="Ask the clerk of the Board for a new one"):
        asked.recommendation.say("All is well.", by=None, through=link)


def test_what_the_board_has_closed_takes_no_more_updates(link, asked, clerk):
    asked.recommendation.close(Progress.IMPLEMENTED, at=factories.make_meeting(), by=clerk)
    with pytest.raises(Refused, match="takes no more updates"):
        asked.recommendation.say("All is well.", by=None, through=link)


def test_a_link_counts_what_came_through_it(link, asked):
    answer(asked, link)
    for text in ("Two checks were made.", "Five now."):
        asked.recommendation.say(text, by=None, through=link)
    counted = PartnerLink.objects.with_uses().get()
    assert (counted.answers_given, counted.updates_given) == (1, 2)


def test_what_they_said_through_any_link_is_theirs_to_read_unless_it_is_exempt(link, asked, police):
    update = asked.recommendation.say("Two checks were made.", by=None, through=link)
    factories.make_update(asked.recommendation)
    hidden = factories.make_response(organisation=police).recommendation
    hidden.say("A word.", by=None, through=link)
    hidden.mark_exempt(7, by=None, reason="An investigation.")
    assert list(ProgressUpdate.objects.opened_by(factories.make_link(police)[0])) == [update]
