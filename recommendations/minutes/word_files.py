"""Word documents: paragraphs, table rows and the numbers that Word keeps apart from the text.

Read straight from the XML: python-docx does not tell numbers, and a document from outside is measured before it is unpacked.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from .refusals import BROKEN_WORD, MOST_TEXT, NOT_WORD, TOO_LONG, Unreadable
from .web_pages import roman

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Strict OOXML uses other names for the same elements.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LARGEST_PART = 60_000_000
# Texts inside these are no part of what a reader sees: deleted words, field codes, the second copy of a text box.
_UNSEEN = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr"))
_BLOCKS, _ROWS, _CELLS = frozenset((f"{_W}p", f"{_W}tbl")), frozenset((f"{_W}tr",)), frozenset((f"{_W}tc",))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMATS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_BULLETS = "•◦▪"
_DEEPEST_LIST = 9


def lines_of_word(data: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                raise Unreadable(NOT_WORD)
            parts = {name: _part(archive, f"word/{name}.xml", names) for name in ("document", "numbering", "styles")}
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise Unreadable(BROKEN_WORD) from error
    body = parts["document"].find(f"{_W}body") if parts["document"] is not None else None
    if body is None:
        raise Unreadable(BROKEN_WORD)
    return list(_lines(body, _Numbering(parts["numbering"], parts["styles"])))


def _part(archive: zipfile.ZipFile, name: str, names: set[str]):
    """One XML part as a tree, or None where the document has none; a part beyond measure is never unpacked."""
    from lxml import etree

    if name not in names:
        return None
    with archive.open(name) as file:
        data = file.read(_LARGEST_PART + 1)
    if len(data) > _LARGEST_PART:
        raise Unreadable(TOO_LONG)
    if name.endswith("styles.xml"):
        data = _without_table_styles(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data.replace(_STRICT, _W[1:-1].encode()), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(BROKEN_WORD) from error


def _without_table_styles(data: bytes) -> bytes:
    """Nine tenths of Word's own styles are for tables, in which no list lives: to parse them takes longer than all the rest."""
    *styles, rest = data.split(b"</w:style>")
    kept = []
    for style in styles:
        before, found, _ = style.partition(b'<w:style w:type="table"')
        kept.append(before if found else style + b"</w:style>")
    return b"".join([*kept, rest])


def _lines(body, numbering: "_Numbering") -> Iterator[str]:
    size = 0
    for block in _nearest(body, _BLOCKS):
        for line in _block(block, numbering):
            size += len(line)
            if size > MOST_TEXT:
                raise Unreadable(TOO_LONG)
            yield line
        yield ""


def _nearest(node, tags: frozenset[str]) -> Iterator:
    """The elements of these kinds below a node, in order, also inside content controls; not those inside one another."""
    for child in node:
        if child.tag in tags:
            yield child
        elif child.tag not in _UNSEEN and child.tag != _FALLBACK:
            yield from _nearest(child, tags)


def _block(block, numbering: "_Numbering") -> list[str]:
    if block.tag == f"{_W}tbl":
        return [line for row in _nearest(block, _ROWS) for line in _row(row, numbering)]
    return _paragraph(block, numbering)


def _row(row, numbering: "_Numbering") -> list[str]:
    """A row whose cells hold one line each is one line; cells with paragraphs stay lines."""
    cells = [
        [line for block in _nearest(cell, _BLOCKS) for line in _block(block, numbering) if line.strip()]
        for cell in _nearest(row, _CELLS)
    ]
    filled = [cell for cell in cells if cell]
    if filled and all(len(cell) == 1 for cell in filled):
        return [_joined([cell[0].strip() for cell in filled])]
    return [line for cell in filled for line in cell]


def _joined(cells: list[str]) -> str:
    return (
        " ".join(cells) if len(cells) == 2 and re.match(r"\(?[\w.]{1,5}[.)]?$|[-•·]$", cells[0]) else " | ".join(cells)
    )


def _paragraph(paragraph, numbering: "_Numbering") -> list[str]:
    lines = "".join(_texts(paragraph)).split("\n")
    if any(line.strip() for line in lines) and (mark := numbering.mark(paragraph)):
        lines[0] = mark + lines[0]
    return lines


def _texts(paragraph) -> Iterator[str]:
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag in _UNSEEN or node.tag == _FALLBACK:
            continue
        yield _TEXTS[node.tag](node) if node.tag in _TEXTS else ""
        if node.tag == f"{_W}p":
            yield "\n"  # a text box inside the paragraph
        stack.extend(reversed(node))


_TEXTS = {
    f"{_W}t": lambda node: node.text or "",
    f"{_W}tab": lambda node: "\t",
    f"{_W}br": lambda node: "\n",
    f"{_W}cr": lambda node: "\n",
    f"{_W}noBreakHyphen": lambda node: "-",
    f"{_W}sym": lambda node: "",
}


