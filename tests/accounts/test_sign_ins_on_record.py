"""Every sign-in and every failure is on record: whose account, and from which network; never what was typed."""

import pytest
from django.urls import reverse

from recommendations.models import AccountEvent
from tests import factories

Kind = AccountEvent.Kind
pytestmark = pytest.mark.django_db


def try_to_sign_in(client, email, password, address="192.0.2.77"):
    sent = {"username": email, "password": password}
    return client.post(reverse("sign-in"), sent, headers={"user-agent": "Firefox"}, REMOTE_ADDR=address)


def last():
    return AccountEvent.objects.order_by("-id").first()


def test_a_sign_in_is_on_record_with_its_network(client, member):
    try_to_sign_in(client, member.email, factories.PASSWORD)
    event = last()
    assert (event.kind, event.person, event.by, event.address) == (Kind.SIGNED_IN, member, member, "192.0.2.0/24")


def test_of_ipv6_the_site_is_kept(client, member):
    try_to_sign_in(client, member.email, factories.PASSWORD, address="2001:db8:aa:bb::7")
    assert last().address == "2001:db8:aa::/48"


def test_so_is_a_wrong_password_for_that_account_and_by_nobody(client, member):
    try_to_sign_in(client, member.email.upper(), "a wrong password")
    event = last()
    assert (event.kind, event.person, event.by) == (Kind.FAILED, member, None)


def test_what_was_typed_into_the_wrong_field_is_kept_nowhere(client, member):
    try_to_sign_in(client, "my-secret-password@example.org", "x")
    event = last()
    assert (event.kind, event.person, event.words) == (Kind.FAILED, None, "")


def test_signing_out_is_on_record(sign_in, member):
    sign_in(member).post(reverse("sign-out"))
    assert (last().kind, last().person) == (Kind.SIGNED_OUT, member)
