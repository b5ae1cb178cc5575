"""The three facts about a recommendation as tags: words first, a colour second."""

from django import template

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


@register.inclusion_tag("includes/status.html")
def progress_tag(recommendation):
    return tag(Progress(recommendation.progress))


@register.inclusion_tag("includes/status.html")
def timeliness_tag(timeliness):
    return tag(Timeliness(timeliness))


@register.inclusion_tag("includes/status.html")
def answer_tag(response):
    return tag(Answer(response.answer))


@register.simple_tag
def name_of(person, to, owner_id):
    """Of somebody who signs in, as the reader `to` may know it."""
    return name_for(to, str(person), by_id=person.pk, owner_id=owner_id) if person else ""


def tag(choice):
    return {"value": choice.value, "label": choice.label, "colour": COLOURS.get(choice, "")}
