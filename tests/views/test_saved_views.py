"""Views of lists: kept from the list as it stands, shown above it, opened by it, changed and removed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.memory import memory
from recommendations.models import Progress, SavedView
from recommendations.models.saved_views import LISTS, MOST
from recommendations.views import saved_views
from tests import factories
from tests.views.pages import Page, read, send

RECOMMENDATIONS = reverse("recommendations")


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def client(sign_in, member):
    return sign_in(member)


@pytest.fixture
def rows(board):
    item = factories.make_item(factories.make_meeting(board))
    factories.make_recommendation(item, title="late", due_on=factories.ago(1))
    factories.make_recommendation(item, title="early")


def views_of(page):
    """What stands under "Your views", in words."""
    return [" ".join(item.text_content().split()) for item in page.main.xpath(".//div[@class='app-views']//li")]


def keep(client, query="", page="recommendations", **answers):
    return keep_at(client, reverse("saved-view-new", args=[page]) + query, **answers)


def keep_at(client, address, **answers):
    """A browser sends the form to the whole address, with what stands in it."""
    sent = read(client, address).fields | {"name": "Mine"} | answers
    return Page(client.post(address, sent, follow=True))


def test_the_lists_that_can_be_kept_are_those_of_the_model():
    assert set(saved_views.LISTS) == set(LISTS)


@pytest.mark.parametrize("listed", LISTS)
def test_every_list_offers_to_keep_it_and_shows_what_was_kept(client, listed):
    led_to = read(client, reverse(listed) + "?size=50").links()["Keep this view"]
    assert led_to == f"{reverse('saved-view-new', args=[listed])}?size=50"
    kept = keep_at(client, led_to)
    assert kept.banner == "“Mine” is kept."
    assert kept.address == reverse(listed)
    assert views_of(kept) == ["Mine (Rows a page: 50) Change: Mine"]


@pytest.mark.parametrize("other", ["dashboard", "late", "desk"])
def test_no_other_page_can_be_kept(sign_in, clerk, other):
    client = sign_in(clerk)
    assert "Keep this view" not in read(client, reverse(other)).text
    assert client.get(reverse("saved-view-new", args=[other])).status_code == 404


def test_a_view_keeps_filters_order_and_size_and_nothing_else(client, board, rows):
    query = f"?board={board.pk}&only=overdue&kind=&on_day=3&on_month=nov&on_year=2026&sort=-due&size=100"
    page = keep(client, f"{query}&page=9&all=yes&colour=pink&sort[]=x")
    kept = SavedView.objects.get()
    assert dict(pair.split("=") for pair in kept.query.split("&")) == {
        "only": "overdue", "board": str(board.pk), "on": "2026-11-03", "sort": "-due", "size": "100",
    }  # fmt: skip
    assert "Mine" in page.text


def test_two_addresses_that_ask_for_the_same_are_the_same_view(client, board, rows):
    keep(client, f"?board={board.pk}&only=overdue&sort=-asked&size=25")
    page = read(client, f"{RECOMMENDATIONS}?only=overdue&kind=&board={board.pk}&page=1")
    assert "Mine" not in page.links()
    assert "Keep this view" not in page.links()


def test_before_it_is_kept_one_is_told_what(client, board):
    page = read(
        client, reverse("saved-view-new", args=["recommendations"]) + f"?board={board.pk}&only=no_owner&sort=due"
    )
    assert "You keep: " in page.text
    assert "Board: Social Care Services Board" in page.text
    assert "Show: Open, no owner" in page.text
    assert "in an order of its own" in page.text
    assert "You keep: the whole list." in read(client, reverse("saved-view-new", args=["meetings"])).text


def test_what_one_types_is_not_lost_when_it_is_refused(client):
    keep(client, "?only=overdue")
    page = keep(client, "?only=open", name="mine", opens_first="on")
    assert page.errors == ["You have a view of this list with that name already. Choose another name."]
    assert (page.fields["name"], page.fields["opens_first"]) == ("mine", "on")
    assert "Show: Open" in page.text


def test_a_view_needs_a_name(client):
    assert keep(client, name="").errors == ["Enter the name of the view"]


def test_filters_that_make_no_sense_are_not_kept(client):
    assert "Keep this view" not in read(client, RECOMMENDATIONS + "?only=pink").text
    page = keep(client, "?only=pink")
    assert page.errors == ["The filters of the list make no sense. Go back and put them right first."]
    assert not SavedView.objects.exists()


def test_the_twenty_first_is_refused(client, member):
    for number in range(MOST):
        factories.make_saved_view(member, name=f"View {number}")
    assert keep(client).errors == ["You have kept 20 views of this list already. Remove one first."]


# What a view says of itself


def test_each_view_says_what_it_narrows_the_list_to(client, member, board, owner, rows):
    item = factories.make_item(factories.make_meeting(board))
    factories.make_recommendation(item, owner=owner)
    for name, query in {
        "a": f"board={board.pk}&owner={owner.pk}",
        "b": "owner=none&on=2026-11-03",
        "c": f"meeting={item.meeting_id}&year=2026",
        "d": f"organisation=987654&progress={Progress.PAUSED}",
        "e": "sort=-due&size=50",
        "f": "",
    }.items():
        factories.make_saved_view(member, name=name, query=query)
    assert [view.removesuffix(f" Change: {view[0]}") for view in views_of(read(client, RECOMMENDATIONS))] == [
        "a (Board: Social Care Services Board; Owner: Olu Shah)",
        "b (Owner: No owner; As of: 3 November 2026)",
        "c (Asked at: 19 September 2026 – Social Care Services Board; Municipal year: 2026/27)",
        "d (Asked of: not there any more; Progress: Paused)",
        "e (in an order of its own; Rows a page: 50)",
        "f (the whole list)",
    ]


def test_words_that_were_looked_for_are_told(client, member):
    factories.make_saved_view(member, page="witnesses", query="name=O%27Hara+Tim")
    assert views_of(read(client, reverse("witnesses")))[0].startswith("What is late (Name: O'Hara Tim)")


def test_twenty_views_ask_the_database_no_more_often_than_one(client, member, owner):
    def queries():
        memory.forget()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(RECOMMENDATIONS).status_code == 200
        return len(asked)

    def make(number):
        board = factories.make_board(f"B{number}", f"Board {number}")
        organisation = factories.make_organisation(f"Body {number}")
        query = f"board={board.pk}&organisation={organisation.pk}&owner={owner.pk}"
        factories.make_saved_view(member, name=f"View {number}", query=query)

    factories.make_recommendation(owner=owner)
    make(0)
    for_one = queries()
    for number in range(1, MOST):
        make(number)
    assert queries() == for_one


# The view that opens a list


@pytest.fixture
def first(member, rows):
    return factories.make_saved_view(member, opens_first=True)


def test_an_address_that_asks_for_nothing_opens_the_view(client, first):
    page = Page(client.get(RECOMMENDATIONS, follow=True))
    assert page.redirects == ["/recommendations/?only=overdue"]
    assert [row[2] for row in page.rows] == ["late"]
    assert "The list opens like this. Show the whole list" in page.text


@pytest.mark.parametrize("link", ["Show the whole list", "Show all", "Remove Show: Action overdue"])
def test_from_there_several_ways_lead_to_the_whole_list(client, first, link):
    page = Page(client.get(RECOMMENDATIONS, follow=True))
    whole = Page(client.get(RECOMMENDATIONS + page.links()[link], follow=True))
    assert (whole.heading, whole.redirects) == ("2 recommendations", [])
    assert "What is late" in whole.links()


def test_a_view_of_the_whole_list_leads_nowhere_in_circles(client, member, rows):
    factories.make_saved_view(member, query="", opens_first=True)
    page = Page(client.get(RECOMMENDATIONS, follow=True))
    assert (page.redirects, page.heading) == (["/recommendations/?all=yes"], "2 recommendations")


def test_an_address_that_asks_for_something_is_left_alone(client, first):
    assert read(client, RECOMMENDATIONS + "?only=no_date").status == 200


def test_another_list_another_person_and_who_is_signed_out_are_left_alone(sign_in, clerk, client, first, settings):
    settings.PUBLIC_PAGES = True
    for browser, address in ((client, "follow-ups"), (sign_in(clerk), "recommendations"), (type(client)(), "answers")):
        assert browser.get(reverse(address)).status_code == 200


def test_numbers_of_the_dashboard_are_not_replaced(client, first):
    links = read(client, reverse("dashboard")).links().values()
    assert not [link for link in links if link.startswith(RECOMMENDATIONS) and link.endswith("/recommendations/")]


def test_nobody_signed_out_is_offered_to_keep_anything(client, settings, sign_in, stranger):
    settings.PUBLIC_PAGES = True
    assert "Keep this view" not in read(sign_in(stranger), RECOMMENDATIONS).text


# Changing and removing


def test_a_view_is_renamed_and_made_the_first(client, member, rows):
    view = factories.make_saved_view(member)
    page = send(client, reverse("saved-view", args=[view.pk]), name="Late ones", opens_first="on")
    assert (page.banner, page.address) == ("“Late ones” is changed.", RECOMMENDATIONS)
    view.refresh_from_db()
    assert (view.name, view.opens_first, view.query) == ("Late ones", True, "only=overdue")


def test_it_opens_with_what_it_is(client, member):
    view = factories.make_saved_view(member, opens_first=True)
    fields = read(client, reverse("saved-view", args=[view.pk])).fields
    assert (fields["name"], fields["opens_first"]) == ("What is late", "on")


def test_a_change_that_is_refused_loses_nothing(client, member):
    factories.make_saved_view(member, name="Other")
    view = factories.make_saved_view(member)
    page = send(client, reverse("saved-view", args=[view.pk]), name="Other")
    assert page.errors == ["You have a view of this list with that name already. Choose another name."]
    assert page.fields["name"] == "Other"


def test_a_view_is_removed_and_one_is_back_at_the_whole_list(client, first):
    led = read(client, reverse("saved-view", args=[first.pk])).links()["Remove this view"]
    page = send(client, led)
    assert (page.banner, page.heading) == ("“What is late” is removed.", "2 recommendations")
    assert views_of(page) == []


def test_what_was_removed_is_not_offered_to_be_changed(client, member):
    view = factories.make_saved_view(member).remove(by=member)
    assert read(client, reverse("saved-view", args=[view.pk])).status == 403


def test_removing_twice_is_refused_in_words(client, member):
    view = factories.make_saved_view(member)
    address = reverse("saved-view-remove", args=[view.pk])
    sent = read(client, address).fields
    client.post(address, sent)
    assert "This has changed since you opened it." in Page(client.post(address, sent)).errors[0]


@pytest.mark.parametrize("name", ["saved-view", "saved-view-remove"])
def test_anothers_view_is_as_unknown_as_none(client, other_member, name):
    other = factories.make_saved_view(other_member)
    for pk in (other.pk, 99999):
        assert client.get(reverse(name, args=[pk])).status_code == 404
