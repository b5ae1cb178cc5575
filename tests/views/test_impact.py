"""The page of a municipal year, and its Word document: each number leads to its rows, and both say the same."""

import datetime
import io

import pytest
from django.urls import reverse
from docx import Document

from recommendations import clock
from recommendations.impact import reading
from recommendations.models import Answer, Progress, Recommendation
from tests import factories
from tests.views.pages import content_of, read, words_of


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day, 18 November 2026."""


@pytest.fixture
def item(board):
    """Of a meeting in September, so in 2026/27."""
    return factories.make_item(factories.make_meeting(board), number="7")


@pytest.fixture
def lived(item, owner, clerk):
    """One done with a note, one superseded, one late, one action, each with what a row shows."""
    done, old, late = (factories.make_recommendation(item, title=title) for title in ("Visit", "Write", "Count"))
    factories.make_recommendation(item, title="Send", kind=Recommendation.Kind.ACTION)
    factories.make_response(done, "the Cabinet", answer=Answer.ACCEPTED)
    factories.make_report(late, due_on=factories.ago(3))
    factories.make_evidence(done, witness=factories.make_witness(item, "Dana Whitlock", role="Head", organisation=""))
    done.close(Progress.IMPLEMENTED, at=item.meeting, by=clerk, minute="5/26", note="Fewer go missing.")
    old.close(Progress.SUPERSEDED, at=item.meeting, by=clerk, reason="A new law.")
    return {"done": done, "old": old, "late": late}


@pytest.fixture
def look(sign_in, member, board):
    """The board's year as the member, or somebody else, sees it."""

    def page(query="", who=member, year=2026):
        return read(sign_in(who), reverse("board-impact-year", args=[board.pk, year]) + query)

    return page


def table(page, anchor):
    """The cells of the rows of the table under the heading with this id."""
    rows = page.main.xpath(f".//table[@aria-labelledby='{anchor}']/tbody/tr[td]")
    return [[words_of(cell) for cell in row] for row in rows]


def test_the_first_screen_tells_the_year(look, lived):
    page = look()
    assert page.heading == "Impact in 2026/27"
    assert "Of 3 recommendations asked in 2026/27, 1 was accepted and 1 is done; 1 is late." in page.text
    counts = page.links(".//ul[contains(@class, 'app-counts')]")
    assert list(counts) == ["3 recommendations asked", "1 accepted, wholly or in part", "1 done", "1 late now"]
    assert "As it stands on 18 November 2026." in page.text


def test_what_changed_is_quoted_with_where_it_was_asked_and_closed(look, lived):
    told = look().part("changed")
    reference = lived["done"].reference
    assert f"Asked in 2026/27 Fewer go missing. {reference}: Visit Asked by the Social Care Services Board on" in told
    assert "Closed: implemented, by the Social Care Services Board on 19 September 2026, minute 5/26." in told


def test_every_number_leads_to_as_many_rows(look, lived):
    page = look()
    numbers = page.main.xpath(".//table[@aria-labelledby='figures']//td[2 > position()]//a")
    assert len(numbers) > 8
    for number in numbers:
        query, _, anchor = number.get("href").partition("#")
        shown = look(query)
        rows = shown.main.find_class("app-impact") if anchor == "changed" else table(shown, anchor)
        assert len(rows) == int(number.text), number.get("href")


def test_a_number_of_the_year_before_leads_to_that_year(look, lived, board, item):
    before = factories.make_item(factories.make_meeting(board, datetime.date(2026, 3, 4)))
    factories.make_recommendation(before)
    page = look()
    assert "What was asked in 2025/26 has had a year longer." in page.text
    [address] = page.main.xpath(".//table[@aria-labelledby='figures']/tbody[1]/tr[2]/td[2]/a/@href")
    assert address == reverse("board-impact-year", args=[board.pk, 2025]) + "?show=asked#rows"


def test_a_row_says_what_was_answered_and_where_it_stands(look, lived):
    [row] = table(look("?show=done"), "rows")
    assert row == [
        lived["done"].reference, "19 September 2026", "Visit Do something", "The Cabinet: accepted", "Closed: implemented",
        "0", "0",
    ]  # fmt: skip


def test_what_stands_below_is_said_with_the_way_back_to_all(look, lived):
    page = look("?show=late")
    assert "Of these, late (1)" in page.text
    assert page.links()["Show all recommendations asked"] == "?#rows"
    assert "There are none." in look("?show=not_accepted").text


@pytest.mark.parametrize("query", ["?show=nonsense", "?show=lateness", "?page=99"])
def test_an_address_that_makes_no_sense_shows_all(look, lived, query):
    assert len(table(look(query), "rows")) == 3


def test_why_it_was_not_done_and_what_is_late_stand_in_tables(look, lived):
    page = look()
    assert table(page, "not-done") == [
        [lived["old"].reference, "Write", "Closed: superseded", "19 September 2026", "A new law."]
    ]
    assert table(page, "lateness") == [
        [lived["late"].reference, "Follow-up report 1: Count", "15 November 2026", "Still awaited", "3"]
    ]


def test_who_told_the_board_stands_with_what_came_of_it(look, lived):
    assert (
        look().part("witnesses").startswith(f"Dana Whitlock, Head {lived['done'].reference}: Visit Closed: implemented")
    )


def test_clerks_are_led_to_what_has_no_note(look, item, clerk, member):
    done = factories.make_recommendation(item, progress=Progress.IMPLEMENTED)
    address = reverse("recommendation-outcome", args=[done.slug])
    assert look(who=clerk).links()[f"Write what changed: {done.reference}"] == address
    assert address not in look(who=member).links().values()
    assert "Nobody has written down yet what changed." in look(who=member).text


