"""Cells that a spreadsheet would run are made harmless, and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.formulas import guarded, is_any_guarded, unguarded

DANGEROUS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u200b=1", "\ufeff@x", "＝1+1", "＋1",
    "－1", "＠x", "\t", "'=1", "''=1", "' =1", '=HYPERLINK("http://example.org","x")', "=cmd|' /C calc'!A0",
]  # fmt: skip
HARMLESS = ["", "That officers act.", "a=b", "'tis so", "O’Shea", "5 - 3", "'", "(=1)"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_start_is_made_text(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text):
    assert guarded(text) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_nobody_guarded_is_read_as_it_stands(text):
    assert unguarded(text) == text


@given(st.text(alphabet=" '=+-@\t\r\n＝a1"))
def test_whatever_was_guarded_comes_back(text):
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet=" =+-@\t\r\n＝a1"))
def test_no_guarded_cell_begins_as_a_formula(text):
    assert guarded(text).lstrip()[:1] not in list("=+-@＝")


@given(st.lists(st.text(alphabet=" '=-\t\n＝a1")))
def test_one_look_at_many_finds_what_looking_at_each_finds(texts):
    assert is_any_guarded(texts) == any(guarded(text) != text for text in texts)
