"""Many past days in one query: from which of them until which each row of a history stood, and from which it was late."""

from django.db.models import Case, Q, Value, When, Window
from django.db.models.functions import Lead
from simple_history.manager import HistoricalQuerySet

from recommendations import clock


class PastRows(HistoricalQuerySet):
    """Rows of a history. Beside the questions of `timeliness`, which ask about one day: those that ask about many."""

    def spans(self, days):
        """Which of `days`, an ascending list, each row stands for; a day is called by its place in the list.

        Annotates `begins` (the first day at whose end the row stood), `until` (the first at whose end another row of the
        same record had taken its place) and `late` (the first on which the row, if it stands, is overdue; or None).

        Filter afterwards by these alone: by anything else would narrow the rows among which the next one is looked for.
        """
        begun = first_of(days, lambda on: Q(history_date__lte=clock.end_of(on)))
        # Two rows of one moment: the later one stands, and the earlier one for no time at all.
        following = Lead(begun, default=Value(len(days)))
        rows = self.filter(history_date__lte=clock.end_of(days[-1])).order_by()
        return rows.annotate(
            begins=begun,
            until=Window(following, partition_by="id", order_by=["history_date", "history_id"]),
            late=Case(When(self.still_owed, then=first_of(days, past))),
        )


def first_of(days, rule, place=0):
    """The place of the first day on which `rule` (a filter for a day) is true; it must stay true once it is.

    Halves the days until one is left: these questions are asked of every row of a history.
    """
    if len(days) == 1:
        return Case(When(rule(days[0]), then=Value(place)))
    half = len(days) // 2
    earlier, later = first_of(days[:half], rule, place), first_of(days[half:], rule, place + half)
    return Case(When(rule(days[half - 1]), then=earlier), default=later)


def past(on):
    """Due before `on`."""
    return Q(due_on__lt=on or clock.today())
