"""Owner, title, words and updates of a recommendation."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from recommendations.models import Progress, ProgressUpdate, Recommendation, Refused
from tests import factories
from tests.models.tables import REASON

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommendation(owner):
    return factories.make_recommendation(owner=owner)


def test_it_is_called_by_its_reference_and_short_title(recommendation):
    assert str(recommendation) == f"{recommendation.reference}: Review the guidance"


# Owner


def test_a_clerk_gives_it_an_owner(clerk, owner):
    factories.make_recommendation().assign(owner, by=clerk)
    assert Recommendation.objects.get().owner == owner


def test_a_clerk_gives_it_another_owner(recommendation, clerk, other_officer):
    recommendation.assign(other_officer, by=clerk)
    assert Recommendation.objects.get().owner == other_officer


def test_the_owner_it_has_already_is_refused(recommendation, clerk, owner):
    with pytest.raises(Refused, match="the owner already"):
        recommendation.assign(owner, by=clerk)


def test_taking_the_owner_away_needs_a_reason(recommendation, clerk):
    with pytest.raises(Refused, match="Say why nobody owns this now"):
        recommendation.assign(None, by=clerk)


def test_taking_the_owner_away_with_a_reason(recommendation, clerk):
    recommendation.assign(None, by=clerk, reason="The post is vacant.")
    assert Recommendation.objects.without_owner().get() == recommendation


@pytest.mark.parametrize("who", ["clerk", "member", "administrator"])
def test_only_officers_own(who, person, clerk):
    with pytest.raises(Refused, match="Choose an officer"):
        factories.make_recommendation().assign(person(who), by=clerk)


def test_an_officer_who_has_left_owns_nothing_new(clerk):
    with pytest.raises(Refused, match="Choose an officer who can sign in"):
        factories.make_recommendation().assign(factories.make_officer(is_active=False), by=clerk)


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_assigns(who, person, recommendation, other_officer):
    with pytest.raises(Refused, match="You may not do this"):
        recommendation.assign(other_officer, by=person(who), reason=REASON)


def test_a_closed_one_keeps_its_owner(clerk, owner):
    recommendation = factories.make_recommendation(progress=Progress.IMPLEMENTED)
    with pytest.raises(Refused, match="closed or reopened meanwhile"):
        recommendation.assign(owner, by=clerk)


# Title and words


def test_a_clerk_gives_it_another_title(recommendation, clerk):
    recommendation.retitle("Guidance for schools", by=clerk)
    assert Recommendation.objects.get().title == "Guidance for schools"


def test_the_words_are_corrected_with_a_reason(recommendation, clerk):
    recommendation.correct_words("That officers revise it.", by=clerk, reason="A word was misread.")
    assert Recommendation.objects.get().text == "That officers revise it."


def test_the_words_as_first_copied_stay_in_the_history(recommendation, clerk):
    first = recommendation.text
    recommendation.correct_words("That officers revise it.", by=clerk, reason="A word was misread.")
    assert recommendation.history.earliest().text == first


def test_the_words_are_not_corrected_without_a_reason(recommendation, clerk):
    with pytest.raises(Refused, match="Say what was wrong"):
        recommendation.correct_words("That officers revise it.", by=clerk, reason="")


def test_a_correction_must_change_something(recommendation, clerk):
    with pytest.raises(Refused, match="Nothing was changed"):
        recommendation.correct_words(recommendation.text, by=clerk, reason=REASON)


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator"])
@pytest.mark.parametrize("verb", ["retitle", "correct_words"])
def test_only_a_clerk_changes_title_and_words(verb, who, person, recommendation):
    reason = {"reason": REASON} if verb == "correct_words" else {}
    with pytest.raises(Refused, match="Only a clerk"):
        getattr(recommendation, verb)("Something else.", by=person(who), **reason)


# Updates


@pytest.mark.parametrize("who", ["owner", "clerk"])
def test_the_owner_and_the_clerk_say_how_it_is_going(who, person, recommendation, today):
    update = recommendation.say("Two schools have been visited.", by=person(who))
    assert (update.said_by, update.said_on) == (person(who), today)


@pytest.mark.parametrize("who", ["other_officer", "member", "administrator", "stranger"])
def test_nobody_else_says_how_it_is_going(who, person, recommendation):
    with pytest.raises(Refused, match="You may not do this"):
        recommendation.say("Two schools have been visited.", by=person(who))


def test_updates_are_appended_the_latest_first(recommendation, owner):
    said = [recommendation.say(text, by=owner) for text in ("First.", "Second.")]
    assert list(ProgressUpdate.objects.all()) == said[::-1]


def test_saying_something_does_not_change_the_recommendation(recommendation, owner):
    recommendation.say("Two schools have been visited.", by=owner)
    assert Recommendation.objects.get().version == 1


def test_an_update_may_carry_a_file(recommendation, owner):
    update = recommendation.say("See the table.", by=owner, file=ContentFile(b"school,visited", name="../visits.csv"))
    assert (update.file_name, Path(update.file.path).read_bytes()) == ("visits.csv", b"school,visited")


def test_a_stored_file_is_named_so_that_nobody_guesses_it(recommendation, owner):
    update = recommendation.say("See the table.", by=owner, file=ContentFile(b"school,visited", name="visits.CSV"))
    assert "visits" not in update.file.name
    assert update.file.name.endswith(".csv")


def test_an_update_is_called_by_its_recommendation_and_day(recommendation, owner, today):
    update = recommendation.say("Two schools have been visited.", by=owner)
    assert str(update) == f"{recommendation.reference} on 2026-11-18"


# Evidence


def test_evidence_is_called_by_the_point_it_is(db):
    assert str(factories.make_evidence()) == "1. Referrals had risen by a third since the spring."


def test_evidence_is_called_by_the_witness_it_is(db):
    evidence = factories.make_evidence(witness=factories.make_witness())
    assert str(evidence) == "Dana Whitlock, Head of Early Help, Example Council"


@pytest.fixture
def heard(recommendation):
    """Two points and a witness of its item."""
    item = recommendation.item
    return [
        factories.make_point(item, number="1"),
        factories.make_point(item, number="2"),
        factories.make_witness(item),
    ]


def standing(recommendation):
    """Its evidence that was not withdrawn."""
    return {link.point or link.witness for link in recommendation.evidence.filter(is_withdrawn=False)}


def test_points_and_witnesses_are_linked_as_evidence(recommendation, heard, clerk):
    first, _, witness = heard
    recommendation.link_evidence(points=[first], witnesses=[witness], by=clerk)
    assert standing(recommendation) == {first, witness}


def test_what_is_unticked_is_withdrawn_and_stays_on_record(recommendation, heard, clerk):
    first, second, witness = heard
    recommendation.link_evidence(points=[first], witnesses=[witness], by=clerk)
    recommendation.link_evidence(points=[first, second], witnesses=[], by=clerk)
    assert (standing(recommendation), recommendation.evidence.count()) == ({first, second}, 3)


def test_what_was_withdrawn_may_be_linked_again(recommendation, heard, clerk):
    first = heard[0]
    for points in ([first], [], [first]):
        recommendation.link_evidence(points=points, witnesses=[], by=clerk)
    link = recommendation.evidence.get()
    assert (link.is_withdrawn, [row.is_withdrawn for row in link.history.all()]) == (False, [False, True, False])


def test_linking_the_same_again_changes_nothing(recommendation, heard, clerk):
    for _ in range(2):
        recommendation.link_evidence(points=heard[:1], witnesses=[], by=clerk)
    assert recommendation.evidence.get().history.count() == 1


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_links_evidence(who, person, recommendation, heard):
    with pytest.raises(Refused, match="Only a clerk says what led to a recommendation"):
        recommendation.link_evidence(points=heard[:1], witnesses=[], by=person(who))


# Exempt or open


@pytest.mark.parametrize(("before", "after"), [(None, 3), (3, None), (3, 5)])
def test_a_clerk_makes_it_exempt_or_opens_it(before, after, clerk):
    recommendation = factories.make_recommendation(exempt_paragraph=before)
    recommendation.mark_exempt(after, by=clerk, reason="It names a provider.")
    assert Recommendation.objects.get().exempt_paragraph == after


def test_making_it_exempt_needs_a_reason(recommendation, clerk):
    with pytest.raises(Refused, match="Say why this is, or is no longer, exempt"):
        recommendation.mark_exempt(3, by=clerk, reason=" ")


@pytest.mark.parametrize("who", ["owner", "other_officer", "member", "administrator", "stranger"])
def test_only_a_clerk_makes_it_exempt_or_opens_it(who, person, recommendation):
    with pytest.raises(Refused, match="Only a clerk makes a recommendation exempt"):
        recommendation.mark_exempt(3, by=person(who), reason=REASON)


# Addresses


def test_it_has_an_address_in_plain_letters():
    recommendation = factories.make_recommendation(reference="SCSB R3/26")
    assert recommendation.get_absolute_url() == "/recommendations/SCSB-R3-26/"


def test_its_reports_and_answers_stand_on_its_page():
    recommendation = factories.make_recommendation(reference="SCSB R3/26")
    report, response = factories.make_report(recommendation), factories.make_response(recommendation)
    page = "/recommendations/SCSB-R3-26/"
    assert [report.get_absolute_url(), response.get_absolute_url()] == [f"{page}#report-1", f"{page}#answers"]


def test_a_file_is_fetched_by_the_number_of_its_record(recommendation, owner):
    update, report = recommendation.say("See the table.", by=owner), factories.make_report(recommendation)
    assert [update.file_url, report.file_url] == [f"/files/updates/{update.pk}/", f"/files/reports/{report.pk}/"]


def test_a_page_names_board_owner_and_meeting_without_asking_again(recommendation, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = Recommendation.objects.for_page().get()
        assert [str(page.board), str(page.owner), str(page.item.meeting.board), page.closed_at] == [
            "Social Care Services Board", "Olu Shah", "Social Care Services Board", None,
        ]  # fmt: skip
