"""What files are made of: the markup of a table in Word, in the order that the standard wants, and of a cell in Excel."""

import re
from xml.sax.saxutils import escape, quoteattr

from .tables import DAY, NUMBER

_TABLE = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1"'
    ' w:noVBand="1"/><w:tblCaption w:val={caption}/><w:tblDescription w:val={caption}/></w:tblPr>'
    "<w:tblGrid>{grid}</w:tblGrid>"
)
END = "</w:tbl>"
_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="F3F2F1"/>'


def beginning(widths: list[int], caption: object) -> str:
    """Of a table. `caption` is what a screen reader says of it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return _TABLE.format(width=sum(widths), caption=quoteattr(str(caption)), grid=grid)


def row(cells: list[tuple[str, str]], widths: list[int], *, is_head: bool = False) -> str:
    """`cantSplit` keeps it on one page, as far as it fits; `tblHeader` repeats it on every page."""
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{looks}</w:tcPr>{paragraph}</w:tc>'
        for width, (looks, paragraph) in zip(widths, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{inner}</w:tr>"


def head_cell(text: str) -> tuple[str, str]:
    return _SHADED, _paragraph(text, is_bold=True)


def cell(text: str, *, is_bold: bool = False) -> tuple[str, str]:
    return "", _paragraph(text, is_bold=is_bold)


def _paragraph(text: str, *, is_bold: bool) -> str:
    looks = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.splitlines())
    return f"<w:p><w:r>{looks}{lines}</w:r></w:p>" if text else "<w:p/>"


def plain(text: str) -> bytes:
    """A paragraph as the library writes one that has nothing but these words."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>".encode()


# How Excel's cells look.
_CELL = {"valign": "top", "font_name": "Arial", "font_size": 10}
HEAD = _CELL | {"bold": True, "text_wrap": True, "bg_color": "#F3F2F1", "bottom": 1}
BOLD = _CELL | {"bold": True}
# Runs on to the right.
TITLE = _CELL | {"bold": True, "quote_prefix": True}
# How the cells of rows look, by name.
LOOKS = {
    "text": _CELL | {"text_wrap": True},
    # Stays text in a cell that somebody edits.
    "guarded": _CELL | {"text_wrap": True, "quote_prefix": True},
    DAY: _CELL | {"num_format": "dd mmmm yyyy", "align": "left"},
    NUMBER: _CELL,
}
# What Excel takes for a sign written as its number.
_NUMBERED = re.compile("_x[0-9a-fA-F]{4}_")


def text_cell(place: str, style: str, text: str) -> str:
    """Of Excel: the text stands in the cell itself, so that no table of all texts is kept."""
    said = escape(_NUMBERED.sub(lambda found: f"_x005F{found[0]}", text)) if "_x" in text else escape(text)
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def number_cell(place: str, style: str, number: float) -> str:
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'
