"""The one refusal of the reader, and how much it will read."""

# A megabyte holds some 300 pages of minutes: more than this is no meeting's minutes.
MOST_TEXT = 2_000_000


class Unreadable(Exception):
    """A source that cannot be read; its text is one sentence that tells a clerk what to do."""


TOO_LONG = "These minutes hold more than 2 MB of text: split them into single meetings and add each by itself."
EMPTY = "There is no text to read: paste the minutes, or choose the file that holds them."
BINARY = "This is not text: save the minutes as .docx, .html, .pdf or .txt and try again."
OLD_WORD = "This is an old Word document, or one locked with a password: open it in Word and save it as .docx without a password."
BROKEN_WORD = "This Word document is damaged or incomplete: open it in Word, save it again as .docx and try once more."
NOT_WORD = "This is an archive, not a Word document: add the .docx file itself."
RICH_TEXT = "This is a rich text file: open it in Word and save it as .docx."
BROKEN_PDF = "This PDF is damaged or incomplete: download it again, or paste its text."
LOCKED_PDF = "This PDF is locked with a password: save a copy without the password, or paste its text."
SCANNED_PDF = "This PDF holds pictures of pages and no text: it was scanned. Paste the text, or ask for the Word file."
LONG_PDF = "This PDF has more than 500 pages: save the pages of one meeting as a file of their own."
BROKEN_PAGE = "This web page cannot be read: copy its text from the browser and paste it."


def within_measure(lines: list[str]) -> list[str]:
    """The lines, unless there are too many words or none."""
    if sum(map(len, lines)) > MOST_TEXT:
        raise Unreadable(TOO_LONG)
    if not any(line.strip() for line in lines):
        raise Unreadable(EMPTY)
    return lines
