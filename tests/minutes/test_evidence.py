"""Which points and witnesses may have led to a recommendation: offered by the words they share, never ticked."""

from pathlib import Path

import pytest

from recommendations.minutes import drafts, evidence, parser, sources
from recommendations.minutes.evidence import Evidence
from tests.minutes.layouts import calls_of
from tests.minutes.test_suggestions import finding

CSE = Path(__file__).parents[2] / "fixtures" / "minutes" / "cse-safeguarding-report.txt"


@pytest.fixture(scope="module")
def cse():
    lines = sources.lines_of(CSE.read_bytes())
    [item] = drafts.content_of(parser.read(lines))["items"]
    return item


def leads(item, text):
    """{what is offered: why} for a recommendation in these words."""
    known = {one["id"]: one["number"] or one["name"] for one in item["findings"]}
    return {known[lead.finding]: lead.why for lead in Evidence(item).for_(finding("recommendation", text))}


def asked(item, number):
    return next(one["text"] for one in drafts.live(item, "recommendation") if one["number"] == number)


def item_of(*findings):
    return {"findings": [one | {"id": pk} for pk, one in enumerate(findings, 1)]}


def point(number, text):
    return finding("point", text, number=number)


def test_therapeutic_support_is_led_to_by_the_two_points_that_speak_of_it(cse):
    found = leads(cse, asked(cse, "2"))
    assert list(found)[:2] == ["9", "7"]
    assert found["7"] == "Shares: commissioning, therapeutic, support, victims"


def test_a_witness_whose_role_is_named_in_such_a_point_is_offered_with_it(cse):
    assert (
        leads(cse, asked(cse, "2"))["Linda Cunningham"] == "Named in point 7: Deputy Designated Nurse Child Protection"
    )


def test_a_witness_of_an_organisation_that_is_named_is_offered_too(cse):
    assert leads(cse, asked(cse, "3"))["Paul Furnell"] == "Named in point 4: Surrey Police"


def test_no_more_than_four_points_are_offered(cse):
    for one in drafts.live(cse, "recommendation"):
        points = [lead for lead in leads(cse, one["text"]) if lead.isdigit()]
        assert 0 < len(points) <= evidence.MOST_POINTS


def test_one_shared_word_is_not_enough():
    item = item_of(point("1", "The library closes at noon."), point("2", "The bridge was painted."))
    assert leads(item, "That the library be painted blue.") == {}


def test_words_of_every_recommendation_tell_nothing():
    item = item_of(point("1", "Officers reported to the Board and provided an update to Members."))
    assert leads(item, "That officers provide a further report to the Board.") == {}


def test_a_word_counts_whatever_its_ending():
    item = item_of(point("1", "Families were visited by two nurses."), point("2", "The road was closed for repairs."))
    assert leads(item, "That a nurse visit each family.") == {"1": "Shares: nurse, visit, family"}


@pytest.mark.parametrize(
    ("word", "other"),
    [("children", "child"), ("families", "family"), ("commissioned", "commissioning"), ("services", "service")],
)
def test_two_forms_of_a_word_have_one_stem(word, other):
    assert evidence.stem(word) == evidence.stem(other)


def test_minutes_without_points_suggest_nothing():
    assert leads(item_of(), "That a nurse visit each family.") == {}


def test_an_organisation_that_brought_many_witnesses_names_none_of_them():
    witnesses = [
        finding("witness", name=name, organisation="Example Council") for name in ("Ann Lee", "Bo Day", "Cy Fox")
    ]
    item = item_of(point("", "Example Council had opened a nursery in Larch Lane."), *witnesses)
    assert leads(item, "That a nursery in Larch Lane be visited.") == {"": "Shares: nursery, larch, lane"}


def test_a_witness_named_in_a_point_without_a_number_is_offered():
    witness = finding("witness", name="Councillor Ann Lee OBE", role="Chair")
    item = item_of(point("", "Ann Lee had opened a nursery in Larch Lane."), witness)
    assert (
        leads(item, "That a nursery in Larch Lane be visited.")["Councillor Ann Lee OBE"]
        == "Named in a point above: Ann Lee"
    )


def crowd(size):
    """Points that all share the same words, and witnesses who are all named in each."""
    words = "Ann Lee opened a nursery in Larch Lane for families and nurses. " * 2
    points = [point(str(number), words) for number in range(size)]
    return item_of(
        *points, *[finding("witness", name=f"Ann Lee{number}", role="Head of Care") for number in range(size)]
    )


def test_the_work_for_a_recommendation_grows_with_the_length_of_its_item_alone():
    def rank(size):
        ready = Evidence(crowd(size))
        for _ in range(20):
            ready.for_(finding("recommendation", "That a nurse visit the nursery in Larch Lane and each family."))

    rank(10)
    assert calls_of(lambda: rank(200)) < 5 * calls_of(lambda: rank(50))
