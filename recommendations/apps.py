"""The domain: minutes, recommendations and what became of them."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = _("Scrutiny recommendations")

    def ready(self):
        """Signals, for sign-ins and rights alone: docs/decisions/0020."""
        from django.contrib.auth.models import Group
        from django.db.models.signals import m2m_changed, post_save, pre_delete

        from recommendations import letters
        from recommendations.accounts import council, record, sessions
        from recommendations.models import User, rights

        m2m_changed.connect(rights.groups_change, sender=User.groups.through)
        post_save.connect(rights.person_loaded, sender=User)
        pre_delete.connect(rights.group_goes, sender=Group)
        checks.register(council.check_groups)
        record.listen()
        sessions.listen()
        letters.listen()
