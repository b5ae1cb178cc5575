"""What a clerk may do to what the reader found, before it is adopted."""

import datetime

import pytest
from django.db import IntegrityError

from recommendations.minutes import drafts, splitting
from recommendations.models import MinutesDraft, Refused
from tests import factories

LINES = [
    "CHILDREN MISSING FROM HOME",
    "Witnesses:",
    "Dana Whitlock, Head of Early Help",
    "Key points raised during the discussion:",
    "1. Referrals had risen by a third.",
    "2. Two schools had asked for training.",
    "The Board Recommends:",
    "1. That officers report back to the Board in six months.",
    "Supporting documents:",
]


def finding(pk, kind="point", text="Referrals had risen.", **fields):
    line = fields.pop("line", pk)
    return drafts.blank(kind, text, line=line, last_line=fields.pop("last_line", line)) | {"id": pk} | fields


def content(*findings, **fields):
    """The content of a draft of one item with these findings."""
    item = {"number": "7", "exempt_paragraph": None, "findings": list(findings)} | fields
    return {"items": [item], "last_id": max((one["id"] for one in findings), default=0)}


def texts(one):
    return [found["text"] for found in drafts.all_findings(one)]


@pytest.fixture
def draft(board, clerk):
    return drafts.start(LINES, board=board, held_on=datetime.date(2026, 3, 27), by=clerk, numbers=["7"])


class TestBeginning:
    def test_a_draft_keeps_the_text_and_everything_found_in_it(self, draft):
        kinds = [one["kind"] for one in drafts.all_findings(draft.content)]
        assert draft.lines == LINES
        assert kinds.count("point") == 2
        assert {"title", "witness", "recommendation"} <= set(kinds)

    def test_the_item_has_the_number_that_was_asked_for(self, draft):
        assert draft.content["items"][0]["number"] == "7"

    def test_what_was_found_is_kept_apart_from_what_a_clerk_makes_of_it(self, draft):
        assert draft.found["items"][0]["number"] == ""

    def test_numbers_beyond_the_items_of_the_text_are_left_aside(self, board, clerk):
        draft = drafts.start(LINES, board=board, held_on=factories.ago(1), by=clerk, numbers=["7", "8", "9"])
        assert [item["number"] for item in draft.content["items"]] == ["7"]

    def test_an_exempt_paragraph_holds_for_every_item(self, board, clerk):
        draft = drafts.start(LINES, board=board, held_on=factories.ago(1), by=clerk, exempt_paragraph=3)
        assert [item["exempt_paragraph"] for item in draft.content["items"]] == [3]

    def test_the_first_history_row_names_the_clerk(self, draft, clerk):
        assert draft.history.get().history_user == clerk

    def test_a_recommendation_gets_a_short_title_of_its_words(self, draft):
        asked = next(one for one in drafts.all_findings(draft.content) if one["kind"] == "recommendation")
        assert asked["title"] == "Officers report back to the Board in six months."

    @pytest.mark.parametrize("who", ["owner", "member", "administrator", "stranger"])
    def test_only_a_clerk_begins_one(self, board, person, who):
        with pytest.raises(Refused, match="Only a clerk works on minutes that come in"):
            drafts.start(LINES, board=board, by=person(who))

    def test_the_same_words_are_entered_once(self, draft, board, clerk):
        wrapped = [line.upper() for line in LINES]
        with pytest.raises(drafts.AlreadyEntered) as again:
            drafts.start(wrapped, board=board, held_on=factories.ago(1), by=clerk)
        assert again.value.draft == draft

    def test_the_words_of_a_discarded_draft_may_be_entered_again(self, draft, board, clerk):
        draft.discard(by=clerk, reason="Wrong board.")
        again = drafts.start(LINES, board=board, held_on=factories.ago(1), by=clerk)
        assert again != draft

    def test_two_clerks_who_enter_the_same_in_one_moment_make_one_draft(self, draft, board, clerk, monkeypatch):
        looked = iter([False, True])
        look = drafts.refuse_again
        monkeypatch.setattr(drafts, "refuse_again", lambda *asked: next(looked) and look(*asked))
        with pytest.raises(drafts.AlreadyEntered):
            drafts.start(LINES, board=board, held_on=factories.ago(1), by=clerk)
        assert MinutesDraft.objects.count() == 1

    def test_another_fault_of_the_database_is_not_taken_for_that(self, draft, board, clerk, monkeypatch):
        monkeypatch.setattr(drafts, "refuse_again", lambda *asked: None)
        with pytest.raises(IntegrityError):
            drafts.start(LINES, board=board, held_on=factories.ago(1), by=clerk)

    def test_a_text_of_more_findings_than_a_page_can_hold_is_refused(self, board, clerk, monkeypatch):
        monkeypatch.setattr(drafts, "MOST_FINDINGS", 3)
        with pytest.raises(Refused, match="too long for one draft"):
            drafts.start(LINES, board=board, held_on=factories.ago(1), by=clerk)

    def test_a_text_in_which_nothing_was_found_is_one_empty_item(self):
        found = drafts.content_of(drafts.parser.Reading(items=()))
        assert found["items"] == [{"number": "", "exempt_paragraph": None, "findings": []}]


