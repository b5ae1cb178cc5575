"""Small files of each format, made for the tests."""

import io
import textwrap
import zipfile
import zlib
from xml.sax.saxutils import escape

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document):
    """A python-docx document as bytes."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def archive(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in parts.items():
            zipped.writestr(name, data)
    return file.getvalue()


def document(body, namespace=NAMESPACE):
    return f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'.encode()


def paragraph(words, runs=""):
    return f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r>{runs}</w:p>"


def table(*rows):
    """Rows of cells; a cell is words, or the XML of what it holds."""
    cells = [[cell if cell.startswith("<") else paragraph(cell) for cell in row] for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in cells) + "</w:tbl>"


def _cell(body):
    return f"<w:tc>{body}</w:tc>"


def word(body, namespace=NAMESPACE, numbering=None):
    """A Word file whose body is the given XML."""
    parts = {"word/document.xml": document(body, namespace)}
    if numbering:
        parts["word/numbering.xml"] = f'<w:numbering xmlns:w="{namespace}">{numbering}</w:numbering>'.encode()
    return archive(parts)


def numbered(lines, start=1, restart=None):
    """A Word file with one list: (shape, pattern, level, words) for each entry; `restart` overrides where it begins."""
    levels = {level: (shape, pattern) for shape, pattern, level, _ in lines}
    shapes = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for level, (shape, pattern) in levels.items()
    )
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>' if restart else ""
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{shapes}</w:abstractNum>'
        f'<w:num w:numId="7"><w:abstractNumId w:val="1"/>{override}<w:lvlOverride w:ilvl="1"/></w:num>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'
        for _, _, level, words in lines
    )
    return word(body, numbering=numbering)


# The text matrix that shows words upright on a page that is shown turned.
_UPRIGHT = {
    0: "1 0 0 1 {x} {y}",
    90: "0 1 -1 0 {down} {x}",
    180: "-1 0 0 -1 {left} {down}",
    270: "0 -1 1 0 {y} {left}",
}


def pdf(pages, turned=0, letters=""):
    """A PDF with the given words: (x, y, words) for each line of each page, in Helvetica 11.

    `turned` lays the page on its side, as scanners do; `letters` says what a code stands for ("<41> <0042>": A for B).
    """
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Rotate")] = NumberObject(turned)
        fonts = DictionaryObject({NameObject("/F1"): _font(writer, letters)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data("".join(_shown(turned, *line) for line in lines).encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    return _written(writer)


def _shown(turned, x, y, words):
    matrix = _UPRIGHT[turned].format(x=x, y=y, left=842 - x, down=842 - y)
    return f"BT /F1 11 Tf {matrix} Tm ({words}) Tj ET\n"


def _font(writer, letters):
    named = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(value) for key, value in named.items()})
    if letters:
        meant = DecodedStreamObject()
        codes = "1 begincodespacerange <00> <ff> endcodespacerange"
        meant.set_data(f"begincmap {codes} 1 beginbfchar {letters} endbfchar endcmap".encode())
        font[NameObject("/ToUnicode")] = writer._add_object(meant)
    return font


def _written(writer):
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def as_text(lines):
    return "\n".join(lines).encode()


def as_web_page(lines):
    return "".join(f"<p>{escape(line)}</p>" for line in lines).encode()


def as_word(lines):
    return word("".join(map(paragraph, lines)))


def as_pdf(lines):
    """Lines of ninety letters at most, sixty a page, of the letters that every PDF has, without brackets."""
    letters = str.maketrans("\\()", " []")
    plain = [line.encode("latin-1", "replace").decode("latin-1").translate(letters) for line in lines]
    plain = [part for line in plain for part in textwrap.wrap(line, 90) or [""]]
    pages = [plain[at : at + 60] for at in range(0, len(plain), 60)]
    return pdf([[(40, 800 - 12 * at, line) for at, line in enumerate(page)] for page in pages])


FORMATS = {"txt": as_text, "html": as_web_page, "docx": as_word, "pdf": as_pdf}


def bomb():
    """A PDF of a few kilobytes whose one page unpacks to half a gigabyte, by deflating what was deflated."""
    packing = zlib.compressobj(1)
    once = b"".join(packing.compress(bytes(10_000_000)) for _ in range(50)) + packing.flush()
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = StreamObject()
    stream._data = zlib.compress(once, 9)
    stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode")] * 2)
    page[NameObject("/Contents")] = writer._add_object(stream)
    return _written(writer)
