"""The filters of what is late: of which board and owner, as of which day, and of which kind."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from recommendations import late
from recommendations.forms.filters import BelongingFilter

KINDS = (
    (late.REPORTS, _("Follow-up reports")),
    (late.ANSWERS, _("Answers")),
    (late.ACTIONS, _("Actions")),
)


class LateFilter(BelongingFilter):
    only = filters.ChoiceFilter(
        label=_("Show"), choices=KINDS, method="leave_to_the_view", empty_label=_("All"),
        error_messages={"invalid_choice": _("Select what to show from the list")},
    )  # fmt: skip
