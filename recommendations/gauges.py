"""Figures of the whole site for a monitor: sums and moments, nobody's names, at the same little cost at any size."""

from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from prometheus_client.metrics_core import GaugeMetricFamily

from recommendations import clock
from recommendations.condition import free_bytes
from recommendations.models import KeptFigures, Mail, Run, Seal, Snapshot
from recommendations.models.mails import UNDER_WAY
from recommendations.sealing.waiting import MOST, what_waits
from recommendations.trends import Trends
from recommendations.trends.kept import KeptTrends
from recommendations.trends.parts import ALL, TODAY, Part

KINDS = ("reports", "answers", "actions")


def take(found):
    """Each figure into `found`, one after the other; of a database that is away none."""
    try:
        for ask in (disk, mails, runs, seals, overdue):
            for gauge in ask():
                found[gauge.name] = gauge
    except DatabaseError:
        return


def disk():
    yield one("media_free_bytes", "Free where attached files are kept.", free_bytes())


def mails():
    waiting = Mail.objects.filter(delivery__in=UNDER_WAY).count()
    yield one("letters_waiting", "E-mails begun, or put off by the mail server, and not gone out.", waiting)


def runs():
    words = "When this last came to its end without a problem."
    ran = GaugeMetricFamily("cse_board_run_timestamp_seconds", words, labels=["task"])
    for task in Run.Task:
        if done := Run.objects.latest_done(task):
            ran.add_metric([task.value], done.ended_at.timestamp())
    yield ran


def seals():
    rows, oldest = what_waits()
    yield one("unsealed_rows", f"Rows of the history that no seal covers, at most {MOST} of each table.", rows)
    if oldest:
        yield one("unsealed_since_timestamp_seconds", "When the oldest of these was written.", oldest.timestamp())
    if head := Seal.head():
        yield one("seal_timestamp_seconds", "When the last seal was made.", head.sealed_at.timestamp())


def overdue():
    """As they were last counted for the dashboard: nothing is counted for a monitor."""
    everything = Part(None, clock.today(), ALL)
    kept = KeptFigures.objects.filter(name=KeptTrends.name(everything, TODAY)).exclude(version="").first()
    if kept is None:
        return
    counts = Trends(Snapshot(AnonymousUser(), everything.on), tally=kept.tally).counts
    gauge = GaugeMetricFamily(
        "cse_board_overdue", "What is overdue, as last counted for the dashboard.", labels=["kind"]
    )
    for kind in KINDS:
        gauge.add_metric([kind], counts[f"{kind}_overdue"])
    yield gauge
    yield one("overdue_counted_timestamp_seconds", "When that was counted.", kept.counted_at.timestamp())


def one(name, words, value):
    return GaugeMetricFamily(f"cse_board_{name}", words, value=value)
