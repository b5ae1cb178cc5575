"""From files and pastes to lines: what a file is, its content tells, and what cannot be read is refused in a sentence."""

import contextlib
import io
import zipfile

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.minutes import refusals, sources, web_pages
from recommendations.minutes.refusals import Unreadable
from tests.minutes import papers


def words(lines):
    return [line for line in lines if line.strip()]


def refusal(data):
    with pytest.raises(Unreadable) as refused:
        sources.lines_of(data)
    return str(refused.value)


class TestPlainText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
    def test_any_usual_encoding_is_read(self, encoding):
        assert sources.lines_of("Children’s Services\nNone".encode(encoding)) == ["Children’s Services", "None"]

    def test_every_kind_of_line_end_ends_a_line(self):
        assert sources.lines_of_text("a\r\nb\rc\nd\u2028e") == ["a", "b", "c", "d", "e"]

    def test_a_short_file_of_one_letter_is_read(self):
        assert sources.lines_of(b"a") == ["a"]

    @pytest.mark.parametrize("data", [b"", b" \n\t ", b"\x00\x00\x00"])
    def test_an_empty_file_is_refused(self, data):
        assert refusal(data) == refusals.EMPTY

    def test_a_blank_paste_is_refused(self):
        with pytest.raises(Unreadable, match="no text to read"):
            sources.lines_of_text(" \n\xa0\n ")

    @pytest.mark.parametrize("read", [sources.lines_of_text, lambda text: sources.lines_of(text.encode())])
    def test_more_than_five_megabytes_are_refused(self, read):
        with pytest.raises(Unreadable, match="more than 5 MB"):
            read("word " * 1_100_000)

    def test_more_lines_than_minutes_have_are_refused(self):
        assert refusal(b"1.\n" * 200_001) == refusals.TOO_MANY_LINES

    def test_blank_lines_do_not_count(self):
        assert words(sources.lines_of(b"1.\n" * 3 + b" \n" * 200_001)) == ["1.", "1.", "1."]

    def test_a_reader_that_hands_on_too_much_is_refused(self, monkeypatch):
        monkeypatch.setattr(refusals, "MOST_TEXT", 3)
        assert refusal(b"word") == refusals.TOO_LONG

    def test_a_file_beyond_measure_is_refused_before_it_is_read(self, monkeypatch):
        monkeypatch.setattr(sources, "MOST_BYTES", 10)
        assert refusal(b"a" * 11) == refusals.TOO_LONG

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"\x89PNG\r\n\x1a\n", refusals.BINARY),
            (b"a\x00b" * 30, refusals.BINARY),
            (b"word " * 30_000 + b"\x00", refusals.BINARY),
            (b"\x01\x02\x03\x04\x05", refusals.BINARY),
            (b"\xd0\xcf\x11\xe0 old", refusals.OLD_WORD),
            (b"{\\rtf1 hello}", refusals.RICH_TEXT),
        ],
    )
    def test_what_is_no_text_is_refused(self, data, sentence):
        assert refusal(data) == sentence


