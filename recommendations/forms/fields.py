"""Form fields as GOV.UK asks its questions: dates in three parts, choices with hints, errors that say what to do."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import dates
from django.utils.translation import gettext_lazy as _

# What each part of a date is called over its box.
NAMES = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
PARTS = tuple(NAMES)
MISSING = {
    ("day",): _("a day"),
    ("month",): _("a month"),
    ("year",): _("a year"),
    ("day", "month"): _("a day and month"),
    ("day", "year"): _("a day and year"),
    ("month", "year"): _("a month and year"),
}
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# A label that begins with one of these stands in a sentence without an article.
COMPLETE = {"the", "your", "a", "an", "what", "where", "when", "who", "why", "how", "which", "whether"}


OPTIONAL = _("(optional)")


def bare(label):
    """A label without the remark that one need not answer."""
    return str(label).removesuffix(str(OPTIONAL)).strip()


def subject(label):
    """A label as a sentence begins with it."""
    label = bare(label)
    return _("The answer to “%(question)s”") % {"question": label} if label.endswith("?") else label


def the(label):
    """A label as it stands inside a sentence: "Due date" → "the due date"; a question is quoted."""
    label = subject(label)
    if not label[1:2].isupper():
        label = label[:1].lower() + label[1:]
    return label if label.partition(" ")[0] in COMPLETE else _("the %(label)s") % {"label": label}


class DatePart(forms.TextInput):
    """One box of a date; its label is the part's own name."""

    def __init__(self, part):
        width = 4 if part == "year" else 2
        super().__init__({"class": f"govuk-date-input__input govuk-input--width-{width}", "inputmode": "numeric"})
        self.part = part

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["label"] = NAMES[self.part]
        return context


class DateParts(forms.MultiWidget):
    template_name = "django/forms/widgets/date_parts.html"

    def __init__(self, attrs=None):
        super().__init__({part: DatePart(part) for part in PARTS}, attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def value_from_datadict(self, data, files, name):
        """The three parts; an address may also carry the date whole, as in `?on=2027-01-14`."""
        if whole := data.get(name):
            return [*str(whole).split("-")[::-1], "", ""][:3]
        return super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data, files, name):
        return name not in data and super().value_omitted_from_data(data, files, name)


class DateBoundField(forms.BoundField):
    """Marks only the parts of the date that are wrong, and leads the error summary to the first of them."""

    @property
    def parts_in_error(self):
        wrong = [(error.params or {}).get("parts", PARTS) for error in self.errors.as_data()]
        return [part for part in PARTS if any(part in parts for parts in wrong)]

    @property
    def id_for_label(self):
        first = self.parts_in_error[0] if self.errors else PARTS[0]
        return f"{self.auto_id}_{PARTS.index(first)}"

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("aria-invalid", None)
        for subwidget in getattr(widget or self.field.widget, "widgets", ()):
            subwidget.attrs["aria-invalid"] = "true" if subwidget.part in self.parts_in_error else False
        return attrs


class DateField(forms.Field):
    """A date typed in three parts. The month may be a number, "March" or "Mar"."""

    widget = DateParts
    bound_field_class = DateBoundField
    default_error_messages = {
        "incomplete": _("%(field)s must include %(missing)s"),
        "short_year": _("%(field)s must have a year of 4 numbers, like 2027"),
        "unreal": _("%(field)s must be a real date, like 14 1 2027 or 14 January 2027"),
    }

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        day, month, year = typed = [str(part or "").strip() for part in value]
        if not any(typed):
            return None
        self._refuse_gaps(typed)
        numbers = {"day": as_number(day), "month": as_month(month), "year": as_number(year)}
        self._refuse_nonsense(numbers)
        if len(year) != 4:
            raise self._error("short_year", ["year"])
        try:
            return datetime.date(numbers["year"], numbers["month"], numbers["day"])
        except ValueError:
            raise self._error("unreal", PARTS) from None

    def _refuse_gaps(self, typed):
        gaps = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if gaps:
            raise self._error("incomplete", gaps, missing=MISSING[tuple(gaps)])

    def _refuse_nonsense(self, numbers):
        # From the last years that Python knows, no days can be counted on.
        largest = {"day": 31, "month": 12, "year": 2999}
        wrong = [part for part in PARTS if not 1 <= numbers[part] <= largest[part]]
        if wrong:
            raise self._error("unreal", wrong)

    def _error(self, code, parts, **params):
        params |= {"field": subject(self.label or _("The date")), "parts": parts}
        return ValidationError(self.error_messages[code], code=code, params=params)


