"""What is stuck, told to every clerk once a week: counts that lead to the lists, and the first rows by reference."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from recommendations.models import DateChange, Mention, Recommendation, Snapshot, User
from recommendations.permissions import CLERKS
from recommendations.reminders.occasions import Occasion, absolute

SHOWN = 10


@dataclass(frozen=True)
class Stuck:
    """One list: how many rows it has, where it is, and whose they are as (reference, address), `more` of them unsaid."""

    label: str
    count: int
    url: str
    references: list
    more: int


def stuck(on):
    """On the day of the week that is set, or on the next day on which it can be."""
    began_on = on - datetime.timedelta(days=(on.weekday() - settings.REMIND_CLERKS_ON) % 7)
    key = f"desk:{began_on}"
    # Asked here, and not with all the others: on six days of seven the lists need not be made at all.
    told = Mention.objects.that_count().filter(occasion=key).values("address")
    clerks = list(User.objects.in_role(CLERKS).exclude(email__in=told))
    lists = lists_of(clerks[0], on) if clerks else []
    for clerk in clerks if lists else []:
        yield Occasion(clerk.email, key, "desk", _("The weekly list of what is stuck"), lists)


def lists_of(clerk, on):
    """Those that have rows. Every clerk reads everything, so any of them will do."""
    snapshot = Snapshot(clerk, on)
    rows, answers, reports = snapshot.recommendations(), snapshot.responses(), snapshot.follow_ups()
    lists = [
        (_("No owner"), rows.without_owner(), "recommendations", "?only=no_owner"),
        (_("No date set"), rows.without_date(on), "recommendations", "?only=no_date"),
        (_("Clock not started"), answers.clock_not_started(), "answers", "?only=clock_not_started"),
        (_("Answers overdue"), answers.overdue(on), "answers", "?only=overdue"),
        (_("Overdue, and no update for four weeks"), rows.silent(on), "recommendations", "?only=silent"),
        (_("Later dates asked for"), DateChange.objects.waiting(), "desk", "#later-dates"),
        (_("Reports submitted, waiting for the Board"), reports.awaiting_board(), "follow-ups", "?only=awaiting_board"),
        (_("Reported complete, waiting for the Board"), rows.reported_complete(), "recommendations", "?only=reported_complete"),
    ]  # fmt: skip
    return [made for label, found, *place in lists if (made := one_list(label, found.order_by(), *place)).count]


def one_list(label, rows, name, query):
    """The oldest first; several rows of one recommendation under one reference."""
    path, oldest = ("", "due_on") if rows.model is Recommendation else ("recommendation__", "id")
    count, subjects = rows.aggregate(rows=Count("pk"), subjects=Count(f"{path}id", distinct=True)).values()
    named = rows.values_list(f"{path}reference", f"{path}slug").annotate(first=Min(oldest))
    first = named.order_by("first", f"{path}id")[:SHOWN]
    references = [(reference, absolute(reverse("recommendation", args=[slug]))) for reference, slug, _ in first]
    return Stuck(label, count, absolute(reverse(name) + query), references, subjects - len(references))