class TestWebPages:
    def test_numbers_of_lists_come_back_as_marks(self):
        page = '<html><ol start="3"><li>three</li><li value="7">seven</li></ol><ol type="a"><li>first</li></ol></html>'
        assert words(sources.lines_of(page.encode())) == ["3. three", "7. seven", "a) first"]

    @pytest.mark.parametrize(
        ("attributes", "mark"),
        [
            ('type="A"', "A)"),
            ('type="i" start="4"', "iv)"),
            ('type="I" start="9"', "IX)"),
            ('style="list-style-type: lower-alpha"', "a)"),
            ('style="color: red"', "1."),
            ('type="a" start="40"', "40."),
            ('start="many"', "1."),
        ],
    )
    def test_every_kind_of_number_is_printed(self, attributes, mark):
        assert words(web_pages.lines_of_web_page(f"<ol {attributes}><li>x</li></ol>")) == [f"{mark} x"]

    def test_nested_lists_stand_further_in(self):
        page = "<ul><li>one<ul><li>two<ol><li>three</li></ol></li></ul></li></ul>"
        assert words(web_pages.lines_of_web_page(page)) == ["• one", "    ◦ two", "        1. three"]

    def test_a_list_entry_without_a_list_gets_a_bullet(self):
        assert words(web_pages.lines_of_web_page("<div><li>one</li></div>")) == ["• one"]

    def test_a_number_in_the_text_and_in_the_list_is_printed_once(self):
        assert words(web_pages.lines_of_web_page("<ol><li>1. one</li></ol>")) == ["1. one"]

    def test_a_row_of_a_table_is_a_line_with_its_cells_apart(self):
        page = "<table><tr><td>Jane Doe</td><td>Director</td></tr><tr><td>(a)</td><td>That</td></tr><tr></tr></table>"
        assert words(web_pages.lines_of_web_page(page)) == ["Jane Doe | Director", "(a) That"]

    def test_a_table_for_the_layout_keeps_its_paragraphs(self):
        page = "<table><tr><td><p>Minutes:</p><p>All spoke.</p></td><td>Menu</td></tr></table>"
        assert words(web_pages.lines_of_web_page(page)) == ["Minutes:", "All spoke.", "Menu"]

    def test_the_links_of_a_sites_foot_are_left_out(self):
        foot = '<div id="footer"><p>© Us</p><ul><li><a>Accessibility</a></li><li><a>Privacy and cookies</a></li></ul></div>'
        assert words(web_pages.lines_of_web_page(f"<p>All spoke.</p>{foot}")) == ["All spoke."]

    @pytest.mark.parametrize("inside", ["<h1>Rural Buses</h1><a>Home</a><a>Help</a>", "<a>Rural Buses</a>"])
    def test_a_pages_own_header_keeps_its_title(self, inside):
        assert "Rural Buses" in words(web_pages.lines_of_web_page(f'<div class="header">{inside}</div>'))

    def test_breaks_and_paragraphs_and_hard_spaces(self):
        page = "<p>a<br>b</p><p>&nbsp;</p><p>c\nd</p>"
        assert web_pages.lines_of_web_page(page) == ["a", "b", "", "c d", ""]

    @pytest.mark.parametrize(
        "hidden",
        [
            "<script>x()</script>",
            "<style>x</style>",
            '<p style="display:none">x</p>',
            "<p hidden>x</p>",
            "<!-- x -->",
            "<?x y?>",
        ],
    )
    def test_what_a_page_does_not_show_is_not_read(self, hidden):
        assert words(web_pages.lines_of_web_page(f"<body><p>seen</p>{hidden} tail</body>")) == ["seen", "tail"]

    def test_a_fragment_that_a_browser_copied_is_a_page(self):
        assert words(sources.lines_of(b"<p>one</p><p>two</p>")) == ["one", "two"]

    def test_a_page_behind_other_words_is_a_page_by_its_tags(self):
        assert words(sources.lines_of(b"Copied: <p>one</p><p>two</p><br><br>")) == ["Copied:", "one", "two"]

    def test_a_text_with_a_less_than_sign_is_none(self):
        assert sources.lines_of(b"if a < b and <b> then") == ["if a < b and <b> then"]

    def test_an_xml_page_is_read(self):
        page = b'<?xml version="1.0" encoding="utf-16"?><html><body><p>one</p></body></html>'
        assert words(sources.lines_of(page)) == ["one"]

    def test_nothing_is_lost_in_deep_nesting(self):
        page = b"<div>" * 300 + b"<p>deep</p>" + b"</div>" * 300 + b"<p>after</p>"
        assert words(sources.lines_of(page)) == ["deep", "after"]

    def test_a_page_nested_deeper_than_can_be_read_is_refused(self):
        assert refusal(b"<p>top</p>" + b"<div>" * 5000 + b"deep") == refusals.BROKEN_PAGE

    def test_a_page_without_words_is_refused(self):
        assert refusal(b"<html><body><script>x</script></body></html>") == refusals.EMPTY

    def test_a_page_of_too_many_words_is_refused(self, monkeypatch):
        monkeypatch.setattr(web_pages, "MOST_TEXT", 3)
        assert refusal(b"<html><p>many words</p></html>") == refusals.TOO_LONG

    def test_a_page_that_cannot_be_parsed_is_refused(self):
        with pytest.raises(Unreadable, match="cannot be read"):
            web_pages.lines_of_web_page("   ")

    @given(st.text(alphabet=st.sampled_from("<>/pdivoltrsb =\"'&;!-[]?a1 \n")))
    def test_no_page_breaks_the_reader(self, text):
        with contextlib.suppress(Unreadable):
            assert sources.lines_of(b"<html>" + text.encode())


