"""What the pictures of the dashboard count, as filters of the lists: each of their numbers leads to its rows."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from recommendations.models import Answer, Organisation
from recommendations.models.bands import Moves, Shift, TimeToClose

NO_ORGANISATION = "none"


class SlipFilter(filters.FilterSet):
    """For what has a due date."""

    slip = filters.ChoiceFilter(
        label=_("How its due date slipped"), choices=[*Moves.choices, *Shift.choices], empty_label=_("Any"),
        method="filter_slip",
    )  # fmt: skip

    def filter_slip(self, queryset, name, value):
        dated = queryset.dated()
        if value in Shift:
            return dated.with_shift().filter(shift=value)
        return dated.with_moves().filter(moves=value)


class TimeToCloseFilter(filters.FilterSet):
    took = filters.ChoiceFilter(
        label=_("Closed after"), choices=TimeToClose, empty_label=_("Any time"), method="filter_took"
    )

    def filter_took(self, queryset, name, value):
        return queryset.closed_after(value)


class AnswerFilter(filters.FilterSet):
    answer = filters.ChoiceFilter(label=_("Answer"), choices=Answer, empty_label=_("Any"))
    organisation = filters.ModelChoiceFilter(
        label=_("Organisation"), queryset=Organisation.objects.all(), empty_label=_("Any"),
        null_label=_("None named"), null_value=NO_ORGANISATION,
    )  # fmt: skip
