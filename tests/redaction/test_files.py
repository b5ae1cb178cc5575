"""Attached files that hold the name: told, and withdrawn where that is asked for."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from recommendations.models import ProgressUpdate, Redaction
from recommendations.redaction.attached import Attached, holding
from recommendations.redaction.wording import Wording
from recommendations.sealing.make import seal_history
from recommendations.sealing.verify import Verification
from tests import factories

pytestmark = pytest.mark.django_db
WORDING = Wording(names=["Pat Doe"])


def office_file(text, part="word/document.xml"):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr(part, text)
    return packed.getvalue()


def said_by(record):
    with record.file.open() as file:
        return file.read()


FILES = {
    "a Word file": office_file("<w:p><w:r>Dear Pat</w:r><w:r> Doe</w:r></w:p>"),
    "two cells": office_file("<si><t>Pat</t></si><si><t>Doe</t></si>", "xl/sharedStrings.xml"),
    "who wrote it": office_file("<dc:creator>Pat Doe</dc:creator>", "docProps/core.xml"),
    "a plain text": "Zoë met Pat Doe.".encode("utf-16"),
    "a damaged PDF": b"%PDF-1.4 /Author (Pat Doe)",
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_is_read_in_every_way(what):
    assert any(map(WORDING.is_in, Attached("attachments/1", "letter", FILES[what]).texts()))


def test_a_file_is_told_and_stays_unless_it_is_withdrawn(recommendation, redact, media):
    said = redact("--name", "Pat Doe")
    assert "Attached file “Letter_Pat_Doe.txt”" in said
    assert said_by(ProgressUpdate.objects.get()) == b"Dear Pat Doe, we met on Monday."


def test_a_withdrawn_file_becomes_a_text_that_says_so(recommendation, redact, today):
    redact("--name", "Pat Doe", "--withdraw-files")
    update = ProgressUpdate.objects.get()
    assert update.file_name == "Letter_[redacted].txt"
    assert said_by(update).decode().startswith("This file was withdrawn on 18 November 2026")
    assert update.history.get().file == update.file.name


def test_what_was_withdrawn_is_on_record_by_its_digest(recommendation, redact):
    redact("--name", "Pat Doe", "--withdraw-files")
    [file] = Redaction.objects.get().files
    assert file["bytes"] == len(b"Dear Pat Doe, we met on Monday.")
    assert len(file["sha256"]) == 64


def test_the_history_is_proven_after_a_file_was_withdrawn(recommendation, redact):
    seal_history()
    redact("--name", "Pat Doe", "--withdraw-files")
    assert list(map(str, Verification().findings())) == []


def test_what_nobody_could_look_through_is_counted(recommendation, media, clerk):
    picture = SimpleUploadedFile("plan.png", b"\x89PNG\r\n\x1a\n1")
    factories.make_update(recommendation, by=clerk, file=picture)
    lost = factories.make_update(recommendation, by=clerk, file=SimpleUploadedFile("lost.txt", b"lost"))
    lost.file.storage.delete(lost.file.name)
    assert sorted(holding(WORDING)[1]) == ["lost.txt", "plan.png"]


@pytest.mark.parametrize("options", [(), ("--withdraw-files",)])
def test_a_file_that_somebody_changes_after_it_is_found(recommendation, redact, options):
    """Of a row whose words alone were redacted, and of the text that stands in the place of a file."""
    seal_history()
    redact("--name", "Pat Doe", *options)
    file = ProgressUpdate.objects.get().file
    Path(file.path).write_bytes(b"Another")
    [finding] = map(str, Verification().findings())
    assert "its file has other bytes" in finding
