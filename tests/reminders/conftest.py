"""What the tests of reminders share: what a run of a day would tell, and a mail server on loopback."""

import pytest
from django.core import mail

from recommendations import clock
from recommendations.reminders.digests import digests_of
from recommendations.reminders.sending import send_all
from tests import factories
from tests.reminders.post import Post


@pytest.fixture
def item(board):
    return factories.make_item(factories.make_meeting(board))


@pytest.fixture
def exempt_item(board):
    return factories.make_item(factories.make_meeting(board), title="Placement contract", exempt_paragraph=3)


@pytest.fixture
def owe(item, owner):
    """Makes something of the owner's that is due in so many days (ago: negative), or without a date."""

    def make(days, **fields):
        due_on = None if days is None else factories.ago(-days)
        return factories.make_recommendation(**{"item": item, "owner": owner, "due_on": due_on} | fields)

    return make


@pytest.fixture
def told_today():
    """{address: its digest} of what would be sent now."""
    return lambda: {digest.address: digest for digest in digests_of(clock.today())}


@pytest.fixture
def send(db):
    """What became of the mails of one run."""
    return lambda: {fate: count for fate, count in send_all(clock.today())[0].items() if count}


@pytest.fixture
def outbox():
    """The mails sent so far: [(address, text)]."""
    return lambda: [(message.to[0], message.body) for message in mail.outbox]


@pytest.fixture
def post(settings):
    """A mail server that keeps what it is given; see `tests/reminders/post.py` for the answers it can be told to give."""
    with Post() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.place
        yield server
