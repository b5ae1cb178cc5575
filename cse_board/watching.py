"""The outermost middleware: gives every request its id, counts what it costs, and logs one line about it."""

import logging
import time

from django.contrib.auth import SESSION_KEY
from django.core.signals import request_finished
from django.db import connection, transaction
from django.dispatch import receiver
from django.utils.crypto import salted_hmac

from cse_board.logs import without_keys
from cse_board.metrics import count
from cse_board.probes import PROBES
from cse_board.served import HEADER, begin, current
from cse_board.still_there import spare_the_question

# The parts of an address that open something, by their names in the patterns.
SECRETS = ("key", "token", "uidb64", "uidb36")
# What went well with these is no news: files of the site's own look, which have no view, and what monitors ask.
# How a change of the records begins, not of sessions.
CHANGES = tuple(f'{verb} "recommendations_' for verb in ("INSERT INTO", "UPDATE", "DELETE FROM"))
OF_NO_INTEREST = ("", *PROBES)

_log = logging.getLogger(__name__)


class Watching:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        served = begin(request)
        spare_the_question(connection)
        if count_query not in connection.execute_wrappers:
            # Outside of those that come and go, and take themselves for the last.
            connection.execute_wrappers.insert(0, count_query)
        response = self.get_response(request)
        response.headers[HEADER] = served.id
        served.status, served.user = response.status_code, pseudonym(request)
        if match := request.resolver_match:
            served.view = match.view_name
            # An address that leads nowhere is what somebody typed.
            served.path = "" if served.status == 404 else path_of(request.path, match.kwargs)
        served.is_quiet = served.status in (200, 304) and served.view in OF_NO_INTEREST
        return response


def count_query(execute, sql, params, many, context):
    served, began = current.get(), time.perf_counter()
    try:
        result = execute(sql, params, many, context)
        if served and sql.startswith(CHANGES):
            # At once, where no transaction is open.
            transaction.on_commit(served.note_stored)
        return result
    finally:
        if served:
            served.queries += 1
            served.query_seconds += time.perf_counter() - began


def path_of(path, parts):
    for name in SECRETS:
        if name in parts:
            path = path.replace(str(parts[name]), "…")
    return without_keys(path)


def pseudonym(request):
    """Tells one person's requests from another's, and no more; "" where no session was opened: none is for this."""
    session = getattr(request, "session", None)
    key = getattr(session, "_session_cache", {}).get(SESSION_KEY)
    return salted_hmac("cse_board.watching", key).hexdigest()[:12] if key else ""


@receiver(request_finished)
def tell(**kwargs):
    """Once the last byte has gone out, or will not: also a file that takes minutes is told with all it cost."""
    served = current.get()
    if served is None or served.is_told or not served.status:
        return
    served.is_told = True
    count(served)
    if served.is_quiet:
        return
    line = {
        "method": served.method,
        "route": served.view,
        "path": served.path,
        "status": served.status,
        "ms": round(served.seconds * 1000, 1),
        "queries": served.queries,
        "query_ms": round(served.query_seconds * 1000, 1),
        "user": served.user,
    }
    _log.info("%s %s %s", served.method, served.view or "nowhere", served.status, extra={"served": line})
