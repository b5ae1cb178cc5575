"""Boards, the organisations they address, and how long those have to answer."""

import calendar
import datetime
import string

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recommendations import permissions
from recommendations.models.tracked import Refused, Tracked, history_of, must_be_clerk, must_be_organiser
from recommendations.municipal import year_of


def municipal_year(day):
    """ "25/26" for any day from 1 May 2025 to 30 April 2026, the year that councils count in."""
    start = year_of(day)
    return f"{start % 100:02}/{(start + 1) % 100:02}"


def parts_of(scheme):
    """The names between its curly brackets."""
    return {name for _, name, _, _ in string.Formatter().parse(scheme) if name is not None}


def validate_reference_scheme(scheme):
    """A reference is unique for ever only if it names the board, the kind, the year and the running number."""
    try:
        parts = parts_of(scheme)
        scheme.format(**dict.fromkeys(parts, "26") | {"number": 1})
    except (ValueError, LookupError, AttributeError):
        parts = set()
    if parts not in ({"board", "letter", "number", "year"}, {"board", "letter", "number", "municipal_year"}):
        raise ValidationError(
            _(
                "Use {board}, {letter}, {number} and either {year} or {municipal_year}: “{board} {letter}{number}/{year}”."
            )
        )


# What clerks choose from; an administrator may enter another one.
SCHEMES = (
    "{board} {letter}{number}/{year}",
    "{board} {letter}{number}/{municipal_year}",
    "{board}/{municipal_year}/{letter}{number}",
    "{letter}{number}/{year} {board}",
)


def reference_like(scheme, code, letter, number, day):
    """How the reference of something decided on `day` reads."""
    year, municipal = f"{day.year % 100:02}", municipal_year(day)
    return scheme.format(board=code, letter=letter, number=number, year=year, municipal_year=municipal)


class BoardQuerySet(models.QuerySet):
    def standing(self):
        """Those that still meet."""
        return self.filter(ended_on=None)

    def lines(self):
        """{id: the ids of the boards that took over from it, one after the other} of every board that has ended so."""
        successor = dict(self.exclude(successor=None).values_list("id", "successor"))
        found = {}
        for board in successor:
            line = found[board] = []
            while (board := successor.get(board)) and board not in line:
                line.append(board)
        return found


class Named(Tracked):
    """A record that is told apart by what it is called, however that is written."""

    class Meta:
        abstract = True

    def must_be_the_only_one(self, **called):
        """The refusal where another record has one of these names."""
        for field, value in called.items():
            others = type(self).objects.exclude(pk=self.pk).filter(**{f"{field}__iexact": value})
            if other := others.first():
                raise Refused(_("%(called)s is taken already, by %(other)s.") % {"called": value, "other": other})


