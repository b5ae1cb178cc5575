"""The page of every Word document, and its tables. The same paper gives the same bytes, however often it is made."""

import datetime
import io
import re
import zipfile

from django.conf import settings
from django.utils.translation import pgettext
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from recommendations.words import language_tag

from .archives import streamed

A4_LONG, A4_SHORT, MARGIN = Cm(29.7), Cm(21), Cm(1.5)
INK, QUIET = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x4D, 0x50)
# What XML does not know, and the library then refuses to write: a page break that came with a paste, and the like.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# The page


def new_document(title, *, on):
    """An empty one: A4 on its side, in British English, the council above and page numbers below, by nobody but us."""
    document = Document()
    leave_out_picture(document)
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, A4_LONG, A4_SHORT
    section.left_margin = section.right_margin = section.bottom_margin = MARGIN
    # Below the council's name.
    section.top_margin = Cm(2.2)
    set_styles(document)
    section.header.paragraphs[0].text = settings.COUNCIL_NAME
    add_page_number(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title, properties.subject, properties.comments, properties.keywords = title, "", "", ""
    properties.author = properties.last_modified_by = settings.COUNCIL_NAME
    properties.language, properties.revision = language_tag(), 1
    properties.created = properties.modified = datetime.datetime.combine(on, datetime.time(), datetime.UTC)
    return document


def leave_out_picture(document):
    """The library's empty document carries a small picture of itself."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        relations.pop(key)


def set_styles(document):
    """Plain and dark on white, in a face that every machine has; the language in the styles is what readers speak by."""
    for name, size in (("Normal", 9), ("Heading 1", 16), ("Heading 2", 13), ("Header", 9), ("Footer", 9)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    for part in (document.styles.element, document.settings.element):
        for language in part.iter(qn("w:lang"), qn("w:themeFontLang")):
            language.set(qn("w:val"), language_tag())


def add_page_number(paragraph):
    for words, code in ((pgettext("of 3 pages", "Page "), "PAGE"), (pgettext("3 pages", " of "), "NUMPAGES")):
        paragraph.add_run(words)
        add_field(paragraph, code)


def add_field(paragraph, code):
    """Something that Word works out when it lays out the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


# Tables


def add_table(document, caption, words, headings, widths, rows):
    """`rows`: for each the pieces of its cells (see `write`). A few hundred are well: the library keeps them all."""
    table = document.add_table(rows=1, cols=len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.LEFT, False
    describe(table, caption, words)
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        write(cell, [(heading, True, INK)])
    mark_row(table.rows[0], "w:tblHeader")
    for cells in rows:
        row = table.add_row()
        for cell, pieces in zip(row.cells, cells, strict=True):
            write(cell, pieces)
    # Word goes by the cells, others by the columns.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        # A row stays on one page, as far as it fits.
        mark_row(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def describe(table, caption, words):
    """What a screen reader says of the table, and that its first row and column are headings."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for name, value in (("firstRow", 1), ("firstColumn", 1), ("noHBand", 1), ("noVBand", 1)):
        look.set(qn(f"w:{name}"), str(value))
    for name, text in (("w:tblCaption", caption), ("w:tblDescription", words)):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(text))
        properties.append(element)


def mark_row(row, name):
    """`w:tblHeader` repeats the row on every page; `w:cantSplit` keeps it in one piece."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def write(cell, pieces):
    """`pieces`: (words, whether they are bold, colour), a paragraph each; a screen reader needs no empty ones."""
    for number, (text, is_bold, colour) in enumerate(pieces):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        run = paragraph.add_run(printable(text))
        run.bold, run.font.color.rgb = is_bold, colour


def printable(text):
    return UNPRINTABLE.sub(" ", str(text))


def plain(texts):
    return [(text, False, INK) for text in texts]


def reword(document, words):
    """Puts in the place of each text of the document what `words` makes of it."""
    for text in document.element.body.iter(qn("w:t")):
        text.text = words(text.text)


# The bytes


def packed(document):
    """The document's archive packed anew, each part with the same date: the library stamps the time of day on them."""
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source:
        return b"".join(streamed((name, [source.read(name)]) for name in source.namelist()))
