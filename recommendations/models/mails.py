"""What was sent by e-mail: claimed before it is sent, so that nobody gets two mails on a day, and kept on record."""

import datetime
import re
from contextlib import contextmanager, suppress

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.models.tracked import Refused, Tracked, history_of

# Longer than a run ever needs for one mail: after that the run has died, and the next one goes on.
PATIENCE = datetime.timedelta(minutes=15)
REFUSED_LATELY_DAYS = 28
# How much of what a mail told the timeline has room for.
WORDS = 200


class Delivery(models.TextChoices):
    CLAIMED = "claimed", _("Being made ready")
    SENDING = "sending", _("Handed over")
    SENT = "sent", _("Sent")
    PUT_OFF = "put_off", _("Put off: it is tried again")
    REFUSED = "refused", _("Refused by the mail server")
    # Handed to the mail server, and no answer came back: it may have arrived, so it is never sent again.
    UNKNOWN = "unknown", _("Not known whether it arrived")
    GIVEN_UP = "given_up", _("Given up: told in a later mail")


# From each to those it may become; what is not named stays as it is.
DELIVERY_CHANGES = {
    Delivery.CLAIMED: {Delivery.SENDING, Delivery.PUT_OFF},
    Delivery.SENDING: {Delivery.SENT, Delivery.REFUSED, Delivery.PUT_OFF, Delivery.UNKNOWN},
    Delivery.PUT_OFF: {Delivery.CLAIMED, Delivery.GIVEN_UP},
    # A run that was only slow may yet learn the answer.
    Delivery.UNKNOWN: {Delivery.SENT, Delivery.REFUSED},
}
UNDER_WAY = (Delivery.CLAIMED, Delivery.SENDING, Delivery.PUT_OFF)


class Taken(Refused):
    """Another run has this mail, or is done with it."""

    def __init__(self):
        super().__init__(_("Another run has this e-mail."))


class MailQuerySet(models.QuerySet):
    def abandoned(self, delivery):
        """Those that a run left so when it died."""
        return self.filter(delivery=delivery, claimed_at__lt=clock.now() - PATIENCE)

    def settled(self, on):
        """Those of the day `on` that are not to be tried again."""
        return self.filter(on=on).exclude(delivery=Delivery.PUT_OFF)

    def refused_lately(self, on=None):
        """Refused in the 28 days to `on`, and nothing has got through to that address since."""
        on = on or clock.today()
        later = Mail.objects.filter(address=OuterRef("address"), on__gt=OuterRef("on"), delivery=Delivery.SENT)
        lately = (on - datetime.timedelta(days=REFUSED_LATELY_DAYS), on)
        return self.filter(delivery=Delivery.REFUSED, on__range=lately).exclude(Exists(later))


