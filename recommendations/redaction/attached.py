"""Attached files that hold it: read as far as they can be, and withdrawn where that is asked for."""

import hashlib
import io
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from recommendations.minutes.pdf_apart import lines_of_pdf
from recommendations.minutes.refusals import Unreadable
from recommendations.models.files import stored_name
from recommendations.redaction.places import Change

PICTURES = (".png", ".jpg", ".jpeg")
# Of one part of an Office file so much is read: they are at most 10 MB packed.
MOST_OF_A_PART = 64 * 1024 * 1024
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Attached:
    """One file, however many rows name it: a record and its history."""

    stored: str
    name: str
    data: bytes

    def texts(self):
        """All it says, in every way that it may be written down there: also who wrote it, and comments."""
        yield self.name
        for coding in ("utf-8", "utf-16", "latin-1"):
            yield self.data.decode(coding, errors="replace")
        if self.data.startswith(b"%PDF-"):
            with suppress(Unreadable):
                yield "\n".join(lines_of_pdf(self.data))
        if self.data.startswith(b"PK"):
            yield from _of_parts(self.data)

    @property
    def proof(self):
        return {"stored": self.stored, "bytes": len(self.data), "sha256": hashlib.sha256(self.data).hexdigest()}


def _of_parts(data):
    """A word may be cut into pieces within a line, and lines stand in elements of their own: read both ways."""
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as parts:
        for part in parts.infolist():
            if part.filename.endswith((".xml", ".rels", ".txt")):
                with parts.open(part) as file:
                    text = file.read(MOST_OF_A_PART).decode(errors="replace")
                yield TAG.sub("", text)
                yield TAG.sub(" ", text)


def with_files():
    """(model, the column of its files)."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        if {"file", "file_name"} <= names:
            yield model


def everything():
    """(file, or None where it cannot be read, what it is called) of all that rows name."""
    seen = set()
    for model in with_files():
        rows = model._base_manager.exclude(file="").exclude(file=None).values_list("file", "file_name")
        for stored, name in rows.iterator():
            if stored not in seen:
                seen.add(stored)
                yield _opened(stored, name), name


def _opened(stored, name):
    try:
        with default_storage.open(stored) as file:
            return Attached(stored, name, file.read())
    except OSError:
        return None


def holding(wording):
    """(the files that hold it, the names of those that nobody could look through)."""
    found, unread = [], []
    for file, name in everything():
        if file is None or name.lower().endswith(PICTURES):
            unread.append(name)
        if file and any(map(wording.is_in, file.texts())):
            found.append(file)
    return found, unread


def store(sentence):
    """A text instead of a file; returns the name it is stored under."""
    return default_storage.save(stored_name(None, "withdrawn.txt"), ContentFile(sentence.encode()))


def renamed(file, instead, wording):
    """What the rows that name the file become."""
    name, _times = wording.without(PurePath(file.name).stem[:200])
    after = {"file": instead, "file_name": f"{name}.txt"}
    for model in with_files():
        for key, shown in model._base_manager.filter(file=file.stored).values_list("pk", "file_name"):
            yield Change(model, key, {"file": file.stored, "file_name": shown}, after, 1)
