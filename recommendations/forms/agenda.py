"""What the tracker for the agenda asks: which rows, as of which day; and, for clerks, which columns a board's has."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations.exports.trackers import COLUMNS
from recommendations.forms.acts import ActForm
from recommendations.forms.filters import DayFilter, ListFilter, Narrowing


class AgendaFilter(Narrowing):
    """Left alone, it is what is open today. The view itself asks for the rows."""

    ALL, RECENT, WITHOUT = "all", "recent", "out"

    show = filters.ChoiceFilter(
        label=_("Show"),
        choices=[(RECENT, _("Open, and closed in the last 12 months")), (ALL, _("Open and closed"))],
        empty_label=_("Open"), method="leave_to_the_view",
    )  # fmt: skip
    exempt = filters.ChoiceFilter(
        label=_("Exempt matter"), choices=[(WITHOUT, _("Left out"))], empty_label=_("As far as you may read it"),
        method="leave_to_the_view",
    )  # fmt: skip
    on = DayFilter(label=_("As of (optional)"))
    day = ListFilter.day

    def leave_to_the_view(self, queryset, name, value):
        return queryset


class ColumnsForm(ActForm):
    """Every column in the order of the page, some of them ticked."""

    choices = [(name, column.heading) for name, column in COLUMNS.items()]
    order = forms.MultipleChoiceField(choices=choices, required=False, widget=forms.MultipleHiddenInput)
    show = forms.MultipleChoiceField(
        label=_("Columns"), choices=choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the columns that the tracker shall have")},
    )  # fmt: skip

    @property
    def chosen(self):
        said = self.cleaned_data
        order = dict.fromkeys([*said["order"], *COLUMNS])
        return [name for name in order if name in said["show"]]
