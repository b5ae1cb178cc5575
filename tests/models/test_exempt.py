"""Exempt matter: who sees which row, and that the predicate for one thing says the same as the queryset."""

import pytest

from recommendations.models import AgendaItem, FollowUpReport, Meeting, ProgressUpdate, Recommendation, Response
from recommendations.permissions import can_read_exempt
from tests import factories
from tests.conftest import CAST

pytestmark = pytest.mark.django_db
BOARD, OWNER, BOTH = {"clerk", "member"}, {"clerk", "owner"}, {"clerk", "owner", "member"}


@pytest.fixture
def seen_by(person):
    """The names of those of the cast who see the one row there is."""
    return lambda model: {name for name in CAST if model.objects.visible_to(person(name)).exists()}


def make_thread(owner, *, item=None, recommendation=None, update=None):
    """An item, a recommendation, a report, a response and an update, each exempt by the paragraph given."""
    made = factories.make_recommendation(
        factories.make_item(exempt_paragraph=item), owner=owner, exempt_paragraph=recommendation
    )
    factories.make_report(made)
    factories.make_response(made)
    made.say("All is well.", by=owner, exempt_paragraph=update)


EVERYTHING = [AgendaItem, Recommendation, FollowUpReport, Response, ProgressUpdate]


@pytest.mark.parametrize("model", EVERYTHING)
def test_what_is_not_exempt_is_seen_by_everybody(model, owner, seen_by):
    make_thread(owner)
    assert seen_by(model) == set(CAST)


def test_an_exempt_item_is_seen_by_its_board_and_the_clerks(owner, seen_by):
    make_thread(owner, item=3)
    assert seen_by(AgendaItem) == BOARD


@pytest.mark.parametrize("exempt", ["item", "recommendation"])
@pytest.mark.parametrize("model", [Recommendation, FollowUpReport, Response, ProgressUpdate])
def test_exempt_matter_is_seen_by_board_clerks_and_owner(model, exempt, owner, seen_by):
    make_thread(owner, **{exempt: 3})
    assert seen_by(model) == BOTH


def test_an_exempt_recommendation_does_not_hide_its_item(owner, seen_by):
    make_thread(owner, recommendation=3)
    assert seen_by(AgendaItem) == set(CAST)


def test_an_exempt_update_is_seen_by_board_clerks_and_owner(owner, seen_by):
    make_thread(owner, update=2)
    assert seen_by(ProgressUpdate) == BOTH


@pytest.mark.parametrize("model", [AgendaItem, Recommendation, FollowUpReport, Response])
def test_an_exempt_update_hides_nothing_else(model, owner, seen_by):
    make_thread(owner, update=2)
    assert seen_by(model) == set(CAST)


def test_the_board_that_follows_up_sees_it_after_a_reorganisation(other_board, seen_by):
    """The recommendation has moved to another board; the item stays with the board that met."""
    factories.make_recommendation(board=other_board, exempt_paragraph=3)
    assert seen_by(Recommendation) == {"clerk", "other_member"}


def test_a_membership_that_has_ended_opens_nothing(board):
    person = factories.make_person("Pat Hill", "Members")
    factories.make_membership(person, board, until=factories.ago(1))
    factories.make_recommendation(exempt_paragraph=3)
    assert not Recommendation.objects.visible_to(person).exists()


def test_an_officer_who_serves_the_board_sees_its_exempt_matter(board):
    person = factories.make_person("Pat Hill", "Officers", boards=[board])
    factories.make_recommendation(exempt_paragraph=3)
    assert Recommendation.objects.visible_to(person).exists()


@pytest.mark.parametrize("who", CAST)
def test_the_predicate_agrees_with_the_queryset(who, owner, person):
    make_thread(owner, recommendation=3)
    recommendation, user = Recommendation.objects.get(), person(who)
    allowed = can_read_exempt(user, board_id=recommendation.board_id, owner_id=recommendation.owner_id)
    assert Recommendation.objects.visible_to(user).exists() is allowed


def test_nobody_owns_what_has_no_owner(stranger, other_officer, board):
    assert not can_read_exempt(stranger, board_id=board.pk, owner_id=None)
    assert not can_read_exempt(other_officer, board_id=board.pk, owner_id=None)


@pytest.mark.parametrize(
    ("item", "recommendation", "is_restricted"), [(None, None, False), (3, None, True), (None, 3, True), (3, 3, True)]
)
def test_it_is_restricted_by_itself_or_its_item(item, recommendation, is_restricted, owner):
    make_thread(owner, item=item, recommendation=recommendation)
    assert Recommendation.objects.get().is_restricted is is_restricted


def test_exempt_items_are_looked_up_and_not_joined(member):
    asked = str(Recommendation.objects.visible_to(member).order_by().values("pk").query)
    assert "JOIN" not in asked


# Counts leak as well


@pytest.mark.parametrize(
    ("who", "counts"), [("clerk", (2, 2)), ("member", (2, 2)), ("other_member", (1, 1)), ("stranger", (1, 1))]
)
def test_a_meeting_counts_only_what_one_may_read(who, counts, person, board):
    meeting = factories.make_meeting(board)
    for paragraph in (None, 3):
        factories.make_recommendation(factories.make_item(meeting, exempt_paragraph=paragraph))
    counted = Meeting.objects.with_counts(person(who)).get()
    assert (counted.items_count, counted.asked_count) == counts


def test_a_meeting_without_items_counts_none(board, clerk):
    factories.make_meeting(board)
    counted = Meeting.objects.with_counts(clerk).get()
    assert (counted.items_count, counted.asked_count) == (0, 0)
