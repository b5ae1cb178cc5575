"""Whoever's password or second factor was changed hears of it by e-mail, also where it was somebody else."""

import pytest
from django.core import mail
from django.urls import reverse

from recommendations import letters
from recommendations.models import AccountEvent, User
from tests import factories
from tests.accounts.factors import set_up_app
from tests.views.pages import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def subjects(settings, django_capture_on_commit_callbacks):
    """Does what is given, and tells (whom, about what) letters were sent."""
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://", "board@example.org"

    def done(act):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return [(letter.to[0], letter.subject) for letter in mail.outbox]

    return done


@pytest.fixture
def signed(member, sign_in):
    return sign_in(member)


def change_password(client):
    new = "a-long-and-winding-road"
    sent = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    return client.post(reverse("password-change"), sent)


def test_a_new_password_is_told_to_its_owner(signed, member, subjects):
    assert subjects(lambda: change_password(signed)) == [(member.email, "Your password was changed")]


def test_the_letter_says_when_and_nothing_of_who_and_where(signed, member, subjects, today):
    subjects(lambda: change_password(signed))
    [letter] = mail.outbox
    assert "Your password was changed: 18 November 2026 at" in letter.body
    assert "127.0.0" not in letter.body


def test_a_password_set_past_the_pages_is_told_too(signed, member, subjects):
    person = User.objects.get(pk=member.pk)
    person.set_password("a-long-and-winding-road")
    assert subjects(person.save) == [(member.email, "Your password was changed")]


def test_a_second_factor_is_told_when_it_comes_and_when_it_goes(client, member, subjects):
    client.post(reverse("sign-in"), {"username": member.email, "password": factories.PASSWORD})
    added = subjects(lambda: set_up_app(client))
    assert (member.email, "A second factor was added to your account") in added
    removed = subjects(lambda: send(client, reverse("mfa_deactivate_totp")))
    assert (member.email, "A second factor was removed from your account") in removed


def test_a_factor_that_an_administrator_takes_away_is_told(client, member, subjects, sign_in, administrator):
    client.post(reverse("sign-in"), {"username": member.email, "password": factories.PASSWORD})
    set_up_app(client)
    address = reverse("person-factors", args=[member.pk])
    told = subjects(lambda: send(sign_in(administrator), address, reason="The telephone is lost."))
    assert {to for to, _subject in told} == {member.email}


def test_a_first_password_is_told_to_nobody(member, subjects):
    """Who was invited has just chosen it by a letter of ours."""
    member.set_password("a-long-and-winding-road")
    assert subjects(member.save) == []


def test_a_change_that_did_not_come_about_is_told_to_nobody(signed, member, subjects):
    assert subjects(lambda: signed.post(reverse("password-change"), {"old_password": "a guess"})) == []


def test_a_mail_server_that_is_away_is_logged_and_undoes_nothing(signed, member, subjects, monkeypatch, caplog):
    monkeypatch.setattr(letters, "send", lambda *given, **told: False)
    subjects(lambda: change_password(signed))
    event = AccountEvent.objects.get(kind=AccountEvent.Kind.PASSWORD_CHANGED)
    assert caplog.messages == [f"The letter of account event {event.pk} was not taken by the mail server."]
