"""People who sign in: clerks and administrators enter them, correct them, seat them on boards, and invite them."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations import permissions
from recommendations.models import User
from tests import factories
from tests.views.pages import Page, read, send

LENA = {"full_name": "Lena Cross", "email": "Lena.Cross@Example.org", "roles": [permissions.OFFICERS]}


@pytest.fixture(autouse=True)
def roles_on_the_site(db, settings):
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = (
        "smtp://",
        "board@example.org",
        "https://x.example",
    )
    for name in (permissions.CLERKS, permissions.OFFICERS, permissions.MEMBERS, permissions.ADMINISTRATORS):
        Group(name=name).save()


@pytest.fixture
def signed_in(sign_in, person):
    return lambda who: sign_in(person(who))


def lena():
    return User.objects.get(email="lena.cross@example.org")


def act(client, name, thing, **answers):
    return send(client, reverse(name, args=[thing.pk]), **answers)


# Entering


def test_a_clerk_enters_an_officer_who_is_invited_at_once(signed_in, board):
    page = send(signed_in("clerk"), reverse("person-new"), **LENA, boards=[board.pk])
    assert page.banner == "Lena Cross is added. An invitation is on its way to lena.cross@example.org."
    assert (lena().role_names, lena().board_ids) == ({permissions.OFFICERS}, {board.pk})
    assert [letter.to for letter in mail.outbox] == [["lena.cross@example.org"]]


def test_the_history_says_who_entered_and_invited_somebody(signed_in, clerk):
    send(signed_in("clerk"), reverse("person-new"), **LENA)
    told = lena().history.values_list("history_change_reason", "history_user")
    assert list(told) == [("Invited by e-mail.", clerk.pk), ("Roles: Officers.", clerk.pk)]


def test_without_e_mail_the_page_says_who_gives_the_password(signed_in, settings):
    settings.EMAIL_URL = ""
    page = send(signed_in("clerk"), reverse("person-new"), **LENA)
    assert "an administrator gives the first password in the administration" in page.banner
    assert mail.outbox == []


def test_a_mail_server_that_takes_nothing_is_said(signed_in, settings):
    settings.EMAIL_BACKEND = "tests.views.test_people.Silent"
    page = send(signed_in("clerk"), reverse("person-new"), **LENA)
    assert page.banner.endswith("The mail server did not take the invitation. Send it again later.")


class Silent:
    """A mail server that takes nothing."""

    def __init__(self, **options):
        """As Django makes it."""

    def send_messages(self, messages):
        raise OSError("No route to host")


@pytest.mark.parametrize(("who", "count"), [("clerk", 2), ("administrator", 4)])
def test_each_gives_the_roles_they_may(signed_in, who, count):
    page = read(signed_in(who), reverse("person-new"))
    assert len(page.main.xpath(".//input[@name='roles']")) == count


def test_a_clerk_makes_no_clerk_even_by_hand(signed_in):
    client = signed_in("clerk")
    page = Page(client.post(reverse("person-new"), LENA | {"roles": [permissions.CLERKS]}))
    assert page.errors == ["Select the answer to “What is their part?” from the list"]
    assert not User.objects.filter(full_name="Lena Cross").exists()


def test_an_address_that_is_taken_is_refused_and_the_rest_kept(signed_in, member):
    page = send(signed_in("clerk"), reverse("person-new"), **LENA | {"email": member.email.upper()})
    assert page.errors == [f"Somebody has the address {member.email} already."]
    assert page.fields["full_name"] == "Lena Cross"


def test_without_its_roles_the_site_says_who_loads_them(signed_in):
    client = signed_in("clerk")
    Group.objects.filter(name=permissions.OFFICERS).delete()
    page = send(client, reverse("person-new"), **LENA)
    assert page.errors == [
        "The roles are not on this site yet. Whoever runs its server has to load the reference data."
    ]
    assert not User.objects.filter(full_name="Lena Cross").exists()


# The list and the page


def test_the_list_says_who_is_here_and_whether_they_can_sign_in(signed_in, member, owner):
    User(email="lena.cross@example.org", full_name="Lena Cross").enter(
        roles=[permissions.OFFICERS], by=factories.make_clerk()
    )
    owner.switch(False, by=factories.make_person("Ida Lund", permissions.ADMINISTRATORS), reason="Left.")
    rows = {row[0]: row[1:] for row in read(signed_in("clerk"), reverse("people")).rows}
    assert rows["Asha Nair"] == ["Councillor", "Member", "Social Care Services Board", "Has not signed in yet"]
    assert rows["Lena Cross"][-1] == "Invited, has not signed in yet"
    assert rows["Olu Shah"][-1] == "Cannot sign in"


def test_only_administrators_read_when_somebody_signed_in_last(signed_in, member):
    member.last_login = datetime.datetime(2026, 7, 1, 9, 5, tzinfo=datetime.UTC)
    member.save(update_fields=["last_login"])
    rows = [read(signed_in(who), reverse("people")).rows for who in ("administrator", "clerk")]
    assert ["1 July 2026 at 10:05am" in str(each) for each in rows] == [True, False]


def test_there_are_as_many_queries_for_ten_people_as_for_one(signed_in, board):
    client, counts = signed_in("clerk"), []
    for number in (1, 9):
        for _ in range(number):
            factories.make_person("Asha Nair", permissions.MEMBERS, boards=[board])
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("people"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_clerk_reads_no_address_of_whom_they_may_not_change(signed_in, administrator, member):
    client = signed_in("clerk")
    texts = [read(client, reverse("person", args=[each.pk])).text for each in (administrator, member)]
    assert [each.email in text for each, text in zip((administrator, member), texts, strict=True)] == [False, True]


def test_the_page_of_oneself_says_that_somebody_else_changes_it(signed_in, clerk):
    page = read(signed_in("clerk"), reverse("person", args=[clerk.pk]))
    assert "This is you. Somebody else changes what you may do." in page.text
    # Who is signed in still stands on top.
    assert "Ruth Bailey" in page.html.text_content()


# Correcting


def test_a_clerk_corrects_a_member(signed_in, member):
    page = act(signed_in("clerk"), "person-correct", member, full_name="Asha Nayar", job_title="Chair")
    member.refresh_from_db()
    assert (page.banner, member.full_name, member.job_title) == ("Asha Nayar is corrected.", "Asha Nayar", "Chair")


@pytest.mark.parametrize("whose", ["clerk", "administrator"])
@pytest.mark.parametrize("name", ["person-correct", "person-board", "person-invite", "person-switch"])
def test_a_clerk_changes_neither_themselves_nor_an_administrator(signed_in, person, whose, name):
    response = signed_in("clerk").get(reverse(name, args=[person(whose).pk]))
    assert response.status_code == 403


def test_a_clerk_leaves_the_address_of_who_has_signed_in(signed_in, member):
    member.last_login = datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC)
    member.save()
    pages = [read(signed_in(who), reverse("person-correct", args=[member.pk])) for who in ("clerk", "administrator")]
    assert ["email" in page.fields for page in pages] == [False, True]


def test_two_who_correct_one_person_meet(signed_in, member, administrator):
    opened = read(signed_in("clerk"), reverse("person-correct", args=[member.pk]))
    member.switch(False, by=administrator, reason="Left.")
    client = signed_in("clerk")
    page = Page(client.post(opened.address, opened.fields | {"full_name": "A. Nair"}))
    assert page.errors == ["This has changed since you opened it. Check it, then save again if you still want to."]
    again = Page(client.post(opened.address, page.fields, follow=True))
    assert again.banner == "A. Nair is corrected."


def test_an_administrator_who_is_made_opens_the_administration(signed_in, member):
    act(signed_in("administrator"), "person-correct", member, roles=[permissions.ADMINISTRATORS])
    member.refresh_from_db()
    assert member.is_staff


# Signing in or not


def test_who_leaves_cannot_sign_in_and_what_they_own_is_told(signed_in, owner):
    factories.make_recommendation(owner=owner)
    page = act(signed_in("administrator"), "person-switch", owner, reason="Left in May.")
    owner.refresh_from_db()
    assert page.banner == (
        "Olu Shah cannot sign in any more. They still own 1 open recommendation: give it to somebody else."
    )
    assert not owner.is_active


def test_who_comes_back_signs_in_again(signed_in, owner, administrator):
    owner.switch(False, by=administrator, reason="Left.")
    page = act(signed_in("administrator"), "person-switch", owner, reason="Is back.")
    assert (page.banner, page.heading) == ("Olu Shah can sign in again.", "Olu Shah")


def test_an_invitation_is_sent_again_until_somebody_has_signed_in(signed_in, member):
    page = act(signed_in("clerk"), "person-invite", member)
    assert (page.banner, len(mail.outbox)) == (f"An invitation is on its way to {member.email}.", 1)
    member.last_login = datetime.datetime(2026, 7, 1, tzinfo=datetime.UTC)
    member.save()
    assert signed_in("clerk").get(reverse("person-invite", args=[member.pk])).status_code == 403
    late = Page(signed_in("clerk").post(reverse("person-invite", args=[member.pk]), {}))
    assert late.errors == ["Asha Nair needs no invitation."]


# Boards


def test_somebody_is_put_on_a_board_and_taken_off_it(signed_in, member, other_board, today):
    page = act(signed_in("clerk"), "person-board", member, board=other_board)
    assert page.banner == "Asha Nair sits on Highways and Transport Scrutiny Board."
    sits = member.memberships.get(board=other_board)
    page = act(signed_in("clerk"), "membership-end", sits, until=today)
    assert page.banner == "Asha Nair leaves Highways and Transport Scrutiny Board."
    assert "since 18 November 2026 until 18 November 2026" in page.text


def test_nobody_sits_twice_on_a_board(signed_in, member, board):
    page = act(signed_in("clerk"), "person-board", member, board=board)
    assert page.errors == ["Asha Nair sits on Social Care Services Board then already."]


def test_nobody_leaves_before_they_came(signed_in, member):
    sits = member.memberships.get()
    page = act(signed_in("clerk"), "membership-end", sits, until=datetime.date(2019, 1, 1))
    assert page.errors == ["The last day cannot lie before the first, 1 May 2020."]


# Letters


def link_in(letter):
    return re.search(r"https?://[^/]+(/password/choose/\S+)", letter.body)[1]


def test_the_letter_leads_to_a_password_and_in(signed_in):
    send(signed_in("clerk"), reverse("person-new"), **LENA)
    newcomer, [letter] = Client(), mail.outbox
    opened = Page(newcomer.get(link_in(letter), follow=True))
    assert (opened.heading, opened.redirects[0].endswith("/set-password/")) == ("Choose your password", True)
    address, words = opened.redirects[-1], {"new_password1": factories.PASSWORD, "new_password2": factories.PASSWORD}
    page = Page(newcomer.post(address, words, follow=True))
    assert (page.heading, page.banner) == ("My work", "Your password is chosen.")
    assert lena().access == "Can sign in"


def test_a_letter_works_once(signed_in, member):
    act(signed_in("clerk"), "person-invite", member)
    [letter] = mail.outbox
    member.set_password("another-password-of-hers")
    member.save()
    assert Page(Client().get(link_in(letter), follow=True)).heading == "This link has ended"


def test_a_letter_to_somebody_switched_off_has_ended(signed_in, member, administrator):
    act(signed_in("clerk"), "person-invite", member)
    member.switch(False, by=administrator, reason="Left.")
    assert Page(Client().get(link_in(mail.outbox[0]), follow=True)).heading == "This link has ended"


def test_a_letter_says_who_invites_and_for_how_long_it_works(signed_in, member):
    act(signed_in("clerk"), "person-invite", member)
    [letter] = mail.outbox
    assert "Ruth Bailey of Example Council has entered you" in letter.body
    assert "The link works once, and for 3 days." in letter.body
    assert "https://x.example/password/forgotten/" in letter.alternatives[0][0]
