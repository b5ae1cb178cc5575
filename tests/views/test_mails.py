"""The pages about e-mails: which ones I get, how to stop them from a mail, and what was sent to whom."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from recommendations.models import MailPreference
from recommendations.reminders.digests import token_of
from tests import factories
from tests.views.pages import Page, go_on, read

YOURS, SENT = reverse("your-mails"), reverse("mails")


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


def stopped(user):
    return MailPreference.is_stopped_for(user.email)


# Your e-mails


def test_everyone_finds_the_page_beside_their_name(sign_in, member):
    page = read(sign_in(member), reverse("dashboard"))
    assert YOURS in page.html.xpath("//ul[contains(@class, 'app-account')]//a/@href")


def test_one_stops_them_and_lets_them_come_again(sign_in, member):
    client = sign_in(member)
    page = go_on(client, read(client, YOURS))
    assert (page.banner, stopped(member)) == ("You get no more reminders by e-mail.", True)
    page = go_on(client, page)
    assert (page.banner, stopped(member)) == ("You get reminders by e-mail again.", False)


def test_the_record_names_who_stopped_them(sign_in, member):
    client = sign_in(member)
    go_on(client, read(client, YOURS))
    assert MailPreference.objects.get().history.get().history_user == member


def test_the_last_ones_are_listed_and_none_of_anybody_elses(sign_in, member, owner):
    factories.make_mail(member, on=factories.ago(1))
    factories.make_mail(member, became="refused")
    factories.make_mail(owner)
    [item] = read(sign_in(member), YOURS).main.xpath(".//ul/li")
    assert item.text_content().split("\n")[0].startswith("17 November 2026")


def test_who_was_sent_none_is_told_so(sign_in, member):
    assert "None has been sent to you yet." in read(sign_in(member), YOURS).text


# The link in a mail


@pytest.fixture
def link(owner):
    return reverse("reminders-stop", args=[token_of(factories.make_mail(owner))])


def test_opening_the_link_changes_nothing(client, link, owner):
    page = read(client, link)
    assert (page.status, page.heading, stopped(owner)) == (200, "Stop e-mails?", False)


def test_pressing_the_button_stops_them(client, link, owner):
    page = go_on(client, read(client, link))
    assert (page.heading, stopped(owner)) == ("E-mails are stopped", True)


def test_a_mail_program_stops_them_with_one_click(link, owner):
    """RFC 8058: a POST from nowhere, with no cookie, answered without a redirect."""
    response = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, stopped(owner)) == (200, True)


def test_the_page_lets_them_come_again(client, link, owner):
    go_on(client, read(client, link))
    page = go_on(client, read(client, link))
    assert (page.heading, stopped(owner)) == ("E-mails come again", False)


def test_the_record_says_that_it_was_the_link(client, link):
    go_on(client, read(client, link))
    row = MailPreference.objects.get().history.get()
    assert (row.history_user, row.history_change_reason) == (None, "Through the link in an e-mail.")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "spoil", [lambda token: token[:-1], lambda token: f"9{token}", lambda token: "1", lambda token: "1."]
)
def test_a_link_that_was_tampered_with_opens_nothing(client, link, method, spoil):  # fmt: skip
    token = link.split("/")[-2]
    response = getattr(client, method)(reverse("reminders-stop", args=[spoil(token)]))
    assert (response.status_code, MailPreference.objects.count()) == (404, 0)


@pytest.mark.django_db
def test_a_link_that_nobody_signed_costs_no_question(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("reminders-stop", args=["1.forged"])).status_code == 404


def test_the_page_names_nobody(client, link, owner):
    page = read(client, link)
    assert not [word for word in (owner.email, owner.full_name) if word in page.html.text_content()]


# What was sent


@pytest.fixture
def listed(sign_in, clerk):
    def rows(**query):
        return Page(sign_in(clerk).get(SENT, query)).rows

    return rows


def test_clerks_see_what_was_sent_to_whom_and_what_became_of_it(listed, owner):
    factories.make_mail(owner)
    said = f"550 {owner.email} is unknown"
    factories.make_mail(owner, on=factories.ago(1), became="refused", problem=said)
    subject = "CSE Board: 1 overdue"
    assert listed() == [
        ["Olu Shah", "18 November 2026", subject, "Sent"],
        ["Olu Shah", "17 November 2026", subject, "Refused by the mail server: 550 this address is unknown"],
    ]


def test_no_address_is_shown(sign_in, clerk, owner):
    factories.make_mail(owner)
    factories.make_mail(address="head@example.org")
    page = read(sign_in(clerk), SENT)
    assert "@" not in page.text
    assert "A manager without an account" in page.text


@pytest.mark.parametrize(
    ("only", "fates"),
    [
        ("all", ["put_off", "refused", "sent", "unknown"]), ("sent", ["sent"]), ("refused", ["refused"]),
        ("failing", ["refused"]), ("unknown", ["unknown"]), ("under_way", ["put_off"]), ("given_up", []),
        ("nonsense", ["put_off", "refused", "sent", "unknown"]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_what_became_of_them(listed, only, fates):
    for fate in ("sent", "refused", "unknown", "put_off"):
        factories.make_mail(factories.make_officer(fate), became=fate)
    assert sorted(row[0] for row in listed(only=only)) == fates


def test_an_empty_list_says_so(sign_in, clerk):
    assert "There are no such e-mails." in read(sign_in(clerk), SENT).text


def test_clerks_see_when_reminders_last_went_out_and_what_hindered_them(sign_in, clerk, settings):
    client = sign_in(clerk)
    assert "No run of the reminders is on record yet." in read(client, SENT).text
    call_command("send_reminders", verbosity=0)
    assert "Reminders last went out on 18 November 2026" in read(client, SENT).text
    settings.SITE_URL = ""
    with pytest.raises(CommandError):
        call_command("send_reminders")
    assert "they could not: Set SITE_URL" in read(client, SENT).text


def test_fifty_mails_cost_as_many_questions_as_one(sign_in, clerk, django_assert_max_num_queries):
    for _ in range(30):
        factories.make_mail()
    client = sign_in(clerk)
    with django_assert_max_num_queries(8):
        assert len(read(client, SENT).rows) == 25
