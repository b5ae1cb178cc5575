"""The numbers of a year: what each counts, and the words for it. Its name stands in the address of the page."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from recommendations.models import Progress, Recommendation

Kind = Recommendation.Kind


def is_kind(kind):
    return lambda one: one.row.kind == kind


def became(progress):
    return lambda one: one.row.progress == progress


def is_answered(*names):
    return lambda one: one.answered in names


IS_DONE = became(Progress.IMPLEMENTED)
# {name: what it asks of a recommendation that was asked in the year}
FIGURES = {
    "asked": lambda one: True,
    "do": is_kind(Kind.DO),
    "consider": is_kind(Kind.CONSIDER),
    "report_back": is_kind(Kind.REPORT_BACK),
    "accepted": is_answered("accepted_whole", "accepted_part"),
    "accepted_part": is_answered("accepted_part"),
    "not_accepted": is_answered("not_accepted"),
    "unanswered": is_answered("unanswered"),
    "no_answer": is_answered("no_answer"),
    "done": IS_DONE,
    "not_implemented": became(Progress.NOT_IMPLEMENTED),
    "superseded": became(Progress.SUPERSEDED),
    "work_programme": became(Progress.WORK_PROGRAMME),
    "open": lambda one: one.row.is_open,
    "late": lambda one: one.is_late,
    "moved": lambda one: one.times_moved > 0,
}
LABELS = {
    "asked": _("Recommendations asked"),
    "do": _("Asked to do something"),
    "consider": _("Asked to consider something"),
    "report_back": _("Asked to report back"),
    "accepted": _("Accepted, wholly or in part, by at least one of those asked"),
    "accepted_part": _("Of these, by nobody more than in part"),
    "not_accepted": _("Not accepted by anybody who answered"),
    "unanswered": _("Not answered, or only noted"),
    "no_answer": _("No answer asked for"),
    "done": _("Done: closed as implemented"),
    "not_implemented": _("Closed as not implemented"),
    "superseded": _("Closed as superseded"),
    "work_programme": _("Moved to the work programme"),
    "open": _("Still open"),
    "late": _("Of these, late"),
    "moved": _("With a due date that was moved"),
    "actions": _("Actions asked of officers"),
    "actions_done": _("Actions done"),
    "actions_late": _("Actions late"),
    "closed": _("Recommendations and actions closed"),
    "closed_done": _("Of these, done"),
    "changed": _("Closed with a note of what changed"),
    "lateness": _("Reports, answers and actions that came late, or are late"),
}
GROUPS = (
    (_("Asked in the year"), ("asked", "do", "consider", "report_back")),
    (_("How they were answered"), ("accepted", "accepted_part", "not_accepted", "unanswered", "no_answer")),
    (
        _("What became of them"),
        ("done", "not_implemented", "superseded", "work_programme", "open", "late", "moved"),
    ),
    (_("Actions, apart from recommendations"), ("actions", "actions_done", "actions_late")),
    (_("Closed in the year, whenever asked"), ("closed", "closed_done")),
    (_("Changed because of it"), ("changed",)),
    (_("Kept waiting"), ("lateness",)),
)
# Told though they are nought in both years; the others would only make the table longer.
ALWAYS = ("asked", "accepted", "done", "open", "late", "closed", "changed", "lateness")
# Numbers whose rows are not recommendations: they stand under a heading of their own, with this name.
OWN_HEADINGS = ("changed", "lateness")


@dataclass(frozen=True)
class Figure:
    """One number beside that of the year before."""

    name: str
    label: str
    now: int
    before: int

    @property
    def has_own_heading(self):
        return self.name in OWN_HEADINGS


def figures(now, before):
    """[(heading, its figures)] of a year and the year before it; what neither year has anything of is left out."""
    found = []
    for heading, names in GROUPS:
        group = [Figure(name, label_of(name), now.count(name), before.count(name)) for name in names]
        found.append((str(heading), [each for each in group if each.now or each.before or each.name in ALWAYS]))
    return [(heading, group) for heading, group in found if group]


def label_of(name):
    return str(LABELS[name])
