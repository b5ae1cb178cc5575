"""The tracker for the agenda: a page that prints as the paper, and files, in the columns that a clerk chose."""

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.models import Board, Refused, Stale
from tests import factories
from tests.exports.files import lines_of, received, sheets_of, tables_of
from tests.views.pages import Page, read, send

pytestmark = pytest.mark.usefixtures("today")
USUAL = [
    "Reference", "Meeting", "Item", "Recommendation", "Answers", "Owner", "Last update", "Due date", "Progress",
    "Timeliness",
]  # fmt: skip


@pytest.fixture
def asked(board, owner):
    """Open, closed three months ago, closed two years ago, an action."""
    item = factories.make_item(factories.make_meeting(board, factories.ago(800)), number="7")
    held = [factories.make_meeting(board, factories.ago(days)) for days in (90, 730)]
    return [
        factories.make_recommendation(item, owner=owner, due_on=factories.ago(12)),
        *(factories.make_recommendation(item, progress="closed_implemented", closed_at=meeting) for meeting in held),
        factories.make_recommendation(item, kind="action", text="Circulate the figures."),
    ]


@pytest.fixture
def tracker(board):
    return reverse("board-tracker", args=[board.pk])


def file_of(board, ending="csv", query=""):
    return reverse("board-tracker-file", args=[board.pk, ending]) + query


@pytest.mark.usefixtures("asked")
def test_the_page_has_what_is_open_in_the_usual_columns(tracker, sign_in, member):
    page = read(sign_in(member), tracker)
    assert page.heading == "Social Care Services Board: recommendations and actions"
    assert page.columns == USUAL
    assert [row[0] for row in page.rows] == ["SCSB R1/24"]
    assert "What is open." in page.text


@pytest.mark.usefixtures("asked")
def test_actions_stand_in_a_table_of_their_own(tracker, sign_in, member):
    page = read(sign_in(member), tracker)
    assert "Circulate the figures." in page.part("part-2")


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(("query", "count"), [("", 2), ("?show=recent", 3), ("?show=all", 4)])
def test_it_shows_what_is_asked_for(query, count, board, sign_in, member):
    assert len(lines_of(received(sign_in(member), file_of(board, query=query)))) == count


def test_it_stands_as_it_stood_on_a_day(asked, board, sign_in, member):
    with clock.set_to_day(factories.ago(-5)):
        asked[3].close("closed_superseded", at=factories.make_meeting(board, factories.ago(0)), by=None, reason="So.")
        counts = [len(lines_of(received(sign_in(member), file_of(board, query=on)))) for on in ("?on=2026-11-18", "")]
    assert counts == [2, 1]


@pytest.mark.usefixtures("asked")
def test_all_boards_have_one_together(other_board, sign_in, member):
    factories.make_recommendation(factories.make_item(factories.make_meeting(other_board)))
    page = read(sign_in(member), reverse("all-trackers"))
    assert [row[0] for row in page.rows] == ["HTSB R1/26", "SCSB R1/24"]
    lines = lines_of(received(sign_in(member), reverse("all-trackers-file", args=["csv"])))
    assert len(lines) == 3


@pytest.mark.usefixtures("board")
def test_an_empty_one_says_what_to_do(tracker, sign_in, member):
    assert "Show closed ones too, or another day." in read(sign_in(member), tracker).text


@pytest.mark.usefixtures("asked")
def test_it_leads_to_its_files_as_they_stand(tracker, board, sign_in, member):
    links = read(sign_in(member), f"{tracker}?show=all").links("//*[@class='app-downloads']")
    assert links["Word"] == file_of(board, "docx", "?show=all")
    assert links["CSV with every column"] == file_of(board, "csv", "?show=all&columns=all")
    assert "Choose the columns" not in links


