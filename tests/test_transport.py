"""`check --deploy` names every way to another machine that is not encrypted, or whose end nobody proves."""

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.test import override_settings

VERIFIED = {"sslmode": "verify-full"}


def told():
    return [each.id for each in run_checks(tags=["security"], include_deployment_checks=True) if "transport" in each.id]


@pytest.fixture
def database(monkeypatch):
    """Sets where the database is; nothing is asked of it."""

    def put(host, options):
        monkeypatch.setitem(settings.DATABASES["default"], "HOST", host)
        monkeypatch.setitem(settings.DATABASES["default"], "OPTIONS", options)

    return put


@pytest.mark.parametrize("host", ["", "/run/postgresql", "localhost", "127.0.0.1", "::1"])
def test_a_database_of_this_machine_needs_no_certificate(database, host):
    database(host, {})
    assert told() == []


@pytest.mark.parametrize("host", ["db.example.gov.uk", "10.0.0.7"])
@pytest.mark.parametrize("options", [{}, {"sslmode": "require"}])
def test_a_database_elsewhere_must_prove_that_it_is_the_one(database, host, options):
    database(host, options)
    assert told() == ["transport.W001"]
    database(host, VERIFIED)
    assert told() == []


@pytest.mark.parametrize(
    ("setting", "clear", "closed", "said"),
    [
        ("OIDC_ISSUER", "http://login.example", "https://login.example", "transport.W003"),
        ("CLAMD", "clamd.example:3310", "127.0.0.1:3310", "transport.W004"),
    ],
)
def test_nothing_else_is_asked_in_the_clear(setting, clear, closed, said):
    with override_settings(**{setting: clear}):
        assert told() == [said]
    with override_settings(**{setting: closed}):
        assert told() == []


@pytest.mark.parametrize(("uses_tls", "said"), [(False, ["transport.W002"]), (True, [])])
def test_no_mail_goes_out_in_the_clear(settings, uses_tls, said):
    settings.EMAIL_URL, settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "smtp://mail", "mail.example.gov.uk", uses_tls
    assert told() == said
