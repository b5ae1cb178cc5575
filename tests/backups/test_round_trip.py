"""A backup, changes and destruction, a restore: everything is as it was, on SQLite and PostgreSQL alike."""

import json
import stat
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.urls import reverse

from recommendations.backups import contents
from recommendations.backups.taking import take
from recommendations.models import Progress, Refused, Searchable
from tests import factories
from tests.backups.conftest import attach, bring_back, files, members, rows, silently


def test_every_row_and_file_is_as_it_was(backup, recommendation, media, clerk):
    rows_before, files_before = rows(), files(media)
    recommendation.change_progress(Progress.PAUSED, by=clerk, reason="The inspector is away.")
    attach(recommendation, "later.txt", b"Later.", by=clerk)
    for path in media.rglob("*.txt"):
        path.write_bytes(b"destroyed")
    bring_back(backup)
    assert rows() == rows_before
    assert files(media) == files_before


def test_a_file_that_was_lost_is_back(backup, media):
    before = files(media)
    for path in media.rglob("*.txt"):
        path.unlink()
    bring_back(backup)
    assert files(media) == before


def test_what_was_restored_is_found_by_its_words(backup, recommendation, clerk, sign_in):
    bring_back(backup)
    found = sign_in(clerk).get(reverse("search"), {"q": "inspecting"}).content.decode()
    assert recommendation.reference in found


def test_what_is_written_after_a_restore_is_found_too(backup, clerk):
    bring_back(backup)
    later = factories.make_recommendation(text="That every coach is inspected.")
    assert Searchable.objects.filter(recommendation=later).exists()


def test_the_history_is_written_once_after_a_restore_too(backup, recommendation):
    bring_back(backup)
    with pytest.raises(DatabaseError, match="written once"), connection.cursor() as cursor:
        cursor.execute("UPDATE recommendations_historicalrecommendation SET title = 'Another'")


def test_an_empty_database_takes_a_backup_without_being_asked_twice(backup, monkeypatch):
    before = rows()
    monkeypatch.setattr(contents, "tables", list)
    bring_back(backup, replace=False)
    monkeypatch.undo()
    assert rows() == before


def test_a_database_that_holds_records_is_kept_unless_it_is_given_up(backup):
    with pytest.raises(Refused, match="holds records"):
        bring_back(backup, replace=False)


def test_nobody_else_may_read_a_backup(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_holds_no_key_to_the_site(recommendation, clerk, sign_in, tmp_path):
    sign_in(clerk)
    assert Session.objects.exists()
    take(tmp_path / "site.tar.gz", silently)
    bring_back(tmp_path / "site.tar.gz")
    assert not Session.objects.exists()


def test_the_manifest_counts_what_is_there(backup, recommendation):
    manifest = json.loads(members(backup)[-1][1])
    assert manifest["database"] == connection.vendor
    assert manifest["counts"]["recommendations_recommendation"] == 1
    assert manifest["counts"]["recommendations_historicalrecommendation"] == recommendation.history.count()


def test_both_commands_say_what_they_did_and_what_was_proven(recommendation, tmp_path):
    path, said = str(tmp_path / "site.tar.gz"), StringIO()
    call_command("seal_history", stdout=StringIO())
    call_command("backup", path, stdout=said)
    call_command("restore", path, replace=True, stdout=said)
    assert "files: 1" in said.getvalue()
    assert "with the SHA-256 they were written with" in said.getvalue()
    assert "The copy kept elsewhere agrees." in said.getvalue()
