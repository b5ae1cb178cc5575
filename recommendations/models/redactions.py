"""What data protection took out of the records: that, by whom, when and why, and which rows. Never what stood there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.models.tracked import must_say
from recommendations.words import day


class RedactionQuerySet(models.QuerySet):
    def for_list(self):
        return self.select_related("by")


class Redaction(models.Model):
    """A name or a passage that was taken out of everything, its history included, for a reason that is on record."""

    class Kind(models.TextChoices):
        NAME = "name", _("A person’s name")
        PASSAGE = "passage", _("A passage")
        PERSON = "person", _("A person with an account")

    is_sealed = True

    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey("User", on_delete=models.PROTECT, editable=False, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    reason = models.TextField(editable=False)
    # How often it stood there, in all.
    places = models.PositiveIntegerField(editable=False)
    # How many rows and files its record names: one that is slipped in later, to cover another change, is one too many.
    row_count = models.PositiveIntegerField(editable=False)
    # Of each attached file that was withdrawn: what it was stored as, its bytes and their SHA-256.
    files = models.JSONField(default=list, editable=False)
    objects = RedactionQuerySet.as_manager()

    class Meta:
        # Not by their moments: whoever makes one up cannot put it far down the page by its date.
        ordering = ["-id"]

    def __str__(self):
        return _("Redacted on %(day)s") % {"day": day(self.at)}

    def save(self, *args, **kwargs):
        self.reason = must_say(self.reason, _("Say why, in words that may be read by everyone."))
        super().save(*args, **kwargs)


class RedactedRowQuerySet(models.QuerySet):
    def of(self, recommendation):
        """One row for each redaction of anything of this recommendation."""
        firsts = self.filter(recommendation=recommendation).values("redaction").annotate(first=models.Min("pk"))
        return self.filter(pk__in=firsts.values("first")).select_related("redaction__by")


class RedactedRow(models.Model):
    """One row that a redaction changed, or the file of one, with its digests before and after.

    `verify_history` follows these from the sealed digest to the row of today.
    """

    is_sealed = True

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, editable=False, related_name="rows")
    table = models.CharField(max_length=100, editable=False)
    key = models.BigIntegerField(editable=False)
    before = models.CharField(max_length=64, blank=True, editable=False)
    after = models.CharField(max_length=64, blank=True, editable=False)
    # Whose timeline tells it.
    recommendation = models.ForeignKey(
        "Recommendation", on_delete=models.PROTECT, null=True, editable=False, related_name="redacted_rows"
    )
    objects = RedactedRowQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.redaction}: {self.table} {self.key}"
