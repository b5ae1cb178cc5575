"""How a partner answers without an account: a link that opens its own rows, until a day, or until it is revoked."""

import datetime
import hashlib
import secrets

from django.core import signing
from django.db import models, transaction
from django.db.models import Count
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from recommendations import clock, permissions
from recommendations.models.tracked import Refused, Tracked, history_of, must_be_clerk, must_say
from recommendations.words import day

LASTS = datetime.timedelta(days=28)
LASTS_AT_MOST = datetime.timedelta(days=365)


def digest_of(secret):
    """Of 256 random bits: nobody can try them all, so a slow hash would only cost time."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signer():
    """A dot between the parts: an address may hold it as it is."""
    return signing.Signer(salt="recommendations.partner_links", sep=".")


class PartnerLinkQuerySet(models.QuerySet):
    def live(self, on=None):
        return self.filter(revoked_on=None, expires_on__gte=on or clock.today())

    def with_uses(self):
        """Annotates how many `answers_given` and `updates_given` came through each."""
        counts = {"answers_given": Count("uses", distinct=True), "updates_given": Count("updates", distinct=True)}
        return self.annotate(**counts)


class PartnerLink(Tracked):
    """A link given to an organisation, through which it answers what boards asked of it."""

    organisation = models.ForeignKey("Organisation", on_delete=models.PROTECT, related_name="links")
    sent_to = models.EmailField(_("sent to"), blank=True)
    # Only its digest: whoever reads the database cannot make the link again.
    secret_digest = models.CharField(max_length=64, editable=False)
    made_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(editable=False)
    expires_on = models.DateField(_("works until"), help_text=_("The last day on which it opens."))
    revoked_on = models.DateField(null=True, blank=True, editable=False)
    objects = PartnerLinkQuerySet.as_manager()
    history = history_of(excluded_fields=["secret_digest"])

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return _("Link of %(organisation)s, made on %(made_on)s") % {
            "organisation": self.organisation,
            "made_on": day(self.made_on),
        }

    def get_absolute_url(self):
        return reverse("links")

    @property
    def speaker(self):
        """Who speaks through it, as the timeline and the answers name them."""
        return _("%(organisation)s, through the link of %(made_on)s") % {
            "organisation": self.organisation,
            "made_on": day(self.made_on),
        }

    def is_live(self, on=None):
        return self.revoked_on is None and (on or clock.today()) <= self.expires_on

    @property
    def ended(self):
        """Why it opens nothing any more, in a sentence; "" while it is live."""
        if self.revoked_on:
            return _("This link was withdrawn on %(revoked_on)s.") % {"revoked_on": day(self.revoked_on)}
        return (
            "" if self.is_live() else _("This link worked until %(expires_on)s.") % {"expires_on": day(self.expires_on)}
        )

    @property
    def rows(self):
        """The answers that it opens."""
        return self.organisation.responses.opened_by(self)

    # For clerks

    @classmethod
    def make(cls, organisation, *, by, expires_on, sent_to=""):
        """(the link, its key). The key cannot be had again: nothing that is stored can make it."""
        # Not the system either: a partner is told who asks.
        if by is None or not permissions.is_clerk(by):
            raise Refused(_("Only a clerk makes a link."))
        if organisation is None:
            raise Refused(_("Say first which organisation the addressee is."))
        if not clock.today() <= expires_on <= clock.today() + LASTS_AT_MOST:
            raise Refused(_("A link works until today at least, and for a year at most. Give another last day."))
        secret = secrets.token_urlsafe(32)
        link = cls(
            organisation=organisation, sent_to=sent_to, secret_digest=digest_of(secret), made_by=by,
            made_on=clock.today(), expires_on=expires_on,
        )  # fmt: skip
        with transaction.atomic():
            link.record(by=by)
        return link, signer().sign(f"{link.pk}.{secret}")

    def revoke(self, *, by, reason, version=None):
        with self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk withdraws a link."))
            if not self.is_live():
                raise Refused(_("%(ended)s It opens nothing any more.") % {"ended": self.ended})
            must_say(reason, _("Say why the link is withdrawn."))
            self.revoked_on = clock.today()
        return self

    def was_not_sent(self, *, by):
        """The mail server would not have it: the clerk sends it in another way."""
        with self.changing(by=by, reason=_("The e-mail to %(sent_to)s could not be sent.") % {"sent_to": self.sent_to}):
            must_be_clerk(by, _("Only a clerk sends links."))
            self.sent_to = ""
        return self

    # For whoever has the key

    @classmethod
    def opened_by(cls, key):
        """The link that this key opens, live or not; None for any other text.

        The signature comes first, so that a guess costs no query and tells nothing of which links there are.
        """
        try:
            pk, secret = signer().unsign(key).split(".", 1)
        except signing.BadSignature:
            return None
        link = cls.objects.select_related("organisation").filter(pk=pk).first()
        return link if link and constant_time_compare(link.secret_digest, digest_of(secret)) else None

    def use_for(self, response):
        """Spend it on this row, in the transaction that answers. It stays locked: nobody revokes it meanwhile."""
        with self.locked():
            self.must_let_answer(response)
            LinkUse(link=self, response=response, used_at=clock.now()).save()

    def must_let_answer(self, response):
        self._must_open(self.rows.filter(pk=response.pk))
        if self.uses.filter(response=response).exists():
            then = (
                _(" on %(answered_on)s") % {"answered_on": day(response.answered_on)}
                if response.through_id == self.pk
                else ""
            )
            raise Refused(
                _(
                    "This was answered through this link%(then)s already, and a link answers once. If the answer "
                    "has to change, ask the clerk of the Board for a new link."
                )
                % {"then": then}
            )
        if not response.is_unanswered:
            raise Refused(_("No answer is awaited here any more. If yours has to change, ask the clerk of the Board."))

    def must_let_update(self, recommendation):
        """As often as they like while the recommendation is open. In the transaction that writes the update."""
        with self.locked():
            self._must_open(self.rows.filter(recommendation=recommendation))
            if not recommendation.is_open:
                raise Refused(_("The Board has closed this, so it takes no more updates."))

    def _must_open(self, rows):
        if not self.is_live():
            raise Refused(_("%(ended)s Ask the clerk of the Board for a new one.") % {"ended": self.ended})
        if not rows.exists():
            raise Refused(_("This link does not open that."))


class LinkUse(models.Model):
    """A row that was answered through a link: once, so that a link that goes astray cannot answer again."""

    link = models.ForeignKey(PartnerLink, on_delete=models.PROTECT, related_name="uses")
    response = models.ForeignKey("Response", on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField()
    is_sealed = True

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="a_link_answers_a_row_once", fields=["link", "response"])]

    def __str__(self):
        return _("%(response)s through %(link)s") % {"response": self.response, "link": self.link}
