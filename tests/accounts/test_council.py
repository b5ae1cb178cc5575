"""Signing in by the council's own provider: who comes in, with what roles, and what is said when it does not work."""

import re

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from recommendations import permissions
from recommendations.accounts import council as own
from recommendations.models import AccountEvent, SignInRule, User
from tests import factories
from tests.accounts import provider
from tests.accounts.factors import make_passkey
from tests.views.pages import Page, read, send

Kind = AccountEvent.Kind
NOT_IN = "You are not signed in"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running():
    with provider.running() as server:
        yield provider.Council(server)


@pytest.fixture
def council(running, settings, db):
    settings.OIDC_ISSUER, settings.OIDC_NAME = running.issuer, "Example Council"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "tracker", "a secret"
    for role in permissions.ROLES:
        Group.objects.get_or_create(name=role)
    return running


@pytest.fixture
def referring():
    with provider.referring_elsewhere() as server:
        yield server


def known(council, person, subject="asha", **claims):
    council.knows(subject, **{"email": person.email, "email_verified": True, "name": person.full_name} | claims)
    return subject


def is_in(client):
    return client.get(reverse("account")).status_code == 200


def last(kind):
    return AccountEvent.objects.filter(kind=kind).latest("id")


def test_somebody_known_comes_in_and_is_linked(council, client, member):
    page = council.sign_in(client, known(council, member), "?next=/meetings/")
    assert (page.address, is_in(client)) == ("/meetings/", True)
    assert last(Kind.SIGNED_IN).words == "council account"
    assert last(Kind.PROVIDER_LINKED).person == member
    assert [link.extra_data for link in SocialAccount.objects.filter(user=member)] == [{}]
    assert not EmailAddress.objects.exists()


def test_the_sign_in_page_leads_there(council, client):
    links = read(client, f"{reverse('sign-in')}?next=/desk/").links()
    assert links["Sign in with Example Council"] == f"{reverse('council')}?next=/desk/"


def test_it_is_asked_with_all_that_guards_the_way_back(council, client):
    asked = client.get(reverse("council"), {"scope": "everything", "auth_params": "nonce=mine", "process": "connect"})
    assert "nonce=mine" not in asked["Location"]
    assert "everything" not in asked["Location"]
    for part in ("state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "response_type=code"):
        assert part in asked["Location"]


def test_afterwards_the_subject_counts_and_not_the_address(council, client, member):
    council.sign_in(client, known(council, member))
    council.sign_in(Client(), known(council, member, email="new.name@example.org"))
    assert last(Kind.SIGNED_IN).person == member


def test_an_address_given_to_somebody_else_opens_nothing_of_theirs(council, client, member, administrator, sign_in):
    council.sign_in(Client(), known(council, member))
    page = council.sign_in(client, known(council, member, "newcomer"))
    assert (page.heading, "linked to another council account" in page.text) == (NOT_IN, True)
    send(sign_in(administrator), reverse("person-factors", args=[member.pk]), reason="A new account of hers.")
    assert council.sign_in(client, "newcomer").heading != NOT_IN


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"email": "nobody@example.org"}, "Nobody with your address is entered here"),
        ({"email_verified": False}, "did not vouch for your e-mail address"),
        ({"email": ""}, "did not vouch for your e-mail address"),
    ],
)
def test_others_are_refused_in_words_and_on_record(council, client, member, claims, said):
    page = council.sign_in(client, known(council, member, "x", **claims))
    assert (page.heading, said in page.text, is_in(client)) == (NOT_IN, True, False)
    assert said in last(Kind.REFUSED).words


def test_an_address_that_only_the_council_gives_may_be_trusted(council, client, member, settings):
    settings.OIDC_TRUST_EMAIL = True
    council.knows("entra", preferred_username=member.email.upper())
    council.sign_in(client, "entra")
    assert is_in(client)


def test_somebody_switched_off_and_a_superuser_stay_out(council, client, settings):
    settings.OIDC_GROUPS = {"g-officers": "Officers"}
    gone = factories.make_officer("Left Already", is_active=False)
    root = User.objects.create_superuser("root@example.org", factories.PASSWORD, full_name="Root")
    for person in (gone, root):
        page = council.sign_in(client, known(council, person, str(person.pk), groups=["g-officers"]))
        assert (page.heading, is_in(client)) == (NOT_IN, False)
    assert not SocialAccount.objects.exists()


# Groups


@pytest.fixture
def mapped(council, settings):
    settings.OIDC_GROUPS = {"g-clerks": "Clerks", "g-officers": "Officers", "g-admins": "Administrators"}
    return council


