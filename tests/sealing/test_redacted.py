"""What data protection changed in sealed rows is accepted as far as it is on record, and no further."""

import pytest

from recommendations.models import Recommendation
from recommendations.sealing import redacted
from recommendations.sealing.make import seal_history
from recommendations.sealing.redacted import digests_of
from recommendations.sealing.verify import Verification
from tests import factories

pytestmark = pytest.mark.django_db
LIVE, HISTORY = "recommendations_recommendation", "recommendations_historicalrecommendation"


@pytest.fixture
def key():
    """Of the one sealed row of a recommendation's history."""
    recommendation = factories.make_recommendation(title="Ask Pat Doe")
    seal_history()
    return recommendation.history.get().history_id


@pytest.fixture
def redact(key, tamper, monkeypatch):
    """Changes the title in the record and its history, and puts on record that it did."""
    record = []
    monkeypatch.setattr(redacted, "on_record", lambda: list(record))

    def run(title):
        before = digests_of(HISTORY, [key])[key]
        tamper(*(f"UPDATE {table} SET title = '{title}'" for table in (LIVE, HISTORY)))
        record.append((HISTORY, key, before, digests_of(HISTORY, [key])[key]))
        return record

    return run


def test_what_is_on_record_is_accepted_and_counted(redact, found):
    redact("Ask [redacted]")
    verification = Verification()
    assert list(verification.findings()) == []
    assert "Of these, 1 were redacted since, as is on record." in verification.proven()


def test_redacted_twice_is_accepted_too(redact, found):
    redact("Ask [redacted] Doe")
    redact("Ask [redacted]")
    assert found() == []


def test_what_was_changed_after_it_was_redacted_is_found(redact, key, tamper, assert_named):
    redact("Ask [redacted]")
    tamper(f"UPDATE {HISTORY} SET title = 'Ask nobody'")
    assert_named(f"row {key}", "altered since seal 1")


def test_a_redaction_that_began_elsewhere_explains_nothing(redact, key, assert_named):
    record = redact("Ask [redacted]")
    record[:] = [(HISTORY, key, "f" * 64, record[0][3])]
    assert_named(f"row {key}", "altered since seal 1")


def test_a_row_that_is_not_sealed_yet_has_a_digest_as_well():
    recommendation = factories.make_recommendation()
    key = recommendation.history.get().history_id
    digest = digests_of(HISTORY, [key])[key]
    seal_history()
    assert (digests_of(HISTORY, [key])[key], Recommendation.history.count()) == (digest, 1)
