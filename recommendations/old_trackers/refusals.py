"""What makes a file no old tracker, in sentences, and how much is read of one."""

from recommendations import uploads
from recommendations.minutes.refusals import Unreadable as Unreadable
from recommendations.minutes.refusals import _

MOST_SHEETS = 50
MOST_COLUMNS = 100
MOST_ROWS = 20_000
# Of all cells together: the minutes of a council's ten years fit into this.
MOST_TEXT = 10 * 1024 * 1024
# Of one cell: a longer one is a document that somebody pasted.
MOST_IN_CELL = 20_000

# What is said of every file from outside.
BROKEN, LOCKED, MACROS, TOO_LARGE = uploads.DAMAGED, uploads.LOCKED, uploads.MACROS, uploads.BOMB
EMPTY = _("The file is empty. Choose the file that holds the tracker.")
NO_TABLE = _("There is no table in this file. Choose the one that holds the tracker, with a row of headings.")
TOO_MANY_SHEETS = _("This workbook has more than 50 sheets. Save those of the tracker in a new file and choose that.")
TOO_MANY_ROWS = _("This tracker has more than 20,000 rows. Split it into several files and bring in each by itself.")
TOO_MANY_COLUMNS = _("This table has more than 100 columns. Delete those that are empty and save it again.")
TOO_LONG = _("This tracker holds more than 10 MB of text. Split it into several files and bring in each by itself.")
HEAVY = _(
    "This file asks for more time or memory than a tracker needs. Save the tracker alone in a new file and choose that."
)
BINARY_WORKBOOK = _(
    "This is an Excel binary workbook. Open it in Excel, save it as an Excel Workbook (.xlsx) and choose that."
)
OLD_WORD = _("This is an old Word document. Open it in Word, save it as a Word Document (.docx) and choose that.")
PDF = _(
    "This is a PDF, which holds no table that can be read for sure. Ask for the Excel or Word file it was made from."
)
WEB_PAGE = _("This is a web page under the name of a spreadsheet. Open it in Excel, save it as .xlsx and choose that.")
OTHER = _(
    "This is no tracker that can be read. Choose an Excel (xlsx or xls), OpenDocument (ods), CSV or Word (docx) file."
)