class Board(Named):
    """A scrutiny board or committee whose recommendations are followed up here."""

    code = models.CharField(max_length=12, unique=True, help_text=_("Begins every reference, for example SCSB."))
    name = models.CharField(max_length=200, unique=True)
    reference_scheme = models.CharField(
        max_length=80, default="{board} {letter}{number}/{year}", validators=[validate_reference_scheme]
    )
    chair = models.ForeignKey(
        "User", null=True, blank=True, on_delete=models.PROTECT, related_name="chaired_boards",
        help_text=_("Told what is long overdue, where that is switched on."),
    )  # fmt: skip
    tracker_columns = models.JSONField(
        default=list, blank=True, editable=False,
        help_text=_("Names of the columns of its tracker as a file, in their order; empty: the usual ones."),
    )  # fmt: skip
    ended_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors",
        help_text=_("The board that took over its open recommendations when it ended."),
    )  # fmt: skip
    objects = BoardQuerySet.as_manager()
    history = history_of()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="a_board_does_not_succeed_itself",
                condition=~models.Q(successor=models.F("id")),
                violation_error_message=_("Choose another board as the successor."),
            ),
            models.CheckConstraint(
                name="a_successor_is_named_only_when_a_board_has_ended",
                condition=models.Q(successor=None) | models.Q(ended_on__isnull=False),
                violation_error_message=_("Give the day on which the board ended, or leave the successor empty."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def now(self):
        """The board that follows up its recommendations today: itself, or the last of its successors."""
        board = self
        while board.successor is not None:
            board = board.successor
        return board

    def next_reference(self, letter, day):
        """The next free reference for something decided on `day`. Call it in the transaction that uses it.

        What was brought in from an old tracker has kept its reference, which may be one that would be next here.
        """
        scheme_year = (
            municipal_year(day) if "municipal_year" in parts_of(self.reference_scheme) else f"{day.year % 100:02}"
        )
        while True:
            number = ReferenceCounter.take(board=self, letter=letter, year=scheme_year)
            reference = reference_like(self.reference_scheme, self.code, letter, number, day)
            if not self.recommendations.model.is_taken(reference):
                return reference

    @property
    def has_references(self):
        """Whether references were made of its code and scheme, which can then change no more."""
        return self.recommendations.exists()

    def possible_chairs(self):
        """The members who sit on it today, and whoever is its chair now."""
        people = self._meta.get_field("chair").related_model.objects
        sitting = people.in_role(permissions.MEMBERS).filter(pk__in=self.memberships.current().values("user"))
        return (sitting | people.filter(pk=self.chair_id)).distinct().order_by("full_name")

    def add(self, *, by):
        """Enter a board that is new here."""
        must_be_organiser(by, _("Only a clerk or an administrator adds a board."))
        self.must_be_the_only_one(code=self.code, name=self.name)
        return self.record(by=by)

    def choose_tracker_columns(self, names, *, by, version=None):
        """Keep which columns its tracker has, in their order; with none of them it has the usual ones."""
        with self.changing(by=by, version=version):
            must_be_clerk(by, _("Only a clerk chooses the columns of a tracker."))
            if names and not {"reference", "text"} <= set(names):
                raise Refused(
                    _("Keep “Reference” and “Recommendation”: without them nobody knows what a row is about.")
                )
            self.tracker_columns = names
        return self

    def correct(self, *, name, chair, code, reference_scheme, by, version=None):
        """Put it right; the code and the scheme only before the first reference was made of them."""
        with self.changing(by=by, version=version):
            must_be_organiser(by, _("Only a clerk or an administrator corrects a board."))
            if self.has_references and (code, reference_scheme) != (self.code, self.reference_scheme):
                raise Refused(_("References hold the code of this board already, so it can no longer change."))
            self.must_be_the_only_one(code=code, name=name)
            self.name, self.chair, self.code, self.reference_scheme = name, chair, code, reference_scheme
        return self


class ReferenceCounter(models.Model):
    """The last number given out by a board in a year; it only ever goes up, so that no reference is used twice."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=3)
    year = models.CharField(max_length=5)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_counter_for_a_board_letter_and_year", fields=["board", "letter", "year"])
        ]

    def __str__(self):
        return f"{self.board.code} {self.letter}{self.last_number}/{self.year}"

    @classmethod
    def take(cls, **key):
        cls.objects.get_or_create(**key)
        counter = cls.objects.select_for_update().get(**key)
        counter.last_number += 1
        counter.save()
        return counter.last_number


class ResponseRegime(Tracked):
    """A rule on how long somebody has to answer a recommendation, and where the rule comes from."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120, unique=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.TextField(_("where the rule comes from"), blank=True)
    history = history_of()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_regime_counts_in_months_or_in_days_not_both",
                condition=models.Q(months=None) | models.Q(days=None),
                violation_error_message=_("Give the period in months or in days, not both."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def has_period(self):
        return bool(self.months or self.days)

    def last_day(self, start):
        """The last day on which an answer is in time, the clock beginning with the day `start`.

        Months: the period ends on the day before the same day of the later month, or on that month's last day where
        it has no such day (Local Government Act 2000, s.9FE: "within two months beginning with" the day of receipt):
        10 January → 9 March, 31 December → 28 or 29 February. Days: `days` days after `start`.
        """
        if not self.months:
            return start + datetime.timedelta(days=self.days)
        year, month = divmod(start.year * 12 + start.month - 1 + self.months, 12)
        days_in_month = calendar.monthrange(year, month + 1)[1]
        if start.day > days_in_month:
            return datetime.date(year, month + 1, days_in_month)
        return start.replace(year=year, month=month + 1) - datetime.timedelta(days=1)


class Organisation(Named):
    """A body that a board may address: the executive, a partner, a service of the council."""

    name = models.CharField(max_length=200, unique=True)
    also_known_as = models.TextField(
        blank=True, help_text=_("Other names that minutes use for it, one on a line, for example “CCG”.")
    )
    regime = models.ForeignKey(
        ResponseRegime,
        on_delete=models.PROTECT,
        help_text=_("How long it has to answer, unless a clerk says otherwise."),
    )
    history = history_of()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisation", args=[self.pk])

    def add(self, *, by):
        """Enter an organisation that is new here."""
        must_be_organiser(by, _("Only a clerk or an administrator adds an organisation."))
        self.must_be_the_only_one(name=self.name)
        return self.record(by=by)

    def correct(self, *, name, also_known_as, regime, by, version=None):
        """Put it right. The clocks that run keep the time they were started with."""
        with self.changing(by=by, version=version):
            must_be_organiser(by, _("Only a clerk or an administrator corrects an organisation."))
            self.must_be_the_only_one(name=name)
            self.name, self.also_known_as, self.regime = name, also_known_as, regime
        return self

    @property
    def names(self):
        return [self.name, *filter(None, map(str.strip, self.also_known_as.splitlines()))]
