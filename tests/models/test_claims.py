"""Two clerks and one draft: who has it, until when, and how it passes from one to the other."""

import datetime

import pytest

from recommendations import clock
from recommendations.models import Claimed, MinutesDraft, Refused
from recommendations.models.minutes import CLAIM_LASTS
from tests import factories

MORNING = datetime.datetime(2026, 11, 18, 10, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def morning():
    with clock.set_to(MORNING):
        yield


@pytest.fixture
def draft(clerk):
    return factories.make_draft(by=clerk)


@pytest.fixture
def other(db):
    return factories.make_clerk("Ivy Cole")


def stored():
    return MinutesDraft.objects.get()


def test_a_new_draft_is_nobodys(draft):
    assert draft.claimant is None


def test_the_first_save_claims_it(draft, clerk, other):
    draft.correct({"last_id": 1}, by=clerk)
    assert stored().claimant == clerk
    assert (stored().is_held_from(other), stored().is_held_from(clerk)) == (True, False)


def test_another_save_keeps_since_when_and_lengthens_until_when(draft, clerk):
    draft.correct({}, by=clerk)
    since = draft.claimed_at
    with clock.set_to(MORNING + 20 * MINUTE):
        draft.correct({}, by=clerk)
        assert draft.claimed_at == since
        assert draft.claimed_until - clock.now() > CLAIM_LASTS - MINUTE


@pytest.mark.parametrize(("minutes", "is_held"), [(29, True), (31, False)])
def test_half_an_hour_without_a_save_sets_it_free(draft, clerk, minutes, is_held):
    draft.correct({}, by=clerk)
    with clock.set_to(MORNING + minutes * MINUTE):
        assert (stored().claimant == clerk) is is_held


def test_a_claim_that_has_lapsed_begins_anew(draft, clerk):
    draft.correct({}, by=clerk)
    with clock.set_to(MORNING + 40 * MINUTE):
        draft.correct({}, by=clerk)
        assert clock.now() - draft.claimed_at < MINUTE


def refusals(draft, by):
    meeting = factories.make_meeting()
    return {
        "correct": lambda: draft.correct({}, by=by),
        "claim": lambda: draft.claim(by=by),
        "discard": lambda: draft.discard(by=by, reason="Wrong board."),
        "adopt": lambda: draft.become_adopted(meeting, by=by),
        "take over": lambda: draft.take_over(by=by),
        "release": lambda: draft.release(by=by),
    }


@pytest.mark.parametrize("verb", ["correct", "claim", "discard", "adopt"])
def test_what_another_clerk_works_on_is_not_changed_and_the_refusal_names_who(draft, clerk, other, verb):
    draft.claim(by=clerk)
    with pytest.raises(Claimed) as refusal:
        refusals(draft, other)[verb]()
    assert str(refusal.value) == (
        "Ruth Bailey has had this draft since 18 November 2026 at 10:00am. Take it over before you change it."
    )
    assert stored().is_unfinished


@pytest.mark.parametrize("who", ["owner", "member", "administrator", "stranger"])
@pytest.mark.parametrize("verb", ["correct", "claim", "discard", "adopt", "take over", "release"])
def test_only_a_clerk_works_on_a_draft(draft, person, who, verb):
    with pytest.raises(Refused, match="Only a clerk works on minutes that come in"):
        refusals(draft, person(who))[verb]()
    assert (stored().version, stored().claimed_by, draft.history.count()) == (1, None, 1)


def test_the_system_waits_for_nobody(draft, clerk):
    draft.claim(by=clerk)
    draft.become_adopted(factories.make_meeting(), by=None)
    assert not stored().is_unfinished


def test_taking_over_passes_it_on_and_the_history_says_from_whom(draft, clerk, other):
    draft.claim(by=clerk)
    draft.take_over(by=other)
    row = draft.history.latest()
    assert (stored().claimant, row.history_user) == (other, other)
    assert row.history_change_reason == "Taken over from Ruth Bailey"


def test_who_was_taken_over_from_meets_the_new_one(draft, clerk, other):
    draft.claim(by=clerk)
    draft.take_over(by=other)
    with pytest.raises(Claimed, match="Ivy Cole has had this draft"):
        draft.correct({}, by=clerk)


def test_taking_over_what_nobody_has_is_claiming_it(draft, clerk, other):
    draft.claim(by=clerk)
    with clock.set_to(MORNING + 31 * MINUTE):
        draft.take_over(by=other)
    assert draft.history.latest().history_change_reason == "Claimed"


def test_a_claim_makes_nobodys_form_stale(draft, clerk, other):
    draft.claim(by=clerk)
    draft.take_over(by=other)
    assert stored().version == 1


def test_a_claim_that_only_lasts_longer_is_no_news_for_the_history(draft, clerk):
    draft.claim(by=clerk)
    draft.claim(by=clerk)
    assert draft.history.count() == 2


def test_saving_and_leaving_sets_it_free(draft, clerk):
    draft.claim(by=clerk)
    draft.correct({"last_id": 1}, by=clerk, leaves=True)
    assert stored().claimant is None


def test_leaving_it_unchanged_sets_it_free(draft, clerk):
    draft.claim(by=clerk)
    draft.release(by=clerk)
    assert (stored().claimant, draft.history.latest().history_change_reason) == (None, "Left for later")


def test_nobody_leaves_what_another_has(draft, clerk, other):
    draft.claim(by=clerk)
    draft.release(by=other)
    assert stored().claimant == clerk


@pytest.mark.parametrize("verb", ["discard", "adopt"])
def test_what_is_finished_is_nobodys(draft, clerk, verb):
    draft.claim(by=clerk)
    refusals(draft, clerk)[verb]()
    assert (stored().claimed_by, stored().claimed_at, stored().claimed_until) == (None, None, None)


def test_what_somebody_else_has_is_not_free_until_it_lapses(draft, clerk, other):
    lapses = draft.claim(by=clerk).claimed_until
    free = MinutesDraft.objects.free_for
    assert [free(clerk).exists(), free(other).exists()] == [True, False]
    with clock.set_to(lapses):
        assert free(other).exists()
    draft.release(by=clerk)
    assert free(other).exists()


def test_what_is_finished_is_not_taken_over(draft, clerk, other):
    draft.discard(by=clerk, reason="Wrong board.")
    with pytest.raises(Refused, match="This draft is discarded"):
        draft.take_over(by=other)
