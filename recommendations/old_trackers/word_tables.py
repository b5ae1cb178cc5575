"""Tables of Word documents: cells merged upwards and sideways, rows greyed out or struck through, the words above a table."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from .refusals import BROKEN, MOST_COLUMNS, MOST_ROWS, TOO_LARGE, TOO_MANY_COLUMNS, TOO_MANY_ROWS, Unreadable
from .sheets import Table
from .workbooks import is_grey

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MOST_XML = 60_000_000
_SEEN = {
    f"{_W}t": lambda node: node.text or "",
    f"{_W}tab": lambda node: " ",
    f"{_W}br": lambda node: "\n",
    f"{_W}cr": lambda node: "\n",
    f"{_W}noBreakHyphen": lambda node: "-",
}
_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom"})


def tables_of_word(data: bytes) -> list[Table]:
    body = _body(data)
    tables, title = [], ""
    for block in body.iter(f"{_W}p", f"{_W}tbl"):
        if any(above.tag == f"{_W}tbl" for above in block.iterancestors()):
            continue
        if block.tag == f"{_W}tbl":
            tables.append(_table(block, f"Table {len(tables) + 1}", title))
        elif words := _words(block).strip():
            title = words[:200]
    return tables


def _body(data: bytes):
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("word/document.xml") as file:
            xml = file.read(_MOST_XML + 1)
        if len(xml) > _MOST_XML:
            raise Unreadable(TOO_LARGE)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.fromstring(xml.replace(_STRICT, _W[1:-1].encode()), parser)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, OSError, RuntimeError, EOFError, ValueError) as error:
        raise Unreadable(BROKEN) from error


def _table(element, name: str, title: str) -> Table:
    table = Table(name, [], title=title)
    for place, row in enumerate(element.iterfind(f"{_W}tr")):
        if place >= MOST_ROWS:
            raise Unreadable(TOO_MANY_ROWS)
        cells, looks = _row(row, table.cells[-1] if table.cells else [])
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(TOO_MANY_COLUMNS)
        table.cells.append(cells)
        if looks and sum(grey for grey, _ in looks) * 2 > len(looks):
            table.grey.append(place)
        if looks and sum(struck for _, struck in looks) * 2 > len(looks):
            table.struck.append(place)
        if len(cells) > 1 and len(list(row.iterfind(f"{_W}tc"))) == 1:
            table.wide.append(place)
    return table


def _row(row, above: list[str]) -> tuple[list[str], list[tuple[bool, bool]]]:
    """The cells, one for each column of the table, and how those that say something look."""
    cells: list[str] = []
    looks = []
    for cell in row.iterfind(f"{_W}tc"):
        words = "\n".join(filter(None, (_words(one).strip() for one in cell.iter(f"{_W}p"))))
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merge is not None and merge.get(f"{_W}val", "continue") == "continue" and len(cells) < len(above):
            words = above[len(cells)]
        if words:
            looks.append((_is_grey(cell), _is_struck(cell)))
        cells += [words] * _span(cell)
    return cells, looks


def _words(paragraph) -> str:
    """What a reader sees: no deleted words, no codes of fields."""
    return "".join(_SEEN[node.tag](node) for node in paragraph.iter(*_SEEN) if not _is_deleted(node))


def _is_deleted(node) -> bool:
    return any(above.tag in _DELETED for above in node.iterancestors())


def _span(cell) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    text = span.get(f"{_W}val", "1") if span is not None else "1"
    return min(int(text), MOST_COLUMNS + 1) if text.isdecimal() and int(text) else 1


def _is_grey(cell) -> bool:
    shade = cell.find(f"{_W}tcPr/{_W}shd")
    return shade is not None and is_grey(shade.get(f"{_W}fill", ""))


def _is_struck(cell) -> bool:
    runs = list(_runs_that_speak(cell))
    return bool(runs) and all(_is_on(run.find(f"{_W}rPr/{_W}strike")) for run in runs)


def _runs_that_speak(cell) -> Iterator:
    return (run for run in cell.iter(f"{_W}r") if any((text.text or "").strip() for text in run.iter(f"{_W}t")))


def _is_on(mark) -> bool:
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false")
