"""A site that names Pat Doe wherever people write, and a command that takes the name out."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from recommendations.models import Progress
from recommendations.redaction import remains
from tests import factories

REASON = "A request under article 17 of the UK GDPR."


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def looks_again_soon(monkeypatch):
    """Other tests write to other databases of the same server meanwhile, and are through soon."""
    monkeypatch.setattr(remains, "WAITS", (2,) * 200)


@pytest.fixture
def recommendation(clerk, owner, media):
    """It, its history, its update with a file, its item's witness and the minutes it came from all name Pat Doe."""
    item = factories.make_item(title="Short breaks")
    factories.make_witness(item, name="Dr Pat Doe", role="Parent")
    recommendation = factories.make_recommendation(item, text="That PAT\u00a0DOE’s case is reviewed.", owner=owner)
    recommendation.change_progress(Progress.IN_PROGRESS, by=clerk, reason="Doe, Pat was told.")
    upload = SimpleUploadedFile("Letter_Pat_Doe.txt", b"Dear Pat Doe, we met on Monday.")
    factories.make_update(recommendation, "Met Pat\nDoe (pat.doe@example.org).", by=clerk, file=upload)
    factories.make_draft("Witnesses:\nPat Doe, Parent\nRecommendations:\n1. That Pat Doe is heard.")
    factories.make_saved_view(clerk, name="About Pat Doe", query="q=Pat+Doe")
    return recommendation


@pytest.fixture
def redact(administrator, media):
    """Runs the command as an administrator who is sure; returns what it said."""

    def run(*options, by=None, reason=REASON, sure=True):
        said = StringIO()
        command = ["redact", "--by", (by or administrator).email, "--reason", reason, *options]
        call_command(*command, *(["--yes"] if sure else []), stdout=said)
        return said.getvalue()

    return run


def everything():
    """All that the database says, as one text, without what people never wrote."""
    with connection.cursor() as cursor:
        names = [table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"]
        told = []
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            told += map(repr, cursor.fetchall())
    return "\n".join(told)
