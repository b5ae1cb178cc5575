"""The guide for a new council: five steps, each worked out from what is there."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from recommendations import permissions
from recommendations.models import Statement
from tests import factories
from tests.views.pages import read, words_of


@pytest.fixture(autouse=True)
def a_new_site(today, clerk, settings):
    settings.SITE_URL = "https://tracker.example.org"
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://", "board@example.org"
    settings.PUBLIC_PAGES = False


@pytest.fixture
def guide(sign_in, clerk):
    """Opened by the clerk, or by somebody else."""
    return lambda who=clerk: read(sign_in(who), reverse("getting-started"))


def standing(page):
    """The tag of each step."""
    return [words_of(tag) for tag in page.main.xpath(".//ol/li//strong[contains(@class, 'govuk-tag')]")]


def step(page, name):
    return words_of(page.html.get_element_by_id(name))


@pytest.mark.parametrize("who", ["clerk", "administrator"])
def test_a_new_council_begins_with_the_guide(sign_in, person, who):
    assert sign_in(person(who)).get(reverse("home")).url == reverse("getting-started")


def test_nothing_is_done_at_first_and_the_board_comes_next(guide):
    page = guide()
    assert standing(page) == ["To do"] * 5
    assert "0 of 5 done. Next: Your board." in page.text
    assert page.links("//li[@id='board']") == {"Add a board": reverse("board-new")}


def test_a_board_is_the_first_step(guide, board):
    page = guide()
    assert standing(page)[0] == "Done"
    assert "Social Care Services Board (SCSB)" in step(page, "board")


def test_an_officer_and_a_member_are_the_second(guide, owner, member):
    page = guide()
    assert standing(page)[1] == "Done"
    assert "1 officer who can own recommendations 1 member who looks 1 clerk" in step(page, "people")


def test_an_officer_alone_is_not_enough(guide, owner):
    assert standing(guide())[1] == "To do"


def test_a_draft_waits_to_be_finished(guide):
    factories.make_draft()
    page = guide()
    assert standing(page)[2] == "To do"
    assert page.links("//li[@id='minutes']")["Finish the draft"] == reverse("drafts")


def test_what_lacks_an_owner_or_a_date_is_counted(guide, owner):
    factories.make_recommendation(due_on=factories.ago(-9))
    page = guide()
    assert standing(page)[2:4] == ["Done", "To do"]
    assert "1 without an owner 0 without a date" in step(page, "owners")


def test_owners_and_dates_are_the_fourth(guide, owner):
    factories.make_recommendation(due_on=factories.ago(-9), owner=owner)
    assert standing(guide())[3] == "Done"


def test_reminders_that_were_sent_are_the_fifth(guide, owner):
    factories.make_mail(owner)
    assert standing(guide())[4] == "Done"


def test_a_public_site_needs_its_two_statements(guide, owner, settings):
    factories.make_mail(owner)
    settings.PUBLIC_PAGES = True
    assert "are not both written yet" in step(guide(), "public")
    for kind in Statement.Kind:
        Statement(kind=kind, text="# What we do").record(by=None, reason=factories.WHY)
    assert standing(guide())[4] == "Done"


def test_what_the_server_lacks_is_said(guide, settings):
    settings.EMAIL_URL = settings.SITE_URL = ""
    told = step(guide(), "public")
    assert "E-mail is not set up: nobody is invited or reminded." in told
    assert "The site does not know its own address" in told


def test_a_step_is_skipped_and_taken_up_again(sign_in, clerk):
    client, address = sign_in(clerk), reverse("getting-started-skip")
    skipped = client.post(address, {"step": "public"}, follow=True)
    assert b"0 of 5 done, 1 skipped." in skipped.content
    assert b"skipped" not in client.post(address, {"step": "public"}, follow=True).content


def test_only_what_can_wait_is_skipped(sign_in, clerk):
    assert b"skipped." not in sign_in(clerk).post(
        reverse("getting-started-skip"), {"step": "board"}, follow=True
    ).content  # fmt: skip


def all_done(owner, member):
    factories.make_recommendation(due_on=factories.ago(-9), owner=owner)
    factories.make_mail(owner)


def test_the_guide_that_is_done_says_so_and_steps_aside(guide, sign_in, clerk, owner, member):
    all_done(owner, member)
    page = guide()
    assert "All five are done: this council is ready." in page.text
    assert page.links()["Go to the clerk’s desk"] == reverse("desk")
    assert "Getting started:" not in read(sign_in(clerk), reverse("desk")).text


def test_the_desk_leads_to_the_guide_until_the_site_is_in_use(sign_in, clerk, owner):
    recommendation = factories.make_recommendation(owner=owner)
    assert "Getting started: 2 of 5 done." in read(sign_in(clerk), reverse("desk")).text
    factories.make_update(recommendation, by=owner)
    assert "Getting started:" not in read(sign_in(clerk), reverse("desk")).text


def test_an_administrator_is_told_what_a_clerk_does(guide, administrator):
    page = guide(administrator)
    assert "A clerk does this." in step(page, "minutes")
    assert page.links("//li[@id='minutes']") == {}


def test_an_administrator_of_a_finished_guide_goes_to_the_dashboard(guide, administrator, owner, member):
    all_done(owner, member)
    assert guide(administrator).links()["See the dashboard"] == reverse("dashboard")


def test_reference_data_that_is_missing_is_asked_for(guide, owner, member, administrator):
    assert "loaddata reference" in guide().text
    factories.make_regime()
    assert Group.objects.filter(name=permissions.MEMBERS).exists()
    assert "loaddata reference" not in guide().text
