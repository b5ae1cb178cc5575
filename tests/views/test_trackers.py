"""A clerk brings in an old tracker: upload, columns, words, every row, and what came of it."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recommendations.forms import trackers as forms
from recommendations.models import OldTracker, Recommendation
from tests import factories
from tests.old_trackers import files
from tests.views.pages import Page, content_of, go_on, read, send, words_of


@pytest.fixture
def client(sign_in, clerk, board, no_regime, today):
    return sign_in(clerk)


@pytest.fixture
def tracker(board, clerk):
    return factories.make_tracker(files.county_workbook(), board=board, by=clerk, name="county.xlsx")


def at(name, tracker):
    return reverse(name, args=[tracker.pk])


def upload(client, data, name="county.xlsx", board=None):
    file = SimpleUploadedFile(name, data)
    fields = {"file": file, "board": board.pk if board else ""}
    return Page(client.post(reverse("tracker-new"), fields, follow=True))


# The whole way


def test_a_clerk_brings_in_a_tracker_from_upload_to_records(client, board, owner, other_officer):
    columns = upload(client, files.county_workbook(), board=board)
    assert columns.heading == "What are the columns?"
    words = go_on(client, columns, closes_on=datetime.date(2026, 9, 1))
    check = go_on(client, words)
    done = go_on(client, check)
    assert done.heading == "6 recommendations were brought in"
    assert Recommendation.objects.count() == 6


def test_the_same_file_again_says_so_and_finds_all_of_it_there(client, board, tracker, clerk):
    for name in ("tracker", "tracker-words", "tracker-check"):
        send(client, at(name, tracker))
    with tracker.file.open() as file:
        again = upload(client, file.read(), board=board)
    assert "This very file was brought in on 18 November 2026" in again.text
    check = go_on(client, go_on(client, again))
    made = Recommendation.objects.count()
    assert "Nothing is left to bring in" in check.text
    assert sum(row[-1].startswith("There already") for row in check.rows) == made


# Upload


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"%PDF-1.7", "tracker.xlsx", "This is a PDF"),
        (b"", "tracker.csv", "The selected file is empty"),
        (b"x" * 11_000_000, "tracker.csv", "Choose a file of at most 10 MB"),
    ],
)
def test_a_file_that_is_no_tracker_is_refused_in_a_sentence(client, board, data, name, sentence):
    page = upload(client, data, name, board)
    assert page.errors[0].startswith(sentence)
    assert not OldTracker.objects.exists()


def test_a_tracker_of_too_many_rows_is_refused(client, board, monkeypatch):
    monkeypatch.setattr(forms, "MOST_AT_ONCE", 5)
    assert "has more than 5 rows" in upload(client, files.county_workbook(), board=board).errors[0]


def test_the_board_is_asked_for(client):
    assert upload(client, files.county_workbook()).errors == ["Select the board"]


def test_an_empty_list_says_so(client):
    assert "No tracker has been uploaded yet." in read(client, reverse("trackers")).text


# Columns


def test_each_heading_shows_what_stands_below_it_and_what_it_was_taken_for(client, tracker):
    page = read(client, at("tracker", tracker))
    assert page.rows[0][:2] == ["Reference", "R3/12 · R4/12 · R5/12"]
    assert page.rows[1][1] == "27 March 2026 · 13 May 2026 · 12 November 2025"
    assert page.fields["column-5"] == "due"


def test_a_column_that_was_misread_is_put_right(client, tracker):
    send(client, at("tracker", tracker), **{"column-8": "outcome"})
    assert OldTracker.objects.get().columns["action taken"] == "outcome"
    assert read(client, at("tracker", tracker)).fields["column-8"] == "outcome"


def test_what_only_one_column_can_be_is_refused_for_two(client, tracker):
    page = send(client, at("tracker", tracker), **{"column-8": "owner"})
    assert page.errors == ["“Owner” is chosen twice: keep one of the columns as a note"]


def test_one_column_must_say_what_was_recommended(client, tracker):
    page = send(client, at("tracker", tracker), **{"column-3": "note"})
    assert page.errors == ["Say which column holds “What was recommended”"]


def test_a_meeting_that_lies_ahead_has_closed_nothing(client, tracker):
    page = send(client, at("tracker", tracker), closes_on=datetime.date(2027, 1, 1))
    assert page.errors == ["Meeting that closed what is closed must be today or in the past"]


def test_rows_without_a_day_are_counted(client, board, clerk):
    tracker = factories.make_tracker(board=board, by=clerk)
    assert "1 row names no day of a meeting." in read(client, at("tracker", tracker)).text


def test_sheets_that_were_not_read_are_named(client, board, clerk):
    tracker = factories.make_tracker(files.plain_workbook([["Colour", "Meaning"], ["Red", "Late"]], "Key"), by=clerk)
    assert (
        "Not read, because no column there says what was recommended: Key." in read(client, at("tracker", tracker)).text
    )


# Words


def test_each_status_is_asked_once_with_what_it_seems_to_mean(client, tracker):
    page = read(client, at("tracker-words", tracker))
    assert ["Green", "1", "Known words"] in [[row[0], row[1], row[3]] for row in page.rows]


def test_what_a_status_and_an_owner_mean_is_kept(client, tracker, other_officer):
    page = read(client, at("tracker-words", tracker))
    asked = {words_of(label): label.get("for").removeprefix("id_") for label in page.main.xpath(".//label")}
    go_on(client, page, **{asked["Green"]: "paused", asked["Cllr A Nair"]: other_officer.pk})
    kept = OldTracker.objects.get()
    assert (kept.statuses["Green"], kept.owners["Cllr A Nair"]) == ("paused", other_officer.pk)


def test_a_tracker_without_statuses_and_owners_says_so(client, clerk):
    tracker = factories.make_tracker(files.plain_workbook([["Ref", "Recommendation"], ["R1/26", "So."]]), by=clerk)
    text = read(client, at("tracker-words", tracker)).text
    assert "No row has a status" in text
    assert "No row names an owner." in text


# Check


@pytest.mark.parametrize(("shown", "count"), [("", 6), ("refused", 1), ("doubtful", 5), ("there", 0), ("nonsense", 6)])
def test_the_rows_can_be_narrowed_to_what_becomes_of_them(client, tracker, shown, count):
    assert len(read(client, f"{at('tracker-check', tracker)}?show={shown}").rows) == count


def test_a_refused_row_says_why(client, tracker):
    [row] = read(client, f"{at('tracker-check', tracker)}?show=refused").rows
    assert row[-1] == "Refused It is closed, but at which meeting? On the page of columns, name one for such rows."


def test_headings_between_the_rows_are_told(client, tracker):
    assert (
        "Live, row 2, taken for a heading or a title: Updated November 2026."
        in read(client, at("tracker-check", tracker)).text
    )


def test_fifty_rows_make_a_page(client, clerk):
    rows = [["Ref", "Date", "Recommendation"], *([f"R{n}/16", "12/3/2026", f"That it be {n}."] for n in range(51))]
    tracker = factories.make_tracker(files.plain_workbook(rows), by=clerk)
    assert len(read(client, at("tracker-check", tracker)).rows) == 50
    assert len(read(client, f"{at('tracker-check', tracker)}?page=2").rows) == 1


def test_a_page_asks_as_often_for_fifty_rows_as_for_one(client, clerk):
    def queries(count):
        rows = [
            ["Ref", "Date", "Recommendation"],
            *([f"R{n}/16", "12/3/2026", f"That it be {n}."] for n in range(count)),
        ]
        address = at("tracker-check", factories.make_tracker(files.plain_workbook(rows), by=clerk))
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    assert queries(1) == queries(50)


def test_who_looked_at_something_older_is_told_and_nothing_is_made(client, tracker, clerk):
    page = read(client, at("tracker-check", tracker))
    tracker.name_columns({}, by=clerk)
    told = go_on(client, page)
    assert told.banner.startswith("Somebody else changed this while you were looking at it.")
    assert not Recommendation.objects.exists()


def test_a_version_that_is_no_number_counts_as_the_present_one(client, tracker):
    client.post(at("tracker-check", tracker), {"version": "x"})
    assert Recommendation.objects.exists()


# Afterwards


@pytest.fixture
def brought_in(client, tracker):
    go_on(client, read(client, at("tracker-check", tracker)))
    return tracker


def test_what_came_of_it_lists_what_was_made_and_what_was_refused(client, brought_in):
    page = read(client, at("tracker-check", brought_in))
    assert page.heading == "5 recommendations were brought in"
    assert page.rows[0][:2] == ["R3/12", "Officers review the guidance given to schools."]
    assert "Completed 2025-26, row 3: It is closed, but at which meeting?" in page.text


def test_an_address_of_its_steps_leads_on_to_what_came_of_it(client, brought_in):
    assert Page(client.get(at("tracker-words", brought_in), follow=True)).heading == "5 recommendations were brought in"


def test_the_list_says_what_came_of_each(client, brought_in, clerk):
    factories.make_tracker(by=clerk).discard(by=clerk, reason="The wrong file.")
    factories.make_tracker(by=clerk)
    told = [row[3] for row in read(client, reverse("trackers")).rows]
    assert told == [
        "To finish",
        "Discarded on 18 November 2026",
        "5 recommendations made, 0 there already, 1 refused, on 18 November 2026",
    ]


def test_the_list_asks_as_often_for_many_as_for_one(client, clerk):
    def queries(count):
        for number in range(count):
            factories.make_tracker(by=clerk, name=f"{number}.csv")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("trackers"))
        return len(asked)

    assert queries(1) == queries(10)


def test_the_file_comes_back_as_it_was(client, brought_in):
    answer = client.get(brought_in.file_url)
    with brought_in.file.open() as file:
        assert content_of(answer) == file.read()
    assert answer["Content-Disposition"] == 'attachment; filename="county.xlsx"'


def test_a_tracker_is_discarded_with_a_reason(client, tracker):
    page = send(client, at("tracker-discard", tracker), reason="The wrong file.")
    assert (page.heading, page.banner) == ("Old trackers", "The tracker is discarded.")
    assert read(client, at("tracker-check", tracker)).heading == "This tracker was discarded"


def test_an_old_reference_beside_one_of_ours_stands_on_the_page(client, brought_in, board):
    one = factories.make_recommendation(old_reference="R3/12")
    page = read(client, one.get_absolute_url())
    assert "Reference in the old tracker R3/12" in page.text
    other = read(client, Recommendation.objects.get(reference="R3/12").get_absolute_url())
    assert "Reference in the old tracker" not in other.text


def test_the_desk_leads_there(client):
    assert read(client, reverse("desk")).links()["Bring in an old tracker"] == reverse("trackers")
