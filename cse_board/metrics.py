"""What is counted of every request, for Prometheus: by all processes of the site together, and nothing of anybody."""

import fcntl
import os
import platform
import struct
import tomllib
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector

# Names of routes, methods and statuses are few and our own; what somebody typed is no label.
here = CollectorRegistry()
REQUESTS = Counter(
    "cse_board_requests", "Requests, once the last byte of the answer has gone out.",
    ["route", "method", "status"], registry=here,
)  # fmt: skip
SECONDS = Histogram(
    "cse_board_request_seconds", "From the first middleware to the last byte of the answer.", ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30), registry=here,
)  # fmt: skip
QUERIES = Counter("cse_board_database_queries", "Queries of requests.", ["route"], registry=here)
QUERY_SECONDS = Counter(
    "cse_board_database_seconds", "Seconds in which requests waited for it.", ["route"], registry=here
)


def count(served):
    """Where the counters have no room left, the answer goes out all the same."""
    route = served.view or ("files" if served.status in (200, 304) else "nowhere")
    with suppress(OSError):
        requests, seconds, queries, query_seconds = counters(route, served.method, served.status)
        requests.inc()
        seconds.observe(served.seconds)
        queries.inc(served.queries)
        query_seconds.inc(served.query_seconds)


@cache
def counters(route, method, status):
    """Looked up once: finding them takes longer than counting."""
    by_route = (counter.labels(route) for counter in (SECONDS, QUERIES, QUERY_SECONDS))
    return (REQUESTS.labels(route, method, status), *by_route)


def written(families):
    """All that was counted, and these beside it, as Prometheus reads it."""
    registry = CollectorRegistry()
    registry.register(Together() if folder() else here)
    registry.register(Given([build(), *families]))
    return generate_latest(registry)


class Given:
    def __init__(self, families):
        self.families = families

    def collect(self):
        return self.families


def build():
    labels = {
        "version": version(), "django": django.__version__, "python": platform.python_version(),
        "database": connection.vendor,
    }  # fmt: skip
    info = GaugeMetricFamily("cse_board_build_info", "What runs here; always 1.", labels=labels)
    info.add_metric(labels.values(), 1)
    return info


@cache
def version():
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["project"]["version"]


# Of several processes: each counts into files of its own, in the folder that gunicorn.conf.py makes


def folder():
    """None where one process counts for itself: in tests, and where somebody develops."""
    named = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    return Path(named) if named else None


class Together:
    """The sums of all processes, those that have ended included: a counter must not fall."""

    def collect(self):
        with turn(fcntl.LOCK_SH):
            return list(MultiProcessCollector(None, str(folder())).collect())


@contextmanager
def turn(kind):
    """Nobody reads while the files of a process that has ended are added up."""
    with (folder() / "turn").open("a") as file:
        fcntl.flock(file, kind)
        yield


ended: set[int] = set()


def lay_to_rest(pid):
    """Adds what an ended process has counted to what those before it have, so that no files pile up.

    This is asked of the process that watches over all others, which must not wait: somebody who reads just now leaves
    it for the next time.
    """
    ended.add(pid)
    with suppress(OSError), turn(fcntl.LOCK_EX | fcntl.LOCK_NB):
        while ended:
            number = ended.pop()
            for file in folder().glob(f"*_{number}.db"):
                add(file, folder() / f"{file.name.partition('_')[0]}_0.db")


def add(file, total):
    sums = MmapedDict(str(total))
    try:
        # A process that was killed in the middle of it may have left half a file.
        with suppress(RuntimeError, UnicodeDecodeError, struct.error):
            for key, value, *_ in MmapedDict.read_all_values_from_file(str(file)):
                sums.write_value(key, sums.read_value(key)[0] + value, 0.0)
    finally:
        sums.close()
        file.unlink()
