"""From a file or a paste to lines of text. What a file is, its content tells, not its name."""

import re

from recommendations.uploads import DAMAGED, why_refused

from .refusals import BINARY, EMPTY, MOST_TEXT, OLD_WORD, RICH_TEXT, TOO_LONG, Unreadable, within_measure

__all__ = ["Unreadable", "lines_of", "lines_of_text"]

# Files may be larger than their text: pictures, fonts, styles.
MOST_BYTES = 40_000_000
_NEWLINES = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_TAGS = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|p|div|br|ul|ol|li|table|h[1-6]|span)\b[^<>]{0,400}>", re.IGNORECASE
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PICTURES = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"II*\x00",
    b"MM\x00*",
    b"RIFF",
    b"\x7fELF",
    b"\x1f\x8b",
    b"BZh",
    b"Rar!",
    b"7z\xbc\xaf",
)


def lines_of(data: bytes, name: str = "") -> list[str]:
    """The lines of a txt, html, docx or pdf file; `name` only serves a caller's messages."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable(EMPTY)
    if len(data) > MOST_BYTES:
        raise Unreadable(TOO_LONG)
    # Its reader knows better what is damaged, and which locks it can open.
    if (refusal := why_refused(data, may_be_locked=True)) and refusal != DAMAGED:
        raise Unreadable(refusal)
    start = data[:1024].lstrip()
    if start.startswith(b"PK\x03\x04"):
        from .word_files import lines_of_word as reader
    elif b"%PDF-" in start:
        from .pdf_apart import lines_of_pdf as reader
    else:
        reader = _lines_of_plain
    return within_measure(reader(data))


def lines_of_text(text: str) -> list[str]:
    """The lines of pasted words."""
    if len(text) > MOST_TEXT:
        raise Unreadable(TOO_LONG)
    if _looks_binary(text):
        raise Unreadable(BINARY)
    return within_measure(_split(text))


def _lines_of_plain(data: bytes) -> list[str]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(OLD_WORD)
    if data.lstrip()[:6] == b"{\\rtf1":
        raise Unreadable(RICH_TEXT)
    if data.startswith(_PICTURES):
        raise Unreadable(BINARY)
    text = _decoded(data)
    if _is_web_page(text):
        from .web_pages import lines_of_web_page

        return lines_of_web_page(text)
    return lines_of_text(text)


def _is_web_page(text: str) -> bool:
    """Whether text is HTML: it begins as a page, or holds several tags that only pages have."""
    start = text[:20_000].encode(errors="replace")
    lead = start.lstrip()[:200].lower()
    if lead.startswith((b"<!doctype html", b"<html", b"<?xml")) and _TAGS.search(start):
        return True
    return (lead.startswith(b"<") and bool(_TAGS.search(start))) or len(_TAGS.findall(start)) > 3


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 when it says so or shows by its empty bytes, else the old Windows code page."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if encoding := _wide(data[:2000]):
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _wide(sample: bytes) -> str:
    """UTF-16 without its mark: every other byte of plain words is empty."""
    half = len(sample) // 2
    if half < 4:
        return ""
    if sample[1::2].count(0) > 0.6 * half and not sample[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > 0.6 * half and not sample[1::2].count(0) else ""


def _looks_binary(text: str) -> bool:
    sample = text[:100_000]
    odd = sum(character < " " and character not in "\t\n\r\v\f\x1c\x1d\x1e\x1f" for character in sample) + sample.count(
        "\ufffd"
    )
    # PostgreSQL keeps no empty character, wherever it stands.
    return "\x00" in text or odd * 50 > len(sample)


def _split(text: str) -> list[str]:
    return _NEWLINES.split(text.removeprefix("\ufeff"))
