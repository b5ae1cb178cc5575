"""What is asked of the index for what is alike: words that stand everywhere tell something together only."""

import pytest

from recommendations.search.matching import OFTEN, ways_to_be_like

RARE, COMMON = OFTEN - 1, OFTEN


def ways(**counts):
    """However few of those that stand everywhere will do."""
    alone, together = ways_to_be_like(counts)
    return {"".join(sorted(way)) for way in [*alone, *(together[-1] if together else [])]}


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


def test_of_six_common_words_all_are_looked_for_first_and_at_last_four():
    _, together = ways_to_be_like(dict.fromkeys("uvwxyz", COMMON))
    assert [{len(way) for way in tier} for tier in together] == [{6}, {5}, {4}]
