"""From PDFs to lines: by their places on the page, without the page's furniture, and no damaged file is half read."""

import io

import pytest
from pypdf import PdfWriter

from recommendations.minutes import pdf_files, pdf_pages, refusals, sources
from recommendations.minutes.refusals import Unreadable
from tests.minutes import papers


def words(lines):
    return [line for line in lines if line.strip()]


def refusal(data):
    with pytest.raises(Unreadable) as refused:
        sources.lines_of(data)
    return str(refused.value)


def test_wrapped_lines_are_joined_and_gaps_part_paragraphs():
    full = "1. Officers highlighted the distinction between what was asked of them and the"
    page = [
        (72, 700, "Witnesses:"),
        (72, 670, full),
        (72, 656, "challenges that arise."),
        (72, 626, "2. Members spoke."),
    ]
    assert sources.lines_of(papers.pdf([page])) == [
        "Witnesses:",
        "",
        f"{full} challenges that arise.",
        "",
        "2. Members spoke.",
    ]


def test_a_broken_word_is_made_whole():
    full = "1. Officers highlighted the distinction between what was asked of them and chal-"
    page = [(72, 700, full), (72, 686, "lenges that arise."), (72, 672, "Short"), (72, 658, "lines")]
    assert sources.lines_of(papers.pdf([page]))[0].endswith("and challenges that arise.")


def test_headers_footers_and_page_numbers_are_left_out():
    pages = [
        [
            (72, 800, "Scrutiny Board"),
            *((72, 700 - 30 * place, f"{words} {page}.") for place, words in enumerate(texts)),
            (280, 30, page),
        ]
        for page, texts in (("1", ("One", "Two", "Three")), ("2", ("Four", "Five", "Six")))
    ]
    assert words(sources.lines_of(papers.pdf(pages))) == [
        "One 1.",
        "Two 1.",
        "Three 1.",
        "Four 2.",
        "Five 2.",
        "Six 2.",
    ]


def test_the_page_number_of_a_single_page_is_left_out():
    page = [(72, 700, "One."), (72, 670, "Two."), (72, 640, "Three."), (280, 30, "Page 1 of 1")]
    assert words(sources.lines_of(papers.pdf([page]))) == ["One.", "Two.", "Three."]


def test_a_sentence_goes_on_over_the_page():
    full = "1. Officers highlighted the distinction between what was asked of them and the"
    assert words(sources.lines_of(papers.pdf([[(72, 700, full)], [(72, 700, "challenges that arise.")]]))) == [
        f"{full} challenges that arise."
    ]


def test_a_list_whose_bullets_are_drawn_gets_marks():
    page = [
        (72, 700, "Members were told that:"),
        (96, 670, "pumps were old"),
        (96, 656, "walls were sound"),
        (72, 626, "All agreed."),
    ]
    assert words(sources.lines_of(papers.pdf([page]))) == [
        "Members were told that:",
        "• pumps were old",
        "• walls were sound",
        "All agreed.",
    ]


def test_pieces_at_one_height_are_one_line():
    assert words(sources.lines_of(papers.pdf([[(72, 700, "1."), (96, 700, "Members spoke.")]]))) == [
        "1. Members spoke."
    ]


def test_the_cells_of_a_table_stay_apart():
    page = [(72, 700, "Jane Doe"), (300, 700, "Director")]
    assert sources.lines_of(papers.pdf([page])) == ["Jane Doe\tDirector"]


def test_a_line_of_spaces_is_an_empty_line():
    page = [(72, 700, "One."), (72, 686, " "), (72, 672, "Two.")]
    assert sources.lines_of(papers.pdf([page])) == ["One.", "", "Two."]


def test_a_scanned_file_is_refused():
    assert refusal(papers.pdf([[]])) == refusals.SCANNED_PDF


def test_a_truncated_file_is_refused():
    assert refusal(b"%PDF-1.4\nnothing") == refusals.BROKEN_PDF


def test_a_locked_file_is_refused():
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert refusal(locked.getvalue()) == refusals.LOCKED_PDF


def test_a_file_of_too_many_pages_is_refused():
    assert refusal(papers.pdf([[(72, 700, "a")]] * (pdf_pages.MOST_PAGES + 1))) == refusals.LONG_PDF


def test_a_file_of_too_many_words_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_pages, "MOST_TEXT", 3)
    with pytest.raises(Unreadable, match="more than 5 MB"):
        pdf_files.paragraphs_of_pdf(papers.pdf([[(72, 700, "many words")]]))


def test_a_file_whose_end_is_missing_is_refused():
    assert refusal(papers.pdf([[(72, 700, "One.")]]).removesuffix(b"%%EOF\n")) == refusals.BROKEN_PDF


def test_a_file_that_promises_pages_it_does_not_hold_is_refused():
    assert refusal(papers.pdf([]).replace(b"/Count 0", b"/Count 2")) == refusals.BROKEN_PDF


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_was_turned_is_read_as_it_is_shown(turned):
    page = [(72, 700, "Jane Doe"), (300, 700, "Director"), (72, 670, "None")]
    assert words(sources.lines_of(papers.pdf([page], turned=turned))) == ["Jane Doe\tDirector", "None"]


@pytest.mark.parametrize(
    ("letters", "read"),
    [("<41> <004A>", "JB"), ("<41> <FB01>", "fiB"), ("<41> <D83DDE00>", "B"), ("<41> <D83D>", "\ufffdB")],
)
def test_a_letter_that_is_no_letter_leaves_the_others_in_their_places(letters, read):
    page = [(72, 700, "AB"), (300, 700, "Director")]
    assert sources.lines_of(papers.pdf([page], letters=letters)) == [f"{read}\tDirector"]
