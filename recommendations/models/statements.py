"""What the council says about the site itself: how accessible it is, and what it does with personal data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recommendations.models.tracked import Tracked, history_of


class Statement(Tracked):
    """A text that the law wants on a public site, filled in by the council."""

    class Kind(models.TextChoices):
        # Public Sector Bodies (Websites and Mobile Applications) Accessibility Regulations 2018, regulation 8
        ACCESSIBILITY = "accessibility", _("Accessibility statement")
        # UK GDPR, articles 13 and 14
        PRIVACY = "privacy", _("Privacy notice")

    kind = models.CharField(max_length=20, choices=Kind, unique=True, editable=False)
    text = models.TextField(help_text=_("A line that begins with # is a heading; one that begins with - is in a list."))
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    history = history_of()

    class Meta:
        ordering = ["kind"]

    def __str__(self):
        return self.get_kind_display()
