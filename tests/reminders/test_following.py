"""What followers are told: each change once, none of their own, nothing that they may not read."""

import pytest

from recommendations import clock
from recommendations.models import Following, Progress
from tests import factories


@pytest.fixture(autouse=True)
def a_later_morning(today):
    """What is done in a test is done on the day; the run comes the morning after."""


@pytest.fixture
def followed(item, member):
    recommendation = factories.make_recommendation(item)
    factories.make_following(recommendation, by=member)
    return recommendation


@pytest.fixture
def changes_told(told_today):
    """What a run so many days later tells this person, as (reference, what) from the oldest change."""

    def told(user, days=1):
        with clock.set_to_day(factories.ago(-days), hour=7):
            digest = told_today().get(user.email)
        return [(line.reference, line.what) for _, lines in (digest.followed if digest else []) for line in lines]

    return told


@pytest.fixture
def send_after(send):
    def run(days):
        with clock.set_to_day(factories.ago(-days), hour=7):
            return send()

    return run


def test_a_follower_is_told_what_changed(followed, member, clerk, changes_told):
    followed.change_progress(Progress.IN_PROGRESS, by=clerk)
    assert changes_told(member) == [(followed.reference, "In progress")]


def test_what_happened_before_they_followed_is_not_told(item, member, clerk, changes_told):
    recommendation = factories.make_recommendation(item)
    recommendation.change_progress(Progress.IN_PROGRESS, by=clerk)
    factories.make_following(recommendation, by=member)
    assert changes_told(member) == []


def test_each_change_is_told_once(followed, member, clerk, changes_told, send_after):
    followed.change_progress(Progress.IN_PROGRESS, by=clerk)
    send_after(1)
    with clock.set_to_day(factories.ago(-2)):
        followed.change_progress(Progress.PAUSED, by=clerk, reason="No money.")
    assert changes_told(member, days=3) == [(followed.reference, "Paused")]


def test_neither_words_nor_reasons_are_told(followed, member, clerk, told_today):
    followed.say("Two schools in Larch Lane.", by=clerk)
    followed.change_progress(Progress.PAUSED, by=clerk, reason="A secret reason.")
    [line, other] = told_today()[member.email].lines("followed")
    assert {line.what, other.what} == {"Progress update", "Paused"}


def test_ones_own_changes_are_no_news(item, owner, clerk, changes_told):
    mine = factories.make_recommendation(item, owner=owner)
    factories.make_following(mine, by=owner)
    mine.change_progress(Progress.IN_PROGRESS, by=owner)
    mine.change_progress(Progress.PAUSED, by=clerk, reason="No money.")
    assert changes_told(owner) == [(mine.reference, "Paused")]


def test_who_stopped_following_is_told_nothing(followed, member, clerk, changes_told):
    followed.change_progress(Progress.IN_PROGRESS, by=clerk)
    Following.turn(followed, by=member, is_active=False)
    assert changes_told(member) == []


def test_who_follows_again_is_told_what_happened_since(followed, member, clerk, changes_told):
    Following.turn(followed, by=member, is_active=False)
    followed.change_progress(Progress.IN_PROGRESS, by=clerk)
    Following.turn(followed, by=member, is_active=True)
    followed.change_progress(Progress.PAUSED, by=clerk, reason="No money.")
    assert changes_told(member) == [(followed.reference, "Paused")]


def test_of_exempt_matter_only_the_reference_is_told(exempt_item, member, clerk, changes_told):
    recommendation = factories.make_recommendation(exempt_item, title="The contract with Larch House")
    factories.make_following(recommendation, by=member)
    recommendation.change_progress(Progress.IN_PROGRESS, by=clerk)
    assert changes_told(member) == [(recommendation.reference, "")]


def test_an_exempt_update_is_not_told(followed, member, clerk, changes_told):
    followed.say("The contract is dear.", by=clerk, exempt_paragraph=3)
    assert changes_told(member) == []


def test_of_what_one_may_no_longer_read_nothing_is_told(followed, other_member, clerk, changes_told):
    factories.make_following(followed, by=other_member)
    followed.change_progress(Progress.IN_PROGRESS, by=clerk)
    followed.mark_exempt(3, by=clerk, reason="Names a contract.")
    assert changes_told(other_member) == []


def test_who_lost_their_part_in_the_work_is_told_nothing(followed, member, clerk, changes_told):
    followed.change_progress(Progress.IN_PROGRESS, by=clerk)
    member.groups.clear()
    assert changes_told(member) == []


def test_a_reminder_is_no_change(owe, owner, member, send_after, changes_told):
    factories.make_following(owe(0), by=member)
    send_after(1)
    assert changes_told(member, days=2) == []


def test_a_change_is_not_lost_when_the_mail_was(followed, member, clerk, changes_told, told_today):
    followed.change_progress(Progress.IN_PROGRESS, by=clerk)
    key = told_today()[member.email].occasions[0].key
    factories.make_mail(member, key=key, became="put_off")
    assert changes_told(member) == [(followed.reference, "In progress")]


def test_several_changes_stand_under_one_reference(followed, member, clerk, told_today):
    followed.change_progress(Progress.IN_PROGRESS, by=clerk)
    followed.retitle("Visit the schools", by=clerk)
    [(line, changes)] = told_today()[member.email].followed
    assert (line.reference, len(changes)) == (followed.reference, 2)


@pytest.mark.parametrize("many", [1, 12])
def test_what_is_followed_costs_as_many_questions_however_much_it_is(
    many, item, member, clerk, told_today, django_assert_max_num_queries
):
    for _ in range(many):
        recommendation = factories.make_recommendation(item)
        factories.make_following(recommendation, by=member)
        recommendation.change_progress(Progress.IN_PROGRESS, by=clerk)
    with django_assert_max_num_queries(36):
        assert len(told_today()[member.email].followed) == many
