"""Two clerks and one draft on the web: who has it, whose save is refused, and that nothing typed is lost."""

import datetime

import pytest
from django.urls import reverse

from recommendations import clock
from recommendations.minutes import drafts
from recommendations.models import MinutesDraft, Recommendation
from tests import factories
from tests.minutes import samples
from tests.views.intake import errors_in, fields_of, page_of, prefix, send

STEPS = ["draft", "draft-recommendations", "draft-check"]
TAKE_OVER = {"act": "take-over"}


@pytest.fixture
def signed_in(sign_in, clerk):
    return sign_in(clerk)


@pytest.fixture
def ivy(db):
    return factories.make_clerk("Ivy Cole")


@pytest.fixture
def draft(board, clerk, no_regime):
    return samples.start(board, clerk)


@pytest.fixture
def url(draft):
    return reverse("draft", args=[draft.pk])


@pytest.fixture
def opened(signed_in, url):
    """The review page as it was before somebody else saved."""
    return fields_of(page_of(signed_in.get(url)))


def stored():
    return MinutesDraft.objects.get()


class TestClaiming:
    @pytest.mark.parametrize("name", STEPS)
    def test_looking_changes_nothing(self, signed_in, draft, name):
        signed_in.get(reverse(name, args=[draft.pk]))
        assert (stored().claimant, draft.history.count()) == (None, 1)

    @pytest.mark.parametrize("text", ["Changed by me.", None])
    def test_the_first_save_claims_it_whether_it_changes_something_or_not(self, signed_in, draft, clerk, text):
        send(signed_in, draft, **({f"{prefix(draft, 'point')}__text": text} if text else {}))
        assert stored().claimant == clerk

    @pytest.mark.parametrize("text", ["Changed by me.", None])
    def test_saving_and_leaving_sets_it_free(self, signed_in, draft, clerk, text):
        draft.claim(by=clerk)
        send(signed_in, draft, act="leave", **({f"{prefix(draft, 'point')}__text": text} if text else {}))
        assert stored().claimant is None

    @pytest.mark.parametrize("name", STEPS)
    def test_every_step_says_who_has_it_and_since_when(self, signed_in, draft, ivy, today, name):
        draft.claim(by=ivy)
        html = page_of(signed_in.get(reverse(name, args=[draft.pk])))
        assert "<strong>Ivy Cole</strong> has had this draft since 18 November 2026 at 10:00am." in html
        assert 'value="take-over"' in html

    def test_who_has_it_is_told_until_when(self, signed_in, draft, clerk, today):
        draft.claim(by=clerk)
        html = page_of(signed_in.get(reverse("draft", args=[draft.pk])))
        assert "You have had this draft since 18 November 2026 at 10:00am." in html
        assert "or from 18 November 2026 at 10:30am if you save nothing" in html
        assert "take-over" not in html

    def test_a_claim_that_has_lapsed_is_told_no_more(self, signed_in, draft, ivy, today):
        draft.claim(by=ivy)
        with clock.set_to(clock.now() + datetime.timedelta(minutes=31)):
            assert "Ivy Cole" not in page_of(signed_in.get(reverse("draft", args=[draft.pk])))

    def test_the_list_says_who_has_it(self, signed_in, draft, ivy, today):
        draft.claim(by=ivy)
        assert "Ivy Cole, since 18 November 2026 at 10:00am" in page_of(signed_in.get("/minutes/"))


