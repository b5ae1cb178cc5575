"""What the minutes suggest beside each question: a day, an owner, what led to it. Taken with a tick, never unasked."""

import datetime

import pytest
from django.urls import reverse

from recommendations.minutes import drafts, suggestions
from recommendations.minutes.adopt import adopt
from recommendations.models import FollowUpReport, Repeats
from tests import factories
from tests.minutes import samples
from tests.views.intake import errors_in, fields_of, page_of, prefix, send
from tests.views.pages import Page, words_of

NAME = "draft-recommendations"
VISIT = "1. That the Head of Safeguarding visit the two schools that asked for training.\n2. Officers to circulate"
TEXT = samples.TEXT.replace("1. Officers to circulate", VISIT)
TEXT = TEXT.replace("in six months", "at its March meeting (Owner: Olu Shah)")


@pytest.fixture
def signed_in(sign_in, clerk):
    return sign_in(clerk)


@pytest.fixture
def draft(board, clerk, no_regime):
    return samples.start(board, clerk, TEXT)


@pytest.fixture
def look(signed_in, draft):
    return lambda: Page(signed_in.get(reverse(NAME, args=[draft.pk])))


def asked(draft, number=1):
    """The second recommendation: the one with an owner and a meeting."""
    draft.refresh_from_db()
    return samples.found(draft, "recommendation")[number]


class TestOwners:
    def test_the_owner_in_the_text_is_offered_and_not_taken_unasked(self, look, signed_in, draft, owner):
        assert "Use Olu Shah, from “(Owner: Olu Shah)”" in look().text
        send(signed_in, draft, NAME)
        assert asked(draft)["owner"] is None

    def test_the_owner_in_the_text_is_taken_with_one_tick(self, look, signed_in, draft, owner):
        send(signed_in, draft, NAME, **{f"{prefix(draft, 'recommendation', 1)}__owner_as_suggested": "on"})
        assert asked(draft)["owner"] == owner.pk
        assert "from “(Owner: Olu Shah)”" not in look().text

    def test_choosing_the_same_person_as_well_is_no_contradiction(self, signed_in, draft, owner):
        card = prefix(draft, "recommendation", 1)
        send(signed_in, draft, NAME, **{f"{card}__owner_as_suggested": "on", f"{card}__owner": owner.pk})
        assert asked(draft)["owner"] == owner.pk

    def test_a_tick_and_another_owner_contradict_each_other(self, signed_in, draft, owner, other_officer):
        card = prefix(draft, "recommendation", 1)
        said = {f"{card}__owner_as_suggested": "on", f"{card}__owner": other_officer.pk}
        html = page_of(send(signed_in, draft, NAME, **said))
        assert errors_in(html) == ["Tick the owner from the minutes or choose another one, not both"]

    def test_a_role_that_one_officer_has_is_offered(self, look, owner):
        assert "Use Olu Shah, from “Head of Safeguarding”" in look().text

    def test_who_cannot_own_anything_is_only_told(self, look, clerk):
        assert "The minutes say: Olu Shah" in look().text


