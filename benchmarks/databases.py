"""The PostgreSQL of the benches: one that is given, else one of this machine, as durable as in production; and its portfolios."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving import ROOT, free_port

FOLDER = Path(os.environ.get("BENCH_FOLDER", ROOT / "var" / "bench"))
# Nothing that a council's server would not have: every commit is on the disk before it is answered.
SETTINGS = {
    "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "512MB",
    "effective_cache_size": "2GB", "work_mem": "16MB", "maintenance_work_mem": "256MB", "max_wal_size": "4GB",
    "random_page_cost": "1.1", "max_connections": "60", "jit": "off",
}  # fmt: skip
# Of these, PostgreSQL 15 is what the peers were measured on.
INSTALLED = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/*/bin", "/usr/pgsql-15/bin", "/usr/local/pgsql/bin")


@contextmanager
def server():
    """The address of a server, without a database's name."""
    if given := os.environ.get("BENCH_DATABASE_URL"):
        yield given.rsplit("/", 1)[0]
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    binaries, owner = programs()
    data, port = FOLDER / f"data-{version_of(binaries)}", free_port()

    def run(program, *given):
        subprocess.run([binaries / program, *given], check=True, cwd=FOLDER, stdout=subprocess.DEVNULL, user=owner)

    if owner:
        shutil.chown(FOLDER, owner)
    if not data.exists():
        run("initdb", "-D", data, "--auth=trust", "--encoding=utf8", "--locale=C", "--username=postgres")
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    here = f"-h 127.0.0.1 -p {port} -c unix_socket_directories=''"
    run("pg_ctl", "-D", data, "-w", "-t", "300", "-l", FOLDER / "postgres.log", "-o", f"{here} {options}", "start")
    try:
        yield f"postgres://postgres@127.0.0.1:{port}"
    finally:
        run("pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def programs():
    """(where PostgreSQL's programs are, who runs them: it refuses to be root)."""
    found = [path for pattern in INSTALLED for path in sorted(Path("/").glob(pattern[1:]), reverse=True)]
    if found:
        return found[0], None if os.geteuid() else next(filter(is_known, ("postgres", "nobody")))
    from tests.postgres import installed

    return installed(FOLDER / "wheel")


def is_known(name):
    return re.search(rf"^{name}:", Path("/etc/passwd").read_text(), re.M)


def version_of(binaries):
    told = subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    return re.search(r"\d+", told)[0]


def portfolio(address, size, seed, tell):
    """The address of a database with a portfolio of that size, made now unless it is there from an earlier run."""
    name, key = f"bench_{size}", key_of(size, seed)
    if ask(address, "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]) == [
        (key,)
    ]:
        tell(f"{size:,} recommendations are there from an earlier run.")
        return f"{address}/{name}"
    ask(address, f'DROP DATABASE IF EXISTS "{name}"')
    ask(address, f'CREATE DATABASE "{name}" TEMPLATE template0')
    tell(f"Making {size:,} recommendations.")
    manage(f"{address}/{name}", "migrate", "--verbosity", "0")
    manage(f"{address}/{name}", "seed_portfolio", "--recommendations", str(size), "--seed", str(seed), "--invented")
    ask(f"{address}/{name}", "VACUUM ANALYZE")
    ask(address, f"COMMENT ON DATABASE \"{name}\" IS '{key}'")
    return f"{address}/{name}"


def key_of(size, seed):
    """What a portfolio is made of: its size and seed, the tables and the teller."""
    told = hashlib.sha256(f"{size} {seed}".encode())
    for folder in ("migrations", "portfolio"):
        for path in sorted((ROOT / "recommendations" / folder).glob("*.py")):
            told.update(path.read_bytes())
    return told.hexdigest()


def ask(address, statement, values=None):
    import psycopg2

    connection = psycopg2.connect(address if address.count("/") > 2 else f"{address}/postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def manage(address, *command):
    from benchmarks.serving import environment

    subprocess.run([sys.executable, ROOT / "manage.py", *command], check=True, cwd=ROOT, env=environment(address))
