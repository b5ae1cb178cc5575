"""What machines ask of the site: does it live, is it ready, what does it count. Answered before all that asks who they are."""

import logging
import time
from threading import Lock, Thread

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import resolve
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily

from cse_board import metrics
from recommendations import condition, gauges

# So long is waited for what is to be found out; and so long it is told again before it is asked again.
PATIENCE, FRESH = 2, 1
# Whom nobody has answered for so long is not waited for any more: the machine it asked may be gone.
GIVEN_UP = 30
STATES = {True: "ok", False: "failed", None: "not known"}

_log = logging.getLogger(__name__)


class Probes:
    """A monitor reaches the process by its address and without https: neither is to be held against it.

    The addresses stand in the list of URLs as well, so that everything that goes through the list finds them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        probe = PROBES.get(request.path_info.removeprefix("/"))
        if probe is None:
            return self.get_response(request)
        request.resolver_match = resolve(request.path_info)
        return probe(request)


class Lookout:
    """Asks in a thread with a connection of its own: where the database says nothing, that thread waits and not the monitor.

    One asks at a time, whoever wants to know: a stranger who asks a thousand times a second does not ask the database so.
    """

    def __init__(self, ask):
        self.ask, self.lock = ask, Lock()
        self.found, self.asking, self.began, self.until = {}, None, 0.0, 0.0

    def look(self):
        """{what: what was found of it}, as far as that was found out in time."""
        with self.lock:
            if not self._is_asking() and self.until < time.monotonic():
                self.found, self.began = {}, time.monotonic()
                self.asking = Thread(target=self._ask, args=(self.found,), daemon=True)
                self.asking.start()
            asking, found = self.asking, self.found
        asking.join(PATIENCE)
        return dict(found)

    def _is_asking(self):
        return self.asking and self.asking.is_alive() and time.monotonic() < self.began + GIVEN_UP

    def _ask(self, found):
        try:
            self.ask(found)
        except Exception:
            _log.exception("A monitor's question went wrong")
        finally:
            self.until = time.monotonic() + FRESH
            connection.close()


ready_lookout, gauge_lookout = Lookout(condition.check), Lookout(gauges.take)


@require_safe
def health(request):
    """This process answers. It asks nobody: a database that is away is no reason to start it again."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def readiness(request):
    """A line for each check, and 503 where one failed. Why it did is told only to whoever has the token."""
    left_out = request.GET.getlist("exclude")
    found = {name: finding for name, finding in findings().items() if name not in left_out}
    is_ready = all(finding.is_well for finding in found.values())
    said = {"ready": is_ready, "checks": {name: STATES[finding.is_well] for name, finding in found.items()}}
    if has_token(request):
        said["details"] = {name: finding.words for name, finding in found.items()}
    answer = JsonResponse(said, status=200 if is_ready else 503, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer.content += b"\n"
    # Django would call each one an error of ours; `told` says it once.
    answer._has_been_logged = True
    return answer


def findings():
    """{check: Finding}. Of a check that is still waited for it is known that it takes too long; of those after it nothing."""
    found = ready_lookout.look()
    late = next((name for name in condition.CHECKS if name not in found), None)
    if late:
        found[late] = condition.Finding(False, f"No answer within {PATIENCE} seconds.")
    return told({name: found.get(name, condition.NOT_ASKED) for name in condition.CHECKS})


last_failed: set[str] = set()


def told(found):
    """Into the log when other checks fail than before, and not each time that a monitor asks."""
    global last_failed
    failed = {name for name, finding in found.items() if finding.is_well is False}
    if failed - last_failed:
        words = " ".join(f"{name}: {found[name].words}" for name in sorted(failed))
        _log.warning("Not ready: %s", words)
    elif last_failed and not failed:
        _log.info("Ready again")
    last_failed = failed
    return found


@require_safe
def figures(request):
    """For Prometheus, which proves itself with the token; where there is none, there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not has_token(request):
        return HttpResponse("Unauthorized\n", "text/plain", 401, headers={"WWW-Authenticate": "Bearer"})
    checked = GaugeMetricFamily("cse_board_check", "Each check of /readyz: 1 where all is well.", labels=["check"])
    found = findings()
    for name, finding in found.items():
        if finding.is_well is not None:
            checked.add_metric([name], finding.is_well)
    # Where the database is away, nobody waits for it twice.
    gauged = gauge_lookout.look() if found["database"].is_well else {}
    said = metrics.written([checked, *gauged.values()])
    return HttpResponse(said, content_type=CONTENT_TYPE_LATEST)


def has_token(request):
    """Whether a monitor of ours asks."""
    given = request.headers.get("Authorization", "")
    return bool(settings.METRICS_TOKEN) and constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")


# The address of each is its name.
PROBES = {"healthz": health, "readyz": readiness, "metrics": figures}
