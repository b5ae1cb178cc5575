"""The filters of the lists, kept in the address, so that every number can link to exactly the rows it counts."""

from urllib.parse import urlencode

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef

from recommendations import clock
from recommendations.forms.fields import DateField, GovukFormMixin
from recommendations.forms.figures import AnswerFilter, SlipFilter, TimeToCloseFilter
from recommendations.models import Board, Progress, Recommendation, Timeliness, User
from recommendations.words import day

NO_OWNER = "none"


class FilterForm(GovukFormMixin, forms.Form):
    pass


class DayFilter(filters.Filter):
    """As of which day? The day is used by the view before anything is filtered."""

    field_class = DateField

    def filter(self, queryset, value):
        return queryset


def ever_owners(request):
    """Everyone who owns something, or did on a day that may be asked about."""
    return User.objects.filter(Exists(Recommendation.history.filter(owner=OuterRef("pk"))))


class OwnerFilter(filters.ModelChoiceFilter):
    def __init__(self, **options):
        super().__init__(
            label="Owner", queryset=ever_owners,
            empty_label="Anyone", null_label="No owner", null_value=NO_OWNER, **options,
        )  # fmt: skip


class Narrowing(filters.FilterSet):
    """Filters in the address, each said in words with the way to take it away."""

    class Meta:
        form = FilterForm

    @property
    def narrowed(self):
        """What the list is narrowed to: (label, value in words, address without it) for each filter in use."""
        if not self.form.is_valid():
            return []
        given = self.form.cleaned_data
        used = {f.name: given[f.name] for f in self.form.visible_fields() if given.get(f.name) not in (None, "")}
        return [
            (self.label(name), self.in_words(name, value), self.address_without(name)) for name, value in used.items()
        ]

    def label(self, name):
        return self.form[name].label.removesuffix(" (optional)")

    def in_words(self, name, value):
        if hasattr(value, "strftime"):
            return day(value)
        choices = getattr(self.form.fields[name], "choices", [])
        return next((label for key, label in choices if str(key) == str(getattr(value, "pk", value))), value)

    def address_without(self, name):
        kept = {key: value for key, value in self.data.items() if key.split("_")[0] != name and key != "page"}
        return f"?{urlencode(kept)}"


class ListFilter(Narrowing):
    """What every list can be narrowed by. `only` names a question of the querysets ("overdue", "no_owner" …)."""

    board = filters.ModelChoiceFilter(label="Board", queryset=Board.objects.all(), empty_label="All boards")
    owner = OwnerFilter()
    on = DayFilter(label="As of (optional)")

    # {name in the address: (words, what to ask of the queryset on a day)}
    questions = {}

    def filter_only(self, queryset, name, value):
        return self.questions[value][1](queryset, self.day)

    @property
    def day(self):
        """The day asked about: `on` of the address, or today. Readable before the filters are applied."""
        return (self.form.cleaned_data.get("on") if self.form.is_valid() else None) or clock.today()


def only(questions):
    choices = [(name, label) for name, (label, _) in questions.items()]
    wrong = {"invalid_choice": "Select what to show from the list"}
    return filters.ChoiceFilter(
        label="Show", choices=choices, method="filter_only", empty_label="All", error_messages=wrong
    )


class RecommendationFilter(ListFilter, SlipFilter, TimeToCloseFilter):
    questions = {
        "open": ("Open", lambda rows, on: rows.open()),
        "closed": ("Closed", lambda rows, on: rows.closed()),
        "overdue": ("Action overdue", lambda rows, on: rows.overdue(on)),
        "due_soon": ("Action due in the next 28 days", lambda rows, on: rows.due_soon(on)),
        "reported_complete": ("Reported complete, waiting for the Board", lambda rows, on: rows.reported_complete()),
        "no_owner": ("Open, no owner", lambda rows, on: rows.without_owner()),
        "no_date": ("Open, no date set", lambda rows, on: rows.without_date(on)),
        "silent": ("Overdue, and no update for four weeks", lambda rows, on: rows.silent(on)),
    }
    only = only(questions)
    progress = filters.ChoiceFilter(label="Progress", choices=Progress, empty_label="Any")
    timeliness = filters.ChoiceFilter(
        label="Timeliness", choices=Timeliness, empty_label="Any", method="filter_timeliness"
    )
    kind = filters.ChoiceFilter(label="Kind", choices=Recommendation.Kind, empty_label="Any")
    followed = filters.ChoiceFilter(
        label="Followed", choices=[("me", "By me")], empty_label="By anyone or no one", method="filter_followed"
    )

    def filter_timeliness(self, queryset, name, value):
        return queryset.with_timeliness(self.day).filter(timeliness=value)

    def filter_followed(self, queryset, name, value):
        user = self.request.user
        if not user.is_authenticated:
            return queryset.none()
        return queryset.filter(id__in=user.followings.active().values("recommendation"))


class BelongingFilter(ListFilter):
    """For what belongs to a recommendation: board and owner are the recommendation's, so the view narrows by them."""

    board = filters.ModelChoiceFilter(
        label="Board", queryset=Board.objects.all(), empty_label="All boards", method="leave_to_the_view"
    )
    owner = OwnerFilter(method="leave_to_the_view")

    def leave_to_the_view(self, queryset, name, value):
        return queryset


class FollowUpFilter(BelongingFilter, SlipFilter):
    questions = {
        "overdue": ("Overdue", lambda rows, on: rows.overdue(on)),
        "due_soon": ("Due in the next 28 days", lambda rows, on: rows.due_soon(on)),
        "not_yet_due": ("Due later", lambda rows, on: rows.not_yet_due(on)),
        "no_date": ("Awaited, no date set", lambda rows, on: rows.without_date()),
        "awaiting_board": ("Submitted, waiting for the Board", lambda rows, on: rows.awaiting_board()),
        "received": ("Received by the Board", lambda rows, on: rows.exclude(verdict="")),
        "late": ("Submitted late", lambda rows, on: rows.submitted_late()),
        "on_time": ("Submitted on time", lambda rows, on: rows.submitted_on_time()),
        "waived": ("Waived", lambda rows, on: rows.filter(waived_on__isnull=False)),
    }
    only = only(questions)


class ResponseFilter(BelongingFilter, AnswerFilter):
    questions = {
        "overdue": ("Overdue", lambda rows, on: rows.overdue(on)),
        "due_soon": ("Due in the next 28 days", lambda rows, on: rows.due_soon(on)),
        "clock_not_started": ("Clock not started", lambda rows, on: rows.clock_not_started()),
        "unanswered": ("Unanswered", lambda rows, on: rows.unanswered()),
        "answered": (
            "Answered",
            lambda rows, on: rows.filter(answer__in=("accepted", "partially_accepted", "not_accepted")),
        ),
    }
    only = only(questions)
