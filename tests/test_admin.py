"""The administration: people, groups and reference data, for administrators; nothing with a status, and no deleting."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from recommendations import permissions
from recommendations.models import Board, Membership, Organisation, Recommendation, ResponseRegime, User
from tests import factories

KEPT = (User, Board, Organisation, ResponseRegime)


def address(model, view, *args):
    return reverse(f"admin:recommendations_{model._meta.model_name}_{view}", args=args)


@pytest.fixture
def client(db, sign_in):
    """Of an administrator with the rights that the reference data give."""
    call_command("loaddata", "reference", verbosity=0)
    return sign_in(factories.make_person("Ines Moreau", permissions.ADMINISTRATORS, is_staff=True))


@pytest.fixture
def records(client):
    """One record of each model that is kept here."""
    board = factories.make_board("TEST", "Test Board")
    return {model: model.objects.last() if model != Board else board for model in KEPT}


@pytest.mark.parametrize("model", KEPT)
@pytest.mark.parametrize("view", ["changelist", "add", "change"])
def test_an_administrator_opens_people_and_reference_data(client, records, model, view):
    args = [records[model].pk] if view == "change" else []
    assert client.get(address(model, view, *args)).status_code == 200


@pytest.mark.parametrize("model", KEPT)
def test_nothing_is_deleted(client, records, model):
    assert client.get(address(model, "delete", records[model].pk)).status_code == 403
    assert client.post(address(model, "delete", records[model].pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", KEPT)
def test_nothing_is_deleted_by_the_handful(client, records, model):
    client.post(address(model, "changelist"), {"action": "delete_selected", "_selected_action": [records[model].pk]})
    assert model.objects.filter(pk=records[model].pk).exists()


def test_nothing_that_lives_by_verbs_is_here():
    ours = {model for model in admin.site._registry if model._meta.app_label == "recommendations"}
    assert ours == set(KEPT)


def test_administrators_have_no_right_that_changes_anything_else(client):
    rights = Group.objects.get(name=permissions.ADMINISTRATORS).permissions.values_list("codename", flat=True)
    named = {right.split("_", 1)[1] for right in rights}
    assert named == {"user", "board", "organisation", "responseregime", "membership", "group"}
    assert not [right for right in rights if right.startswith("delete_")]


@pytest.mark.parametrize("name", [permissions.CLERKS, permissions.OFFICERS, permissions.MEMBERS])
def test_the_other_groups_have_no_rights_here(client, name):
    assert not Group.objects.get(name=name).permissions.exists()


@pytest.mark.parametrize("who", ["clerk", "owner", "member", "stranger"])
def test_others_are_not_let_in(person, sign_in, who):
    response = sign_in(person(who)).get(reverse("admin:index"))
    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("admin:login"))


NO_BOARDS = {
    "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0", "memberships-MIN_NUM_FORMS": "0",
    "memberships-MAX_NUM_FORMS": "1000",
}  # fmt: skip
PASSWORD = "a-brand-new-passphrase"


def test_a_person_is_added_with_a_history_that_says_who(client):
    fields = {
        "email": "New.Person@Example.org",
        "full_name": "New Person",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    assert client.post(address(User, "add"), fields | NO_BOARDS).status_code == 302
    person = User.objects.get(email="new.person@example.org")
    assert person.check_password(PASSWORD)
    assert str(person.history.get().history_user) == "Ines Moreau"


def test_a_person_gets_a_part_in_the_work_and_a_board(client):
    person, board = factories.make_person("Kim Doe"), factories.make_board()
    fields = {
        "email": person.email, "full_name": "Kim Doe", "is_active": "on", "groups": [Group.objects.get(name="Members").pk],
        "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0", "memberships-MIN_NUM_FORMS": "0",
        "memberships-MAX_NUM_FORMS": "1000", "memberships-0-board": board.pk, "memberships-0-since": "01/05/2026",
        "memberships-0-user": person.pk,
    }  # fmt: skip
    assert client.post(address(User, "change", person.pk), fields).status_code == 302
    person = User.objects.get(pk=person.pk)
    assert person.is_member
    assert person.board_ids == {board.pk}
    assert str(Membership.objects.get().history.get().history_user) == "Ines Moreau"


def test_a_person_is_switched_off_instead_of_deleted(client):
    person = factories.make_clerk("Kim Doe")
    client.post(address(User, "change", person.pk), {"email": person.email, "full_name": "Kim Doe"} | NO_BOARDS)
    person.refresh_from_db()
    assert not person.is_active


def test_nobody_makes_themselves_a_superuser(client):
    ines = User.objects.get(full_name="Ines Moreau")
    fields = {
        "email": ines.email,
        "full_name": "Ines Moreau",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
    }
    client.post(address(User, "change", ines.pk), fields | NO_BOARDS)
    ines.refresh_from_db()
    assert not ines.is_superuser


def test_how_a_board_ends_is_not_set_in_the_administration(client):
    """The page of boards hands over what it leaves open, which a date alone would leave behind."""
    board, successor = factories.make_board("TEST", "Test Board"), factories.make_board("NEXT", "Next Board")
    fields = {name: getattr(board, name) for name in ("code", "name", "reference_scheme")}
    client.post(address(Board, "change", board.pk), fields | {"ended_on": "01/05/2026", "successor": successor.pk})
    board.refresh_from_db()
    assert (board.ended_on, board.successor) == (None, None)


def test_no_page_of_the_administration_can_put_back_an_earlier_state(client):
    """The history library's own admin would."""
    assert not [model for model in apps.get_models() if hasattr(admin.site._registry.get(model), "history_form_view")]
    assert not admin.site.is_registered(Recommendation)
