"""Boards that end hand their open recommendations to a successor; undone only while nothing has changed since."""

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from recommendations import clock, permissions
from recommendations.models.tracked import Refused, Tracked, history_of, must_be_clerk, must_say

# What belongs to a recommendation, and would be judged by the wrong board if a hand-over were undone after it changed.
BELONGING = ("FollowUpReport", "Response", "DateChange", "ProgressUpdate")


class HandOverQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(undone_on=None)


class HandOver(Tracked):
    """One board's open recommendations passed to another when it ended."""

    from_board = models.ForeignKey("Board", on_delete=models.PROTECT, related_name="handed_over")
    to_board = models.ForeignKey("Board", on_delete=models.PROTECT, related_name="taken_over")
    ended_on = models.DateField(_("last day of the board"))
    done_by = models.ForeignKey("User", on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(editable=False)
    undone_on = models.DateField(null=True, blank=True, editable=False)
    objects = HandOverQuerySet.as_manager()
    history = history_of()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="a_board_hands_over_to_another_one", condition=~Q(from_board=F("to_board")),
                violation_error_message=_("Choose another board as the successor."),
            )
        ]  # fmt: skip

    def __str__(self):
        return _("%(from_board)s to %(to_board)s") % {"from_board": self.from_board, "to_board": self.to_board}

    @classmethod
    def make(cls, board, to, *, by, ended_on):
        """End `board`, and pass every recommendation it still follows up to the board `to`.

        References, owners, dates and histories stay; what was closed stays with the board that closed it.
        """
        why = _("%(board)s ended; %(to)s follows up what it left open.") % {"board": board, "to": to}
        with transaction.atomic():
            cls._lock_both(board, to)
            return cls._hand_over(board, to, by=by, ended_on=ended_on, why=why)

    @staticmethod
    def _lock_both(board, to):
        """In one order: of two hand-overs at once none waits for the other for ever, or passes to a board that ends."""
        boards = type(board).objects.select_for_update().filter(pk__in=[board.pk, to.pk])
        list(boards.order_by("pk").values("pk"))

    @classmethod
    def _hand_over(cls, board, to, *, by, ended_on, why):
        with board.changing(by=by, reason=why):
            # Not the system either: the record names who did it.
            if by is None or not permissions.is_clerk(by):
                raise Refused(_("Only a clerk hands over what a board leaves open."))
            to.refresh_from_db()
            cls._must_fit(board, to, ended_on)
            board.ended_on, board.successor = ended_on, to
            hand_over = cls(from_board=board, to_board=to, ended_on=ended_on, done_by=by, done_on=clock.today())
            hand_over.record(by=by, reason=why)
            # Locked as they are looked for: what is closed meanwhile is no longer open when its turn comes.
            for recommendation in board.recommendations.open().select_for_update().order_by("pk"):
                hand_over._move(recommendation, to, by=by, reason=why)
                HandedOver(hand_over=hand_over, recommendation=recommendation, version=recommendation.version).save()
        return hand_over

    @staticmethod
    def _must_fit(board, to, ended_on):
        if board == to:
            raise Refused(_("Choose another board as the successor."))
        if board.ended_on is not None:
            raise Refused(_("%(board)s has ended already.") % {"board": board})
        if to.ended_on is not None:
            raise Refused(_("%(to)s has ended itself. Choose a board that still meets.") % {"to": to})
        if ended_on > clock.today():
            raise Refused(_("Hand over when the board has ended. Give today or an earlier day."))

    @staticmethod
    def _move(recommendation, board, *, by, reason):
        with recommendation.changing(by=by, reason=reason):
            recommendation.board = board

    def undo(self, *, by, reason):
        """Put everything back, as long as nothing that was handed over has changed since."""
        reason = must_say(reason, _("Say why the hand-over is undone."))
        with self.changing(by=by, reason=reason), self.from_board.changing(by=by, reason=reason) as board:
            must_be_clerk(by, _("Only a clerk undoes a hand-over."))
            if self.undone_on:
                raise Refused(_("This hand-over has been undone already."))
            rows = list(self.rows.select_related("recommendation").order_by("recommendation_id"))
            for row in rows:
                self._move(row.recommendation, board, by=by, reason=reason)
            if changed := self._changed(rows):
                raise Refused(_("It can no longer be undone: %(names)s changed since.") % {"names": ", ".join(changed)})
            board.ended_on = board.successor = None
            self.undone_on = clock.today()
        return self

    def _changed(self, rows):
        """The references of what changed since it was handed over. Asked under the lock of every one of them."""
        done_at = self.history.earliest().history_date
        ids = [row.recommendation_id for row in rows]
        changed = {row.recommendation_id for row in rows if row.recommendation.version != row.version + 1}
        for name in BELONGING:
            history = apps.get_model("recommendations", name).history
            touched = history.filter(recommendation__in=ids, history_date__gte=done_at)
            changed.update({*touched.values_list("recommendation_id", flat=True)})
        return [row.recommendation.reference for row in rows if row.recommendation_id in changed]


class HandedOver(models.Model):
    """A recommendation that was handed over, as it stood right after."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="rows")
    recommendation = models.ForeignKey("Recommendation", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    is_sealed = True

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="a_recommendation_is_handed_over_once_at_a_time", fields=["hand_over", "recommendation"]
            )
        ]

    def __str__(self):
        return f"{self.recommendation}: {self.hand_over}"
