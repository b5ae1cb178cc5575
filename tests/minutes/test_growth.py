"""The work of reading grows with the length of the minutes and no faster: counted in calls, never timed."""

import pytest

from recommendations.minutes import parser, pdf_files, sources
from tests.minutes import papers
from tests.minutes.layouts import ATTACKS, LAYOUTS, calls_of

EVERY = LAYOUTS | ATTACKS


@pytest.mark.parametrize("layout", EVERY)
def test_four_times_the_minutes_take_four_times_the_work(layout):
    lines = EVERY[layout]
    parser.read(lines(20))
    short, long = (calls_of(lambda size=size: parser.read(lines(size))) for size in (120, 480))
    assert long < 5 * short


@pytest.mark.parametrize("form", papers.FORMATS)
def test_four_times_the_file_takes_four_times_the_work(form):
    # A PDF is read by another process, whose calls are not counted here.
    read = pdf_files.paragraphs_of_pdf if form == "pdf" else sources.lines_of
    files = [papers.FORMATS[form](LAYOUTS["numbered"](size)) for size in (120, 480)]
    read(files[0])
    short, long = (calls_of(lambda file=file: read(file)) for file in files)
    assert long < 5 * short


@pytest.mark.parametrize(
    "body",
    [
        lambda size: papers.table(*[["Jane Doe", "Director"]] * size),
        lambda size: papers.table(["Jane Doe"] * size),
        lambda size: "<w:p><w:r>" + "<w:t>a</w:t><w:br/>" * size + "</w:r></w:p>",
    ],
    ids=["rows", "cells", "breaks"],
)
def test_a_word_file_four_times_as_large_takes_four_times_the_work(body):
    files = [papers.word(body(size)) for size in (120, 480)]
    short, long = (calls_of(lambda file=file: sources.lines_of(file)) for file in files)
    assert long < 5 * short
