"""An administrator can require a second factor: who then has none is led to one, and opens nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from recommendations import permissions
from recommendations.models import AccountEvent, Refused, SignInRule, Stale, User
from tests import factories
from tests.accounts.factors import make_passkey, set_up_app
from tests.views.pages import Page, go_on, read, send

Kind = AccountEvent.Kind
NEEDED = "You need a second factor"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def roles(db):
    for role in permissions.ROLES:
        Group.objects.get_or_create(name=role)


def require(*roles, by=None):
    SignInRule.require(roles, by=by, reason="The council’s security policy.")


def opened(client, name="dashboard"):
    return Page(client.get(reverse(name), follow=True))


def test_an_administrator_requires_it_of_clerks(sign_in, administrator, clerk, member):
    client = sign_in(administrator)
    page = send(client, reverse("sign-in-rules"), roles=["Clerks"], reason="The council’s security policy.")
    assert (page.heading, page.banner) == ("Sign-ins and rights", "Saved. It holds from now on.")
    assert opened(sign_in(clerk)).heading == NEEDED
    assert opened(sign_in(member)).heading != NEEDED


def test_who_required_it_and_why_stays_on_record(administrator):
    require("Clerks", by=administrator)
    SignInRule.require([], by=administrator, reason="Tokens arrive in May.")
    told = SignInRule.objects.get().history.order_by("history_id")
    assert [(row.needs_second_factor, row.history_user, row.history_change_reason) for row in told] == [
        (True, administrator, "The council’s security policy."),
        (False, administrator, "Tokens arrive in May."),
    ]


@pytest.mark.parametrize(("who", "reason"), [("clerk", "Why not?"), ("administrator", "  ")])
def test_nobody_else_and_nobody_without_a_reason(person, who, reason):
    with pytest.raises(Refused):
        SignInRule.require(["Clerks"], by=person(who), reason=reason)


def test_the_page_tells_the_last_change(sign_in, administrator):
    require("Clerks", by=administrator)
    assert (
        "by Ines Moreau: The council’s security policy." in read(sign_in(administrator), reverse("sign-in-rules")).text
    )


def test_of_two_administrators_the_second_is_told(administrator):
    version = SignInRule.counted()
    require("Clerks")
    with pytest.raises(Stale):
        SignInRule.require([], by=administrator, reason="Not yet.", version=version)


def test_a_stale_page_is_asked_again_with_what_was_typed(sign_in, administrator):
    client = sign_in(administrator)
    page = read(client, reverse("sign-in-rules"))
    require("Officers")
    page = go_on(client, page, roles=["Clerks"], reason="Ours.")
    assert (page.fields["reason"], "changed since you opened it" in page.errors[0]) == ("Ours.", True)


@pytest.mark.parametrize("name", ["desk", "home", "recommendations", "draft-new", "your-mails", "answers-file"])
def test_nothing_opens_until_there_is_one(sign_in, clerk, name):
    require("Clerks")
    address = reverse(name, args=["csv"] if name.endswith("file") else [])
    for answer in (sign_in(clerk).get(address), sign_in(clerk).post(address)):
        assert (answer.status_code, answer["Location"]) == (302, reverse("second-factor-needed"))


def test_what_leads_to_one_opens_and_the_way_out(sign_in, clerk):
    require("Clerks")
    client = sign_in(clerk)
    assert [read(client, reverse(name)).status for name in ("account", "second-factor-needed", "privacy")] == [200] * 3
    assert client.post(reverse("sign-out")).status_code == 302


def test_the_administration_is_no_way_round(sign_in, administrator):
    require("Administrators")
    client = sign_in(administrator)
    assert Page(client.get(reverse("admin:index"), follow=True)).heading == NEEDED
    assert Page(client.get(reverse("admin:login"), follow=True)).heading == NEEDED


def test_whoever_opens_the_administration_counts_as_an_administrator():
    person = User.objects.create_superuser("root@example.org", factories.PASSWORD, full_name="Root")
    person.groups.clear()
    assert not User.objects.get(pk=person.pk).must_have_second_factor
    require("Administrators")
    assert User.objects.get(pk=person.pk).must_have_second_factor


def test_with_one_set_up_everything_is_open_until_it_is_removed(client, clerk):
    client.post(reverse("sign-in"), {"username": clerk.email, "password": factories.PASSWORD})
    require("Clerks")
    assert opened(client).heading == NEEDED
    set_up_app(client)
    assert opened(client, "desk").heading != NEEDED
    send(client, reverse("mfa_deactivate_totp"))
    assert opened(client, "desk").heading == NEEDED


def test_one_that_was_set_up_elsewhere_must_be_shown(sign_in, clerk):
    require("Clerks")
    make_passkey(clerk)
    assert "sign out, and in again with it" in opened(sign_in(clerk)).text


def test_the_rule_costs_no_query(sign_in, clerk, django_assert_num_queries):
    require("Officers")
    client = sign_in(clerk)
    # The session, the person with their roles and the rules, and what stops reminders and which were sent.
    with django_assert_num_queries(4):
        client.get(reverse("your-mails"))


# A factor that was lost


def test_an_administrator_takes_lost_factors_away(sign_in, client, administrator, member):
    client.post(reverse("sign-in"), {"username": member.email, "password": factories.PASSWORD})
    make_passkey(member)
    there = sign_in(administrator)
    assert "Take their second factors away" in read(there, reverse("person", args=[member.pk])).links()
    page = send(there, reverse("person-factors", args=[member.pk]), reason="Lost in the lake; I called her.")
    assert page.banner == "1 second factor is taken away."
    event = AccountEvent.objects.get(kind=Kind.FACTOR_REMOVED)
    assert (event.person, event.by, event.words) == (member, administrator, "passkey. Lost in the lake; I called her.")
    assert client.get(reverse("account")).status_code == 302


def test_nobody_takes_away_their_own_or_a_superusers(sign_in, administrator):
    root = User.objects.create_superuser("root@example.org", factories.PASSWORD, full_name="Root")
    for person in (administrator, root):
        assert sign_in(administrator).get(reverse("person-factors", args=[person.pk])).status_code == 403


# The list


def test_administrators_read_what_happened_and_narrow_it(sign_in, client, administrator, member):
    client.post(reverse("sign-in"), {"username": member.email, "password": "a guess"})
    page = read(sign_in(administrator), f"{reverse('account-events')}?kind=failed&person={member.pk}")
    assert [row[1:] for row in page.rows] == [["Asha Nair", "Sign-in failed", "Not known", "127.0.0.0/24"]]
    days = f"since={factories.ago(-1)}&until={factories.ago(-2)}"
    assert "Nothing like that is on record" in read(sign_in(administrator), f"{reverse('account-events')}?{days}").text


def test_the_record_leaves_as_a_file(sign_in, administrator, member):
    client = sign_in(administrator)
    file = b"".join(
        client.get(f"{reverse('account-events-file', args=['csv'])}?kind=rights_changed&since={factories.ago(1)}")
    )
    assert "Asha Nair,,Roles: Members. Before: none." in file.decode()


def test_the_list_costs_the_same_however_long(sign_in, administrator, member, django_assert_max_num_queries):
    client = sign_in(administrator)
    for _ in range(20):
        AccountEvent.note(Kind.SIGNED_IN, person=member, by=member)
    with django_assert_max_num_queries(9):
        client.get(reverse("account-events"))


# The administration's own doors


def test_the_administrations_doors_lead_to_ours(client, sign_in, administrator, member):
    door = reverse("admin:login")
    assert client.get(door)["Location"] == f"{reverse('sign-in')}?next={reverse('admin:index')}"
    assert sign_in(administrator).get(door)["Location"] == reverse("admin:index")
    assert sign_in(member).get(door).status_code == 403
    changed = sign_in(administrator).get(reverse("admin:password_change"))
    assert changed["Location"] == reverse("password-change")
