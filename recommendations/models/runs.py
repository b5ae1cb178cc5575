"""What runs every day by itself: a record of each run, since nobody is there to see that one did not come."""

import logging
from contextlib import contextmanager, suppress

from django.db import DatabaseError, models
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.models.tracked import Refused

_log = logging.getLogger(__name__)


class RunQuerySet(models.QuerySet):
    def latest_of(self, task):
        """The last one that was begun, or None."""
        return self.filter(task=task).order_by("-id").first()

    def latest_done(self, task):
        """The last one that came to its end without a problem, or None."""
        return self.filter(task=task, problem="").exclude(ended_at=None).order_by("-ended_at").first()


class Run(models.Model):
    """One run of what must be done every day: when it began, when it came to its end, and what it did or could not do."""

    class Task(models.TextChoices):
        REMINDERS = "reminders", _("Reminders")
        SEALS = "seals", _("Seals")

    task = models.CharField(max_length=20, choices=Task, editable=False)
    began_at = models.DateTimeField(editable=False)
    # Of a run that was killed, never.
    ended_at = models.DateTimeField(null=True, editable=False)
    words = models.TextField(blank=True, editable=False)
    problem = models.TextField(blank=True, editable=False)
    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(name="runs_of_a_task_by_their_end", fields=["task", "-ended_at"])]

    def __str__(self):
        return f"{self.get_task_display()}: {self.began_at}"

    @property
    def is_done(self):
        return self.ended_at is not None and not self.problem

    @classmethod
    @contextmanager
    def of(cls, task):
        """On record before anything is done, so that one that is killed is known to have begun."""
        run = cls(task=task, began_at=clock.now())
        run.save()
        try:
            yield run
        except BaseException as error:
            # The words of a refusal are for people, and its command says them; those of any other error may quote a row.
            run.problem = str(error) if isinstance(error, Refused) else type(error).__name__
            if not isinstance(error, Refused):
                _log.warning("%s did not come to their end: %s", run.get_task_display(), run.problem)
            raise
        finally:
            run.ended_at = clock.now()
            # Where this cannot be written, what the run did is done all the same.
            with suppress(DatabaseError):
                run.save()
