"""docs/security.md against what OWASP ASVS 5.0.0 asks at levels 1 and 2: nothing left out, nothing claimed untried."""

import re
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
DOC = (DOCS / "security.md").read_text("utf-8")
LINES = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", DOC, re.MULTILINE)
STATES = {"met", "not applicable", "open"}
NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")


def asked():
    """The numbers of all requirements of levels 1 and 2."""
    sections = [line.split() for line in (HERE / "asvs_levels.txt").read_text().splitlines()[1:]]
    return [
        f"{section}.{place}" for section, levels in sections for place, level in enumerate(levels, 1) if level < "3"
    ]


def test_every_requirement_of_two_levels_stands_there_once_and_in_order():
    assert len(asked()) == 253
    assert [number for number, *_ in LINES] == asked()


def test_every_line_has_a_state_and_a_reason():
    assert [line for line in LINES if line[2] not in STATES or not line[3].strip()] == []


def test_the_heading_counts_right():
    counts = Counter(state for _, _, state, _ in LINES)
    told = ", ".join(f"{counts[state]} {state}" for state in ("met", "not applicable", "open"))
    assert f"{told}, of {len(LINES)}." in DOC


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED.findall(DOC))))
def test_a_test_that_is_named_is_there(file, name):
    assert re.search(rf"^ *def {name}\(", (HERE / file).read_text("utf-8"), re.MULTILINE)


def test_what_is_met_is_shown_by_a_test_or_by_what_is_written():
    """Only where documentation itself is asked for does a page show it, and then the page is there."""
    for number, _, state, why in LINES:
        pages = re.findall(r"\]\(([\w/.-]+\.md)\)", why)
        assert state != "met" or NAMED.search(why) or pages, number
        assert all((DOCS / page).exists() for page in pages), number


@pytest.mark.parametrize("section", sorted(set(re.findall(r"\(defences\.md\), ([A-Z][\w ]+?) \|", DOC))))
def test_a_section_that_is_named_is_there(section):
    assert f"\n## {section}\n" in (DOCS / "defences.md").read_text("utf-8")
