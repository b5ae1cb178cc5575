"""Everything that is to be told to one address on a day, in one mail of text and HTML."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from email.utils import parseaddr
from itertools import groupby

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from recommendations.models import Mail, MailPreference, Mention, User
from recommendations.reminders import desk, dues, following
from recommendations.reminders.occasions import Occasion, absolute
from recommendations.words import language_tag

# Databases take so many values in one question.
AT_ONCE = 500
signer = signing.Signer(sep=".", salt="recommendations.reminders")


@dataclass(frozen=True)
class Digest:
    """One mail to be: never empty."""

    address: str
    user: User | None
    on: date
    occasions: list[Occasion]

    def lines(self, part):
        return [one.line for one in self.occasions if one.part == part]

    @property
    def owed(self):
        return sorted(self.lines("owed"), key=lambda line: (line.due_on, line.reference))

    @property
    def late(self):
        return sorted(self.lines("late"), key=lambda line: (line.due_on, line.reference))

    @property
    def followed(self):
        """[(a line of each recommendation, what changed in it, oldest first)]"""
        lines = sorted(self.lines("followed"), key=lambda line: (line.reference, line.on))
        grouped = [list(group) for _, group in groupby(lines, key=lambda line: line.reference)]
        return [(group[0], group) for group in grouped]

    @property
    def stuck(self):
        return next(iter(self.lines("desk")), [])

    @property
    def subject(self):
        """Counts alone: the subject of a mail is read over shoulders, and on locked telephones."""
        overdue = sum(line.due_on < self.on for line in self.owed)
        counts = {
            _("%(n)s overdue"): overdue,
            _("%(n)s coming due"): len(self.owed) - overdue,
            _("%(n)s long overdue"): len(self.late),
            _("news of %(n)s that you follow"): len(self.followed),
            _("%(n)s stuck this week"): sum(each.count for each in self.stuck),
        }
        told = ", ".join(words % {"n": count} for words, count in counts.items() if count)
        return _("CSE Board: %(told)s") % {"told": told}

    def message(self, mail):
        """As it goes out for `mail`. Nothing in it is fetched from elsewhere, and it is the same each time it is tried."""
        stop_url = absolute(reverse("reminders-stop", args=[token_of(mail)]))
        context = {"digest": self, "stop_url": stop_url, "council_name": settings.COUNCIL_NAME, "lang": language_tag()}
        context["mails_url"] = absolute(reverse("your-mails")) if self.user else ""
        host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
        message = EmailMultiAlternatives(
            mail.subject, render_to_string("recommendations/emails/digest.txt", context), to=[self.address],
            headers={
                "Message-ID": f"<reminder.{mail.on:%Y%m%d}.{mail.pk}@{host}>",
                # RFC 3834 and Exchange: no "I am on holiday" in return.
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
                # RFC 8058: mail programs offer to stop these with one click.
                "List-Unsubscribe": f"<{stop_url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )  # fmt: skip
        message.attach_alternative(render_to_string("recommendations/emails/digest.html", context), "text/html")
        return message


def digests_of(on):
    """One for every address that has something to be told on the day `on`."""
    found = [*dues.owed(on), *dues.late(on), *following.changes(on), *desk.stuck(on)]
    users = {user.email: user for user in User.objects.filter(email__in={one.address for one in found})}
    unwanted = set(MailPreference.objects.filter(is_stopped=True).values_list("address", flat=True))
    unwanted |= {user.email for user in users.values() if not user.is_active}
    unwanted |= set(Mail.objects.settled(on).values_list("address", flat=True))
    told = already_told(found)
    by_address = defaultdict(list)
    for one in found:
        if one.address not in unwanted and (one.address, one.key) not in told:
            by_address[one.address].append(one)
    return [Digest(address, users.get(address), on, theirs) for address, theirs in sorted(by_address.items())]


def already_told(occasions):
    """{(address, key)} of those that some mail has told, or is about to tell."""
    keys = sorted({one.key for one in occasions})
    told = set()
    for start in range(0, len(keys), AT_ONCE):
        mentions = Mention.objects.that_count().filter(occasion__in=keys[start : start + AT_ONCE])
        told |= set(mentions.values_list("address", "occasion"))
    return told


def token_of(mail):
    """Opens the page on which reminders to the address of this mail are stopped; says nothing about the address."""
    return signer.sign(mail.pk)


def mail_of(token):
    """The mail that a token was made for, or None."""
    try:
        return Mail.objects.filter(pk=signer.unsign(token)).first()
    except signing.BadSignature:
        return None
