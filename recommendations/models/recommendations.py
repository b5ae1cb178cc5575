"""What a board recommended, who owns it, where it stands, and the verbs that change that."""

import re

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommendations import clock, permissions
from recommendations.models.boards import Board
from recommendations.models.due_dates import Dated
from recommendations.models.exempt import Exemptable, readable
from recommendations.models.progress import CLOSED, OPEN, Progress, is_allowed, needs_reason
from recommendations.models.timeliness import PastRecommendations, RecommendationTimes
from recommendations.models.tracked import Refused, history_of, must_be_clerk, must_say
from recommendations.models.updates import Evidence, ProgressUpdate


def slug_of(reference):
    """A reference as it stands in an address: "SCSB R3/26" → "SCSB-R3-26"."""
    return re.sub(r"[^A-Za-z0-9]+", "-", reference).strip("-")


class RecommendationQuerySet(RecommendationTimes, models.QuerySet):
    def visible_to(self, user):
        flags = ["exempt_paragraph", "item__exempt_paragraph"]
        return self.filter(readable(user, flags=flags, board="board", owner="owner"))

    def restricted(self):
        """Exempt themselves, or part of an exempt item: two indexes that hold nothing else lead there."""
        rows = Recommendation.objects.order_by().values("id")
        own, of_item = rows.filter(exempt_paragraph__isnull=False), rows.filter(item__exempt_paragraph__isnull=False)
        return self.filter(id__in=own.union(of_item))

    def restriction(self, user):
        """A word that changes with whatever becomes exempt, is opened, or is restricted and comes to be read by `user`."""
        rows = self.restricted()
        return rows.in_a_word(), rows.visible_to(user).in_a_word()

    def in_a_word(self):
        """A word for which these are; "" of none."""
        found = self.order_by().aggregate(n=Count("id"), sum=Sum("id"), squares=Sum(F("id") * F("id")))
        return "-".join(map(str, found.values())) if found["n"] else ""

    def for_page(self):
        return self.select_related("board", "owner", "closed_at__board", "item__meeting__board")

    def decided_by(self, board):
        """What a meeting of `board` may decide on: see `Recommendation.deciding_boards`."""
        lines = Board.objects.lines()
        before = {board.pk, *(pk for pk, line in lines.items() if board.pk in line)}
        followed_up = Q(board__in=before)
        if not lines.get(board.pk):
            # Where nobody took over, no meeting need be looked up.
            return self.filter(followed_up)
        return self.filter(followed_up | Q(board__in=lines[board.pk], item__meeting__board__in=before))