@pytest.mark.usefixtures("asked")
def test_what_does_not_fit_on_the_page_is_in_the_files(tracker, sign_in, member, monkeypatch):
    monkeypatch.setattr("recommendations.views.agenda.TrackerPage.paginate_by", 3)
    page = read(sign_in(member), f"{tracker}?show=all")
    assert "This page has rows 1 to 3 of 4; the files have all of them." in page.text


@pytest.mark.usefixtures("asked")
def test_the_files_have_the_columns_of_the_page_and_all_if_asked(board, sign_in, member):
    client = sign_in(member)
    assert list(lines_of(received(client, file_of(board)))[0]) == USUAL
    assert list(sheets_of(received(client, file_of(board, "xlsx")))["Recommendations"][0]) == USUAL
    assert list(tables_of(received(client, file_of(board, "docx")))[0][0]) == USUAL
    assert len(lines_of(received(client, file_of(board, query="?columns=all")))[0]) == 27


@pytest.mark.usefixtures("asked")
def test_the_file_is_named_for_the_board_and_the_day(board, sign_in, member):
    client = sign_in(member)
    names = [client.get(address)["Content-Disposition"] for address in (file_of(board), "/boards/all/tracker.csv")]
    assert ["SCSB-tracker-2026-11-18.csv" in names[0], '"tracker-2026-11-18.csv"' in names[1]] == [True, True]


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("address", ["/boards/all/tracker", "board"])
def test_filters_that_make_no_sense_lead_to_the_page(address, board, tracker, sign_in, member):
    page = tracker.removesuffix("/") if address == "board" else address
    response = sign_in(member).get(f"{page}.csv?on=2026-02-31")
    assert response.url == f"{page}/?on=2026-02-31"
    assert read(sign_in(member), response.url).errors


# Exempt matter


def test_exempt_matter_is_told_and_can_be_left_out(asked, tracker, board, sign_in, member):
    asked[0].mark_exempt(3, by=None, reason="Names a child.")
    page = read(sign_in(member), tracker)
    assert "Holds exempt matter: not for publication." in page.text
    without = page.links()["Leave out exempt matter, for publication"]
    assert "Holds exempt matter" not in read(sign_in(member), tracker + without).text
    lines = lines_of(received(sign_in(member), file_of(board, query=without)))
    assert [line["Recommendation"] for line in lines] == ["Circulate the figures."]


def test_what_is_for_publication_has_nobodys_contact(asked, board, sign_in, clerk):
    factories.make_update(asked[0], "Ask olu@example.org.", by=clerk)
    files = [lines_of(received(sign_in(clerk), file_of(board, query=query)))[0] for query in ("", "?exempt=out")]
    assert ["olu@example.org" in line["Last update"] for line in files] == [True, False]


def test_those_not_entitled_do_not_even_hear_of_it(asked, tracker, sign_in, other_member):
    asked[0].mark_exempt(3, by=None, reason="Names a child.")
    page = read(sign_in(other_member), tracker)
    assert ("exempt" in page.text.replace("Exempt matter", "").lower(), page.rows[0][3]) == (
        False, "Circulate the figures.",
    )  # fmt: skip


# Columns


@pytest.fixture
def columns(board):
    return reverse("board-columns", args=[board.pk])


def shown(board):
    return Board.objects.get(pk=board.pk).tracker_columns


@pytest.mark.usefixtures("asked")
def test_a_clerk_chooses_the_columns(columns, tracker, board, sign_in, clerk):
    page = send(sign_in(clerk), columns, show=["text", "reference", "kind"])
    assert (page.banner, page.address) == ("The columns of the tracker are kept.", tracker)
    # In the order of the page, not of the ticks.
    assert page.columns == ["Reference", "Recommendation", "Kind"]
    assert board.history.latest("version").history_user == clerk


