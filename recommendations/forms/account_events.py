"""What the record of sign-ins and rights can be narrowed by."""

import datetime

import django_filters as filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.forms.fields import DateField
from recommendations.forms.filters import Narrowing
from recommendations.models import AccountEvent, User


def known_people(request):
    return User.objects.filter(Exists(AccountEvent.objects.filter(person=OuterRef("pk")))).order_by("full_name", "pk")


A_DAY = datetime.timedelta(days=1)


class DayFilter(filters.Filter):
    field_class = DateField


class EventFilter(Narrowing):
    person = filters.ModelChoiceFilter(label=_("Whose account"), queryset=known_people, empty_label=_("Anybody’s"))
    kind = filters.ChoiceFilter(label=_("What happened"), choices=AccountEvent.Kind, empty_label=_("Anything"))
    since = DayFilter(label=_("From (optional)"), method="filter_since")
    until = DayFilter(label=_("Until (optional)"), method="filter_until")

    def filter_since(self, queryset, name, day):
        return queryset.filter(at__gt=clock.end_of(day - A_DAY)) if day else queryset

    def filter_until(self, queryset, name, day):
        return queryset.filter(at__lte=clock.end_of(day)) if day else queryset
