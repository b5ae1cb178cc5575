"""The fixtures: reference data, and the CSE item with all that it lived through, for an empty database."""

import json
from collections import Counter, defaultdict

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from recommendations import permissions
from recommendations.history import timeline
from recommendations.models import Organisation, Recommendation, ResponseRegime, User
from tests.views.pages import read

FIXTURES = settings.BASE_DIR / "fixtures"
CSE = json.loads((FIXTURES / "cse_item.json").read_text("utf-8"))


@pytest.fixture
def reference(db):
    call_command("loaddata", "reference", verbosity=0)


@pytest.fixture
def cse(reference):
    call_command("loaddata", "cse_item", verbosity=0)


@pytest.mark.usefixtures("reference")
def test_the_reference_data_hold_the_groups_and_the_rules_for_answers():
    from django.contrib.auth.models import Group

    roles = {permissions.CLERKS, permissions.OFFICERS, permissions.MEMBERS, permissions.ADMINISTRATORS}
    assert set(Group.objects.values_list("name", flat=True)) == roles
    assert {"executive", "nhs", "crime_and_disorder", "local", "none"} == set(
        ResponseRegime.objects.values_list("code", flat=True)
    )
    assert Organisation.objects.filter(regime__code="nhs").exists()


@pytest.mark.usefixtures("reference")
def test_the_reference_data_can_be_loaded_again():
    counts = {model: model.objects.count() for model in apps.get_models()}
    call_command("loaddata", "reference", verbosity=0)
    assert {model: model.objects.count() for model in apps.get_models()} == counts


@pytest.mark.usefixtures("cse")
def test_the_cse_item_can_be_loaded_again():
    """The database lets a row of the history be written over with itself."""
    count = Recommendation.history.count()
    call_command("loaddata", "cse_item", verbosity=0)
    assert Recommendation.history.count() == count


def history_rows():
    """{model: how many history rows the fixture holds of each record}."""
    rows = defaultdict(Counter)
    for row in CSE:
        model = apps.get_model(row["model"])
        if model.__name__.startswith("Historical"):
            rows[model][row["fields"]["id"]] += 1
    return rows


@pytest.mark.usefixtures("cse")
def test_every_record_comes_with_its_whole_history():
    loaded = {model: Counter(model.objects.values_list("id", flat=True)) for model in history_rows()}
    assert loaded == history_rows()


@pytest.mark.usefixtures("cse")
def test_no_record_comes_without_a_history():
    models = {apps.get_model(row["model"]) for row in CSE}
    without = {
        model.__name__
        for model in models
        if hasattr(model, "history")
        and set(model._base_manager.values_list("pk", flat=True)) - set(history_rows()[model.history.model])
    }
    assert without <= {"Organisation", "ResponseRegime"}


@pytest.mark.usefixtures("cse")
def test_the_history_still_says_who_and_why():
    clerk = User.objects.get(email="clerk@example.org")
    entries = timeline(Recommendation.objects.get(reference="SCSB R3/26"), clerk)
    [moved] = [entry for entry in entries if "due date moved" in entry.what]
    assert (moved.who, moved.why) == ("Ruth Bailey", "Faith networks could only meet after the holidays.")


@pytest.mark.usefixtures("cse")
def test_the_loaded_item_shows_on_every_page_about_it(client):
    client.force_login(User.objects.get(email="member@example.org"))
    assert "overdue" in read(client, reverse("dashboard")).heading
    addresses = [recommendation.get_absolute_url() for recommendation in Recommendation.objects.all()]
    assert len(addresses) == 4
    assert {read(client, address).status for address in addresses} == {200}
