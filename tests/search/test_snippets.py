"""What is shown of a text that was found: the part that tells most, escaped, with what was looked for marked."""

import pytest

from recommendations.search.questions import read
from recommendations.search.snippets import LENGTH, Marker

LONG = "Nothing is said here. " * 60


def shown(typed, text):
    return Marker(read(typed)).snippet(text)


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("taxis", "Every taxi.", "Every <mark>taxi</mark>."),
        ("exploited", "The Exploitation of all", "The <mark>Exploitation</mark> of all"),
        ('"county lines"', "The county’s lines, county lines.", "The county’s lines, <mark>county lines</mark>."),
        ("taxi", "<script>taxi</script> & co", "&lt;script&gt;<mark>taxi</mark>&lt;/script&gt; &amp; co"),
        ("script", "<script>", "&lt;<mark>script</mark>&gt;"),
        ("cafe", "The café", "The <mark>café</mark>"),
        ("anti-social", "Anti-social acts", "<mark>Anti-social</mark> acts"),
        ("taxi", "No cars", "No cars"),
        ("taxi", "Two\n\nlines of  a taxi", "Two lines of a <mark>taxi</mark>"),
    ],
)
def test_what_was_looked_for_is_marked(typed, text, expected):
    assert shown(typed, text) == expected


def test_of_a_long_text_the_part_with_most_of_it_is_shown():
    text = f"{LONG} A taxi. {LONG} The taxi of the night. {LONG}"
    snippet = shown("taxi night", text)
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert "<mark>taxi</mark> of the <mark>night</mark>" in snippet


def test_a_snippet_is_about_as_long_as_a_short_paragraph():
    plain = shown("taxi", f"{LONG} taxi {LONG}").replace("<mark>", "").replace("</mark>", "")
    assert LENGTH - 60 <= len(plain) <= LENGTH + 4


def test_where_nothing_is_to_mark_a_long_text_begins_at_its_beginning():
    assert shown("taxi", LONG).startswith("Nothing is said here.")


def test_one_word_without_end_is_cut():
    assert len(shown("taxi", "x" * 5_000)) <= LENGTH + 2
