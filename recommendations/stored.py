"""Where attached files lie: each whole or not at all, and none for long without a record that names it.

A file is on the disk before its record is stored, so that no record ever lacks one. Until the record is there, a mark
tells of the file: where the change was taken back, the file goes with the request; where its process died, an hour later.
"""

import logging
import os
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePath

from django.apps import apps
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, connection, models, transaction

# The folder of the marks, beside the files. A backup leaves it out.
MARKS = ".being-saved"
# Longer than any change takes: until then another process may still be at it.
A_WHILE = 60 * 60

log = logging.getLogger(__name__)


class AttachedFiles(FileSystemStorage):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.here = threading.local()

    def _save(self, name, content):
        self.clear_up()
        self._mark(name)
        try:
            name = super()._save(name, content)
            for path in (self.path(name), os.path.dirname(self.path(name))):
                sync(path)
        except BaseException:
            self.delete(name)
            raise
        if connection.in_atomic_block:
            self._waiting().append((name, connection.connection))
            transaction.on_commit(partial(self._unmark, name), robust=True)
        return name

    def delete(self, name):
        """The mark last: whoever dies in between leaves it to the next."""
        super().delete(name)
        self._unmark(name)

    def begin(self):
        """At the beginning of a request: what was open before is not its business."""
        self._waiting().clear()

    def settle(self):
        """At the end of a request: what its changes did not come to name goes.

        Not where the connection was lost: whether the change was stored before that, nobody can say at this moment.
        """
        for name, made_on in tuple(self._waiting()):
            if made_on is connection.connection:
                self._judge(name)

    def clear_up(self):
        """What was marked long ago: by a process that died, or lost its database."""
        for mark in self._marks().glob("*/*"):
            with suppress(FileNotFoundError):
                if time.time() - mark.stat().st_mtime > A_WHILE:
                    self._judge(mark.relative_to(self._marks()).as_posix())

    def _judge(self, name):
        try:
            is_named = any(rows.filter(**{field: name}).exists() for rows, field in that_name_files())
        except DatabaseError:
            return
        if is_named:
            self._unmark(name)
        else:
            log.warning("A file that no record came to name is removed.")
            self.delete(name)

    def _waiting(self):
        """Files of this thread whose change is not stored yet, each with the connection it was made on."""
        if not hasattr(self.here, "waiting"):
            self.here.waiting = []
        return self.here.waiting

    def _marks(self):
        return Path(self.location, MARKS)

    def _mark(self, name):
        mark = self._marks() / name
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch(exist_ok=False)
        sync(mark.parent)

    def _unmark(self, name):
        (self._marks() / name).unlink(missing_ok=True)
        self._waiting()[:] = [each for each in self._waiting() if each[0] != name]


class Settled:
    """The innermost middleware: when it has its answer, every change of a request is stored or taken back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        default_storage.begin()
        response = self.get_response(request)
        default_storage.settle()
        return response


def that_name_files():
    """(rows, column) of all that may name one: histories too, since a record may have another by now."""
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, models.FileField):
                yield getattr(model, "history", model._base_manager), field.name


def sync(path):
    """What is in this file, or was made and renamed in this folder, is on the disk: a power cut takes it away no more."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_mark(name):
    return PurePath(name).parts[0] == MARKS
