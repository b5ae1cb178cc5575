"""Every list downloads as it stands: all of its pages, filtered and sorted, for whoever may read it."""

import datetime
import io
import zipfile

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.exports import chunks
from recommendations.views import paging
from tests import factories
from tests.exports.files import lines_of, received, sheets_of, tables_of
from tests.test_formulas import DANGEROUS
from tests.views.pages import read

pytestmark = pytest.mark.usefixtures("today")


def address(name, ending="csv", query=""):
    return reverse(name, args=[ending]) + query


@pytest.fixture
def asked(board, owner):
    """Three of a board: one of the owner's, one of nobody's, an action."""
    item = factories.make_item(factories.make_meeting(board), number="7")
    return [
        factories.make_recommendation(item, owner=owner, due_on=factories.ago(12)),
        factories.make_recommendation(item, title="Train the staff"),
        factories.make_recommendation(item, kind="action", title="Circulate the figures"),
    ]


def titles(client, query="", ending="csv"):
    return [line["Short title"] for line in lines_of(received(client, address("recommendations-file", ending, query)))]


def test_the_list_downloads_whole(asked, sign_in, member, monkeypatch):
    """Also where it is longer than a page, and than what is fetched at a time."""
    monkeypatch.setattr(chunks, "CHUNK", 2)
    assert len(titles(sign_in(member))) == 3


@pytest.mark.usefixtures("asked")
def test_it_downloads_as_it_is_filtered_and_sorted(sign_in, member, owner):
    assert titles(sign_in(member), f"?owner={owner.pk}") == ["Review the guidance"]
    assert titles(sign_in(member), "?sort=-reference")[0] == "Circulate the figures"


def test_it_downloads_as_it_stood_on_a_day(asked, sign_in, member, owner):
    with clock.set_to_day(factories.ago(-5)):
        asked[1].assign(owner, by=None, reason="A reason.")
        lines = lines_of(received(sign_in(member), address("recommendations-file", query="?on=2026-11-18")))
    assert [line["Owner"] for line in lines] == ["Olu Shah", "", ""]


def test_filters_that_make_no_sense_lead_to_the_page_that_says_so(sign_in, member):
    response = sign_in(member).get(address("recommendations-file", query="?on=2026-13-45"))
    assert response.url == "/recommendations/?on=2026-13-45"


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_there_is_no_file_of_another_kind(sign_in, member, ending):
    assert sign_in(member).get(address("answers-file", ending)).status_code == 404


def test_a_row_holds_what_is_known(asked, sign_in, member, clerk, owner, executive):
    one = asked[0]
    factories.make_response(one, "Police; the county: force", regime=executive, notified_on=factories.ago(90))
    factories.make_update(one, "Two schools.\nTwo more.", by=owner)
    one.set_due_date(factories.ago(2), by=clerk, reason="More time.")
    [line, *_] = lines_of(received(sign_in(member), address("recommendations-file", query="?sort=reference")))
    assert {heading: cell for heading, cell in line.items() if cell} == {
        "Reference": "SCSB R1/26", "Board": "Social Care Services Board", "Meeting": "2026-09-19", "Item number": "7",
        "Item": "Children missing from home", "Kind": "Do something", "Short title": "Review the guidance",
        "Recommendation": "That officers review the guidance given to schools.", "Owner": "Olu Shah",
        "Answers": "Police, the county, force: Awaiting an answer", "Last update": "Two schools.\nTwo more.",
        "Last update on": "2026-11-18", "Due date": "2026-11-16", "First due date": "2026-11-06", "Times moved": "1",
        "Days slipped": "10", "Progress": "Not started", "Timeliness": "Answer overdue", "Days overdue": "30",
    }  # fmt: skip


def test_what_reports_back_has_the_date_of_its_report(asked, board, sign_in, member):
    back = factories.make_recommendation(asked[0].item, kind="report_back")
    factories.make_report(back, due_on=factories.ago(-9))
    line = lines_of(received(sign_in(member), address("recommendations-file", query="?kind=report_back")))[0]
    assert line["Due date"] == line["First due date"] == line["Next follow-up report"] == "2026-11-27"


def test_excel_has_a_sheet_for_each_part(asked, sign_in, member, executive):
    factories.make_report(asked[0], due_on=factories.ago(9))
    factories.make_response(asked[0], regime=executive)
    book = sheets_of(received(sign_in(member), address("recommendations-file", "xlsx")))
    counts = {name: len(rows) for name, rows in book.items() if name != "About"}
    assert counts == {"Recommendations": 2, "Actions": 1, "Follow-up reports": 1, "Answers": 1}
    assert book["Recommendations"][1]["Meeting"].date() == datetime.date(2026, 9, 19)


def test_word_has_a_table_of_each_part_in_the_usual_columns(asked, sign_in, member):
    tables = tables_of(received(sign_in(member), address("recommendations-file", "docx")))
    assert [[row["Reference"] for row in table] for table in tables] == [["SCSB R1/26", "SCSB R2/26"], ["SCSB R3/26"]]
    assert list(tables[0][0]) == [
        "Reference", "Meeting", "Item", "Recommendation", "Answers", "Owner", "Last update", "Due date", "Progress",
        "Timeliness",
    ]  # fmt: skip


