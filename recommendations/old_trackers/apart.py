"""Reads a file in a process of its own, so that no workbook can take this one's memory, time or life.

A few bytes far to the right of a sheet, or an archive of noughts, ask for all the memory there is, and the reader of
workbooks is not Python: it would end the process that called it. A tracker is brought in once in a council's life, so
each begins a process anew; it holds no secrets, writes no files, and has so much memory and time and no more.
"""

import contextlib
import json
import logging
import resource
import subprocess
import sys
from pathlib import Path

from .refusals import HEAVY, Unreadable

MOST_SECONDS = 20
MOST_MEMORY = 1 << 30
_ROOT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)


def tables_of(data: bytes) -> list[dict]:
    """As `sheets.tables_of`, somewhere else."""
    try:
        ended = subprocess.run(  # noqa: S603 (this Python, this module and a number)
            [sys.executable, "-m", __name__, str(MOST_MEMORY)],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            # No secrets of the settings.
            env={},
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        _log.warning("A tracker of %d bytes took longer than %d seconds to read", len(data), MOST_SECONDS)
        raise Unreadable(HEAVY) from late
    if ended.returncode:
        last_words = ended.stderr[-300:].decode(errors="replace")
        _log.warning(
            "A tracker of %d bytes ended the process that read it: %d %s", len(data), ended.returncode, last_words
        )
        raise Unreadable(HEAVY)
    answer = json.loads(ended.stdout)
    if "refusal" in answer:
        raise Unreadable(answer["refusal"])
    return answer["tables"]


def answer_to(data: bytes) -> dict:
    """The other side."""
    from . import sheets

    try:
        return {"tables": sheets.tables_of(data)}
    except Unreadable as refusal:
        return {"refusal": str(refusal)}


def _within_limits(memory: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Not every system knows every limit; the time is limited on all.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    _within_limits(int(sys.argv[1]))
    sys.stdout.write(json.dumps(answer_to(sys.stdin.buffer.read())))
