"""What a partner sees who has no account: its own questions, its answer once, and nothing about anybody else."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cse_board.logs import WithoutKeys
from recommendations import clock, limits
from recommendations.models import Answer, LinkUse, Progress, ProgressUpdate, Response
from tests import factories
from tests.views.pages import Page, go_on, read, send

REASONS = "There are no officers to spare before the spring."


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def police(db):
    return factories.make_organisation("Surrey Police")


@pytest.fixture
def recommendation(board, owner):
    item = factories.make_item(factories.make_meeting(board))
    return factories.make_recommendation(item, owner=owner, title="Checks outside schools")


@pytest.fixture
def asked(recommendation, police, nhs):
    return factories.make_response(
        recommendation, "the Police", organisation=police, regime=nhs, notified_on=factories.ago(40)
    )


@pytest.fixture
def key(police, clerk):
    return factories.make_link(police, by=clerk)[1]


def opened(key, response=None, update=False):
    """An address that the key opens."""
    name = "partner-questions" if response is None else "partner-update" if update else "partner-answer"
    return reverse(name, args=[key, response.pk] if response else [key])


# What it opens


def test_the_page_says_what_is_asked_by_whom_and_until_when(client, key, asked):
    page = read(client, opened(key))
    assert page.heading == "Questions to Surrey Police"
    assert "This link works until 16 December 2026." in page.text
    assert "SCSB R1/26: Checks outside schools That officers review the guidance given to schools." in page.text
    assert "Asked by the Social Care Services Board on 19 September 2026, of “the Police”" in page.text
    assert "Last day to answer: 6 November 2026 12 days overdue" in page.text


def test_without_a_clock_no_last_day_is_told(client, key, recommendation, police, nhs):
    factories.make_response(recommendation, "the Police", organisation=police, regime=nhs)
    assert "No last day has been set." in read(client, opened(key)).text


def test_the_unanswered_come_first_and_of_these_the_most_urgent(client, key, police, nhs, today):
    for days, answer in ((3, Answer.ACCEPTED), (9, Answer.AWAITING), (30, Answer.AWAITING), (None, Answer.AWAITING)):
        notified_on = days and factories.ago(days)
        factories.make_response(organisation=police, regime=nhs, notified_on=notified_on, answer=answer)
    page = read(client, opened(key))
    headings = page.main.xpath(".//h2|.//h3")
    assert [heading.text_content().split(":")[0].strip() for heading in headings] == [
        "To answer (3)", "SCSB R3/26", "SCSB R2/26", "SCSB R4/26", "Answered (1)", "SCSB R1/26",
    ]  # fmt: skip


def test_what_is_answered_is_there_to_read(client, key, asked, clerk):
    letter = SimpleUploadedFile("letter.txt", b"Dear Board")
    asked.answer_with(Answer.NOT_ACCEPTED, by=clerk, reasons=REASONS, file=letter)
    page = read(client, opened(key))
    assert f"Your answer: Not accepted 18 November 2026 {REASONS} With the file letter.txt" in page.text
    assert opened(key, asked) not in page.links().values()


def test_nobody_is_named_and_nothing_internal_is_told(client, key, asked, recommendation, owner, clerk):
    factories.make_update(recommendation, "A word among ourselves.", by=owner)
    factories.make_response(recommendation, "Example NHS Trust")
    page = client.get(opened(key)).content.decode()
    others = ["Olu Shah", "Ruth Bailey", owner.email, "among ourselves", "Example NHS Trust"]
    assert [words for words in others if words in page] == []


def test_the_pages_link_to_nothing_but_each_other(client, key, asked):
    for address in (opened(key), opened(key, asked), opened(key, asked, update=True)):
        links = read(client, address).html.xpath("//a/@href")
        assert [link for link in links if not link.startswith((opened(key), "#", "/"))] == []
        assert {link for link in links if link.startswith("/")} - {"/", "/accessibility/", "/privacy/"} <= {
            opened(key), opened(key, asked), opened(key, asked, update=True),
        }  # fmt: skip


@pytest.mark.parametrize("who", ["clerk", "member"])
def test_somebody_signed_in_sees_it_as_a_partner_does(who, person, sign_in, client, key, asked):
    as_partner = read(client, opened(key)).html.text_content()
    assert read(sign_in(person(who)), opened(key)).html.text_content() == as_partner


def test_where_nothing_is_asked_the_page_says_so(client, key):
    assert "There is nothing here that you can answer." in read(client, opened(key)).text


def test_the_page_asks_as_often_for_thirty_questions_as_for_one(client, key, police, nhs, clerk):
    def live(times):
        for _ in range(times):
            response = factories.make_response(organisation=police, regime=nhs, notified_on=factories.ago(9))
            response.recommendation.say("Two checks.", by=None, through=factories.make_link(police, by=clerk)[0])

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(opened(key)).status_code == 200
        return len(asked)

    live(1)
    for_one = queries()
    live(29)
    assert queries() == for_one


# Answering


def test_a_partner_answers_with_reasons_and_a_file(client, key, asked):
    letter = SimpleUploadedFile("letter.txt", b"Dear Board")
    answers = {"answer": Answer.NOT_ACCEPTED, "reasons": REASONS, "file": letter}
    page = send(client, opened(key, asked), **answers)
    assert page.banner == "Your answer is recorded: not accepted. The clerk of the Board sees it now."
    asked.refresh_from_db()
    assert (asked.answer, asked.reasons, asked.file_name) == (Answer.NOT_ACCEPTED, REASONS, "letter.txt")


def test_all_answers_are_offered_but_that_none_is_required(client, key, asked):
    page = read(client, opened(key, asked))
    assert page.main.xpath(".//input[@type='radio']/@value") == [
        "accepted", "partially_accepted", "not_accepted", "noted",
    ]  # fmt: skip
    assert "Counts as unanswered" in page.text


def test_noted_only_counts_as_unanswered_and_says_what_to_do(client, key, asked):
    page = send(client, opened(key, asked), answer=Answer.NOTED)
    assert "To answer (1)" in page.text
    assert "“Noted only” counts as unanswered. To answer, ask the clerk of the Board for a new link." in page.text
    assert opened(key, asked) not in page.links().values()


def test_not_accepting_without_reasons_is_sent_back(client, key, asked):
    page = send(client, opened(key, asked), answer=Answer.NOT_ACCEPTED)
    assert page.errors == ["Give the reasons for this answer."]


def test_an_answer_is_the_organisations_whoever_is_signed_in(sign_in, clerk, key, asked):
    send(sign_in(clerk), opened(key, asked), answer=Answer.ACCEPTED)
    assert asked.history.first().history_user is None
    page = read(sign_in(clerk), asked.recommendation.get_absolute_url())
    assert "by Surrey Police, through the link of 18 November 2026 Answer: Awaiting" in page.timeline[0]
    assert "by Surrey Police, through the link of 18 November 2026" in page.rows[0][1]


def test_sent_twice_the_second_is_refused_and_keeps_what_was_typed(client, key, asked):
    form = read(client, opened(key, asked))
    go_on(client, form, answer=Answer.ACCEPTED, reasons="Gladly.")
    page = go_on(client, form, answer=Answer.NOT_ACCEPTED, reasons=REASONS)
    assert "answered through this link on 18 November 2026 already" in page.errors[0]
    assert REASONS in page.text
    assert (Response.objects.get().answer, LinkUse.objects.count()) == (Answer.ACCEPTED, 1)


def test_opened_again_an_answered_question_leads_back_and_says_why(client, key, asked):
    send(client, opened(key, asked), answer=Answer.ACCEPTED)
    page = Page(client.get(opened(key, asked), follow=True))
    assert page.redirects == [opened(key)]
    assert page.banner.startswith("This was answered through this link on 18 November 2026 already")


def test_a_change_by_the_clerk_meanwhile_does_not_hold_the_answer_up(client, key, asked, clerk):
    """Nor does it tell a partner who the clerk is."""
    form = read(client, opened(key, asked))
    asked.start_clock(notified_on=factories.ago(3), by=clerk, reason="It went out late.")
    assert go_on(client, form, answer=Answer.ACCEPTED).banner.startswith("Your answer is recorded")


def test_a_form_without_its_token_is_refused(key, asked):
    client = Client(enforce_csrf_checks=True)
    assert client.post(opened(key, asked), {"answer": "accepted"}).status_code == 403


# Updates


def test_a_partner_tells_how_it_goes_as_often_as_it_likes(client, key, asked):
    for text in ("Two checks were made.", "Five now."):
        figures = SimpleUploadedFile("figures.csv", b"a,b\n1,2\n")
        page = send(client, opened(key, asked, update=True), text=text, file=figures)
    assert page.banner.startswith("Your update is recorded.")
    assert "18 November 2026: Five now. With the file figures.csv 18 November 2026: Two checks were made." in page.text


def test_an_update_is_told_on_the_timeline_as_theirs(client, key, asked, sign_in, member):
    send(client, opened(key, asked, update=True), text="Two checks were made.")
    entry = read(sign_in(member), asked.recommendation.get_absolute_url()).timeline[0]
    assert entry.startswith("Progress update 18 November 2026 at ")
    assert entry.endswith("by Surrey Police, through the link of 18 November 2026 Two checks were made.")


def test_what_is_closed_meanwhile_takes_no_update(client, key, asked, recommendation):
    form = read(client, opened(key, asked, update=True))
    recommendation.close(Progress.IMPLEMENTED, at=recommendation.item.meeting, by=None, reason="Done.")
    assert go_on(client, form, text="Two checks.").errors == ["The Board has closed this, so it takes no more updates."]
    assert Page(client.get(opened(key, asked, update=True), follow=True)).redirects == [opened(key)]
    assert not ProgressUpdate.objects.exists()


# A stranger, another row, too late


def not_found(client, address):
    """What to quote is another for each request."""
    page = client.get(address)
    return page.status_code, page.text.replace(page.headers["X-Request-ID"], "")


def test_a_wrong_key_gets_the_page_of_any_unknown_address(client, key, asked):
    unknown = not_found(client, "/no-such-page/")
    wrong = [not_found(client, opened(key[:-1])), not_found(client, opened("1.guess.ed"))]
    assert unknown[0] == 404
    assert wrong == [unknown, unknown]


def test_a_wrong_key_costs_no_query(client, key, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(opened(key[:-1]))


@pytest.mark.parametrize("update", [False, True], ids=["answer", "update"])
def test_rows_of_others_exempt_rows_and_unknown_ones_are_answered_alike(client, key, police, update):
    others = factories.make_response(organisation=factories.make_organisation("Example Fire"))
    exempt = factories.make_response(factories.make_recommendation(exempt_paragraph=7), organisation=police)
    unknown = Response(pk=99999)
    answers = [not_found(client, opened(key, each, update=update)) for each in (others, exempt, unknown)]
    assert answers == [answers[0]] * 3
    sent = [
        client.post(opened(key, each, update=update), {"answer": "accepted", "text": "x"}) for each in (others, exempt)
    ]
    assert [answers[0][0], *(response.status_code for response in sent)] == [404, 404, 404]


def test_a_link_that_expired_says_so_and_what_to_do(client, key, asked):
    with clock.set_to_day(factories.ago(-29)):
        page = read(client, opened(key))
    assert (page.status, page.heading) == (410, "This link no longer works")
    assert "This link worked until 16 December 2026. Ask the clerk of the Board" in page.text


def test_a_link_that_was_withdrawn_takes_nothing_any_more(client, police, clerk, asked):
    link, key = factories.make_link(police, by=clerk)
    form = read(client, opened(key, asked))
    link.revoke(by=clerk, reason="It got lost.")
    page = go_on(client, form, answer=Answer.ACCEPTED)
    assert (page.status, Response.objects.get().answer) == (410, Answer.AWAITING)
    assert "This link was withdrawn on 18 November 2026." in page.text


# How often


def test_after_many_wrong_keys_nothing_is_tried_for_a_while(client, key):
    statuses = [client.get(opened(f"guess-{number}")).status_code for number in range(limits.WRONG_KEYS.most)]
    refused = client.get(opened(key))
    assert (set(statuses), refused.status_code) == ({404}, 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert "Wait a minute, then try again." in Page(refused).text


def test_a_minute_later_the_right_key_opens_again(client, key):
    for number in range(limits.WRONG_KEYS.most):
        client.get(opened(f"guess-{number}"))
    with clock.set_to(clock.now() + datetime.timedelta(seconds=61)):
        assert client.get(opened(key)).status_code == 200


def test_wrong_keys_from_elsewhere_hold_nobody_up(client, key):
    for number in range(limits.WRONG_KEYS.most):
        client.get(opened(f"guess-{number}"), REMOTE_ADDR="203.0.113.9")
    assert client.get(opened(key)).status_code == 200


def test_a_link_that_sends_very_much_is_held_back_and_keeps_what_was_typed(client, key, asked, police):
    address = opened(key, asked, update=True)
    for number in range(limits.SUBMISSIONS.most):
        client.post(address, {"text": f"Check {number}."})
    held_back = client.post(address, {"text": "One more check."})
    assert (held_back.status_code, ProgressUpdate.objects.count()) == (429, limits.SUBMISSIONS.most)
    assert 0 < int(held_back.headers["Retry-After"]) <= 3600
    assert "tried too often" in Page(held_back).errors[0]
    assert "One more check." in Page(held_back).text
    another = factories.make_link(police)[1]
    assert client.post(opened(another, asked, update=True), {"text": "Still."}).status_code == 302


# The key stays where it is


@pytest.mark.parametrize("state", ["live", "dead", "too often"])
def test_no_page_behind_a_key_is_kept_found_or_passed_on(client, key, asked, state):
    if state == "too often":
        for number in range(limits.WRONG_KEYS.most):
            client.get(opened(f"guess-{number}"))
    with clock.set_to_day(factories.ago(-29 if state == "dead" else 0)):
        headers = client.get(opened(key)).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "strict-origin"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_log_of_a_dead_link_has_no_key(client, key, caplog):
    with clock.set_to_day(factories.ago(-29)), caplog.at_level("WARNING", "django.request"):
        caplog.handler.addFilter(blot := WithoutKeys())
        client.get(opened(key))
        caplog.handler.removeFilter(blot)
    assert caplog.messages == ["Gone: /answer/…/"]
