"""Every change of somebody's rights is on record, whichever way it comes."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from recommendations import permissions
from recommendations.models import AccountEvent, Refused, User
from tests import factories

Kind = AccountEvent.Kind
ROLES = (permissions.CLERKS, permissions.MEMBERS, permissions.OFFICERS, permissions.ADMINISTRATORS)


@pytest.fixture
def reference(db):
    """The roles with the rights that they have in the administration."""
    call_command("loaddata", "reference", verbosity=0)


@pytest.fixture
def groups(db):
    return {name: Group.objects.get_or_create(name=name)[0] for name in ROLES}


def last(person):
    return AccountEvent.objects.filter(person=person).of_rights().order_by("-id").first()


def told(person):
    event = last(person)
    return event.by, event.roles_before, event.roles_after, event.words


def test_entering_somebody_is_one_event(administrator, groups):
    person = User(full_name="Lena Cross", email="lena@example.org").enter(roles=["Clerks", "Members"], by=administrator)
    assert AccountEvent.objects.filter(person=person).count() == 1
    assert told(person) == (administrator, [], ["Clerks", "Members"], "Roles: Clerks, Members. Before: none.")


def test_other_roles_are_one_event_with_both(administrator, groups, member):
    member.correct(full_name="Asha Nair", job_title="", email=member.email, roles=["Officers"], by=administrator)
    assert told(member) == (administrator, ["Members"], ["Officers"], "Roles: Officers. Before: Members.")


def test_a_new_job_title_is_no_change_of_rights(administrator, groups, member):
    before = last(member)
    member.correct(full_name="Asha Nair", job_title="Chair", email=member.email, roles=["Members"], by=administrator)
    assert last(member) == before


def test_switching_off_is_on_record_with_its_reason(administrator, member):
    member.switch(False, by=administrator, reason="Left the council.")
    event = last(member)
    assert (event.by, event.words) == (administrator, "Left the council. Cannot sign in any more.")


def test_a_refused_change_leaves_no_event(administrator, groups, clerk):
    before = last(clerk)
    with pytest.raises(Refused):
        clerk.correct(full_name="Ruth", job_title="", email=clerk.email, roles=[], by=administrator)
    assert last(clerk) == before


def test_a_shell_leaves_an_event_of_nobody(member, groups):
    member.groups.add(groups["Clerks"])
    assert told(member)[:3] == (None, ["Members"], ["Clerks", "Members"])
    groups["Clerks"].user_set.remove(member)
    assert told(member)[1:3] == (["Clerks", "Members"], ["Members"])


def test_a_role_that_goes_takes_itself_from_its_people(member, groups):
    groups["Members"].delete()
    assert told(member)[1:3] == (["Members"], [])


def test_a_superuser_made_on_the_server_is_on_record(groups):
    person = User.objects.create_superuser("admin@example.org", factories.PASSWORD, full_name="Ines Moreau")
    words = " ".join(AccountEvent.objects.filter(person=person).order_by("id").values_list("words", flat=True))
    assert words == "May open the administration. Is a superuser. Roles: Administrators. Before: none."


def test_the_administration_says_who_gave_the_role(sign_in, reference, groups, member):
    giver = factories.make_person("Ines Moreau", permissions.ADMINISTRATORS, is_staff=True)
    client, address = sign_in(giver), reverse("admin:recommendations_user_change", args=[member.pk])
    form = client.get(address).context["adminform"].form
    sent = {name: form.initial.get(name) or "" for name in form.fields if name not in ("password", "is_staff")}
    inline = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    sent |= inline | {"groups": [groups["Members"].pk, groups["Officers"].pk], "is_active": "on"}
    assert client.post(address, sent).status_code == 302
    assert told(member)[:3] == (giver, ["Members"], ["Members", "Officers"])


def test_roles_cannot_be_renamed_or_removed_on_the_site(sign_in, reference, groups):
    root = User.objects.create_superuser("admin@example.org", factories.PASSWORD, full_name="Ines Moreau")
    for view in ("change", "delete"):
        address = reverse(f"admin:auth_group_{view}", args=[groups["Clerks"].pk])
        assert sign_in(root).post(address, {"name": "Nobody", "post": "yes"}).status_code == 403


def test_a_fixture_brings_its_own_events(groups, member, tmp_path):
    path = tmp_path / "people.json"
    call_command("dumpdata", "recommendations.user", "--natural-foreign", output=path, verbosity=0)
    before = AccountEvent.objects.count()
    member.groups.clear()
    call_command("loaddata", path, verbosity=0)
    assert AccountEvent.objects.count() == before + 1


def test_what_is_on_record_stays_as_it_was_written(member):
    event = last(member)
    event.words = "Nothing happened."
    with pytest.raises(Refused, match="stays on record"):
        event.save()
    with pytest.raises(Refused, match="stays on record"):
        event.delete()