def test_an_empty_year_says_what_to_do(look, clerk, member):
    assert "Nothing was asked or closed in 2001/02. Enter minutes" in look(who=clerk, year=2001).text
    assert "Nothing was asked or closed in 2001/02. See all recommendations" in look(year=2001).text


@pytest.mark.parametrize("year", [0, 1899, 2201, 99999999999999999999])
def test_a_year_that_no_board_has_met_in_is_not_found(look, year):
    assert look(year=year).status == 404


def test_a_past_day_stays_in_every_link(look, lived, clerk):
    query = f"?on={factories.ago(2).isoformat()}"
    with clock.set_to_day(factories.ago(4)):
        factories.make_recommendation(lived["late"].item, title="Early")
    page = look(query)
    assert "As it stood at the end of 16 November 2026" in page.text
    assert "Of 1 recommendation asked" in page.text
    numbers = page.links(".//ul[contains(@class, 'app-counts')]").values()
    assert {address for address in numbers if "&on=2026-11-16#rows" not in address} == set()


def test_a_day_that_makes_no_sense_is_said_and_today_is_told(look, lived):
    page = look("?on=2026-13-45")
    assert page.errors
    assert "Of 3 recommendations" in page.text


def test_the_latest_year_with_something_opens_first(sign_in, member, board, item):
    browser = sign_in(member)
    assert browser.get(reverse("board-impact", args=[board.pk])).url == f"/boards/{board.pk}/impact/2026/"
    factories.make_recommendation(factories.make_item(factories.make_meeting(board, datetime.date(2024, 3, 4))))
    assert browser.get(reverse("impact")).url == "/impact/2023/"
    assert browser.get(reverse("board-impact", args=[0])).status_code == 404


def test_all_boards_of_a_large_site_leave_the_year_to_each(sign_in, member, lived, board, other_board, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 3)
    factories.make_meeting(other_board)
    page = read(sign_in(member), "/impact/2026/")
    links = {link.text_content(): link.get("href") for link in page.main.xpath(".//ul//a")}
    assert links == {str(each): f"/boards/{each.pk}/impact/2026/" for each in (board, other_board)}
    assert "too much for one page" in page.text


def test_other_years_and_boards_are_a_link_away(look, sign_in, member, lived, board, other_board):
    factories.make_recommendation(factories.make_item(factories.make_meeting(board, datetime.date(2024, 3, 4))))
    factories.make_recommendation(factories.make_item(factories.make_meeting(other_board)))
    links = look().links(".//details")
    assert links["2023/24"] == f"/boards/{board.pk}/impact/2023/"
    assert links["All boards"] == "/impact/2026/"
    assert links[other_board.name] == f"/boards/{other_board.pk}/impact/2026/"
    assert "Of 4 recommendations asked" in read(sign_in(member), links["All boards"]).text


def test_exempt_matter_is_told_to_those_entitled_alone(look, item, member, other_member):
    factories.make_recommendation(item, title="Quokka", exempt_paragraph=3)
    assert "1 recommendation here is exempt: not for publication." in look(who=member).text
    seen = look(who=other_member).text
    assert ("Quokka" in seen, "exempt" in seen.lower()) == (False, False)


# The Word document


@pytest.fixture
def word(sign_in, member, board):
    """The year as a Word document, as the member gets it."""

    def document(year=2026):
        sent = sign_in(member).get(reverse("board-impact-word", args=[board.pk, year]))
        return sent, Document(io.BytesIO(content_of(sent)))

    return document


def test_the_document_is_named_after_board_and_year(word, lived, sign_in, member):
    assert word()[0]["Content-Disposition"] == 'attachment; filename="SCSB-impact-2026-27.docx"'
    of_all = sign_in(member).get(reverse("impact-word", args=[2026]))
    assert of_all["Content-Disposition"] == 'attachment; filename="all-impact-2026-27.docx"'


def test_the_document_says_what_the_page_says(word, look, lived):
    _, document = word()
    page = look()
    said = [paragraph.text for paragraph in document.paragraphs]
    assert "Of 3 recommendations asked in 2026/27, 1 was accepted and 1 is done; 1 is late." in said
    headings = [words_of(heading).lower() for heading in page.main.findall(".//h2") if heading.get("id")]
    printed = [p.text.lower() for p in document.paragraphs if p.style.name == "Heading 2"]
    assert set(headings) <= {*printed, "what came late, or is late (1)", "recommendations asked (3)"}
    assert "actions asked of officers (1)" in printed


def test_the_document_has_every_row_of_the_page(word, look, lived):
    _, document = word()
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"Fewer go missing.", "A new law.", "Still awaited", "Dana Whitlock, Head"} <= cells
    titles = [table._tbl.tblPr.xpath("w:tblCaption/@w:val")[0] for table in document.tables]
    assert "The year in numbers" in titles


def test_the_document_of_an_empty_year_says_so(word):
    _, document = word(2001)
    assert document.paragraphs[-1].text == "Nothing was asked or closed in 2001/02."


def test_the_document_of_a_year_in_which_nothing_was_late_or_noted_says_so(word, board):
    factories.make_recommendation(
        factories.make_item(factories.make_meeting(board)), exempt_paragraph=3, due_on=factories.ago(-1)
    ).set_due_date(factories.ago(-8), by=None, reason="Holidays.")
    said = [paragraph.text for paragraph in word()[1].paragraphs]
    for sentence in (
        "1 recommendation here is exempt: not for publication.", "Nobody has written down yet what changed.",
        "Nothing came late, and nothing is late.", "There are none.", "1 due date was moved once, by 7 days in all.",
    ):  # fmt: skip
        assert sentence in said
