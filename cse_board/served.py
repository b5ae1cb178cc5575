"""The request that is being served: its id, which every line of the log bears, and what it cost."""

import re
import time
import uuid
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[0-9A-Za-z._-]{8,64}")
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
# What is logged outside of any request, by a command for example, bears the id of the process's run.
RUN_ID = uuid.uuid4().hex

current: ContextVar["Served | None"] = ContextVar("served", default=None)


@dataclass
class Served:
    """One request, from its first middleware to the last byte of the answer."""

    id: str
    method: str
    view: str = ""
    path: str = ""
    status: int = 0
    user: str = ""
    queries: int = 0
    query_seconds: float = 0
    # A change of the records was stored, whatever happened after.
    has_stored: bool = False
    # What went well and is no news: it is counted, and no line is written of it.
    is_quiet: bool = False
    is_told: bool = False
    began: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self):
        return time.perf_counter() - self.began

    def note_stored(self):
        self.has_stored = True


def begin(request):
    """From here on this request is the current one, in this thread."""
    served = Served(id_of(request), request.method if request.method in METHODS else "other")
    current.set(served)
    return served


def id_of(request):
    """The proxy's, so that its log and ours can be laid side by side; a visitor cannot choose what our log says."""
    told = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return told if WELL_FORMED.fullmatch(told) else uuid.uuid4().hex


def whence():
    """Which request or run a line of the log belongs to."""
    served = current.get()
    return {"request_id": served.id} if served else {"run_id": RUN_ID}
