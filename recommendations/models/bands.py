"""The bands in which the dashboard counts: how often a due date moved, how far, and how long it took to close."""

import datetime

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear, Least
from django.utils.translation import gettext_lazy as _


class Moves(models.IntegerChoices):
    """How often a due date moved."""

    NEVER = 0, _("Not moved")
    ONCE = 1, _("Moved once")
    TWICE = 2, _("Moved twice")
    OFTENER = 3, _("Moved three times or more")


class Shift(models.TextChoices):
    """How far a due date that moved is from the first one."""

    NOT_LATER = "not_later", _("Not later in the end")
    WEEKS_4 = "weeks_4", _("Up to 4 weeks later")
    WEEKS_13 = "weeks_13", _("More than 4, up to 13 weeks later")
    WEEKS_26 = "weeks_26", _("More than 13, up to 26 weeks later")
    FURTHER = "further", _("More than 26 weeks later")


class TimeToClose(models.TextChoices):
    """From the meeting that asked to the meeting that closed, in whole months."""

    UNDER_3_MONTHS = "under_3_months", _("Under 3 months")
    UNDER_6_MONTHS = "under_6_months", _("3 months, under 6")
    UNDER_1_YEAR = "under_1_year", _("6 months, under a year")
    UNDER_2_YEARS = "under_2_years", _("1 year, under 2")
    LONGER = "longer", _("2 years or longer")


# At most so many weeks; what is further comes last.
WEEKS = {Shift.NOT_LATER: 0, Shift.WEEKS_4: 4, Shift.WEEKS_13: 13, Shift.WEEKS_26: 26}
# Longer than any board keeps its papers; before the meeting only where that meeting's day was put right afterwards.
EVER = 12 * 1000
MONTHS = {
    TimeToClose.UNDER_3_MONTHS: range(-EVER, 3),
    TimeToClose.UNDER_6_MONTHS: range(3, 6),
    TimeToClose.UNDER_1_YEAR: range(6, 12),
    TimeToClose.UNDER_2_YEARS: range(12, 24),
    TimeToClose.LONGER: range(24, EVER),
}


def band_of(months):
    """The band of what took so many whole months: from 10 January to 9 April two, to 10 April three."""
    return next(band for band, within in MONTHS.items() if months in within)


def months_between(asked, closed):
    """Whole months, as `with_months_to_close` counts them."""
    months = (closed.year - asked.year) * 12 + closed.month - asked.month
    return months - (closed.day < asked.day)


def moves_of(dated):
    """The value of `Moves` for one record."""
    return Moves(min(dated.times_moved, max(Moves.values)))


def shift_of(dated):
    """The value of `Shift` for one record; None of a date that never moved."""
    if not dated.times_moved:
        return None
    moved = dated.due_on - dated.original_due_on
    return next((shift for shift, weeks in WEEKS.items() if moved <= datetime.timedelta(weeks=weeks)), Shift.FURTHER)


class SlipBands:
    """Of rows with a due date."""

    def dated(self):
        return self.filter(due_on__isnull=False)

    def with_moves(self):
        """Annotates `moves`, a value of `Moves`."""
        return self.annotate(moves=Least("times_moved", Value(max(Moves.values))))

    def with_shift(self):
        """Annotates `shift`, a value of `Shift`; None of a date that never moved."""
        whens = [When(shifted_at_most(weeks), then=Value(shift)) for shift, weeks in WEEKS.items()]
        shift = Case(
            When(times_moved=0, then=None), *whens, default=Value(Shift.FURTHER), output_field=models.CharField()
        )
        return self.annotate(shift=shift)


def shifted_at_most(weeks):
    return Q(due_on__lte=F("original_due_on") + datetime.timedelta(weeks=weeks))


class TimeToCloseBands:
    """Of recommendations."""

    def closed_after(self, band):
        """Those that took as long as `band` says."""
        within = MONTHS[band]
        rows = self.closed().with_months_to_close()
        return rows.filter(months_to_close__gte=within.start, months_to_close__lt=within.stop)

    def with_months_to_close(self):
        """Annotates `months_to_close`, whole months from the meeting that asked; for what is closed."""
        asked, closed = F("item__meeting__held_on"), F("closed_on")
        months = (ExtractYear(closed) - ExtractYear(asked)) * 12 + ExtractMonth(closed) - ExtractMonth(asked)
        begun = Case(When(closed_on__day__lt=ExtractDay(asked), then=1), default=0)
        return self.annotate(months_to_close=months - begun)