def as_number(text, digits=4):
    """The number a person typed, or 0, which no part of a date may be."""
    return int(text) if text.isdecimal() and len(text) <= digits else 0


def sent_number(text):
    """A number that a page sent back, or None: what has more digits than a database can hold was made by hand."""
    return as_number(text, digits=18) or None


def as_month(text):
    """The month by number or name, shortened to no less than three letters, in English or the site's language; else 0."""
    name = text.lower().removesuffix(".")
    months = [*enumerate(MONTHS, 1), *((number, str(month).lower()) for number, month in dates.MONTHS.items())]
    named = [number for number, month in months if len(name) >= 3 and month.startswith(name)]
    return named[0] if named else as_number(text)


class Hinted:
    """Choices of which each may carry a hint: `Radios(hints={"paused": "Say why below"})`."""

    def __init__(self, *args, hints=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), "")}


class Radios(Hinted, forms.RadioSelect):
    pass


class Checkboxes(Hinted, forms.CheckboxSelectMultiple):
    pass


def sentences(field):
    """What to say for each way an answer can be wrong, by Django's error codes."""
    if isinstance(field, forms.FileField):
        select, empty = _("Select a file"), _("The selected file is empty: select another")
        return {"required": select, "invalid": select, "missing": select, "empty": empty}
    if isinstance(field, forms.ChoiceField):
        label = the(field.label)
        listed = (_("Select %(label)s from the list") % {"label": label}).replace("%", "%%")
        choose = _("Select %(label)s") % {"label": label}
        return {"required": choose, "invalid_choice": listed, "invalid_list": listed, "invalid_pk_value": listed}
    if isinstance(field, forms.BooleanField):
        return {"required": _("Tick “%(label)s” to go on") % {"label": field.label}}
    required = _("Enter %(label)s") % {"label": the(field.label)}
    return {"required": required} | limits(subject(field.label)) | forms_of(field)


# Filled in twice: with the question here, with the numbers where the answer is checked.
LIMITS = {
    "max_length": (_("%(answer)s must be %(limit)s characters or fewer; it has %(has)s"), "%(limit_value)d"),
    "min_length": (_("%(answer)s must be %(limit)s characters or more"), "%(limit_value)d"),
    "max_value": (_("%(answer)s must be %(limit)s or less"), "%(limit_value)s"),
    "min_value": (_("%(answer)s must be %(limit)s or more"), "%(limit_value)s"),
}


def limits(answer):
    words = {"answer": answer.replace("%", "%%"), "has": "%(show_value)d"}
    return {code: sentence % (words | {"limit": limit}) for code, (sentence, limit) in LIMITS.items()}


def forms_of(field):
    """The errors of fields that take only answers of a certain form."""
    if isinstance(field, forms.IntegerField):
        return {"invalid": _("%(answer)s must be a whole number, like 12") % {"answer": subject(field.label)}}
    if isinstance(field, forms.EmailField):
        return {"invalid": _("Enter an e-mail address in the correct format, like name@example.org")}
    return {}


def stock_messages(field):
    """The errors a field of this class gives when nobody worded them."""
    classes = reversed(type(field).__mro__)
    return {code: text for cls in classes for code, text in vars(cls).get("default_error_messages", {}).items()}


class Worded(dict):
    """The errors of one field, worded when the first is asked for: of most answers none is."""

    def __init__(self, field):
        super().__init__(field.error_messages)
        self.field = field

    def __contains__(self, code):
        self._word()
        return super().__contains__(code)

    def __getitem__(self, code):
        self._word()
        return super().__getitem__(code)

    def _word(self):
        """In place of Django's stock errors sentences that name the question; a field's own messages stay."""
        field, self.field = self.field, None
        if field is None:
            return
        stock = stock_messages(field)
        for code, sentence in sentences(field).items():
            if self.get(code) in (None, stock.get(code)):
                self[code] = sentence


class GovukFormMixin:
    """Replaces Django's stock errors by sentences that name the question."""

    def full_clean(self):
        for question in self:
            question.field.label = question.label
            question.field.error_messages = Worded(question.field)
        super().full_clean()