@pytest.mark.usefixtures("board")
def test_word_without_rows_says_so(sign_in, member):
    assert b"There is nothing to show." in word_body(received(sign_in(member), address("recommendations-file", "docx")))


def word_body(data):
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")


def test_follow_up_reports_download(asked, sign_in, member, owner):
    factories.make_report(asked[0], due_on=factories.ago(9), submitted_by=owner)
    factories.make_report(asked[1], due_on=factories.ago(9))
    lines = lines_of(received(sign_in(member), address("follow-ups-file", query="?only=overdue")))
    assert [(line["Reference"], line["Days overdue"], line["Where it stands"]) for line in lines] == [
        ("SCSB R2/26", "9", "Awaited")
    ]


def test_answers_download(asked, sign_in, member, executive):
    police = factories.make_organisation("Example Police")
    factories.make_response(asked[0], "the Police", organisation=police, regime=executive, answer="accepted")
    [line] = lines_of(received(sign_in(member), address("answers-file")))
    told = {
        "Addressee": "the Police",
        "Organisation": "Example Police",
        "Answer": "Accepted",
        "Reasons given": "Made for a test.",
    }
    assert told.items() <= line.items()


@pytest.mark.parametrize("name", ["recommendations-file", "follow-ups-file", "answers-file"])
def test_every_list_downloads_into_excel(name, asked, sign_in, member, executive):
    factories.make_report(asked[0])
    factories.make_response(asked[0], regime=executive)
    assert "About" in sheets_of(received(sign_in(member), address(name, "xlsx")))


# The name of the file


def named(client, query="", name="recommendations-file"):
    return client.get(address(name, query=query))["Content-Disposition"].split('"')[1]


@pytest.mark.usefixtures("asked")
def test_the_file_is_named_for_its_board_and_day(sign_in, member, board):
    assert named(sign_in(member)) == "recommendations-2026-11-18.csv"
    assert named(sign_in(member), f"?board={board.pk}&on=2026-11-02") == "SCSB-recommendations-2026-11-02.csv"


@pytest.mark.parametrize("name", ["recommendations-file", "follow-ups-file", "answers-file"])
def test_a_file_that_may_not_be_published_says_so_in_its_name(name, asked, sign_in, member, executive):
    factories.make_report(asked[0])
    factories.make_response(asked[0], regime=executive)
    asked[0].mark_exempt(3, by=None, reason="Names a child.")
    assert named(sign_in(member), name=name).endswith("-2026-11-18-not-for-publication.csv")


# What may not be read


def test_exempt_rows_are_for_those_entitled_alone(asked, sign_in, member, other_member):
    asked[0].mark_exempt(3, by=None, reason="Names a child.")
    assert len(titles(sign_in(member))) == 3
    assert len(titles(sign_in(other_member))) == 2


def test_exempt_words_stay_on_the_site(asked, sign_in, clerk, owner):
    """A file travels: what was said before it is told instead."""
    factories.make_update(asked[0], "Two schools.", by=owner)
    factories.make_update(asked[0], "A child’s name.", by=owner, exempt_paragraph=2)
    lines = lines_of(received(sign_in(clerk), address("recommendations-file")))
    assert [line["Last update"] for line in lines] == ["Two schools.", "", ""]


def test_the_public_downloads_what_the_public_reads(asked, client, settings):
    settings.PUBLIC_PAGES = True
    asked[0].mark_exempt(3, by=None, reason="Names a child.")
    lines = lines_of(received(client, address("recommendations-file")))
    assert [line["Short title"] for line in lines] == ["Train the staff", "Circulate the figures"]
    assert "Exempt" not in lines[0]


# No cell runs


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_as_a_formula(text, asked, sign_in, clerk, owner, executive):
    asked[0].correct_words(text, by=clerk, reason="As it was said.")
    asked[0].retitle(text, by=clerk)
    factories.make_update(asked[0], text, by=owner)
    factories.make_response(asked[0], text, regime=executive, answer="accepted")
    for name in ("recommendations-file", "answers-file"):
        cells = [cell for line in lines_of(received(sign_in(clerk), address(name))) for cell in line.values()]
        assert [
            cell for cell in cells if cell.strip()[:1] in list("=+-@＝＋－＠") or (cell[:1] in "\t\r\n" and cell)
        ] == []


# Pages


@pytest.mark.parametrize(
    ("page", "files"),
    [
        ("recommendations", {"Word": "docx", "Excel": "xlsx", "CSV": "csv"}),
        ("follow-ups", {"Excel": "xlsx", "CSV": "csv"}),
        ("answers", {"Excel": "xlsx", "CSV": "csv"}),
        ("organisations", {"Excel": "xlsx", "CSV": "csv"}),
    ],
)
def test_a_list_offers_itself_as_it_stands(page, files, asked, sign_in, member, executive):
    factories.make_report(asked[0])
    factories.make_response(asked[0], regime=executive, organisation=factories.make_organisation())
    shown = read(sign_in(member), reverse(page) + "?sort=due&page=1")
    links = shown.links("//*[contains(@class, 'app-downloads')]")
    assert {
        word: address(f"{page}-file", ending, "?sort=due") for word, ending in files.items()
    }.items() <= links.items()


