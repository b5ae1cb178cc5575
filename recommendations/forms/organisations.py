"""What the list of organisations is narrowed by."""

import django_filters as filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from recommendations.forms.filters import BoardFilter, Narrowing, only
from recommendations.models import Response, ResponseRegime


class OrganisationFilter(Narrowing):
    """What is counted are the answers that the reader may see, and of the board alone that is chosen."""

    questions = {
        "asked": (_("Asked for an answer"), lambda rows, on: rows),
        "unanswered": (_("Owes an answer"), lambda rows, on: rows.unanswered()),
        "overdue": (_("Owes an answer that is overdue"), lambda rows, on: rows.overdue(on)),
    }
    board = BoardFilter(method="filter_board")
    regime = filters.ModelChoiceFilter(
        label=_("Time to answer"), queryset=ResponseRegime.objects.all(), empty_label=_("Any")
    )
    only = only(questions)

    @property
    def board_id(self):
        board = self.form.cleaned_data.get("board") if self.form.is_valid() else None
        return board and board.pk

    @property
    def responses(self):
        visible = Response.objects.visible_to(self.request.user)
        return visible.filter(recommendation__board=self.board_id) if self.board_id else visible

    def filter_board(self, queryset, name, value):
        return queryset.filter(Exists(self.responses.filter(organisation=OuterRef("pk"))))

    def filter_only(self, queryset, name, value):
        asked = super().filter_only(self.responses, name, value)
        return queryset.filter(Exists(asked.filter(organisation=OuterRef("pk"))))
