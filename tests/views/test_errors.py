"""What the site says when something is wrong: in one sentence, with the way back."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.views.pages import Page, read, send


def test_an_unknown_address_leads_back(client, db):
    page = read(client, "/no-such-page/")
    assert (page.status, page.heading) == (404, "Page not found")
    assert page.links()["Go to the first page"] == "/"


def test_a_form_from_another_site_is_refused_in_words(clerk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    page = Page(client.post(reverse("meeting-new"), {"place": "County Hall"}))
    assert (page.status, page.heading) == (403, "Your form could not be checked")


def test_a_fault_of_ours_is_told_without_its_details(member, monkeypatch):
    monkeypatch.setattr("recommendations.views.meetings.Meetings.get_queryset", lambda self: 1 / 0)
    client = Client(raise_request_exception=False)
    client.force_login(member)
    page = read(client, reverse("meetings"))
    assert (page.status, page.heading) == (500, "Sorry, something went wrong")
    assert "division" not in page.text


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("wrong", "Check your e-mail address and password: they do not belong together"), ("", "Enter your password")],
)
def test_signing_in_is_refused_in_words_and_the_address_is_kept(client, clerk, password, sentence):
    page = send(client, reverse("sign-in"), username=clerk.email, password=password)
    assert (page.errors, page.fields["username"]) == ([sentence], clerk.email)


def test_somebody_who_left_cannot_sign_in(client, db):
    gone = factories.make_clerk(is_active=False)
    page = send(client, reverse("sign-in"), username=gone.email, password=factories.PASSWORD)
    assert page.heading == "Your account is switched off"


def test_one_signs_in_whatever_the_case_of_the_address(client, clerk):
    page = send(client, reverse("sign-in"), username=clerk.email.upper(), password=factories.PASSWORD)
    # Where a clerk begins on a site that holds nothing yet.
    assert page.heading == "Getting started"


def test_one_changes_the_password_and_signs_in_with_the_new_one(sign_in, client, clerk):
    new = "a-brand-new-passphrase"
    page = send(
        sign_in(clerk),
        reverse("password-change"),
        old_password=factories.PASSWORD,
        new_password1=new,
        new_password2=new,
    )
    assert page.heading == "Your password is changed"
    assert send(client, reverse("sign-in"), username=clerk.email, password=new).heading == "Getting started"


@pytest.mark.parametrize(
    ("name", "sort"), [("recommendations", "nonsense"), ("follow-ups", "-nonsense"), ("answers", "owner__password")]
)
def test_an_address_with_nonsense_in_it_still_answers(sign_in, member, name, sort):
    assert read(sign_in(member), f"{reverse(name)}?sort={sort}&colour=pink").status == 200


@pytest.mark.parametrize("name", ["dashboard", "recommendations", "follow-ups", "answers"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-11-18-5", "-", "9" * 50])
def test_no_day_in_the_address_brings_a_list_down(sign_in, member, name, day):
    assert read(sign_in(member), f"{reverse(name)}?on={day}").status == 200
