"""Seals: what proves, day by day, that no row written once was changed since. Chained, so that none can be exchanged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recommendations.words import moment

# What the first seal names as the one before it.
BEGINNING = "0" * 64


class Seal(models.Model):
    """A digest over new rows of the history and over the seal before it: whoever keeps a copy can tell a change of either."""

    is_append_only = True

    number = models.PositiveIntegerField(primary_key=True)
    sealed_at = models.DateTimeField(editable=False)
    rows = models.PositiveIntegerField(editable=False)
    previous = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return _("Seal %(number)s of %(sealed_at)s") % {"number": self.number, "sealed_at": moment(self.sealed_at)}

    @classmethod
    def head(cls):
        """The newest, or None."""
        return cls.objects.order_by("-number").first()


class SealedPart(models.Model):
    """The rows of one table within a seal, each with its own digest, so that a broken one can be named."""

    is_append_only = True

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="parts")
    # A table, or "table:column" for the bytes of the files that its rows name.
    source = models.CharField(max_length=100, editable=False)
    # What a row's digest covers: a column added later belongs to later seals alone.
    columns = models.JSONField(editable=False)
    first_id = models.BigIntegerField(editable=False)
    last_id = models.BigIntegerField(editable=False)
    rows = models.PositiveIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    # For each row its key, in 8 bytes, and its digest, in 32: a row each would weigh five times as much.
    leaves = models.BinaryField(editable=False)

    class Meta:
        ordering = ["seal", "id"]
        indexes = [models.Index(name="sealed_up_to", fields=["source", "-last_id"])]

    def __str__(self):
        return f"{self.seal_id}: {self.source} {self.first_id}–{self.last_id}"