class TestLooking:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("That officers review the guidance.", "Officers review the guidance."),
            ("that  it\nbe reviewed", "It be reviewed"),
            ("Thatch be inspected", "Thatch be inspected"),
            ("", ""),
            ("x" * 90, "…"),
        ],
    )
    def test_a_short_title_is_the_boards_words_without_the_that(self, text, title):
        assert drafts.short_title(text) == title

    def test_a_short_title_ends_with_a_whole_word(self):
        title = drafts.short_title("That officers " + "carefully " * 20)
        assert len(title) <= 80
        assert title.endswith("carefully…")

    def test_unread_lines_and_oddities_count_until_somebody_has_dealt_with_them(self):
        found = content(
            finding(1, "unread"),
            finding(2, "unread", dropped="Noise."),
            finding(3, flags=["A stray “?”."]),
            finding(4, flags=["A stray “?”."], checked=True),
            finding(5, "furniture", flags=["A stray “?”."]),
        )
        assert [one["id"] for one in drafts.unread(found)] == [1]
        assert [one["id"] for one in drafts.oddities(found)] == [3]

    def test_a_title_over_two_lines_is_one_title_and_two_purposes_are_two_lines(self):
        item = content(
            finding(1, "title", "CHILDREN"), finding(2, "title", "AT RISK"),
            finding(3, "purpose", "To report."), finding(4, "purpose", "To ask."),
        )["items"][0]  # fmt: skip
        assert drafts.text_of(item, "title") == "CHILDREN AT RISK"
        assert drafts.text_of(item, "purpose") == "To report.\nTo ask."
        assert drafts.text_of(item, "declarations") is None

    def test_an_item_of_which_all_was_dropped_is_not_adopted(self):
        found = content(finding(1, dropped="Not ours."), finding(2, "furniture"))
        assert drafts.adoptable(found) == []

    def test_a_finding_is_named_by_kind_number_and_line(self):
        assert drafts.name_of(finding(1, number="3", line=24)) == "Key point 3, line 24"
        assert drafts.name_of(finding(1, line=None)) == "Key point, added by hand"


class TestCorrecting:
    def test_a_new_text_brings_its_own_time_phrases_and_title(self):
        asked = finding(1, "recommendation", "That officers report.", title="Officers report.")
        drafts.correct(asked, text="That officers report in six months.")
        assert asked["time_phrases"] == ["in six months"]
        assert asked["title"] == "Officers report in six months."

    def test_a_title_that_a_clerk_wrote_stays(self):
        asked = finding(1, "recommendation", "That officers report.", title="Report on training")
        drafts.correct(asked, text="That officers report in six months.")
        assert asked["title"] == "Report on training"

    def test_a_line_that_is_called_a_witness_is_read_as_one(self):
        line = finding(1, "unread", "Paul Furnell, Detective Chief Superintendent, Surrey Police")
        drafts.correct(line, kind="witness")
        assert (line["name"], line["organisation"]) == ("Paul Furnell", "Surrey Police")

    def test_a_witness_who_cannot_be_read_is_a_name_alone(self, monkeypatch):
        monkeypatch.setattr(drafts.parser, "read", lambda lines: drafts.parser.Reading(items=()))
        line = finding(1, "unread", "Paul Furnell")
        drafts.correct(line, kind="witness")
        assert line["name"] == "Paul Furnell"

    def test_a_line_that_is_called_a_recommendation_gets_what_one_needs(self):
        line = finding(1, "unread", "That officers provide a further report to the Board in six months.")
        drafts.correct(line, kind="recommendation")
        assert (line["ask"], line["time_phrases"]) == ("report_back", ["in six months"])
        assert line["title"].startswith("Officers provide")

    def test_a_line_that_is_called_a_point_needs_nothing_more(self):
        line = finding(1, "unread", "Referrals had risen.")
        drafts.correct(line, kind="point")
        assert line == finding(1, "point", "Referrals had risen.")

    def test_what_a_clerk_filled_in_is_not_overwritten_by_a_new_kind(self):
        line = finding(1, "unread", "Paul Furnell, Surrey Police", name="Paul J Furnell")
        drafts.correct(line, kind="witness")
        assert line["name"] == "Paul J Furnell"


