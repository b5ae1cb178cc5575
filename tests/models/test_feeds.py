"""Private addresses: each is its owner's alone, opens while it lives, and can be made anew or stopped at any time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recommendations.models import Feed, Refused
from tests import factories
from tests.conftest import CAST

pytestmark = pytest.mark.django_db
READERS = [who for who in CAST if who != "stranger"]


@pytest.fixture
def feed(owner):
    return factories.make_feed(owner)


@pytest.mark.parametrize("who", READERS)
def test_everyone_with_a_part_in_the_work_may_have_one(person, board, who):
    assert factories.make_feed(person(who), board).user == person(who)


def test_nobody_makes_one_for_somebody_else(owner, clerk):
    with pytest.raises(Refused, match="for yourself"):
        Feed.begin(user=owner, by=clerk)


def test_somebody_without_a_part_in_the_work_has_none():
    with pytest.raises(Refused, match="for yourself"):
        factories.make_feed(factories.make_person("Kim Doe"))


def test_asking_twice_gives_the_same_one(feed, owner):
    assert factories.make_feed(owner) == feed


def test_each_board_has_its_own(feed, owner, board):
    assert factories.make_feed(owner, board).key != feed.key


def test_its_key_opens_it(feed):
    assert Feed.opened_by(feed.key) == feed


def test_the_key_can_be_shown_again(feed):
    assert Feed.objects.get().key == feed.key


def test_one_that_was_stopped_opens_nothing(feed, owner):
    feed.revoke(by=owner)
    assert Feed.opened_by(feed.key) is None


def test_one_that_was_stopped_can_be_had_again_under_another_key(feed, owner):
    feed.revoke(by=owner)
    assert factories.make_feed(owner).key != feed.key


def test_a_new_key_stops_the_old_one_at_once(feed, owner):
    old = feed.key
    feed.renew(by=owner)
    assert (Feed.opened_by(old), Feed.opened_by(feed.key)) == (None, feed)


def test_that_it_was_stopped_is_on_record(today, feed, owner):
    feed.revoke(by=owner)
    assert (feed.history.first().history_user, feed.history.first().revoked_on) == (owner, today)


def test_the_history_cannot_open_it(feed):
    assert not hasattr(feed.history.first(), "nonce")


@pytest.mark.parametrize("verb", ["renew", "revoke"])
def test_only_its_owner_changes_it(feed, clerk, verb):
    with pytest.raises(Refused, match="whose address this is"):
        getattr(feed, verb)(by=clerk)


@pytest.mark.parametrize("verb", ["renew", "revoke"])
def test_what_was_stopped_stays_so(feed, owner, verb):
    feed.revoke(by=owner)
    with pytest.raises(Refused, match="stopped already"):
        getattr(feed, verb)(by=owner)


def test_somebody_who_left_opens_nothing(feed, owner):
    owner.is_active = False
    owner.save()
    assert Feed.opened_by(feed.key) is None


def test_somebody_who_lost_their_part_opens_nothing(feed, owner):
    owner.groups.clear()
    assert Feed.opened_by(feed.key) is None


@pytest.mark.parametrize("spoil", [lambda key: key[:-1], lambda key: "9" + key, lambda key: "", lambda key: "1.x.y"])
def test_a_guess_opens_nothing_and_costs_no_query(feed, spoil):
    with CaptureQueriesContext(connection) as queries:
        assert Feed.opened_by(spoil(feed.key)) is None
    assert len(queries) == 0


def test_officers_owe_something_themselves_and_members_do_not(feed, member):
    assert (feed.title, factories.make_feed(member).title) == ("My due dates", "News of all boards")


def test_that_of_a_board_is_called_like_it(member, board):
    assert factories.make_feed(member, board).title == "Social Care Services Board"
