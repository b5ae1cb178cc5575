"""What changed in what somebody follows, since they began to: each change once, and never their own."""

from collections import defaultdict

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.history import changes_of
from recommendations.models import Following, Recommendation
from recommendations.permissions import is_reader
from recommendations.reminders.occasions import Occasion, line_about

# Who follows what is their own affair, so the timeline does not name them.
WORDS = _("What had changed was sent to those who follow this")


def changes(on):
    """What changed in words that anybody may read; of exempt matter only that it changed."""
    followings = Following.objects.active().filter(user__is_active=True).select_related("user").order_by("id")
    by_follower = defaultdict(list)
    for following in followings:
        by_follower[following.user].append(following)
    begun = dict(
        Following.history.filter(id__in=followings.order_by().values("id")).values_list("id").annotate(Max("history_date"))
    )  # fmt: skip
    happened = defaultdict(list)
    for pk, entry in changes_of(followings.order_by().values("recommendation")):
        happened[pk].append(entry)
    for user, theirs in by_follower.items():
        yield from told_to(user, theirs, begun, happened)


def told_to(user, followings, begun, happened):
    """Nothing of what they may no longer read, not even that it changed."""
    if not is_reader(user):
        return
    visible = Recommendation.objects.visible_to(user).filter(followings__in=followings).select_related("item")
    recommendations = {recommendation.pk: recommendation for recommendation in visible}
    for following in followings:
        recommendation = recommendations.get(following.recommendation_id)
        for entry in happened[following.recommendation_id] if recommendation else []:
            if begun[following.pk] < entry.moment <= clock.now() and entry.by_id != user.pk:
                yield occasion(user, recommendation, entry)


def occasion(user, recommendation, entry):
    line = line_about(
        recommendation, what="" if recommendation.is_restricted else entry.what, on=timezone.localdate(entry.moment)
    )
    return Occasion(user.email, f"changed:{entry.key}", "followed", WORDS, line, recommendation)
