"""The three facts about a recommendation as tags: words first, a colour second."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string

from recommendations.models import Answer, Progress, Timeliness
from recommendations.permissions import name_for

register = template.Library()

COLOURS = {
    Progress.NOT_STARTED: "grey",
    Progress.IN_PROGRESS: "blue",
    Progress.PAUSED: "yellow",
    Progress.REPORTED_COMPLETE: "purple",
    Progress.IMPLEMENTED: "green",
    Progress.NOT_IMPLEMENTED: "orange",
    Timeliness.FOLLOW_UP_OVERDUE: "red",
    Timeliness.RESPONSE_OVERDUE: "red",
    Timeliness.ACTION_OVERDUE: "red",
    Timeliness.DUE_SOON: "yellow",
    Timeliness.NO_DATE: "orange",
    Answer.AWAITING: "grey",
    Answer.ACCEPTED: "green",
    Answer.PARTIALLY_ACCEPTED: "green",
    # Not accepting is an answer, and the duty is to answer: so it is never red.
    Answer.NOT_ACCEPTED: "grey",
    Answer.NOTED: "orange",
}


@register.simple_tag
def progress_tag(recommendation):
    return tag(Progress(recommendation.progress))


@register.simple_tag
def timeliness_tag(timeliness):
    return tag(Timeliness(timeliness))


@register.simple_tag
def answer_tag(response):
    return tag(Answer(response.answer))


@register.simple_tag
def name_of(person, to, owner_id):
    """Of somebody who signs in, as the reader `to` may know it."""
    return name_for(to, str(person), by_id=person.pk, owner_id=owner_id) if person else ""


def tag(choice):
    return written(choice.value, str(choice.label), COLOURS.get(choice, ""))


@lru_cache(maxsize=200)
def written(value, label, colour):
    """There are a few dozen, in each language, and a list has two in every row."""
    return render_to_string("includes/status.html", {"value": value, "label": label, "colour": colour})
