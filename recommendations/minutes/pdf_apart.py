"""Reads PDFs in a process of its own, kept for the next file, so that no PDF can take this one's memory, time or life.

PDFium is fast because it is not Python, and a hostile file may lead it anywhere. The process holds no secrets, may use so much
memory and no more, writes no files, and is ended when it takes too long. It also answers one file at a time, as PDFium must.
"""

import atexit
import contextlib
import json
import logging
import os
import resource
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from .refusals import HEAVY_PDF, Unreadable

MOST_SECONDS = 20.0
MOST_MEMORY = 1 << 30
# A process that a large file has made larger than this is not kept.
MOST_KEPT = 200 << 20
_ROOT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)
_LENGTH = struct.Struct(">I")


def lines_of_pdf(data: bytes) -> list[str]:
    # Not above: the process has no need of the grammar, and begins sooner without it.
    from .paragraphs import join_lines

    answer = _reader.answer_to(data)
    if "refusal" in answer:
        raise Unreadable(answer["refusal"])
    return [join_lines(parts) for parts in answer["paragraphs"]]


class _Reader:
    """The process and the pipe to it; begun with the first PDF, and anew after one that ended it."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """A forked process leaves the reader to its parent: two that talk into one pipe would get each other's minutes."""
        self.lock = threading.Lock()
        # Untyped: a pipe that was asked for is there.
        self.process: Any = None

    def answer_to(self, data: bytes) -> dict:
        with self.lock:
            if not self.process or self.process.poll() is not None:
                self.begin()
            timer = threading.Timer(MOST_SECONDS, self.process.kill)
            timer.start()
            try:
                _send(self.asked, data)
                answer = json.loads(_receive(self.answers))
            except (OSError, EOFError) as error:
                _log.warning("A PDF of %d bytes ended the process that read it: %s", len(data), self.end())
                raise Unreadable(HEAVY_PDF) from error
            finally:
                timer.cancel()
            if answer["memory"] > MOST_KEPT:
                self.end()
            return answer

    def begin(self) -> None:
        self.end()
        self.process = subprocess.Popen(  # noqa: S603 (this Python, this module and a number)
            [sys.executable, "-m", __name__, str(MOST_MEMORY)],
            cwd=_ROOT,
            # No secrets of the settings, and no interruption meant for this process.
            env={},
            start_new_session=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.asked, self.answers = self.process.stdin, self.process.stdout
        try:
            _receive(self.answers)
        except EOFError as error:
            # No file is to blame for this.
            raise RuntimeError(f"PDFs cannot be read here: python -m {__name__} ended with {self.end()}") from error

    def end(self) -> int | None:
        """Ends the process, and returns how it had ended."""
        process, self.process = self.process, None
        if not process:
            return None
        process.kill()
        with contextlib.suppress(OSError):
            process.communicate()
        return process.returncode


_reader = _Reader()
os.register_at_fork(after_in_child=_reader.forget)
atexit.register(_reader.end)


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """The next message; EOFError where the other side has ended."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    data = pipe.read(_LENGTH.unpack(head)[0])
    if len(data) < _LENGTH.unpack(head)[0]:
        raise EOFError
    return data


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """The other side: reads one file after another until there are no more."""
    from .pdf_files import paragraphs_of_pdf

    _send(answers, b"ready")
    while True:
        try:
            data = _receive(asked)
        except EOFError:
            return
        try:
            answer: dict = {"paragraphs": paragraphs_of_pdf(data)}
        except Unreadable as refusal:
            answer = {"refusal": str(refusal)}
        answer["memory"] = 1024 * _most_used()
        _send(answers, json.dumps(answer).encode())


def _most_used() -> int:
    """The most memory that this program has held, in kilobytes.

    Linux counts in `ru_maxrss` what the process held before it began this program, which may be all of a large parent.
    """
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _within_limits(memory: int) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        # Not every system knows every limit; the time is limited on all.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    from .pdf_pages import pdfium

    pdfium()
    _within_limits(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer)
