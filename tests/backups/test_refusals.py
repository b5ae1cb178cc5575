"""What is refused, and that a refusal leaves nothing behind and changes nothing."""

import errno
import json
import os
import sqlite3
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from recommendations.backups import archive, contents, taking
from recommendations.models import Refused
from tests.backups.conftest import bring_back, files, members, rewritten, rows, silently


@pytest.fixture
def archived(tmp_path):
    """An archive as of a small site, without one."""
    database, attached, path = tmp_path / "database", tmp_path / "a.txt", tmp_path / "site.tar.gz"
    database.write_bytes(os.urandom(5000))
    attached.write_bytes(b"Four minibuses were inspected.")
    about = {"database": "sqlite", "server": "3", "made_at": "2027-05-03", "migrations": [], "counts": {}}
    archive.write(path, database=database, files=[("attachments/a.txt", attached)], about=about, advance=silently(""))
    return path


def link_to(target):
    info = tarfile.TarInfo("files/attachments/link.txt")
    info.type, info.linkname = tarfile.SYMTYPE, target
    return info


def with_manifest(path, **changes):
    kept = [(info, data) for info, data in members(path) if info.name != archive.MANIFEST]
    manifest = json.loads(members(path)[-1][1]) | changes
    return rewritten(path, [*kept, (archive.MANIFEST, json.dumps(manifest).encode())])


def cut(path):
    path.write_bytes(path.read_bytes()[:-200])


def flipped(path):
    """One byte of the compressed database is another."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def one_file_more(path):
    rewritten(path, [*members(path)[:-1], ("files/attachments/more.txt", b"more"), members(path)[-1]])


def one_file_less(path):
    rewritten(path, [part for part in members(path) if not part[0].name.startswith("files/")])


def other_bytes(path):
    changed = [(info, b"others" if info.name.startswith("files/") else data) for info, data in members(path)]
    rewritten(path, changed)


BAD = {
    "no archive at all": lambda path: path.write_bytes(b"a letter, not a backup"),
    "cut off": cut,
    "a flipped byte": flipped,
    "an empty archive": lambda path: rewritten(path, []),
    "without its manifest": lambda path: rewritten(path, members(path)[:-1]),
    "a manifest of something else": lambda path: with_manifest(path, what="a shopping list"),
    "a manifest without its end": lambda path: rewritten(path, [*members(path)[:-1], ("manifest.json", b"{")]),
    "a statement for a table": lambda path: with_manifest(path, counts={'x"; DROP TABLE y': 1}),
    "a file more": one_file_more,
    "a file less": one_file_less,
    "other bytes in a file": other_bytes,
    "a file twice": lambda path: rewritten(path, [members(path)[0], *members(path)]),
    "something after the end": lambda path: rewritten(path, [*members(path), ("files/a.txt", b"")]),
    "a path that leads out": lambda path: rewritten(path, [("files/../../out.txt", b"out"), *members(path)]),
    "a path from the root": lambda path: rewritten(path, [("/tmp/out.txt", b"out"), *members(path)]),  # noqa: S108
    "a link": lambda path: rewritten(path, [(link_to("/etc/passwd"), b""), *members(path)]),
}


@pytest.mark.parametrize("trouble", BAD)
def test_a_bad_archive_is_refused(archived, trouble):
    BAD[trouble](archived)
    with pytest.raises(Refused, match="no backup of this site, or it is damaged"):
        archive.check(archived, silently(""))


def test_a_good_one_is_not(archived):
    assert sorted(archive.check(archived, silently(""))["members"]) == ["database", "files/attachments/a.txt"]


def test_a_bad_archive_changes_nothing(backup, media):
    flipped(backup)
    before = rows(), files(media)
    with pytest.raises(Refused, match=r"Nothing was changed\."):
        bring_back(backup)
    assert (rows(), files(media)) == before


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"database": "oracle"}, "a backup of oracle"),
        ({"database": "HERE", "migrations": ["recommendations.9999_from_the_future"]}, "newer version of the site"),
        ({"format": 2}, "newer version"),
    ],
)
def test_a_foreign_backup_is_refused(archived, media, changes, sentence):
    with_manifest(archived, **{key: connection.vendor if value == "HERE" else value for key, value in changes.items()})
    with pytest.raises(Refused, match=sentence):
        bring_back(archived)


def test_a_copy_that_holds_other_than_was_counted_is_not_taken(backup, media):
    """PostgreSQL learns it at the end of its transaction, SQLite before it begins; the files that were missing are so again."""
    with_manifest(backup, counts={"recommendations_recommendation": 7})
    for path in media.rglob("*.txt"):
        path.unlink()
    before = rows()
    with pytest.raises(Refused, match=r"stays as it was|Nothing was changed"):
        bring_back(backup)
    assert (rows(), files(media)) == (before, {})


class FullDisk:
    """Takes a kilobyte, then has no room."""

    def __init__(self, file):
        self.file, self.left = file, 1024

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.file.close()

    def write(self, data):
        self.left -= len(data)
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.file.write(data)


@pytest.fixture
def full_disk(monkeypatch):
    new_file = archive.new_file
    monkeypatch.setattr(archive, "new_file", lambda path: FullDisk(new_file(path)))


def test_a_full_disk_leaves_nothing_of_a_backup(recommendation, tmp_path, full_disk):
    before = sorted(tmp_path.iterdir())
    with pytest.raises(CommandError, match=r"No space left on device\. Nothing was left behind"):
        call_command("backup", str(tmp_path / "site.tar.gz"))
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_leaves_what_a_restore_would_have_replaced(backup, media, full_disk):
    before = rows(), files(media)
    with pytest.raises(CommandError, match=r"No space left on device\. The database was not changed"):
        call_command("restore", str(backup), replace=True)
    assert (rows(), files(media)) == before


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL's own programs say it")
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_disk_that_is_full_for_the_database_itself_is_said(backup, tmp_path, monkeypatch, command):
    def full(*args):
        raise sqlite3.OperationalError("database or disk is full")

    before = rows()
    monkeypatch.setattr(contents, {"backup": "of", "restore": "counts"}[command], full)
    path, options = {"backup": (tmp_path / "other.tar.gz", {}), "restore": (backup, {"replace": True})}[command]
    with pytest.raises(CommandError, match=r"database or disk is full\. "):
        call_command(command, str(path), **options)
    assert rows() == before


def test_a_file_that_cannot_get_its_place_is_said(backup, media, monkeypatch):
    def fail(kept):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("recommendations.backups.restoring._remove_others", fail)
    with pytest.raises(Refused, match="not every attached file: Permission denied"):
        bring_back(backup)


def test_an_archive_that_changes_while_it_is_read_is_not_taken(backup, monkeypatch):
    monkeypatch.setattr(archive, "unpack", lambda *given: {})
    with pytest.raises(Refused, match="changed while it was being read"):
        bring_back(backup)


def test_a_backup_is_not_written_over_another(backup):
    with pytest.raises(Refused, match="is there already"):
        taking.take(backup, silently)


def test_a_backup_does_not_lie_among_the_files_it_holds(recommendation, media):
    with pytest.raises(Refused, match="outside the folder of attached files"):
        taking.take(media / "site.tar.gz", silently)


def test_tables_of_other_things_are_no_records(transactional_db):
    assert contents.tables()
    assert not contents.holds_records()
    assert connection.vendor in ("sqlite", "postgresql")
