"""Pages of lists are written once for each version of the records, and filters name no more people than one looks through."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.forms import choosing, filters
from recommendations.memory import Memory
from recommendations.models import SavedView
from recommendations.views.written import pages, parts
from tests import factories
from tests.views.pages import read, words_of

LISTS = ("dashboard", "recommendations", "follow-ups", "answers", "late", "organisations")


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


@pytest.fixture
def late(board, owner):
    recommendation = factories.make_recommendation(board=board, owner=owner, title="Visit the schools")
    factories.make_report(recommendation, due_on=factories.ago(3))
    return recommendation


@pytest.mark.parametrize("name", LISTS)
def test_a_page_that_was_written_asks_the_database_for_no_row_again(name, late, sign_in, member):
    client = sign_in(member)
    first = client.get(reverse(name)).content
    with CaptureQueriesContext(connection) as asked:
        second = client.get(reverse(name)).content
    assert words_of_main(second) == words_of_main(first)
    # Session, person, rights; views that are kept; what is newest; the dashboard’s figures.
    assert len(asked) <= 6


def test_the_page_of_an_organisation_is_written_once_and_anew_after_an_answer(late, sign_in, member, clerk):
    police = factories.make_organisation("Example Police")
    response = factories.make_response(late, "The Police", organisation=police)
    client = sign_in(member)
    assert "1 Accepted" not in read(client, police.get_absolute_url()).links()
    with CaptureQueriesContext(connection) as asked:
        client.get(police.get_absolute_url())
    assert len(asked) <= 7
    response.answer_with("accepted", by=clerk, on=factories.ago(0), reasons=factories.WHY)
    assert "1 Accepted" in read(client, police.get_absolute_url()).links()


def test_a_page_is_kept_in_a_third_of_its_bytes(late, sign_in, member):
    sent = sign_in(member).get(reverse("recommendations")).content
    (_, kept), *others = pages.kept.values()
    assert not others
    assert len(kept) * 3 < len(sent)


def words_of_main(content):
    return content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("name", ["dashboard", "recommendations", "follow-ups", "late"])
def test_a_change_is_on_the_page_at_once(name, late, sign_in, member, clerk):
    client = sign_in(member)
    assert "Visit the schools" in words_of(read(client, reverse(name)).main)
    late.retitle("Visit every school", by=clerk)
    assert "Visit every school" in words_of(read(client, reverse(name)).main)


def test_what_becomes_exempt_is_gone_at_once(late, sign_in, other_member, clerk):
    client = sign_in(other_member)
    assert read(client, reverse("recommendations")).rows
    late.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert not read(client, reverse("recommendations")).rows


def test_nobody_is_shown_what_was_written_for_somebody_else(late, sign_in, member, other_member, clerk):
    late.mark_exempt(3, by=clerk, reason=factories.WHY)
    assert read(sign_in(member), reverse("recommendations")).rows
    assert not read(sign_in(other_member), reverse("recommendations")).rows


def test_a_view_that_is_kept_is_on_the_page_at_once(late, sign_in, member):
    client = sign_in(member)
    client.get(reverse("recommendations"))
    SavedView(user=member, page="recommendations", query="only=open", name="What is open").keep(by=member)
    assert "What is open" in words_of(read(client, reverse("recommendations")).main)


def test_what_was_written_for_one_session_carries_the_token_of_the_next(late, sign_in, member):
    read(sign_in(member), reverse("recommendations"))
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    token = read(client, reverse("recommendations")).html.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    assert client.post(reverse("sign-out"), {"csrfmiddlewaretoken": token}).status_code == 302


def test_what_somebody_is_told_is_on_no_later_page(late, sign_in, member):
    client = sign_in(member)
    client.post(reverse("recommendation-follow", args=[late.slug]))
    assert "You follow" in words_of(read(client, reverse("recommendations")).main)
    assert "You follow" not in words_of(read(client, reverse("recommendations")).main)


# Owners by name, where they are many


@pytest.fixture
def many(monkeypatch, late, other_officer):
    """Two owners are more than anybody looks through."""
    monkeypatch.setattr(choosing, "MOST", 1)
    return factories.make_recommendation(owner=other_officer, title="Repair the bridge")


@pytest.mark.parametrize("typed", ["Olu Shah", "olu shah", "Shah"])
def test_of_many_owners_the_name_is_typed(many, sign_in, member, typed):
    page = read(sign_in(member), f"{reverse('recommendations')}?owner={typed}")
    assert [row[2] for row in page.rows] == ["Visit the schools"]
    assert page.main.xpath(".//input[@name='owner']/@value") == [typed]


def test_of_many_owners_a_link_may_have_the_number(many, sign_in, member, owner):
    page = read(sign_in(member), f"{reverse('recommendations')}?owner={owner.pk}")
    assert [row[2] for row in page.rows] == ["Visit the schools"]
    assert page.main.xpath(".//input[@name='owner']/@value") == ["Olu Shah"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Nobody Known", "No owner has this name. Type it as the lists have it"),
        ("a", "Several owners have this in their names. Type the whole name"),
    ],
)
def test_a_name_that_is_nobodys_or_several_is_refused(many, sign_in, member, typed, sentence):
    page = read(sign_in(member), f"{reverse('recommendations')}?owner={typed}")
    assert sentence in words_of(page.main)


def test_what_has_no_owner_is_asked_for_by_a_word(many, sign_in, member):
    factories.make_recommendation(title="Count the trees")
    page = read(sign_in(member), f"{reverse('dashboard')}?owner=none")
    assert page.main.xpath(".//input[@name='owner']/@value") == ["none"]


def test_a_view_keeps_the_name_that_was_typed(many, sign_in, member):
    SavedView(user=member, page="recommendations", query="owner=Shah", name="His").keep(by=member)
    assert "Owner: Shah" in words_of(read(sign_in(member), f"{reverse('recommendations')}?all=1").main)


def test_of_many_meetings_the_latest_are_offered(many, sign_in, member, board):
    earlier = factories.make_item(factories.make_meeting(board, factories.ago(300)))
    factories.make_recommendation(earlier, title="Ask the bus company")
    page = read(sign_in(member), f"{reverse('recommendations')}?meeting={earlier.meeting_id}")
    assert [row[2] for row in page.rows] == ["Ask the bus company"]
    assert len(page.main.xpath(".//select[@name='meeting']/option")) == 2


# What is no list


def test_my_work_shows_a_change_at_once(late, sign_in, owner, clerk):
    client = sign_in(owner)
    assert "Visit the schools" in words_of(read(client, reverse("my-work")).main)
    late.retitle("Visit every school", by=clerk)
    assert "Visit every school" in words_of(read(client, reverse("my-work")).main)


@pytest.mark.parametrize("address", ["/my-work/", "/search/?q=schools"])
def test_what_was_written_is_put_into_the_page_again(address, late, sign_in, owner):
    client = sign_in(owner)
    first = client.get(address).content
    with CaptureQueriesContext(connection) as asked:
        assert words_of_main(client.get(address).content) == words_of_main(first)
    assert len(asked) <= 5


def test_a_search_finds_what_was_said_a_moment_ago(late, sign_in, member, owner):
    client = sign_in(member)
    assert "bridges" not in words_of(read(client, "/search/?q=crossing").main)
    late.say("Every crossing was counted, and the bridges.", by=owner)
    assert "bridges" in words_of(read(client, "/search/?q=crossing").main)


# The filters, which most changes leave as they were


def test_filters_are_not_written_again_when_a_record_changes(late, sign_in, member, clerk):
    client = sign_in(member)
    client.get(reverse("recommendations"))
    before = len(filters.written.kept)
    late.retitle("Visit every school", by=clerk)
    client.get(reverse("recommendations"))
    assert len(filters.written.kept) == before == 1


def test_a_board_that_is_new_can_be_chosen_at_once(late, sign_in, member):
    client = sign_in(member)
    client.get(reverse("recommendations"))
    factories.make_board(code="NEW", name="A new board")
    assert "A new board" in words_of(read(client, reverse("recommendations")).main)


def test_what_one_chose_is_chosen_on_no_other_page(late, sign_in, member):
    client = sign_in(member)
    for asked, chosen in (("?only=open", ["open"]), ("?all=1", []), ("?only=open", ["open"])):
        page = read(client, reverse("recommendations") + asked)
        assert page.main.xpath(".//select[@name='only']/option[@selected and @value!='']/@value") == chosen


def test_who_owns_what_is_exempt_alone_is_named_to_nobody_else(late, sign_in, member, other_member, clerk, owner):
    late.mark_exempt(3, by=clerk, reason=factories.WHY)
    for person, is_named in ((member, True), (other_member, False)):
        page = read(sign_in(person), reverse("recommendations"))
        assert (str(owner) in page.main.xpath(".//select[@name='owner']/option/text()")) is is_named


# Parts of a page, which most changes leave as they were


def rename_owner(late, clerk):
    late.owner.full_name = "Olu Adeyemi"
    late.owner.record(by=clerk, reason=factories.WHY)


def rename_board(late, clerk):
    late.board.name = "Renamed Board"
    late.board.record(by=clerk, reason=factories.WHY)


def move_meeting(late, clerk):
    late.item.meeting.held_on = factories.ago(3)
    late.item.meeting.record(by=clerk, reason=factories.WHY)


ROW_CHANGES = {
    "the title": lambda late, clerk: late.retitle("Visit every school", by=clerk),
    "the owner": lambda late, clerk: late.assign(None, by=clerk, reason=factories.WHY),
    "the owner's name": rename_owner,
    "the board's name": rename_board,
    "the due date": lambda late, clerk: late.follow_ups.get().set_due_date(
        factories.ago(1), by=clerk, reason=factories.WHY
    ),
    "what was heard last": lambda late, clerk: late.say("Half of them are seen.", by=clerk),
}


# What the row of a recommendation does not show.
NOT_OF_RECOMMENDATIONS = {"the board's name", "what was heard last"}
IN_LISTS = [("dashboard", what) for what in ROW_CHANGES] + [("follow-ups", what) for what in ROW_CHANGES]
IN_LISTS += [("recommendations", what) for what in ROW_CHANGES if what not in NOT_OF_RECOMMENDATIONS]
IN_LISTS += [("recommendations", what) for what in ("the progress", "the meeting's day")]
ROW_CHANGES["the progress"] = lambda late, clerk: late.change_progress("paused", by=clerk, reason=factories.WHY)
ROW_CHANGES["the meeting's day"] = move_meeting


@pytest.mark.parametrize(("page", "what"), IN_LISTS)
def test_every_change_of_a_row_is_written(page, what, late, sign_in, clerk):
    client, address = sign_in(clerk), reverse(page)
    before = read(client, address).rows
    ROW_CHANGES[what](late, clerk)
    changed = read(client, address).rows
    Memory.forget()
    assert before != changed == read(client, address).rows


def test_a_row_says_where_its_report_stands_where_the_list_has_a_column_for_it(late, sign_in, clerk):
    rows = [read(sign_in(clerk), reverse(page)).rows[0] for page in ("dashboard", "follow-ups", "dashboard")]
    assert [row[-1] == "Awaited" for row in rows] == [False, True, False]


def test_a_change_leaves_the_other_rows_of_the_dashboard_as_they_were_written(late, sign_in, clerk, board):
    factories.make_report(factories.make_recommendation(board=board), due_on=factories.ago(2))
    client = sign_in(clerk)
    client.get(reverse("dashboard"))
    before = {*parts.kept}
    late.retitle("Visit every school", by=clerk)
    client.get(reverse("dashboard"))
    assert len([key for key in {*parts.kept} - before if "_report_rows" in key[0]]) == 1


def test_what_was_heard_in_private_is_in_nobody_elses_row(late, sign_in, member, other_member, owner):
    late.say("A child was named.", by=owner, exempt_paragraph=1)
    told = [read(sign_in(one), reverse("dashboard")).rows[0][-1] for one in (member, other_member)]
    assert told == ["18 November 2026", "Never"]


def test_a_change_leaves_the_pictures_of_the_same_numbers_as_they_were_drawn(late, sign_in, clerk):
    client = sign_in(clerk)
    client.get(reverse("dashboard"))
    before = {*parts.kept}
    late.change_progress("in_progress", by=clerk)
    late.set_due_date(factories.ago(1), by=clerk)
    client.get(reverse("dashboard"))
    drawn = {key[2][0] for key in {*parts.kept} - before if "_picture" in key[0]}
    assert drawn == {"by_month", "owners", "times_moved", "days_slipped"}
