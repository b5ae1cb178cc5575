"""What one person may read of one board's year."""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recommendations.models import Evidence, Witness
from recommendations.municipal import days_of, year_in_words
from recommendations.words import day

from .figures import FIGURES, IS_DONE
from .outcomes import lateness_of


class Impact:
    """One board's year, or with no board that of all, as one person may read it on the day of the snapshot."""

    def __init__(self, snapshot, board, year, outcomes):
        self.snapshot, self.board, self.year, self.on = snapshot, board, year, snapshot.on
        self.begins, self.ends = days_of(year)
        self.asked = [one for one in outcomes if self.was_asked(one.row)]
        self.closed = [one for one in outcomes if self.was_closed(one.row)]

    def was_asked(self, row):
        meeting = row.item.meeting
        return self.begins <= meeting.held_on <= self.ends and self.board in (None, meeting.board)

    def was_closed(self, row):
        """At a meeting of this board in this year, whenever it was asked."""
        closed_on, at = row.closed_on, row.closed_at
        return closed_on is not None and self.begins <= closed_on <= self.ends and self.board in (None, at.board)

    @property
    def name(self):
        return year_in_words(self.year)

    @property
    def whose(self):
        return self.board.name if self.board else _("All boards")

    @cached_property
    def rows(self):
        """{name of a figure: the rows it counts}"""
        recommendations = [one for one in self.asked if not one.is_action]
        actions = [one for one in self.asked if one.is_action]
        found = {name: [one for one in recommendations if fits(one)] for name, fits in FIGURES.items()}
        found["actions"] = actions
        found["actions_done"] = [one for one in actions if IS_DONE(one)]
        found["actions_late"] = [one for one in actions if one.is_late]
        found["closed"] = self.closed
        found["closed_done"] = [one for one in self.closed if IS_DONE(one)]
        found["changed"] = [one for _heading, told in self.changed for one in told]
        found["lateness"] = self.lateness
        return found

    def count(self, name):
        return len(self.rows[name])

    @property
    def is_empty(self):
        return not (self.asked or self.closed)

    @cached_property
    def everything(self):
        """What was asked, then what was only closed in the year: each once."""
        return self.asked + self.closed_of_before

    @cached_property
    def closed_of_before(self):
        asked = {one.row.pk for one in self.asked}
        return [one for one in self.closed if one.row.pk not in asked]

    @property
    def exempt(self):
        """How many of all that its reader may know of and others may not."""
        return sum(one.row.is_restricted for one in self.everything)

    def told(self, outcomes):
        """Those with an outcome note, the latest closing first."""
        noted = [one for one in outcomes if one.row.outcome_note and not one.row.is_open]
        return sorted(noted, key=lambda one: (one.row.closed_on, one.row.pk), reverse=True)

    @cached_property
    def changed(self):
        """[(heading, what changed because of what)]: of what was asked in the year, and of what was only closed in it."""
        of_year, of_before = self.told(self.asked), self.told(self.closed_of_before)
        parts = [
            (_("Asked in %(year)s") % {"year": self.name}, of_year),
            (_("Closed in %(year)s, asked before") % {"year": self.name}, of_before),
        ]
        return [part for part in parts if part[1]]

    @property
    def untold(self):
        """Done, and nobody has written what changed."""
        return [one for one in self.everything if IS_DONE(one) and not one.row.outcome_note]

    @property
    def not_done(self):
        """Closed, but not implemented."""
        return [one for one in self.everything if not one.row.is_open and not IS_DONE(one)]

    @cached_property
    def lateness(self):
        """Of what was asked in the year, what came late or is late still, the longest first."""
        found = [each for one in self.asked for each in lateness_of(one, self.on)]
        return sorted(found, key=lambda each: (-each.days, each.outcome.row.pk))

    @property
    def moves(self):
        """ "4 dates were moved 7 times, by 203 days in all", or that none was."""
        dated = [each for one in self.asked for each in one.dated if each.times_moved]
        if not dated:
            return _("No due date was moved.")
        times, days = sum(each.times_moved for each in dated), sum(each.days_slipped for each in dated)
        named = {"dates": len(dated), "times": times_in_words(times), "days": days_in_words(days)}
        return (
            ngettext(
                "%(dates)d due date was moved %(times)s, by %(days)s in all.",
                "%(dates)d due dates were moved %(times)s, by %(days)s in all.",
                len(dated),
            )
            % named
        )

    @property
    def sentence(self):
        """The year in one sentence."""
        asked, accepted, done, late = (len(self.rows[name]) for name in ("asked", "accepted", "done", "late"))
        if not asked:
            return _("No recommendation was asked in %(year)s.") % {"year": self.name}
        named = {
            "n": asked,
            "year": self.name,
            "accepted": told_of(
                accepted, ngettext("%(n)d was accepted", "%(n)d were accepted", accepted), _("none was accepted")
            ),
            "done": told_of(done, ngettext("%(n)d is done", "%(n)d are done", done), _("none is done")),
            "late": told_of(late, ngettext("%(n)d is late", "%(n)d are late", late), _("none is late")),
        }
        return (
            ngettext(
                "Of %(n)d recommendation asked in %(year)s, %(accepted)s and %(done)s; %(late)s.",
                "Of %(n)d recommendations asked in %(year)s, %(accepted)s and %(done)s; %(late)s.",
                asked,
            )
            % named
        )

    @property
    def stands(self):
        return _("As it stands on %(day)s.") % {"day": day(self.on)}

    def compared_with(self, before):
        """The year before has had longer; where nothing is known of it, nothing is said."""
        if before.is_empty:
            return ""
        return _("What was asked in %(before)s has had a year longer.") % {"before": before.name}

    @cached_property
    def witnesses(self):
        """[(who told the Board, the outcomes that they led to)], by name."""
        outcomes = {one.row.pk: one for one in self.asked}
        links = Evidence.as_of(self.on).filter(recommendation__in=outcomes, witness__isnull=False, is_withdrawn=False)
        pairs = links.order_by("recommendation_id").values_list("witness_id", "recommendation_id")
        led_to = defaultdict(list)
        for witness, recommendation in pairs:
            led_to[witness].append(outcomes[recommendation])
        spoke = Witness.objects.visible_to(self.snapshot.user).filter(id__in=led_to)
        return sorted(((str(witness), led_to[witness.pk]) for witness in spoke), key=lambda pair: pair[0])


def told_of(number, some, none):
    return some % {"n": number} if number else none


def times_in_words(number):
    return ngettext("once", "%(n)d times", number) % {"n": number}


def days_in_words(number):
    return ngettext("%(n)d day", "%(n)d days", number) % {"n": number}
