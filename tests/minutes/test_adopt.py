"""From a draft to the records of a meeting: all of them, once, or none."""

import datetime

import pytest
from django.db import IntegrityError

from recommendations.minutes import adopt as adopting
from recommendations.minutes import drafts, readiness
from recommendations.minutes.adopt import adopt
from recommendations.models import (
    AgendaItem,
    Evidence,
    FollowUpReport,
    Meeting,
    Recommendation,
    Refused,
    Response,
    Stale,
    Witness,
)
from tests import factories
from tests.minutes import samples

Kind = Recommendation.Kind


@pytest.fixture(autouse=True)
def rules(no_regime, executive):
    return factories.make_organisation("Example Constabulary", also_known_as="Example Police", regime=executive)


@pytest.fixture
def draft(board, clerk):
    return samples.start(board, clerk)


@pytest.fixture
def adopted(draft, clerk):
    adopt(draft, by=clerk)
    return draft


def asked(kind):
    return Recommendation.objects.get(kind=kind)


class TestRecords:
    def test_the_meeting_is_made_on_the_day_that_the_clerk_gave(self, adopted, board):
        assert (adopted.meeting.board, adopted.meeting.held_on) == (board, samples.HELD_ON)
        assert adopted.state == adopted.State.ADOPTED

    def test_a_meeting_that_is_there_is_used(self, draft, board, clerk):
        meeting = factories.make_meeting(board, samples.HELD_ON)
        assert adopt(draft, by=clerk) == meeting

    def test_a_meeting_that_another_clerk_makes_in_this_moment_is_used(self, draft, board, clerk, monkeypatch):
        meeting = factories.make_meeting(board, samples.HELD_ON)
        monkeypatch.setattr(adopting.Meeting.objects, "filter", lambda **key: Meeting.objects.none())
        assert adopt(draft, by=clerk) == meeting

    def test_the_item_has_its_number_title_purpose_and_declarations(self, adopted):
        item = AgendaItem.objects.get()
        assert (item.number, item.title, item.draft) == ("7", "CHILDREN MISSING FROM HOME", adopted)
        assert item.purpose == "To tell the Board how many children went missing."
        assert item.declarations == "None"

    def test_declarations_that_nobody_recorded_are_not_none(self, board, clerk):
        text = samples.TEXT.replace("Declarations of Interest:\nNone\n", "")
        adopt(samples.start(board, clerk, text), by=clerk)
        assert AgendaItem.objects.get().declarations is None

    def test_witnesses_points_resolutions_and_departures_keep_their_lines(self, adopted):
        item = AgendaItem.objects.get()
        assert [str(witness) for witness in item.witnesses.all()] == [
            "Dana Whitlock, Head of Early Help", "Ravi Chand, Detective Inspector, Example Police",
        ]  # fmt: skip
        assert [(point.number, point.line, point.position) for point in item.points.all()] == [
            ("1", 14, 1),
            ("2", 15, 2),
        ]
        assert item.resolutions.get().text.startswith("The Board thanks")
        assert item.attendance_changes.get().line == 27

    def test_every_record_says_where_it_is_from(self, adopted, clerk):
        row = Witness.history.earliest()
        assert row.history_user == clerk
        assert row.history_change_reason == "Adopted from the minutes, line 7"

    def test_something_added_by_hand_says_so(self, draft, clerk):
        drafts.add(draft.content, 0, "point", "Training was offered.")
        draft.correct(draft.content, by=clerk)
        adopt(draft, by=clerk)
        row = AgendaItem.objects.get().points.last().history.get()
        assert row.history_change_reason == "Adopted from the minutes, added by hand"

    def test_headings_unread_and_dropped_lines_become_nothing(self, draft, clerk):
        first, second = samples.found(draft, "point")
        samples.change(draft, first, kind="unread")
        samples.change(draft, second, dropped="Said twice.")
        adopt(draft, by=clerk)
        assert AgendaItem.objects.get().points.count() == 0

    def test_the_system_may_adopt_as_well(self, draft):
        assert adopt(draft, by=None).items.count() == 1


