"""Who may change what has no rules of its own: reference data, minutes, people, and what belongs to one person alone."""

from django.db import models

from recommendations.models import (
    AgendaItem,
    AttendanceChange,
    Board,
    DiscussionPoint,
    Evidence,
    Feed,
    Following,
    HandOver,
    MailPreference,
    Membership,
    OldTracker,
    Organisation,
    PartnerLink,
    Person,
    Resolution,
    ResponseRegime,
    SavedView,
    SignInRule,
    Statement,
    User,
    Witness,
)
from recommendations.permissions import ADMINISTRATORS, CLERKS, OFFICERS

# Of the model, those whose verbs or whose page in the administration take it from them
ROLES: dict[type[models.Model], tuple[str, ...]] = {
    **dict.fromkeys((SignInRule, Statement), (ADMINISTRATORS,)),
    **dict.fromkeys((Board, Organisation, ResponseRegime, User, Membership), (CLERKS, ADMINISTRATORS)),
    **dict.fromkeys((AgendaItem, AttendanceChange, DiscussionPoint, Resolution, Witness, Person), (CLERKS,)),
    **dict.fromkeys((HandOver, OldTracker, PartnerLink), (CLERKS,)),
    Evidence: (CLERKS, OFFICERS),
}
# One's own, whatever part one has: nobody else changes it but the system, which says why.
ONES_OWN = {Feed: "user_id", Following: "user_id", SavedView: "user_id"}
# An address is that of whoever opens the link in a letter to it.
ANYBODYS = (MailPreference,)
# What comes with the site, or from a command that sets it up, comes from nobody; what is changed of it later does not.
SET_UP = (Board, Organisation, ResponseRegime, User, Membership)


def of_others(model, step):
    """What is wrong with who made this row of a history."""
    person = step.after["history_user_id"]
    if model in SET_UP:
        # Who chooses a password leaves a row that changes nothing else.
        if step.changed_beyond() or (step.before is None and person is not None):
            yield from step.by(roles=ROLES[model])
    elif model in ROLES:
        yield from step.by(roles=ROLES[model])
    elif model in ONES_OWN and person is not None and person != step.after[ONES_OWN[model]]:
        yield "is somebody’s own, and was changed by another person"


def own_columns(model):
    """What is asked of a row, beside that which every history has; of few rows all."""
    return ["version", ONES_OWN[model]] if model in ONES_OWN else ["version"]
