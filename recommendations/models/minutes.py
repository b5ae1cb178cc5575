"""Minutes on their way in: the text as pasted, what the reader found in it, and what a clerk made of that."""

import datetime
import hashlib
import re
import unicodedata

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommendations import clock
from recommendations.models.doubts import doubts_in
from recommendations.models.tracked import Refused, Tracked, history_of, must_be_clerk, must_say
from recommendations.words import day, moment

# Without a save for this long, a draft is free for somebody else: whoever had it has gone to lunch.
CLAIM_LASTS = datetime.timedelta(minutes=30)
CLERKS_ONLY = _("Only a clerk works on minutes that come in.")
# What may stand before the words of a line without changing what they say: list marks and numbers.
LIST_MARK = re.compile(r"^\s*(?:\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.):]+|[-–—•·*])?\s*", re.IGNORECASE)


# What nobody hears when the words are read out; but 1.5 is not 15.
SILENT = re.compile(r"(?:(?!(?<=\d)\.\d)[\W_])+")


def digest_of(lines):
    """The same for the same words, however they are numbered, spaced, wrapped or quoted."""
    words = (LIST_MARK.sub("", unicodedata.normalize("NFKC", line), count=1) for line in lines)
    spoken = "".join(SILENT.sub("", line) for line in words).casefold()
    return hashlib.sha256(spoken.encode()).hexdigest()


class Claimed(Refused):
    """Somebody else is working on the draft."""

    def __init__(self, draft):
        super().__init__(
            _("%(claimed_by)s has had this draft since %(claimed_at)s. Take it over before you change it.")
            % {"claimed_by": draft.claimed_by, "claimed_at": moment(draft.claimed_at)}
        )


class MinutesDraftQuerySet(models.QuerySet):
    def unfinished(self):
        return self.filter(state=MinutesDraft.State.UNFINISHED)

    def free_for(self, person):
        """Those that nobody else is working on."""
        return self.filter(Q(claimed_by=None) | Q(claimed_by=person) | Q(claimed_until__lte=clock.now()))

    def entered(self):
        """Those whose text counts as known: what was discarded may be entered again."""
        return self.exclude(state=MinutesDraft.State.DISCARDED)

    def saying(self, *, digest, line_digest):
        """Those of the same minutes, in whatever format and layout they came."""
        return self.filter(Q(digest=digest) | Q(line_digest=line_digest))