class TestRecommendations:
    def test_recommendations_and_actions_have_references_of_their_own(self, adopted):
        references = Recommendation.objects.order_by("position").values_list("reference", "number")
        assert list(references) == [("SCSB R1/26", "1"), ("SCSB R2/26", "2"), ("SCSB A1/26", "1")]

    def test_they_keep_the_boards_words_and_their_line(self, adopted):
        recommendation = asked(Kind.REPORT_BACK)
        assert recommendation.text == "That officers provide a further report to the Board in six months."
        assert recommendation.line == 22

    def test_an_owner_and_a_date_are_there_from_the_first_row(self, draft, clerk, owner):
        samples.change(draft, samples.found(draft, "action")[0], owner=owner.pk, due_on="2026-05-01")
        adopt(draft, by=clerk)
        action = asked(Kind.ACTION)
        assert (action.owner, action.due_on, action.original_due_on) == (owner, *[datetime.date(2026, 5, 1)] * 2)
        assert action.history.count() == 1

    def test_a_report_back_orders_its_report_for_the_day(self, draft, clerk):
        samples.change(draft, samples.found(draft, "recommendation")[1], due_on="2026-09-27")
        adopt(draft, by=clerk)
        report = FollowUpReport.objects.get()
        assert report.recommendation == asked(Kind.REPORT_BACK)
        assert report.due_on == datetime.date(2026, 9, 27)
        assert report.recommendation.due_on is None

    def test_no_date_is_guessed(self, adopted):
        assert FollowUpReport.objects.get().due_on is None

    def test_an_empty_title_falls_back_to_the_words(self, draft, clerk):
        samples.change(draft, samples.found(draft, "action")[0], title="")
        adopt(draft, by=clerk)
        assert asked(Kind.ACTION).title == "Officers to circulate the figures by school."

    def test_evidence_is_linked_and_what_is_no_evidence_any_more_is_not(self, draft, clerk):
        (witness, _), (point, _) = samples.found(draft, "witness"), samples.found(draft, "point")
        title = samples.found(draft, "title")[0]
        wanted = [witness["id"], point["id"], title["id"]]
        samples.change(draft, samples.found(draft, "recommendation")[0], evidence=wanted)
        adopt(draft, by=clerk)
        links = Evidence.objects.filter(recommendation=asked(Kind.CONSIDER))
        assert {str(link.point or link.witness)[:13] for link in links} == {"Dana Whitlock", "1. Referrals "}

    def test_what_an_exempt_item_asks_is_exempt_under_the_same_paragraph(self, board, clerk):
        adopt(samples.start(board, clerk, exempt_paragraph=3), by=clerk)
        assert set(Recommendation.objects.values_list("exempt_paragraph", flat=True)) == {3}

    def test_one_recommendation_may_be_exempt_alone(self, draft, clerk):
        samples.change(draft, samples.found(draft, "action")[0], exempt_paragraph=1)
        adopt(draft, by=clerk)
        assert asked(Kind.ACTION).exempt_paragraph == 1
        assert asked(Kind.CONSIDER).exempt_paragraph is None


class TestAddressees:
    def test_each_addressee_owes_an_answer_under_its_own_rule(self, draft, clerk, rules, executive):
        samples.change(draft, samples.found(draft, "recommendation")[0], addressees=["officers", "the Example  police"])
        adopt(draft, by=clerk)
        officers, police = Response.objects.filter(recommendation=asked(Kind.CONSIDER))
        assert (officers.addressee, officers.organisation, officers.regime.code) == ("officers", None, "none")
        assert (police.addressee, police.organisation, police.regime) == ("the Example  police", rules, executive)

    def test_an_addressee_named_twice_answers_once(self, draft, clerk):
        samples.change(
            draft, samples.found(draft, "recommendation")[0], addressees=["Example Police", "example police"]
        )
        adopt(draft, by=clerk)
        assert Response.objects.filter(recommendation=asked(Kind.CONSIDER)).count() == 1

    def test_an_action_is_done_and_not_answered(self, draft, clerk):
        samples.change(draft, samples.found(draft, "action")[0], addressees=["officers"])
        adopt(draft, by=clerk)
        assert not Response.objects.filter(recommendation=asked(Kind.ACTION)).exists()

    def test_a_missing_rule_is_told_in_words_and_nothing_is_kept(self, draft, clerk, no_regime):
        no_regime.code = "nothing"
        no_regime.record(by=None, reason="For a test.")
        samples.change(draft, samples.found(draft, "recommendation")[0], addressees=["officers"])
        with pytest.raises(Refused, match="Ask an administrator"):
            adopt(draft, by=clerk)
        assert not Meeting.objects.exists()


class TestAllOrNothing:
    def test_adopting_twice_adds_nothing_and_gives_the_same_meeting(self, adopted, clerk):
        before = Recommendation.history.count()
        assert adopt(adopted, by=clerk) == adopted.meeting
        assert Recommendation.history.count() == before

    def test_a_failure_half_way_leaves_nothing(self, draft, clerk, monkeypatch):
        def fail(*args, **kwargs):
            raise IntegrityError("The disk is full.")

        monkeypatch.setattr(adopting.FollowUpReport, "order", fail)
        with pytest.raises(IntegrityError):
            adopt(draft, by=clerk)
        draft.refresh_from_db()
        assert draft.is_unfinished
        assert not Meeting.objects.exists()
        assert not Recommendation.history.exists()

    def test_a_draft_that_somebody_changed_meanwhile_is_not_adopted_unseen(self, draft, clerk):
        seen = draft.version
        draft.correct(draft.content, by=clerk)
        with pytest.raises(Stale):
            adopt(draft, by=clerk, version=seen)

    def test_a_discarded_draft_is_not_adopted(self, draft, clerk):
        draft.discard(by=clerk, reason="Wrong board.")
        with pytest.raises(Refused, match="discarded"):
            adopt(draft, by=clerk)

    def test_two_items_of_one_meeting_go_to_the_same_one(self, adopted, board, clerk):
        other = samples.start(board, clerk, samples.OTHER_TEXT, number="8")
        assert adopt(other, by=clerk) == adopted.meeting
        assert Recommendation.objects.order_by("-id").first().reference == "SCSB A2/26"


