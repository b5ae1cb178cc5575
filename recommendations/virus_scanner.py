"""Asks the council's virus scanner (ClamAV's clamd) about every file that somebody sends, where one is set."""

import logging
import socket
from contextlib import closing, contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PIECE = 1024 * 1024
# A file of 20 MB that unpacks to much takes it some seconds.
SECONDS = 30
CLEAN, INFECTED = "OK", "FOUND"
log = logging.getLogger(__name__)


def must_be_clean(upload):
    """Refuse what the scanner finds something in; and every file while it cannot be asked, or will not say."""
    if not settings.CLAMD:
        return
    told = scanned(upload)
    upload.seek(0)
    if told.endswith(INFECTED):
        log.warning("A file was refused, with a virus in it: %s", told)
        raise ValidationError(_("The council’s virus scanner found something in this file. Tell whoever it came from."))
    if not told.endswith(CLEAN):
        log.warning("The virus scanner did not say whether a file is clean: %s", told)
        raise ValidationError(
            _("Files cannot be looked through for viruses just now, so none is taken. Try again in some minutes.")
        )


def scanned(upload):
    """What the scanner says of it, in its own words; why it says nothing, where it does not."""
    try:
        with _asked() as scanner:
            scanner.sendall(b"zINSTREAM\0")
            upload.seek(0)
            while piece := upload.read(PIECE):
                scanner.sendall(len(piece).to_bytes(4, "big") + piece)
            scanner.sendall(bytes(4))
            with scanner.makefile("rb") as answer:
                return answer.read(PIECE).rstrip(b"\0\n").decode(errors="replace")
    except OSError as why:
        return str(why)


@contextmanager
def _asked():
    """By a path of its own machine, or as host:port."""
    if settings.CLAMD.startswith("/"):
        with closing(socket.socket(socket.AF_UNIX)) as scanner:
            scanner.settimeout(SECONDS)
            scanner.connect(settings.CLAMD)
            yield scanner
        return
    host, _colon, port = settings.CLAMD.rpartition(":")
    with socket.create_connection((host, int(port)), SECONDS) as scanner:
        yield scanner
