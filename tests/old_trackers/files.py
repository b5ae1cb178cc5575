"""Old trackers as councils keep them, written as the programs write them: five layouts, and our own export.

All people and matters are invented; the layouts are not.
"""

import csv
import datetime
import io
import zipfile
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color

GREY = PatternFill("solid", fgColor="FFD9D9D9")
# "White, Background 1, Darker 15%", as Excel's own palette offers it.
THEME_GREY = PatternFill("solid", fgColor=Color(theme=0, tint=-0.149998474074526))


def day(year, month, number):
    return datetime.date(year, month, number)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plain_workbook(rows, name="Tracker"):
    """A sheet of nothing but these rows."""
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return saved(book)


def county_workbook():
    """Title rows across the table, headings on two rows, meetings merged downwards, grey rows, a sheet of what is done."""
    book = Workbook()
    live = book.active
    live.title = "Live"
    live.append(["Social Care Services Board – Recommendations and Actions Tracker"])
    live.append(["Updated November 2026. Rows in grey are complete."])
    live.append([])
    live.append(["Reference", "Meeting", "Item", "Recommendation", "Lead", "Due date", None, "Progress", "Action"])
    live.append([None, "date", None, None, "officer", "Original", "Revised", "(RAG)", "taken"])
    for row in (
        ["R3/12", day(2026, 3, 27), "Children missing from home", "That officers review the guidance given to schools.",
         "Olu Shah", day(2026, 6, 30), day(2026, 9, 30), "Green", "Two schools have been visited."],
        ["R4/12", None, "Children missing from home", "That the Police report back in six months.",
         "M Price", "September 2026", None, "Amber", None],
        ["R5/12", None, "Taxi licensing", "That drivers be trained to spot exploitation.",
         "Cllr A Nair", "TBC", None, None, "All 212 drivers were trained."],
        [None, None, None, None, None, None, None, None, None],
        ["A1/14", day(2026, 5, 13), "Work programme", "Circulate the figures for March.",
         "Megan Price", "Q2 2026/27", None, "Complete", "Sent by e-mail."],
    ):  # fmt: skip
        live.append(row)
    for cells in ("A1:I1", "A2:I2", "F4:G4", "B6:B8", "C6:C7"):
        live.merge_cells(cells)
    live["F4"].alignment = Alignment(horizontal="center")
    for cell in live[8]:
        cell.fill = THEME_GREY
    done = book.create_sheet("Completed 2025-26")
    done.append(["Reference", "Meeting date", "Item", "Recommendation", "Lead officer", "Action taken"])
    done.append(["R1/12", day(2025, 11, 12), "Foster care", "That carers have one number to ring.", "O. Shah", "Done."])
    done.append(["R2/12", day(2025, 11, 12), "Foster care", "That the fee be reviewed.", "Pat Jones", None])
    for cell in done[3]:
        cell.font = Font(strike=True)
    lists = book.create_sheet("Lists")
    lists.append(["Red", "Amber", "Green"])
    lists.sheet_state = "hidden"
    return saved(book)


DISTRICT_ROWS = [
    ["Scrutiny Committee recommendation monitoring", "", "", "", "", "", ""],
    ["No", "Date", "Topic", "Recommendation", "Cabinet response", "Deadline", "Status"],
    [
        "1",
        "12/03/2026",
        "Parking",
        "That the charge stay at £2 – for residents’ cars.",
        "Agreed",
        "31/03/2027",
        "Ongoing",
    ],
    ["2", "12/03/2026", "Parking", "That signs be renewed.", "Rejected: no money", "", "Closed"],
    ["3", "March 2026", "Markets", "That a second market be tried.", "Noted", "Summer 2026", "On hold"],
    ["", "", "", "", "", "", "see the minutes"],
    ["No", "Date", "Topic", "Recommendation", "Cabinet response", "Deadline", "Status"],
    ["4", "", "Markets", "That traders be asked.\nAll of them.", "", "ongoing", "Not started"],
]


def district_csv(encoding="cp1252", delimiter=","):
    """Without references; headings repeated where the page breaks; saved in the old Windows letters."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(DISTRICT_ROWS)
    return text.getvalue().encode(encoding)


BOROUGH_ROWS = [
    [
        "Ref",
        "Committee",
        "Date of meeting",
        "Recommendation",
        "Responsible officer",
        "By when",
        "RAG status",
        "Comments",
    ],
    ["Social Care Services Board"],
    ["SR (25/26) 01", "", day(2025, 6, 10), "That beds be kept free.", "Olu Shah", day(2025, 12, 31), "Blue", "Kept."],
    [
        "SR (25/26) 02",
        "",
        day(2025, 6, 10),
        "That wards be visited.",
        "J Smith / Megan Price",
        "31.01.2026 30.06.2026",
        "Red",
        "",
    ],
    ["Highways and Transport Scrutiny Board"],
    ["SR (25/26) 03", "", day(2025, 7, 8), "That potholes be mapped.", "Highways Manager", "asap", "Superseded", ""],
]


def borough_ods():
    """Committees as headings between the rows."""
    return ods(BOROUGH_ROWS)


def ods(rows, name="Sheet1"):
    """As OpenDocument has it: text, and days by their value."""
    lines = ("<table:table-row>" + "".join(map(ods_cell, row)) + "</table:table-row>" for row in rows)
    content = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content
      xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"
      xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
      <office:body><office:spreadsheet><table:table table:name="{name}">{"".join(lines)}</table:table></office:spreadsheet>
      </office:body></office:document-content>"""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f"""<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
      <manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>"""
    return archive({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_cell(value):
    if isinstance(value, datetime.date):
        kind = f'office:value-type="date" office:date-value="{value}"'
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def archive(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


CITY_ROWS = [
    ["Reference", "Origin", "Date", "Area", "Recommendation", "Executive date", "Lead officer / executive member",
     "Action taken", "Status"],
    ["1", "Task group on night buses", "3 February 2026", "Transport", "That night buses run until three.", "4 March 2026",
     "Megan Price", "A trial began in May.", "Partially complete – trial runs"],
    ["2", "Task group on night buses", "3 February 2026", "Transport", "That stops be lit.", "", "Megan Price / Cllr Reed",
     "All are lit.", "Complete"],
    ["3", "Task group on night buses", "3 February 2026", "Transport", "That fares be capped.", "", "",
     "", "Not accepted"],
]  # fmt: skip


def city_word():
    """A landscape table: the origin merged downwards, what is complete shaded grey, the committee above the table."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading("Recommendations tracker", 1)
    document.add_paragraph("Highways and Transport Scrutiny Board")
    table = document.add_table(rows=0, cols=len(CITY_ROWS[0]))
    for row in CITY_ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for cell in table.rows[2].cells:
        shade(cell, "BFBFBF")
    table.cell(2, 1).text = table.cell(3, 1).text = ""
    table.cell(1, 1).merge(table.cell(3, 1))
    return saved(document)


def shade(cell, colour):
    properties = cell._tc.get_or_add_tcPr()
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    properties.append(shading)


# As the site itself writes it.
EXPORT_HEADINGS = [
    "Reference", "Board", "Meeting", "Item", "Recommendation", "Short title", "Kind", "Owner", "Due date", "First due date",
    "Times moved", "Progress", "Closed on", "Outcome", "Answers", "Last update",
]  # fmt: skip


def export_workbook(*rows):
    return plain_workbook([EXPORT_HEADINGS, *rows])
