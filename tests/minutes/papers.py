"""Small files of each format, made for the tests."""

import io
import zipfile

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

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


def pdf(pages):
    """A PDF with the given words: (x, y, words) for each line of each page, in Helvetica 11."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        stream.set_data("".join(f"BT /F1 11 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n" for x, y, words in lines).encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