def test_a_column_moves_by_its_buttons_and_is_kept_when_saved(columns, board, sign_in, clerk):
    client = sign_in(clerk)
    asked = read(client, columns)
    for _ in range(2):
        asked = Page(client.post(columns, asked.fields | {"up": "text"}))
    moved = Page(client.post(columns, asked.fields | {"down": "reference"}))
    assert (moved.fields["order"][:4], shown(board)) == (["text", "reference", "meeting", "item"], [])
    client.post(columns, moved.fields)
    assert shown(board)[:4] == ["text", "reference", "meeting", "item"]


@pytest.mark.parametrize("button", [{"up": "reference"}, {"down": "old_reference"}, {"up": "no such column"}])
def test_what_cannot_move_stays(button, columns, sign_in, clerk):
    client = sign_in(clerk)
    asked = read(client, columns)
    assert Page(client.post(columns, asked.fields | button)).fields["order"] == asked.fields["order"]


def test_what_was_unticked_stays_so_while_columns_move(columns, sign_in, clerk):
    client = sign_in(clerk)
    sent = read(client, columns).fields | {"show": ["reference", "text"], "down": "reference"}
    assert Page(client.post(columns, sent)).fields["show"] == ["reference", "text"]


def test_the_usual_columns_come_back(columns, board, sign_in, clerk):
    board.choose_tracker_columns(["text", "reference"], by=clerk)
    page = send(sign_in(clerk), columns, usual="yes")
    assert (page.banner, shown(board)) == ("The tracker has the usual columns again.", [])


@pytest.mark.parametrize(
    ("ticked", "error"),
    [
        ([], "Tick the columns that the tracker shall have"),
        (["title"], "Keep “Reference” and “Recommendation”: without them nobody knows what a row is about."),
    ],
)
def test_a_choice_that_makes_no_tracker_is_refused(ticked, error, columns, board, sign_in, clerk):
    page = send(sign_in(clerk), columns, show=ticked)
    assert (page.errors, shown(board)) == ([error], [])


def test_a_choice_that_comes_too_late_is_told_so(columns, board, sign_in, clerk):
    client = sign_in(clerk)
    opened = read(client, columns)
    board.choose_tracker_columns(["text", "reference"], by=clerk)
    assert "This has changed since you opened it." in Page(client.post(columns, opened.fields)).errors[0]


def test_a_column_that_is_none_any_more_is_left_out(board, tracker, asked, sign_in, clerk):
    board.choose_tracker_columns(["reference", "shoe size", "text"], by=clerk)
    assert read(sign_in(clerk), tracker).columns == ["Reference", "Recommendation"]


def test_nobody_but_a_clerk_chooses(board, owner):
    with pytest.raises(Refused, match="Only a clerk chooses"):
        board.choose_tracker_columns(["reference", "text"], by=owner)


def test_nobody_chooses_over_what_they_have_not_seen(board, clerk):
    with pytest.raises(Stale):
        board.choose_tracker_columns(["reference", "text"], by=clerk, version=board.version + 1)


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize(
    ("more", "told"), [(4, "The Word document is made for A3."), (17, "too many for any paper")], ids=["A3", "none"]
)
def test_the_page_says_where_columns_are_too_many(more, told, columns, tracker, sign_in, clerk):
    order = read(sign_in(clerk), columns).fields["order"]
    assert told in send(sign_in(clerk), columns, show=order[: 10 + more]).text


# Ways to it


@pytest.mark.parametrize("address", ["/recommendations/", "/boards/"])
def test_lists_lead_to_it(address, asked, tracker, sign_in, member):
    assert {"/boards/all/tracker/", tracker} & set(read(sign_in(member), address).links().values())


def test_a_meeting_leads_to_the_tracker_of_its_board(asked, tracker, sign_in, member):
    page = read(sign_in(member), asked[0].item.meeting.get_absolute_url())
    assert page.links()["Tracker for the agenda"] == tracker


def test_the_public_reads_it_where_pages_are_public(asked, tracker, client, settings):
    settings.PUBLIC_PAGES = True
    assert len(read(client, tracker).rows) == 1
