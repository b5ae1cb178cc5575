"""The search as a page: the box in every header, what it answers, what it is narrowed by, what to do where nothing is found."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.memory import Memory
from recommendations.minutes import drafts
from recommendations.models import Board, Meeting, Progress
from recommendations.views.written import pages
from tests import factories
from tests.views.pages import Page, read, words_of

pytestmark = pytest.mark.django_db


def searched(client, typed, **narrowed):
    return Page(client.get(reverse("search"), {"q": typed, **narrowed}))


def results(page):
    return [" ".join(link.text_content().split()) for link in page.main.xpath(".//*[@class='app-result']//h3/a")]


@pytest.fixture
def browser(sign_in, member):
    return sign_in(member)


@pytest.fixture
def taxis(board, other_board, owner):
    """Three recommendations on taxis: one open, one of another board, one closed; and a point of the first one's item."""
    item = factories.make_item(factories.make_meeting(board, factories.ago(400)))
    opened = factories.make_recommendation(item, title="Taxis", owner=owner)
    factories.make_point(item, "Taxis were late.")
    elsewhere = factories.make_recommendation(factories.make_item(factories.make_meeting(other_board)), title="Taxis")
    closed = factories.make_recommendation(
        factories.make_item(factories.make_meeting(board)), title="Taxis", progress=Progress.IMPLEMENTED
    )
    return opened, elsewhere, closed


def test_the_box_in_the_header_leads_to_the_search(browser):
    [form] = read(browser, reverse("dashboard")).html.xpath("//header//form[@role='search']")
    assert (form.get("action"), form.get("method"), [field.name for field in form.xpath(".//input")]) == (
        reverse("search"), "get", ["q"],
    )  # fmt: skip


def test_signed_out_there_is_a_box_only_where_pages_are_public(client, settings, db):
    boxes = "//form[@role='search']"
    assert not read(client, reverse("sign-in")).html.xpath(boxes)
    settings.PUBLIC_PAGES = True
    assert read(client, reverse("sign-in")).html.xpath(boxes)


def test_a_search_tells_what_it_found_in_heading_and_title(browser, taxis):
    page = searched(browser, "taxis")
    assert page.heading == "4 results for “taxis”"
    assert page.title.startswith("taxis – Search – ")


def test_a_result_says_where_it_stands_and_leads_there(browser, taxis):
    opened, _, closed = taxis
    page = searched(browser, "taxis", kind="recommendation", board=opened.board_id)
    assert results(page) == [f"{closed.reference}: Taxis", f"{opened.reference}: Taxis"]
    assert {closed.get_absolute_url(), opened.get_absolute_url()} <= set(page.links().values())
    [first, second] = [item.text_content() for item in page.main.xpath(".//*[@class='app-result']")]
    assert ("Closed: implemented" in first, "No date set" in second) == (True, True)


def test_what_was_looked_for_is_marked_and_nothing_else_is_markup(browser):
    factories.make_recommendation(title="<b>Taxis</b>", text="Taxis & <script>more</script>")
    page = searched(browser, "taxi")
    assert [mark.text for mark in page.main.iter("mark")] == ["Taxis", "Taxis"]
    assert not page.main.xpath(".//b | .//script")


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({}, 4),
        ({"kind": "recommendation"}, 3),
        ({"kind": "point"}, 1),
        ({"state": "open"}, 2),
        ({"state": "closed"}, 1),
        ({"kind": "point", "state": "open"}, 0),
        ({"kind": "nonsense"}, 4),
    ],
)
def test_a_search_is_narrowed(browser, taxis, narrowed, found):
    assert len(results(searched(browser, "taxis", **narrowed))) == found


def test_a_search_is_narrowed_to_a_board(browser, taxis, other_board):
    assert results(searched(browser, "taxis", board=other_board.pk)) == [f"{taxis[1].reference}: Taxis"]


def test_a_search_is_narrowed_to_the_year_of_the_meeting(browser, taxis):
    year = taxis[0].item.meeting.held_on.year
    page = searched(browser, "taxis", year=year)
    assert len(results(page)) == 2
    assert f"Year of the meeting: {year}" in page.text


def test_each_kind_says_how_many_there_are_and_leads_to_them(browser, taxis):
    links = searched(browser, "taxis", state="", page="").links(".//nav[@aria-label='Kinds of results']")
    assert links == {"Recommendation": "?q=taxis&kind=recommendation", "Discussion point": "?q=taxis&kind=point"}


