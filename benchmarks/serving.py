"""Starts gunicorn on production settings, and says how much memory its processes take."""

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# As a proxy says it that ends https.
HEADERS = {"X-Forwarded-Proto": "https", "Host": "127.0.0.1"}


def environment(database, settings="cse_board.settings"):
    """Production: DEBUG off, cookies for https alone, logs as JSON."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": settings,
        "DATABASE_URL": database,
        "DEBUG": "false",
        "DEMO": "false",
        "PUBLIC_PAGES": "false",
        "SECURE": "true",
        "BEHIND_PROXY": "true",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "WEB_CONCURRENCY": "2",
    }


KEY = secrets.token_urlsafe(64)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def served(database, log, settings="cse_board.settings"):
    """The site, or the floor, by its `settings`, on a free port, with two workers; yields a `Server`."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--keep-alive", "60"]
    with open(log, "w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment(database, settings), stdout=out, stderr=out)
    try:
        wait_for(port, process, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(40)


def wait_for(port, process, log, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"The server did not start. It said:\n{Path(log).read_text()[-2000:]}")


class Server:
    def __init__(self, port, pid):
        self.port, self.pid = port, pid

    def processes(self):
        below = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return [self.pid, *map(int, below.read_text().split())] if below.exists() else [self.pid]

    def memory(self):
        """In MB, what all its processes take together, each shared page once (PSS)."""
        return round(sum(map(share_of_memory, self.processes())) / 1024, 1)


def share_of_memory(pid):
    """In KB."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+)", text, re.M)
    return int(found[1]) if found else 0
