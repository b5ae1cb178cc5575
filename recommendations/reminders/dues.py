"""What officers owe by a day: reminders to the owner before and after it and, once long overdue, to manager and chair."""

import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from recommendations.models import FollowUpReport, Recommendation, User
from recommendations.reminders.occasions import Occasion, line_about, slip_of, standing


def owed(on):
    """For each owner who can sign in: what is due, on the latest of its reminder days that has come.

    A day that was missed is so made up by the next run, two missed ones by one line, and a date that moved begins anew.
    """
    officers = set(User.objects.possible_owners().values_list("id", flat=True))
    for thing in awaited_by(on + datetime.timedelta(days=max(settings.REMIND_DAYS_BEFORE, default=0))):
        offset, owner = latest_offset(thing.due_on, on), thing.subject.owner
        if offset is not None and thing.subject.owner_id in officers:
            words = _("Reminder sent to %(owner)s: %(told)s") % {"owner": owner, "told": told(thing, on)}
            yield occasion(thing, on, "owed", owner.email, words, offset)


def late(on):
    """Told once for each due date, and only where a council has switched it on."""
    if not settings.ESCALATE_AFTER_DAYS:
        return
    for thing in awaited_by(on - datetime.timedelta(days=settings.ESCALATE_AFTER_DAYS)):
        owner, chair = thing.subject.owner, thing.subject.board.chair
        seen = {owner.email if owner else ""}
        manager = owner.manager_email.lower() if owner else ""
        if manager and manager not in seen:
            seen.add(manager)
            yield occasion(
                thing, on, "late", manager, _("The owner’s manager was told: %(told)s") % {"told": told(thing, on)}
            )
        if chair and chair.is_active and chair.email not in seen:
            yield occasion(
                thing,
                on,
                "late",
                chair.email,
                _("%(chair)s, who chairs the Board, was told: %(told)s") % {"chair": chair, "told": told(thing, on)},
            )


def awaited_by(day):
    """Actions and follow-up reports due by `day`: what is overdue the day after, if nobody does anything."""
    after = day + datetime.timedelta(days=1)
    actions = Recommendation.objects.overdue(after).select_related("owner", "board__chair", "item")
    reports = FollowUpReport.objects.overdue(after).select_related(
        "recommendation__owner", "recommendation__board__chair", "recommendation__item"
    )
    return [*actions.order_by("id"), *reports.order_by("id")]


def latest_offset(due_on, on):
    """Of the reminder days that have come by `on`, the last: in days from the due date; None before the first."""
    days, every = (on - due_on).days, settings.REMIND_EVERY_DAYS_AFTER
    if days >= every > 0:
        return days // every * every
    return max((-before for before in settings.REMIND_DAYS_BEFORE if -before <= days), default=None)


def occasion(thing, on, part, address, words, *offset):
    kind = "report" if isinstance(thing, FollowUpReport) else "action"
    key = ":".join(["late" if part == "late" else "due", kind, str(thing.pk), str(thing.due_on), *map(str, offset)])
    line = line_about(
        thing.subject, what=name_of(thing), due_on=thing.due_on, standing=standing(thing.due_on, on),
        slip=slip_of(thing), owner=str(thing.subject.owner or _("nobody yet")),
    )  # fmt: skip
    return Occasion(address, key, part, words, line, thing.subject)


def name_of(thing):
    return (
        _("Follow-up report %(number)s") % {"number": thing.number}
        if isinstance(thing, FollowUpReport)
        else _("The action itself")
    )


def told(thing, on):
    """As the timeline has it: "follow-up report 2, due in 7 days"."""
    if not isinstance(thing, FollowUpReport):
        return standing(thing.due_on, on)
    words = {"number": thing.number, "standing": standing(thing.due_on, on)}
    return _("follow-up report %(number)s, %(standing)s") % words
