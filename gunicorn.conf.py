"""How gunicorn serves the site. It reads this file of its own accord when it is started beside manage.py.

What stands here can be given otherwise on its command line, which wins: `--bind`, `--workers`, `--threads`.
"""

import ctypes
import gc
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse_board.settings")

from django.conf import settings
from gunicorn import glogging, util

from cse_board.no_request import refuse

# A page of gunicorn's own repeats what was sent, and has none of our headers.
util.write_error = refuse

# Memory, where the machine offers it as a folder: a full disk must neither stop a worker's heartbeat nor its counting.
_memory = next((folder for folder in ("/dev/shm",) if os.access(folder, os.W_OK)), None)  # noqa: S108

wsgi_app = "cse_board.wsgi"
workers = int(os.environ.get("WEB_CONCURRENCY", 2))
# Each thread keeps a connection to the database. A file of 100,000 rows occupies one thread, not the worker.
threads = int(os.environ.get("WEB_THREADS", 4))
# The code is loaded once and shared by all workers. A new version therefore needs a restart; a HUP is not enough.
preload_app = True
# A worker that has not stirred for so long is replaced. With threads this does not end long answers.
timeout = 60
# So long may what is being answered take after a SIGTERM.
graceful_timeout = 30
keepalive = 5
worker_tmp_dir = _memory
control_socket_disable = True


class Logger(glogging.Logger):
    def access(self, resp, req, environ, request_time):
        """The site writes a line for every request itself; gunicorn's took time, and nobody was to read it."""


logconfig_dict, logger_class = settings.LOGGING, Logger

# All workers count into one folder, which lasts as long as this server and bears its number.
_METRICS = "cse-board-metrics-"


def _is_gone(folder):
    number = folder.name.removeprefix(_METRICS).partition("-")[0]
    return number.isdecimal() and not Path("/proc", number).exists()


if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    for _left in filter(_is_gone, Path(_memory or tempfile.gettempdir()).glob(f"{_METRICS}*")):
        # By a server that was killed.
        shutil.rmtree(_left, ignore_errors=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=f"{_METRICS}{os.getpid()}-", dir=_memory)


# With glibc, every thread that waits for another sets memory of its own aside, and what it has no more use for serves it
# alone. Python's threads take turns anyhow, so one share serves them all: of 190 MB, some ten less.
_M_ARENA_MAX, _libc = -8, ctypes.CDLL(None)
if hasattr(_libc, "mallopt"):
    _libc.mallopt(_M_ARENA_MAX, 1)


def when_ready(server):
    """Before the workers part: what is in memory now stays shared, since no collector of garbage writes into it."""
    gc.collect()
    gc.freeze()


def child_exit(server, worker):
    """What an ended worker has counted is kept, and its files are not."""
    from cse_board.metrics import lay_to_rest

    lay_to_rest(worker.pid)


def on_exit(server):
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    if folder.name.startswith(_METRICS):
        shutil.rmtree(folder, ignore_errors=True)
