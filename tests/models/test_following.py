"""People follow recommendations, and stop."""

import pytest

from recommendations.models import Following
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def following(member):
    return factories.make_following(by=member)


def test_who_follows_is_active(following):
    assert list(Following.objects.active()) == [following]


def test_who_stops_is_not(following, member):
    Following.turn(following.recommendation, by=member, is_active=False)
    assert not Following.objects.active().exists()


def test_who_stopped_may_begin_again(following, member):
    for is_active in (False, True):
        Following.turn(following.recommendation, by=member, is_active=is_active)
    assert list(Following.objects.active()) == [following]


@pytest.mark.parametrize(("is_active", "rows"), [(True, 1), (False, 2)])
def test_doing_it_twice_changes_nothing(is_active, rows, following, member):
    for _ in range(2):
        Following.turn(following.recommendation, by=member, is_active=is_active)
    assert following.history.count() == rows


def test_stopping_what_was_never_begun_leaves_nothing(following, clerk):
    Following.turn(following.recommendation, by=clerk, is_active=False)
    assert not Following.objects.filter(user=clerk).exists()


def test_the_history_says_who_follows(following, member):
    assert following.history.get().history_user == member


def test_a_following_is_called_by_person_and_reference(following):
    assert str(following) == f"Asha Nair follows {following.recommendation.reference}"
