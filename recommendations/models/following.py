"""Who wants to hear what becomes of a recommendation."""

from django.db import models
from django.utils.translation import gettext as _

from recommendations.models.tracked import Tracked, history_of


class FollowingQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)


class Following(Tracked):
    """A person follows a recommendation, or has stopped following it."""

    user = models.ForeignKey("User", on_delete=models.PROTECT, related_name="followings")
    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="followings")
    is_active = models.BooleanField(default=True, editable=False)
    objects = FollowingQuerySet.as_manager()
    history = history_of()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_person_follows_a_recommendation_once", fields=["user", "recommendation"])
        ]

    def __str__(self):
        return _("%(user)s follows %(reference)s") % {"user": self.user, "reference": self.recommendation.reference}

    @classmethod
    def turn(cls, recommendation, *, by, is_active):
        """Begin or stop to follow; doing either twice changes nothing."""
        with recommendation.locked():
            following = cls.objects.filter(user=by, recommendation=recommendation).first()
            if following is None:
                following = cls(user=by, recommendation=recommendation, is_active=False)
            if following.is_active != is_active:
                following.is_active = is_active
                following.record(by=by)
        return following
