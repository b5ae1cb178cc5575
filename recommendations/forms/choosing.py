"""Choosing one of many in a filter: as many as one can look through stand in a list, of others the name is typed."""

from itertools import chain

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from recommendations import words
from recommendations.memory import Memory

# Nobody looks through more; and a page that named thousands would take longer to make than all the rest of it.
MOST = 100
# Whether there are more than that, for each reader.
typed = Memory()
# The names of the latest meetings, as they stand in a list.
latest = Memory(most=20)


class Later:
    """A queryset that is written when it is first asked for something: most pages ask nothing of theirs."""

    def __init__(self, write):
        self.write = write

    @cached_property
    def written(self):
        return self.write()

    def all(self):
        """A form copies its fields; this one nobody changes."""
        return self

    def __getattr__(self, name):
        return getattr(self.written, name)


class FewChoices(ModelChoiceIterator):
    """Those that the field has read already."""

    def __iter__(self):
        own = [("", self.field.empty_label), (self.field.null_value, self.field.null_label)]
        return chain((pair for pair in own if pair[1] is not None), map(self.choice, self.field.few))


class OwnerBoundField(forms.BoundField):
    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if field.is_typed:
            self.help_text = _("Type a name, or “none” for what has no owner.")

    def as_widget(self, widget=None, attrs=None, only_initial=False):
        is_typed = widget is None and self.field.is_typed
        return super().as_widget(forms.TextInput() if is_typed else widget, attrs, only_initial)

    def value(self):
        """Of a number that stands in the address, the name."""
        value = super().value()
        if not (self.field.is_typed and str(value or "").isdecimal()):
            return value
        return next((str(one) for one in self.field.queryset.filter(pk=value)), value)


class OwnerField(ModelChoiceField):
    """A person, by number (as links have it) or by name."""

    # Who may choose, in as many words as tell readers apart.
    reader: tuple = ()
    iterator = FewChoices
    bound_field_class = OwnerBoundField
    default_error_messages = {
        "unknown": _("No owner has this name. Type it as the lists have it"),
        "several": _("Several owners have this in their names. Type the whole name"),
    }

    @cached_property
    def found(self):
        return list(self.queryset.order_by()[: MOST + 1])

    @property
    def few(self):
        """All there are, by name."""
        return sorted(self.found, key=str)

    @property
    def is_typed(self):
        """Whether there are too many for a list: for a while that stays so, whoever comes or goes."""
        return typed.remember((self.reader,), self.are_many) if self.reader else self.are_many()

    def are_many(self):
        return len(self.found) > MOST

    def to_python(self, value):
        typed = str(value or "").strip()
        if not typed or typed == self.null_value or typed.isdecimal():
            return super().to_python(typed)
        alike = self.queryset.filter(full_name__icontains=typed)
        same = [one for one in alike[: MOST + 1] if one.full_name.casefold() == typed.casefold()]
        found = same or list(alike[:2])
        if len(found) != 1:
            code = "several" if found else "unknown"
            raise ValidationError(self.error_messages[code], code=code)
        return found[0]


class LatestChoices(ModelChoiceIterator):
    """The latest ones, and the one that the address asks for."""

    def __iter__(self):
        yield "", self.field.empty_label
        shown = tuple(self.queryset[:MOST].values_list("pk", "held_on", "board__name"))
        # To write a hundred days takes longer than to find them.
        yield from latest.remember((get_language(), shown), lambda: self.named(shown))

    def named(self, shown):
        return [(pk, self.field.named(held_on, board)) for pk, held_on, board in shown]


class MeetingField(ModelChoiceField):
    """Of many meetings the latest stand in the list; a link may lead to any."""

    iterator = LatestChoices

    def label_from_instance(self, meeting):
        return self.named(meeting.held_on, meeting.board)

    def named(self, held_on, board):
        return f"{words.day(held_on)} – {board}"
