"""The one refusal of the reader, and how much it will read."""

# A megabyte holds some 300 pages of minutes, and a page some 50 lines: more than this is no meeting's minutes.
MOST_TEXT = 5 * 1024 * 1024
MOST_LINES = 200_000


def _(sentence: str) -> str:
    """Marks it for the catalogue, no more: the readers know no Django. Looked up where it is shown (`words.look_up`)."""
    return sentence


class Unreadable(Exception):
    """A source that cannot be read; its text is one sentence that tells a clerk what to do."""


TOO_LONG = _("These minutes hold more than 5 MB of text: split them into single meetings and add each by itself.")
TOO_MANY_LINES = _(
    "These minutes have more than 200,000 lines: split them into single meetings and add each by itself."
)
EMPTY = _("There is no text to read: paste the minutes, or choose the file that holds them.")
BINARY = _("This is not text: save the minutes as .docx, .html, .pdf or .txt and try again.")
OLD_WORD = _(
    "This is an old Word document, or one locked with a password: open it in Word and save it as .docx without a password."
)
BROKEN_WORD = _(
    "This Word document is damaged or incomplete: open it in Word, save it again as .docx and try once more."
)
NOT_WORD = _("This is an archive, not a Word document: add the .docx file itself.")
RICH_TEXT = _("This is a rich text file: open it in Word and save it as .docx.")
BROKEN_PDF = _("This PDF is damaged or incomplete: download it again, or paste its text.")
LOCKED_PDF = _("This PDF is locked with a password: save a copy without the password, or paste its text.")
SCANNED_PDF = _(
    "This PDF holds pictures of pages and no text: it was scanned. Paste the text, or ask for the Word file."
)
LONG_PDF = _("This PDF has more than 500 pages: save the pages of one meeting as a file of their own.")
HEAVY_PDF = _(
    "This PDF asks for more time or memory than minutes need, and was not read: paste its text, or ask for the Word file."
)
BROKEN_PAGE = _("This web page cannot be read: copy its text from the browser and paste it.")


def within_measure(lines: list[str]) -> list[str]:
    """The lines, unless there are too many of them or too many words, or none."""
    if sum(map(len, lines)) > MOST_TEXT:
        raise Unreadable(TOO_LONG)
    count = sum(not line.isspace() for line in lines if line)
    if not count:
        raise Unreadable(EMPTY)
    if count > MOST_LINES:
        raise Unreadable(TOO_MANY_LINES)
    return lines
