"""The demonstration: the CSE minutes and some invented ones, lived through by the real verbs."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse

from recommendations import clock
from recommendations.management.demo import PASSWORD, PEOPLE, Story
from recommendations.models import AgendaItem, MinutesDraft, Progress, Recommendation, ResponseRegime, Timeliness, User
from recommendations.models.tracked import Tracked
from tests.views.pages import read


def seed(*options):
    out = StringIO()
    call_command("seed_demo", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def demo(db, settings):
    settings.DEMO = True


@pytest.fixture
def told(demo):
    """What the command says while it loads the whole demonstration."""
    return seed()


@pytest.fixture
def cse(demo):
    """The four recommendations of the CSE minutes, after the months they lived through."""
    seed("--only-cse")
    return list(Recommendation.objects.with_timeliness().order_by("position"))


def histories():
    return [model for model in apps.get_models() if model.__name__.startswith("Historical")]


def test_it_is_refused_outside_demonstrations(db):
    with pytest.raises(CommandError, match="Set DEMO=true, never where real minutes are kept"):
        call_command("seed_demo")
    assert not User.objects.exists()


@pytest.mark.usefixtures("told")
def test_a_second_run_adds_nothing():
    counts = {model: model.objects.count() for model in apps.get_models()}
    assert seed() == "The demonstration is loaded already.\n"
    assert {model: model.objects.count() for model in apps.get_models()} == counts


@pytest.mark.usefixtures("demo")
def test_reference_data_that_are_there_already_are_left_alone():
    call_command("loaddata", "reference", verbosity=0)
    with ResponseRegime.objects.get(code="nhs").changing(by=None, reason="Ours is longer.") as nhs:
        nhs.days = 30
    seed("--only-cse")
    assert ResponseRegime.objects.get(code="nhs").days == 30


def test_it_says_plainly_what_is_invented(told):
    assert "Owners, dates and answers are invented, since the minutes hold none" in told
    assert all(PEOPLE[who][0] in told for who in ("clerk", "officer", "member"))


def test_of_the_four_one_is_closed_one_in_progress_one_overdue_and_one_coming(cse):
    families, therapy, networks, consultation = cse
    assert (families.progress, therapy.progress) == (Progress.IMPLEMENTED, Progress.IN_PROGRESS)
    assert networks.timeliness == Timeliness.FOLLOW_UP_OVERDUE
    assert consultation.follow_ups.due_soon().count() == 1


def test_the_four_have_kinds_evidence_and_answers(cse):
    assert [recommendation.kind for recommendation in cse] == ["do", "consider", "report_back", "report_back"]
    assert all(recommendation.evidence.exists() for recommendation in cse)
    assert sorted(cse[1].responses.values_list("answer", flat=True)) == ["accepted", "noted", "partially_accepted"]


@pytest.mark.usefixtures("told")
def test_every_change_of_the_story_says_who_or_why():
    """A partner is neither: its link says who."""
    unsaid = [
        row
        for model in histories()
        for row in model.objects.filter(history_user=None, history_change_reason__isnull=True)
        if getattr(row, "through", None) is None
    ]
    assert unsaid == []


@pytest.mark.usefixtures("told")
def test_nothing_happened_in_the_future():
    assert [model for model in histories() if model.objects.filter(history_date__gt=clock.now()).exists()] == []


@pytest.mark.usefixtures("told")
def test_every_record_has_its_history_up_to_what_it_is():
    tracked = [model for model in apps.get_models() if issubclass(model, Tracked)]
    missing = []
    for model in tracked:
        latest = dict(model.history.order_by("history_id").values_list("id", "version"))
        missing += [record for record in model._base_manager.all() if latest.get(record.pk) != record.version]
    # The rules and organisations come with the reference data, which have no history of their own.
    assert {type(record).__name__ for record in missing} <= {"Organisation", "ResponseRegime"}


@pytest.mark.usefixtures("told")
def test_every_line_of_the_minutes_is_accounted_for():
    assert not [
        finding
        for draft in MinutesDraft.objects.filter(state=MinutesDraft.State.ADOPTED)
        for item in draft.content["items"]
        for finding in item["findings"]
        if finding["kind"] == "unread"
    ]


@pytest.mark.usefixtures("told")
def test_there_is_enough_to_look_at_for_each_person(client):
    headings = []
    for who in ("clerk", "officer", "member"):
        client.post(reverse("sign-in"), {"username": PEOPLE[who][0], "password": PASSWORD})
        headings.append(read(client, reverse("dashboard")).heading)
        client.post(reverse("sign-out"))
    assert headings == ["3 follow-up reports are overdue, the oldest by 64 days"] * 3


@pytest.mark.usefixtures("told")
def test_boards_do_not_meet_at_the_weekend():
    assert not AgendaItem.objects.filter(meeting__held_on__week_day__in=(1, 7)).exists()


@pytest.mark.usefixtures("told")
def test_the_exempt_item_is_not_for_everybody():
    exempt = Recommendation.objects.exclude(item__exempt_paragraph=None)
    readers = {user.full_name for user in User.objects.all() if exempt.visible_to(user).exists()}
    assert readers == {"Ruth Bailey", "Olu Shah", "Asha Nair"}


def test_the_story_tells_its_chapters(told):
    assert "SCSB: Child sexual exploitation safeguarding report\n" in told
    assert "HTSB: a draft to finish\n" in told


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "2026-11-18"), (-4, "2026-11-20"), (-3, "2026-11-20"), (-5, "2026-11-23")]
)
def test_a_meeting_moves_from_the_weekend_to_the_friday_before(today, days, expected):
    assert Story(print).sitting(days).isoformat() == expected
