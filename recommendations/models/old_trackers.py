"""A tracker that was kept before: the file as it came, what a clerk made of its columns and words, and what came of it."""

import hashlib

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.models.files import WithFile
from recommendations.models.tracked import Refused, Tracked, history_of, must_be_clerk, must_say

CLERKS_ONLY = _("Only a clerk brings in old trackers.")


class OldTrackerQuerySet(models.QuerySet):
    def for_list(self):
        """Without what only the pages of one tracker show."""
        return self.select_related("board", "created_by").defer("tables", "columns", "statuses", "owners")

    def brought_in(self):
        return self.exclude(brought_in_on=None)


class OldTracker(WithFile, Tracked):
    """A spreadsheet or Word table in which a board was followed up before, on its way in."""

    board = models.ForeignKey("Board", on_delete=models.PROTECT, related_name="old_trackers")
    file_digest = models.CharField(max_length=64, editable=False, db_index=True)
    # Every cell as it was read, never changed; recommendations/old_trackers/sheets.py owns the form.
    tables = models.JSONField(default=list)
    # What a clerk made of them: {heading in plain words: what it means}, {status as it is written: progress, or ""},
    # {owner as it is written: id of the person, or None}. What is missing in one is as it was recognised.
    columns = models.JSONField(default=dict, blank=True)
    statuses = models.JSONField(default=dict, blank=True)
    owners = models.JSONField(default=dict, blank=True)
    fills_down = models.BooleanField(_("an empty cell repeats the one above it"), default=False)
    held_on = models.DateField(_("meeting of rows that name none"), null=True, blank=True)
    closes_on = models.DateField(_("meeting at which closed rows were closed"), null=True, blank=True)
    created_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="old_trackers")
    created_on = models.DateField(default=clock.today, editable=False)
    brought_in_on = models.DateField(null=True, editable=False)
    # {"made": 12, "doubtful": 3, "there": 0, "joined": 1, "refused": [["row 7", "why"]]}
    came_of_it = models.JSONField(default=dict, editable=False)
    discarded_on = models.DateField(null=True, editable=False)
    objects = OldTrackerQuerySet.as_manager()
    # The cells never change, so the history does not copy them: they are sealed as they stand.
    sealed_texts = ["tables"]
    history = history_of(excluded_fields=["tables"])

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="an_old_tracker_is_brought_in_or_discarded_not_both",
                condition=Q(brought_in_on=None) | Q(discarded_on=None),
                violation_error_message=_("What was brought in cannot be discarded."),
            )
        ]

    def __str__(self):
        return f"{self.file_name or _('Old tracker')}, {self.board}"

    def get_absolute_url(self):
        """Where it is finished, or what came of it."""
        return reverse("tracker-check" if self.brought_in_on else "tracker", args=[self.pk])

    @property
    def file_url(self):
        return reverse("tracker-file", args=[self.pk])

    @property
    def is_unfinished(self):
        return self.brought_in_on is None and self.discarded_on is None

    def row_name(self, where):
        """Where a record comes from, for its history."""
        return _("Brought from %(file_name)s, %(where)s") % {
            "file_name": self.file_name or _("an old tracker"),
            "where": where,
        }

    @classmethod
    def begin(cls, upload, data, tables, *, board, by):
        """Keep the file with what was read of it; nothing is made yet."""
        must_be_clerk(by, CLERKS_ONLY)
        tracker = cls(board=board, tables=tables, created_by=by, file_digest=hashlib.sha256(data).hexdigest())
        return tracker.attach(upload).record(by=by)

    def name_columns(self, columns, *, by, held_on=None, closes_on=None, fills_down=False, version=None):
        """Say what its headings mean, and at which meetings took place what it names none for."""
        with self.changing(by=by, version=version):
            self.must_be_open_to(by)
            self.columns, self.fills_down = columns, fills_down
            self.held_on, self.closes_on = held_on, closes_on
        return self

    def map_words(self, *, statuses, owners, by, version=None):
        """Say what its words on progress mean, and which people its owners are."""
        with self.changing(by=by, version=version):
            self.must_be_open_to(by)
            self.statuses, self.owners = statuses, owners
        return self

    def become_brought_in(self, came_of_it, *, by):
        """Its records are made: `old_trackers/bring.py` calls this in the same transaction."""
        with self.changing(by=by, reason=_("Brought in")):
            self.must_be_open_to(by)
            self.brought_in_on, self.came_of_it = clock.today(), came_of_it
        return self

    def discard(self, *, by, reason, version=None):
        with self.changing(by=by, reason=reason, version=version):
            self.must_be_open_to(by)
            must_say(reason, _("Say why the tracker is discarded."))
            self.discarded_on = clock.today()
        return self

    def must_be_open_to(self, by):
        must_be_clerk(by, CLERKS_ONLY)
        if not self.is_unfinished:
            raise Refused(_("This tracker has been brought in or discarded, so nothing in it can be changed."))

    def earlier(self):
        """The same file as it was brought in before, if it was."""
        same = OldTracker.objects.brought_in().filter(file_digest=self.file_digest).exclude(pk=self.pk)
        return same.for_list().first()
