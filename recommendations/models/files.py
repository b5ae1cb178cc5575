"""Attached files: checked by what is in them, kept outside the static files, served only through a view."""

import uuid
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from recommendations.uploads import is_office_file, why_refused
from recommendations.words import look_up

MAX_BYTES = 10 * 1024 * 1024
# Each ending with how such a file begins; an empty one means plain text.
BEGINNINGS = {
    ".pdf": b"%PDF-",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".pptx": b"PK\x03\x04",
    ".odt": b"PK\x03\x04",
    ".ods": b"PK\x03\x04",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".txt": b"",
    ".csv": b"",
}
# What a browser is told each is; none is anything that runs.
KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    # An old tracker may be one.
    ".xls": "application/vnd.ms-excel",
}


def validate_attachment(upload):
    """Refuse what is too large, of no accepted kind, holds what no file may hold, or is not what its name says."""
    ending = PurePath(upload.name).suffix.lower()
    if ending not in BEGINNINGS:
        raise ValidationError(_("Choose a PDF, Word, Excel, PowerPoint, OpenDocument, picture, text or CSV file."))
    if upload.size > MAX_BYTES:
        raise ValidationError(_("Choose a file of at most 10 MB."))
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if refusal := why_refused(content):
        raise ValidationError(look_up(refusal))
    if not _is_what_it_says(ending, content):
        raise ValidationError(
            _("The file is not a real %(ending)s file. Save it again in that format and choose it again.")
            % {"ending": ending}
        )


def _is_what_it_says(ending, content):
    beginning = BEGINNINGS[ending]
    if not content or not content.startswith(beginning):
        return False
    if beginning == b"PK\x03\x04":
        return is_office_file(content, ending)
    return bool(beginning) or b"\0" not in content


def stored_name(instance, name):
    """A name nobody can guess, of nothing that a person typed but the ending."""
    return f"attachments/{uuid.uuid4().hex}{PurePath(name).suffix.lower()}"


def shown_name(name):
    """The last part of what it was called, without signs that are not seen: one turns round what is read after it."""
    seen = "".join(letter for letter in name.replace("\\", "/") if letter.isprintable())
    return PurePath(seen).name[-255:]


class WithFile(models.Model):
    """May carry one attached file, under the name it was uploaded with."""

    file = models.FileField(upload_to=stored_name, blank=True, validators=[validate_attachment], max_length=200)
    file_name = models.CharField(max_length=255, blank=True, editable=False)

    class Meta:
        abstract = True

    def attach(self, upload):
        if upload:
            self.file, self.file_name = upload, shown_name(upload.name)
        return self