class TestMerging:
    def test_a_line_joins_the_one_above_with_its_lines_and_oddities(self):
        found = content(finding(1, text="Referrals"), finding(2, text="had risen.", flags=["A lost dash."]))
        assert drafts.merge(found, 2) == 1
        (merged,) = drafts.all_findings(found)
        assert (merged["text"], merged["line"], merged["last_line"]) == ("Referrals had risen.", 1, 2)
        assert merged["flags"] == ["A lost dash."]

    def test_headings_and_dropped_lines_between_are_passed_over(self):
        found = content(
            finding(1, text="A"), finding(2, "furniture"), finding(3, dropped="Noise."), finding(4, text="B")
        )
        assert drafts.merge(found, 4) == 1

    def test_the_first_line_has_nothing_to_join(self):
        with pytest.raises(Refused, match="Nothing stands above"):
            drafts.merge(content(finding(1, "furniture"), finding(2)), 2)

    @pytest.mark.parametrize(
        ("organisation", "expected"), [("", ("Head of Early Help", "")), ("Example", ("Head of", "Example Early Help"))]
    )
    def test_a_wrapped_role_is_made_whole(self, organisation, expected):
        person = finding(1, "witness", "Dana, Head of", name="Dana", role="Head of", organisation=organisation)
        found = content(person, finding(2, "unread", "Early Help"))
        drafts.merge(found, 2)
        merged = found["items"][0]["findings"][0]
        assert (merged["role"], merged["organisation"]) == expected

    def test_evidence_follows_a_point_into_the_one_above(self):
        found = content(finding(1), finding(2), finding(3, "recommendation", evidence=[2]))
        drafts.merge(found, 2)
        assert found["items"][0]["findings"][-1]["evidence"] == [1]

    def test_evidence_that_becomes_part_of_a_title_is_evidence_no_more(self):
        found = content(finding(1, "title"), finding(2), finding(3, "recommendation", evidence=[2]))
        drafts.merge(found, 2)
        assert found["items"][0]["findings"][-1]["evidence"] == []

    @pytest.mark.parametrize(("above", "expected"), [("witness", "f1"), ("point", None)])
    def test_who_was_said_to_be_a_merged_witness_is_the_one_above(self, above, expected):
        third = finding(3, "witness", "Claire", name="Claire", person="f2")
        found = content(finding(1, above, "Clare,"), finding(2, "witness", "Nurse", name="Nurse"), third)
        drafts.merge(found, 2)
        assert third["person"] == expected

    def test_two_lines_that_were_added_by_hand_have_no_line_to_share(self):
        found = content(finding(1, line=None), finding(2, line=None))
        drafts.merge(found, 2)
        assert found["items"][0]["findings"][0]["line"] is None

    def test_an_unknown_finding_is_refused_in_words(self):
        with pytest.raises(Refused, match="no longer in this draft"):
            drafts.merge(content(finding(1)), 99)


