"""Words for templates: dates and counts as a person says them, and where an error or a page leads."""

from django import template
from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.translation import gettext as _

from recommendations import words
from recommendations.words import count_of

register = template.Library()
register.filter(words.day)
register.filter(words.moment)
register.filter(words.count_of)
register.simple_tag(words.language_tag)


@register.filter
def days_from(due_on, on):
    """How far a due date is from the day `on`: "12 days overdue", "today", "in 9 days"."""
    days = (due_on - on).days
    if days < 0:
        return _("%(days)s overdue") % {"days": count_of(-days, _("day,days"))}
    return _("in %(days)s") % {"days": count_of(days, _("day,days"))} if days else _("today")


@register.filter
def begins(text, starts):
    """Whether it begins with one of these, which commas divide."""
    return str(text or "").startswith(tuple(starts.split(",")))


@register.filter
def page_numbers(page: Page):
    """The numbers to link, with the paginator's ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def rows_of(paginator, nouns):
    """How many rows a list has, in words, as far as they are counted."""
    counted = count_of(paginator.count, nouns)
    return _("More than %(rows)s") % {"rows": counted} if getattr(paginator, "is_more", False) else counted


@register.filter
def error_links(forms):
    """Every error of a form, a formset or a list of forms, with the id of what to put right."""
    if not forms:
        return []
    if hasattr(forms, "non_form_errors"):
        own = [(f"{forms.prefix}-errors", error) for error in forms.non_form_errors()]
        return own + error_links(forms.forms)
    if hasattr(forms, "non_field_errors"):
        return _errors_of(forms)
    return [link for form in forms for link in error_links(form)]


def _errors_of(form):
    whole = f"{form.prefix or 'form'}-errors"
    own = [(whole, error) for error in form.non_field_errors()]
    hidden = [(whole, f"{field.label}: {error}") for field in form.hidden_fields() for error in field.errors]
    shown = [(_first_control(field), error) for field in form.visible_fields() for error in field.errors]
    return own + hidden + shown


def _first_control(field):
    """Radio buttons and checkboxes have no id of their own: the first of them is meant."""
    return field.id_for_label or (field.subwidgets[0].id_for_label if field.subwidgets else field.auto_id)


@register.simple_block_tag(end_name="endscroll_region")
def scroll_region(content, label):
    """Lets a wide table scroll by keyboard and finger instead of widening the page."""
    return format_html('<div class="app-scroll" role="region" tabindex="0" aria-label="{}">{}</div>', label, content)
