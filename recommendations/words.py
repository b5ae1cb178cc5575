"""Days, moments and counts as a person says them, in the site's language: for verbs, pages, files and mails alike."""

import datetime
import functools

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import lazy
from django.utils.translation import get_language, npgettext, to_locale
from django.utils.translation import gettext as _
from django.utils.translation import gettext as in_catalogue


def day(date):
    """ "14 January 2027"; of a moment, the council's day; of nothing, nothing."""
    if not date:
        return ""
    on = council_time(date)
    return _day(on.year, on.month, on.day, get_language())


@functools.lru_cache(maxsize=10_000)
def _day(year, month, number, language):
    """Files and histories name the same few days again and again."""
    return date_format(datetime.date(year, month, number), "j F Y")


def choice(row, name):
    """What `row.get_<name>_display()` says. That looks the words of every choice up again for each row of a file."""
    value = getattr(row, name)
    return choices_in_words(row._meta.get_field(name), get_language()).get(value, value)


@functools.cache
def choices_in_words(field, language):
    """{value: words} of a field, in the language that is spoken now, which is named so that each is kept apart."""
    return {value: str(label) for value, label in field.flatchoices}


def moment(at):
    """ "14 January 2027 at 3:04pm", by the council's clock."""
    if not at:
        return ""
    time = council_time(at)
    return _("%(day)s at %(time)s") % {"day": day(time), "time": _time(time.hour, time.minute, get_language())}


@functools.lru_cache(maxsize=2_000)
def _time(hour, minute, language):
    return date_format(datetime.time(hour, minute), "g:iA").lower()


def month(date, *, is_brief=False):
    """ "January 2027"; where there is little room, "Jan 2027"."""
    return date_format(date, "M Y" if is_brief else "F Y")


def brief_day(date):
    """ "14 Jan 2027", where there is little room."""
    return date_format(date, "j M Y")


def council_time(date):
    return timezone.localtime(date) if getattr(date, "tzinfo", None) else date


def count_of(number, nouns):
    """`count_of(3, _("report,reports"))` → "3 reports".

    A translation gives as many forms as its language has, in the order of the plural rule of its catalogue.
    """
    forms = str(nouns).split(",")
    # Translators: which form of a counted noun this number takes. Give the numbers 0, 1, 2… of your language's plural
    # forms, in order. A noun such as "report,reports" is then translated with as many forms, separated by commas.
    form = npgettext("number of the plural form", "0", "1", number)
    return f"{number_format(number, force_grouping=True)} {forms[min(int(form), len(forms) - 1)]}"


def language_tag():
    """The language of what is written now, as HTML and Word name it: "en-GB", "cy"."""
    return to_locale(get_language()).replace("_", "-")


def look_up(text):
    """A text that was marked where no language is known: by the readers of files, in a process of their own."""
    return in_catalogue(str(text))


def filled(text, /, **values):
    """`filled(_("At most %(n)s files"), n=50)`, of a class or a module: looked up, and filled in, when it is shown."""
    return lazy(lambda: text % values, str)()
