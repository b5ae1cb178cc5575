"""Log lines as JSON, without keys and without anybody's data: whoever reads a log must learn nothing but what happened."""

import datetime
import logging
import re
import traceback

from pythonjsonlogger.json import JsonFormatter

from cse_board.served import whence

# A part of an address as long as this is random, and so a key; and what a letter lets choose a password with.
KEY = re.compile(r"(?<=/)(?:[\w.:=~-]{40,}|[0-9a-z]+-[0-9a-f]{32,})")
# What others may write into a line of theirs: somebody's e-mail address, what was asked for, where it was asked from.
OTHERS = ((re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "…@…"), (re.compile(r"(/\S*)\?\S+"), r"\1?…"),
          (re.compile(r"\bip=\S+"), "ip=…"))  # fmt: skip
# What these say names the code; all others may quote what somebody typed, or a row: "Key (email)=(…) already exists".
OF_THE_CODE = (AttributeError, ImportError, NameError, NotImplementedError, OSError, RecursionError, TypeError)
QUOTED = re.compile(r"""(["'“‘`]).*["'”’`]|\(.*\)|\[.*\]|\{.*\}""")


class WithoutKeys(logging.Filter):
    """Blots out the keys in what a line says. It never holds a line back."""

    def filter(self, record):
        record.msg = without_keys(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(without_keys, record.args))
        return True


def without_keys(said):
    return KEY.sub("…", said) if isinstance(said, str) else said


class Line(JsonFormatter):
    """One event, one line. Of what hangs on a record only this is written: others hang whole requests on theirs."""

    def add_fields(self, log_data, record, message_dict):
        log_data["time"] = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(" ", "milliseconds")
        log_data["level"] = record.levelname.lower()
        log_data["logger"] = record.name
        log_data["message"] = impersonal(record.message)
        log_data |= whence() | getattr(record, "served", {})
        if record.exc_info:
            log_data["error"] = message_dict["exc_info"]

    def formatException(self, ei):
        return "".join(told(ei[1]))


def impersonal(said):
    for what, instead in OTHERS:
        said = what.sub(instead, said)
    return said


def told(error):
    """Causes first: the code that each went through, and what was wrong, but nothing of what it was wrong about."""
    if first := before(error):
        yield from told(first)
        yield "\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__module__}.{type(error).__qualname__}: {said_by(error)}\n"


def before(error):
    """What it arose from."""
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def said_by(error):
    """Its first line, since databases quote whole rows in those that follow; of most errors without what it quotes."""
    said = impersonal(without_keys(str(error).partition("\n")[0]))[:300]
    return said if isinstance(error, OF_THE_CODE) else QUOTED.sub("…", said)
