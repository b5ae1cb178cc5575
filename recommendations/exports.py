"""Word documents for the agenda. The same paper gives the same bytes, whenever and however often it is made."""

import datetime
import io
import re
import zipfile

from django.conf import settings
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from recommendations.history import day

A4_LONG, A4_SHORT, MARGIN = Cm(29.7), Cm(21), Cm(1.5)
# (heading, width)
COLUMNS = (
    ("Reference", Cm(2.7)), ("What the Board asked", Cm(6.8)), ("Owner", Cm(2.6)), ("Due", Cm(3.8)),
    ("Progress", Cm(4.2)), ("Last update", Cm(3.8)), ("Answer", Cm(2.8)),
)  # fmt: skip
INK, QUIET = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x4D, 0x50)
# What XML does not know, and the library then refuses to write: a page break that came with a paste, and the like.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The earliest day that an archive can name: when it was packed is nobody's concern, and would change the bytes.
PACKED_AT = (1980, 1, 1, 0, 0, 0)


def word_of_changes(paper):
    """The bytes of the agenda paper `paper` (see changes.py) as a Word document."""
    board = printable(paper.board)
    document = new_document(f"Changes since the last meeting: {board}, {day(paper.meeting_on)}", on=paper.on)
    document.add_heading(f"{board}: recommendations and what changed", level=1)
    document.add_paragraph(f"For the meeting of {day(paper.meeting_on)}. {paper.compared}")
    for sentence in (
        paper.left_out_in_words,
        "Holds exempt matter: not for publication." if paper.holds_exempt else "",
    ):
        if sentence:
            document.add_paragraph(sentence)
    for part in paper.parts:
        document.add_heading(f"{part.heading} ({len(part.lines)})", level=2)
        if part.lines:
            add_table(document, part)
        else:
            document.add_paragraph(part.nothing)
    return packed(document)


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
    properties.language, properties.revision = "en-GB", 1
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
            language.set(qn("w:val"), "en-GB")


def add_page_number(paragraph):
    paragraph.add_run("Page ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    add_field(paragraph, "NUMPAGES")


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


def add_table(document, part):
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.LEFT, False
    describe(table, part.heading)
    for cell, (heading, _) in zip(table.rows[0].cells, COLUMNS, strict=True):
        write(cell, [(heading, True, INK)])
    mark_row(table.rows[0], "w:tblHeader")
    for line in part.lines:
        row = table.add_row()
        for cell, pieces in zip(row.cells, cells_of(line), strict=True):
            write(cell, pieces)
    # Word goes by the cells, others by the columns.
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = width
    for row in table.rows:
        # A row stays on one page, as far as it fits.
        mark_row(row, "w:cantSplit")
        for cell, (_, width) in zip(row.cells, COLUMNS, strict=True):
            cell.width = width


def describe(table, caption):
    """What a screen reader says of the table, and that its first row and column are headings."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    for name, value in (("firstRow", 1), ("firstColumn", 1), ("noHBand", 1), ("noVBand", 1)):
        look.set(qn(f"w:{name}"), str(value))
    for name, text in (("w:tblCaption", caption), ("w:tblDescription", "One recommendation a row.")):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
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
    return UNPRINTABLE.sub(" ", text)


def cells_of(line):
    """The pieces of each column, in their order."""
    return (
        [(line.reference, True, INK), *plain([*line.marks, f"Asked {day(line.asked_on)}"])],
        [(line.title, True, INK), (line.words, False, QUIET)],
        plain([line.owner]),
        [piece for due in line.dues for piece in pieces_of(due)] or plain([line.undated]),
        [(line.progress, True, INK), *plain(line.remarks)],
        plain([day(line.last_said_on), line.last_said] if line.last_said_on else ["Never"]),
        plain(line.answers or ["None expected"]),
    )


def pieces_of(due):
    said = [due.lateness and (due.lateness, True, INK), due.slip and (due.slip, False, QUIET)]
    return [(f"{due.what}{day(due.on)}", False, INK), *filter(None, said)]


def plain(texts):
    return [(text, False, INK) for text in texts]


# The bytes


def packed(document):
    """The document's archive packed anew, each part with the same date: the library stamps the time of day on them."""
    made, again = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, PACKED_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return again.getvalue()