class TestSeries:
    """The report that the Board wants again and again."""

    @pytest.fixture
    def draft(self, board, clerk, no_regime):
        return samples.start(board, clerk, TEXT.replace("at its March meeting", "quarterly"))

    def test_how_often_is_offered_in_the_words_of_the_minutes(self, look):
        assert "Use every quarter, from “quarterly”" in look().text

    def test_it_is_not_taken_unasked(self, signed_in, draft):
        send(signed_in, draft, NAME)
        assert asked(draft)["repeats"] is None

    def test_it_is_taken_with_one_tick_and_becomes_a_series(self, signed_in, draft, clerk):
        send(signed_in, draft, NAME, **{f"{prefix(draft, 'recommendation', 1)}__repeats_as_suggested": "on"})
        draft.refresh_from_db()
        adopt(draft, by=clerk)
        assert FollowUpReport.objects.get().repeats == Repeats.QUARTERLY

    def test_the_check_page_says_how_often(self, signed_in, draft):
        send(signed_in, draft, NAME, **{f"{prefix(draft, 'recommendation', 1)}__repeats": "12"})
        assert "How often Every year" in Page(signed_in.get(reverse("draft-check", args=[draft.pk]))).text

    def test_a_tick_and_another_answer_contradict_each_other(self, signed_in, draft):
        card = prefix(draft, "recommendation", 1)
        said = {f"{card}__repeats_as_suggested": "on", f"{card}__repeats": "12"}
        html = page_of(send(signed_in, draft, NAME, **said))
        assert errors_in(html) == ["Tick how often from the minutes or choose it, not both"]

    def test_what_is_not_reported_back_is_not_asked(self, signed_in, draft):
        page = page_of(signed_in.get(reverse(NAME, args=[draft.pk])))
        assert f"{prefix(draft, 'recommendation', 0)}-repeats" not in fields_of(page)

    @pytest.mark.parametrize(
        ("phrase", "often"),
        [
            ("every quarter", Repeats.QUARTERLY), ("six-monthly", Repeats.HALF_YEARLY), ("annually", Repeats.ANNUALLY),
            ("monthly", Repeats.MONTHLY), ("three-monthly", Repeats.QUARTERLY), ("twice a year", Repeats.HALF_YEARLY),
            ("bi-monthly", None), ("weekly", None), ("in due course", None), ("in six months", None),
        ],
    )  # fmt: skip
    def test_the_words_say_how_often(self, phrase, often):
        found = suggestions.repeats({"time_phrases": [phrase]})
        assert (found and found.value) == often


class TestDates:
    def test_the_boards_meeting_is_offered_with_the_words_that_name_it(self, look, board):
        factories.make_meeting(board, datetime.date(2027, 3, 17))
        assert "Use 17 March 2027, a meeting of the board, from “at its March meeting”" in look().text

    def test_the_boards_meeting_is_taken_with_one_tick(self, signed_in, draft, board):
        factories.make_meeting(board, datetime.date(2027, 3, 17))
        send(signed_in, draft, NAME, **{f"{prefix(draft, 'recommendation', 1)}__is_as_suggested": "on"})
        assert asked(draft)["due_on"] == "2027-03-17"

    def test_a_meeting_that_nobody_knows_of_yet_is_not_made_up(self, look):
        assert "from “at its March meeting”" not in look().text

    def test_without_the_day_of_the_meeting_any_due_date_is_taken(self, signed_in, board, clerk):
        draft = samples.start(board, clerk, samples.OTHER_TEXT, held_on=None)
        card = prefix(draft, "recommendation", 1)
        day = {f"{card}__due_on_day": "1", f"{card}__due_on_month": "5", f"{card}__due_on_year": "2026"}
        send(signed_in, draft, NAME, **day)
        assert asked(draft)["due_on"] == "2026-05-01"


class TestEvidence:
    def options(self, page, card):
        """Under each heading of the tick list what can be ticked, with why it is offered, and whether it is ticked."""
        [box] = page.main.xpath(f".//*[@id='id_{card}-evidence']")
        items = box.xpath(".//*[contains(@class, 'govuk-checkboxes__item')]")
        return [p.text for p in box.xpath("./p")], [words_of(one) for one in items], box.xpath(".//input[@checked]")

    @pytest.fixture
    def action(self, draft):
        return prefix(draft, "action")

    def test_what_shares_words_comes_first_and_says_which(self, look, action):
        headings, items, _ = self.options(look(), action)
        assert headings == ["Suggested", "The rest"]
        assert items[0] == "2. Two schools had asked for training. Shares: schools, training"
        assert items[1:3] == ["Dana Whitlock, Head of Early Help", "Ravi Chand, Detective Inspector, Example Police"]

    def test_nothing_is_ticked_until_a_clerk_ticks_it(self, look, signed_in, draft, action):
        assert self.options(look(), action)[2] == []
        send(signed_in, draft, NAME)
        draft.refresh_from_db()
        assert samples.found(draft, "action")[0]["evidence"] == []

    def test_the_count_says_what_is_suggested(self, look):
        assert "What led to it: 0 ticked, 1 suggested, Action 1" in look().text

    def test_what_is_ticked_is_kept(self, signed_in, draft, action):
        point = samples.found(draft, "point")[1]["id"]
        send(signed_in, draft, NAME, **{f"{action}__evidence": [point]})
        draft.refresh_from_db()
        assert samples.found(draft, "action")[0]["evidence"] == [point]

    def test_where_nothing_is_suggested_the_list_has_no_headings(self, look, draft):
        headings, items, _ = self.options(look(), prefix(draft, "action", 1))
        assert (headings, len(items)) == ([], 4)


