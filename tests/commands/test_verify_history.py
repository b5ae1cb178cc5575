"""`seal_history` and `verify_history`, as they are run: on the demonstration, on a copy of the seals, on what was altered."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from recommendations.models import Seal
from recommendations.sealing import make
from recommendations.triggers import lifted
from tests import factories

pytestmark = pytest.mark.django_db


def run(*arguments, **options):
    out, error = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=error, **options)
    return out.getvalue(), error.getvalue()


@pytest.fixture
def sealed():
    factories.make_recommendation(title="Check taxis")
    run("seal_history")
    return Seal.head()


def alter():
    with lifted(connection, "recommendations_historicalrecommendation"), connection.cursor() as cursor:
        cursor.execute("UPDATE recommendations_historicalrecommendation SET title = 'Nothing'")


def test_the_demonstration_is_sealed_and_proven(settings):
    settings.DEMO = True
    run("seed_demo")
    assert run("seal_history")[0].startswith("Sealed: ")
    out, _ = run("verify_history")
    assert "Every record is as its last history row has it." in out
    assert f"Head: seal 1, {Seal.head().digest}" in out
    assert "is not known" not in out


def test_the_cse_item_passes_and_is_not_sealed_yet():
    call_command("loaddata", "reference", "cse_item", verbosity=0)
    out, _ = run("verify_history")
    assert out.startswith("Nothing is sealed yet: run `manage.py seal_history`.\nNot yet sealed: ")


def test_an_empty_site_has_nothing_to_seal():
    assert run("seal_history") == ("Nothing to seal.\n", "")


def test_a_second_run_says_that_nothing_is_new(sealed):
    assert run("seal_history") == (f"Nothing new. Seal 1: {sealed.digest}\n", "")


def test_a_long_run_says_a_line_a_chunk(monkeypatch):
    factories.make_recommendation()
    monkeypatch.setattr(make, "CHUNK", 3)
    _, error = run("seal_history")
    assert error.startswith("3 of ")
    assert len(error.splitlines()) == Seal.objects.count() > 1


def test_what_was_altered_is_named_and_the_command_fails(sealed):
    alter()
    with pytest.raises(CommandError, match=r"The history is not what it was: 2 findings\."):
        run("verify_history")


def test_only_so_many_findings_are_named(sealed):
    alter()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_history", limit=1, stdout=out)
    assert out.getvalue().count("row") == 1
    assert out.getvalue().endswith("… and 1 more.\n")


def test_a_copy_kept_elsewhere_is_compared(sealed, tmp_path):
    copy = tmp_path / "seals.txt"
    copy.write_text(f"Seals of Example Council\n1\t{sealed.digest}\n", "utf-8")
    assert "The copy kept elsewhere agrees." in run("verify_history", against=[str(copy)])[0]
    with pytest.raises(CommandError, match="1 findings"):
        run("verify_history", against=["a" * 64])


@pytest.mark.parametrize("given", ["nowhere.txt", "manage.py"])
def test_a_copy_without_a_digest_proves_nothing(given):
    with pytest.raises(CommandError, match="digest"):
        run("verify_history", against=[given])


@pytest.mark.parametrize("command", ["seal_history", "verify_history"])
def test_at_a_terminal_there_is_a_bar(command, monkeypatch, capsys):
    factories.make_recommendation()
    monkeypatch.setenv("FORCE_COLOR", "1")
    call_command(command, stdout=StringIO())
    assert "the history" in capsys.readouterr().err


def test_somebody_who_writes_without_an_end_is_a_sentence(monkeypatch):
    def busy(watch):
        raise make.Busy("Try again later.")

    monkeypatch.setattr(make, "seal_history", busy)
    with pytest.raises(CommandError, match="Try again later"):
        run("seal_history")
