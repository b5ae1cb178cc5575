"""Whatever is thrown at the reader, it reads every line or refuses in its own words: text, and damaged files of each format.

The suite tries some hundred of each. Set `max_examples` higher to try as many as there is time for.
"""

import contextlib
import io
import zipfile

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recommendations.minutes import parser, sources
from recommendations.minutes.refusals import Unreadable
from tests.minutes import papers

# Marks, headings, names and letters that readers trip over; the fuzzing puts them side by side.
WORDS = st.sampled_from(
    [
        *"1. 2. (a) (iv) i) - – • o ? ?A A. RESOLVED RECOMMENDED T H A T That Witnesses: Minutes: None Cllr Dr Jane Doe".split(),
        *(
            "Key points raised:",
            "The Board Recommends:",
            "Head of Roads,",
            "Action:",
            "LOST",
            "left the meeting",
            "(Owner:",
        ),
        *(
            "in six months",
            "by 30 February 2027",
            "Page 3 of 7",
            "pdf icon PDF 82 KB",
            "Members asked",
            "be noted",
            "\n",
            "\n\n",
        ),
        *(
            ",",
            ";",
            ":",
            ".",
            "|",
            "\t",
            "   ",
            "\xa0",
            "\u200b",
            "\u00ad",
            "\u2028",
            "\x85",
            "ﬁ",
            "İ",
            "ß",
            "²",
            "١",
            "\U0001f600",
        ),
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=8), max_size=40).map(" ".join) | st.text(max_size=300)
LINES = [
    "Witnesses:",
    "Jane Doe, Head of Roads",
    "",
    "Key points raised:",
    "1. Members asked, and officers answered.",
    "None",
]
FILES = {form: make(LINES) for form, make in papers.FORMATS.items()} | {
    "numbered docx": papers.numbered([("decimal", "%1.", 0, "one"), ("lowerLetter", "(%2)", 1, "two")]),
    "html list": b"<html><ol start=3><li>one<ul><li>two</ul></ol><table><tr><td>a<td>b</table></html>",
}
SPLICES = st.sampled_from(
    [b"\x00", b"<![CDATA[", b"]]>", b"&a;", b"<<", b">>", b"9" * 30, b" 0 R", b"/Kids [2 0 R]", b"<ol>"]
)


def accounts_for(lines):
    """Reads, and says which lines with words are part of no finding."""
    reading = parser.read(lines)
    found = {line for item in reading.items for f in item.findings for line in range(f.line, f.last_line + 1)}
    return [number for number, line in enumerate(lines, 1) if line.strip() and number not in found]


def lost_lines_of(data):
    with contextlib.suppress(Unreadable):
        return accounts_for(sources.lines_of(data))
    return []


@st.composite
def damaged(draw, file):
    """A file cut short, with some bytes changed, or with something put in between."""
    data = bytearray(file)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data) - 1))
        data[at : at + draw(st.integers(0, 4))] = draw(SPLICES | st.binary(max_size=3))
        data = data or bytearray(b"x")
    return bytes(data[: draw(st.integers(1, len(data)))] if draw(st.booleans()) else data)


@given(TEXTS)
@example(". \t .\nJane Doe – Head")
@example(".\t.")
def test_every_line_of_any_text_is_accounted_for(text):
    with contextlib.suppress(Unreadable):
        assert accounts_for(sources.lines_of_text(text)) == []


@pytest.mark.parametrize("form", FILES)
@given(st.data())
@settings(max_examples=40)
def test_no_damaged_file_breaks_the_reader(form, data):
    assert lost_lines_of(data.draw(damaged(FILES[form]))) == []


@given(
    st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"{\\rtf1"]), st.sampled_from(sorted(FILES))
)
def test_a_file_that_pretends_to_be_another_breaks_nothing(start, form):
    assert lost_lines_of(start + FILES[form]) == []


@given(st.sampled_from(["document", "numbering", "styles"]), st.data())
@settings(max_examples=40)
def test_damage_inside_a_word_file_breaks_nothing(part, data):
    document = docx.Document()
    document.add_paragraph("one", style="List Number")
    with zipfile.ZipFile(io.BytesIO(papers.saved(document))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith(".xml")}
    parts[f"word/{part}.xml"] = data.draw(damaged(parts[f"word/{part}.xml"]))
    assert lost_lines_of(papers.archive(parts)) == []


@pytest.mark.parametrize("times", [5, 300])
def test_entities_within_entities_are_not_unfolded(times):
    entities = "".join(f"<!ENTITY e{at + 1} '{f'&e{at};' * 10}'>" for at in range(times))
    body = f"<!DOCTYPE d [<!ENTITY e0 'minutes'>{entities}]>".encode() + papers.document(papers.paragraph("x"))
    assert lost_lines_of(papers.archive({"word/document.xml": body.replace(b">x<", b">x&e%d;<" % times)})) == []