class TestProblems:
    def sentences(self, draft):
        return [problem.sentence for problem in readiness.problems(draft)]

    def test_a_complete_draft_has_none(self, draft):
        assert self.sentences(draft) == []

    def test_a_missing_item_number_stands_in_the_way(self, board, clerk):
        draft = samples.start(board, clerk, numbers=[""])
        assert self.sentences(draft) == ["Enter the number of the item on the agenda."]
        with pytest.raises(Refused, match="Enter the number"):
            adopt(draft, by=clerk)

    def test_a_missing_title_stands_in_the_way(self, draft):
        samples.change(draft, samples.found(draft, "title")[0], dropped="Not a title.")
        assert self.sentences(draft) == ["Enter the title of the item: add it, or call one of its lines “Title”."]

    def test_a_title_longer_than_a_record_holds_stands_in_the_way(self, draft):
        samples.change(draft, samples.found(draft, "title")[0], text="x" * 301)
        assert self.sentences(draft) == ["Shorten the title of the item to 300 characters."]

    def test_a_number_that_the_meeting_has_already_stands_in_the_way(self, adopted, board, clerk):
        other = samples.start(board, clerk, samples.OTHER_TEXT)
        assert self.sentences(other)[0].startswith("The meeting has an item 7 already.")

    def test_a_number_given_twice_stands_in_the_way(self, draft, clerk):
        drafts.begin_item(draft.content, samples.found(draft, "point")[0]["id"])
        drafts.add(draft.content, 1, "title", "CHILDREN OUT OF SCHOOL")
        draft.content["items"][1]["number"] = "7"
        assert self.sentences(draft) == ["Item number 7 is given twice. Give each item its own number."]

    def test_each_of_several_items_is_told_apart(self, draft):
        drafts.begin_item(draft.content, samples.found(draft, "point")[0]["id"])
        assert self.sentences(draft) == [
            "Enter the number of item 2 of this text on the agenda.",
            "Enter the title of item 2 of this text: add it, or call one of its lines “Title”.",
        ]

    def test_nothing_left_is_nothing_to_adopt(self, draft):
        for one in drafts.all_findings(draft.content):
            one["dropped"] = "Not ours."
        assert self.sentences(draft)[0].startswith("Nothing is left to adopt.")

    @pytest.mark.parametrize(
        ("kind", "changes", "sentence"),
        [
            ("witness", {"name": "", "role": ""}, "Witness, line 7: enter the name or the role."),
            ("witness", {"role": "x" * 301}, "Witness, line 7: shorten the role to 300 characters."),
            ("point", {"text": " "}, "Key point 1, line 14: write the words, or drop it."),
            ("action", {"title": "x" * 201}, "Action 1, line 25: shorten the title to 200 characters."),
            (
                "action",
                {"addressees": ["x" * 201]},
                "Action 1, line 25: shorten the addressees to 200 characters each.",
            ),
        ],
    )
    def test_what_no_record_can_hold_stands_in_the_way(self, draft, kind, changes, sentence):
        samples.change(draft, samples.found(draft, kind)[0], **changes)
        assert self.sentences(draft) == [sentence]

    def test_an_owner_who_left_stands_in_the_way(self, draft, owner):
        samples.change(draft, samples.found(draft, "action")[0], owner=owner.pk)
        owner.is_active = False
        owner.save()
        assert self.sentences(draft) == ["Action 1, line 25: the owner can no longer own anything. Choose another one."]

    def test_an_owner_who_is_there_does_not(self, draft, owner):
        samples.change(draft, samples.found(draft, "action")[0], owner=owner.pk)
        assert self.sentences(draft) == []


class TestCautions:
    def sentences(self, draft):
        return [caution.sentence for caution in readiness.cautions(draft)]

    def test_a_missing_owner_and_a_missing_date_are_told_but_stop_nobody(self, draft):
        names = "Recommendation 1, line 21; Recommendation 2, line 22; Action 1, line 25"
        assert self.sentences(draft) == [f"No owner yet: {names}.", f"No date yet: {names}."]

    def test_unread_lines_and_oddities_are_told(self, draft):
        first, second = samples.found(draft, "point")
        samples.change(draft, first, kind="unread")
        samples.change(draft, second, flags=["A stray “?”."])
        assert self.sentences(draft)[:2] == [
            "Not read, so it will not be recorded: Unread 1, line 14.",
            "An oddity that nobody has looked at: Key point 2, line 15.",
        ]

    def test_more_than_eight_recommendations_are_many(self, draft):
        for number in range(8):
            drafts.add(draft.content, 0, "recommendation", f"That school {number} be visited.")
        assert self.sentences(draft)[-1] == "An item makes 10 recommendations: more than 8 are hard to follow up."
