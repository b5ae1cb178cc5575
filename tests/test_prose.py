"""Text that a council writes becomes blocks of a page: what is a heading, a list, a link, a gap; and nothing else is anything."""

import pytest

from recommendations.prose import Block, Piece, blocks_of, gaps_in, pieces_of, without_gaps

TEXT = """# Contact us
 Write to us:

- by e-mail
- [postal address]

County Hall
Kingston

#Complaints
[To be written]

Tell:
- [whom]
"""


def test_lines_become_headings_lists_and_paragraphs():
    assert blocks_of(TEXT)[:4] == [
        Block("heading", ("Contact us",)),
        Block("paragraph", ("Write to us:",)),
        Block("list", ("by e-mail", "[postal address]")),
        Block("paragraph", ("County Hall", "Kingston")),
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "#", "-\n\n#  \n"])
def test_what_has_no_words_is_nothing(text):
    assert blocks_of(text) == []


def test_two_headings_are_two():
    assert [block.lines for block in blocks_of("# One\r\n## Two\r\n- three")] == [("One",), ("Two",), ("three",)]


def test_gaps_stand_in_square_brackets():
    assert gaps_in(TEXT) == ["[postal address]", "[To be written]", "[whom]"]
    assert gaps_in("[] [\n] 5]") == []


def test_without_its_gaps_a_text_has_no_loose_ends():
    """No heading over nothing, and no colon that leads to nothing."""
    assert without_gaps(blocks_of(TEXT)) == [
        Block("heading", ("Contact us",)),
        Block("paragraph", ("Write to us:",)),
        Block("list", ("by e-mail",)),
        Block("paragraph", ("County Hall", "Kingston")),
    ]


@pytest.mark.parametrize("text", ["# A [b]\n\nC", "# A\n\n[b]\n\nC"])
def test_what_is_settled_stays_beside_a_gap(text):
    assert without_gaps(blocks_of(text))[-1] == Block("paragraph", ("C",))


@pytest.mark.parametrize(
    ("line", "hrefs"),
    [
        ("See https://example.org/a?b=c, or write.", ["https://example.org/a?b=c"]),
        ("(https://example.org/)", ["https://example.org/"]),
        ("Write to a.b@example.gov.uk.", ["mailto:a.b@example.gov.uk"]),
        ("Write to [e-mail] or example.org or http://example.org", []),
        ("javascript:alert(1) data:text/html,x https:// a@b", []),
        ('"https://example.org/"onclick="x', ["https://example.org/"]),
    ],
)
def test_addresses_become_links(line, hrefs):
    pieces = pieces_of(line)
    assert [piece.href for piece in pieces if piece.href] == hrefs
    assert "".join(piece.words for piece in pieces) == line


def test_a_gap_is_marked():
    assert pieces_of("Ring [number].") == [Piece("Ring "), Piece("[number]", is_gap=True), Piece(".")]


@pytest.mark.parametrize("part", ["a", "a@", "https://", "https://.", "[", "- ", "#\n", "a.", "[a]\n"])
def test_a_long_text_is_read_through_once(part):
    blocks = blocks_of(part * 40_000)
    assert sum(len(pieces) for block in without_gaps(blocks) for pieces in block.in_pieces) >= 0
