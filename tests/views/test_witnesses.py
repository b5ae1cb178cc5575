"""Who has spoken to the boards: their list, the page of each, and the clerks who say which of them are one person."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.models import Evidence
from recommendations.views import paging
from tests import factories
from tests.views.pages import Page, read, send

WHY = "The same post at both meetings."


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board, datetime.date(2026, 9, 23)), title="Missing children")


@pytest.fixture
def claire(item):
    return factories.make_speaker("Claire Curran", item, role="Cabinet Member", organisation="")


@pytest.fixture
def clare(board):
    later = factories.make_item(factories.make_meeting(board, datetime.date(2026, 11, 4)), title="Care leavers")
    return factories.make_speaker("Clare Curran", later, role="Leader", organisation="Example Council")


@pytest.fixture
def look(sign_in, person):
    return lambda name, *keys, who="member": read(sign_in(person(who)), reverse(name, args=keys))


class TestList:
    def test_everybody_who_spoke_is_there_with_role_and_meetings(self, look, claire, clare):
        assert look("witnesses").rows == [
            ["Claire Curran", "Cabinet Member", "1", "23 September 2026", "0", "0"],
            ["Clare Curran", "Leader, Example Council", "1", "4 November 2026", "0", "0"],
        ]

    def test_the_latest_roles_of_one_person_stand_together(self, look, claire, clare, clerk):
        clare.merge(into=claire, by=clerk, reason=WHY)
        [row] = look("witnesses").rows
        assert row[1:4] == ["Leader, Example Council Cabinet Member", "2", "4 November 2026"]

    def test_a_name_alone_has_no_role(self, look, item):
        factories.make_speaker("Ravi Chand", item, role="", organisation="")
        assert look("witnesses").rows[0][1] == "No role recorded"

    @pytest.mark.parametrize("sort", ["name", "-name"])
    @pytest.mark.parametrize("hidden", [0, 30])
    def test_many_are_read_page_by_page(self, sign_in, other_member, item, monkeypatch, sort, hidden):
        monkeypatch.setattr(paging, "MOST_COUNTED", 30)
        exempt = factories.make_item(item.meeting, exempt_paragraph=3)
        for n in range(hidden):
            factories.make_speaker(f"Aa {n}", exempt, role="", organisation="")
        for n in range(40):
            factories.make_speaker(f"Bo {n:02}", item, role="", organisation="")
        second = read(sign_in(other_member), f"{reverse('witnesses')}?size=25&sort={sort}&page=2")
        assert [row[0] for row in second.rows] == sorted([f"Bo {n:02}" for n in range(40)], reverse=sort[0] == "-")[25:]

    def test_who_spoke_to_an_exempt_item_alone_is_not_there(self, look, board):
        factories.make_speaker("Claire Curran", factories.make_item(factories.make_meeting(board), exempt_paragraph=3))
        assert "No minutes with witnesses have been adopted yet." in look("witnesses", who="other_member").text
        assert len(look("witnesses", who="member").rows) == 1


class TestNarrowing:
    """The list, narrowed and sorted by its address."""

    @pytest.fixture(autouse=True)
    def many(self, claire, clare, item):
        factories.make_speaker("Tim O’Hara", item, role="Nurse, Example Hospital", organisation="")

    @pytest.fixture
    def names(self, sign_in, person):
        def names(query, who="member"):
            return [row[0] for row in read(sign_in(person(who)), reverse("witnesses") + query).rows]

        return names

    @pytest.mark.parametrize(
        ("query", "left"),
        [
            ("?name=curran", ["Claire Curran", "Clare Curran"]),
            ("?name=curran+claire", ["Claire Curran"]),
            ("?name=o'hara", ["Tim O’Hara"]),
            ("?organisation=example+council", ["Clare Curran"]),
            ("?organisation=HOSPITAL", ["Tim O’Hara"]),
            ("?name=clare&organisation=hospital", []),
        ],
    )
    def test_it_is_searched_by_name_and_by_role_or_organisation(self, names, query, left):
        assert names(query) == left

    def test_who_was_merged_is_found_under_every_spelling(self, names, claire, clare, clerk):
        clare.merge(into=claire, by=clerk, reason=WHY)
        assert names("?name=clare") == names("?organisation=leader") == ["Claire Curran"]

    def test_what_one_may_not_read_is_not_searched(self, names, claire, board):
        hidden = factories.make_item(factories.make_meeting(board), exempt_paragraph=3)
        factories.make_witness(hidden, "Claire Byrne", role="Adopter", person=claire)
        assert names("?name=byrne", who="other_member") == names("?organisation=adopter", who="other_member") == []
        assert names("?name=byrne") == names("?organisation=adopter") == ["Claire Curran"]

    @pytest.mark.parametrize(
        ("sort", "first"), [("-name", "Tim O’Hara"), ("last", "Claire Curran"), ("-last", "Clare Curran")]
    )
    def test_it_is_sorted_by_its_headings(self, names, sort, first):
        assert names(f"?sort={sort}")[0] == first

    def test_who_spoke_most_often_comes_first_where_asked(self, names, claire, clare, clerk):
        clare.merge(into=claire, by=clerk, reason=WHY)
        assert names("?sort=-meetings") == ["Claire Curran", "Tim O’Hara"]

    def test_it_says_how_many_and_what_it_is_narrowed_to(self, sign_in, member):
        page = read(sign_in(member), reverse("witnesses") + "?name=curran&sort=last")
        assert page.heading == "2 witnesses"
        assert page.links()["Remove Name: curran"] == "?sort=last"

    def test_nothing_found_is_told_with_the_way_back(self, sign_in, member):
        page = read(sign_in(member), reverse("witnesses") + "?name=nobody")
        assert page.text.endswith("No witness fits these filters. Show all")

    def test_a_search_that_makes_no_sense_is_told_and_leaves_all(self, sign_in, member):
        page = read(sign_in(member), reverse("witnesses") + "?name=" + "x" * 101)
        assert (len(page.errors), len(page.rows)) == (1, 3)


class TestPage:
    def test_it_says_what_they_spoke_to_the_latest_first(self, look, claire, clare, clerk):
        clare.merge(into=claire, by=clerk, reason=WHY)
        page = look("witness", claire.pk)
        assert page.heading == "Claire Curran"
        assert "In the minutes also: Clare Curran." in page.text
        assert list(page.links()) == ["Care leavers", "Missing children"]
        assert "Social Care Services Board, 4 November 2026 As Clare Curran, Leader, Example Council" in page.text

    def test_it_names_the_recommendations_that_rest_on_them(self, look, claire, item):
        recommendation = factories.make_recommendation(item)
        factories.make_evidence(recommendation, witness=claire.witnesses.get())
        assert f"Led to: {recommendation.reference} {recommendation.title}" in look("witness", claire.pk).text

    def test_what_no_longer_rests_on_them_is_not_named(self, look, claire, item, clerk):
        recommendation = factories.make_recommendation(item)
        factories.make_evidence(recommendation, witness=claire.witnesses.get())
        recommendation.link_evidence(points=[], witnesses=[], by=clerk)
        assert Evidence.objects.count() == 1
        assert "Led to" not in look("witness", claire.pk).text

    def test_exempt_items_and_recommendations_are_left_out(self, look, claire, item, board):
        hidden = factories.make_item(item.meeting, exempt_paragraph=3, title="Placements")
        factories.make_witness(hidden, "Claire Curran", person=claire)
        factories.make_evidence(
            factories.make_recommendation(item, exempt_paragraph=3), witness=claire.witnesses.first()
        )
        told = look("witness", claire.pk, who="other_member").text
        assert "Placements" not in told
        assert "Led to" not in told
        assert "Placements" in look("witness", claire.pk, who="member").text

    def test_who_was_merged_leads_to_who_it_is(self, sign_in, member, claire, clare, clerk):
        clare.merge(into=claire, by=clerk, reason=WHY)
        assert sign_in(member).get(clare.get_absolute_url()).url == claire.get_absolute_url()

    def test_a_hidden_person_and_an_unknown_one_are_answered_alike(self, look, board):
        item = factories.make_item(factories.make_meeting(board), exempt_paragraph=3)
        hidden = factories.make_speaker("Claire Curran", item)
        for pk in (hidden.pk, 99999):
            assert look("witness", pk, who="other_member").status == 404

    def test_the_minutes_of_a_meeting_lead_to_it(self, look, claire, item):
        factories.make_witness(item, "Ravi Chand", role="", organisation="")
        page = look("meeting", item.meeting.pk)
        assert page.links()["Claire Curran"] == claire.get_absolute_url()
        assert "Ravi Chand" in page.text
        assert "Ravi Chand" not in page.links()

    def test_members_are_not_offered_to_merge(self, look, claire):
        assert not [words for words in look("witness", claire.pk).links() if "Merge" in words]


class TestMerging:
    def test_nearly_equal_names_are_offered_first(self, look, claire, clare):
        factories.make_speaker("Ravi Chand")
        page = look("witness-merge", clare.pk, who="clerk")
        groups = [(group.get("label"), [one.text for one in group]) for group in page.main.iter("optgroup")]
        assert groups[0] == ("Nearly the same name", ["Claire Curran, Cabinet Member, who spoke on 23 September 2026"])
        assert groups[1][0] == "Everybody else"

    def test_a_clerk_merges_two_people_and_is_led_to_the_one(self, sign_in, clerk, claire, clare):
        page = send(sign_in(clerk), reverse("witness-merge", args=[clare.pk]), into=claire, reason=WHY)
        assert page.heading == "Claire Curran"
        assert page.banner == "Clare Curran is merged into Claire Curran."
        assert f"Clare Curran, on 18 November 2026 by Ruth Bailey: {WHY}" in page.text

    def test_it_asks_who_and_why(self, sign_in, clerk, clare, claire):
        page = send(sign_in(clerk), reverse("witness-merge", args=[clare.pk]), into="", reason="")
        assert page.errors == ["Select the answer to “Who is it really?”", "Enter the answer to “How do you know?”"]

    def test_who_was_merged_elsewhere_meanwhile_is_refused_in_words(self, sign_in, clerk, claire, clare):
        other, client = factories.make_speaker("C Curran"), sign_in(clerk)
        address = reverse("witness-merge", args=[clare.pk])
        sent = read(client, address).fields | {"into": other.pk, "reason": WHY}
        clare.merge(into=claire, by=clerk, reason=WHY)
        page = Page(client.post(address, sent))
        assert "This has changed since you opened it." in page.errors[0]
        assert "Merged into changed from nothing to Claire Curran" in page.errors[0]

    def test_nobody_is_merged_twice(self, look, claire, clare, clerk):
        clare.merge(into=claire, by=clerk, reason=WHY)
        assert look("witness-merge", clare.pk, who="clerk").status == 403

    def test_they_are_taken_apart_again(self, sign_in, clerk, look, claire, clare):
        clare.merge(into=claire, by=clerk, reason=WHY)
        assert "Take them apart: Clare Curran and Claire Curran" in look("witness", claire.pk, who="clerk").links()
        page = send(sign_in(clerk), reverse("witness-unmerge", args=[clare.pk]), reason="Two sisters.")
        assert page.heading == "Clare Curran"
        assert page.banner == "Clare Curran and Claire Curran are two people again."
        assert "Merged into this person" not in look("witness", claire.pk, who="clerk").text

    def test_who_was_not_merged_cannot_be_taken_apart(self, look, claire):
        assert look("witness-unmerge", claire.pk, who="clerk").status == 403

    def test_only_clerks_read_what_was_merged(self, look, claire, clare, clerk):
        clare.merge(into=claire, by=clerk, reason=WHY)
        assert "Merged into this person" not in look("witness", claire.pk).text


def queries_for(client, name, *keys):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=keys)).status_code == 200
    return len(asked)


def test_lists_and_pages_ask_as_often_for_many_as_for_one(sign_in, clerk, claire, item):
    client = sign_in(clerk)
    other = factories.make_speaker("Clare Curran")
    other.merge(into=claire, by=clerk, reason=WHY)
    factories.make_evidence(factories.make_recommendation(item), witness=claire.witnesses.first())
    pages = [("witnesses",), ("witness", claire.pk), ("witness-merge", claire.pk), ("meeting", item.meeting.pk)]
    for_few = [queries_for(client, *page) for page in pages]
    for number in range(12):
        factories.make_speaker(f"Claire Curran{number}", item)
        factories.make_speaker(f"C{number} Curran").merge(into=claire, by=clerk, reason=WHY)
        factories.make_evidence(factories.make_recommendation(item), witness=claire.witnesses.last())
    assert [queries_for(client, *page) for page in pages] == for_few
