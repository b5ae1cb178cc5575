"""The filters of the lists, kept in the address, so that every number can link to exactly the rows it counts."""

from functools import partial
from urllib.parse import urlencode

import django_filters as filters
from django import forms
from django.db.models import Exists, Max, Min, Model, OuterRef, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from recommendations import clock, words
from recommendations.forms.choosing import Later, MeetingField, OwnerField
from recommendations.forms.fields import DateField, GovukFormMixin, bare
from recommendations.forms.figures import AnswerFilter, SlipFilter, TimeToCloseFilter
from recommendations.memory import Memory
from recommendations.models import Board, Meeting, Organisation, Progress, Recommendation, Timeliness, User
from recommendations.models.progress import CLOSED
from recommendations.models.saved_views import WHOLE
from recommendations.municipal import days_of, year_in_words, year_of
from recommendations.permissions import is_clerk, reader

NO_OWNER = "none"
# How many rows a page may have; the first unless the address says otherwise.
SIZES = (25, 50, 100)


# Filters as they are written on pages: those of a list are mostly the same for everybody, and take as long as its rows.
written = Memory(most=200)
# What one may choose there, and the tables that it is made from and nothing else.
choices = Memory(most=200)
MADE_FROM = {
    "board": ("board",),
    "organisation": ("organisation",),
    "regime": ("responseregime",),
    "year": ("meeting",),
}


class FilterForm(GovukFormMixin, forms.Form):
    # The newest rows of the tables, where the page has asked for them (views/written.py).
    newest: dict[str, int] = {}

    def render(self, *args, **kwargs):
        """Written once for the same questions, choices and answers: a change of a record leaves most filters as they were."""
        if self.errors:
            return super().render(*args, **kwargs)
        asked = [(name, self[name].value(), self.choices(name, field)) for name, field in self.fields.items()]
        key = (type(self).__name__, get_language(), clock.today(), repr(asked))
        return written.remember(key, lambda: super(FilterForm, self).render(*args, **kwargs))

    # Django's names for the same.
    __str__ = __html__ = render

    def choices(self, name, field):
        """What one may choose, read once for each version of its tables; of an owner that is typed, that it is."""
        if getattr(field, "is_typed", False) or not hasattr(field, "choices"):
            return str(field.label)
        versions = [self.newest.get(table) for table in MADE_FROM.get(name, ())]
        key = (type(self).__name__, name, get_language(), *versions)
        field.widget.choices = choices.remember(key, partial(in_strings, field)) if any(versions) else in_strings(field)
        return field.widget.choices


def in_strings(field):
    return [("" if value is None else str(value), str(label)) for value, label in field.choices]


class DayFilter(filters.Filter):
    """As of which day? The day is used by the view before anything is filtered."""

    field_class = DateField

    def filter(self, queryset, value):
        return queryset


def ever_owners(request):
    """Everyone who owns something, or did on a day that may be asked about.

    Of what may be read: who owns exempt matter alone is named to nobody else.
    """
    owned = Recommendation.history.filter(owner=OuterRef("pk"))
    if not is_clerk(request.user):
        owned = owned.filter(id__in=Recommendation.objects.visible_to(request.user).order_by().values("pk"))
    # One row of each is looked for: `Exists` would be made into a join with the whole history.
    return User.objects.alias(owned=Subquery(owned.order_by().values("id")[:1])).filter(owned__isnull=False)


class OwnerFilter(filters.ModelChoiceFilter):
    field_class = OwnerField

    @property
    def field(self):
        field = super().field
        field.reader = reader(self.parent.request.user)
        return field

    def __init__(self, **options):
        super().__init__(
            label=_("Owner"), queryset=lambda request: Later(partial(ever_owners, request)),
            empty_label=_("Anyone"), null_label=_("No owner"), null_value=NO_OWNER, **options,
        )  # fmt: skip


class BoardFilter(filters.ModelChoiceFilter):
    def __init__(self, **options):
        super().__init__(label=_("Board"), queryset=Board.objects.all(), empty_label=_("All boards"), **options)


