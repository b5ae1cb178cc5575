"""Trackers that were kept before: who may work on one, and until when."""

import pytest

from recommendations.models import OldTracker, Refused, Stale
from tests import factories


@pytest.fixture
def tracker(board, clerk):
    return factories.make_tracker(by=clerk)


def test_a_tracker_keeps_the_file_as_it_came(tracker):
    with tracker.file.open() as file:
        assert file.read() == factories.TRACKER
    assert (tracker.file_name, len(tracker.file_digest)) == ("tracker.csv", 64)


def test_a_tracker_is_called_by_its_file_and_board(tracker):
    assert str(tracker) == "tracker.csv, Social Care Services Board"


def test_only_a_clerk_begins_one(board, owner):
    with pytest.raises(Refused, match="Only a clerk brings in old trackers"):
        factories.make_tracker(by=owner)


ACTS = {
    "name the columns": lambda tracker, by: tracker.name_columns({}, by=by),
    "map the words": lambda tracker, by: tracker.map_words(statuses={}, owners={}, by=by),
    "discard": lambda tracker, by: tracker.discard(by=by, reason="The wrong file."),
    "bring in": lambda tracker, by: tracker.become_brought_in({}, by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_a_clerk_works_on_one(tracker, owner, act):
    with pytest.raises(Refused, match="Only a clerk"):
        ACTS[act](tracker, owner)


@pytest.mark.parametrize("end", ["bring in", "discard"])
@pytest.mark.parametrize("act", ACTS)
def test_once_it_has_ended_nothing_in_it_is_changed(tracker, clerk, act, end):
    ACTS[end](tracker, clerk)
    with pytest.raises(Refused, match="nothing in it can be changed"):
        ACTS[act](tracker, clerk)


def test_what_was_said_of_columns_and_words_is_kept(tracker, clerk):
    tracker.name_columns({"topic": "note"}, by=clerk, fills_down=True)
    tracker.map_words(statuses={"Green": "paused"}, owners={"J Smith": None}, by=clerk)
    kept = OldTracker.objects.get()
    assert (kept.columns, kept.statuses, kept.owners) == ({"topic": "note"}, {"Green": "paused"}, {"J Smith": None})


def test_who_comes_too_late_is_told(tracker, clerk):
    seen = tracker.version
    tracker.name_columns({}, by=clerk)
    with pytest.raises(Stale):
        tracker.map_words(statuses={}, owners={}, by=clerk, version=seen)


def test_discarding_needs_a_reason(tracker, clerk):
    with pytest.raises(Refused, match="Say why the tracker is discarded"):
        tracker.discard(by=clerk, reason=" ")


def test_the_same_file_brought_in_before_is_known(tracker, clerk):
    again = factories.make_tracker(by=clerk)
    assert again.earlier() is None
    tracker.become_brought_in({}, by=clerk)
    assert again.earlier() == tracker


def test_the_history_does_not_copy_the_cells(tracker):
    assert not hasattr(tracker.history.get(), "tables")


def test_a_list_does_not_fetch_the_cells(tracker, django_assert_num_queries):
    with django_assert_num_queries(1):
        [one] = OldTracker.objects.for_list()
        str(one)
    assert "tables" in one.get_deferred_fields()
