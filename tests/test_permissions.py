"""Who may do what, asked of every person of the cast."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from recommendations import permissions
from recommendations.models import Progress, Recommendation
from tests import factories
from tests.conftest import CAST

pytestmark = pytest.mark.django_db


def allowed(person, may):
    """The names of those whom `may` lets."""
    return {name for name in CAST if may(person(name))}


# Predicates


@pytest.mark.parametrize(
    ("predicate", "names"),
    [("can_update", {"clerk", "owner"}), ("can_manage", {"clerk"}), ("can_reopen", set())],
)
def test_what_may_be_done_with_an_open_recommendation(predicate, names, owner, person):
    recommendation = factories.make_recommendation(owner=owner)
    assert allowed(person, lambda user: getattr(permissions, predicate)(user, recommendation)) == names


@pytest.mark.parametrize(
    ("predicate", "names"), [("can_update", set()), ("can_manage", set()), ("can_reopen", {"clerk"})]
)
def test_what_may_be_done_with_a_closed_recommendation(predicate, names, owner, person):
    recommendation = factories.make_recommendation(owner=owner, progress=Progress.IMPLEMENTED)
    assert allowed(person, lambda user: getattr(permissions, predicate)(user, recommendation)) == names


def test_only_the_owner_asks_for_a_later_date(owner, person):
    recommendation = factories.make_recommendation(owner=owner, due_on=factories.ago(0))
    assert allowed(person, lambda user: permissions.can_ask_for_later_date(user, recommendation)) == {"owner"}


def test_nobody_asks_for_a_later_date_where_there_is_none(owner, person):
    recommendation = factories.make_recommendation(owner=owner)
    assert allowed(person, lambda user: permissions.can_ask_for_later_date(user, recommendation)) == set()


def test_the_owner_and_the_clerk_submit(owner, person):
    report = factories.make_report(factories.make_recommendation(owner=owner))
    assert allowed(person, lambda user: permissions.can_submit(user, report)) == {"clerk", "owner"}


def test_a_page_offers_submitting_to_the_same_people(owner, person):
    report = factories.make_report(factories.make_recommendation(owner=owner))
    assert allowed(person, lambda user: permissions.may_submit(user, report)) == {"clerk", "owner"}


def test_nobody_submits_twice(owner, person):
    report = factories.make_report(factories.make_recommendation(owner=owner), submitted_by=owner)
    assert allowed(person, lambda user: permissions.can_submit(user, report)) == set()


@pytest.mark.parametrize(("predicate", "names"), [("can_set_due_date", {"clerk"}), ("can_receive", set())])
def test_what_may_be_done_with_an_awaited_report(predicate, names, owner, person):
    report = factories.make_report(factories.make_recommendation(owner=owner))
    assert allowed(person, lambda user: getattr(permissions, predicate)(user, report)) == names


@pytest.mark.parametrize(("predicate", "names"), [("can_set_due_date", set()), ("can_receive", {"clerk"})])
def test_what_may_be_done_with_a_submitted_report(predicate, names, owner, person):
    report = factories.make_report(factories.make_recommendation(owner=owner), submitted_by=owner)
    assert allowed(person, lambda user: getattr(permissions, predicate)(user, report)) == names


def test_a_received_report_is_not_received_again(clerk):
    assert not permissions.can_receive(clerk, factories.make_received_report())


@pytest.mark.parametrize(("is_awaited", "names"), [(False, {"clerk"}), (True, set())])
def test_a_clerk_orders_one_report_at_a_time(is_awaited, names, owner, person):
    recommendation = factories.make_recommendation(owner=owner)
    if is_awaited:
        factories.make_report(recommendation)
    assert allowed(person, lambda user: permissions.can_order_report(user, recommendation)) == names


def test_who_is_no_longer_an_officer_no_longer_owns(owner):
    recommendation = factories.make_recommendation(owner=owner)
    owner.groups.clear()
    assert not permissions.owns(type(owner).objects.get(pk=owner.pk), recommendation)


def test_the_owner_is_told_by_the_stored_key_alone(owner, django_assert_num_queries):
    factories.make_recommendation(owner=owner)
    recommendation = Recommendation.objects.get()
    assert owner.is_officer
    with django_assert_num_queries(0):
        assert permissions.owns(owner, recommendation)


# Guards


READERS = set(CAST) - {"stranger"}


@pytest.mark.parametrize(
    ("guard", "public_pages", "names"),
    [
        (permissions.clerks, False, {"clerk"}),
        (permissions.officers, False, {"clerk", "owner", "other_officer"}),
        (permissions.members, False, READERS),
        (permissions.public, False, READERS),
        (permissions.members, True, READERS),
        (permissions.public, True, set(CAST)),
    ],
)
def test_a_guard_lets_those_it_names(guard, public_pages, names, person, rf, settings):
    settings.PUBLIC_PAGES = public_pages

    def is_let(user):
        request = rf.get("/somewhere/")
        request.user = user
        try:
            return guard(lambda request: HttpResponse("Here."))(request).content == b"Here."
        except PermissionDenied:
            return False

    assert allowed(person, is_let) == names


@pytest.mark.parametrize("public_pages", [False, True])
def test_who_has_no_part_in_the_work_is_not_let(public_pages, rf, settings):
    settings.PUBLIC_PAGES = public_pages
    request = rf.get("/somewhere/")
    request.user = factories.make_person("Nobody Yet")
    with pytest.raises(PermissionDenied):
        permissions.public(lambda request: HttpResponse("Here."))(request)


def test_a_stranger_is_asked_to_sign_in_and_comes_back(rf, stranger, settings):
    settings.LOGIN_URL = "/sign-in/"
    request = rf.get("/somewhere/?on=2027-01-14")
    request.user = stranger
    response = permissions.members(lambda request: HttpResponse("Here."))(request)
    assert response.url == "/sign-in/?next=/somewhere/%3Fon%3D2027-01-14"


def test_a_guard_says_whom_it_lets():
    assert permissions.clerks(lambda request: None).who == "clerks"