def municipal_years():
    """The years in which there are meetings, the latest first: ("2026", "2026/27")."""
    days = Meeting.objects.aggregate(first=Min("held_on"), last=Max("held_on"))
    if days["first"] is None:
        return []
    first, last = year_of(days["first"]), year_of(days["last"])
    return [(str(year), year_in_words(year)) for year in range(last, first - 1, -1)]


class YearFilter(filters.ChoiceFilter):
    """A municipal year, from May to April, by the year in which it begins; `field_name` leads to a day."""

    def __init__(self, **options):
        super().__init__(label=_("Municipal year"), choices=municipal_years, empty_label=_("All years"), **options)

    def filter(self, queryset, value):
        return queryset.filter(**within(self.field_name, value)) if value else queryset


def within(path, year):
    """What to filter by for days of the municipal year that begins in `year`."""
    return {f"{path}__range": days_of(int(year))}


class Narrowing(filters.FilterSet):
    """Filters in the address, each said in words with the way to take it away."""

    # {name in the address: (words, what to ask of the queryset on a day)}, for the filter `only`.
    questions = {}

    class Meta:
        form = FilterForm

    @property
    def form(self):
        form = super().form
        form.newest = getattr(self.request, "newest", {})
        return form

    @property
    def day(self):
        """The day that questions are asked about."""
        return clock.today()

    def filter_only(self, queryset, name, value):
        return self.questions[value][1](queryset, self.day)

    def leave_to_the_view(self, queryset, name, value):
        return queryset

    @property
    def narrowed(self):
        """What the list is narrowed to: (label, value in words, address without it) for each filter in use."""
        told = ((name, self.in_words(name, value)) for name, value in self.used.items())
        return [(self.label(name), words, self.address_without(name)) for name, words in told]

    @property
    def used(self):
        """{name: value} of the filters in use; none where the address makes no sense."""
        if not self.form.is_valid():
            return {}
        given = self.form.cleaned_data
        return {f.name: given[f.name] for f in self.form.visible_fields() if given.get(f.name) not in (None, "")}

    @property
    def query(self):
        """{name: text} of the filters in use, as an address has them; a day always whole."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else self.data[name]
            for name, value in self.used.items()
        }

    def label(self, name):
        return bare(self.form[name].label)

    def in_words(self, name, value):
        field = self.form.fields[name]
        if hasattr(value, "strftime"):
            return words.day(value)
        if isinstance(value, Model):
            return field.label_from_instance(value)
        return next((label for key, label in getattr(field, "choices", []) if str(key) == str(value)), value)

    def address_without(self, name):
        kept = {key: value for key, value in self.data.items() if key.partition("_")[0] not in (name, "page", "all")}
        return f"?{urlencode(kept) or WHOLE}"


class ListFilter(Narrowing):
    """What every list can be narrowed by. `only` names a question of the querysets ("overdue", "no_owner" …)."""

    board = BoardFilter()
    owner = OwnerFilter()
    on = DayFilter(label=_("As of (optional)"))

    @property
    def day(self):
        """The day asked about: `on` of the address, or today. Readable before the filters are applied."""
        return (self.form.cleaned_data.get("on") if self.form.is_valid() else None) or clock.today()


def only(questions, label=None):
    choices = [(name, words) for name, (words, question) in questions.items()]
    wrong = {"invalid_choice": _("Select what to show from the list")}
    return filters.ChoiceFilter(
        label=label or _("Show"), choices=choices, method="filter_only", empty_label=_("All"), error_messages=wrong
    )


def asking_meetings(request):
    """Those that asked for something which the reader may see, the latest first."""
    asked = Recommendation.objects.visible_to(request.user).filter(item__meeting=OuterRef("pk"))
    return Meeting.objects.filter(Exists(asked)).latest_first()


class MeetingFilter(filters.ModelChoiceFilter):
    field_class = MeetingField

    def __init__(self, **options):
        super().__init__(queryset=asking_meetings, **options)


class RecommendationFilter(ListFilter, SlipFilter, TimeToCloseFilter):
    questions = {
        "open": (_("Open"), lambda rows, on: rows.open()),
        "closed": (_("Closed"), lambda rows, on: rows.closed()),
        "overdue": (_("Action overdue"), lambda rows, on: rows.overdue(on)),
        "due_soon": (_("Action due in the next 28 days"), lambda rows, on: rows.due_soon(on)),
        "reported_complete": (_("Reported complete, waiting for the Board"), lambda rows, on: rows.reported_complete()),
        "no_owner": (_("Open, no owner"), lambda rows, on: rows.without_owner()),
        "no_date": (_("Open, no date set"), lambda rows, on: rows.without_date(on)),
        "silent": (_("Overdue, and no update for four weeks"), lambda rows, on: rows.silent(on)),
    }
    only = only(questions)
    progress = filters.ChoiceFilter(
        label=_("Progress"), choices=Progress, empty_label=_("Any"), method="filter_progress"
    )
    timeliness = filters.ChoiceFilter(
        label=_("Timeliness"), choices=Timeliness, empty_label=_("Any"), method="filter_timeliness"
    )
    kind = filters.ChoiceFilter(label=_("Kind"), choices=Recommendation.Kind, empty_label=_("Any"))
    year = YearFilter(field_name="item__meeting__held_on")
    meeting = MeetingFilter(label=_("Asked at"), field_name="item__meeting", empty_label=_("Any meeting"))
    organisation = filters.ModelChoiceFilter(
        label=_("Asked of"), queryset=Organisation.objects.all(), empty_label=_("Anybody"), method="filter_organisation"
    )
    followed = filters.ChoiceFilter(
        label=_("Followed"),
        choices=[("me", _("By me"))],
        empty_label=_("By anyone or no one"),
        method="filter_followed",
    )

    def filter_timeliness(self, queryset, name, value):
        return queryset.of_timeliness(value, self.day)

    def filter_progress(self, queryset, name, value):
        """By constraint only what is closed has a day of closing: said, so that the indexes of open rows serve."""
        return queryset.filter(progress=value, closed_on__isnull=value not in CLOSED)

    def filter_organisation(self, queryset, name, value):
        return queryset.addressed_to(value, self.day)

    def filter_followed(self, queryset, name, value):
        user = self.request.user
        if not user.is_authenticated:
            return queryset.none()
        return queryset.filter(id__in=user.followings.active().values("recommendation"))


class BelongingFilter(ListFilter):
    """For what belongs to a recommendation: board and owner are the recommendation's, so the view narrows by them."""

    board = BoardFilter(method="leave_to_the_view")
    owner = OwnerFilter(method="leave_to_the_view")