def test_groups_become_roles_and_are_taken_away_again(mapped, client, member):
    mapped.sign_in(client, known(mapped, member, groups=["g-clerks", "g-officers", "g-canteen"]))
    assert User.objects.get(pk=member.pk).role_names == {"Clerks", "Officers"}
    mapped.sign_in(Client(), known(mapped, member, groups="g-officers"))
    assert User.objects.get(pk=member.pk).role_names == {"Officers"}
    event = last(Kind.RIGHTS_CHANGED)
    assert (event.by, event.roles_before, event.roles_after) == (None, ["Clerks", "Officers"], ["Officers"])
    assert event.words.startswith("By the groups of the council account.")


def test_the_same_groups_change_nothing(mapped, client, member):
    mapped.sign_in(client, known(mapped, member, groups=["g-officers"]))
    changes = member.history.count()
    mapped.sign_in(Client(), "asha")
    assert member.history.count() == changes


def test_an_administrator_of_the_provider_is_no_superuser(mapped, client, member):
    mapped.sign_in(client, known(mapped, member, groups=["g-admins"], is_superuser=True))
    person = User.objects.get(pk=member.pk)
    assert (person.is_staff, person.is_superuser) == (True, False)


def test_without_a_group_one_is_out_and_has_no_rights_left(mapped, client, member):
    page = mapped.sign_in(client, known(mapped, member, groups=["g-canteen"]))
    assert (page.heading, "None of your groups" in page.text) == (NOT_IN, True)
    assert User.objects.get(pk=member.pk).role_names == frozenset()


def test_too_many_groups_to_be_told_are_no_reason_to_take_roles(mapped, client, member, caplog):
    page = mapped.sign_in(client, known(mapped, member, _claim_names={"groups": "src1"}))
    assert "in too many groups" in page.text
    assert "overage" in caplog.text
    assert User.objects.get(pk=member.pk).role_names == {"Members"}


def test_people_are_made_only_where_that_is_switched_on(mapped, client, settings):
    newcomer = {"email": "lena@example.org", "email_verified": True, "name": "Lena Cross", "groups": ["g-officers"]}
    mapped.knows("lena", **newcomer)
    assert mapped.sign_in(client, "lena").heading == NOT_IN
    settings.OIDC_MAKE_PEOPLE = True
    mapped.sign_in(client, "lena")
    person = User.objects.get(email="lena@example.org")
    assert (str(person), person.role_names, person.has_usable_password()) == ("Lena Cross", {"Officers"}, False)
    assert "None" in read(client, reverse("account")).text


def test_a_role_that_is_none_is_told_by_check(settings):
    settings.OIDC_GROUPS = {"g-1": "Clarks"}
    with pytest.raises(CommandError, match="'Clarks'"):
        call_command("check")


# Second factors


def test_ones_own_second_factor_is_asked_for_as_ever(council, client, member):
    make_passkey(member)
    assert council.sign_in(client, known(council, member)).heading == "Your second factor"


@pytest.mark.parametrize(("counts", "heading"), [(False, "You need a second factor"), (True, "Your account")])
def test_the_providers_own_counts_where_the_council_says_so(council, client, member, settings, counts, heading):
    settings.OIDC_SECOND_FACTOR = counts
    SignInRule.require(["Members"], by=None, reason=factories.WHY)
    council.sign_in(client, known(council, member))
    assert Page(client.get(reverse("home"), follow=True)).heading != ("You need a second factor" if counts else "")


# The provider alone


def test_with_the_provider_alone_a_password_opens_nothing(council, client, member, settings):
    settings.OIDC_ONLY = True
    assert not read(client, reverse("sign-in")).main.xpath(".//input[@type='password']")
    page = Page(client.post(reverse("sign-in"), {"username": member.email, "password": factories.PASSWORD}))
    assert (page.heading, page.status, is_in(client)) == (NOT_IN, 403, False)


def test_but_an_emergency_account_comes_in(council, client, settings):
    settings.OIDC_ONLY = True
    root = User.objects.create_superuser("root@example.org", factories.PASSWORD, full_name="Root")
    address = read(client, reverse("sign-in")).links()["Emergency access"]
    send(client, reverse("sign-in") + address, username=root.email, password=factories.PASSWORD)
    assert is_in(client)


def test_letters_let_nobody_round_it(council, client, member, settings, mailoutbox, sign_in, administrator):
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL, settings.OIDC_ONLY = "smtp://", "board@example.org", True
    send(client, reverse("password-forgotten"), email=member.email)
    lena = {"full_name": "Lena Cross", "email": "lena@example.org", "roles": ["Officers"]}
    page = send(sign_in(administrator), reverse("person-new"), **lena)
    assert page.banner == "Lena Cross is added. They sign in with their council account."
    assert mailoutbox == []


