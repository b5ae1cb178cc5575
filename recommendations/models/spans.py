"""Many past days in one query: from which of them until which each row of a history stood, and from which it was late."""

from django.db.models import Case, Q, Value, When, Window
from django.db.models.functions import Coalesce, Lead
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
        following = Window(Lead(begun), partition_by="id", order_by=["history_date", "history_id"])
        return self.order_by().annotate(
            begins=begun,
            until=Coalesce(following, len(days)),
            late=Case(When(self.still_owed, then=first_of(days, past))),
        )


def first_of(days, rule):
    """The place of the first day on which `rule` (a filter for a day) is true; it must stay true once it is."""
    return Case(*(When(rule(on), then=Value(place)) for place, on in enumerate(days)))


def past(on):
    """Due before `on`."""
    return Q(due_on__lt=on or clock.today())
