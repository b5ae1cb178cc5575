"""What no file from outside may hold, whatever it is called: a lock, a program, a way to elsewhere, a bomb. Plain Python.

A file is looked at and never run. Archives are measured by their own directory before anything is unpacked, and their parts
are read piece by piece. `why_refused` gives one sentence for whoever chose the file, or "".
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape

from recommendations import pdf_scripts


def _(sentence: str) -> str:
    """Marks it for the catalogue, no more: looked up where it is shown."""
    return sentence


LOCKED = _("This file is locked with a password. Save a copy without the password and choose that.")
MACROS = _("This file holds macros. Save it in a format without them (docx, xlsx, odt, ods or PDF) and choose that.")
PROGRAM = _(
    "Inside this file is a program, or a file that may be one. Remove it, or save it all as a PDF, and choose that."
)
ELSEWHERE = _("This file loads parts of itself from another place. Save it as a PDF and choose that.")
SCRIPT = _("This PDF holds a script, or starts a program. Print it to a new PDF and choose that.")
BOMB = _(
    "This file unpacks to more than 300 MB, or to too many parts. Save its words alone in a new file and choose that."
)
DAMAGED = _("This file is damaged or incomplete. Open it, save it again and choose the new one.")
TWO_IN_ONE = _("This file is two kinds of file in one. Open it, save it again and choose the new one.")

MOST_UNPACKED = 300 * 1024 * 1024
MOST_PARTS = 10_000
# A chart of Excel's in a text of Word's in a slide is as deep as honest files go.
DEEPEST = 3
_PIECE = 1024 * 1024
# So much of one piece is looked at again with the next: what is looked for is shorter.
_OVERLAP = 4096
# Of a list of relations, which is parsed.
_MOST_RELATIONS = 8 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|script|iframe|\?php)[\s>]|%PDF-\d", re.IGNORECASE)

# Where Microsoft's and OpenDocument's files keep macros, and how they call a part of them that has another name.
_MACRO_PARTS = re.compile(
    r"vba(?:project|data)[^/]*\.(?:bin|xml)$|(?:^|/)macrosheets/|^(?:basic|scripts)/", re.IGNORECASE
)
_MACRO_KINDS = re.compile(r"macroEnabled|vbaProject|vbaData|macrosheet", re.IGNORECASE)
_MACRO_ADDRESS = re.compile(rb"vnd\.sun\.star\.script:|script:event-listener|macro:///|encryption-data", re.IGNORECASE)
_PROGRAM_PARTS = re.compile(
    r"(?:^|/)activeX/|\.(?:exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|jar|msi)$", re.IGNORECASE
)
# Fields and links that start another program when the file is opened.
_INSTRUCTION = re.compile(rb"<(?:\w+:)?instrText[^>]*>([^<]*)<")
_DDE = re.compile(r"\bDDE(?:AUTO)?\s+[\"\w]", re.IGNORECASE)
_DDE_LINK = re.compile(rb"<(?:\w+:)?ddeLink\b")
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
# Followed only when somebody clicks, or after the program has asked.
_ASKED_FIRST = re.compile(r"/(?:hyperlink|externalLink(?:Long)?Path|xlExternalLinkPath/\w+)$", re.IGNORECASE)
# A folder of the author's own machine leads nowhere else.
_OWN_MACHINE = re.compile(r"(?:file:/{2,3})?[A-Za-z]:[\\/]|#|$")


def why_refused(data: bytes, *, may_be_locked: bool = False) -> str:
    """The sentence that says what is wrong with it, or "". `may_be_locked`: whoever reads a PDF tells about its lock."""
    start = data[:1024].lstrip()
    if start.startswith(_ZIP):
        return _of_archive(data, 1)
    if data.startswith(_OLE):
        return _of_old_file(data)
    if zipfile.is_zipfile(io.BytesIO(data)) or (data.startswith(_PICTURES) and _MARKUP.search(data)):
        return TWO_IN_ONE
    if b"%PDF-" in start:
        if not may_be_locked and pdf_scripts.is_locked(data):
            return LOCKED
        return SCRIPT if pdf_scripts.has_script(data) else ""
    return ""


# What Microsoft wrote before 2007, and what it locks with a password still: the names of its streams tell


def _of_old_file(data: bytes) -> str:
    if _holds(data, "EncryptedPackage") or _holds(data, "EncryptionInfo"):
        return LOCKED
    if _holds(data, "_VBA_PROJECT"):
        return MACROS
    return PROGRAM if _holds(data, "\x01Ole10Native") else ""


def _holds(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


# Archives: Word, Excel, PowerPoint, OpenDocument


def _of_archive(data: bytes, depth: int) -> str:
    if depth > DEEPEST:
        return BOMB
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            return _of_directory(parts) or next(
                (said for part in parts if (said := _of_part(archive, part, depth))), ""
            )
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return DAMAGED


def _of_directory(parts: list[zipfile.ZipInfo]) -> str:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return BOMB
    if any(part.flag_bits & 1 for part in parts):
        return LOCKED
    names = [part.filename for part in parts]
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", name) for name in names):
        return DAMAGED
    if any(map(_MACRO_PARTS.search, names)):
        return MACROS
    return PROGRAM if any(map(_PROGRAM_PARTS.search, names)) else ""


def _of_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> str:
    name = part.filename.lower()
    with archive.open(part) as file:
        start = file.read(_OVERLAP)
        if start.startswith(_ZIP):
            return _of_archive(start + file.read(), depth + 1)
        if start.startswith(_OLE):
            return _of_old_file(start + file.read())
        if start.startswith(_PROGRAMS):
            return PROGRAM
        if name.endswith(".rels") or name == "[content_types].xml":
            return _of_relations(start + file.read(_MOST_RELATIONS))
        return _of_words(start, file) if name.endswith((".xml", ".rdf")) else ""


def _of_words(start: bytes, file) -> str:
    """Of a part in XML. Office writes UTF-8; whoever writes otherwise hides what is looked for here."""
    if b"\0" in start[:4] or start.startswith((b"\xff\xfe", b"\xfe\xff")) or _DTD.search(start):
        return DAMAGED
    for piece in _pieces(start, file):
        if found := _MACRO_ADDRESS.search(piece):
            return LOCKED if found[0].lower() == b"encryption-data" else MACROS
        told = b"".join(_INSTRUCTION.findall(piece)).decode(errors="replace")
        if _DDE_LINK.search(piece) or _DDE.search(unescape(told)):
            return PROGRAM
    return ""


def _pieces(start: bytes, file) -> Iterator[bytes]:
    piece = start
    while piece:
        read = file.read(_PIECE)
        yield piece + read
        piece = read and (piece + read)[-_OVERLAP:]


def _of_relations(data: bytes) -> str:
    """What a part refers to, and of what kind each part is: parsed, since letters in it may be written as numbers."""
    from lxml import etree

    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return DAMAGED
    if tree.getroottree().docinfo.doctype:
        return DAMAGED
    for each in tree.iter(etree.Element):
        kind = f"{each.get('Type', '')}{each.get('ContentType', '')}"
        if _MACRO_KINDS.search(kind):
            return MACROS
        if each.get("TargetMode") == "External" and not _is_harmless(kind, each.get("Target", "")):
            return ELSEWHERE
    return ""


def _is_harmless(kind: str, target: str) -> bool:
    return bool(_ASKED_FIRST.search(kind) or _OWN_MACHINE.match(target.strip()))


# Of what kind it is: not the name tells, but what the archive says of its first part

_KINDS = {
    ".docx": "wordprocessingml.document.main+xml",
    ".xlsx": "spreadsheetml.sheet.main+xml",
    ".pptx": "presentationml.presentation.main+xml",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def is_office_file(data: bytes, ending: str) -> bool:
    """Whether an archive that was found harmless is what its ending says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            said = next((name for name in ("[Content_Types].xml", "mimetype") if name in names), "")
            with archive.open(said) as file:
                told = file.read(_MOST_RELATIONS).decode(errors="replace").strip()
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, KeyError):
        return False
    return told == _KINDS[ending] if said == "mimetype" else _KINDS[ending] in told
