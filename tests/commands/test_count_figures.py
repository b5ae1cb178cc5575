"""`manage.py count_figures`: what the dashboard shows is counted before anybody asks."""

import pytest
from django.core.management import call_command

from recommendations import clock
from recommendations.models import KeptFigures, Snapshot
from recommendations.trends import kept
from recommendations.trends.kept import KeptTrends
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(monkeypatch, today):
    monkeypatch.setattr(kept, "LARGE", 0)
    monkeypatch.setattr(kept, "QUICK", -1)


def test_months_that_were_never_counted_are_there_afterwards(large, clerk, capsys):
    factories.make_recommendation(exempt_paragraph=3)
    call_command("count_figures")
    assert "Counted anew: all:months, restricted:months." in capsys.readouterr().out
    assert not KeptTrends(Snapshot(clerk, clock.today())).is_counting


def test_what_is_kept_already_is_not_counted_again(large, capsys):
    call_command("count_figures")
    before = list(KeptFigures.objects.values_list("name", "counted_at"))
    call_command("count_figures")
    assert "Counted anew: nothing." in capsys.readouterr().out
    assert list(KeptFigures.objects.values_list("name", "counted_at")) == before