# When it does not work


def test_a_provider_that_is_away_is_told_in_words(council, client, settings):
    settings.OIDC_ISSUER = "http://localhost:9"
    page = Page(client.get(reverse("council")))
    assert (page.status, page.heading, "does not answer at the moment" in page.text) == (503, NOT_IN, True)


def test_something_that_is_no_provider_is_told_in_words(council, client, settings):
    settings.OIDC_ISSUER = f"{council.issuer}/elsewhere"
    assert Page(client.get(reverse("council"))).status == 503


def test_nobody_is_followed_to_where_a_provider_refers_to(settings, client, referring):
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = referring.issuer, "tracker", "a secret"
    assert Page(client.get(reverse("council"))).status == 503
    assert referring.asked == ["/.well-known/openid-configuration"]


def test_somebody_who_changes_their_mind_is_told_so(council, client):
    state = re.search("state=([^&]+)", client.get(reverse("council"))["Location"])[1]
    page = Page(client.get(reverse("council-back"), {"error": "access_denied", "state": state}))
    assert (page.status, "You did not sign in there" in page.text) == (401, True)


def test_an_answer_counts_once_and_in_one_browser(council, client, member):
    address = council.sends_back(client, known(council, member))
    assert Page(Client().get(address)).status == 401
    client.get(address)
    client.post(reverse("sign-out"))
    assert (Page(client.get(address)).status, is_in(client)) == (401, False)


def test_a_token_for_another_question_is_refused(council, client, member):
    address = council.sends_back(client, known(council, member))
    session = client.session
    session[own.NONCE] = "another"
    session.save()
    page = Page(client.get(address))
    assert (page.status, "did not vouch for you" in page.text, is_in(client)) == (401, True, False)


def test_a_token_signed_by_somebody_else_is_refused(council, client, member, monkeypatch):
    address = council.sends_back(client, known(council, member))
    another = jwt.PyJWK.from_json(
        jwt.algorithms.RSAAlgorithm.to_jwk(rsa.generate_private_key(65537, 2048).public_key())
    )
    monkeypatch.setattr(own.Exchange, "_key_of", lambda self, token: another)
    assert (Page(client.get(address)).status, is_in(client)) == (401, False)


def test_two_answers_of_two_people_are_refused(council, client, member, monkeypatch):
    address = council.sends_back(client, known(council, member))
    monkeypatch.setattr(own.Exchange, "_fetch_user_info", lambda self, token: {"sub": "somebody else"})
    assert Page(client.get(address)).status == 401


@pytest.mark.parametrize("answer", [{}, [], {"issuer": 7}, {"issuer": "http://elsewhere.example.org"}])
def test_a_provider_that_says_nonsense_is_told_in_words(council, client, monkeypatch, answer):
    monkeypatch.setattr("requests.Response.json", lambda self: answer)
    assert Page(client.get(reverse("council"))).status == 503


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x&code=y", "?error=server_error&state=x"])
def test_garbage_on_the_way_back_signs_nobody_out(council, sign_in, member, query):
    client = sign_in(member)
    assert client.get(reverse("council-back") + query).status_code == 401
    assert is_in(client)


def test_garbage_does_not_fill_the_record(council, client):
    for _ in range(30):
        client.get(reverse("council-back"))
    assert AccountEvent.objects.filter(kind=Kind.REFUSED).count() == 20


def test_without_a_provider_there_is_no_such_page(client, settings):
    settings.OIDC_ISSUER = ""
    assert [client.get(reverse(name)).status_code for name in ("council", "council-back")] == [404, 404]


@pytest.mark.parametrize("answer", [{"access_token": "x"}, {"id_token": "x"}, {}])
def test_an_answer_without_a_token_of_who_it_is_is_refused(council, client, member, monkeypatch, answer):
    address = council.sends_back(client, known(council, member))
    monkeypatch.setattr(own.Exchange, "get_access_token_data", lambda *args, **kwargs: answer)
    assert (Page(client.get(address)).status, is_in(client)) == (401, False)


def test_a_key_that_the_provider_does_not_show_is_none(council, client, member, monkeypatch):
    address = council.sends_back(client, known(council, member))
    monkeypatch.setattr(jwt, "get_unverified_header", lambda token: {"kid": "another"})
    assert (Page(client.get(address)).status, is_in(client)) == (401, False)


def test_nobody_links_by_hand(council, client, member, sign_in):
    subject = known(council, member, "somebody", email="nobody@example.org")
    page = council.sign_in(sign_in(member), subject, "?process=connect")
    assert (page.heading, SocialAccount.objects.exists()) == (NOT_IN, False)