class TestWitnesses:
    """Dana Whitlock and Ravi Chand are the witnesses of the sample."""

    NAME = "draft"

    @pytest.fixture
    def look(self, signed_in, draft):
        return lambda: Page(signed_in.get(reverse("draft", args=[draft.pk])))

    def said(self, draft):
        draft.refresh_from_db()
        return samples.found(draft, "witness")[0]["person"]

    def spoke(self, name, board, day=datetime.date(2026, 1, 14)):
        item = factories.make_item(factories.make_meeting(board, day))
        return factories.make_speaker(name, item, role="Head of Early Help")

    def chosen(self, page, draft):
        """What can be said of the first witness, and which of it is chosen."""
        boxes = page.main.xpath(f".//input[@name='{prefix(draft, 'witness')}-person']")
        return {words_of(box.getnext()): box.get("checked") is not None for box in boxes}

    def test_a_nearly_equal_name_is_asked_about_and_nothing_is_chosen(self, look, draft, board):
        self.spoke("Dana Witlock", board)
        page = look()
        assert "Is this Dana Witlock, Head of Early Help, who spoke on 14 January 2026?" in page.text
        assert "Until you say so, they are kept as two people." in page.text
        assert self.chosen(page, draft) == {"The same person": False, "Somebody else": False}

    def test_the_same_name_is_the_same_person_unless_a_clerk_says_no(self, look, draft, board):
        self.spoke("Dr Dana Whitlock", board)
        assert self.chosen(look(), draft) == {"The same person": True, "Somebody else": False}

    def test_several_near_names_are_all_offered(self, look, draft, board):
        for name in ("Dana Witlock", "Dana Whittlock"):
            self.spoke(name, board)
        page = look()
        assert "Who is this?" in page.text
        assert len(self.chosen(page, draft)) == 3

    def test_nobody_is_asked_about_a_new_name(self, look, draft):
        assert self.chosen(look(), draft) == {}

    def test_saving_unasked_says_nothing(self, signed_in, draft, board):
        self.spoke("Dana Whitlock", board)
        self.spoke("Ravi Chand", board)
        send(signed_in, draft, act="save")
        draft.refresh_from_db()
        assert draft.version == 1

    def test_what_the_clerk_says_is_kept_and_shown(self, signed_in, look, draft, board):
        dana = self.spoke("Dana Witlock", board)
        send(signed_in, draft, **{f"{prefix(draft, 'witness')}__person": dana.pk})
        assert self.said(draft) == dana.pk
        assert self.chosen(look(), draft) == {"The same person": True, "Somebody else": False}

    def test_somebody_else_is_kept_and_shown(self, signed_in, look, draft, board):
        self.spoke("Dana Whitlock", board)
        send(signed_in, draft, **{f"{prefix(draft, 'witness')}__person": "0"})
        assert self.said(draft) == 0
        assert self.chosen(look(), draft) == {"The same person": False, "Somebody else": True}

    def test_who_was_merged_meanwhile_is_shown_as_who_they_are(self, signed_in, look, draft, board, clerk):
        dana, other = self.spoke("Dana Witlock", board), self.spoke("Dana Whittlock", board)
        send(signed_in, draft, **{f"{prefix(draft, 'witness')}__person": other.pk})
        other.merge(into=dana, by=clerk, reason="The same post.")
        assert "Is this Dana Witlock" in look().text
        assert self.chosen(look(), draft) == {"The same person": True, "Somebody else": False}

    def test_somebody_who_was_not_offered_is_not_taken(self, signed_in, draft, board):
        self.spoke("Dana Witlock", board)
        html = page_of(send(signed_in, draft, **{f"{prefix(draft, 'witness')}__person": "99999"}))
        assert len(errors_in(html)) == 1

    def test_the_page_asks_as_often_for_many_people_as_for_one(
        self, signed_in, draft, board, django_assert_num_queries, django_assert_max_num_queries
    ):
        self.spoke("Dana Witlock", board)
        url = reverse("draft", args=[draft.pk])
        with django_assert_max_num_queries(16) as few:
            signed_in.get(url)
        for number in range(9):
            self.spoke(f"Dana Whitlock{number}", board)
            drafts.add(draft.content, 0, "witness", f"Ravi Chand{number}, Nurse")
        draft.correct(draft.content, by=draft.created_by)
        with django_assert_num_queries(len(few)):
            signed_in.get(url)

    def test_two_clerks_who_say_different_things_are_both_told(self, signed_in, draft, board):
        dana = self.spoke("Dana Witlock", board)
        card, opened = prefix(draft, "witness"), fields_of(page_of(signed_in.get(reverse("draft", args=[draft.pk]))))
        samples.change(draft, samples.found(draft, "witness")[0], person=dana.pk)
        html = page_of(signed_in.post(reverse("draft", args=[draft.pk]), opened | {f"{card}-person": "0"}))
        assert "somebody else had made the person “Dana Witlock”." in html

    @pytest.fixture
    def with_two_spellings(self, board, clerk, no_regime):
        return samples.start(board, clerk, samples.TEXT.replace("Ravi Chand,", "Dana Witlock, Nurse\nRavi Chand,"))

    def test_a_near_spelling_in_the_same_minutes_is_offered_and_not_chosen(self, signed_in, with_two_spellings):
        page = Page(signed_in.get(reverse("draft", args=[with_two_spellings.pk])))
        assert "Is this Dana Whitlock, Head of Early Help, in line 7?" in page.text
        assert prefix(with_two_spellings, "witness", 1) + "-person" not in page.fields

    @pytest.mark.parametrize("answer", ["the first", "somebody else"])
    def test_the_band_counts_it_and_leads_there_until_it_is_said(self, signed_in, with_two_spellings, answer):
        first, second = prefix(with_two_spellings, "witness"), prefix(with_two_spellings, "witness", 1)
        page = Page(signed_in.get(reverse("draft", args=[with_two_spellings.pk])))
        assert "0 lines unread, 0 oddities, 1 name to decide on" in page.text
        assert page.links()["Go to the first"] == f"#{second}"
        send(signed_in, with_two_spellings, **{f"{second}__person": first if answer == "the first" else "0"})
        assert "to decide on" not in Page(signed_in.get(reverse("draft", args=[with_two_spellings.pk]))).text

    def test_it_is_kept_and_shown_once_said(self, signed_in, with_two_spellings):
        first, second = prefix(with_two_spellings, "witness"), prefix(with_two_spellings, "witness", 1)
        send(signed_in, with_two_spellings, **{f"{second}__person": first})
        with_two_spellings.refresh_from_db()
        assert samples.found(with_two_spellings, "witness")[1]["person"] == first
        page = Page(signed_in.get(reverse("draft", args=[with_two_spellings.pk])))
        assert page.fields[f"{second}-person"] == first

    def test_one_that_was_added_by_hand_is_told_as_such(self, signed_in, draft):
        drafts.add(draft.content, 0, "witness", "Ravi Chanda, Nurse")
        drafts.add(draft.content, 0, "witness", "Ravi Chandar, Nurse")
        draft.correct(draft.content, by=draft.created_by)
        text = Page(signed_in.get(reverse("draft", args=[draft.pk]))).text
        assert "Ravi Chanda, Nurse, added by hand" in text


def test_the_step_asks_as_often_for_many_recommendations_as_for_one(
    signed_in, draft, board, owner, django_assert_num_queries, django_assert_max_num_queries
):
    url = reverse(NAME, args=[draft.pk])
    with django_assert_max_num_queries(16) as few:
        signed_in.get(url)
    for number in range(9):
        factories.make_meeting(board, datetime.date(2026, 12, 1 + number))
        factories.make_organisation(f"Body {number}")
        drafts.add(draft.content, 0, "recommendation", f"That Body {number} visit a school by March.")
    draft.correct(draft.content, by=draft.created_by)
    with django_assert_num_queries(len(few)):
        signed_in.get(url)
