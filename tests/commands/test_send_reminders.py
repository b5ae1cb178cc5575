"""`send_reminders`: what it says to whoever runs it, and its exit code."""

from collections import Counter
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from recommendations.models import Mail
from recommendations.models.mails import Delivery
from recommendations.reminders import sending
from tests import factories

pytestmark = pytest.mark.usefixtures("today")


def run(**options):
    out = StringIO()
    call_command("send_reminders", stdout=out, **options)
    return out.getvalue().strip()


@pytest.fixture
def due(owner):
    return factories.make_recommendation(owner=owner, due_on=factories.ago(-7))


@pytest.mark.usefixtures("due")
def test_it_says_how_many_were_sent():
    assert run() == "Sent: 1."


@pytest.mark.usefixtures("db")
def test_it_says_when_there_is_nothing():
    assert run() == "Nothing to send."


@pytest.mark.usefixtures("due")
def test_a_dry_run_says_who_would_be_told_and_does_nothing(owner):
    assert run(dry_run=True) == f"{owner.email}: CSE Board: 1 coming due\nTo send: 1. Nothing was sent."
    assert (mail.outbox, Mail.objects.count()) == ([], 0)


@pytest.mark.usefixtures("due")
@pytest.mark.parametrize(
    ("became", "sentence"),
    [
        ("refused", "Refused by the mail server: 1."), ("unknown", "Not known whether it arrived: 1."),
        (None, "Left to another run: 1."),
    ],
)  # fmt: skip
def test_what_did_not_go_well_is_said_and_is_no_failure(monkeypatch, became, sentence):
    fate = became and Delivery(became)
    monkeypatch.setattr(sending, "send", lambda digest, backend: fate)
    assert run() == sentence


@pytest.mark.usefixtures("due")
def test_what_is_put_off_is_a_failure_so_that_it_is_run_again(monkeypatch):
    monkeypatch.setattr(sending, "send", lambda digest, backend: Delivery.PUT_OFF)
    with pytest.raises(CommandError, match=r"The mail server put off 1\. Run this again to try once more\."):
        run()


@pytest.mark.usefixtures("due")
@pytest.mark.parametrize("others", [0, 1])
def test_a_server_that_is_down_is_told_in_a_sentence(monkeypatch, others, capsys):
    def fail(*args, **kwargs):
        return Counter({Delivery.SENT: others}), sending.ServerDown("421 Closing")

    monkeypatch.setattr(sending, "send_all", fail)
    with pytest.raises(CommandError, match=r"takes no mail now \(421 Closing\)\. Nothing is lost: run this again\."):
        call_command("send_reminders")
    assert capsys.readouterr().out.strip() == "Sent: 1." * others


@pytest.mark.usefixtures("due")
def test_without_its_settings_it_says_which_are_missing(settings):
    settings.SITE_URL = settings.EMAIL_URL = ""
    with pytest.raises(CommandError, match=r"Set EMAIL_URL and SITE_URL \(see \.env\.example\)"):
        run()


@pytest.mark.usefixtures("due")
def test_at_a_terminal_it_shows_how_far_it_is(monkeypatch):
    """The bar goes to standard error, and the report stays as it is."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run() == "Sent: 1."
