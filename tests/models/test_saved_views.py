"""Views of lists that a person keeps: their own alone, each name once, one that opens the list."""

import pytest

from recommendations.models import Refused, SavedView
from recommendations.models.saved_views import MOST
from tests import factories


@pytest.fixture(autouse=True)
def a_wednesday(today):
    """Everything here happens on the same day."""


def new_view(user, name="What is late", *, page="recommendations", query="only=overdue", opens_first=False):
    return SavedView(user=user, page=page, name=name, query=query, opens_first=opens_first)


@pytest.fixture
def kept(member):
    return new_view(member).keep(by=member)


def test_a_view_is_kept_and_leads_to_the_list_as_it_was(kept, member):
    assert kept.get_absolute_url() == "/recommendations/?only=overdue"
    assert kept.history.get().history_user == member


def test_a_view_of_the_whole_list_says_so_in_its_address(member):
    assert new_view(member, query="").keep(by=member).get_absolute_url() == "/recommendations/?all=yes"


@pytest.mark.parametrize("by", ["other_member", "clerk"])
def test_nobody_keeps_changes_or_removes_anothers(kept, member, person, by):
    other = person(by)
    refusal = "Only the person whose view this is can keep, change or remove it."
    for verb in (
        lambda: new_view(member, "Mine").keep(by=other),
        lambda: kept.change(name="Mine", opens_first=False, by=other),
        lambda: kept.remove(by=other),
    ):
        with pytest.raises(Refused, match=refusal):
            verb()


def test_somebody_without_a_part_in_the_work_keeps_none(db):
    nobody = factories.make_person()
    with pytest.raises(Refused, match="Only the person whose view this is"):
        new_view(nobody).keep(by=nobody)


@pytest.mark.parametrize("other", ["dashboard", "desk", "mails", ""])
def test_only_lists_are_kept(member, other):
    with pytest.raises(Refused, match=r"Views of this page cannot be kept\."):
        new_view(member, page=other).keep(by=member)


@pytest.mark.parametrize("name", ["", "  "])
def test_a_view_has_a_name(member, kept, name):
    with pytest.raises(Refused, match=r"Give the view a name\."):
        new_view(member, name).keep(by=member)
    with pytest.raises(Refused, match=r"Give the view a name\."):
        kept.change(name=name, opens_first=False, by=member)


@pytest.mark.parametrize("name", ["What is late", "what is LATE", " What is late "])
def test_a_name_is_used_once_of_a_list(member, kept, name):
    with pytest.raises(Refused, match="You have a view of this list with that name already"):
        new_view(member, name).keep(by=member)
    other = new_view(member, "Other").keep(by=member)
    with pytest.raises(Refused, match="You have a view of this list with that name already"):
        other.change(name=name, opens_first=False, by=member)


def test_another_list_another_person_and_a_removed_view_leave_a_name_free(member, other_member, kept):
    new_view(member, page="answers").keep(by=member)
    new_view(other_member).keep(by=other_member)
    kept.remove(by=member)
    new_view(member).keep(by=member)
    assert SavedView.objects.live().filter(name=kept.name).count() == 3


def test_a_view_keeps_its_own_name(member, kept):
    assert kept.change(name="What is late", opens_first=True, by=member).opens_first


def test_more_views_than_a_page_bears_are_refused(member):
    for number in range(MOST):
        new_view(member, f"View {number}").keep(by=member)
    with pytest.raises(Refused, match=r"You have kept 20 views of this list already\. Remove one first\."):
        new_view(member).keep(by=member)
    new_view(member, page="answers").keep(by=member)


def test_one_view_opens_a_list_and_what_opened_it_before_does_so_no_more(member):
    first = new_view(member, "First", opens_first=True).keep(by=member)
    elsewhere = new_view(member, page="answers", opens_first=True).keep(by=member)
    second = new_view(member, "Second", opens_first=True).keep(by=member)
    assert set(SavedView.objects.filter(opens_first=True)) == {second, elsewhere}
    first.refresh_from_db()
    first.change(name="First", opens_first=True, by=member)
    assert set(SavedView.objects.filter(opens_first=True)) == {first, elsewhere}
    assert second.history.first().history_user == member


def test_a_view_that_is_removed_stays_on_record_and_opens_nothing(member, today):
    view = new_view(member, opens_first=True).keep(by=member).remove(by=member)
    assert (view.removed_on, view.opens_first, view.history.count()) == (today, False, 2)
    assert not SavedView.objects.live().exists()


def test_what_was_removed_is_neither_changed_nor_removed_again(member, kept):
    kept.remove(by=member)
    for verb in (lambda: kept.remove(by=member), lambda: kept.change(name="Again", opens_first=True, by=member)):
        with pytest.raises(Refused, match=r"This view has been removed already\. Keep a new one\."):
            verb()
