"""A whole site in processes of its own, to be killed: a PostgreSQL, gunicorn as gunicorn.conf.py has it, and who writes."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import requests
from django.conf import settings
from lxml import html

from tests import postgres
from tests.factories import PASSWORD

# What was committed is on the way to the disk when the server says so. Without fsync it has only reached the kernel,
# which outlives every process: what is tried here is that these die, not that the power goes.
DURABLE = "-c synchronous_commit=on -c fsync=off -c max_connections=60"


class Machine:
    """Everything that runs, and everything that is stored, below one folder."""

    def __init__(self, folder):
        self.folder, self.media = folder, folder / "media"
        self.database = postgres.Server(folder, DURABLE)
        self.database.start()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings", "DATABASE_URL": self.database.address,
            "MEDIA_ROOT": str(self.media), "WEB_CONCURRENCY": "2", "LOG_JSON": "true", "LOCK_TIMEOUT": "1",
        }  # fmt: skip
        self.web = None

    def command(self, *arguments):
        """What it said, and its exit code."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    def set_up(self, officers):
        """The people who write, as tests/faults/scene.py makes them."""
        code, said = self.command("manage.py", "migrate", "--verbosity=0")
        assert code == 0, said
        code, said = self.command("-m", "tests.faults.scene", str(officers))
        assert code == 0, said
        return json.loads(said)

    def serve(self):
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            place = "{}:{}".format(*one.getsockname())
        self.site, self.log = f"http://{place}", self.folder / "web.log"
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "gunicorn", "--bind", place]
            self.web = subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log)
        wait_until(lambda: self.workers() and is_there(self.site))

    def workers(self):
        return [*map(int, Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split())]

    def kill_a_worker(self):
        """One of them, or none where it is being replaced just now."""
        for worker in random.sample(self.workers(), k=1):
            os.kill(worker, signal.SIGKILL)

    def kill_the_database(self, seconds):
        """It stays away for so long."""
        self.database.kill()
        time.sleep(seconds)
        self.database.start()

    def ask(self, sql):
        with self.told(sql) as rows:
            return rows

    @contextmanager
    def told(self, sql):
        """What the database says to this, in a transaction that lasts as long as the block."""
        connection = psycopg2.connect(dbname="postgres", user="postgres", host=str(self.folder))
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(sql)
                yield cursor.fetchall()
        finally:
            connection.close()

    def files(self, folder="."):
        root = self.media / folder
        return {path.relative_to(root).as_posix() for path in (root / "attachments").glob("*")}

    def files_of_updates(self):
        return {name for (name,) in self.ask("SELECT file FROM recommendations_progressupdate WHERE file <> ''")}

    def lines(self):
        """Of the log, as they were written."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def end(self):
        if self.web and self.web.poll() is None:
            self.web.terminate()
            self.web.wait(40)
        self.database.stop()


class Writer(threading.Thread):
    """An officer who signs in and writes one update after the other, each with a file and another status.

    `done` holds what the site said is saved; what it said nothing of may be saved or not.
    """

    def __init__(self, machine, email, page):
        super().__init__(daemon=True)
        self.machine, self.email, self.page = machine, email, page
        self.browser, self.is_over = requests.Session(), threading.Event()
        self.done, self.answers = [], []

    def sign_in(self):
        self.send("/sign-in/", username=self.email, password=PASSWORD)

    def run(self):
        number = 0
        while not self.is_over.is_set():
            number += 1
            try:
                self.write(f"{self.email} wrote {number}")
            except (requests.RequestException, IndexError):
                # The worker died that was serving this, or there was no form to fill in.
                time.sleep(0.05)

    def write(self, text):
        answer = self.send(f"{self.page}update/", text=text, file=("update.txt", text))
        self.answers.append(answer.status_code)
        if answer.status_code == 302:
            self.done.append(text)

    def get(self, page):
        return self.browser.get(f"{self.machine.site}{page}", timeout=30, allow_redirects=False)

    def send(self, page, *, form=None, file=None, **typed):
        """Fill in the form of the page, opened now unless it was before, with another status, and send it."""
        opened = html.document_fromstring((form or self.get(page)).content)
        fields = dict(opened.xpath("//main//form[@method='post']")[-1].form_values()) | typed
        if "progress" in fields:
            fields["progress"] = {"in_progress": "paused"}.get(fields["progress"], "in_progress")
        files = {"file": file} if file else None
        return self.browser.post(f"{self.machine.site}{page}", fields, files=files, timeout=30, allow_redirects=False)


def is_there(site):
    try:
        return requests.get(f"{site}/sign-in/", timeout=5).ok
    except requests.ConnectionError:
        return False


def wait_until(happened, seconds=30):
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "It never happened."
        time.sleep(0.05)
