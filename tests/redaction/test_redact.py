"""A name goes from everything, its history included; that it did stays, and the history proves as it did before."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from recommendations.history import timeline
from recommendations.models import Recommendation, RedactedRow, Redaction, User
from recommendations.models.written_once import append_only_tables
from recommendations.redaction import removal
from recommendations.sealing.make import seal_history
from recommendations.sealing.redacted import digests_of
from recommendations.sealing.verify import Verification
from recommendations.triggers import lifted, standing
from tests import factories
from tests.redaction.conftest import REASON, everything

pytestmark = pytest.mark.django_db
LIVE, HISTORY = "recommendations_recommendation", "recommendations_historicalrecommendation"
PAT_DOE = re.compile(r"pat.{0,3}doe|doe,\s*pat", re.IGNORECASE)


def test_the_name_is_nowhere_afterwards(recommendation, redact):
    redact("--name", "Pat Doe")
    assert PAT_DOE.findall(everything()) == []


def test_everything_else_is_as_it_was(recommendation, redact):
    before = list(Recommendation.history.values("history_id", "history_date", "version", "progress", "history_user"))
    redact("--name", "Pat Doe")
    assert list(Recommendation.history.values(*before[0])) == before
    recommendation.refresh_from_db()
    assert recommendation.text == "That [redacted]’s case is reviewed."
    assert recommendation.history.latest().history_change_reason == "[redacted] was told."


def test_it_is_found_by_its_words_no_longer(recommendation, redact, clerk, sign_in):
    page = sign_in(clerk).get("/search/", {"q": "doe"}).content.decode()
    assert recommendation.reference in page
    redact("--name", "Pat Doe")
    page = sign_in(clerk).get("/search/", {"q": "doe"}).content.decode()
    assert recommendation.reference not in page


def test_the_history_is_proven_after_it(recommendation, redact):
    seal_history()
    redact("--name", "Pat Doe")
    verification = Verification()
    assert list(map(str, verification.findings())) == []
    assert verification.chain.redacted > 3
    call_command("seal_history")
    assert list(Verification().findings()) == []


def test_what_somebody_changes_in_a_redacted_row_is_found(recommendation, redact):
    seal_history()
    redact("--name", "Pat Doe")
    row = recommendation.history.latest().pk
    with lifted(connection, HISTORY), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {HISTORY} SET text = 'Another' WHERE history_id = {row}")
    findings = list(map(str, Verification().findings()))
    assert any(f"{HISTORY}, row {row} " in finding and "altered since seal" in finding for finding in findings)


def test_that_it_was_done_is_on_record_and_the_name_is_not(recommendation, redact, administrator):
    redact("--name", "Pat Doe")
    redaction = Redaction.objects.get()
    assert (redaction.by, redaction.kind, redaction.reason) == (administrator, "name", REASON)
    assert redaction.places == 18
    assert RedactedRow.objects.filter(recommendation=recommendation).exists()


def test_the_record_of_it_is_written_once(recommendation, redact):
    redact("--name", "Pat Doe")
    with pytest.raises(DatabaseError, match="written once"), connection.cursor() as cursor:
        cursor.execute("UPDATE recommendations_redaction SET reason = 'Another'")


def test_run_again_it_changes_nothing(recommendation, redact):
    redact("--name", "Pat Doe")
    before = everything()
    assert "Nothing to redact." in redact("--name", "Pat Doe")
    assert everything() == before


def test_the_triggers_stand_again(recommendation, redact):
    before = standing(connection)
    redact("--name", "Pat Doe")
    assert standing(connection) == before
    assert append_only_tables()


def test_an_error_in_the_middle_leaves_all_as_it_was(recommendation, redact, monkeypatch, media):
    def fail(*given):
        raise DatabaseError("The disk is full.")

    before, triggers, files = everything(), standing(connection), sorted((media / "attachments").iterdir())
    monkeypatch.setattr(removal.remains, "index_anew", fail)
    with pytest.raises(CommandError, match=r"Nothing was changed\. The database said: The disk is full"):
        redact("--name", "Pat Doe", "--withdraw-files")
    assert (everything(), standing(connection), sorted((media / "attachments").iterdir())) == (before, triggers, files)


def test_a_passage_becomes_what_is_wanted(recommendation, redact):
    redact("--passage", "case is reviewed", "--with", "matter is looked at")
    recommendation.refresh_from_db()
    assert recommendation.text == "That PAT\u00a0DOE’s matter is looked at."
    assert Redaction.objects.get().kind == "passage"


# Who is told


def told_of(recommendation, user):
    return [(entry.what, entry.why) for entry in timeline(recommendation, user) if entry.what == "Redacted"]


def test_the_timeline_tells_everyone_once_that_and_why(recommendation, redact, stranger, clerk):
    redact("--name", "Pat Doe", "--withdraw-files")
    assert told_of(recommendation, stranger) == told_of(recommendation, clerk) == [("Redacted", REASON)]


def test_the_timeline_of_another_tells_nothing(recommendation, redact, clerk):
    redact("--name", "Pat Doe")
    assert told_of(factories.make_recommendation(), clerk) == []


def test_clerks_read_what_was_redacted(recommendation, redact, clerk, sign_in):
    page = sign_in(clerk).get("/redactions/").content.decode()
    assert "Nothing was redacted yet." in page
    redact("--name", "Pat Doe")
    page = sign_in(clerk).get("/redactions/").content.decode()
    assert REASON in page
    assert "Ines Moreau" in page


# Before it is done


def test_a_dry_run_shows_where_it_stands_and_changes_nothing(recommendation, redact):
    before = everything()
    said = redact("--name", "Pat Doe", "--dry-run")
    assert "recommendations_recommendation.text: 1\n    … That PAT DOE’s case is reviewed. …" in said
    assert everything() == before


@pytest.mark.parametrize(("answer", "times"), [("no", 0), ("yes", 1)])
def test_it_asks_first(recommendation, redact, monkeypatch, answer, times):
    monkeypatch.setattr("builtins.input", lambda question: answer)
    redact("--name", "Pat Doe", sure=False)
    assert Redaction.objects.count() == times


def test_a_surname_alone_is_pointed_out(recommendation, redact, clerk):
    factories.make_update(recommendation, "Ms Doe asked again.", by=clerk)
    assert "“Doe” without the rest stays in 2 rows" in redact("--name", "Pat Doe", "--dry-run")


def test_a_reference_stays_and_is_named(redact, clerk):
    factories.make_recommendation(old_reference="Pat Doe 1")
    assert "recommendations_recommendation: Pat Doe 1: stays" in redact("--name", "Pat Doe")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": "clerk"}, "Only an administrator"),
        ({"reason": "Pat Doe asked for it."}, "The reason holds what is to go"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_who_may_not_or_says_too_much_is_refused(recommendation, redact, person, options, sentence):
    before = everything()
    options = options | ({"by": person(options["by"])} if "by" in options else {})
    with pytest.raises(CommandError, match=sentence):
        redact("--name", "Pat Doe", **options)
    assert everything() == before


# A person with an account


@pytest.fixture
def pat(db):
    return factories.make_person("Pat Doe", "Officers", email="pat@example.org")


def test_a_person_is_gone_from_the_account_and_signs_in_no_longer(pat, recommendation, redact):
    redact("--person", "pat@example.org")
    pat.refresh_from_db()
    assert (pat.full_name, pat.is_active, pat.email) == ("[redacted]", False, "redacted-1-1@redacted.invalid")
    assert not PAT_DOE.search(everything())
    assert "pat@example.org" not in everything()


def test_what_they_did_is_proven_still(pat, recommendation, redact):
    seal_history()
    redact("--person", "pat@example.org")
    assert list(map(str, Verification().findings())) == []


def test_nobody_of_that_address_is_said(redact):
    with pytest.raises(CommandError, match=r"nobody with the address pat@example\.org"):
        redact("--person", "pat@example.org")


def test_nobody_redacts_themselves(redact, administrator):
    with pytest.raises(CommandError, match="nobody redacts themselves"):
        redact("--person", administrator.email)


def test_everyone_keeps_an_address_of_their_own(redact, recommendation, pat):
    """Two accounts of the same name: both addresses go, and are told apart."""
    factories.make_person("Pat Doe", email="pat.doe@example.org")
    factories.make_person("Pat Doe", email="pat_doe@example.org")
    redact("--name", "Pat Doe")
    assert User.objects.filter(email__endswith="@redacted.invalid").count() == 2


# Who would hide a change of their own behind one


def test_a_row_that_is_slipped_into_a_redaction_later_is_found(recommendation, redact, tamper):
    seal_history()
    redact("--name", "Pat Doe")
    other = factories.make_recommendation(title="Short breaks")
    seal_history()
    key = other.history.get().pk
    [before] = digests_of(HISTORY, [key]).values()
    tamper(*(f"UPDATE {table} SET title = 'Long ones' WHERE id = {other.pk}" for table in (HISTORY, LIVE)))
    [after] = digests_of(HISTORY, [key]).values()
    RedactedRow(redaction=Redaction.objects.get(), table=HISTORY, key=key, before=before, after=after).save()
    [finding] = map(str, Verification().findings())
    assert re.search(r"_redaction, row \d+ .*: changed 11 rows and files, and 12 are on record for it", finding)


def test_a_redaction_by_somebody_who_was_no_administrator_is_found(recommendation, redact, clerk, tamper):
    redact("--name", "Pat Doe")
    tamper(f"UPDATE recommendations_redaction SET by_id = {clerk.pk}")
    [finding] = map(str, Verification().findings())
    assert finding.endswith(": by a person who was no administrator then")