class TestSplitting:
    def test_each_line_becomes_a_finding_with_its_own_line(self):
        found = content(finding(1, text="Referrals had risen.\nTraining was offered.", line=1, last_line=2, number="4"))
        splitting.split(found, 1, ["4. Referrals had risen.", "Training was offered."])
        first, second = drafts.all_findings(found)
        assert (first["id"], first["number"], first["line"], first["last_line"]) == (1, "4", 1, 1)
        assert (second["id"], second["number"], second["line"], second["last_line"]) == (2, "", 2, 2)

    def test_paragraphs_come_before_lines(self):
        found = content(finding(1, text="One\ntwo\n\nThree", line=None))
        splitting.split(found, 1, [])
        assert texts(found) == ["One\ntwo", "Three"]

    def test_parts_on_one_source_line_share_it(self):
        found = content(finding(1, "witness", "Ann Hill, Head of Care\nBen Moor, Head of Roads", line=1))
        splitting.split(found, 1, ["Ann Hill, Head of Care; Ben Moor, Head of Roads"])
        assert [(one["name"], one["line"], one["last_line"]) for one in drafts.all_findings(found)] == [
            ("Ann Hill", 1, 1), ("Ben Moor", 1, 1),
        ]  # fmt: skip

    @pytest.mark.parametrize(("name", "person"), [("Ann Hill", 7), ("Dr Ann Hill", None)])
    def test_who_somebody_is_stays_said_while_the_name_stays(self, name, person):
        found = content(finding(1, "witness", "Ann Hill, Nurse\nBen Moor, Head of Roads", name=name, person=7))
        splitting.split(found, 1, ["Ann Hill, Nurse; Ben Moor, Head of Roads"])
        assert [one["person"] for one in drafts.all_findings(found)] == [person, None]

    WRAPPED = ("1. Referrals had risen.", "", "  Training  was offered.")

    def test_words_that_the_reader_joined_are_parted_where_the_text_has_it(self):
        found = content(finding(1, text="Referrals had risen. Training was offered.", line=1, last_line=3))
        splitting.split(found, 1, list(self.WRAPPED))
        parts = [(one["text"], one["line"], one["last_line"]) for one in drafts.all_findings(found)]
        assert parts == [("Referrals had risen.", 1, 2), ("Training was offered.", 3, 3)]

    def test_words_that_a_clerk_has_changed_are_not_parted_by_guess(self):
        found = content(finding(1, text="Referrals rose. Training ended.", line=1, last_line=3))
        with pytest.raises(Refused, match="a line of its own"):
            splitting.split(found, 1, list(self.WRAPPED))

    def test_one_line_cannot_be_split(self):
        with pytest.raises(Refused, match="a line of its own"):
            splitting.split(content(finding(1)), 1, ["Referrals had risen."])

    def test_what_rested_on_the_whole_rests_on_every_part(self):
        found = content(finding(1, text="A\nB", line=None), finding(2, "recommendation", evidence=[1]))
        splitting.split(found, 1, [])
        assert found["items"][0]["findings"][-1]["evidence"] == [1, 3]


class TestDroppingAndAdding:
    def test_a_dropped_line_says_why_and_can_be_put_back(self):
        found = content(finding(1))
        drafts.drop(found, 1, "Said twice.")
        assert drafts.live(found["items"][0]) == []
        drafts.restore(found, 1)
        assert len(drafts.live(found["items"][0])) == 1

    def test_nothing_is_dropped_without_a_reason(self):
        with pytest.raises(Refused, match="Say why"):
            drafts.drop(content(finding(1)), 1, " ")

    def test_what_is_added_stands_after_the_last_of_its_kind(self):
        found = content(finding(1, "title"), finding(2, text="A"), finding(3, "resolution"))
        pk = drafts.add(found, 0, "point", "Training was offered.")
        assert [one["id"] for one in found["items"][0]["findings"]] == [1, 2, pk, 3]

    def test_the_first_of_a_kind_is_added_at_the_end(self):
        found = content(finding(1, "title"))
        drafts.add(found, 0, "point", "Training was offered.")
        assert [one["kind"] for one in drafts.all_findings(found)] == ["title", "point"]

    def test_nothing_is_added_without_words(self):
        with pytest.raises(Refused, match="Write the words"):
            drafts.add(content(finding(1)), 0, "point", " ")

    def test_the_id_of_a_merged_finding_is_never_given_again(self):
        found = content(finding(1), finding(2))
        drafts.merge(found, 2)
        assert drafts.add(found, 0, "point", "Training was offered.") == 3


class TestItems:
    def test_a_new_item_begins_in_the_middle_and_forgets_distant_evidence(self):
        found = content(finding(1), finding(2, "title"), finding(3, "recommendation", evidence=[1]), exempt_paragraph=3)
        drafts.begin_item(found, 2)
        _, second = found["items"]
        assert [one["id"] for one in second["findings"]] == [2, 3]
        assert (second["number"], second["exempt_paragraph"]) == ("", 3)
        assert second["findings"][1]["evidence"] == []

    def test_an_item_cannot_begin_where_it_begins(self):
        with pytest.raises(Refused, match="begins with this already"):
            drafts.begin_item(content(finding(1, "furniture"), finding(2, "title")), 2)

    def test_two_items_that_are_one_are_joined(self):
        found = content(finding(1), finding(2, "title"), number="")
        drafts.begin_item(found, 2)
        found["items"][1] |= {"number": "8", "exempt_paragraph": 1}
        drafts.join_item(found, 1)
        (item,) = found["items"]
        assert (item["number"], item["exempt_paragraph"], len(item["findings"])) == ("8", 1, 2)

    @pytest.mark.parametrize("place", [0, 5])
    def test_the_first_item_has_none_before_it(self, place):
        with pytest.raises(Refused, match="no item before"):
            drafts.join_item(content(finding(1)), place)