def _value(node, path: str) -> str | None:
    found = node.find(path) if node is not None else None
    return found.get(f"{_W}val") if found is not None else None


class _Numbering:
    """Counts what Word counts: each list by itself, deeper levels anew below each higher one."""

    def __init__(self, numbering, styles):
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.overrides: dict[tuple[str, int], int] = {}
        self.lists: dict[str, str] = {}
        self.by_style = _styles(styles)
        self.counters: dict[str, list[int | None]] = {}
        self.begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._learn(numbering)

    def _learn(self, numbering) -> None:
        for abstract in numbering.iterfind(f"{_W}abstractNum"):
            self.levels[abstract.get(f"{_W}abstractNumId", "")] = dict(map(_level, abstract.iterfind(f"{_W}lvl")))
        for number in numbering.iterfind(f"{_W}num"):
            list_id = number.get(f"{_W}numId", "")
            self.lists[list_id] = _value(number, f"{_W}abstractNumId") or ""
            for override in number.iterfind(f"{_W}lvlOverride"):
                if start := _value(override, f"{_W}startOverride"):
                    self.overrides[list_id, _whole(override.get(f"{_W}ilvl"))] = _whole(start)

    def mark(self, paragraph) -> str:
        """The mark that Word prints before a paragraph, indented by its level; "" where it prints none."""
        list_id, depth = self._list_of(paragraph)
        abstract = self.lists.get(list_id)
        level = self.levels.get(abstract or "", {}).get(depth)
        if list_id == "0" or abstract is None or level is None or level[0] == "none":
            return ""
        indent = " " * (4 * depth)
        if level[0] == "bullet":
            return f"{indent}{_BULLETS[min(depth, 2)]} "
        text = self._text(level[1], self._count(list_id, abstract, depth), abstract)
        return f"{indent}{text} " if text.strip() else ""

    def _list_of(self, paragraph) -> tuple[str, int]:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = self.by_style.get(_value(paragraph, f"{_W}pPr/{_W}pStyle") or "", ("", 0))
        if own is None:
            return style
        list_id, depth = _value(own, f"{_W}numId"), _value(own, f"{_W}ilvl")
        return (list_id if list_id is not None else style[0]), min(
            _whole(depth) if depth else style[1], _DEEPEST_LIST - 1
        )

    def _count(self, list_id: str, abstract: str, depth: int) -> list[int]:
        counters = self.counters.setdefault(abstract, [None] * _DEEPEST_LIST)
        for level in range(depth + 1):
            start = self.overrides.get((list_id, level), self.levels[abstract].get(level, ("", "", 1))[2])
            if (list_id, level) in self.overrides and (list_id, level) not in self.begun:
                counters[level] = None
                self.begun.add((list_id, level))
            value = counters[level]
            if value is None:
                counters[level] = start
            elif level == depth:
                counters[level] = value + 1
        counters[depth + 1 :] = [None] * (_DEEPEST_LIST - depth - 1)
        return [value or 0 for value in counters]

    def _text(self, pattern: str, counters: list[int], abstract: str) -> str:
        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            return _formatted(counters[level], self.levels[abstract].get(level, ("decimal", "", 1))[0])

        return re.sub(r"%([1-9])", number, pattern)


def _styles(styles) -> dict[str, tuple[str, int]]:
    """The list of each paragraph style that has one ("List Number"), its own or from the style it is based on."""
    own, parents = {}, {}
    for style in styles.iterfind(f"{_W}style") if styles is not None else ():
        name = style.get(f"{_W}styleId", "")
        parents[name] = _value(style, f"{_W}basedOn") or ""
        if (list_id := _value(style, f"{_W}pPr/{_W}numPr/{_W}numId")) is not None:
            own[name] = (list_id, _whole(_value(style, f"{_W}pPr/{_W}numPr/{_W}ilvl")))
    for name in parents:
        ancestor, steps = name, 0
        while ancestor and ancestor not in own and steps < 20:
            ancestor, steps = parents.get(ancestor, ""), steps + 1
        if ancestor in own:
            own.setdefault(name, own[ancestor])
    return own


def _level(level) -> tuple[int, tuple[str, str, int]]:
    start = _value(level, f"{_W}start")
    shape = (
        _value(level, f"{_W}numFmt") or "decimal",
        _value(level, f"{_W}lvlText") or "",
        _whole(start) if start else 1,
    )
    return _whole(level.get(f"{_W}ilvl")), shape


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,5}", text) else 0


def _formatted(number: int, shape: str) -> str:
    kind = _FORMATS.get(shape)
    if kind in ("a", "A") and 0 < number <= 26:
        text = chr(ord("a") + number - 1)
    elif kind in ("i", "I") and 0 < number < 40:
        text = roman(number)
    else:
        return str(number)
    return text.upper() if kind in ("A", "I") else text
