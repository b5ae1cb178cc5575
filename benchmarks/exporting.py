"""Everything as a file: how soon it begins, how long it takes, and what it costs the server in memory."""

import threading
import time

PIECE = 1 << 16


def measure(cast, site):
    """Of the site alone: there is no floor of a file, only the next one of a peer."""
    from benchmarks.cast import session
    from benchmarks.visiting import Visitor

    visitor = Visitor(site, session(cast.clerk))
    return {
        "everything as CSV": download(visitor, site, "/recommendations.csv"),
        "history as CSV": download(visitor, site, "/recommendations/history.csv"),
    }


def download(visitor, site, path):
    before, watch = site.memory(), Watch(site)
    with watch:
        start = time.perf_counter()
        answer = visitor.ask("GET", path)
        first = None
        size = lines = 0
        while piece := answer.read1(PIECE):
            first = first or time.perf_counter() - start
            size += len(piece)
            lines += piece.count(b"\n")
        took = time.perf_counter() - start
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}.")
    return {
        "seconds": round(took, 2), "first byte": round(first, 3), "MB": round(size / 1e6, 1), "lines": lines,
        "memory before": before, "memory growth": round(watch.most - before, 1),
    }  # fmt: skip


class Watch:
    """The most memory that the server takes while something runs, looked at every fifth of a second."""

    def __init__(self, site):
        self.site, self.most, self.over = site, site.memory(), threading.Event()
        self.thread = threading.Thread(target=self.look)

    def look(self):
        while not self.over.wait(0.2):
            self.most = max(self.most, self.site.memory())

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        self.most = max(self.most, self.site.memory())
