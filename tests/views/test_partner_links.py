"""What a clerk does with links: making one and seeing it once, sending it, the list, withdrawing; naming organisations."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations import clock
from recommendations.models import PartnerLink, Response
from tests import factories
from tests.views.pages import Page, read, send

ADDRESS = "force@example.org"
# Nothing listens on the port of the discard service, and nobody else may.
CLOSED = 9


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def police(db):
    return factories.make_organisation("Surrey Police")


@pytest.fixture
def asked(police):
    return factories.make_response(addressee="the Police", organisation=police)


@pytest.fixture
def desk(sign_in, clerk):
    """The clerk's browser."""
    return sign_in(clerk)


def making(response):
    return reverse("answer-link", args=[response.pk])


def shown(page):
    """The address of the link that a page shows."""
    [box] = page.main.xpath(".//input[@readonly]")
    return box.get("value")


# Making one


def test_a_link_is_offered_beside_the_answer_it_is_for(desk, asked):
    assert read(desk, asked.recommendation.get_absolute_url()).links()["Send a link to Surrey Police"] == making(asked)


def test_before_it_is_made_the_page_says_what_it_will_open(desk, asked, police):
    factories.make_response(organisation=police, answer="accepted")
    factories.make_response(factories.make_recommendation(exempt_paragraph=7), organisation=police)
    page = read(desk, making(asked))
    assert "what boards asked of Surrey Police: 2 questions, 1 unanswered." in page.text
    assert "1 more is exempt, and left out." in page.text


def test_four_weeks_are_suggested(desk, asked):
    fields = read(desk, making(asked)).fields
    assert [fields[f"expires_on_{part}"] for part in ("day", "month", "year")] == ["16", "12", "2026"]


def test_the_links_that_work_already_are_told(desk, asked, police, clerk):
    factories.make_link(police, by=clerk)
    assert (
        "a link made on 18 November 2026 by Ruth Bailey, works until 16 December 2026" in read(desk, making(asked)).text
    )


def test_the_link_is_shown_once_and_opens(desk, client, asked, settings):
    settings.SITE_URL = "https://tracker.example.gov.uk"
    page = send(desk, making(asked))
    assert page.heading == "The link is made"
    host, path = shown(page)[:30], shown(page)[30:]
    assert host == "https://tracker.example.gov.uk"
    assert read(client, path).heading == "Questions to Surrey Police"
    assert path not in desk.get(reverse("links")).content.decode()


@pytest.mark.parametrize(("debug", "site_url"), [(True, "https://tracker.example.gov.uk"), (False, "")])
def test_without_a_public_address_the_link_has_the_one_the_clerk_uses(desk, asked, settings, debug, site_url):
    settings.DEBUG, settings.SITE_URL = debug, site_url
    assert shown(send(desk, making(asked))).startswith("http://testserver/answer/")


def test_the_link_can_be_copied_and_its_page_withdraws_it(desk, asked):
    page = send(desk, making(asked))
    assert page.main.xpath(".//input[@readonly]/@data-copy") == ["Surrey Police"]
    assert page.links()["withdraw it"] == reverse("link-withdraw", args=[PartnerLink.objects.get().pk])


def test_the_page_with_the_link_is_kept_nowhere(desk, asked):
    fields = read(desk, making(asked)).fields
    assert "no-store" in desk.post(making(asked), fields).headers["Cache-Control"]


def test_a_link_for_too_long_is_refused_and_keeps_what_was_typed(desk, asked):
    page = send(desk, making(asked), expires_on=factories.ago(-400), sent_to=ADDRESS)
    assert page.errors == ["A link works until today at least, and for a year at most. Give another last day."]
    assert page.fields["sent_to"] == ADDRESS
    assert not PartnerLink.objects.exists()


def test_for_an_addressee_without_organisation_there_is_no_link(desk):
    assert desk.get(making(factories.make_response())).status_code == 403