class MinutesDraft(Tracked):
    """A page of minutes that a clerk is turning into records."""

    class State(models.TextChoices):
        UNFINISHED = "unfinished", _("To finish")
        ADOPTED = "adopted", _("Adopted")
        DISCARDED = "discarded", _("Discarded")

    board = models.ForeignKey("Board", on_delete=models.PROTECT, related_name="drafts")
    # Minutes of the backlog often do not say; a clerk gives it before they are adopted.
    held_on = models.DateField(_("date of the meeting"), null=True, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    text = models.TextField(help_text=_("The lines as they were read, never changed."))
    # Of the words that the reader found, and of all the lines: page furniture misleads the one, odd wrapping the other.
    digest = models.CharField(max_length=64, editable=False)
    line_digest = models.CharField(max_length=64, editable=False, blank=True, db_index=True)
    file_digest = models.CharField(
        max_length=64,
        editable=False,
        blank=True,
        db_index=True,
        help_text=_("Of the bytes, so that an import need not read them again."),
    )
    # What the reader found, and the same as a clerk has corrected it: {"items": [{"number", "exempt_paragraph",
    # "findings": [{"id", "kind", "line", "last_line", "text", …}]}]}; recommendations/minutes/drafts.py owns the form.
    found = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    doubt_count = models.PositiveIntegerField(_("what still wants a look"), default=0, editable=False)
    # Who is working on it, since when, and until when nobody else may: `CLAIM_LASTS` from their last save.
    claimed_by = models.ForeignKey(
        "User", null=True, editable=False, on_delete=models.PROTECT, related_name="claimed_drafts"
    )
    claimed_at = models.DateTimeField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    state = models.CharField(max_length=12, choices=State, default=State.UNFINISHED, editable=False)
    created_by = models.ForeignKey("User", null=True, on_delete=models.PROTECT, related_name="drafts")
    created_on = models.DateField(default=clock.today, editable=False)
    meeting = models.ForeignKey("Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="drafts")
    objects = MinutesDraftQuerySet.as_manager()
    # The text never changes, so the history does not copy it; nor what each save works out anew. It is sealed as it is.
    sealed_texts = ["text"]
    history = history_of(
        excluded_fields=["text", "found", "line_digest", "file_digest", "doubt_count", "claimed_until"]
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                name="the_same_minutes_are_drafted_once",
                fields=["digest"],
                condition=~Q(state="discarded"),
                violation_error_message=_("These minutes have been entered already."),
            ),
            models.CheckConstraint(
                name="an_adopted_draft_has_its_meeting",
                condition=Q(state="adopted", meeting__isnull=False) | (~Q(state="adopted") & Q(meeting=None)),
                violation_error_message=_("An adopted draft names its meeting, and no other draft does."),
            ),
            models.CheckConstraint(
                name="an_adopted_draft_has_its_date",
                condition=~Q(state="adopted") | Q(held_on__isnull=False),
                violation_error_message=_("Give the date of the meeting."),
            ),
            models.CheckConstraint(
                name="a_claim_says_who_since_when_and_until_when",
                condition=Q(claimed_by=None, claimed_at=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False, claimed_until__isnull=False),
                violation_error_message=_("A claim says who has the draft, since when and until when."),
            ),
        ]

    def __str__(self):
        return _("Minutes of %(board)s, %(held_on)s") % {
            "board": self.board,
            "held_on": day(self.held_on) or _("no date yet"),
        }

    def save(self, **options):
        self.doubt_count = sum(doubts_in(self.content).values())
        super().save(**options)

    def get_absolute_url(self):
        """The meeting once adopted, until then the page where it is finished."""
        return self.meeting.get_absolute_url() if self.meeting_id else reverse("draft", args=[self.pk])

    @property
    def is_unfinished(self):
        return self.state == self.State.UNFINISHED

    @property
    def lines(self):
        return self.text.split("\n")

    @property
    def claimant(self):
        """Who is working on it; nobody once they have saved nothing for a while."""
        return self.claimed_by if self.claimed_until and clock.now() < self.claimed_until else None

    def is_held_from(self, person):
        """Somebody else is working on it."""
        return self.claimant not in (None, person)

    def correct(self, content, *, by, board=None, held_on=None, version=None, leaves=False):
        """Keep what the clerk changed, who has the draft from then on or `leaves` it to whoever comes next."""
        with self.changing(by=by, version=version):
            self.must_be_open_to(by)
            self.content = content
            self.board, self.held_on = board or self.board, held_on or self.held_on
            if leaves:
                self._set_free()
            else:
                self._claim(by)
        return self

    def claim(self, *, by):
        """Go on with it, nothing being changed yet."""
        with self.locked():
            self.must_be_open_to(by)
            self._record_claim(by, reason=_("Claimed"))
        return self

    def take_over(self, *, by):
        """Have it from now on, whoever had it: their next save is refused and names the new one."""
        with self.locked():
            must_be_clerk(by, CLERKS_ONLY)
            self.must_be_unfinished()
            held_from = self.claimant if self.is_held_from(by) else None
            self._record_claim(
                by, reason=_("Taken over from %(held_from)s") % {"held_from": held_from} if held_from else _("Claimed")
            )
        return self

    def release(self, *, by):
        """Leave it to whoever comes next; it is nobody else's to leave."""
        with self.locked():
            must_be_clerk(by, CLERKS_ONLY)
            if self.claimed_by == by:
                self._set_free()
                self.record(by=by, reason=_("Left for later"))
        return self

    def _set_free(self):
        self.claimed_by = self.claimed_at = self.claimed_until = None

    def _claim(self, person):
        now = clock.now()
        if self.claimant != person:
            self.claimed_by, self.claimed_at = person, now
        self.claimed_until = now + CLAIM_LASTS

    def _record_claim(self, person, *, reason):
        """The version stays: what is in the draft does not change, so nobody's form becomes stale."""
        is_theirs = self.claimant == person
        self._claim(person)
        if is_theirs:
            # Only longer than before, which the history does not keep.
            self.save_without_historical_record()
        else:
            self.record(by=person, reason=reason)

    def become_adopted(self, meeting, *, by):
        """Its records are made: `minutes/adopt.py` calls this in the same transaction."""
        with self.changing(by=by, reason=_("Adopted as minutes of %(meeting)s") % {"meeting": meeting}):
            self.must_be_open_to(by)
            self.state, self.meeting = self.State.ADOPTED, meeting
            self._set_free()
        return self

    def discard(self, *, by, reason, version=None):
        with self.changing(by=by, reason=reason, version=version):
            self.must_be_open_to(by)
            must_say(reason, _("Say why the draft is discarded."))
            self.state = self.State.DISCARDED
            self._set_free()
        return self

    def must_be_unfinished(self):
        if not self.is_unfinished:
            raise Refused(
                _("This draft is %(state)s, so it cannot be changed.") % {"state": self.get_state_display().lower()}
            )

    def must_be_open_to(self, by):
        """A clerk is at work, on a draft that is not finished and that nobody else has; the system waits for nobody."""
        must_be_clerk(by, CLERKS_ONLY)
        self.must_be_unfinished()
        if by is not None and self.is_held_from(by):
            raise Claimed(self)
