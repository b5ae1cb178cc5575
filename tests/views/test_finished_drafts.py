"""A draft that is finished, to look at: the text as it was entered, and what became of each line."""

import pytest
from django.urls import reverse

from recommendations.minutes import aftermath, drafts
from recommendations.minutes.adopt import adopt
from recommendations.models import AgendaItem, DiscussionPoint, Person, Recommendation
from tests import factories
from tests.minutes import samples
from tests.views.pages import read, words_of


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def draft(board, clerk, no_regime):
    return samples.start(board, clerk)


@pytest.fixture
def adopted(draft):
    """Adopted with a point left out and a resolution added by hand."""
    samples.change(draft, samples.found(draft, "point")[1], dropped="Said twice.")
    drafts.add(draft.content, 0, "resolution", "That the report be noted.")
    draft.correct(draft.content, by=draft.created_by)
    adopt(draft, by=draft.created_by)
    return draft


@pytest.fixture
def look(sign_in, clerk):
    return lambda draft: read(sign_in(clerk), reverse("draft", args=[draft.pk]))


def fates(page):
    """{the number of a line: (what it says it became, where that leads)}"""
    lines = {int(line.get("id").removeprefix("line-")): line[-1] for line in page.main.find_class("app-source__line")}
    return {number: (words_of(told), [link.get("href") for link in told.iter("a")]) for number, told in lines.items()}


def test_every_line_is_there_as_it_was_entered(look, adopted):
    page = look(adopted)
    assert page.heading == "The minutes as they were entered"
    assert list(fates(page)) == [number for number, line in enumerate(adopted.lines, 1) if line.strip()]


def test_it_says_by_whom_and_leads_to_the_meeting(look, adopted):
    page = look(adopted)
    assert "Entered on 18 November 2026 by Ruth Bailey." in page.text
    assert "Adopted on 18 November 2026 by Ruth Bailey, as minutes of" in page.text
    assert page.links()[str(adopted.meeting)] == adopted.meeting.get_absolute_url()


@pytest.mark.parametrize(
    ("line", "words", "model"),
    [
        (1, "Title, from line 1", AgendaItem),
        (7, "Witness: Dana Whitlock, from line 7", Person),
        (14, "Key point 1, from line 14", DiscussionPoint),
        (18, "Resolution, from line 18", AgendaItem),
        (21, "Recommendation 1: SCSB R1/26, from line 21", Recommendation),
        (25, "Action 1: SCSB A1/26, from line 25", Recommendation),
        (27, "Arrival or departure, from line 27", AgendaItem),
    ],
)
def test_what_a_line_became_leads_there(look, adopted, line, words, model):
    said, addresses = fates(look(adopted))[line]
    assert said == words
    point = DiscussionPoint.objects.get()
    there = {f"{adopted.meeting.get_absolute_url()}#point-{point.pk}"}
    assert addresses[0] in (
        there if model is DiscussionPoint else {one.get_absolute_url() for one in model.objects.all()}
    )


@pytest.mark.parametrize(("line", "words"), [(6, "Heading or page noise"), (15, "Left out: Said twice.")])
def test_what_came_to_nothing_is_told_as_well(look, adopted, line, words):
    assert fates(look(adopted))[line] == (words, [])


def test_a_line_that_was_never_read_is_told_as_such(look, draft):
    samples.change(draft, samples.found(draft, "point")[0], kind="unread")
    adopt(draft, by=draft.created_by)
    assert fates(look(draft))[14] == ("Not read, not recorded", [])


def test_a_witness_of_whom_the_post_alone_is_told_leads_to_the_item(look, draft):
    samples.change(draft, samples.found(draft, "witness")[0], name="")
    adopt(draft, by=draft.created_by)
    assert fates(look(draft))[7] == ("Witness, from line 7", [AgendaItem.objects.get().get_absolute_url()])


def test_what_was_added_by_hand_stands_below(look, adopted):
    assert look(adopted).text.endswith("Added by hand That the report be noted. – Resolution")


def test_of_two_items_each_line_leads_to_its_own(look, draft):
    drafts.begin_item(draft.content, samples.found(draft, "recommendation")[0]["id"])
    draft.content["items"][1] |= {"number": "8"}
    drafts.add(draft.content, 1, "title", "SCHOOL PLACES")
    draft.correct(draft.content, by=draft.created_by)
    adopt(draft, by=draft.created_by)
    first, second = AgendaItem.objects.order_by("id")
    told = fates(look(draft))
    assert (told[18][1], told[27][1]) == ([first.get_absolute_url()], [second.get_absolute_url()])


def test_a_discarded_draft_says_why_and_what_it_was_read_as(look, draft, clerk):
    draft.discard(by=clerk, reason="Wrong board.")
    page = look(draft)
    assert "Discarded on 18 November 2026 by Ruth Bailey: Wrong board. Nothing was recorded from it." in page.text
    assert fates(page)[14] == ("Key point 1", [])


def test_a_discarded_draft_is_found_in_its_list(sign_in, clerk, draft):
    draft.discard(by=clerk, reason="Wrong board.")
    page = read(sign_in(clerk), reverse("drafts") + "?state=discarded")
    assert reverse("draft", args=[draft.pk]) in page.links().values()


def test_the_page_of_the_meeting_leads_to_it_for_clerks_alone(sign_in, clerk, member, adopted):
    words = "The minutes as they were entered: item 7"
    links = [read(sign_in(who), adopted.meeting.get_absolute_url()).links() for who in (clerk, member)]
    assert links[0][words] == reverse("draft", args=[adopted.pk])
    assert words not in links[1]


def test_items_that_came_without_minutes_lead_nowhere(sign_in, clerk, board):
    meeting = factories.make_item(factories.make_meeting(board)).meeting
    assert "as they were entered" not in read(sign_in(clerk), meeting.get_absolute_url()).text


def test_what_is_sent_too_late_leads_to_the_meeting(sign_in, clerk, draft):
    client, address = sign_in(clerk), reverse("draft", args=[draft.pk])
    opened = read(client, address).fields
    adopt(draft, by=clerk)
    assert client.post(address, opened).url == draft.meeting.get_absolute_url()


def test_a_discarded_draft_that_is_checked_too_late_leads_to_its_text(sign_in, clerk, draft):
    draft.discard(by=clerk, reason="Wrong board.")
    assert sign_in(clerk).get(reverse("draft-check", args=[draft.pk])).url == reverse("draft", args=[draft.pk])


def test_long_minutes_ask_as_often_as_short_ones(adopted, django_assert_num_queries):
    with django_assert_num_queries(6):
        assert len(aftermath.fates(adopted)) > 10