class Mail(models.Model):
    """The one e-mail that an address is sent on a day."""

    Delivery = Delivery

    address = models.EmailField()
    user = models.ForeignKey("User", null=True, blank=True, on_delete=models.PROTECT, related_name="mails")
    on = models.DateField(_("day"))
    delivery = models.CharField(max_length=10, choices=Delivery, default=Delivery.CLAIMED, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    claimed_at = models.DateTimeField(editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    subject = models.CharField(max_length=200)
    problem = models.TextField(blank=True, editable=False)
    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "address"]
        constraints = [
            models.UniqueConstraint(name="an_address_is_sent_one_mail_a_day", fields=["on", "address"]),
            models.CheckConstraint(
                name="mail_addresses_are_kept_in_lower_case", condition=Q(address=Lower("address")),
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(name="mail_under_way", fields=["delivery"], condition=Q(delivery__in=UNDER_WAY)),
        ]

    def __str__(self):
        return f"{self.subject} ({self.on}, {self.get_delivery_display().lower()})"

    @property
    def to(self):
        """Who got it, by name: an address is nobody's business but its owner's."""
        return str(self.user) if self.user else _("A manager without an account")

    # Verbs

    @classmethod
    def claim(cls, address, *, on, subject, occasions, user=None):
        """The mail of the day, now this run's to send; None where it is another run's, or done.

        It and what it tells are stored in one transaction: two runs cannot both claim it, and none of the `occasions`
        (each with a key, words, and a recommendation or None) can be told to the address by two mails.
        """
        try:
            with transaction.atomic():
                mail = cls.objects.select_for_update().filter(address=address, on=on).first()
                mail = mail or cls(address=address, on=on)
                if mail.pk and mail.delivery != Delivery.PUT_OFF:
                    return None
                mail.delivery, mail.claimed_at, mail.problem = Delivery.CLAIMED, clock.now(), ""
                mail.user, mail.subject = user, subject
                mail.save()
                for one in occasions:
                    # A very long name must not keep everybody else's mails from being sent.
                    Mention(
                        mail=mail, address=address, occasion=one.key, words=one.words[:WORDS],
                        recommendation=one.recommendation,
                    ).save()  # fmt: skip
                return mail
        except IntegrityError:
            return None

    def hand_over(self):
        """Stored before the mail server is spoken to: whoever dies in between leaves a mail that is not sent twice."""
        with self._becoming(Delivery.SENDING):
            self.attempts += 1

    def arrive(self):
        """The mail server has taken it."""
        with self._becoming(Delivery.SENT):
            pass

    def be_refused(self, problem):
        with self._becoming(Delivery.REFUSED, problem):
            pass

    def lose_sight(self, problem):
        with self._becoming(Delivery.UNKNOWN, problem):
            pass

    def put_off(self, problem):
        """It has surely not been taken, so it may be tried again; what it was to tell is free until then."""
        with self._becoming(Delivery.PUT_OFF, problem):
            for mention in self.mentions.filter(is_void=False):
                mention.is_void = True
                mention.save()

    def give_up(self):
        """Its day has passed."""
        with self._becoming(Delivery.GIVEN_UP, self.problem):
            pass

    @contextmanager
    def _becoming(self, to, problem=""):
        """Change the stored mail under a lock, from what this run believes it to be; else it is `Taken`."""
        claimed_at = self.claimed_at
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Mail.objects.select_for_update())
            if to not in DELIVERY_CHANGES.get(Delivery(self.delivery), ()) or self.claimed_at != claimed_at:
                raise Taken
            yield
            self.delivery, self.problem = to, without(self.address, problem)
            self.finished_at = None if to in UNDER_WAY else clock.now()
            self.save()

    @classmethod
    def clear_up(cls, on):
        """See to what runs that died have left, and to what could not be sent on an earlier day than `on`."""
        for mail in cls.objects.abandoned(Delivery.SENDING):
            with suppress(Taken):
                mail.lose_sight(_("The run ended before the mail server answered. It is not sent again."))
        for mail in cls.objects.abandoned(Delivery.CLAIMED):
            with suppress(Taken):
                mail.put_off(_("The run ended before it was sent."))
        for mail in cls.objects.filter(delivery=Delivery.PUT_OFF, on__lt=on):
            with suppress(Taken):
                mail.give_up()


def without(address, words):
    """What a mail server said, without the address: clerks read it, and addresses are the administrators'."""
    return re.sub(re.escape(address), str(_("this address")), str(words), flags=re.IGNORECASE)


class MentionQuerySet(models.QuerySet):
    def that_count(self):
        return self.filter(is_void=False)

    def that_arrived(self):
        return self.that_count().filter(mail__delivery=Delivery.SENT).select_related("mail")


class Mention(models.Model):
    """What a mail told: one occasion, told to one address once. Void where the mail never went out."""

    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, related_name="mentions")
    address = models.EmailField()
    occasion = models.CharField(
        max_length=120, help_text=_("What is told once, for example “due:report:7:2027-01-14:-28”.")
    )
    recommendation = models.ForeignKey(
        "Recommendation", null=True, blank=True, on_delete=models.PROTECT, related_name="mentions"
    )
    words = models.CharField(max_length=WORDS, help_text=_("As the timeline tells it."))
    is_void = models.BooleanField(default=False, editable=False)
    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="an_occasion_is_told_to_an_address_once",
                # In this order it also answers whom an occasion has been told to.
                fields=["occasion", "address"],
                condition=Q(is_void=False),
            )
        ]

    def __str__(self):
        return f"{self.words} ({self.address})"


class MailPreference(Tracked):
    """An address that wants no reminders, or wants them again."""

    address = models.EmailField(unique=True)
    is_stopped = models.BooleanField(default=False, editable=False)
    history = history_of()

    def __str__(self):
        said = _("%(address)s: no reminders") if self.is_stopped else _("%(address)s: reminders")
        return said % {"address": self.address}

    @classmethod
    def turn(cls, address, *, is_stopped, by, reason=""):
        """Stop reminders to an address, or let them come again; doing either twice changes nothing."""
        try:
            return cls._turn(address, is_stopped=is_stopped, by=by, reason=reason)
        except IntegrityError:
            # Somebody stored the very first word about this address at the same moment.
            return cls._turn(address, is_stopped=is_stopped, by=by, reason=reason)

    @classmethod
    @transaction.atomic
    def _turn(cls, address, *, is_stopped, by, reason):
        preference = cls.objects.select_for_update().filter(address=address).first()
        if preference is None:
            preference = cls(address=address, version=0)
        if preference.is_stopped != is_stopped:
            preference.is_stopped = is_stopped
            preference.version += 1
            preference.record(by=by, reason=reason)
        return preference

    @classmethod
    def is_stopped_for(cls, address):
        return cls.objects.filter(address=address, is_stopped=True).exists()
