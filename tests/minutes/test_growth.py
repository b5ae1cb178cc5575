"""The work of reading grows with the length of the minutes and no faster: counted in calls, never timed."""

import pytest

from recommendations.minutes import parser
from tests.minutes.layouts import LAYOUTS, calls_of


@pytest.mark.parametrize("layout", LAYOUTS)
def test_four_times_the_minutes_take_four_times_the_work(layout):
    lines = LAYOUTS[layout]
    parser.read(lines(20))
    short, long = (calls_of(lambda size=size: parser.read(lines(size))) for size in (120, 480))
    assert long < 5 * short
