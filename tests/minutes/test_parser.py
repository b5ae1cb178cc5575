"""Reading minutes: golden pairs named for the trouble they show, and what must hold for any text at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.minutes import parser, sources

CASES = sorted(Path("fixtures/minutes").glob("*.txt"))
CSE = Path("fixtures/minutes/cse-safeguarding-report.txt")


def read(text):
    return parser.read(sources.lines_of_text(text))


def found(text, kind):
    return [finding for item in read(text).items for finding in item.of_kind(kind)]


def texts(text, kind):
    return [finding.text for finding in found(text, kind)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_is_read_as_a_careful_clerk_reads_it(case):
    wanted = json.loads(case.with_suffix(".json").read_text(encoding="utf-8"))
    assert parser.read(sources.lines_of(case.read_bytes(), case.name)).as_json() == wanted


class TestTheMinutesOnChildSexualExploitation:
    @pytest.fixture
    def item(self):
        return read(CSE.read_text(encoding="utf-8")).items[0]

    @pytest.mark.parametrize(
        ("kind", "count"),
        [("witness", 8), ("point", 11), ("recommendation", 4), ("resolution", 2), ("attendance", 1), ("unread", 0)],
    )
    def test_everything_is_found(self, item, kind, count):
        assert len(item.of_kind(kind)) == count

    def test_the_recommendations_ask_for_different_things(self, item):
        asks = [finding.ask for finding in item.of_kind("recommendation")]
        assert asks == ["do", "consider", "report_back", "report_back"]

    def test_the_second_recommendation_speaks_to_three(self, item):
        wanted = ("officers", "the Clinical Commissioning Groups", "Adult Social Care")
        assert item.of_kind("recommendation")[1].addressees == wanted

    def test_officers_are_nobody_in_particular(self, item):
        assert {finding.owner_hint for finding in item.of_kind("recommendation")} == {""}

    def test_a_role_printed_twice_is_proposed_once_and_flagged(self, item):
        curran = item.of_kind("witness")[1]
        assert curran.role == "Cabinet Member for Children and Families Wellbeing"
        assert curran.flags == ("“Cabinet Member for” is printed twice.",)
        assert curran.text == "Claire Curran, Cabinet Member for Cabinet Member for Children and Families Wellbeing"

    def test_a_stray_question_mark_is_flagged_and_its_line_kept(self, item):
        mittelstadt = item.of_kind("witness")[-1]
        assert mittelstadt.role == "Partnership Manager (Child Sexual Exploitation)"
        assert mittelstadt.flags == ("A stray “?” stood before the role.",)
        assert "?Partnership" in mittelstadt.text

    def test_no_date_is_guessed(self, item):
        assert {finding.suggested_due_on for finding in item.findings} == {None}


class TestWords:
    def test_a_lettered_list_stays_inside_its_recommendation(self):
        text = "Recommendations:\n2. That the Council:\na) plants trees; and\nb) waters them.\n3. That officers help."
        first, second = found(text, "recommendation")
        assert first.text == "That the Council:\na) plants trees; and\nb) waters them."
        assert (first.line, first.last_line, second.number) == (2, 4, "3")

    def test_real_question_marks_stay(self):
        text = "Key points:\n1. Why was the Sub?Committee late? Nobody knew."
        (point,) = found(text, "point")
        assert point.text == "Why was the Sub?Committee late? Nobody knew."
        assert point.flags == ("A “?” stands inside “Sub?Committee”: a character may be lost.",)

    def test_a_question_mark_for_a_bullet_is_flagged(self):
        (point, _) = found("Key points:\n?Members asked about trees.\n?Officers answered.", "point")
        assert (point.text, point.flags) == (
            "Members asked about trees.",
            ("A “?” stands where a list mark was lost.",),
        )

    @pytest.mark.parametrize(
        ("before", "after", "whole"),
        [
            ("the tar-", "get", "the target"),
            ("Jane Gordon-", "Walker", "Jane Gordon-Walker"),
            ("they re-", "use it", "they re-use it"),
        ],
    )
    def test_a_word_broken_at_a_lines_end_is_made_whole(self, before, after, whole):
        (point,) = found(f"Key points:\n1. Members said {before}\n{after} often.", "point")
        assert whole in point.text

    def test_a_wrong_weekday_is_flagged(self):
        (action,) = found("Actions:\n1. Officers to write by Monday 28 February 2014.", "action")
        assert action.flags == ("“by Monday 28 February 2014”: that day is a Friday.",)
        assert action.suggested_due_on.isoformat() == "2014-02-28"


class TestPlaces:
    def test_the_same_outcome_twice_is_one_outcome(self):
        text = "Decision:\n(a) That the plan be sent to Cabinet.\nMinutes:\nRESOLVED:\n(a) That the plan be sent to Cabinet."
        assert len(found(text, "recommendation")) == 1
        assert [f.flags for f in found(text, "furniture") if f.flags] == [("The same words stand at line 2 already.",)]

    def test_what_was_put_and_lost_is_no_outcome(self):
        text = "RESOLVED:\n1. That parking be free for all.\nThe motion was put to the vote and lost."
        assert not found(text, "recommendation")
        assert found(text, "unread")[0].flags == ("This was put to the vote and lost.",)

    def test_declarations_not_recorded_differ_from_none(self):
        assert read("Minutes:\nThe report was noted.").as_json()["items"][0]["declarations"] is None
        assert read("Declarations of Interest:\nNone.").as_json()["items"][0]["declarations"] == "None"

    def test_a_declared_interest_is_told_in_its_words(self):
        document = read("Declarations of Interest:\nCllr Ann Orme declared an interest as a trustee.").as_json()
        assert document["items"][0]["declarations"] == "Cllr Ann Orme declared an interest as a trustee."

    def test_a_purpose_with_a_list_is_one_purpose(self):
        (purpose,) = found("Purpose of the report:\nTo consider:\n(a) the plan\n(b) the budget\nMinutes:", "purpose")
        assert purpose.text == "To consider:\n(a) the plan\n(b) the budget"

    def test_guidance_on_interests_is_no_declaration(self):
        text = "Members are reminded to declare any interests.\n(i) Any disclosable pecuniary interests and / or\nNone received."
        assert texts(text, "declarations") == ["None received."]

    def test_a_second_purpose_begins_a_second_item(self):
        text = "Purpose: To agree the minutes.\nMinutes:\nThese were agreed.\nPurpose: To hear about roads.\n"
        assert [item.as_json()["purpose"] for item in read(text).items] == [
            "To agree the minutes.",
            "To hear about roads.",
        ]

    def test_reasons_are_left_to_the_clerk(self):
        assert texts("RESOLVED:\n1. That the plan be noted.\nReasons for decision:\nIt is a good plan.", "unread") == [
            "It is a good plan."
        ]

    def test_a_title_below_the_documents_begins_the_next_item(self):
        text = (
            "ROADS\nMinutes:\nThe report was noted.\nSupporting documents:\nMap of roads\nBRIDGES\nMinutes:\nAll stood."
        )
        assert [item.as_json()["title"] for item in read(text).items] == ["ROADS", "BRIDGES"]

    def test_what_follows_the_documents_is_read_on(self):
        assert texts("Supporting documents:\nMap\nThe Chairman welcomed everybody to the hall.", "point") == [
            "The Chairman welcomed everybody to the hall."
        ]

    @pytest.mark.parametrize(
        ("lines", "kinds"),
        [
            (["1. One.", "And more of it."], ["point"]),
            (["1. One.", "", "Sub-heading Of Its Own"], ["point", "unread"]),
            (["1. One.", "", "Officers replied that:", "", "a) two was so."], ["point", "furniture", "point"]),
            (["1. One.", "", "The Board noted the plan."], ["point", "resolution"]),
            (
                ["One was so.", "", "The Board requested that:", "", "1. two be so."],
                ["point", "furniture", "recommendation"],
            ),
            (["One was so.", "", "Officers replied that:"], ["point", "point"]),
            (["1. One.", "", "Members are reminded to declare any interests."], ["point", "furniture"]),
            (["1. One.", "", "Jane Doe, Director of Place"], ["point", "witness"]),
        ],
    )
    def test_what_follows_a_point_is_told_by_its_form(self, lines, kinds):
        (item,) = read("\n".join(["Key points raised:", *lines])).items
        assert [finding.kind for finding in item.findings[1:]] == kinds

    def test_a_lost_motion_without_a_heading_is_told(self):
        text = "Minutes:\nThat the plan be sent to Cabinet was put to the vote and lost."
        assert [finding.kind for finding in read(text).items[0].findings] == ["furniture", "point"]

    def test_nobody_sending_apologies_is_no_change(self):
        assert not found("There were no apologies for absence.", "attendance")

    def test_what_stands_alone_under_declarations_was_declared(self):
        text = "Declarations of Interest:\nCllr Ann Orme said that her sister worked for the Trust."
        assert texts(text, "declarations") == ["Cllr Ann Orme said that her sister worked for the Trust."]

    def test_a_role_before_its_name_is_a_witness_under_their_heading(self):
        (witness,) = found("Witnesses:\nHead of Place – Jane Doe", "witness")
        assert (witness.name, witness.role) == ("Jane Doe", "Head of Place")

    def test_a_post_without_a_name_is_a_witness_whose_name_is_to_be_entered(self):
        (witness,) = found("Witnesses:\nThe Head of Housing", "witness")
        assert (witness.name, witness.role, witness.text) == ("", "Head of Housing", "The Head of Housing")
        assert witness.flags == ("Only the post is told: enter the name.",)

    def test_nobody_is_brought_in_twice(self):
        text = "Witnesses:\nDr Jane Doe, Nurse\nMinutes:\nThe Chair welcomed Jane Doe, Nurse, to the meeting."
        assert [witness.name for witness in found(text, "witness")] == ["Dr Jane Doe"]

    def test_who_is_in_the_chair_from_the_beginning_has_not_come(self):
        assert not found("Present: Councillor Ash (in the Chair); Councillor Birch.", "attendance")

    def test_a_list_mark_alone_is_no_point(self):
        assert texts("Key points:\n1. One was so.\n\n2.\n\nRESOLVED:\n\n1. That it be noted.", "point") == [
            "One was so."
        ]

    def test_an_attachment_is_no_item(self):
        text = "ROADS\nSupporting documents:\nRoad plan , item 5 pdf icon PDF 80 KB"
        assert [item.as_json()["title"] for item in read(text).items] == ["ROADS"]

    def test_two_titles_below_each_other_are_two_items(self):
        text = "Agenda and minutes\n\nPublic Questions\n\nMembers’ Questions"
        assert [item.as_json()["title"] for item in read(text).items] == ["Public Questions", "Members’ Questions"]

    def test_capitals_before_a_purpose_begin_an_item(self):
        text = (
            "ROADS\nMinutes:\nThe report was noted.\n\nBRIDGES AND FORDS\n\nPurpose of the report:\nTo hear about them."
        )
        assert [item.as_json()["title"] for item in read(text).items] == ["ROADS", "BRIDGES AND FORDS"]

    def test_an_empty_page_is_an_empty_item(self):
        document = parser.read([]).as_json()["items"][0]
        assert document.pop("declarations") is None
        assert not any(document.values())


WORDS = st.sampled_from(
    (
        "Witnesses: Minutes: RESOLVED RESOLVED: Recommendations: Actions: Action: None Purpose: That the Board be noted. 1. 2."
        " a) (i) • - ? | Jane Doe, Director of Councillor left the meeting at 10.15am was lost. to in six months by 31 March 2017"
        " pdf icon PDF 5 KB Key points raised during discussion: Declarations of Interest: \t \xa0 – : ; “ ( ) 1.1 A. II."
        " Supporting documents:"
    ).split(" ")
)
LINES = st.lists(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=40), max_size=40)


@given(LINES)
def test_every_line_with_words_lies_within_a_finding(lines):
    covered = {
        line
        for item in parser.read(lines).items
        for finding in item.findings
        for line in range(finding.line, finding.last_line + 1)
    }
    assert [number for number, line in enumerate(lines, start=1) if line.strip() and number not in covered] == []


@given(LINES)
def test_findings_stand_in_the_order_of_the_source(lines):
    places = [finding.line for item in parser.read(lines).items for finding in item.findings]
    assert places == sorted(places)


@given(LINES)
def test_every_word_comes_back(lines):
    told = json.dumps(parser.read(lines).as_json(), ensure_ascii=False).casefold()
    wanted = {word.casefold() for line in lines for word in line.split() if word.isalpha() and word.isascii()}
    assert [word for word in wanted if word not in told] == []


@given(LINES)
def test_every_kind_is_a_documented_one(lines):
    assert {finding.kind for item in parser.read(lines).items for finding in item.findings} <= set(parser.KINDS)


@pytest.mark.parametrize(
    "line",
    [
        "1. ",
        "((((",
        "Minutes: ",
        "Action – ",
        "Jane Doe, Head of Roads ",
        "word-",
        "Witnesses:\n",
        "TITLE\n\n",
        "?A?b",
        "a:",
    ],
)
def test_a_long_monotonous_text_is_read_in_a_moment(line):
    text = line * (40_000 // len(line))
    assert parser.read(text.split("\n")).items
