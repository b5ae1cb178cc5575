"""A forgotten password: a letter to whoever has an account, and the same answer to everybody."""

import pytest
from django.core import mail
from django.urls import reverse

from recommendations.limits import ASKED_LETTERS, LETTERS_TO_ONE
from tests import factories
from tests.views.pages import Page, read, send

FORGOTTEN = "/password/forgotten/"


@pytest.fixture(autouse=True)
def e_mail(settings, db):
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://", "board@example.org"


def told(client, email):
    page = send(client, FORGOTTEN, email=email)
    return page.heading, page.text


def test_whoever_has_an_account_gets_a_letter(client, member):
    assert told(client, member.email.upper())[0] == "Look into your e-mail"
    [letter] = mail.outbox
    assert letter.to == [member.email]
    assert "you forgot your password" in letter.body


def test_nobody_learns_whether_an_address_is_known(client, member):
    assert told(client, member.email) == told(client, "nobody@example.org")
    assert len(mail.outbox) == 1


def test_somebody_switched_off_gets_no_letter(client):
    gone = factories.make_officer("Left Already", is_active=False)
    told(client, gone.email)
    assert mail.outbox == []


def test_somebody_invited_who_lost_the_letter_gets_another(client, member):
    member.set_unusable_password()
    member.save()
    told(client, member.email)
    assert len(mail.outbox) == 1


def test_one_address_gets_few_letters_and_an_unknown_one_hears_the_same(client, member):
    for email in (member.email, "nobody@example.org"):
        for _ in range(LETTERS_TO_ONE.most):
            told(client, email)
        response = client.post(FORGOTTEN, {"email": email})
        assert (response.status_code, Page(response).errors[0][:27]) == (429, "That was tried too often. W")


def test_one_place_asks_for_few_letters(client):
    for number in range(ASKED_LETTERS.most):
        told(client, f"nobody.{number}@example.org")
    assert client.post(FORGOTTEN, {"email": "anybody@example.org"}).status_code == 429


def test_without_e_mail_the_page_says_whom_to_ask(client, settings):
    settings.EMAIL_URL = ""
    page = read(client, FORGOTTEN)
    assert "Ask the clerk of your board" in page.text
    assert page.main.xpath(".//form") == []


def test_the_sign_in_page_leads_there(client):
    assert read(client, reverse("sign-in")).links()["Forgotten your password?"] == FORGOTTEN
