"""The dashboard's kept figures, counted anew: they are put right by each change, so a wrong one would stay wrong for ever."""

from django.contrib.auth.models import AnonymousUser

from recommendations import clock
from recommendations.memory import Memory
from recommendations.models import KeptFigures, Snapshot
from recommendations.models.kept_figures import versions
from recommendations.models.written_once import table_of
from recommendations.sealing.findings import Finding
from recommendations.trends.kept import KeptTrends, figures_of
from recommendations.trends.parts import MAKERS


def findings():
    """Those that a page would show now, against the records. Where somebody writes meanwhile, the two are of two moments."""
    # What this process remembers is not what is stored.
    Memory.forget()
    before = versions()
    kept = KeptTrends(Snapshot(AnonymousUser(), clock.today()))
    passed_over = {kept.name(part, kind) for part, kind, _version in (*kept.stale, *kept.missing)}
    for part in kept.parts:
        for kind, row in kept.found[part.which].items():
            if row is None or row.name in passed_over:
                continue
            counted = sums(MAKERS[kind](part))
            if versions() != before:
                return
            if wrong := {key for key, _n in sums(row.tally) ^ counted}:
                told = ", ".join(sorted("/".join(map(str, key)) for key in wrong)[:3])
                yield Finding(table_of(KeptFigures), None, f"{row.name} is not what the records say: {told}")


def sums(tally):
    return {(key, n) for key, n in figures_of(tally).items() if n}
