"""What signing in takes for each role, as administrators have settled it."""

from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils.translation import gettext as _

from recommendations import permissions
from recommendations.models.tracked import Refused, Stale, Tracked, history_of, must_say


class SignInRule(Tracked):
    """Whether everybody with a role must have a second factor, from when and why."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="sign_in_rule", editable=False)
    needs_second_factor = models.BooleanField(default=False, editable=False)
    history = history_of()

    class Meta:
        ordering = ["group__name"]

    def __str__(self):
        return self.group.name

    @classmethod
    def roles_in_need(cls):
        return sorted(cls.objects.filter(needs_second_factor=True).values_list("group__name", flat=True))

    @classmethod
    def counted(cls):
        """How often a rule was changed: what a form was opened with."""
        return sum(cls.objects.values_list("version", flat=True))

    @classmethod
    def require(cls, roles, *, by, reason, version=None):
        """From now on these roles need a second factor, and no others; it holds from the next page that somebody opens."""
        if by is not None and not permissions.is_administrator(by):
            raise Refused(_("Only an administrator says who needs a second factor."))
        reason = must_say(reason, _("Say why, for those who will read it later."))
        with transaction.atomic():
            groups = list(Group.objects.select_for_update().filter(name__in=permissions.ROLES).order_by("name"))
            if version not in (None, cls.counted()):
                raise Stale(cls(), cls.counted())
            for group in groups:
                cls._of(group)._settle(group.name in roles, by=by, reason=reason)

    @classmethod
    def _of(cls, group):
        return cls.objects.filter(group=group).first() or cls(group=group)

    def _settle(self, is_needed, *, by, reason):
        if is_needed == self.needs_second_factor:
            return
        if self.pk is None:
            self.needs_second_factor = is_needed
            self.record(by=by, reason=reason)
            return
        with self.changing(by=by, reason=reason):
            self.needs_second_factor = is_needed