class FollowUpFilter(BelongingFilter, SlipFilter):
    questions = {
        "overdue": (_("Overdue"), lambda rows, on: rows.overdue(on)),
        "due_soon": (_("Due in the next 28 days"), lambda rows, on: rows.due_soon(on)),
        "not_yet_due": (_("Due later"), lambda rows, on: rows.not_yet_due(on)),
        "no_date": (_("Awaited, no date set"), lambda rows, on: rows.without_date()),
        "awaiting_board": (_("Submitted, waiting for the Board"), lambda rows, on: rows.awaiting_board()),
        "received": (_("Received by the Board"), lambda rows, on: rows.exclude(verdict="")),
        "late": (_("Submitted late"), lambda rows, on: rows.submitted_late()),
        "on_time": (_("Submitted on time"), lambda rows, on: rows.submitted_on_time()),
        "waived": (_("Waived"), lambda rows, on: rows.filter(waived_on__isnull=False)),
    }
    only = only(questions)
    # Which of them leave what is awaited alone.
    awaited = ("overdue", "due_soon", "not_yet_due", "no_date")


class ResponseFilter(BelongingFilter, AnswerFilter):
    questions = {
        "overdue": (_("Overdue"), lambda rows, on: rows.overdue(on)),
        "due_soon": (_("Due in the next 28 days"), lambda rows, on: rows.due_soon(on)),
        "clock_not_started": (_("Clock not started"), lambda rows, on: rows.clock_not_started()),
        "unanswered": (_("Unanswered"), lambda rows, on: rows.unanswered()),
        "answered": (
            _("Answered"),
            lambda rows, on: rows.filter(answer__in=("accepted", "partially_accepted", "not_accepted")),
        ),
    }
    only = only(questions)
