"""Is it done? The allowed changes of progress, in one table that pages, verbs and the printed diagram share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Progress(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    PAUSED = "paused", _("Paused")
    # The officer says it is done; only the Board closes.
    REPORTED_COMPLETE = "reported_complete", _("Reported complete")
    IMPLEMENTED = "closed_implemented", _("Closed: implemented")
    NOT_IMPLEMENTED = "closed_not_implemented", _("Closed: not implemented")
    SUPERSEDED = "closed_superseded", _("Closed: superseded")
    WORK_PROGRAMME = "closed_work_programme", _("Closed: moved to the work programme")


CLOSED = (Progress.IMPLEMENTED, Progress.NOT_IMPLEMENTED, Progress.SUPERSEDED, Progress.WORK_PROGRAMME)
OPEN = tuple(progress for progress in Progress if progress not in CLOSED)

# From each progress to those it may change to. The closed ones are reached through `close` at a meeting, and left
# through `reopen`.
CHANGES = {
    Progress.NOT_STARTED: {Progress.IN_PROGRESS, Progress.PAUSED, Progress.REPORTED_COMPLETE, *CLOSED},
    Progress.IN_PROGRESS: {Progress.PAUSED, Progress.REPORTED_COMPLETE, *CLOSED},
    Progress.PAUSED: {Progress.IN_PROGRESS, Progress.REPORTED_COMPLETE, *CLOSED},
    Progress.REPORTED_COMPLETE: {Progress.IN_PROGRESS, *CLOSED},
    **{closed: {Progress.IN_PROGRESS} for closed in CLOSED},
}


def needs_reason(before, after):
    """Pausing, closing without implementing, and every step back must be explained."""
    steps_back = before == Progress.REPORTED_COMPLETE and after == Progress.IN_PROGRESS
    unexplained = {Progress.PAUSED, Progress.NOT_IMPLEMENTED, Progress.SUPERSEDED, Progress.WORK_PROGRAMME}
    return steps_back or before in CLOSED or after in unexplained


def is_allowed(before, after):
    return after in CHANGES[Progress(before)]
