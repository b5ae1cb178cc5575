"""What can be found by its words: one row for each thing said, asked or decided, kept by the database itself.

How the rows come about stands in search_index.py.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recommendations.models.exempt import readable

# A row's own number is that of its record times this, and the place of its kind: so nothing is listed twice.
SPREAD = 16


class Kind(models.TextChoices):
    """In the order in which a reader wants them, where they fit equally well. Never moved: the places are in the keys."""

    RECOMMENDATION = "recommendation", _("Recommendation")
    POINT = "point", _("Discussion point")
    UPDATE = "update", _("Progress update")
    REPORT = "report", _("Follow-up report")
    ANSWER = "answer", _("Answer")
    RESOLUTION = "resolution", _("Resolution")
    WITNESS = "witness", _("Witness")
    ITEM = "item", _("Agenda item")


class SearchableQuerySet(models.QuerySet):
    def visible_to(self, user):
        """As the records themselves are."""
        above = ["recommendation__exempt_paragraph", "recommendation__item__exempt_paragraph", "item__exempt_paragraph"]
        flags = ["exempt_paragraph", *above]
        boards = ["recommendation__board", "item__meeting__board"]
        return self.filter(readable(user, flags=flags, boards=boards, owner="recommendation__owner"))


class Searchable(models.Model):
    """The words of one thing that can be found, and whose they are: a recommendation's, or an agenda item's."""

    Kind = Kind

    kind = models.CharField(max_length=20, choices=Kind)
    # No constraints: the rows come and go with their records, in the same statement.
    recommendation = models.ForeignKey(
        "Recommendation", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    item = models.ForeignKey(
        "AgendaItem", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    exempt_paragraph = models.PositiveSmallIntegerField(null=True)
    heading = models.TextField()
    body = models.TextField()
    note = models.TextField()
    objects = SearchableQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.heading or self.body}"

    @property
    def key(self):
        """The number of the record itself."""
        return self.pk // SPREAD

    @classmethod
    def pk_of(cls, kind, key):
        return key * SPREAD + list(Kind).index(kind)
