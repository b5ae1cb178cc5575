"""Two clerks at one draft: nothing that either typed is lost."""

import copy

import pytest

from recommendations.minutes import drafts
from recommendations.minutes.reconcile import reconcile
from tests import factories


def content(*texts):
    found = [drafts.blank("point", text, line=n) | {"id": n, "name": text} for n, text in enumerate(texts, 1)]
    return {"items": [{"number": "7", "exempt_paragraph": None, "findings": found}], "last_id": len(found)}


def edited(base, pk, **changes):
    changed = copy.deepcopy(base)
    next(one for one in drafts.all_findings(changed) if one["id"] == pk).update(changes)
    return changed


def texts(one):
    return [found["text"] for found in drafts.all_findings(one)]


CLAIRE = "Claire Curran"
BASE = content("Referrals rose.", "Training was offered.")


def test_changes_to_different_things_are_both_kept():
    both, told = reconcile(BASE, edited(BASE, 1, text="Referrals fell."), edited(BASE, 2, text="Training ended."))
    assert texts(both) == ["Referrals fell.", "Training ended."]
    assert told == []


def test_where_both_changed_the_same_mine_stands_and_theirs_is_told():
    both, told = reconcile(BASE, edited(BASE, 1, text="Referrals fell."), edited(BASE, 1, text="Referrals stood."))
    assert texts(both)[0] == "Referrals stood."
    assert told == ["Key point, line 1: somebody else had made the words “Referrals fell.”."]


def clash(kind, name, theirs, mine, *others):
    """What is told where both changed that field of a finding, which stands before `others`."""
    base = content("Dana Witlock", *others)
    base["items"][0]["findings"][0]["kind"] = kind
    _, told = reconcile(base, edited(base, 1, **{name: theirs}), edited(base, 1, **{name: mine}))
    return told


@pytest.mark.parametrize(
    ("kind", "name", "theirs", "told"),
    [
        ("recommendation", "ask", "report_back", "kind “Report back”"),
        ("recommendation", "addressees", ["Example Police", "Officers"], "addressees “Example Police, Officers”"),
        ("recommendation", "due_on", "2026-09-01", "date “1 September 2026”"),
        ("recommendation", "exempt_paragraph", 3, "exempt paragraph “3”"),
        ("recommendation", "evidence", [2, 99], "evidence “Key point, line 2”"),
        ("witness", "person", 0, "person “somebody else”"),
        ("witness", "person", "f2", "person “Claire Curran”"),
        ("witness", "person", "f99", "person “nobody in particular”"),
    ],
)
def test_what_they_chose_is_told_in_the_words_of_the_page(kind, name, theirs, told):
    [sentence] = clash(kind, name, theirs, "something of mine", CLAIRE)
    assert sentence.endswith(f", line 1: somebody else had made the {told}.")


def test_people_are_told_by_name(owner):
    claire = factories.make_speaker("Claire Curran")
    assert "the person “Claire Curran”" in clash("witness", "person", claire.pk, 0)[0]
    assert "the owner “Olu Shah”" in clash("recommendation", "owner", owner.pk, owner.pk + 1)[0]


def test_a_choice_that_they_took_back_is_told(db):
    base = edited(content("Dana Witlock"), 1, person=7)
    _, told = reconcile(base, edited(base, 1, person=None), edited(base, 1, person=0))
    assert told == ["Key point, line 1: somebody else had made the person “nobody in particular”."]


def test_another_kind_is_told_as_the_page_calls_it():
    assert clash("point", "kind", "resolution", "action") == [
        "Action, line 1: somebody else had made the kind “Resolution”."
    ]


def test_what_only_follows_the_words_is_not_told_beside_them():
    theirs, mine = edited(BASE, 1, text="By May.", time_phrases=["by May"]), edited(BASE, 1, time_phrases=["by June"])
    assert reconcile(BASE, theirs, mine)[1] == []


def test_drafts_from_before_people_were_known_are_reconciled_as_well(db):
    base = copy.deepcopy(BASE)
    for one in drafts.all_findings(base):
        del one["person"]
    both, told = reconcile(base, copy.deepcopy(base), edited(base, 1, person=0))
    assert (both["items"][0]["findings"][0]["person"], told) == (0, [])


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