def test_a_kind_leads_back_to_everything(browser, taxis):
    links = searched(browser, "taxis", kind="point").links(".//nav[@aria-label='Kinds of results']")
    assert links["Everything"] == "?q=taxis"


def test_an_empty_search_says_how_to_look(browser):
    page = searched(browser, "")
    assert (page.heading, "county lines" in page.text) == ("Search", True)


def test_words_that_stand_everywhere_are_told_so(browser):
    assert "There is nothing to look for" in searched(browser, "the of -bus").text


def test_where_nothing_is_found_it_says_what_to_try(browser):
    page = searched(browser, "zeppelin")
    assert (page.heading, "Check the spelling" in page.text) == ("0 results for “zeppelin”", True)


def test_where_the_filters_leave_nothing_there_is_a_search_without_them(browser, taxis):
    page = searched(browser, "taxis", kind="witness", state="open")
    assert page.links()["Search without them"] == "?q=taxis"


def test_where_nothing_has_all_words_it_says_so(browser, taxis):
    page = searched(browser, "taxis zeppelin")
    assert "Nothing has all of these words" in page.text
    assert len(results(page)) == 4


def test_a_reference_stands_on_top(browser, taxis):
    opened = taxis[0]
    page = searched(browser, opened.reference)
    assert (page.heading, results(page)) == (
        f"1 result for “{opened.reference}”", [f"{opened.reference}: Taxis"],
    )  # fmt: skip


def test_the_second_page_keeps_the_question(browser, board):
    item = factories.make_item(factories.make_meeting(board))
    for number in range(26):
        factories.make_point(item, f"Taxi {number}")
    page = searched(browser, "taxi", kind="point")
    assert (len(results(page)), page.links()["2"]) == (25, "?q=taxi&kind=point&page=2")
    assert len(results(searched(browser, "taxi", kind="point", page=2))) == 1


def test_signed_out_everything_found_can_be_opened(client, settings, taxis):
    settings.PUBLIC_PAGES = True
    page = searched(client, "taxis")
    assert len(results(page)) == 4
    assert {client.get(address).status_code for address in page.links(".//*[@class='app-result']").values()} == {200}


@pytest.mark.parametrize("contact", ["p.smith@example.org", "020 7946 0123"])
def test_signed_out_nobody_finds_where_a_contact_stands(client, sign_in, member, settings, contact):
    settings.PUBLIC_PAGES = True
    factories.make_recommendation(text=f"Write to {contact} about penguins.")
    address = f"{reverse('search')}?{urlencode({'q': contact})}"
    assert read(sign_in(member), address).text.count("penguins")
    assert "penguins" not in read(client, address).text


def test_a_search_asks_as_often_for_fifty_as_for_one(browser, taxis):
    def queries():
        Memory.forget()
        with CaptureQueriesContext(connection) as asked:
            searched(browser, "taxis")
        return len(asked)

    for_few = queries()
    for _ in range(20):
        factories.make_recommendation(taxis[0].item, title="Taxis")
    assert queries() == for_few


def test_an_update_has_its_place_in_the_timeline(browser, owner):
    recommendation = factories.make_recommendation(owner=owner)
    update = factories.make_update(recommendation, by=owner)
    page = read(browser, recommendation.get_absolute_url())
    assert "Two schools" in page.html.get_element_by_id(update.anchor).text_content()


# What a result shows: each is written once for all of it

