"""Addresses that a calendar or a news reader fetches without signing in: private, and revocable."""

import secrets

from django.core import signing
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from recommendations import clock, permissions
from recommendations.models.diary import Diary
from recommendations.models.people import User
from recommendations.models.tracked import Refused, Tracked, history_of


def signer():
    """A dot between the parts: an address may hold it as it is."""
    return signing.Signer(salt="recommendations.feeds", sep=".")


def new_nonce():
    return secrets.token_urlsafe(32)


class FeedQuerySet(models.QuerySet):
    def live(self):
        return self.filter(revoked_on=None)


class Feed(Tracked):
    """A private address under which one person fetches their own due dates, or those of a board."""

    user = models.ForeignKey("User", on_delete=models.PROTECT, related_name="feeds")
    board = models.ForeignKey("Board", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Signed into the address: a new one makes the old address worthless.
    nonce = models.CharField(max_length=43, editable=False)
    revoked_on = models.DateField(null=True, blank=True, editable=False)
    objects = FeedQuerySet.as_manager()
    history = history_of(excluded_fields=["nonce"])

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="a_person_has_one_feed_of_a_board", fields=["user", "board"], condition=Q(revoked_on=None)
            ),
            models.UniqueConstraint(
                name="a_person_has_one_feed_of_their_own", fields=["user"], condition=Q(revoked_on=None, board=None)
            ),
        ]

    def __str__(self):
        return _("Due dates of %(board)s") % {"board": self.board or self.user}

    def get_absolute_url(self):
        """The page that shows it; its own address is for machines."""
        return reverse("calendars")

    @property
    def key(self):
        """What opens it. Signed, not stored, so that its owner can be shown it again; whoever has it needs no account."""
        return signer().sign(f"{self.pk}.{self.nonce}")

    @property
    def has_calendar(self):
        """Only officers owe anything themselves; everybody else may want the news of all boards."""
        return self.board_id is not None or permissions.is_officer(self.user)

    @property
    def title(self):
        """As its owner thinks of it."""
        if self.board:
            return str(self.board)
        return _("My due dates") if self.has_calendar else _("News of all boards")

    @property
    def diary(self):
        return Diary(self.user, self.board)

    @classmethod
    def begin(cls, *, user, by, board=None):
        """The person's feed of that board, or of what they owe themselves; the same one while it lives."""
        if by != user or not permissions.is_reader(by):
            raise Refused(_("You can only make an address for yourself."))
        with transaction.atomic():
            # Of two clicks at once the second waits here, and finds what the first has made.
            User.objects.select_for_update().get(pk=user.pk)
            feed = cls.objects.live().filter(user=user, board=board).first()
            return feed or cls(user=user, board=board, nonce=new_nonce()).record(by=by)

    def renew(self, *, by, version=None):
        """A new address; the old one opens nothing from now on."""
        with self.changing(by=by, version=version):
            self._must_be_theirs(by)
            self.nonce = new_nonce()
        return self

    def revoke(self, *, by, version=None):
        with self.changing(by=by, version=version):
            self._must_be_theirs(by)
            self.revoked_on = clock.today()
        return self

    def _must_be_theirs(self, by):
        if by != self.user:
            raise Refused(_("Only the person whose address this is can change or stop it."))
        if self.revoked_on:
            raise Refused(_("This address has been stopped already. Make a new one."))

    @classmethod
    def opened_by(cls, key):
        """The live feed that this key opens, of somebody who still has a part in the work; None for any other text.

        The signature comes first, so that a guess costs no query.
        """
        try:
            pk, nonce = signer().unsign(key).split(".", 1)
        except signing.BadSignature:
            return None
        feed = cls.objects.live().select_related("user", "board").filter(pk=pk, user__is_active=True).first()
        is_open = feed and constant_time_compare(feed.nonce, nonce) and permissions.is_reader(feed.user)
        return feed if is_open else None
