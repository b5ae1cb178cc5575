"""People who sign in, and the boards they sit on."""

import datetime

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, update_last_login
from django.core.exceptions import ValidationError

from recommendations import permissions
from recommendations.models import Membership, Refused, User
from tests import factories
from tests.conftest import CAST

pytestmark = pytest.mark.django_db


# E-mail addresses


def test_an_address_is_kept_in_lower_case():
    assert factories.make_person(email="Pat.Hill@Example.ORG").email == "pat.hill@example.org"


@pytest.mark.parametrize("typed", ["pat.hill@example.org", "Pat.Hill@Example.org"])
def test_people_sign_in_however_they_write_their_address(typed):
    person = factories.make_person(email="pat.hill@example.org")
    assert authenticate(email=typed, password=factories.PASSWORD) == person


def test_a_form_puts_the_address_in_lower_case():
    person = User(email=" Pat.Hill@Example.org ", full_name="Pat Hill")
    person.clean()
    assert person.email == "pat.hill@example.org"


def test_an_address_belongs_to_one_person():
    factories.make_person(email="pat.hill@example.org")
    with pytest.raises(ValidationError, match="Somebody has this address already"):
        User(email="pat.hill@example.org", full_name="Pat Hill", password="x").full_clean()


def test_an_administrator_is_made_with_access_to_the_administration():
    person = User.objects.create_superuser("Admin@example.org", factories.PASSWORD, full_name="Ines Moreau")
    assert (person.is_staff, person.is_superuser, person.email) == (True, True, "admin@example.org")


# Names


@pytest.mark.parametrize(("full_name", "called"), [("Pat Hill", "Pat Hill"), ("", "pat@example.org")])
def test_people_are_called_by_name_or_else_by_address(full_name, called):
    person = User(full_name=full_name, email="pat@example.org")
    assert (str(person), person.get_full_name()) == (called, called)


# Roles


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("clerk", {"is_clerk"}),
        ("owner", {"is_officer"}),
        ("other_officer", {"is_officer"}),
        ("member", {"is_member"}),
        ("other_member", {"is_member"}),
        ("administrator", {"is_administrator"}),
    ],
)
def test_everybody_of_the_cast_has_one_role(who, roles, person):
    names = ("is_clerk", "is_officer", "is_member", "is_administrator")
    assert {name for name in names if getattr(person(who), name)} == roles


def test_one_person_may_have_several_roles():
    person = factories.make_person("Pat Hill", permissions.CLERKS, permissions.OFFICERS)
    assert (person.is_clerk, person.is_officer, person.is_member) == (True, True, False)


def test_roles_are_asked_for_once(clerk, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [clerk.is_clerk, clerk.is_officer, permissions.is_reader(clerk)] == [True, False, True]


def test_an_administrator_is_no_clerk(administrator):
    assert not permissions.is_clerk(administrator)


def test_a_superuser_without_a_role_has_none():
    person = User.objects.create_superuser("admin@example.org", factories.PASSWORD, full_name="Ines Moreau")
    assert not permissions.is_reader(person)


def test_possible_owners_are_the_officers_who_can_sign_in(clerk, member, owner, other_officer):
    factories.make_officer("Left Already", is_active=False)
    assert list(User.objects.possible_owners()) == [other_officer, owner]


# Leaving


def test_somebody_who_has_left_cannot_sign_in():
    factories.make_person(email="pat.hill@example.org", is_active=False)
    assert authenticate(email="pat.hill@example.org", password=factories.PASSWORD) is None


def test_nobody_is_deleted(owner):
    with pytest.raises(Refused, match="deactivated, never deleted"):
        owner.delete()


def test_the_history_of_a_person_holds_no_password(owner):
    fields = {field.name for field in User.history.model._meta.get_fields()}
    assert not fields & {"password", "last_login"}


def test_signing_in_is_no_change_of_the_person(owner):
    before = owner.history.count()
    update_last_login(None, owner)
    assert owner.history.count() == before


def test_a_person_renamed_has_both_names_in_the_history(owner):
    owner.full_name = "Olu Shah-Price"
    owner.save()
    assert [row.full_name for row in owner.history.all()] == ["Olu Shah-Price", "Olu Shah"]


# Memberships


@pytest.mark.parametrize(
    ("since", "until", "is_current"),
    [(0, None, True), (1, None, True), (-1, None, False), (30, 0, True), (30, 1, False), (0, 0, True)],
)
def test_a_membership_counts_on_its_first_and_last_day(since, until, is_current, board, today):
    person = factories.make_person()
    until = None if until is None else factories.ago(until)
    factories.make_membership(person, board, since=factories.ago(since), until=until)
    assert (board.pk in person.board_ids) is is_current


def test_memberships_are_asked_as_of_any_day(member):
    assert Membership.objects.current(datetime.date(2020, 5, 1)).exists()
    assert not Membership.objects.current(datetime.date(2020, 4, 30)).exists()


def test_boards_are_asked_for_once(member, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert member.board_ids == member.board_ids


def test_whoever_signed_in_comes_with_their_rights_in_one_question(member, django_assert_num_queries):
    boards = member.board_ids
    assert boards
    with django_assert_num_queries(1):
        found = User.entitled(member.pk)
        assert (found, found.role_names, found.board_ids) == (member, {permissions.MEMBERS}, boards)


def test_whoever_has_no_rights_signs_in_with_none():
    nobody = factories.make_person("Pat Hill")
    assert (User.entitled(nobody.pk).role_names, User.entitled(nobody.pk).board_ids) == (set(), frozenset())
    assert User.entitled(0) is None


def test_a_membership_is_called_by_person_and_board(member):
    assert str(Membership.objects.get()) == "Asha Nair on Social Care Services Board"


def test_the_cast_is_complete(person):
    people = [person(name) for name in CAST]
    assert len({str(each) for each in people}) == len(CAST)
    assert set(Group.objects.values_list("name", flat=True)) == {"Clerks", "Officers", "Members", "Administrators"}