class Recommendation(Exemptable, Dated):
    """What a board asked to be done, considered or reported back, in the board's own words."""

    class Kind(models.TextChoices):
        DO = "do", _("Do something")
        CONSIDER = "consider", _("Consider something")
        REPORT_BACK = "report_back", _("Report back")
        ACTION = "action", _("Action")

    Progress = Progress

    item = models.ForeignKey("AgendaItem", on_delete=models.PROTECT, related_name="recommendations")
    board = models.ForeignKey(
        "Board", on_delete=models.PROTECT, related_name="recommendations",
        help_text=_("Who follows it up today; the board that made it is its meeting's."),
    )  # fmt: skip
    reference = models.CharField(max_length=80, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(_("number in the minutes"), max_length=12, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    line = models.PositiveIntegerField(null=True, blank=True)
    # Of those brought in from a tracker that was kept before: whence, and what it called them.
    tracker = models.ForeignKey(
        "OldTracker", null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations", editable=False
    )
    old_reference = models.CharField(max_length=80, blank=True, editable=False, db_index=True)
    text = models.TextField(_("the Board's words"))
    title = models.CharField(_("short title"), max_length=200)
    owner = models.ForeignKey("User", null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations")
    progress = models.CharField(max_length=30, choices=Progress, default=Progress.NOT_STARTED, editable=False)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_at = models.ForeignKey("Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="closed")
    closing_minute = models.CharField(_("minute number"), max_length=30, blank=True)
    outcome_note = models.TextField(_("what changed because of it"), blank=True)
    objects = RecommendationQuerySet.as_manager()
    history = history_of(
        historical_queryset=PastRecommendations,
        unasked=["reference", "slug", "old_reference", "tracker", "closed_at"],
    )

    date_change_key = "recommendation"

    class Meta:
        ordering = ["-item__meeting__held_on", "position"]
        constraints = [
            *Exemptable.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="closing_day_and_meeting_are_set_together",
                condition=Q(closed_on=None, closed_at=None) | Q(closed_on__isnull=False, closed_at__isnull=False),
                violation_error_message=_(
                    "A closed recommendation has its day and its meeting; an open one has neither."
                ),
            ),
            models.CheckConstraint(
                name="a_recommendation_is_closed_on_a_day_or_open",
                condition=Q(progress__in=OPEN, closed_on=None) | Q(progress__in=CLOSED, closed_on__isnull=False),
                violation_error_message=_("Only a closed recommendation has a closing day."),
            ),
        ]
        # None of them looks at the progress, which changes most: such a change then touches no index (docs/large-sites.md).
        indexes = [
            models.Index(name="open_by_owner_and_due", fields=["owner", "due_on"], condition=Q(closed_on=None)),
            models.Index(name="open_by_due", fields=["due_on"], condition=Q(closed_on=None)),
            models.Index(name="open_by_board", fields=["board"], condition=Q(closed_on=None)),
            models.Index(name="by_times_moved", fields=["times_moved", "id"]),
            models.Index(name="restricted_ones", fields=["id"], condition=Q(exempt_paragraph__isnull=False)),
        ]

    def __str__(self):
        return f"{self.reference}: {self.title}"

    def save(self, *args, **kwargs):
        self.slug = slug_of(self.reference)
        super().save(*args, **kwargs)

    @classmethod
    def is_taken(cls, reference):
        """Something has this reference, or one that differs in its signs alone and so has the same address."""
        return cls.objects.filter(slug=slug_of(reference)).exists()

    def get_absolute_url(self):
        return reverse("recommendation", args=[self.slug])

    @property
    def subject(self):
        return self

    @property
    def is_open(self):
        return self.progress not in CLOSED

    @property
    def is_awaited(self):
        return self.is_open

    @property
    def is_restricted(self):
        """Exempt itself, or part of an exempt item."""
        return self.is_exempt or self.item.is_exempt

    def deciding_boards(self):
        """Ids of the boards that may decide on it: the one that follows it up, the one that made it, their successors."""
        boards, lines = {self.board_id, self.item.meeting.board_id}, Board.objects.lines()
        return boards.union(*(lines.get(pk, ()) for pk in boards))

    def must_be_decided_at(self, meeting):
        """Refuses the meeting of a board that has no part in this."""
        if meeting is None or meeting.board_id == self.board_id:
            return
        if meeting.board_id not in self.deciding_boards():
            raise Refused(
                _("%(board)s does not decide on %(reference)s. Choose a meeting of %(other_board)s.")
                % {"board": meeting.board, "reference": self.reference, "other_board": self.board}
            )

    @property
    def date_changes(self):
        """Those of its own due date; `all_date_changes` has those of its follow-up reports too."""
        return self.all_date_changes.filter(follow_up=None)

    def is_overdue(self, on=None):
        """The officer still owes something after the due date. Due today is not overdue until tomorrow."""
        waiting = self.is_open and self.progress != Progress.REPORTED_COMPLETE
        return waiting and self.due_on is not None and self.due_on < (on or clock.today())

    def next_step(self, reports, responses):
        """(day or None, what is awaited, from whom, what has the date) of what comes next; None once closed.

        Takes the recommendation's reports and responses, which the page has at hand.
        """
        if not self.is_open:
            return None
        owner = str(self.owner or _("nobody yet"))
        awaited = [
            (report.due_on, _("Follow-up report %(number)s") % {"number": report.number}, owner, report)
            for report in reports
            if report.is_outstanding
        ]
        awaited += [
            (answer.due_on, _("An answer"), answer.addressee, None)
            for answer in responses
            if answer.is_unanswered and answer.due_on
        ]
        submitted = [report for report in reports if report.is_submitted and not report.verdict]
        awaited += [
            (
                None,
                _("The Board’s view of follow-up report %(number)s") % {"number": report.number},
                str(self.board),
                None,
            )
            for report in submitted
        ]
        if self.progress == Progress.REPORTED_COMPLETE:
            awaited.append((None, _("The Board’s decision on closing"), str(self.board), None))
        elif self.due_on or not awaited:
            awaited.append((self.due_on, _("The action itself"), owner, self))
        return min(awaited, key=lambda step: (step[0] is None, step[0] or clock.today()))

    # Verbs

    def change_progress(self, to, *, by, reason="", version=None):
        """Not started, in progress, paused or reported complete; a closed one only through `close` and `reopen`."""
        with self.changing(by=by, reason=reason, version=version):
            if to in CLOSED or not self.is_open:
                raise Refused(_("Only the Board closes or reopens a recommendation, through a clerk."))
            self._must_let(by, permissions.can_update)
            self._step(to, reason)
        return self

    def close(self, outcome, *, at, by, reason="", minute="", note="", version=None):
        """The Board closes it at the meeting `at`. What is still awaited by a day ends with it."""
        with self.changing(by=by, reason=reason, version=version):
            if outcome not in CLOSED:
                raise Refused(_("Choose how the recommendation was closed."))
            if at.held_on > clock.today():
                raise Refused(_("The Board can only close at a meeting that has been held. Choose an earlier meeting."))
            if at.held_on < self.item.meeting.held_on:
                raise Refused(
                    _("The Board can only close at a meeting held since it was asked. Choose a later meeting.")
                )
            self._must_let(by, permissions.can_manage)
            self.must_be_decided_at(at)
            self._step(outcome, reason)
            self.closed_on, self.closed_at = at.held_on, at
            self.closing_minute, self.outcome_note = minute, note
            why = _("The recommendation was closed at the meeting of %(at)s.") % {"at": at}
            for report in self.follow_ups.outstanding():
                report.waive(by=by, reason=why)
            for change in self.all_date_changes.waiting():
                change.refuse(by=by, reason=why)
        return self

    def reopen(self, *, by, reason, version=None):
        with self.changing(by=by, reason=reason, version=version):
            self._must_let(by, permissions.can_reopen)
            self._step(Progress.IN_PROGRESS, reason)
            self.closed_on = self.closed_at = None
            self.closing_minute = self.outcome_note = ""
        return self

    def note_outcome(self, text, *, by, reason="", version=None):
        """Write what changed because of it, once it is closed; what stands there already is changed with a reason."""
        with self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk writes what changed because of a recommendation."))
            if self.is_open:
                raise Refused(_("What changed because of it is written when it is closed, or after."))
            text = must_say(text, _("Write what changed because of it."))
            if text == self.outcome_note:
                raise Refused(_("Nothing was changed in what is written."))
            if self.outcome_note:
                must_say(reason, _("Say why what is written changes."))
            self.outcome_note = text
        return self

    def _step(self, to, reason):
        if not is_allowed(self.progress, to):
            now = Progress(self.progress).label.lower()
            raise Refused(
                _("This is “%(now)s” now, so it cannot become “%(to)s”.")
                % {"now": now, "to": Progress(to).label.lower()}
            )
        if needs_reason(self.progress, to):
            must_say(reason, _("Say why this becomes “%(to)s”.") % {"to": Progress(to).label.lower()})
        self.progress = to

    def _must_let(self, by, predicate):
        """`by=None` is the system, which every verb lets; a person must be allowed."""
        if by is not None and not predicate(by, self):
            raise Refused(_("You may not do this, or the recommendation has been closed or reopened meanwhile."))

    def assign(self, owner, *, by, reason="", version=None):
        with self.changing(by=by, reason=reason, version=version):
            self._must_let(by, permissions.can_manage)
            if owner is not None and not (owner.is_active and permissions.is_officer(owner)):
                raise Refused(_("Choose an officer who can sign in."))
            if owner == self.owner:
                raise Refused(_("That is the owner already."))
            if self.owner_id and owner is None:
                must_say(reason, _("Say why nobody owns this now."))
            self.owner = owner
        return self

    def retitle(self, title, *, by, version=None):
        with self.changing(by=by, version=version):
            must_be_clerk(by, _("Only a clerk changes the short title."))
            self.title = title
        return self

    def correct_words(self, text, *, by, reason, version=None):
        """Put a mistake of copying right; the Board's words are otherwise never changed after adoption."""
        with self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk corrects the Board's words."))
            must_say(reason, _("Say what was wrong with the words as they were copied."))
            if text == self.text:
                raise Refused(_("Nothing was changed in the Board's words."))
            self.text = text
        return self

    def say(self, text, *, by, file=None, exempt_paragraph=None, through=None):
        """Append a progress update, by a person or by a partner `through` its link. Updates are never overwritten."""
        with self.locked():
            if through is None:
                self._must_let(by, permissions.can_update)
            else:
                through.must_let_update(self)
            update = ProgressUpdate(
                recommendation=self, text=text, said_by=by, through=through, said_on=clock.today(),
                exempt_paragraph=exempt_paragraph,
            )  # fmt: skip
            return update.attach(file).record(by=by, through=through)

    def mark_exempt(self, paragraph, *, by, reason, version=None):
        """Take it out of, or put it back into, what everyone may read; `paragraph` None opens it."""
        with self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk makes a recommendation exempt, or opens it."))
            must_say(reason, _("Say why this is, or is no longer, exempt."))
            self.exempt_paragraph = paragraph
        return self

    def link_evidence(self, *, points, witnesses, by):
        """Make exactly these points and witnesses the evidence; what is unticked stays on record as withdrawn."""
        with self.locked():
            must_be_clerk(by, _("Only a clerk says what led to a recommendation."))
            linked = {(link.point_id, link.witness_id): link for link in self.evidence.all()}
            wanted = {(point.pk, None) for point in points} | {(None, witness.pk) for witness in witnesses}
            for key in wanted - linked.keys():
                Evidence(recommendation=self, point_id=key[0], witness_id=key[1]).record(by=by)
            for key, link in linked.items():
                if link.is_withdrawn != (key not in wanted):
                    with link.changing(by=by):
                        link.is_withdrawn = key not in wanted
