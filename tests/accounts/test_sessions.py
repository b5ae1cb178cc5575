"""How long one stays signed in, and where: limits, places, and the way out of all of them."""

import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recommendations.accounts.sessions import BEGAN, SEEN
from recommendations.models import AccountEvent
from tests import factories
from tests.views.pages import Page, read

Kind = AccountEvent.Kind
pytestmark = pytest.mark.django_db


def signed_in(person, password=factories.PASSWORD, agent="Mozilla/5.0 (Windows NT 10.0) Firefox/145.0"):
    client = Client(headers={"user-agent": agent})
    client.post(reverse("sign-in"), {"username": person.email, "password": password})
    return client


def is_in(client):
    return client.get(reverse("account")).status_code == 200


def set_back(client, **hours):
    session = client.session
    for name, number in hours.items():
        session[name] = time.time() - number * 3600
    session.save()


@pytest.mark.parametrize(
    ("began", "seen", "why"), [(12.1, 0.1, "you signed in long ago"), (2, 1.1, "nothing was asked for in a while")]
)
def test_a_session_ends_by_itself_and_says_why(member, began, seen, why):
    client = signed_in(member)
    set_back(client, **{BEGAN: began, SEEN: seen})
    page = Page(client.get(reverse("account"), follow=True))
    assert (page.heading, why in page.text) == ("Sign in", True)
    assert AccountEvent.objects.latest("id").kind == Kind.SIGNED_OUT
    assert not is_in(client)


def test_a_page_now_and_then_keeps_it_open_but_not_for_ever(member):
    client = signed_in(member)
    set_back(client, **{BEGAN: 11.9, SEEN: 0.9})
    assert is_in(client)
    assert time.time() - client.session[SEEN] < 60
    assert time.time() - client.session[BEGAN] > 11 * 3600


def test_a_session_that_does_not_say_when_it_began_has_ended(member):
    client = signed_in(member)
    session = client.session
    del session[BEGAN]
    session.save()
    assert not is_in(client)


def test_what_is_kept_past_its_day_opens_nothing(member):
    client = signed_in(member)
    for session in Session.objects.all():
        session.expire_date = timezone.now()
        session.save()
    assert not is_in(client)
    assert is_in(signed_in(member))


def test_a_session_of_nobody_opens_nothing(member):
    client = signed_in(member)
    session = client.session
    session[SESSION_KEY] = "0"
    session.save()
    assert not is_in(client)


def test_a_page_costs_no_more_for_the_limits(member, django_assert_num_queries):
    client = signed_in(member)
    # The session, and the person with their roles.
    with django_assert_num_queries(2):
        client.get(reverse("password-change"))


def test_a_new_password_ends_every_other_session(member):
    here, there = signed_in(member), signed_in(member)
    new = "an orange zeppelin"
    sent = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    here.post(reverse("password-change"), sent)
    assert (is_in(here), is_in(there)) == (True, False)
    assert len(read(here, reverse("account-places")).rows) == 1
    assert AccountEvent.objects.filter(kind=Kind.PASSWORD_CHANGED, person=member, by=member).exists()


def test_somebody_guessing_the_old_password_is_stopped(member):
    client = signed_in(member)
    for _ in range(11):
        page = Page(client.post(reverse("password-change"), {"old_password": "a guess"}))
    assert "That was tried too often" in page.errors[0]


def test_one_sees_where_one_is_signed_in_and_ends_one_place(member):
    here, there = signed_in(member), signed_in(member, agent="Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Safari/537")
    page = read(here, reverse("account-places"))
    assert [row[0] for row in page.rows] == ["Chrome on Android", "Firefox on Windows This one"]
    [button] = page.main.xpath(".//button[@name='place']")
    here.post(reverse("account-places"), {"place": button.get("value")})
    assert (is_in(here), is_in(there)) == (True, False)


def test_nobody_ends_a_place_of_somebody_else(member, clerk):
    here, other = signed_in(member), signed_in(clerk)
    [place] = clerk.usersession_set.all()
    assert here.post(reverse("account-places"), {"place": place.pk}).status_code == 404
    assert is_in(other)


def test_sign_me_out_everywhere_is_everywhere(member):
    here, there = signed_in(member), signed_in(member)
    here.post(reverse("account-places"), {"everywhere": "1"})
    assert (is_in(here), is_in(there)) == (False, False)


def test_one_more_place_than_may_be_ends_the_oldest(member, settings):
    settings.MAX_SESSIONS = 2
    first, second, third = (signed_in(member) for _ in range(3))
    assert (is_in(first), is_in(second), is_in(third)) == (False, True, True)
    assert AccountEvent.objects.filter(kind=Kind.SESSIONS_ENDED, person=member).count() == 1


def test_somebody_switched_off_is_out_at_once_and_cannot_come_back(member, administrator):
    client = signed_in(member)
    member.switch(False, by=administrator, reason="Left.")
    assert not is_in(client)
    sent = {"username": member.email, "password": factories.PASSWORD}
    page = Page(client.post(reverse("sign-in"), sent, follow=True))
    assert page.heading == "Your account is switched off"
    assert AccountEvent.objects.filter(kind=Kind.REFUSED, person=member).exists()


def test_guesses_for_one_account_are_stopped_and_on_record_once(client, member):
    for _ in range(8):
        page = Page(client.post(reverse("sign-in"), {"username": member.email, "password": "a guess"}))
    assert page.errors == ["That was tried too often. Wait five minutes, then try again"]
    told = list(AccountEvent.objects.filter(person=member).values_list("kind", flat=True))
    assert (told.count(Kind.FAILED), told.count(Kind.LOCKED_OUT)) == (5, 1)
    # The right password is not let through either: it may be the guess.
    sent = {"username": member.email, "password": factories.PASSWORD}
    assert "tried too often" in Page(client.post(reverse("sign-in"), sent)).errors[0]


def test_one_place_trying_many_accounts_gets_a_page_that_says_so(client, db):
    for number in range(61):
        response = client.post(reverse("sign-in"), {"username": f"nobody{number}@example.org", "password": "x"})
    assert (response.status_code, Page(response).heading) == (429, "That was tried too often")


@pytest.mark.parametrize("path", ["signup/", "accounts/signup/", "sign-in/signup/"])
def test_nobody_signs_up(client, path):
    assert client.get(f"/{path}").status_code == 404


def test_typing_counts_as_use(member):
    client = signed_in(member)
    set_back(client, **{BEGAN: 2, SEEN: 0.9})
    assert client.post(reverse("still-here")).status_code == 204
    assert time.time() - client.session[SEEN] < 60