def test_nor_is_one_made_by_whoever_sends_the_form_all_the_same(desk):
    days = {f"expires_on_{part}": getattr(factories.ago(-5), part) for part in ("day", "month", "year")}
    assert desk.post(making(factories.make_response()), days).status_code == 403
    assert not PartnerLink.objects.exists()


def test_an_exempt_row_says_that_no_link_opens_it(desk, police):
    exempt = factories.make_response(factories.make_recommendation(exempt_paragraph=7), organisation=police)
    page = read(desk, exempt.recommendation.get_absolute_url())
    assert "Exempt: no link opens this" in page.part("answers")
    assert making(exempt) not in page.links().values()


# Sending it


def test_a_link_is_sent_in_plain_words_and_as_a_page(desk, asked):
    page = send(desk, making(asked), sent_to=ADDRESS)
    [sent] = mail.outbox
    html = sent.alternatives[0].content
    assert "It was e-mailed to force@example.org." in page.text
    assert (sent.to, sent.subject) == ([ADDRESS], "Example Council asks Surrey Police for an answer")
    assert shown(page) in sent.body
    assert f'<a href="{shown(page)}">' in html
    assert PartnerLink.objects.get().sent_to == ADDRESS


def test_the_mail_has_what_is_needed_and_nothing_of_what_is_asked(desk, asked):
    send(desk, making(asked), sent_to=ADDRESS)
    text = mail.outbox[0].body
    assert text.startswith("Ruth Bailey of Example Council asks Surrey Police to answer 1 question of its")
    assert "until 16 December 2026" in text
    assert asked.recommendation.reference not in text + mail.outbox[0].alternatives[0].content


def test_where_everything_is_answered_the_mail_asks_how_it_goes(desk, police):
    send(desk, making(factories.make_response(organisation=police, answer="accepted")), sent_to=ADDRESS)
    assert "asks Surrey Police how what its scrutiny boards recommended is going." in mail.outbox[0].body


def test_a_name_is_written_in_the_mail_as_it_is(desk):
    body = factories.make_organisation("Fire & Rescue <South>")
    send(desk, making(factories.make_response(organisation=body)), sent_to=ADDRESS)
    assert "Fire & Rescue <South>" in mail.outbox[0].body
    assert "Fire &amp; Rescue &lt;South&gt;" in mail.outbox[0].alternatives[0].content


def test_a_name_in_two_lines_makes_one_line_of_the_subject(desk):
    body = factories.make_organisation("Surrey\nPolice")
    send(desk, making(factories.make_response(organisation=body)), sent_to=ADDRESS)
    assert mail.outbox[0].subject == "Example Council asks Surrey Police for an answer"


