"""Separated values, made column by column, are what Python's own writer makes of each row."""

import csv
import datetime
import io

from hypothesis import given
from hypothesis import strategies as st

from recommendations.exports.separated import lines
from recommendations.formulas import guarded

TEXTS = st.text(alphabet=" '=-\"',;\t\r\n＝ab1")
VALUES = st.none() | st.integers() | st.booleans() | st.dates() | TEXTS
ROWS = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.lists(VALUES, min_size=columns, max_size=columns), min_size=1)
)


@given(ROWS)
def test_a_file_is_what_the_standard_writer_makes_of_it(rows):
    expected = io.StringIO(newline="")
    csv.writer(expected).writerows([[guarded(one) if isinstance(one, str) else one for one in row] for row in rows])
    assert lines([list(column) for column in zip(*rows, strict=True)]) == expected.getvalue()


def test_a_moment_stands_as_the_standard_has_it():
    moment = datetime.datetime(2026, 11, 18, 10, tzinfo=datetime.UTC)
    assert lines([["SCSB R1/26"], [moment]]) == "SCSB R1/26,2026-11-18T10:00:00+00:00\r\n"