CHANGES = {
    "its title": lambda one, by: one.retitle("Taxis at night", by=by),
    "its words": lambda one, by: one.correct_words("That taxis be seen.", by=by, reason="A slip."),
    "its progress": lambda one, by: one.change_progress(Progress.IN_PROGRESS, by=by),
    "its date": lambda one, by: one.set_due_date(factories.ago(1), by=by, reason="Agreed."),
    "exempt": lambda one, by: one.mark_exempt(3, by=by, reason="Named."),
    "its board’s name": lambda one, by: Board.objects.filter(pk=one.board_id).update(name="Another Board"),
    "its meeting’s day": lambda one, by: Meeting.objects.filter(pk=one.item.meeting_id).update(
        held_on=factories.ago(9)
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_result_that_was_written_before_shows_what_has_changed(sign_in, clerk, taxis, what):
    browser = sign_in(clerk)

    def shown():
        pages.kept.clear()
        return [words_of(each) for each in searched(browser, "taxis").main.xpath(".//*[@class='app-result']")]

    first = shown()
    CHANGES[what](taxis[0], clerk)
    second = shown()
    Memory.forget()
    assert first != second == shown()


def test_the_words_of_another_question_are_marked_in_the_same_result(browser, taxis):
    assert len(searched(browser, "taxis late").main.xpath(".//mark")) > len(
        searched(browser, "late").main.xpath(".//mark")
    )


# Have we asked this before?

WORDING = "That taxi drivers be trained in safeguarding and exploitation."


@pytest.fixture
def once(board, clerk):
    """What was asked before, and closed with a note."""
    recommendation = factories.make_recommendation(title="Training of taxi drivers", text=WORDING)
    meeting = factories.make_meeting(held_on=factories.ago(1))
    return recommendation.close(Progress.IMPLEMENTED, at=meeting, by=clerk, note="All are trained.")


def test_a_planned_wording_leads_to_what_was_asked_before_and_how_it_ended(browser, once):
    page = Page(
        browser.get(reverse("asked-before"), {"words": "Should safeguarding training be given to taxi drivers?"})
    )
    assert page.links()[str(once)] == once.get_absolute_url()
    assert ("Closed: implemented" in page.text, "All are trained." in page.text) == (True, True)


def test_where_nothing_was_asked_like_it_the_page_says_what_to_try(browser, once):
    page = Page(browser.get(reverse("asked-before"), {"words": "That the zoo keep penguins."}))
    assert "Nothing like this was asked before" in page.text


def test_without_a_wording_the_page_asks_for_one(browser):
    page = read(browser, reverse("asked-before"))
    assert (page.heading, "Nothing like this" in page.text) == ("Have we asked this before?", False)


def test_beside_a_draft_stands_what_was_asked_before(sign_in, clerk, once):
    draft = drafted(clerk, WORDING)
    page = read(sign_in(clerk), reverse("draft-recommendations", args=[draft.pk]))
    [link] = page.main.xpath(".//*[contains(@class, 'app-asked-before')]//a")
    assert (link.get("href"), link.get("target"), once.title in link.text_content()) == (
        once.get_absolute_url(), "_blank", True,
    )  # fmt: skip


def test_a_draft_of_many_recommendations_asks_as_often_as_one_of_one(sign_in, clerk, once):
    client = sign_in(clerk)

    def queries(*wordings):
        draft = drafted(clerk, *wordings)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("draft-recommendations", args=[draft.pk]))
        return len(asked)

    assert queries(WORDING) == queries(*[WORDING] * 12)


def drafted(clerk, *wordings):
    """A draft of minutes with these recommendations."""
    item = next(factories.numbers)
    lines = [f"Item {item}", "Recommendations:", *(f"{n}. {wording}" for n, wording in enumerate(wordings, 1))]
    return drafts.start(lines, board=factories.make_board(), held_on=factories.ago(9), by=clerk, numbers=[str(item)])


def test_a_recommendation_leads_to_those_like_it(browser, once):
    other = factories.make_recommendation(title="Taxi drivers", text=WORDING)
    [fold] = read(browser, other.get_absolute_url()).main.xpath(".//details[contains(., 'Similar recommendations')]")
    [address] = fold.xpath(".//a/@href")
    page = read(browser, address)
    assert page.main.xpath(".//*[@id='found' and @data-number='1']//a/@href") == [once.get_absolute_url()]


def test_what_is_like_nothing_says_so_and_leads_on(browser, once):
    other = factories.make_recommendation(title="Zeppelins", text="That zeppelins fly at noon.")
    page = read(browser, reverse("recommendation-similar", args=[other.slug]))
    assert page.main.xpath(".//*[@id='found' and @data-number='0']//a/@href") == [reverse("search")]


def test_which_are_similar_is_looked_for_again_once_the_words_differ(browser, once, clerk):
    other = factories.make_recommendation(title="Zeppelins", text="That zeppelins fly at noon.")
    address = reverse("recommendation-similar", args=[other.slug])
    assert once.reference not in words_of(read(browser, address).main)
    other.correct_words(once.text, by=clerk, reason="Copied wrongly.")
    assert once.reference in words_of(read(browser, address).main)
