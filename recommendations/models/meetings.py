"""Meetings, their agenda items, and what the minutes record of each: what was said, what was resolved."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommendations.models.exempt import Exemptable, readable
from recommendations.models.tracked import Refused, Tracked, history_of, must_be_clerk, must_say
from recommendations.words import day


class MeetingQuerySet(models.QuerySet):
    def to_come(self, on):
        """From the day `on`; a board that has ended meets no more, whatever was planned."""
        return self.filter(held_on__gte=on, board__ended_on=None)

    def latest_first(self):
        return self.select_related("board").order_by("-held_on", "board__name")

    def with_counts(self, user):
        """Annotates how many items and recommendations of each meeting `user` may read, and how many are still open."""
        from recommendations.models.recommendations import Recommendation

        asked = Recommendation.objects.visible_to(user).filter(item__meeting=models.OuterRef("pk"))
        items = AgendaItem.objects.visible_to(user).filter(meeting=models.OuterRef("pk"))
        return self.annotate(
            items_count=count_of(items, "meeting"),
            asked_count=count_of(asked, "item__meeting"),
            open_count=count_of(asked.open(), "item__meeting"),
        )


def count_of(rows, by):
    """A subquery that counts `rows`, which an outer query narrows by the path `by`."""
    counted = rows.order_by().values(by).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted), 0)


class Meeting(Tracked):
    """A meeting of a board on a day."""

    board = models.ForeignKey("Board", on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("date of the meeting"))
    place = models.CharField(max_length=200, blank=True)
    objects = MeetingQuerySet.as_manager()
    history = history_of()

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(
                name="a_board_holds_one_meeting_a_day",
                fields=["board", "held_on"],
                violation_error_message=_("This board already has a meeting on that day."),
            )
        ]
        # The usual order of recommendations begins with it: they are read from the latest meeting on, and no further.
        indexes = [models.Index(name="meetings_by_day", fields=["held_on"])]

    def __str__(self):
        return _("%(board)s on %(held_on)s") % {"board": self.board, "held_on": day(self.held_on)}

    def get_absolute_url(self):
        return reverse("meeting", args=[self.pk])

    def correct(self, *, held_on, place, by, reason, version=None):
        """Put the day or the place right. The day stays once something was closed or received then."""
        with self.changing(by=by, reason=reason, version=version):
            must_be_clerk(by, _("Only a clerk corrects a meeting."))
            must_say(reason, _("Say what was wrong."))
            if held_on != self.held_on and (self.closed.exists() or self.reports.exists()):
                raise Refused(_("Something was closed or received at this meeting, so its day can no longer change."))
            if Meeting.objects.filter(board=self.board, held_on=held_on).exclude(pk=self.pk).exists():
                raise Refused(_("This board already has a meeting on that day."))
            self.held_on, self.place = held_on, place
        return self


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(readable(user, flags=["exempt_paragraph"], board="meeting__board"))

    def with_minutes(self):
        return self.prefetch_related("witnesses", "points", "resolutions", "attendance_changes")


class AgendaItem(Exemptable, Tracked):
    """One item of a meeting's agenda, with its minutes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.CharField(_("item number"), max_length=12)
    title = models.CharField(max_length=300)
    purpose = models.TextField(blank=True)
    declarations = models.TextField(_("declarations of interest"), null=True, blank=True)  # noqa: DJ001 (see below)
    draft = models.ForeignKey("MinutesDraft", null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    objects = AgendaItemQuerySet.as_manager()
    history = history_of()

    class Meta(Exemptable.Meta):
        abstract = False
        ordering = ["meeting", "id"]
        constraints = [
            *Exemptable.Meta.constraints,
            models.UniqueConstraint(
                name="an_item_number_is_used_once_in_a_meeting",
                fields=["meeting", "number"],
                violation_error_message=_("This meeting already has an item with that number."),
            ),
        ]
        indexes = [
            # What is exempt is taken out of figures that are counted for everybody.
            models.Index(name="restricted_items", fields=["id"], condition=Q(exempt_paragraph__isnull=False)),
        ]

    def __str__(self):
        return _("Item %(number)s: %(title)s") % {"number": self.number, "title": self.title}

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#item-{self.pk}"

    @property
    def declarations_in_words(self):
        """Nobody asked (null), nobody declared ("None") and somebody declared (text) are three different facts."""
        return _("Not recorded in the minutes") if self.declarations is None else self.declarations


class FromMinutes(Tracked):
    """Something that stands in the minutes of an item, at a line of the draft it was adopted from."""

    line = models.PositiveIntegerField(null=True, blank=True, help_text=_("The line of the draft, counted from 1."))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["item", "position"]


class DiscussionPoint(FromMinutes):
    """A key point of the discussion, with the number that the minutes printed before it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="points")
    number = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    history = history_of()

    class Meta(FromMinutes.Meta):
        pass

    def __str__(self):
        return f"{self.number}. {self.text}" if self.number else self.text


class Resolution(FromMinutes):
    """What the board resolved about itself (thanks, notes, concern): recorded, not followed up."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="resolutions")
    text = models.TextField()
    history = history_of()

    class Meta(FromMinutes.Meta):
        pass

    def __str__(self):
        return self.text


class AttendanceChange(FromMinutes):
    """Somebody arrived, left or took the chair during an item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="attendance_changes")
    text = models.TextField()
    history = history_of()

    class Meta(FromMinutes.Meta):
        pass

    def __str__(self):
        return self.text
