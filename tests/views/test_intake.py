"""Many minutes at once: what becomes of each file, the queue of drafts, and drafts that have no date yet."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations.models import MinutesDraft, Recommendation
from tests import factories
from tests.minutes import samples
from tests.views.intake import errors_in, fields_of, page_of, prefix, send
from tests.views.pages import Page

URL = "/minutes/new/"
NO_DAY = {"held_on_day": "", "held_on_month": "", "held_on_year": ""}
WITH_DAY = "Meeting: 12/07/2023 - Social Care Services Board (Item 5)\n" + samples.TEXT


@pytest.fixture
def signed_in(sign_in, clerk):
    return sign_in(clerk)


def upload(name, text):
    return SimpleUploadedFile(name, text.encode())


class TestSeveralFiles:
    @pytest.fixture
    def fields(self, board):
        return {"board": board.pk, "number": "", "text": "", "exempt_paragraph": ""} | NO_DAY

    def send(self, signed_in, fields, *files):
        return Page(signed_in.post(URL, fields | {"file": list(files)}))

    def test_each_becomes_a_draft_of_the_board_without_date_and_number(self, signed_in, fields, board, clerk):
        self.send(signed_in, fields, upload("a.txt", samples.TEXT), upload("b.txt", samples.OTHER_TEXT))
        made = MinutesDraft.objects.order_by("id")
        assert [(one.file_name, one.board, one.held_on, one.created_by) for one in made] == [
            ("a.txt", board, None, clerk), ("b.txt", board, None, clerk),
        ]  # fmt: skip

    def test_what_they_share_is_asked_once(self, signed_in, fields):
        day = {"held_on_day": "27", "held_on_month": "3", "held_on_year": "2026", "exempt_paragraph": "3"}
        self.send(signed_in, fields | day, upload("a.txt", samples.TEXT), upload("b.txt", samples.OTHER_TEXT))
        assert {one.held_on for one in MinutesDraft.objects.all()} == {samples.HELD_ON}
        assert {one.content["items"][0]["exempt_paragraph"] for one in MinutesDraft.objects.all()} == {3}

    def test_the_page_says_of_each_what_became_of_it(self, signed_in, fields, board, clerk):
        known = samples.start(board, clerk)
        page = self.send(
            signed_in,
            fields,
            upload("new.txt", samples.OTHER_TEXT),
            upload("old.txt", samples.TEXT),
            upload("no.txt", ""),
        )
        made = MinutesDraft.objects.latest("id")
        assert page.heading == "1 draft was made"
        assert page.rows[0] == ["new.txt", "A draft: review new.txt", "1"]
        assert page.links()["review new.txt"] == made.get_absolute_url()
        assert page.rows[1][:2] == ["old.txt", f"Known before: {known}"]
        assert page.links()[str(known)] == known.get_absolute_url()
        assert page.rows[2][1].startswith("Refused: There is no text to read")

    def test_the_same_files_again_are_all_known(self, signed_in, fields):
        files = [("a.txt", samples.TEXT), ("b.txt", samples.OTHER_TEXT)]
        self.send(signed_in, fields, *(upload(*file) for file in files))
        page = self.send(signed_in, fields, *(upload(*file) for file in files))
        assert page.heading == "0 drafts were made"
        assert MinutesDraft.objects.count() == 2

    def test_a_failure_in_one_leaves_the_others(self, signed_in, fields, monkeypatch):
        def read(data, name):
            return 1 / 0 if name == "a.txt" else data.decode().split("\n")

        monkeypatch.setattr("recommendations.minutes.sources.lines_of", read)
        page = self.send(signed_in, fields, upload("a.txt", samples.TEXT), upload("b.txt", samples.OTHER_TEXT))
        assert page.rows[0][1] == "Refused: The reader failed on it (ZeroDivisionError). Please report this."
        assert MinutesDraft.objects.get().file_name == "b.txt"

    def test_one_that_is_too_large_is_refused_alone(self, signed_in, fields, monkeypatch):
        monkeypatch.setattr("recommendations.forms.minutes.MOST_BYTES", len(samples.TEXT.encode()))
        page = self.send(signed_in, fields, upload("a.txt", samples.TEXT), upload("b.txt", samples.OTHER_TEXT * 2))
        assert page.rows[1][1].startswith("Refused: This file is larger than 20 MB.")
        assert MinutesDraft.objects.count() == 1

    def test_what_would_keep_the_server_too_long_is_told_and_can_be_sent_again(self, signed_in, fields, monkeypatch):
        monkeypatch.setattr("recommendations.views.intake.SECONDS", -1)
        page = self.send(signed_in, fields, upload("a.txt", samples.TEXT), upload("b.txt", samples.OTHER_TEXT))
        assert [row[1] for row in page.rows] == ["Refused: Not read yet: the others took long. Upload it again."] * 2

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"board": ""}, "Select the board"),
            ({"held_on_year": "2999", "held_on_day": "1", "held_on_month": "1"}, "Date of the meeting must be today"),
            ({"text": "Pasted."}, "Paste the minutes or upload them, not both"),
        ],
    )
    def test_what_is_wrong_for_all_is_said_before_any_is_read(self, signed_in, fields, changes, error):
        page = self.send(
            signed_in, fields | changes, upload("a.txt", samples.TEXT), upload("b.txt", samples.OTHER_TEXT)
        )
        assert page.errors[0].startswith(error)
        assert not MinutesDraft.objects.exists()

    @pytest.mark.parametrize(
        ("limit", "most", "error"),
        [
            ("MOST_FILES", 1, "Select at most 1 files at once"),
            ("MOST_BYTES_TOGETHER", 1024 * 1024, "Select files of at most 1 MB together"),
        ],
    )
    def test_an_upload_has_its_measure(self, signed_in, fields, monkeypatch, limit, most, error):
        monkeypatch.setattr(f"recommendations.forms.minutes.{limit}", most)
        page = self.send(signed_in, fields, upload("a.txt", "a" * 600_000), upload("b.txt", "b" * 600_000))
        assert page.errors == [error]

    def test_one_file_alone_still_wants_its_date_and_number(self, signed_in, fields):
        page = self.send(signed_in, fields, upload("a.txt", samples.TEXT))
        assert page.errors == ["Enter the date of the meeting", "Enter the item number"]


class TestQueue:
    @pytest.fixture
    def queue(self, board, other_board, clerk):
        """Three drafts: by date the second is first, by doubts the third."""
        samples.start(board, clerk, held_on=datetime.date(2026, 3, 1))
        samples.start(other_board, clerk, samples.OTHER_TEXT, held_on=datetime.date(2026, 2, 1))
        samples.start(board, clerk, "A lone line.\n", held_on=None, number="")

    def boards_and_days(self, signed_in, sort):
        return [row[0] for row in Page(signed_in.get(f"/minutes/?sort={sort}")).rows]

    def test_it_shows_board_date_doubts_and_who_has_it(self, signed_in, board, clerk):
        draft = samples.start(board, clerk, number="")
        samples.change(draft, samples.found(draft, "point")[0], kind="unread")
        draft.release(by=clerk)
        page = Page(signed_in.get("/minutes/"))
        assert page.rows[0][0] == "Social Care Services Board, 27 March 2026"
        assert page.rows[0][2:] == ["2", "Nobody"]

    @pytest.mark.parametrize("sort", ["", "nonsense", "-entered"])
    def test_what_came_in_last_stands_first(self, signed_in, queue, sort):
        assert self.boards_and_days(signed_in, sort)[0] == "Social Care Services Board, no date yet"

    @pytest.mark.parametrize("sort", ["date", "-date"])
    def test_by_date_what_has_none_comes_last(self, signed_in, queue, sort):
        rows = self.boards_and_days(signed_in, sort)
        days = ["Highways and Transport Scrutiny Board, 1 February 2026", "Social Care Services Board, 1 March 2026"]
        assert rows == [*(days if sort == "date" else days[::-1]), "Social Care Services Board, no date yet"]

    @pytest.mark.parametrize(
        ("query", "left"), [("words=ABSENCES", 1), ("words=b.txt", 1), ("words=lone&state=adopted", 0), ("", 3)]
    )
    def test_it_is_searched_by_words_and_file(self, signed_in, queue, board, query, left):
        draft = MinutesDraft.objects.get(text="A lone line.\n")
        draft.file_name = "ab.txt"
        draft.record(by=None, reason=factories.WHY)
        assert len(Page(signed_in.get(f"/minutes/?{query}")).rows) == left

    def test_it_is_narrowed_to_a_board_and_says_so(self, signed_in, queue, other_board):
        page = Page(signed_in.get(f"/minutes/?state=unfinished&board={other_board.pk}"))
        assert [row[0] for row in page.rows] == ["Highways and Transport Scrutiny Board, 1 February 2026"]
        assert page.links()["Remove Board: Highways and Transport Scrutiny Board"] == "?state=unfinished"
        assert "To finish (1)" in page.text

    def test_searching_keeps_the_state(self, signed_in, queue):
        page = Page(signed_in.get("/minutes/?state=discarded&words=lone"))
        assert page.main.xpath(".//form//input[@name='state']/@value") == ["discarded"]
        assert "No minutes in this state fit these filters." in page.text
        assert page.links()["Show all"] == "?state=discarded"

    def test_a_search_that_makes_no_sense_is_told(self, signed_in, queue):
        page = Page(signed_in.get("/minutes/?words=" + "x" * 101))
        assert (len(page.errors), len(page.rows)) == (1, 3)

    def test_by_doubts(self, signed_in, queue):
        doubts = [int(row[2]) for row in Page(signed_in.get("/minutes/?sort=-doubts")).rows]
        assert doubts == sorted(doubts, reverse=True)
        assert doubts[0] > doubts[-1]


class TestWithoutDate:
    @pytest.fixture
    def draft(self, board, clerk, no_regime):
        return samples.start(board, clerk, WITH_DAY, held_on=None)

    @pytest.mark.parametrize("name", ["draft", "draft-recommendations", "draft-check", "draft-discard"])
    def test_every_step_can_be_opened(self, signed_in, draft, name):
        page_of(signed_in.get(reverse(name, args=[draft.pk])))

    def test_it_is_saved_without_one(self, signed_in, draft):
        send(signed_in, draft, **{f"{prefix(draft, 'point')}__text": "Changed."})
        draft.refresh_from_db()
        assert (draft.held_on, samples.found(draft, "point")[0]["text"]) == (None, "Changed.")

    def test_a_due_date_is_kept_as_well(self, signed_in, draft):
        card = prefix(draft, "action")
        day = {f"{card}__due_on_day": "1", f"{card}__due_on_month": "5", f"{card}__due_on_year": "2026"}
        send(signed_in, draft, "draft-recommendations", **day)
        draft.refresh_from_db()
        assert samples.found(draft, "action")[0]["due_on"] == "2026-05-01"

    def test_it_is_asked_for_before_adoption(self, signed_in, draft):
        html = page_of(signed_in.post(reverse("draft-check", args=[draft.pk]), follow=True))
        assert errors_in(html) == ["Give the date of the meeting."]
        assert not Recommendation.objects.exists()

    def test_a_day_that_the_page_prints_is_offered_in_its_words(self, signed_in, draft):
        html = page_of(signed_in.get(reverse("draft", args=[draft.pk])))
        assert "Use 12 July 2023, from “Meeting: 12/07/2023 - Social Care Services Board (Item 5)”" in html

    def test_it_is_not_taken_unasked_and_taken_with_a_tick(self, signed_in, draft):
        send(signed_in, draft)
        draft.refresh_from_db()
        assert draft.held_on is None
        send(signed_in, draft, is_as_printed="on")
        draft.refresh_from_db()
        assert draft.held_on == datetime.date(2023, 7, 12)

    @pytest.mark.parametrize(("year", "error"), [("2022", "Tick the date from the minutes or"), ("22", "Date of the")])
    def test_a_tick_and_another_date_contradict_each_other(self, signed_in, draft, year, error):
        day = {"held_on_day": "1", "held_on_month": "5", "held_on_year": year}
        html = page_of(send(signed_in, draft, is_as_printed="on", **day))
        assert errors_in(html)[0].startswith(error)

    def test_a_day_that_lies_ahead_is_not_offered(self, signed_in, board, clerk):
        draft = samples.start(board, clerk, WITH_DAY.replace("2023", "2999"), held_on=None)
        assert "from “Meeting" not in page_of(signed_in.get(reverse("draft", args=[draft.pk])))

    def test_once_given_it_is_not_taken_away(self, signed_in, board, clerk):
        draft = samples.start(board, clerk)
        assert errors_in(page_of(send(signed_in, draft, **NO_DAY))) == ["Enter the date of the meeting"]

    def test_the_words_typed_stay_where_the_date_is_refused(self, signed_in, draft):
        html = page_of(send(signed_in, draft, held_on_day="1", **{f"{prefix(draft, 'point')}__text": "Changed."}))
        assert "Changed." in fields_of(html)[f"{prefix(draft, 'point')}-text"]