class TestAnothersDraft:
    def test_a_save_is_refused_and_what_was_typed_stays(self, signed_in, draft, ivy, opened, url):
        draft.claim(by=ivy)
        html = page_of(signed_in.post(url, opened | {f"{prefix(draft, 'point')}-text": "Changed by me."}))
        assert errors_in(html)[0].startswith("Ivy Cole has had this draft since ")
        assert "Changed by me." in html
        assert stored().version == 1

    def test_the_same_page_taken_over_saves_it(self, signed_in, draft, ivy, clerk, opened, url):
        draft.claim(by=ivy)
        typed = fields_of(page_of(signed_in.post(url, opened | {f"{prefix(draft, 'point')}-text": "Changed by me."})))
        assert signed_in.post(url, typed | TAKE_OVER).url == url
        assert samples.found(stored(), "point")[0]["text"] == "Changed by me."
        assert stored().claimant == clerk

    def test_the_other_is_told_in_turn_and_loses_nothing(self, signed_in, sign_in, draft, ivy, clerk, opened, url):
        draft.claim(by=ivy)
        signed_in.post(url, opened | TAKE_OVER | {f"{prefix(draft, 'point')}-text": "Changed by me."})
        card = prefix(draft, "point", 1)
        html = page_of(sign_in(ivy).post(url, opened | {f"{card}-text": "Changed by Ivy."}))
        assert "Ruth Bailey, " in html
        assert "<strong>Ruth Bailey</strong> has had this draft since" in html
        assert "Changed by me." in html
        assert "Changed by Ivy." in html

    def test_taking_over_with_a_mistake_in_the_form_takes_over_and_tells_the_mistake(
        self, signed_in, draft, ivy, clerk, opened, url
    ):
        draft.claim(by=ivy)
        html = page_of(signed_in.post(url, opened | TAKE_OVER | {f"{prefix(draft, 'witness')}-text": ""}))
        assert errors_in(html) == ["Witness, line 7: write the words, or drop it"]
        assert stored().claimant == clerk

    def test_it_is_not_adopted_before_it_is_taken_over(self, signed_in, draft, ivy):
        draft.claim(by=ivy)
        url = reverse("draft-check", args=[draft.pk])
        html = page_of(signed_in.post(url, {"version": 1}, follow=True))
        assert "Nothing was adopted. Ivy Cole has had this draft since" in html
        assert not Recommendation.objects.exists()

    def test_it_is_adopted_once_it_is_taken_over(self, signed_in, draft, ivy):
        draft.claim(by=ivy)
        url = reverse("draft-check", args=[draft.pk])
        assert signed_in.post(url, TAKE_OVER).url == url
        signed_in.post(url, {"version": 1})
        assert Recommendation.objects.exists()

    def test_it_is_not_discarded_either(self, signed_in, draft, ivy):
        draft.claim(by=ivy)
        html = page_of(send(signed_in, draft, "draft-discard", reason="Wrong board."))
        assert errors_in(html)[0].startswith("Ivy Cole has had this draft since ")

    def test_a_draft_that_is_adopted_in_this_very_moment_loses_nothing_typed(
        self, signed_in, draft, opened, url, ivy, monkeypatch
    ):
        keep = MinutesDraft.correct

        def adopted_first(self, content, **options):
            MinutesDraft.objects.get().become_adopted(factories.make_meeting(), by=ivy)
            return keep(self, content, **options | {"version": None})

        monkeypatch.setattr(MinutesDraft, "correct", adopted_first)
        html = page_of(signed_in.post(url, opened | {f"{prefix(draft, 'point')}-text": "Changed by me."}))
        assert errors_in(html) == ["This draft is adopted, so it cannot be changed."]
        assert "Changed by me." in html


class TestLateSaves:
    def test_a_late_save_is_told_who_was_first_and_loses_nothing(self, signed_in, draft, opened, url, ivy):
        first, second = samples.found(draft, "point")
        drafts.correct(first, text="Changed by Ivy.")
        draft.correct(draft.content, by=ivy)
        html = page_of(signed_in.post(url, opened | {f"f{second['id']}-text": "Changed by me."}))
        assert "Somebody else changed this draft meanwhile" in html
        assert "Ivy Cole" in html
        assert "Changed by Ivy." in html
        assert "Changed by me." in html

    @pytest.mark.parametrize("has_left", [True, False])
    def test_saving_once_more_keeps_both(self, signed_in, draft, opened, url, ivy, has_left):
        first, second = samples.found(draft, "point")
        drafts.correct(first, text="Changed by Ivy.")
        draft.correct(draft.content, by=ivy, leaves=has_left)
        merged = fields_of(page_of(signed_in.post(url, opened | {f"f{second['id']}-text": "Changed by me."})))
        signed_in.post(url, merged | ({} if has_left else TAKE_OVER))
        assert [one["text"] for one in samples.found(stored(), "point")] == ["Changed by Ivy.", "Changed by me."]

    def test_a_board_and_a_date_that_were_typed_stay_as_well(self, signed_in, draft, opened, url, ivy, other_board):
        draft.correct(draft.content | {"seen": True}, by=ivy, held_on=factories.ago(3), leaves=True)
        merged = fields_of(page_of(signed_in.post(url, opened | {"board": other_board.pk})))
        assert merged["board"] == [str(other_board.pk)]
        assert merged["held_on_day"] == [str(factories.ago(3).day)]

    def test_a_save_in_the_very_same_moment_is_told_as_well(self, signed_in, draft, opened, url, ivy, monkeypatch):
        saved, correct = [], MinutesDraft.correct

        def correct_second(self, content, **options):
            if not saved:
                saved.append(True)
                theirs = MinutesDraft.objects.get(pk=self.pk)
                correct(theirs, theirs.content | {"seen": True}, by=ivy)
            return correct(self, content, **options)

        monkeypatch.setattr(MinutesDraft, "correct", correct_second)
        html = page_of(signed_in.post(url, opened | {f"{prefix(draft, 'point')}-text": "Changed by me."}))
        assert "Ivy Cole" in html
        assert "Changed by me." in html

    @pytest.mark.parametrize("version", ["999", "0"])
    def test_a_version_that_never_was_counts_as_the_present_one(self, signed_in, opened, url, version):
        assert signed_in.post(url, opened | {"version": version}).status_code == 302

    def test_a_form_without_its_version_is_refused(self, signed_in, opened, url):
        html = page_of(signed_in.post(url, opened | {"version": "x"}))
        assert len(errors_in(html)) == 1
