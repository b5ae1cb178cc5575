"""Claim, then send: whatever dies in between, and however many run at once, nobody gets a mail twice."""

import smtplib
import time
from collections import Counter
from contextlib import contextmanager, suppress

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from recommendations.models import Mail, Refused
from recommendations.models.mails import Delivery, Taken
from recommendations.reminders.digests import digests_of

NEEDED = ("EMAIL_URL", "DEFAULT_FROM_EMAIL", "SITE_URL")


class ServerDown(Refused):
    """The mail server takes nobody's mail."""

    def __init__(self, words):
        super().__init__(
            _("The mail server takes no mail now (%(words)s). Nothing is lost: run this again.") % {"words": words}
        )


def must_be_set_up():
    if missing := [name for name in NEEDED if not getattr(settings, name)]:
        raise Refused(
            _("Set %(names)s (see .env.example): without, no reminder can be sent.") % {"names": " and ".join(missing)}
        )


def send_all(on, *, watch=iter, backend=None):
    """Everything that is to be told on the day `on`. Returns ({what became of a mail: how many}, the refusal or None).

    What the mail server puts off is tried a few times, after all the others. `watch` goes through the digests of each
    round; `backend` is another way than the mail server of the settings (the demonstration sends to nobody).
    """
    if backend is None:
        must_be_set_up()
    Mail.clear_up(on)
    became, refusal = Counter(), None
    for attempt in range(max(settings.REMIND_ATTEMPTS, 1)):
        if attempt:
            time.sleep(settings.REMIND_PAUSE_SECONDS * 2 ** (attempt - 1))
        became[Delivery.PUT_OFF], refusal = 0, None
        try:
            for digest in watch(digests_of(on)):
                became[send(digest, backend)] += 1
        except ServerDown as down:
            refusal = down
        if not (became[Delivery.PUT_OFF] or refusal):
            break
    return became, refusal


def send(digest, backend=None):
    """Send one digest. Returns what became of it, or None where another run has it."""
    mail = Mail.claim(
        digest.address, on=digest.on, subject=digest.subject, occasions=digest.occasions, user=digest.user
    )
    if mail is None:
        return None
    try:
        with opened(mail, backend) as connection:
            hand_over(mail, digest.message(mail), connection)
    except Taken:
        # This run slept so long that another one took it for dead.
        return None
    return mail.delivery


@contextmanager
def opened(mail, backend):
    """A connection for one mail: one that broke off never leaves the next mail in doubt."""
    connection = get_connection(backend)
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        words = answer_of(error)[1]
        mail.put_off(words)
        raise ServerDown(words) from None
    try:
        yield connection
    finally:
        # The mail is decided by now; how the server says goodbye changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def hand_over(mail, message, connection):
    mail.hand_over()
    try:
        connection.send_messages([message])
    except (smtplib.SMTPException, OSError, ValueError) as error:
        settle(mail, error)
    else:
        mail.arrive()


def settle(mail, error):
    """What the server's answer means for this mail. A connection that broke off without one is not tried again."""
    code, words = answer_of(error)
    if isinstance(error, smtplib.SMTPSenderRefused):
        mail.put_off(words)
        raise ServerDown(words)
    if code is None:
        mail.lose_sight(
            _("The connection broke off before the mail server answered (%(words)s). It is not sent again.")
            % {"words": words}
        )
    elif code < 500:
        mail.put_off(words)
    else:
        mail.be_refused(words)


def answer_of(error):
    """(code, words) of the mail server; code None where it did not answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    elif isinstance(error, smtplib.SMTPNotSupportedError | ValueError):
        # Not even handed over: the address or a header cannot be written the way this server wants it.
        code, words = 553, str(error)
    else:
        return None, str(error)
    words = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return code, f"{code} {words}"