@pytest.mark.usefixtures("asked")
def test_a_list_says_how_many_rows_it_has_as_a_file(sign_in, member):
    assert "Download this list, 3 rows, as it stands" in read(sign_in(member), "/recommendations/").text


@pytest.mark.usefixtures("asked")
def test_a_long_list_says_which_file_comes_soonest(sign_in, member, monkeypatch):
    assert "CSV comes soonest" not in read(sign_in(member), "/recommendations/").text
    monkeypatch.setattr(paging, "MOST_COUNTED", 2)
    monkeypatch.setattr(paging, "is_large", lambda: True)
    assert "CSV comes soonest" in read(sign_in(member), "/recommendations/?size=50").text


def test_meetings_download_with_their_counts(asked, sign_in, member):
    [line] = lines_of(received(sign_in(member), address("meetings-file")))
    assert line == {
        "Date": "2026-09-19", "Board": "Social Care Services Board", "Place": "", "Items": "1", "Recommendations": "3",
        "Still open": "3",
    }  # fmt: skip


@pytest.fixture
def speaker(asked):
    return factories.make_speaker("Dana Whitlock", asked[0].item)


def test_witnesses_download_with_their_roles(speaker, sign_in, member):
    [line] = lines_of(received(sign_in(member), address("witnesses-file")))
    assert line == {
        "Name": "Dana Whitlock", "Role": "Head of Early Help, Example Council", "Meetings": "1",
        "Last spoke on": "2026-09-19", "Led to recommendations": "0", "Of those implemented": "0",
    }  # fmt: skip


def test_who_spoke_behind_closed_doors_makes_a_file_not_for_publication(asked, sign_in, member, other_member):
    factories.make_speaker("Dana Whitlock", factories.make_item(asked[0].item.meeting, exempt_paragraph=3))
    names = [named(sign_in(person), name="witnesses-file") for person in (member, other_member)]
    assert names == ["witnesses-2026-11-18-not-for-publication.csv", "witnesses-2026-11-18.csv"]


def test_a_witness_who_led_to_exempt_matter_makes_a_file_not_for_publication(
    speaker, asked, sign_in, member, other_member
):
    factories.make_evidence(asked[0], witness=speaker.witnesses.get())
    asked[0].mark_exempt(3, by=None, reason="Names a child.")
    names = [named(sign_in(person), name="witnesses-file") for person in (member, other_member)]
    assert names == ["witnesses-2026-11-18-not-for-publication.csv", "witnesses-2026-11-18.csv"]


def test_meetings_of_one_board_are_named_for_it(asked, sign_in, member, board):
    assert named(sign_in(member), f"?board={board.pk}", "meetings-file") == "SCSB-meetings-2026-11-18.csv"


def test_a_meeting_that_asked_behind_closed_doors_makes_a_file_not_for_publication(
    asked, sign_in, member, other_member
):
    factories.make_recommendation(asked[0].item, exempt_paragraph=3)
    names = [named(sign_in(person), name="meetings-file") for person in (member, other_member)]
    assert names == ["meetings-2026-11-18-not-for-publication.csv", "meetings-2026-11-18.csv"]


@pytest.fixture
def police(asked, executive):
    """Asked three times: it answered after ten and after thirty days, and owes an answer."""
    police = factories.make_organisation("Example Police")
    for one, days, answer in zip(asked, (10, 30, 50), ("accepted", "accepted", "awaiting"), strict=True):
        told = {"notified_on": factories.ago(days), "answer": answer}
        factories.make_response(one, organisation=police, regime=executive, **told)
    return police


def test_organisations_download_with_what_came_of_what_they_were_asked(police, sign_in, member):
    [line] = lines_of(received(sign_in(member), address("organisations-file")))
    assert line == {
        "Organisation": "Example Police", "Time to answer": "Executive", "Asked": "3", "Accepted": "2", "Partially accepted": "0",
        "Not accepted": "0", "Unanswered": "1", "Overdue": "0", "Days to answer (mean)": "20",
        "Days to answer (median)": "20", "Last answer": "2026-11-18",
    }  # fmt: skip


def test_an_organisation_that_was_never_asked_downloads_too(sign_in, member):
    factories.make_organisation("Example Police")
    [line] = lines_of(received(sign_in(member), address("organisations-file")))
    assert (line["Asked"], line["Days to answer (mean)"], line["Last answer"]) == ("0", "", "")


def test_what_an_organisation_was_asked_behind_closed_doors_makes_a_file_not_for_publication(
    police, asked, sign_in, member, other_member
):
    asked[0].mark_exempt(3, by=None, reason="Names a child.")
    names = [named(sign_in(person), name="organisations-file") for person in (member, other_member)]
    assert names == ["organisations-2026-11-18-not-for-publication.csv", "organisations-2026-11-18.csv"]
