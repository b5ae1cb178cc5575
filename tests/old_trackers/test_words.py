"""Words on progress, answers, kinds and exemption, and what they are taken for."""

import pytest

from recommendations.models import Answer, Progress, Recommendation
from recommendations.old_trackers import words

# As written → (progress, whether the words say exactly that)
STATUSES = {
    "Complete": ("closed_implemented", True),
    "COMPLETED.": ("closed_implemented", True),
    "Completed – see the minutes": ("closed_implemented", False),
    "Green": ("in_progress", True),
    "Green - on track": ("in_progress", False),
    "G": ("in_progress", False),
    "B": ("closed_implemented", False),
    "R - Behind schedule": ("in_progress", True),
    "1. Complete": ("closed_implemented", True),
    "On-going": ("in_progress", True),
    "Partially complete": ("in_progress", True),
    "Partially complete – trial runs": ("in_progress", False),
    "75%": ("in_progress", True),
    "0%": ("not_started", True),
    "100% complete": ("closed_implemented", True),
    "Not yet started": ("not_started", True),
    "On hold": ("paused", True),
    "Complete, awaiting sign off": ("reported_complete", True),
    "Not accepted": ("closed_not_implemented", True),
    "No longer required": ("closed_not_implemented", True),
    "Superseded by R4/16": ("closed_superseded", False),
    "Added to the work programme": ("closed_work_programme", True),
    "Purple": ("", False),
    words.GREYED: ("closed_implemented", False),
    words.STRUCK: ("closed_superseded", False),
}


@pytest.mark.parametrize(("written", "expected"), STATUSES.items())
def test_a_status_is_read_as_people_write_it(written, expected):
    assert words.progress_of(written) == expected


@pytest.mark.parametrize("progress", Progress)
def test_our_own_statuses_are_known(progress):
    assert words.progress_of(str(progress.label)) == (progress, True)


@pytest.mark.parametrize("answer", Answer)
def test_our_own_answers_are_known(answer):
    assert words.answer_of(str(answer.label)) == (answer, True)


@pytest.mark.parametrize("kind", Recommendation.Kind)
def test_our_own_kinds_are_known(kind):
    assert words.kind_of(kind.label) == kind


def test_what_is_known_of_progress_is_progress():
    assert set(words._KNOWN_PROGRESS.values()) == set(Progress)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", None), ("No", None), ("Part 1", None), ("3", 3), ("Paragraph 3", 3), ("para. 5", 5), ("Part 2, paragraph 1", 1),
        ("Yes", 0), ("Part 2", 0), ("Exempt under Schedule 12A", 0),
    ],
)  # fmt: skip
def test_exempt_matter_is_known_by_its_paragraph_or_not_at_all(written, expected):
    assert words.exempt_paragraph(written) == expected


@pytest.mark.parametrize(
    ("name", "is_done"),
    [("Completed 2025-26", True), ("Archive", True), ("Closed", True), ("Live", False), ("Not completed", False)],
)
def test_a_sheet_of_what_is_done_says_so(name, is_done):
    assert bool(words.done_sheet(name)) == is_done
