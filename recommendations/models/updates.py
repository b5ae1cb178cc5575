"""What officers and partners say about progress: appended, never overwritten."""

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommendations.models.exempt import Exemptable, readable
from recommendations.models.files import WithFile
from recommendations.models.tracked import Tracked, history_of


class ProgressUpdateQuerySet(models.QuerySet):
    def visible_to(self, user):
        flags = ["exempt_paragraph", "recommendation__exempt_paragraph", "recommendation__item__exempt_paragraph"]
        return self.filter(readable(user, flags=flags, board="recommendation__board", owner="recommendation__owner"))

    def opened_by(self, link):
        """What its organisation has said through its links, this one and others; never exempt matter."""
        return self.visible_to(AnonymousUser()).filter(through__organisation=link.organisation_id)


class ProgressUpdate(Exemptable, WithFile, Tracked):
    """What somebody said on a day about how a recommendation is going."""

    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="updates")
    text = models.TextField()
    said_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="+")
    through = models.ForeignKey(
        "PartnerLink", null=True, blank=True, on_delete=models.PROTECT, related_name="updates", editable=False
    )
    said_on = models.DateField()
    objects = ProgressUpdateQuerySet.as_manager()
    history = history_of(unasked=["said_by", "through"])

    class Meta(Exemptable.Meta):
        abstract = False
        ordering = ["-id"]
        constraints = [
            *Exemptable.Meta.constraints,
            models.CheckConstraint(
                name="an_update_is_said_by_a_person_or_through_a_link",
                condition=models.Q(said_by=None) ^ models.Q(through=None),
                violation_error_message=_("An update is said by somebody who signed in, or through a partner’s link."),
            ),
        ]

    def __str__(self):
        return _("%(reference)s on %(said_on)s") % {"reference": self.recommendation.reference, "said_on": self.said_on}

    @property
    def anchor(self):
        """Where it stands in the timeline of its recommendation."""
        return f"update-{self.pk}"

    @property
    def file_url(self):
        return reverse("update-file", args=[self.pk])


class EvidenceQuerySet(models.QuerySet):
    def of_witnesses(self, user):
        """What rests on somebody's words, where `user` may read both what was said and what was asked."""
        heard = readable(user, flags=["witness__item__exempt_paragraph"], board="witness__item__meeting__board")
        flags = ["recommendation__exempt_paragraph", "recommendation__item__exempt_paragraph"]
        asked = readable(user, flags=flags, board="recommendation__board", owner="recommendation__owner")
        return self.filter(heard, asked, is_withdrawn=False, witness__isnull=False)


class Evidence(Tracked):
    """A discussion point or a witness that led the Board to a recommendation. Withdrawn ones stay on record."""

    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="evidence")
    point = models.ForeignKey(
        "DiscussionPoint", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    witness = models.ForeignKey("Witness", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    is_withdrawn = models.BooleanField(default=False, editable=False)
    objects = EvidenceQuerySet.as_manager()
    history = history_of()

    class Meta:
        verbose_name_plural = _("evidence")
        ordering = ["point__position", "witness__position"]
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_point_or_a_witness",
                condition=models.Q(point=None) ^ models.Q(witness=None),
                violation_error_message=_("Evidence is either a discussion point or a witness."),
            ),
            models.UniqueConstraint(name="a_point_is_evidence_once", fields=["recommendation", "point"]),
            models.UniqueConstraint(name="a_witness_is_evidence_once", fields=["recommendation", "witness"]),
        ]

    def __str__(self):
        return str(self.point or self.witness)
