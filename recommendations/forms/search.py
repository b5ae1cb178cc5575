"""What a search can be narrowed by: kind, board, whether it is still open, year."""

from urllib.parse import urlencode

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recommendations.forms.filters import Narrowing
from recommendations.models import Board, Meeting, Searchable


def years():
    """Those in which a board met, the latest first."""
    return [(str(day.year), str(day.year)) for day in Meeting.objects.dates("held_on", "year", order="DESC")]


class SearchFilter(Narrowing):
    # The page counts each kind, so the view narrows by it.
    kind = filters.ChoiceFilter(
        label=_("What was found"), choices=Searchable.Kind, empty_label=_("Everything"), method="leave_to_the_view"
    )
    board = filters.ModelChoiceFilter(
        label=_("Board"), queryset=Board.objects.all(), empty_label=_("All boards"), method="filter_board"
    )
    state = filters.ChoiceFilter(
        label=_("Recommendations"), choices=[("open", _("Open")), ("closed", _("Closed"))],
        empty_label=_("Open or closed"), method="filter_state",
    )  # fmt: skip
    year = filters.ChoiceFilter(
        label=_("Year of the meeting"), choices=years, empty_label=_("Any year"), method="filter_year"
    )

    def leave_to_the_view(self, queryset, name, value):
        return queryset

    def filter_board(self, queryset, name, value):
        return queryset.filter(Q(recommendation__board=value) | Q(item__meeting__board=value))

    def filter_state(self, queryset, name, value):
        return queryset.filter(recommendation__isnull=False, recommendation__closed_on__isnull=value == "open")

    def filter_year(self, queryset, name, value):
        path = "meeting__held_on__year"
        return queryset.filter(Q(**{f"recommendation__item__{path}": value}) | Q(**{f"item__{path}": value}))

    @property
    def question_alone(self):
        """The address without any filter."""
        return f"?{urlencode({'q': self.data.get('q', '')})}"
