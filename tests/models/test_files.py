"""Attached files are taken by what is in them, not by what they are called."""

import io
import zipfile
from contextlib import nullcontext, suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from recommendations.models.files import BEGINNINGS, MAX_BYTES, stored_name, validate_attachment


def archive(**parts):
    """A zip that holds these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return content.getvalue()


def office(kind):
    """The least that a file of Microsoft's says of itself."""
    return archive(**{"[Content_Types].xml": f'<Types><Override ContentType="application/x.{kind}.main+xml"/></Types>'})


OFFICE = office("wordprocessingml.document")
REAL = {
    ".pdf": b"%PDF-1.7 and so on",
    ".docx": OFFICE,
    ".xlsx": office("spreadsheetml.sheet"),
    ".pptx": office("presentationml.presentation"),
    ".odt": archive(mimetype="application/vnd.oasis.opendocument.text"),
    ".ods": archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    ".png": b"\x89PNG\r\n\x1a\n and so on",
    ".jpg": b"\xff\xd8\xff and so on",
    ".jpeg": b"\xff\xd8\xff and so on",
    ".txt": "Zwei Schulen – “visited”.".encode(),
    ".csv": b"school,visited\n1,yes\n",
}


def upload(name, content):
    return SimpleUploadedFile(name, content)


def test_every_accepted_ending_is_tried_here():
    assert REAL.keys() == BEGINNINGS.keys()


@pytest.mark.parametrize("ending", REAL)
def test_a_real_file_is_taken(ending):
    validate_attachment(upload(f"report{ending}", REAL[ending]))


def test_the_ending_may_be_in_capitals():
    validate_attachment(upload("REPORT.PDF", REAL[".pdf"]))


def test_a_file_is_read_again_from_its_beginning():
    file = upload("report.pdf", REAL[".pdf"])
    validate_attachment(file)
    assert file.read() == REAL[".pdf"]


@pytest.mark.parametrize(
    "name", ["run.exe", "page.html", "drawing.svg", "macros.docm", "macros.xlsm", "report", ".pdf"]
)
def test_other_kinds_are_refused(name):
    with pytest.raises(ValidationError, match="Choose a PDF, Word"):
        validate_attachment(upload(name, REAL[".pdf"]))


@pytest.mark.parametrize("ending", REAL)
def test_an_empty_file_is_refused(ending):
    with pytest.raises(ValidationError, match=f"not a real {ending} file"):
        validate_attachment(upload(f"report{ending}", b""))


@pytest.mark.parametrize("ending", [ending for ending in REAL if ending not in (".txt", ".csv")])
def test_a_program_under_another_name_is_refused(ending):
    with pytest.raises(ValidationError, match="not a real"):
        validate_attachment(upload(f"report{ending}", b"MZ\x90\x00 a program"))


@pytest.mark.parametrize("ending", [".txt", ".csv"])
def test_text_holds_no_zero_bytes(ending):
    with pytest.raises(ValidationError, match="not a real"):
        validate_attachment(upload(f"report{ending}", b"MZ\x90\x00 a program"))


@pytest.mark.parametrize(("size", "is_taken"), [(MAX_BYTES, True), (MAX_BYTES + 1, False)])
def test_a_file_has_at_most_ten_megabytes(size, is_taken):
    file = upload("report.txt", b"x" * size)
    with nullcontext() if is_taken else pytest.raises(ValidationError, match="at most 10 MB"):
        validate_attachment(file)


@pytest.mark.parametrize("cut", [4, 30, len(OFFICE) // 2, len(OFFICE) - 1])
def test_a_file_that_was_cut_off_is_refused(cut):
    with pytest.raises(ValidationError, match=r"not a real|damaged"):
        validate_attachment(upload("report.docx", OFFICE[:cut]))


@given(place=st.integers(0, len(OFFICE) - 1), byte=st.integers(0, 255))
def test_a_damaged_file_is_taken_or_refused_in_words(place, byte):
    damaged = OFFICE[:place] + bytes([byte]) + OFFICE[place + 1 :]
    with suppress(ValidationError):
        validate_attachment(upload("report.docx", damaged))


@given(ending=st.sampled_from(sorted(BEGINNINGS)), rest=st.binary(max_size=200))
def test_whatever_is_sent_is_taken_or_refused_in_words(ending, rest):
    with suppress(ValidationError):
        validate_attachment(upload(f"report{ending}", BEGINNINGS[ending] + rest))


def test_a_stored_name_holds_nothing_but_the_ending():
    name = stored_name(None, "../Family Smith.PDF")
    assert name.startswith("attachments/")
    assert (len(name), name[-4:]) == (len("attachments/") + 32 + 4, ".pdf")
