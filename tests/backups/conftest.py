"""A site with a recommendation, its history and an attached file, and everything it holds to compare with."""

import tarfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from recommendations.backups import contents
from recommendations.backups.restoring import restore
from recommendations.backups.taking import take
from recommendations.models import Progress
from tests import factories


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture
def recommendation(media, transactional_db, clerk):
    """In progress, with an update that carries a file."""
    recommendation = factories.make_recommendation(text="That the council inspects every minibus.")
    recommendation.change_progress(Progress.IN_PROGRESS, by=clerk)
    attach(recommendation, "inspections.txt", b"Four minibuses were inspected.", by=clerk)
    return recommendation


def attach(recommendation, name, data, *, by):
    return factories.make_update(recommendation, "See the file.", by=by, file=SimpleUploadedFile(name, data))


@pytest.fixture
def backup(recommendation, tmp_path):
    """Where a backup of that site lies."""
    take(tmp_path / "site.tar.gz", silently)
    return tmp_path / "site.tar.gz"


def silently(words, total=None):
    return lambda amount: None


def bring_back(path, *, replace=True):
    return restore(path, silently, replace=replace)


def rows():
    """Every row of every table, as the database tells it."""
    with connection.cursor() as cursor:
        return {table: rows_of(cursor, table) for table in contents.tables()}


def rows_of(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return sorted(map(repr, cursor.fetchall()))


def files(media):
    return {str(path.relative_to(media)): path.read_bytes() for path in media.rglob("*") if path.is_file()}


def members(path):
    """[(header, data)] of an archive."""
    with tarfile.open(path) as tar:
        return [(info, tar.extractfile(info).read()) for info in tar]


def rewritten(path, made):
    """The archive anew, of these (header or name, data)."""
    with tarfile.open(path, "w:gz") as tar:
        for info, data in made:
            if isinstance(info, str):
                info = tarfile.TarInfo(info)
            info.size = len(data) if info.isreg() else 0
            tar.addfile(info, BytesIO(data))
    return path
