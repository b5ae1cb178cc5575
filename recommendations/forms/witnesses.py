"""What the list of witnesses is narrowed by; what merging two people asks, and taking them apart again."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from recommendations.forms.acts import ActForm, words
from recommendations.forms.filters import BoardFilter, Narrowing, YearFilter, only, within
from recommendations.minutes.acquaintances import Acquaintances
from recommendations.models import Person
from recommendations.words import day


def described(person):
    """A person as a clerk recognises them; needs `with_last_role`."""
    spoke = (
        _("who spoke on %(last_spoke_on)s") % {"last_spoke_on": day(person.last_spoke_on)}
        if person.last_spoke_on
        else ""
    )
    return ", ".join(filter(None, [person.name, person.last_role, spoke]))


class WitnessFilter(Narrowing):
    questions = {
        "led": (_("Their evidence led to a recommendation"), lambda rows, on: rows.filter(led_count__gt=0)),
        "done": (_("It led to one that is implemented"), lambda rows, on: rows.filter(done_count__gt=0)),
        "nothing": (_("No recommendation rests on it"), lambda rows, on: rows.filter(led_count=0)),
    }
    name = filters.CharFilter(label=_("Name"), method="filter_name", max_length=100)
    # The minutes do not always tell the two apart.
    organisation = filters.CharFilter(label=_("Role or organisation"), method="filter_organisation", max_length=100)
    board = BoardFilter(method="leave_to_both")
    year = YearFilter(method="leave_to_both")
    only = only(questions, label=_("What came of it"))

    def filter_name(self, queryset, name, value):
        return queryset.called(value.split(), self.request.user)

    def filter_organisation(self, queryset, name, value):
        return queryset.speaking_as(value.split(), self.request.user)

    def leave_to_both(self, queryset, name, value):
        """Who spoke to one board in one year, and to another in another, is not among them."""
        return queryset

    def filter_queryset(self, queryset):
        given = self.form.cleaned_data
        where = {"item__meeting__board": given["board"]} if given["board"] else {}
        where |= within("item__meeting__held_on", given["year"]) if given["year"] else {}
        rows = super().filter_queryset(queryset)
        return rows.speaking_at(self.request.user, **where) if where else rows


class MergeForm(ActForm):
    into = forms.TypedChoiceField(label=_("Who is it really?"), coerce=int)
    reason = words(_("How do you know?"), rows=3, hint=_("For example: the same post at both meetings."))

    def __init__(self, *args, **kwargs):
        """Names like this one come first. Everybody else follows, because people also change their name."""
        super().__init__(*args, **kwargs)
        everybody = {person.pk: person for person in Person.objects.unmerged().with_last_role()}
        everybody.pop(self.thing.pk, None)
        near = [everybody.pop(one.pk) for one in Acquaintances().near(self.thing.name) if one.pk in everybody]
        groups = [(_("Nearly the same name"), near), (_("Everybody else"), everybody.values())]
        chosen = [(label, [(one.pk, described(one)) for one in people]) for label, people in groups if people]
        self.fields["into"].choices = [("", _("Choose a person")), *chosen]

    def clean_into(self):
        """Who was merged elsewhere in this very moment, the verb refuses in words."""
        return Person.objects.get(pk=self.cleaned_data["into"])


class UnmergeForm(ActForm):
    reason = words(_("How do you know?"), rows=3, hint=_("For example: two people of nearly the same name."))
