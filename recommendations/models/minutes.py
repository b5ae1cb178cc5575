"""Minutes on their way in: the text as pasted, what the reader found in it, and what a clerk made of that."""

import hashlib
import re
import unicodedata

from django.db import models
from django.db.models import Q
from django.urls import reverse

from recommendations import clock
from recommendations.models.tracked import Refused, Tracked, history_of, must_say

# What may stand before the words of a line without changing what they say: list marks and numbers.
LIST_MARK = re.compile(r"^\s*(?:\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.):]+|[-–—•·*])?\s*", re.IGNORECASE)


def digest_of(lines):
    """The same for the same words, however they are numbered, spaced, wrapped or quoted."""
    words = (LIST_MARK.sub("", unicodedata.normalize("NFKC", line), count=1) for line in lines)
    spoken = re.sub(r"[\W_]+", "", "".join(words)).casefold()
    return hashlib.sha256(spoken.encode()).hexdigest()


class MinutesDraftQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state=MinutesDraft.State.UNFINISHED)

    def with_digest(self, digest):
        return self.exclude(state=MinutesDraft.State.DISCARDED).filter(digest=digest)


class MinutesDraft(Tracked):
    """A page of minutes that a clerk is turning into records."""

    class State(models.TextChoices):
        UNFINISHED = "unfinished", "To finish"
        ADOPTED = "adopted", "Adopted"
        DISCARDED = "discarded", "Discarded"

    board = models.ForeignKey("Board", on_delete=models.PROTECT, related_name="drafts")
    held_on = models.DateField("date of the meeting")
    file_name = models.CharField(max_length=255, blank=True)
    text = models.TextField(help_text="The lines as they were read, never changed.")
    digest = models.CharField(max_length=64, editable=False)
    # What the reader found, and the same as a clerk has corrected it: {"items": [{"number", "exempt_paragraph",
    # "findings": [{"id", "kind", "line", "last_line", "text", …}]}]}; recommendations/minutes/drafts.py owns the form.
    found = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State, default=State.UNFINISHED, editable=False)
    created_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="drafts")
    created_on = models.DateField(default=clock.today, editable=False)
    meeting = models.ForeignKey("Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="drafts")
    objects = MinutesDraftQuerySet.as_manager()
    # The text never changes, so the history does not copy it.
    history = history_of(excluded_fields=["text", "found"])

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="the_same_minutes_are_drafted_once",
                fields=["digest"],
                condition=~Q(state="discarded"),
                violation_error_message="These minutes have been entered already.",
            ),
            models.CheckConstraint(
                name="an_adopted_draft_has_its_meeting",
                condition=Q(state="adopted", meeting__isnull=False) | (~Q(state="adopted") & Q(meeting=None)),
                violation_error_message="An adopted draft names its meeting, and no other draft does.",
            ),
        ]

    def __str__(self):
        return f"Minutes of {self.board}, {self.held_on.day} {self.held_on:%B %Y}"

    def get_absolute_url(self):
        """The meeting once adopted, until then the page where it is finished."""
        return self.meeting.get_absolute_url() if self.meeting_id else reverse("draft", args=[self.pk])

    @property
    def is_unfinished(self):
        return self.state == self.State.UNFINISHED

    @property
    def lines(self):
        return self.text.split("\n")

    def correct(self, content, *, by, board=None, held_on=None, version=None):
        """Keep what the clerk changed; the history has every earlier state."""
        with self.changing(by=by, version=version):
            self.must_be_unfinished()
            self.content = content
            self.board, self.held_on = board or self.board, held_on or self.held_on
        return self

    def become_adopted(self, meeting, *, by):
        """Its records are made: `minutes/adopt.py` calls this in the same transaction."""
        with self.changing(by=by, reason=f"Adopted as minutes of {meeting}"):
            self.must_be_unfinished()
            self.state, self.meeting = self.State.ADOPTED, meeting
        return self

    def discard(self, *, by, reason, version=None):
        with self.changing(by=by, reason=reason, version=version):
            self.must_be_unfinished()
            must_say(reason, "Say why the draft is discarded.")
            self.state = self.State.DISCARDED
        return self

    def must_be_unfinished(self):
        if not self.is_unfinished:
            raise Refused(f"This draft is {self.get_state_display().lower()}, so it cannot be changed.")
