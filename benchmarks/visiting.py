"""A signed-in visitor who keeps the connection open, and rounds of visits in which every page has its turn."""

import gc
import http.client
import re
import time

from benchmarks.serving import HEADERS

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """One connection and one session."""

    def __init__(self, server, cookies):
        self.server, self.cookies = server, dict(cookies)
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)

    def headers(self):
        return HEADERS | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def ask(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body, self.headers() | (headers or {}))
        answer = self.connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, rest = cookie.partition("=")
            # What is to be told once goes with the page that tells it; who only sends forms would heap it up.
            if not name.endswith("messages"):
                self.cookies[name] = rest.partition(";")[0]
        return answer

    def get(self, path):
        answer = self.ask("GET", path)
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}, not 200: {answer.headers.get('Location', '')}")
        return body

    def timed(self, path):
        start = time.perf_counter()
        self.get(path)
        return time.perf_counter() - start


def rounds(visits, *, change, seconds, least=45, few=5, warm=3):
    """({name: [seconds of each visit]}, the same of visits just after a change) of `visits`, {name: [(visitor, path), …]}.

    Every name has its turn in every round, with the next of its paths, so that whatever else the machine does falls on all of
    them alike. A round begins with a `change` of a record, after which each page is visited twice: what the site remembers
    of a page it may have to work out anew the first time. Goes on until `seconds` have passed and each had its `least` of
    visits; where pages are so slow that this takes four times as long, a `few` must do. The `least` is more than twice the
    twenty paths of a name: else most visits are the first to their path at one size, and after a change at another.
    """
    for turn in range(warm):
        visit(visits, turn)
    gc.collect()
    gc.disable()
    times, fresh, start, turn = {}, {}, time.monotonic(), 0
    while not is_enough(turn, time.monotonic() - start, seconds, least, few):
        change()
        for kept in (fresh, times):
            for name, took in visit(visits, turn).items():
                kept.setdefault(name, []).append(took)
        turn += 1
    gc.enable()
    return times, fresh


def visit(visits, turn):
    """{name: seconds}, each page once."""
    found = {}
    for name, each in visits.items():
        visitor, path = each[turn % len(each)]
        found[name] = visitor.timed(path)
    return found


def is_enough(turn, passed, seconds, least, few):
    if passed < seconds:
        return False
    return turn >= least or (turn >= few and passed >= 4 * seconds)
