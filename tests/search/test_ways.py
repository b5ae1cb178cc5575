"""What is asked of the index for what is alike: words that stand everywhere tell something together only."""

import pytest

from recommendations.search.matching import OFTEN, ways_to_be_like

RARE, COMMON = OFTEN - 1, OFTEN


def ways(**counts):
    return {"".join(sorted(way)) for way in ways_to_be_like(counts)}


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"a": 1, "b": RARE}, {"a", "b"}),
        ({"a": RARE, "x": COMMON}, {"a"}),
        ({"a": 1, "k": RARE, "l": RARE, "m": RARE}, {"a", "kl", "km", "lm"}),
        ({"a": RARE, "x": COMMON, "y": COMMON, "z": COMMON}, {"a", "xyz"}),
        ({"x": COMMON, "y": COMMON}, {"xy"}),
        (dict.fromkeys("wxyz", COMMON), {"wxy", "wxz", "wyz", "xyz"}),
    ],
)
def test_a_rare_word_leads_alone_and_common_ones_together(counts, found):
    assert ways(**counts) == found


def test_of_six_common_words_four_must_be_shared():
    assert {len(way) for way in ways(**dict.fromkeys("uvwxyz", COMMON))} == {4}
