"""What is answered when a request cannot be served: what the site stands on is away, busy or full, or it is too large."""

import errno
import sqlite3
import sys
import traceback
from dataclasses import dataclass

import psycopg2
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views import defaults

from cse_board.context import site
from cse_board.logs import before
from cse_board.served import current

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# A form with one of these fields is not shown again: they are typed once more.
SECRETS = {"credential", "password", "password1", "password2", "old_password", "new_password1", "new_password2"}
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)


@dataclass(frozen=True)
class Fault:
    """What is wrong with what the site stands on, as a person reads it; a program waits so many seconds."""

    heading: str | Promise
    sentence: str | Promise
    seconds: int


AWAY = Fault(
    _("The tracker cannot reach its records just now"),
    _("The fault is not yours. It mends as soon as the records can be reached again: try again in a minute."),
    30,
)
BUSY = Fault(
    _("The tracker is too busy just now"),
    _("Others are changing the same records, or are asking for a great deal. Try again in a moment."),
    5,
)
FULL = Fault(
    _("The tracker has no room left to save anything"),
    _("What was saved before is safe. Whoever runs the site has to make room: try again in a few minutes."),
    300,
)

# By how the code of PostgreSQL begins. What has none came from the driver, which lost the server or never found it.
OF_POSTGRESQL = {
    "08": AWAY, "57P": AWAY, "58": AWAY, "25006": AWAY, "53300": AWAY,
    "40": BUSY, "55P03": BUSY, "57014": BUSY, "25P03": BUSY, "53200": BUSY, "53400": BUSY,
    "53100": FULL,
}  # fmt: skip
OF_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY, sqlite3.SQLITE_LOCKED: BUSY, sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: AWAY, sqlite3.SQLITE_CANTOPEN: AWAY, sqlite3.SQLITE_READONLY: AWAY,
}  # fmt: skip
OF_THE_DISK = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL, errno.EROFS: AWAY, errno.EIO: AWAY}


def fault_in(error):
    """What was away, busy or full when this error arose, or one that it arose from; None where the fault is our own."""
    while error:
        if fault := fault_of(error):
            return fault
        error = before(error)
    return None


def fault_of(error):
    if isinstance(error, psycopg2.Error):
        code = error.pgcode
        if code is None:
            return AWAY if isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError) else None
        return next((fault for start, fault in OF_POSTGRESQL.items() if code.startswith(start)), None)
    if isinstance(error, sqlite3.Error):
        # The lower byte; what stands above it says more than we ask.
        return OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return OF_THE_DISK.get(error.errno) if isinstance(error, OSError) else None


def failed(request):
    """The handler of every error that nobody caught. It asks no database, nor anything that might."""
    fault = fault_in(sys.exception())
    if fault is None:
        return defaults.server_error(request)
    told = site(request) | {"fault": fault, "address": request.get_full_path(), "is_sent": request.method == "POST"}
    if told["is_sent"]:
        told |= what_was_sent(request) | {"may_be_stored": may_be_stored(sys.exception())}
    return HttpResponse(render_to_string("503.html", told), status=503, headers={"Retry-After": str(fault.seconds)})


def may_be_stored(error):
    """Whether a change went through before the fault, or was about to: nobody was told what became of that one."""
    served = current.get()
    steps = [frame.f_code.co_name for frame, _line in traceback.walk_tb(error.__traceback__)]
    return bool(served and served.has_stored) or "_commit" in steps


class Ours(CsrfViewMiddleware):
    """Tells whether a form is one of this site's, without the page that would say so: a database draws it."""

    def _reject(self, request, reason):
        return reason

    def is_sent_with(self, request):
        return self.process_view(request, None, (), {}) is None


def what_was_sent(request):
    """For a form that sends it once more; nothing where the first was not our own, or where it holds a secret.

    Whether it is our own is asked here, since the fault may have come before the site had asked.
    """
    try:
        is_ours = Ours(failed).is_sent_with(request)
        fields, files = request.POST, request.FILES
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return {}
    if not is_ours or SECRETS & fields.keys():
        return {}
    return {
        "csrf_token": get_token(request),
        "typed": [(name, value) for name, values in fields.lists() for value in values if name != TOKEN],
        "files": [(name, [file.name for file in chosen]) for name, chosen in files.lists()],
    }


def unreadable(request, exception):
    """The handler of what cannot be read: damaged, or more than the site takes."""
    page, status = ("413.html", 413) if isinstance(exception, TOO_LARGE) else ("400.html", 400)
    # Not by Django's own, which looks for a token in the very form that cannot be read.
    return HttpResponse(render_to_string(page, site(request)), status=status)
