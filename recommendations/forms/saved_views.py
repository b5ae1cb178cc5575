"""Views of lists that a person keeps: in words, and what keeping and changing one asks."""

import datetime
from urllib.parse import parse_qsl

from django import forms
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from recommendations import words
from recommendations.forms.acts import ActForm
from recommendations.forms.choosing import OwnerField
from recommendations.forms.fields import DateField, bare


def in_words(queries, form):
    """For each address of a list, what it asks for: [(label or "", value)], in the words of the list's own filters.

    All together, so that twenty views ask the database no more often than one; and none for none.
    """
    if not queries:
        return []
    asked = [dict(parse_qsl(query)) for query in queries]
    named = {name: labels(field, {each.get(name, "") for each in asked}) for name, field in form.fields.items()}
    return [told(each, form, named) for each in asked]


def told(asked, form, named):
    filters = [(label_of(form[name]), named[name](value)) for name, value in asked.items() if name in named]
    order = [("", _("in an order of its own"))] if "sort" in asked else []
    rows = [(_("Rows a page"), asked["size"])] if "size" in asked else []
    return filters + order + rows


def label_of(question):
    """As the list itself says what it is narrowed to."""
    return bare(question.label)


def labels(field, values):
    """A function from each of these values of a filter to its words."""
    if isinstance(field, ModelChoiceField):
        keys = [value for value in values if value.isdecimal()]
        found = (
            {str(one.pk): field.label_from_instance(one) for one in field.queryset.filter(pk__in=keys)} if keys else {}
        )
        found |= {field.null_value: field.null_label} if field.null_label else {}
        # An owner may be asked for by name.
        found |= {value: value for value in values if isinstance(field, OwnerField) and not value.isdecimal()} | found
        return lambda value: found.get(value, _("not there any more"))
    if isinstance(field, forms.ChoiceField):
        choices = {str(key): label for key, label in field.choices}
        return lambda value: choices.get(value, _("not there any more"))
    if isinstance(field, DateField):
        return lambda value: words.day(datetime.date.fromisoformat(value))
    return lambda value: value


class SavedViewForm(ActForm):
    name = forms.CharField(label=_("Name of the view"), max_length=80)
    opens_first = forms.BooleanField(
        label=_("Open the list like this"), required=False,
        help_text=_("When you come to the list from the menu. A link there leads to the whole list."),
    )  # fmt: skip


class RemoveViewForm(ActForm):
    """Only the button."""
