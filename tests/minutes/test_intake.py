"""The same minutes in whatever format and layout are one draft; a printed day is offered; no file stops the others."""

import datetime
import html
import io
import textwrap

import docx
import pytest
from django.db import OperationalError

from recommendations.minutes import drafts, intake, sources
from recommendations.minutes.meeting_days import printed_days, the_printed_day
from recommendations.models import MinutesDraft
from tests.minutes import samples

LINES = samples.LINES


def as_web_page(lines):
    body = "".join(f"<p>{html.escape(line) or '&nbsp;'}</p>" for line in lines)
    return f"<html><head><title>Agenda item</title></head><body><div>Agenda item</div>{body}</body></html>".encode()


def as_word(lines):
    document, file = docx.Document(), io.BytesIO()
    document.sections[0].header.paragraphs[0].text = "Page 1 of 2"
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def as_pdf(lines):
    """A page as plain as a PDF can be, with its number below."""
    shown = [
        line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines
    ]
    words = b"BT /F 10 Tf 50 800 Td 14 TL " + b"".join(b"(%s) Tj T* " % line for line in shown) + b"ET "
    words += b"BT /F 10 Tf 280 20 Td (Page 1 of 1) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj %s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(data),
    )


LAYOUTS = {
    "web page": as_web_page(LINES),
    "Word": as_word(LINES),
    "PDF": as_pdf(LINES),
    "without numbers": "\n".join(line.removeprefix("1. ").removeprefix("2. ") for line in LINES).encode(),
    "wrapped": "\n".join("\n".join(textwrap.wrap(line, 50)) for line in LINES).encode(),
    "Windows": samples.TEXT.replace("\n", "\r\n").encode("utf-16"),
    "with furniture": ("Agenda item\n\n" + samples.TEXT + "\nSupporting documents:\n").encode(),
}


@pytest.fixture
def enter(board, clerk):
    """What becomes of a file with these bytes."""
    return lambda data, name="minutes", **asked: intake.enter(name, lambda: data, board=board, by=clerk, **asked)


class TestSeenBefore:
    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_another_format_or_layout_of_the_same_minutes_is_known(self, enter, layout):
        first = enter(samples.TEXT.encode()).draft
        again = enter(LAYOUTS[layout])
        assert (again.draft, again.is_new) == (first, False)

    def test_other_minutes_are_another_draft(self, enter):
        enter(samples.TEXT.encode())
        assert enter(samples.OTHER_TEXT.encode()).is_new
        assert enter(samples.TEXT.replace("by a third", "by a half").encode()).is_new

    def test_the_same_few_words_at_another_meeting_are_other_minutes(self, enter):
        words = "Meeting: {} - Panel (Item 3)\n\nRESOLVED: That the minutes be approved as a correct record.\n"
        assert enter(words.format("12/07/2023").encode()).is_new
        assert enter(words.format("13/09/2023").encode()).is_new

    def test_a_page_of_furniture_alone_is_compared_by_its_lines(self, enter):
        assert enter(b"Supporting documents:\n").is_new
        assert enter(b"Share this item\n").is_new
        assert not enter(b"SUPPORTING DOCUMENTS:\n").is_new

    def test_the_same_bytes_are_not_read_again(self, enter, monkeypatch):
        first = enter(samples.TEXT.encode()).draft
        monkeypatch.setattr(sources, "lines_of", None)
        assert enter(samples.TEXT.encode()).draft == first

    def test_what_was_discarded_is_new_again_unless_it_counts_as_known(self, enter, clerk):
        first = enter(samples.TEXT.encode()).draft
        first.discard(by=clerk, reason="Wrong board.")
        everything = MinutesDraft.objects.all()
        assert enter(samples.TEXT.encode(), known=everything).draft == first
        assert enter(LAYOUTS["Word"], known=everything).draft == first
        assert enter(samples.TEXT.encode()).is_new


class TestOneBadFile:
    def test_what_the_reader_refuses_is_told_in_its_words(self, enter):
        assert enter(b"").refusal.startswith("There is no text to read")

    def test_what_a_draft_refuses_is_told_in_its_words(self, enter, monkeypatch):
        monkeypatch.setattr(drafts, "MOST_FINDINGS", 3)
        assert enter(samples.TEXT.encode()).refusal.startswith("This is too long for one draft.")

    def test_a_file_that_cannot_be_opened_is_told(self, board, clerk):
        def locked():
            raise PermissionError(13, "Permission denied")

        told = intake.enter("minutes", locked, board=board, by=clerk)
        assert told.refusal == "It cannot be read: Permission denied."

    def test_what_nobody_foresaw_is_told_and_kept_from_the_others(self, enter, monkeypatch):
        monkeypatch.setattr(drafts.parser, "read", lambda lines: 1 / 0)
        assert enter(samples.TEXT.encode()).refusal.startswith("The reader failed on it (ZeroDivisionError).")

    def test_a_database_that_fails_is_no_fault_of_the_file(self, enter, monkeypatch):
        def full(*args, **options):
            raise OperationalError("disk is full")

        monkeypatch.setattr(MinutesDraft, "record", full)
        with pytest.raises(OperationalError):
            enter(samples.TEXT.encode())


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Meeting: 12/07/2023 - Panel (Item 5)"], (2023, 7, 12)),
        (["  meeting:  1.9.2023"], (2023, 9, 1)),
        (["Meeting: 12/07/2023 - Panel", "Meeting: 12/07/2023 - Panel"], (2023, 7, 12)),
        (["Meeting: 12/07/2023 - Panel", "Meeting: 13/09/2023 - Panel"], None),
        (["Meeting: 31/02/2023 - Panel"], None),
        (["The next meeting: 12/07/2023"], None),
        (["12/07/2023"], None),
    ],
    ids=["printed", "spaced and dotted", "printed twice", "two days", "no real day", "in a sentence", "a bare date"],
)
def test_the_day_of_the_meeting_is_read_only_where_the_page_says_so(lines, day):
    found = the_printed_day(lines)
    assert (found and found[0]) == (day and datetime.date(*day))


def test_every_printed_day_is_kept_with_its_words():
    assert list(printed_days(["Meeting: 12/07/2023  - Panel"]).values()) == ["Meeting: 12/07/2023 - Panel"]
