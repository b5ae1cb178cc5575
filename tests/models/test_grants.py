"""The role that docs/grants.sql makes for production: it can do all of the site's work, and nothing to the history."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from recommendations.models import Recommendation
from recommendations.sealing.make import seal_history
from recommendations.sealing.verify import Verification
from tests import factories
from tests.views.pages import read

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
HISTORY = "recommendations_historicalrecommendation"
TRIGGER = f"{HISTORY}_append_only_update"


@pytest.fixture
def recommendation(owner):
    return factories.make_recommendation(owner=owner)


@pytest.fixture
def as_the_site(recommendation, clerk, client):
    """From now on the connection is the site's own role. Who is signed in was signed in before."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (make test-postgres)")
    client.force_login(clerk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE ROLE tracker LOGIN")
        cursor.execute((settings.BASE_DIR / "docs" / "grants.sql").read_text("utf-8"))
        cursor.execute("SET LOCAL ROLE tracker")


@pytest.mark.usefixtures("as_the_site")
def test_the_sites_role_can_work(client, recommendation, clerk, owner):
    recommendation.change_progress("in_progress", by=owner)
    factories.make_recommendation()
    typed = {"text": "The bus is late.", "progress": "in_progress"}
    answer = client.post(reverse("recommendation-update", args=[recommendation.slug]), typed)
    assert answer.status_code == 302, answer.content.decode()
    assert "The bus is late." in read(client, recommendation.get_absolute_url()).text


@pytest.mark.usefixtures("as_the_site")
def test_the_sites_role_can_seal_and_verify():
    [seal] = seal_history()
    assert list(Verification([seal.digest]).findings()) == []


@pytest.mark.usefixtures("as_the_site")
@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {HISTORY} SET title = 'Nothing'",
        f"DELETE FROM {HISTORY}",
        f"TRUNCATE {HISTORY}",
        f"DROP TABLE {HISTORY}",
        f"ALTER TABLE {HISTORY} DISABLE TRIGGER {TRIGGER}",
        f"ALTER TABLE {HISTORY} DISABLE TRIGGER ALL",
        f"ALTER TABLE {HISTORY} RENAME TO forgotten",
        f"DROP TRIGGER {TRIGGER} ON {HISTORY}",
        f"CREATE RULE nothing AS ON INSERT TO {HISTORY} DO INSTEAD NOTHING",
        f"CREATE TRIGGER another BEFORE INSERT ON {HISTORY} EXECUTE FUNCTION recommendations_append_only()",
        "CREATE OR REPLACE FUNCTION recommendations_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$",
        "DROP FUNCTION recommendations_append_only() CASCADE",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
    ],
)
def test_the_sites_role_can_do_nothing_to_the_history(statement):
    before = Recommendation.history.count()
    refused = pytest.raises(DatabaseError, match=r"permission denied|must be owner")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(statement)
    assert Recommendation.history.count() == before > 0
