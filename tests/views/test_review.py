"""The review page: every line of the text beside what was found in it, and all of it can be corrected."""

import re

import pytest
from django.urls import reverse

from recommendations.minutes import drafts
from tests import factories
from tests.minutes import samples
from tests.views.intake import errors_in, page_of, prefix, send


@pytest.fixture
def signed_in(sign_in, clerk):
    return sign_in(clerk)


@pytest.fixture
def draft(board, clerk, no_regime):
    return samples.start(board, clerk)


class TestReview:
    def test_every_line_of_the_text_is_there_and_leads_to_its_card(self, signed_in, draft):
        html = page_of(signed_in.get(reverse("draft", args=[draft.pk])))
        numbers = [int(n) for n in re.findall(r'id="line-(\d+)"', html)]
        assert numbers == [n for n, line in enumerate(draft.lines, 1) if line.strip()]
        assert f'href="#{prefix(draft, "point")}"' in html
        assert f'id="{prefix(draft, "point")}"' in html

    def test_saving_what_was_not_changed_writes_nothing(self, signed_in, draft):
        response = send(signed_in, draft, act="save")
        draft.refresh_from_db()
        assert (response.status_code, draft.version) == (302, 1)

    def test_a_correction_is_saved_with_the_clerks_name(self, signed_in, draft, clerk):
        send(signed_in, draft, **{f"{prefix(draft, 'witness')}__role": "Interim Head of Early Help"})
        draft.refresh_from_db()
        assert samples.found(draft, "witness")[0]["role"] == "Interim Head of Early Help"
        assert draft.history.latest().history_user == clerk

    def test_board_and_date_can_still_be_put_right(self, signed_in, draft, other_board):
        send(signed_in, draft, board=other_board.pk, held_on_day="28")
        draft.refresh_from_db()
        assert (draft.board, draft.held_on.day) == (other_board, 28)

    def test_an_unread_line_is_assigned_by_choosing_what_it_is(self, signed_in, draft):
        point = samples.found(draft, "point")[0]
        samples.change(draft, point, kind="unread")
        send(signed_in, draft, **{f"f{point['id']}__kind": "resolution"})
        draft.refresh_from_db()
        assert drafts.unread(draft.content) == []

    def test_the_band_counts_what_wants_a_look_and_leads_from_one_to_the_next(self, signed_in, draft):
        first, second = samples.found(draft, "point")
        samples.change(draft, first, kind="unread")
        samples.change(draft, second, flags=["A stray “?” stood here."])
        html = page_of(signed_in.get(reverse("draft", args=[draft.pk])))
        assert "1 line unread, 1 oddity" in html
        assert f'href="#f{first["id"]}">Go to the first' in html
        assert f'href="#f{second["id"]}">Next to look at: Key point 2, line 15' in html
        assert 'href="#go-on">That was the last' in html
        assert "A stray “?” stood here." in html

    def test_an_oddity_that_was_looked_at_is_counted_no_more(self, signed_in, draft):
        point = samples.found(draft, "point")[0]
        samples.change(draft, point, flags=["A stray “?” stood here."])
        send(signed_in, draft, **{f"f{point['id']}__checked": "on"})
        draft.refresh_from_db()
        assert drafts.oddities(draft.content) == []

    def test_a_line_is_merged_with_the_one_above_and_the_page_goes_on_there(self, signed_in, draft):
        first, second = samples.found(draft, "point")
        response = send(signed_in, draft, act=f"merge:{second['id']}")
        assert response.url.endswith(f"#f{first['id']}")
        draft.refresh_from_db()
        assert len(samples.found(draft, "point")) == 1

    def test_a_line_is_split_where_the_clerk_broke_it(self, signed_in, draft):
        card = prefix(draft, "point")
        send(signed_in, draft, act=f"split:{card[1:]}", **{f"{card}__text": "Referrals had risen.\r\nBy a third."})
        draft.refresh_from_db()
        assert [one["text"] for one in samples.found(draft, "point")][:2] == ["Referrals had risen.", "By a third."]

    def test_a_line_that_cannot_be_split_says_how_and_keeps_what_was_typed(self, signed_in, draft):
        card = prefix(draft, "point")
        html = page_of(send(signed_in, draft, act=f"split:{card[1:]}", **{f"{card}__text": "Typed just now."}))
        assert errors_in(html) == ["Put each part on a line of its own, then choose “Split” again."]
        assert f'href="#id_{card}-text"' in html
        assert "Typed just now." in html

    def test_a_line_is_left_out_with_a_reason_and_put_back(self, signed_in, draft):
        card = prefix(draft, "point")
        send(signed_in, draft, act=f"drop:{card[1:]}", **{f"{card}__reason": "Said twice."})
        assert "is left out: Said twice." in page_of(signed_in.get(reverse("draft", args=[draft.pk])))
        send(signed_in, draft, act=f"restore:{card[1:]}")
        draft.refresh_from_db()
        assert samples.found(draft, "point")[0]["dropped"] == ""

    def test_a_line_is_not_left_out_without_a_reason(self, signed_in, draft):
        card = prefix(draft, "point")
        assert errors_in(page_of(send(signed_in, draft, act=f"drop:{card[1:]}"))) == ["Say why this is left out."]

    def test_something_missing_is_added(self, signed_in, draft):
        send(signed_in, draft, act="add:0", i0__add_kind="witness", i0__add_text="Ann Hill, Head of Care")
        draft.refresh_from_db()
        assert samples.found(draft, "witness")[-1]["name"] == "Ann Hill"

    def test_nothing_is_added_without_words(self, signed_in, draft):
        html = page_of(send(signed_in, draft, act="add:0"))
        assert errors_in(html) == ["Write the words to add."]
        assert 'href="#id_i0-add_text"' in html

    def test_a_second_item_begins_and_is_joined_again(self, signed_in, draft):
        point = samples.found(draft, "point")[1]
        samples.change(draft, point, kind="title")
        assert "Begin a new item here" in page_of(signed_in.get(reverse("draft", args=[draft.pk])))
        send(signed_in, draft, act=f"begin:{point['id']}")
        assert "in item 2 of 2" in page_of(signed_in.get(reverse("draft", args=[draft.pk])))
        assert send(signed_in, draft, act="join:1").url.endswith("#item-0")
        draft.refresh_from_db()
        assert len(draft.content["items"]) == 1

    def test_an_item_that_is_gone_cannot_be_joined(self, signed_in, draft):
        assert errors_in(page_of(send(signed_in, draft, act="join:9"))) == ["There is no item before this one."]

    def test_a_number_printed_before_the_title_is_told_and_not_taken(self, signed_in, draft):
        samples.change(draft, samples.found(draft, "title")[0], number="45/26")
        html = page_of(signed_in.get(reverse("draft", args=[draft.pk])))
        assert "The minutes print “45/26” before the title." in html

    def test_what_is_wrong_is_told_at_its_card_and_nothing_typed_is_lost(self, signed_in, draft):
        card, other = prefix(draft, "witness"), prefix(draft, "point")
        emptied = {f"{card}__{name}": "" for name in ("name", "role", "text")}
        html = page_of(send(signed_in, draft, **emptied, **{f"{other}__text": "Typed just now."}))
        who = "Witness, line 7"
        assert errors_in(html) == [f"{who}: enter the name or the role", f"{who}: write the words, or drop it"]
        assert "Typed just now." in html
        assert "<title>Error: " in html

    def test_a_post_alone_is_enough_for_a_witness(self, signed_in, draft):
        send(signed_in, draft, **{f"{prefix(draft, 'witness')}__name": ""})
        draft.refresh_from_db()
        assert samples.found(draft, "witness")[0]["name"] == ""

    def test_a_role_too_long_is_one_mistake_and_not_two(self, signed_in, draft):
        card = prefix(draft, "witness")
        html = page_of(send(signed_in, draft, **{f"{card}__name": "", f"{card}__role": "x" * 301}))
        assert len(errors_in(html)) == 1

    def test_saving_and_leaving_leads_to_the_list_of_drafts(self, signed_in, draft):
        assert send(signed_in, draft, act="leave").url == "/minutes/"

    def test_saving_and_going_on_leads_to_what_was_asked(self, signed_in, draft):
        assert send(signed_in, draft, act="next").url == f"/minutes/{draft.pk}/recommendations/"

    def test_minutes_that_ask_nothing_lead_to_the_check(self, signed_in, draft):
        for kind in ("recommendation", "action"):
            for one in samples.found(draft, kind):
                samples.change(draft, one, kind="resolution")
        assert send(signed_in, draft, act="next").url == f"/minutes/{draft.pk}/check/"

    def test_an_empty_draft_can_be_opened(self, signed_in, board, clerk):
        draft = factories.make_draft(board=board, by=clerk)
        assert "What was found" not in page_of(signed_in.get(reverse("draft", args=[draft.pk])))

    def test_a_longer_draft_costs_as_many_queries(
        self, signed_in, draft, django_assert_num_queries, django_assert_max_num_queries
    ):
        url = reverse("draft", args=[draft.pk])
        with django_assert_max_num_queries(12) as short:
            signed_in.get(url)
        for number in range(20):
            drafts.add(draft.content, 0, "point", f"Point {number}.")
        draft.correct(draft.content, by=draft.created_by)
        with django_assert_num_queries(len(short)):
            signed_in.get(url)
