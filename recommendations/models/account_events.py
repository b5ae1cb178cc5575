"""What happened around people's accounts: sign-ins, failures, second factors, changes of rights. Written once, for good."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.limits import network_of
from recommendations.models.tracked import Refused


class AccountEventQuerySet(models.QuerySet):
    def for_list(self):
        return self.select_related("person", "by")

    def of_rights(self):
        """What tells who was entitled to what, and since when."""
        return self.filter(kind__in=(AccountEvent.Kind.RIGHTS_FOUND, AccountEvent.Kind.RIGHTS_CHANGED))


class AccountEvent(models.Model):
    """Something that happened around somebody's account, on record for good: a sign-in, a failure, a change of rights."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Signed in")
        SIGNED_OUT = "signed_out", _("Signed out")
        FAILED = "failed", _("Sign-in failed")
        LOCKED_OUT = "locked_out", _("Too many attempts")
        REFUSED = "refused", _("Sign-in refused")
        SESSIONS_ENDED = "sessions_ended", _("Signed out elsewhere")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        FACTOR_ADDED = "factor_added", _("Second factor added")
        FACTOR_REMOVED = "factor_removed", _("Second factor removed")
        RECOVERY_CODE_USED = "recovery_code_used", _("Recovery code used")
        PROVIDER_LINKED = "provider_linked", _("Council account linked")
        PROVIDER_UNLINKED = "provider_unlinked", _("Council account unlinked")
        RIGHTS_CHANGED = "rights_changed", _("Rights changed")
        RIGHTS_FOUND = "rights_found", _("Rights as they were when this record began")

    # Sealed with the histories.
    is_sealed = True

    at = models.DateTimeField(default=clock.now, editable=False)
    kind = models.CharField(max_length=20, choices=Kind, editable=False)
    # Whose account. Nobody's where the address that somebody typed is not known here: it is not kept, for people type
    # passwords into that field.
    person = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, editable=False, related_name="account_events"
    )
    # Who did it. Nobody where a command did, or where that is not known.
    by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    # The network that it came from, not the one machine: docs/decisions/0020.
    address = models.CharField(max_length=43, blank=True, editable=False)
    words = models.TextField(blank=True, editable=False)
    # The names of the groups, where rights changed.
    roles_before = models.JSONField(null=True, editable=False)
    roles_after = models.JSONField(null=True, editable=False)
    objects = AccountEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="account_events_newest_first")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.person}" if self.person_id else self.get_kind_display()

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Refused(gettext("What happened around an account stays on record as it was written."))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Refused(gettext("What happened around an account stays on record as it was written."))

    @classmethod
    def note(cls, kind, *, person=None, by=None, address="", words="", before=None, after=None):
        """Put it on record, as of now. `address` is the whole one; only its network is kept."""
        event = cls(
            kind=kind, person=person, by=by, address=network_of(address), words=words, roles_before=before,
            roles_after=after,
        )  # fmt: skip
        event.save()
        return event
