"""The pictures of the dashboard: each a table whose numbers lead to their rows, from which the browser draws a chart."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recommendations import words
from recommendations.forms.figures import NO_ORGANISATION
from recommendations.forms.filters import NO_OWNER
from recommendations.models.bands import Moves, Shift
from recommendations.trends import MOST_ROWS


@dataclass(frozen=True)
class Cell:
    number: int
    # Where the rows are that it counts; "" where no list has exactly these.
    url: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    cells: list
    # What stands on the axis of the chart instead, where that has no room for the label.
    short: str = ""


@dataclass(frozen=True)
class Chart:
    """Which columns of numbers are drawn, and how: as a "line", or as bars "across"."""

    kind: str
    label: str
    columns: tuple


@dataclass(frozen=True)
class Picture:
    name: str
    heading: str
    says: str
    # What stands in its place where there is nothing to count.
    nothing: str
    columns: list
    rows: list
    charts: list
    total: Row | None = None
    # A long table is folded away under its chart.
    is_long: bool = False


class Pictures:
    """All pictures of the figures of `trends`; `kept`: the filters in use, as they stand in an address."""

    def __init__(self, trends, kept, *, has_months=True):
        self.trends, self.kept, self.has_months = trends, kept, has_months

    def __iter__(self):
        """[(the numbers of a picture, what makes it of them)]: whoever has made it of the same numbers need not again."""

        def of(*kinds):
            # Of thousands of numbers, one that tells them from others.
            return tuple(self.trends.of(kind).digest for kind in kinds)

        if self.has_months:
            yield tuple(self.trends.by_month()), self.by_month
        yield of("answer"), self.answers
        yield of("closed", "days"), self.time_to_close
        yield of("owner"), self.owners
        yield of("organisation"), self.organisations
        yield of("slip"), self.times_moved
        yield of("slip"), self.days_slipped

    def cell(self, number, name, **asked):
        """A number and the address of the list that has its rows."""
        return Cell(number, f"{reverse(name)}?{urlencode(self.kept | asked)}")

    def by_month(self):
        """The one picture that reaches over past days."""
        figures = self.trends.by_month()
        begins = figures[0].on if figures else self.trends.on
        says = _("What was open and overdue at the end of each month, as the history has it from %(month)s.")
        opened = _("Open recommendations")
        return Picture(
            name="by-month",
            heading=_("Open and overdue, month by month"),
            says=says % {"month": words.month(begins)},
            nothing=_("Nothing is recorded yet. The first month appears with the first recommendation."),
            columns=[
                _("At the end of"), opened, _("Follow-up reports overdue"), _("Answers overdue"), _("Actions overdue"),
            ],
            rows=[self.month(each) for each in figures],
            charts=[Chart("line", opened, (1,)), Chart("line", _("Overdue"), (2, 3, 4))],
            is_long=True,
        )  # fmt: skip

    def month(self, figures):
        # The day of the page itself is asked about in the way that the page is.
        on = {} if figures.on == self.trends.on else {"on": figures.on.isoformat()}
        cells = [
            self.cell(figures.open, "recommendations", only="open", **on),
            self.cell(figures.reports, "follow-ups", only="overdue", **on),
            self.cell(figures.answers, "answers", only="overdue", **on),
            self.cell(figures.actions, "recommendations", only="overdue", **on),
        ]
        short = words.month(figures.on, is_brief=True) if on else words.brief_day(figures.on)
        return Row(words.day(figures.on), cells, short)

    def answers(self):
        counts = self.trends.answers_by_kind()
        rows = [Row(answer.label, [self.cell(n, "answers", answer=answer.value)]) for answer, n in counts.items()]
        heading = _("Answers by kind")
        return Picture(
            name="answers-by-kind",
            heading=heading,
            says=_("What the addressees answered. “Noted only” is not an answer yet."),
            nothing=_("No answer is expected from anybody."),
            columns=[_("Answer"), _("Answers")],
            rows=rows if any(counts.values()) else [],
            charts=[Chart("across", heading, (1,))],
            # A list that is asked for nothing may open in another way.
            total=Row(_("All"), [self.cell(sum(counts.values()), "answers", sort="due")]),
        )

    def time_to_close(self):
        counts, median = self.trends.time_to_close()
        closed = sum(counts.values())
        rows = [Row(band.label, [self.cell(n, "recommendations", took=band.value)]) for band, n in counts.items()]
        says = _("From the meeting that asked to the meeting that closed. The median is %(days)s.")
        heading = _("Time from recommendation to closure")
        return Picture(
            name="time-to-close",
            heading=heading,
            says=says % {"days": words.count_of(median or 0, _("day,days"))},
            nothing=_("No recommendation is closed yet. The Board closes them at a meeting."),
            columns=[_("Closed after"), _("Recommendations")],
            rows=rows if closed else [],
            charts=[Chart("across", heading, (1,))],
            total=Row(_("All"), [self.cell(closed, "recommendations", only="closed")]),
        )

    def owners(self):
        found = self.trends.overdue_by_owner()
        rows = [
            Row(str(owner or _("No owner")), self.overdue(*numbers, owner=owner.pk if owner else NO_OWNER))
            for owner, *numbers in found[:MOST_ROWS]
        ]
        heading = _("Overdue by owner")
        return Picture(
            name="overdue-by-owner",
            heading=heading,
            says=_("Follow-up reports and actions that are overdue, by who owns the recommendation."),
            nothing=_("No follow-up report and no action is overdue."),
            columns=[_("Owner"), _("Follow-up reports"), _("Actions")],
            rows=[*rows, *others(found)],
            charts=[Chart("across", heading, (1, 2))],
            total=Row(_("All"), self.overdue(*sums(found))) if found else None,
        )

    def overdue(self, reports, actions, **whose):
        return [
            self.cell(reports, "follow-ups", only="overdue", **whose),
            self.cell(actions, "recommendations", only="overdue", **whose),
        ]

    def organisations(self):
        found = self.trends.overdue_by_organisation()
        rows = [
            Row(
                str(body or _("No organisation named")),
                [self.cell(n, "answers", only="overdue", organisation=body.pk if body else NO_ORGANISATION)],
            )
            for body, n in found[:MOST_ROWS]
        ]
        heading = _("Overdue answers by organisation")
        return Picture(
            name="overdue-by-organisation",
            heading=heading,
            says=_("Answers that are overdue, by the organisation that was asked."),
            nothing=_("No answer is overdue."),
            columns=[_("Organisation"), _("Answers")],
            rows=[*rows, *others(found)],
            charts=[Chart("across", heading, (1,))],
            total=Row(_("All"), [self.cell(*sums(found), "answers", only="overdue")]) if found else None,
        )

    def times_moved(self):
        counts = self.trends.slips()
        return self.slip(
            {band: counts[band] for band in Moves},
            name="times-moved",
            heading=_("How often due dates moved"),
            says=_("Every due date there is or was, by how often it moved."),
            nothing=_("Nothing has a due date yet."),
        )

    def days_slipped(self):
        counts = self.trends.slips()
        return self.slip(
            {band: counts[band] for band in Shift},
            name="days-slipped",
            heading=_("How far due dates moved"),
            says=_("The due dates that moved, by how far the present one is from the first."),
            nothing=_("No due date has moved."),
        )

    def slip(self, counts, *, heading, **words):
        rows = [
            Row(
                band.label,
                [
                    self.cell(reports, "follow-ups", slip=band.value),
                    self.cell(actions, "recommendations", slip=band.value),
                ],
            )
            for band, (reports, actions) in counts.items()
        ]
        return Picture(
            heading=heading,
            columns=[_("Due date"), _("Follow-up reports"), _("Actions")],
            rows=rows if any(map(any, counts.values())) else [],
            charts=[Chart("across", heading, (1, 2))],
            **words,
        )


def sums(found):
    """The sum of each column of numbers, which stand behind a name."""
    return [sum(column) for column in list(zip(*found, strict=True))[1:]]


def others(found):
    """The row of those that have none of their own, so that the sum is right: [it], or nothing."""
    rest = found[MOST_ROWS:]
    label = ngettext("%(n)d other", "%(n)d others", len(rest)) % {"n": len(rest)}
    return [Row(label, [Cell(number) for number in sums(rest)])] if rest else []
