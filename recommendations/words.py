"""Days, moments and counts as a person says them: for verbs, pages, files and mails alike."""

from django.utils import timezone
from django.utils.formats import date_format


def day(date):
    """ "14 January 2027"; of a moment, the council's day; of nothing, nothing."""
    return date_format(council_time(date), "j F Y") if date else ""


def moment(at):
    """ "14 January 2027 at 3:04pm", by the council's clock."""
    return date_format(council_time(at), r"j F Y \a\t g:iA").replace("AM", "am").replace("PM", "pm") if at else ""


def council_time(date):
    return timezone.localtime(date) if getattr(date, "tzinfo", None) else date


def count_of(number, nouns):
    """`count_of(3, "report,reports")` → "3 reports"."""
    one, many = nouns.split(",")
    return f"{number:,} {one if number == 1 else many}"
