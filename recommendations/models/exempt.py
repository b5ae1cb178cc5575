"""Exempt matter: what the public, and members of other boards, may not read."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from recommendations.permissions import is_clerk
from recommendations.words import filled

# Local Government Act 1972, Schedule 12A, Part 1
PARAGRAPHS = {
    1: _("Information relating to any individual"),
    2: _("Information likely to reveal the identity of an individual"),
    3: _("Financial or business affairs of any person"),
    4: _("Consultations or negotiations on labour relations"),
    5: _("Legal professional privilege"),
    6: _("Notices, orders or directions that the authority proposes"),
    7: _("Prevention, investigation or prosecution of crime"),
}


class Exemptable(models.Model):
    """Exempt when it names a paragraph of Schedule 12A; one fact, so flag and paragraph cannot disagree."""

    exempt_paragraph = models.PositiveSmallIntegerField(
        _("exempt under"),
        null=True,
        blank=True,
        choices=[(n, filled(_("Paragraph %(n)s: %(words)s"), n=n, words=words)) for n, words in PARAGRAPHS.items()],
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_names_a_paragraph_of_schedule_12a",
                condition=Q(exempt_paragraph=None) | Q(exempt_paragraph__range=(1, 7)),
                violation_error_message=_("Choose one of the seven paragraphs of Schedule 12A."),
            )
        ]

    @property
    def is_exempt(self):
        return self.exempt_paragraph is not None


def readable(user, *, flags, board=None, boards=(), owner=None):
    """A filter for what `user` may read: rows whose `flags` are all empty, and the exempt ones they are entitled to.

    `flags`: paths to every `exempt_paragraph` above the row; `board` (or several `boards`) and `owner`: paths to who may
    open it.
    """
    if is_clerk(user):
        return Q()
    open_to_all = Q(*map(without_flag, flags))
    if not user.is_authenticated:
        return open_to_all
    for path in boards or [board]:
        open_to_all |= Q(**{f"{path}__in": user.board_ids})
    return open_to_all | (Q(**{owner: user}) if owner else Q())


def without_flag(path):
    """A filter for rows whose `exempt_paragraph` at the end of the `path` is empty.

    Of an item it is asked the other way round: an index has the few exempt ones, and no row is joined with its own.
    `Exists` and not `in`: PostgreSQL takes making a set of them for so dear that it reads every recommendation instead.
    """
    above = path.removesuffix("__exempt_paragraph")
    if above != "item" and not above.endswith("__item"):
        return Q(**{path: None})
    items = apps.get_model("recommendations", "AgendaItem").objects.order_by()
    return Q(~Exists(items.filter(exempt_paragraph__isnull=False, pk=OuterRef(above))))
