"""What the council says about the site itself: how accessible it is, and what it does with personal data."""

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from recommendations import clock, permissions, prose
from recommendations.models.tracked import Refused, Stale, Tracked, history_of


class Statement(Tracked):
    """A text that the law wants on a public site, filled in by the council."""

    class Kind(models.TextChoices):
        # Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018, regulation 8
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

    def get_absolute_url(self):
        return reverse(self.kind)

    @classmethod
    def of(cls, kind):
        """The statement of that kind; one that nobody has written yet is version 0."""
        return cls.objects.filter(kind=kind).first() or cls(kind=kind, version=0)

    @property
    def is_written(self):
        return self.pk is not None

    @property
    def gaps(self):
        return prose.gaps_in(self.text)

    def rewrite(self, text, *, reviewed_on, by, reason="", version=None):
        """What it says from now on. Gaps may stay in it: the page leaves out what has one."""
        self._must_make_sense(text, reviewed_on, by)
        if not self.is_written:
            return self._begin(text, reviewed_on, by=by, reason=reason)
        with self.changing(by=by, reason=reason, version=version):
            self.text, self.reviewed_on = text, reviewed_on
        return self

    def _must_make_sense(self, text, reviewed_on, by):
        if by is not None and not permissions.is_administrator(by):
            raise Refused(gettext("Only an administrator changes what the council says about the site."))
        if not text.strip():
            raise Refused(gettext("Write the text first."))
        if reviewed_on and reviewed_on > clock.today():
            raise Refused(gettext("Give a day of review that has come."))

    def _begin(self, text, reviewed_on, *, by, reason):
        """Of two who begin it at the same moment, the second is told that it is there."""
        try:
            with transaction.atomic():
                self.text, self.reviewed_on, self.version = text, reviewed_on, 1
                return self.record(by=by, reason=reason)
        except IntegrityError:
            self.pk = type(self).objects.get(kind=self.kind).pk
            self.refresh_from_db()
            raise Stale(self, 0) from None