def test_where_the_mail_server_fails_the_link_is_shown_all_the_same(desk, client, asked, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", CLOSED
    page = send(desk, making(asked), sent_to=ADDRESS)
    assert "The e-mail to force@example.org could not be sent." in page.text
    assert "/answer/" in shown(page)
    assert PartnerLink.objects.get().sent_to == ""


def test_where_no_mail_server_is_set_the_link_is_shown_all_the_same(desk, asked, settings):
    settings.EMAIL_URL = ""
    assert "could not be sent" in send(desk, making(asked), sent_to=ADDRESS).text
    assert mail.outbox == []


# The list, and withdrawing


def test_the_list_says_whose_who_made_it_until_when_and_what_it_was_used_for(desk, asked, police, clerk):
    link, _ = factories.make_link(police, by=clerk, sent_to=ADDRESS)
    asked.answer_with("accepted", by=None, through=link)
    [row] = read(desk, reverse("links")).rows
    assert row[:5] == [
        "Surrey Police", "18 November 2026 by Ruth Bailey", ADDRESS, "16 December 2026", "1 answer, 0 updates",
    ]  # fmt: skip


def test_the_list_tells_withdrawn_expired_and_unused_links_apart(desk, police, clerk):
    factories.make_link(police, by=clerk, expires_on=factories.ago(0))
    factories.make_link(police, by=clerk)[0].revoke(by=clerk, reason="It got lost.")
    factories.make_link(police, by=clerk)
    with clock.set_to_day(factories.ago(-1)):
        rows = read(desk, reverse("links")).rows
    assert [(row[3], row[4], row[5].partition(" the link")[0]) for row in rows] == [
        ("16 December 2026", "Nothing yet", "Withdraw"),
        ("16 December 2026 Withdrawn", "Nothing yet", "Nothing"),
        ("18 November 2026 Expired", "Nothing yet", "Nothing"),
    ]


def test_an_empty_list_says_so_and_leads_back(desk):
    page = read(desk, reverse("links"))
    assert "No link has been made yet." in page.text
    assert read(desk, reverse("desk")).links()["Links with which partners answer"] == reverse("links")


def test_the_list_asks_as_often_for_twenty_links_as_for_one(desk, clerk, police, django_assert_max_num_queries):
    factories.make_link(police, by=clerk)
    with django_assert_max_num_queries(10) as for_one:
        desk.get(reverse("links"))
    for _ in range(19):
        factories.make_link(factories.make_organisation(f"Body {next(factories.numbers)}"), by=clerk)
    with django_assert_max_num_queries(len(for_one)):
        assert len(read(desk, reverse("links")).rows) == 20


def test_a_clerk_withdraws_a_link(desk, police, clerk):
    link, _ = factories.make_link(police, by=clerk)
    page = send(desk, reverse("link-withdraw", args=[link.pk]), reason="It went to the wrong address.")
    assert (page.address, page.banner) == (reverse("links"), "The link of Surrey Police opens nothing any more.")
    assert not PartnerLink.objects.get().is_live()


def test_what_opens_nothing_any_more_is_not_offered_to_be_withdrawn(desk, police, clerk):
    link, _ = factories.make_link(police, by=clerk)
    link.revoke(by=clerk, reason="It got lost.")
    assert desk.get(reverse("link-withdraw", args=[link.pk])).status_code == 403


def test_withdrawn_by_two_clerks_the_second_is_told_and_keeps_what_was_typed(desk, police, clerk):
    link, _ = factories.make_link(police, by=clerk)
    address = reverse("link-withdraw", args=[link.pk])
    fields = read(desk, address).fields
    link.revoke(by=clerk, reason="It got lost.")
    page = Page(desk.post(address, fields | {"reason": "It was forwarded."}))
    assert (
        "Ruth Bailey, 18 November 2026 at 10:00am: Withdrawn on changed from nothing to 18 November 2026."
        in page.errors[0]
    )
    assert "It was forwarded." in page.text


# Naming the organisation


def test_an_addressee_without_organisation_can_be_given_one(desk, police):
    unknown = factories.make_response(addressee="the Force")
    page = read(desk, unknown.recommendation.get_absolute_url())
    naming = page.links()["Name the organisation of the Force"]
    page = send(desk, naming, organisation=police)
    assert page.banner == "the Force is known as Surrey Police now."
    assert page.links()["Send a link to Surrey Police"] == making(unknown)
    assert page.timeline[0].startswith("the Force: organisation named")


def test_another_organisation_needs_a_reason(desk, asked):
    naming = reverse("answer-organisation", args=[asked.pk])
    trust = factories.make_organisation("Example NHS Trust")
    send(desk, naming, organisation=trust, reason="The minutes mean the Trust.")
    asked.refresh_from_db()
    assert asked.organisation == trust


# The clerk records an answer that came by post


def test_a_clerk_attaches_the_letter_to_the_answer(desk, asked):
    letter = SimpleUploadedFile("letter.txt", b"Dear Board")
    page = send(desk, reverse("answer-record", args=[asked.pk]), answer="accepted", file=letter)
    assert page.links()["letter.txt"] == Response.objects.get().file_url
    assert "letter.txt" in page.timeline[0]