class TestWord:
    def test_paragraphs_breaks_tabs_and_tables(self):
        document = docx.Document()
        paragraph = document.add_paragraph("one")
        paragraph.add_run().add_break()
        paragraph.add_run("two\tthree")
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Jane Doe", "Director"
        assert words(sources.lines_of(papers.saved(document))) == ["one", "two\tthree", "Jane Doe | Director"]

    def test_a_table_for_the_layout_keeps_its_paragraphs(self):
        document = docx.Document()
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        cell.text = "Minutes:"
        cell.add_paragraph("All spoke.")
        assert words(sources.lines_of(papers.saved(document))) == ["Minutes:", "All spoke."]

    @pytest.mark.parametrize(
        ("body", "lines"),
        [
            (
                papers.table([papers.paragraph("a") + papers.table(["in"], ["out"]), papers.paragraph("b")]),
                "a in out b",
            ),
            (papers.table([papers.paragraph("a", f"<w:r><w:pict>{papers.paragraph('box')}</w:pict></w:r>")]), "a box"),
        ],
    )
    def test_what_stands_inside_a_cell_is_read_once(self, body, lines):
        assert words(sources.lines_of(papers.word(body))) == lines.split()

    def test_a_row_inside_a_content_control_is_read(self):
        table = (
            papers.table(["a"])
            .replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>")
            .replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
        )
        assert words(sources.lines_of(papers.word(table))) == ["a"]

    def test_numbers_that_word_keeps_apart_come_back(self):
        lines = [("decimal", "%1.", 0, "one"), ("lowerLetter", "(%2)", 1, "sub"), ("decimal", "%1.", 0, "two")]
        assert words(sources.lines_of(papers.numbered(lines))) == ["1. one", "    (a) sub", "2. two"]

    @pytest.mark.parametrize(
        ("shape", "pattern", "mark"),
        [
            ("upperLetter", "%1)", "A)"),
            ("lowerRoman", "%1.", "i."),
            ("upperRoman", "%1.", "I."),
            ("bullet", "", "•"),
            ("decimalZero", "%1.", "1."),
        ],
    )
    def test_every_kind_of_number_is_printed(self, shape, pattern, mark):
        assert words(sources.lines_of(papers.numbered([(shape, pattern, 0, "x")]))) == [f"{mark} x"]

    def test_a_list_without_numbers_prints_none(self):
        assert words(sources.lines_of(papers.numbered([("none", "", 0, "x")]))) == ["x"]

    def test_a_list_may_start_anywhere_and_start_again(self):
        assert words(sources.lines_of(papers.numbered([("decimal", "%1.", 0, "x")], start=5))) == ["5. x"]
        again = papers.numbered([("decimal", "%1.", 0, "x"), ("decimal", "%1.", 0, "y")], restart=3)
        assert words(sources.lines_of(again)) == ["3. x", "4. y"]

    def test_the_lists_of_styles_are_counted(self):
        document = docx.Document()
        for text in ("one", "two"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("three", style="List Bullet")
        assert words(sources.lines_of(papers.saved(document))) == ["1. one", "2. two", "• three"]

    def test_deleted_words_are_gone_and_inserted_ones_stay(self):
        body = "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>"
        assert words(sources.lines_of(papers.word(body))) == ["new"]

    def test_content_controls_text_boxes_and_hyphens_are_read(self):
        body = (
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>Sub</w:t><w:noBreakHyphen/><w:t>Committee</w:t><w:sym/></w:r></w:p></w:sdtContent>"
            "</w:sdt><w:p><w:r><w:pict><w:p><w:r><w:t>box</w:t></w:r></w:p></w:pict></w:r><w:cr/></w:p>"
        )
        assert words(sources.lines_of(papers.word(body))) == ["Sub-Committee", "box"]

    def test_the_strict_form_is_read(self):
        strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
        assert words(sources.lines_of(papers.word("<w:p><w:r><w:t>one</w:t></w:r></w:p>", namespace=strict))) == ["one"]

    def test_entities_are_not_resolved(self):
        document = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + papers.document(
            "<w:p><w:r><w:t>x&b;</w:t></w:r></w:p>"
        )
        assert words(sources.lines_of(papers.archive({"word/document.xml": document}))) == ["x"]

    @pytest.mark.parametrize(
        ("parts", "sentence"),
        [
            ({"mimetype": b"application/vnd.oasis"}, refusals.NOT_WORD),
            ({"word/document.xml": b"<w:document"}, refusals.BROKEN_WORD),
            ({"word/document.xml": b"<empty/>"}, refusals.BROKEN_WORD),
        ],
    )
    def test_other_archives_are_refused(self, parts, sentence):
        assert refusal(papers.archive(parts)) == sentence

    def test_a_truncated_document_is_refused(self):
        assert refusal(papers.saved(docx.Document())[:2000]) == refusals.BROKEN_WORD

    def test_a_bomb_is_not_unpacked(self, monkeypatch):
        monkeypatch.setattr("recommendations.minutes.word_files._LARGEST_PART", 1000)
        assert refusal(papers.archive({"word/document.xml": b"0" * 100_000})) == refusals.TOO_LONG

    def test_too_many_words_are_refused(self, monkeypatch):
        monkeypatch.setattr("recommendations.minutes.word_files.MOST_TEXT", 3)
        assert refusal(papers.word("<w:p><w:r><w:t>many words</w:t></w:r></w:p>")) == refusals.TOO_LONG


def test_a_word_file_is_told_by_its_content_and_not_its_name():
    assert zipfile.is_zipfile(io.BytesIO(papers.word("")))
    assert words(sources.lines_of(papers.word("<w:p><w:r><w:t>one</w:t></w:r></w:p>"), "minutes.txt")) == ["one"]
