"""What stands around every page, written once for all who are shown the same."""

from typing import NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language

from recommendations.memory import Memory

register = template.Library()
parts = Memory()


class Reader(NamedTuple):
    """All that these parts are told of who reads: by it they are kept."""

    is_authenticated: bool
    is_officer: bool
    is_clerk: bool


@register.simple_tag
def frame_part(name, user=None, **shown):
    reader = Reader(*(getattr(user, field, False) for field in Reader._fields))
    key = (name, get_language(), reader, *shown.items())
    return parts.remember(key, lambda: render_to_string(name, shown | {"user": reader}))
