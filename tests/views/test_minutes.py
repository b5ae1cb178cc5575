"""The clerk's way in: paste, complete what was asked, check, adopt, or discard."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations.minutes import drafts
from recommendations.models import Meeting, MinutesDraft, Recommendation
from tests import factories
from tests.minutes import samples
from tests.views.intake import errors_in, fields_of, page_of, prefix, send
from tests.views.pages import Page


@pytest.fixture
def signed_in(sign_in, clerk):
    return sign_in(clerk)


@pytest.fixture
def draft(board, clerk, no_regime):
    return samples.start(board, clerk)


class TestNewMinutes:
    URL = "/minutes/new/"

    def fields(self, the_board, **changes):
        day = {"held_on_day": "27", "held_on_month": "3", "held_on_year": "2026"}
        return {"board": the_board.pk, "number": "7", "text": samples.TEXT, "exempt_paragraph": ""} | day | changes

    def test_the_page_warns_not_to_name_children_or_victims(self, signed_in):
        assert "names of children, of victims" in page_of(signed_in.get(self.URL))

    def test_pasted_minutes_become_a_draft_to_review(self, signed_in, board, clerk):
        response = signed_in.post(self.URL, self.fields(board))
        draft = MinutesDraft.objects.get()
        assert response.url == reverse("draft", args=[draft.pk])
        assert (draft.board, draft.held_on, draft.created_by) == (board, samples.HELD_ON, clerk)
        assert draft.content["items"][0]["number"] == "7"

    def test_an_uploaded_file_is_read_as_well(self, signed_in, board):
        file = SimpleUploadedFile("minutes.txt", samples.TEXT.encode())
        signed_in.post(self.URL, self.fields(board, text="", file=file))
        assert MinutesDraft.objects.get().file_name == "minutes.txt"

    def test_an_exempt_item_is_exempt_from_the_beginning(self, signed_in, board):
        signed_in.post(self.URL, self.fields(board, exempt_paragraph="3"))
        assert MinutesDraft.objects.get().content["items"][0]["exempt_paragraph"] == 3

    def test_the_same_text_again_leads_to_the_first_draft(self, signed_in, board, draft):
        html = page_of(signed_in.post(self.URL, self.fields(board)))
        assert errors_in(html) == ["These minutes have been entered already."]
        assert f'href="/minutes/{draft.pk}/">go on with that draft' in html

    def test_the_same_text_again_leads_to_the_meeting_once_adopted(self, signed_in, board, draft):
        signed_in.post(reverse("draft-check", args=[draft.pk]))
        html = page_of(signed_in.post(self.URL, self.fields(board)))
        assert f'href="/meetings/{Meeting.objects.get().pk}/">see the meeting' in html

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"number": ""}, "Enter the item number"),
            ({"board": ""}, "Select the board"),
            ({"held_on_day": "", "held_on_month": "", "held_on_year": ""}, "Enter the date of the meeting"),
            ({"held_on_year": "2999"}, "Date of the meeting must be today or in the past"),
            ({"text": " \n "}, "Paste the minutes, or upload them as a file"),
        ],
    )
    def test_what_is_missing_is_asked_for_and_the_text_stays(self, signed_in, board, changes, error):
        html = page_of(signed_in.post(self.URL, self.fields(board, **changes)))
        assert errors_in(html) == [error]
        assert ("Dana Whitlock" in html) == ("text" not in changes)

    @pytest.mark.parametrize("text", ["a\0b" * 100, "word " * 1_100_000])
    def test_a_binary_or_a_huge_paste_gets_one_clear_sentence(self, signed_in, board, text):
        html = page_of(signed_in.post(self.URL, self.fields(board, text=text)))
        assert len(errors_in(html)) == 1
        assert not MinutesDraft.objects.exists()

    def test_a_text_too_long_for_one_page_is_refused_in_words(self, signed_in, board, monkeypatch):
        monkeypatch.setattr(drafts, "MOST_FINDINGS", 3)
        html = page_of(signed_in.post(self.URL, self.fields(board)))
        assert errors_in(html)[0].startswith("This is too long for one draft.")

    def test_paste_and_upload_at_once_is_refused(self, signed_in, board):
        file = SimpleUploadedFile("minutes.txt", samples.TEXT.encode())
        html = page_of(signed_in.post(self.URL, self.fields(board, file=file)))
        assert errors_in(html)[0].startswith("Paste the minutes or upload them, not both")

    @pytest.mark.parametrize("data", [b"", b"\0\1\2" * 50])
    def test_a_file_that_holds_no_text_is_refused(self, signed_in, board, data):
        file = SimpleUploadedFile("minutes.txt", data)
        assert len(errors_in(page_of(signed_in.post(self.URL, self.fields(board, text="", file=file))))) == 1

    def test_a_huge_file_is_refused_unread(self, signed_in, board, monkeypatch):
        monkeypatch.setattr("recommendations.forms.minutes.MOST_BYTES", 10)
        file = SimpleUploadedFile("minutes.txt", samples.TEXT.encode())
        html = page_of(signed_in.post(self.URL, self.fields(board, text="", file=file)))
        assert errors_in(html)[0].startswith("This file is larger than 20 MB.")

    def test_the_words_of_a_file_are_not_lost_when_something_else_is_missing(self, signed_in, board):
        file = SimpleUploadedFile("minutes.txt", samples.TEXT.encode())
        html = page_of(signed_in.post(self.URL, self.fields(board, text="", number="", file=file)))
        assert fields_of(html)["text"][0].startswith("CHILDREN MISSING")


class TestDrafts:
    def test_drafts_to_finish_are_listed_with_what_wants_a_look(self, signed_in, draft):
        samples.change(draft, samples.found(draft, "point")[0], kind="unread")
        assert Page(signed_in.get("/minutes/")).rows[0][2] == "1"

    def test_adopted_drafts_lead_to_their_meetings(self, signed_in, draft):
        signed_in.post(reverse("draft-check", args=[draft.pk]))
        html = page_of(signed_in.get("/minutes/?state=adopted"))
        assert f"/meetings/{Meeting.objects.get().pk}/" in html
        assert "There are no such minutes." in page_of(signed_in.get("/minutes/?state=nonsense"))

    def test_many_drafts_cost_as_many_queries_as_one(
        self, signed_in, board, clerk, draft, django_assert_num_queries, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(12) as one:
            signed_in.get("/minutes/")
        for number in range(5):
            samples.start(board, clerk, f"{samples.TEXT}\nAnother line {number}.")
        with django_assert_num_queries(len(one)):
            signed_in.get("/minutes/")


class TestAsking:
    NAME = "draft-recommendations"

    def test_the_boards_words_are_quoted_and_its_addressees_matched(self, signed_in, draft, executive):
        factories.make_organisation("Example Constabulary", also_known_as="Example Police", regime=executive)
        html = page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))
        assert "That officers provide a further report to the Board in six months." in html
        assert "Example Police: known as Example Constabulary, Executive" in html
        assert "officers: no organisation of that name" in html

    def test_everything_a_recommendation_needs_is_saved(self, signed_in, draft, owner):
        card, evidence = prefix(draft, "recommendation"), samples.found(draft, "point")[0]["id"]
        changes = {
            f"{card}__ask": "do", f"{card}__title": "A shared list", f"{card}__evidence": [evidence],
            f"{card}__addressees": "Example Police\r\n\r\nofficers", f"{card}__owner": owner.pk,
            f"{card}__due_on_day": "1", f"{card}__due_on_month": "5", f"{card}__due_on_year": "2026",
            f"{card}__exempt_paragraph": "2",
        }  # fmt: skip
        assert send(signed_in, draft, self.NAME, act="next", **changes).url == f"/minutes/{draft.pk}/check/"
        draft.refresh_from_db()
        one = samples.found(draft, "recommendation")[0]
        assert (one["ask"], one["title"], one["addressees"]) == ("do", "A shared list", ["Example Police", "officers"])
        assert (one["owner"], one["due_on"], one["exempt_paragraph"]) == (owner.pk, "2026-05-01", 2)
        assert one["evidence"] == [evidence]

    def test_opening_and_saving_changes_nothing(self, signed_in, draft):
        send(signed_in, draft, self.NAME)
        draft.refresh_from_db()
        assert draft.version == 1

    def test_a_date_from_the_text_is_offered_and_not_taken_unasked(self, signed_in, draft):
        html = page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))
        assert "Use 27 September 2026, from “in six months”" in html
        send(signed_in, draft, self.NAME)
        draft.refresh_from_db()
        assert samples.found(draft, "recommendation")[1]["due_on"] is None

    def test_a_date_from_the_text_is_taken_with_one_tick(self, signed_in, draft):
        send(signed_in, draft, self.NAME, **{f"{prefix(draft, 'recommendation', 1)}__is_as_suggested": "on"})
        draft.refresh_from_db()
        assert samples.found(draft, "recommendation")[1]["due_on"] == "2026-09-27"
        assert "from “in six months”" not in page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))

    def test_a_tick_and_another_date_contradict_each_other(self, signed_in, draft):
        card = prefix(draft, "recommendation", 1)
        day = {f"{card}__due_on_day": "1", f"{card}__due_on_month": "5", f"{card}__due_on_year": "2026"}
        html = page_of(send(signed_in, draft, self.NAME, **{f"{card}__is_as_suggested": "on"} | day))
        assert errors_in(html) == ["Tick the date from the minutes or enter another one, not both"]

    def test_nothing_is_due_before_the_meeting(self, signed_in, draft):
        card = prefix(draft, "action")
        day = {f"{card}__due_on_day": "1", f"{card}__due_on_month": "1", f"{card}__due_on_year": "2026"}
        html = page_of(send(signed_in, draft, self.NAME, **day))
        assert errors_in(html) == ["Due date must be on or after the day of the meeting"]

    def test_an_addressee_has_a_name_and_not_an_essay(self, signed_in, draft):
        html = page_of(send(signed_in, draft, self.NAME, **{f"{prefix(draft, 'action')}__addressees": "x" * 201}))
        assert errors_in(html) == ["Each addressee must be 200 characters or fewer"]

    def test_a_recommendation_becomes_an_action_and_back(self, signed_in, draft):
        card = prefix(draft, "recommendation")
        send(signed_in, draft, self.NAME, **{f"{card}__ask": "action"})
        draft.refresh_from_db()
        assert f"f{samples.found(draft, 'action')[0]['id']}" == card
        send(signed_in, draft, self.NAME, **{f"{card}__ask": "consider"})
        draft.refresh_from_db()
        assert samples.found(draft, "recommendation")[0]["ask"] == "consider"

    def test_an_owner_named_in_the_text_is_shown_and_not_chosen(self, signed_in, draft):
        samples.change(draft, samples.found(draft, "action")[0], owner_hint="Head of Early Help")
        assert "The minutes say: Head of Early Help" in page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))

    def test_a_late_save_keeps_both_here_too(self, signed_in, draft):
        url, card = reverse(self.NAME, args=[draft.pk]), prefix(draft, "action")
        opened = fields_of(page_of(signed_in.get(url)))
        samples.change(draft, samples.found(draft, "action")[0], title="Changed by Ivy")
        html = page_of(signed_in.post(url, opened | {f"{card}-title": "Changed by me"}))
        assert "somebody else had made the title “Changed by Ivy”." in html
        assert 'value="Changed by me"' in html

    def test_minutes_that_ask_nothing_say_so(self, signed_in, board, clerk):
        draft = factories.make_draft(board=board, by=clerk)
        assert "hold no recommendation" in page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))

    def test_items_are_told_apart_where_there_are_several(self, signed_in, draft):
        drafts.begin_item(draft.content, samples.found(draft, "action")[0]["id"])
        draft.correct(draft.content, by=draft.created_by)
        assert "Item without a number" in page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))


class TestCheck:
    NAME = "draft-check"

    def test_everything_is_read_once_more(self, signed_in, draft, owner):
        action, point = samples.found(draft, "action")[0], samples.found(draft, "point")[0]
        witness = samples.found(draft, "witness")[0]
        samples.change(draft, action, owner=owner.pk, evidence=[point["id"], witness["id"]], exempt_paragraph=1)
        samples.change(draft, samples.found(draft, "resolution")[0], dropped="Said twice.")
        html = page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))
        assert "Item 7: CHILDREN MISSING FROM HOME" in html
        assert "Ravi Chand, Detective Inspector, Example Police" in html
        assert "Olu Shah" in html
        assert "Paragraph 1: Information relating to any individual" in html
        assert "(Said twice.)" in html

    def test_soft_warnings_lead_to_what_they_are_about_and_block_nothing(self, signed_in, draft):
        html = page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))
        assert f'href="/minutes/{draft.pk}/recommendations/#{prefix(draft, "recommendation")}">No owner yet' in html
        assert "Adopt these minutes" in html

    def test_a_missing_number_blocks_and_leads_to_the_item(self, signed_in, draft):
        draft.content["items"][0]["number"] = ""
        draft.correct(draft.content, by=draft.created_by)
        html = page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))
        assert errors_in(html) == ["Enter the number of the item on the agenda."]
        assert f'href="/minutes/{draft.pk}/#item-0"' in html
        assert "Adopt these minutes" not in html

    def test_nothing_left_leads_to_the_review_page(self, signed_in, board, clerk):
        draft = factories.make_draft(board=board, by=clerk)
        html = page_of(signed_in.get(reverse(self.NAME, args=[draft.pk])))
        assert f'href="/minutes/{draft.pk}/">Nothing is left to adopt.' in html

    def test_adopting_leads_to_the_meeting_and_names_the_references(self, signed_in, draft):
        response = send(signed_in, draft, self.NAME)
        html = page_of(signed_in.get(response.url))
        assert response.url == Meeting.objects.get().get_absolute_url()
        assert "with 2 recommendations and 1 action to follow up: SCSB R1/26, SCSB R2/26, SCSB A1/26." in html

    def test_adopting_leads_on_to_the_draft_that_waits_longest(self, signed_in, draft, board, clerk):
        waiting = samples.start(board, clerk, samples.OTHER_TEXT, number="8", file_name="a<b.txt")
        factories.make_draft().claim(by=factories.make_clerk("Ivy Cole"))
        page = Page(signed_in.get(send(signed_in, draft, self.NAME).url))
        words = "Go on with the next draft: Minutes of Social Care Services Board, 27 March 2026, a<b.txt"
        assert page.links()[words] == waiting.get_absolute_url()

    def test_the_last_draft_leads_nowhere_but_to_its_meeting(self, signed_in, draft):
        page = Page(signed_in.get(send(signed_in, draft, self.NAME).url))
        assert "next draft" not in page.banner

    def test_one_recommendation_is_named_alone(self, signed_in, draft):
        for one in samples.found(draft, "recommendation"):
            samples.change(draft, one, kind="resolution")
        html = page_of(signed_in.get(send(signed_in, draft, self.NAME).url))
        assert "with 1 action to follow up: SCSB A1/26." in html

    def test_minutes_that_ask_nothing_are_adopted_as_well(self, signed_in, draft):
        for one in [*samples.found(draft, "recommendation"), *samples.found(draft, "action")]:
            samples.change(draft, one, dropped="Not ours.")
        html = page_of(signed_in.get(send(signed_in, draft, self.NAME).url))
        assert "They hold no recommendation and no action." in html

    def test_a_draft_that_changed_since_the_check_is_checked_again(self, signed_in, draft):
        url = reverse(self.NAME, args=[draft.pk])
        fields = fields_of(page_of(signed_in.get(url)))
        draft.correct(draft.content, by=factories.make_clerk("Ivy Cole"))
        html = page_of(signed_in.post(url, fields, follow=True))
        assert "Nothing was adopted." in html
        assert "Ivy Cole" in html
        assert not Recommendation.objects.exists()

    def test_a_refused_adoption_says_why_and_leaves_nothing(self, signed_in, draft):
        factories.make_item(factories.make_meeting(draft.board, draft.held_on), number="7")
        html = page_of(signed_in.post(reverse(self.NAME, args=[draft.pk]), follow=True))
        assert "Nothing was adopted. The meeting has an item 7 already." in html
        assert not Recommendation.objects.exists()

    def test_an_adopted_draft_leads_to_its_meeting(self, signed_in, draft):
        send(signed_in, draft, self.NAME)
        response = signed_in.get(reverse(self.NAME, args=[draft.pk]))
        assert response.url == Meeting.objects.get().get_absolute_url()


class TestDiscarding:
    def test_a_draft_is_discarded_with_a_reason_and_kept(self, signed_in, draft):
        assert send(signed_in, draft, "draft-discard", reason="Wrong board.").url == "/minutes/"
        draft.refresh_from_db()
        assert (draft.state, draft.history.latest().history_change_reason) == ("discarded", "Wrong board.")

    def test_no_reason_no_discarding(self, signed_in, draft):
        html = page_of(send(signed_in, draft, "draft-discard", reason=""))
        assert len(errors_in(html)) == 1

    def test_a_finished_draft_cannot_be_discarded(self, signed_in, draft):
        send(signed_in, draft, "draft-check")
        assert signed_in.get(reverse("draft-discard", args=[draft.pk])).status_code == 403


@pytest.mark.parametrize("name", ["draft", "draft-recommendations", "draft-check", "draft-discard"])
def test_an_unknown_draft_is_not_found(signed_in, name):
    assert signed_in.get(reverse(name, args=[999])).status_code == 404


@pytest.mark.parametrize("who", ["owner", "member", "administrator"])
def test_minutes_are_the_clerks_alone(sign_in, person, draft, who):
    assert sign_in(person(who)).get(reverse("draft", args=[draft.pk])).status_code == 403
