"""Two clerks at one draft: nothing that either typed is lost."""

import copy

from recommendations.minutes import drafts
from recommendations.minutes.reconcile import reconcile


def content(*texts):
    found = [drafts.blank("point", text, line=n) | {"id": n} for n, text in enumerate(texts, 1)]
    return {"items": [{"number": "7", "exempt_paragraph": None, "findings": found}], "last_id": len(found)}


def edited(base, pk, **changes):
    changed = copy.deepcopy(base)
    next(one for one in drafts.all_findings(changed) if one["id"] == pk).update(changes)
    return changed


def texts(one):
    return [found["text"] for found in drafts.all_findings(one)]


BASE = content("Referrals rose.", "Training was offered.")


def test_changes_to_different_things_are_both_kept():
    both, told = reconcile(BASE, edited(BASE, 1, text="Referrals fell."), edited(BASE, 2, text="Training ended."))
    assert texts(both) == ["Referrals fell.", "Training ended."]
    assert told == []


def test_where_both_changed_the_same_mine_stands_and_theirs_is_told():
    both, told = reconcile(BASE, edited(BASE, 1, text="Referrals fell."), edited(BASE, 1, text="Referrals stood."))
    assert texts(both)[0] == "Referrals stood."
    assert told == ["Key point, line 1: somebody else had made the words “Referrals fell.”."]


def test_the_same_change_by_both_needs_no_words():
    theirs = edited(BASE, 1, text="Referrals fell.")
    assert reconcile(BASE, theirs, copy.deepcopy(theirs)) == (theirs, [])


def test_what_theirs_emptied_is_told_as_empty():
    _, told = reconcile(edited(BASE, 1, number="1"), BASE, edited(BASE, 1, number="2"))
    assert told == ["Key point 2, line 1: somebody else had made the number “empty”."]


def test_my_change_to_something_merged_away_is_told_in_full():
    theirs = copy.deepcopy(BASE)
    drafts.merge(theirs, 2)
    both, told = reconcile(BASE, theirs, edited(BASE, 2, text="Training ended."))
    assert texts(both) == ["Referrals rose. Training was offered."]
    assert told == ["What you changed has been merged meanwhile. You had: “Training ended.”."]


def test_what_i_did_not_touch_may_be_merged_away_in_silence():
    theirs = copy.deepcopy(BASE)
    drafts.merge(theirs, 2)
    assert reconcile(BASE, theirs, copy.deepcopy(BASE)) == (theirs, [])


def test_what_both_added_is_there_twice_under_ids_of_their_own():
    theirs, mine = copy.deepcopy(BASE), copy.deepcopy(BASE)
    drafts.add(theirs, 0, "point", "Theirs.")
    drafts.add(mine, 0, "point", "Mine.")
    both, _ = reconcile(BASE, theirs, mine)
    assert texts(both)[2:] == ["Theirs.", "Mine."]
    assert [one["id"] for one in drafts.all_findings(both)] == [1, 2, 3, 4]


def test_what_i_added_to_an_item_that_was_joined_goes_to_the_last_one():
    base = copy.deepcopy(BASE)
    drafts.begin_item(base, 2)
    theirs, mine = copy.deepcopy(base), copy.deepcopy(base)
    drafts.join_item(theirs, 1)
    drafts.add(mine, 1, "point", "Mine.")
    both, _ = reconcile(base, theirs, mine)
    assert texts(both) == [*texts(BASE), "Mine."]


def test_item_numbers_are_reconciled_as_well():
    theirs, mine = copy.deepcopy(BASE), copy.deepcopy(BASE)
    theirs["items"][0]["number"], mine["items"][0]["number"] = "8", "9"
    both, told = reconcile(BASE, theirs, mine)
    assert both["items"][0]["number"] == "9"
    assert told == ["The item: somebody else had made the number “8”."]
