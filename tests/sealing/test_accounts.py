"""What opens somebody's account, or gives it more than its roles: put there by hand, and so off the record."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from recommendations import clock
from recommendations.models import AccountEvent, Board, SavedView, SignInRule
from tests import factories

pytestmark = pytest.mark.django_db


def slip_in(record, *, by=None, reason="", **changes):
    """A change of good form that no verb made."""
    for name, value in changes.items():
        record.__dict__[name] = value
    record._history_user, record._change_reason, record._history_date = by, reason, clock.now()
    record.save_base()


@pytest.mark.parametrize(
    ("add", "what"),
    [
        (lambda who: Authenticator(user=who, type="totp", data={}), "a second factor that nobody is on record"),
        (
            lambda who: SocialAccount(user=who, provider="council", uid="1"),
            "a council account that nobody is on record",
        ),
        (lambda who: EmailAddress(user=who, email="other@example.org"), "an address that its person does not have"),
    ],
)
def test_what_nobody_is_on_record_to_have_added(clerk, add, what, assert_named):
    add(clerk).save()
    assert_named("is " + what)


def test_what_somebody_added_is_found_lawful(clerk, found):
    AccountEvent.note(AccountEvent.Kind.FACTOR_ADDED, person=clerk, by=clerk)
    AccountEvent.note(AccountEvent.Kind.PROVIDER_LINKED, person=clerk, by=clerk)
    Authenticator(user=clerk, type="totp", data={}).save()
    SocialAccount(user=clerk, provider="council", uid="1").save()
    EmailAddress(user=clerk, email=clerk.email.upper()).save()
    assert found() == []


def test_a_password_that_somebody_chose_for_themselves(member, client, found):
    client.force_login(member)
    new = "a new pass-phrase, quite long"
    typed = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(reverse("password-change"), typed).status_code == 302
    assert member.history.count() == 2
    assert found() == []


def test_rights_that_come_from_no_role(clerk, assert_named):
    clerk.user_permissions.add(Permission.objects.first())
    assert_named(f"recommendations_user, row {clerk.pk}", "has rights that come from no role")


def test_a_role_that_administers(member, assert_named):
    Group.objects.get(name="Members").permissions.add(Permission.objects.first())
    assert_named("the role Members has rights that it never had")


def test_a_superuser_whom_nobody_made_one(db, assert_named):
    with clock.set_to_day(factories.ago(7)):
        person = factories.make_person("Pat Doe", "Members")
    slip_in(person, is_superuser=True)
    assert_named("recommendations_historicaluser", "changes who may sign in or administer, off the record")


def test_a_board_that_an_officer_renamed(owner, assert_named):
    board = factories.make_board()
    slip_in(board, name="Another board", version=board.version + 1, by=owner)
    assert_named("recommendations_historicalboard", "by a person without the right to it (roles then: Officers)")


def test_a_name_that_nobody_changed(db, assert_named):
    person = factories.make_person("Pat Doe", "Members")
    slip_in(person, full_name="Sam Poe")
    assert_named("recommendations_historicaluser", "by nobody, and without a reason")


def test_a_second_factor_that_an_officer_no_longer_asks_for(clerk, owner, assert_named):
    rule = SignInRule(group=Group.objects.get(name="Clerks"), needs_second_factor=False)
    slip_in(rule, by=owner)
    assert_named("recommendations_historicalsigninrule", "by a person without the right to it")


def test_a_view_that_somebody_else_keeps_for_a_person(owner, clerk, assert_named):
    slip_in(SavedView(user=owner, page="recommendations", name="Mine"), by=clerk)
    assert_named("recommendations_historicalsavedview", "somebody’s own, and was changed by another person")


def test_a_record_that_begins_in_its_midst(clerk, assert_named):
    slip_in(Board(name="Another board", code="AB", version=3), by=clerk)
    assert_named("recommendations_historicalboard", "is the first row, and version 3")
