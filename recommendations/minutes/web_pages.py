"""Web pages, also those that Word wrote: blocks become lines, list numbers become marks, nothing is executed or fetched."""

import re
from itertools import islice, pairwise

from .refusals import BROKEN_PAGE, MOST_TEXT, TOO_LONG, Unreadable

_SPACE = re.compile(r"[ \t\r\n\f]+")
_SILENT = frozenset(
    "script style head noscript template svg iframe object select textarea button nav math title".split()
)
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr td th tbody thead tfoot caption section article header footer main aside"
    " address blockquote pre figure figcaption form fieldset legend hr center body html".split()
)
_OF_THE_SITE = re.compile(
    r"\b(?:site|page|main|global|top|bottom)?[-_]?(?:header|footer|nav|navbar|navigation|breadcrumbs?|menu|banner|contentinfo)\b"
)
# Navigation is small; a wrapper of the whole page is not looked through.
_MOST_LINKS = 150
_LONGEST_NAVIGATION = 8_000
_BULLETS = "•◦▪"
_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BARE_MARK = re.compile(r"\(?[\w.]{1,5}[.)]?$|[-•·]$")
# Deeper nesting than any page needs. A little below this the parser drops text without a word, so such a page is refused.
_DEEPEST = 2000
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


def lines_of_web_page(text: str) -> list[str]:
    from lxml import etree, html

    # Control characters make lxml refuse or cut the text; a declared encoding contradicts the text already decoded.
    cleaned = re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", "", re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    parser = html.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(cleaned, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise Unreadable(BROKEN_PAGE) from error
    page = _Page()
    page.walk(root)
    page.end_line()
    return page.lines


class _Page:
    """Walks a tree without recursion (a hostile page nests deeper than Python does) and collects its lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.mark = ""
        self.lists: list[list] = []
        self.cells: list[int] = []
        self.size = 0

    def walk(self, root) -> None:
        stack, depth = [("open", root)], 0
        while stack:
            step, node = stack.pop()
            if step == "tail":
                self.add(node)
            elif step == "close":
                depth -= 1
                self.close(node)
            elif self.open(node):
                depth += 1
                if depth > _DEEPEST:
                    raise Unreadable(BROKEN_PAGE)
                stack.append(("close", node))
                for child in reversed(node):
                    if child.tail:
                        stack.append(("tail", child.tail))
                    stack.append(("open", child))
                if node.text:
                    self.add(node.text)

    def add(self, text: str) -> None:
        self.size += len(text)
        if self.size > MOST_TEXT:
            raise Unreadable(TOO_LONG)
        self.words.append(text)

    def open(self, node) -> bool:
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in _SILENT or _HIDDEN.search(node.get("style", "")) or node.get("hidden") is not None:
            return False
        if _is_navigation(node):
            return False
        if tag == "br":
            self.end_line()
        elif tag in ("ol", "ul"):
            self.end_block()
            self.lists.append([tag, _number(node.get("start"), 1), node.get("type") or _type_of(node)])
        elif tag == "li":
            self.end_line()
            self.mark = self.next_mark(node)
        elif tag in ("td", "th"):
            self.open_cell()
        elif tag in _BLOCKS:
            self.end_block() if tag not in ("tr", "tbody", "thead") else self.end_line()
        return True

    def close(self, node) -> None:
        tag = node.tag
        if tag in ("ol", "ul"):
            self.end_block()
            self.lists.pop()
        elif tag in ("td", "th"):
            self.close_cell()
        elif tag == "tr":
            self.close_row()
        elif tag in _BLOCKS:
            self.end_block()

    def open_cell(self) -> None:
        self.end_line()
        self.cells.append(len(self.lines))

    def close_cell(self) -> None:
        self.end_line()

    def close_row(self) -> None:
        """Cells of one line each make one line; cells that hold paragraphs are there for the layout, and stay lines."""
        self.end_line()
        starts, self.cells = self.cells, []
        if not starts:
            return
        bounds = [*starts, len(self.lines)]
        cells = [[line for line in self.lines[a:b] if line.strip()] for a, b in pairwise(bounds)]
        filled = [cell for cell in cells if cell]
        if filled and all(len(cell) == 1 for cell in filled):
            self.lines[starts[0] :] = [_row([cell[0].strip() for cell in filled])]
        self.end_block()

    def next_mark(self, node) -> str:
        if not self.lists:
            return f"{_BULLETS[0]} "
        kind, number, style = current = self.lists[-1]
        depth = len(self.lists) - 1
        indent = " " * (4 * min(depth, 10))
        if kind == "ul":
            return f"{indent}{_BULLETS[min(depth, 2)]} "
        number = _number(node.get("value"), number)
        current[1] = number + 1
        return f"{indent}{_label(number, node.get('type') or style)} "

    def end_line(self) -> None:
        text = _SPACE.sub(" ", "".join(self.words)).strip(" ")
        self.words.clear()
        if text.strip("\xa0 "):
            # Pages that Word wrote carry the number in the text and as a list: once is enough.
            self.lines.append(text if self.mark and text.startswith(self.mark.strip() + " ") else self.mark + text)
            self.mark = ""

    def end_block(self) -> None:
        self.end_line()
        if self.lines and self.lines[-1] and not self.cells:
            self.lines.append("")


def _is_navigation(node) -> bool:
    """The head or foot of a site, little else than links. A page's own header holds its title, and one link may be that."""
    words = f"{node.tag} {node.get('id', '')} {node.get('class', '')} {node.get('role', '')}".casefold()
    if not _OF_THE_SITE.search(words):
        return False
    parts = list(islice(node.iter(), _MOST_LINKS))
    size = sum(len(part.text or "") + len(part.tail or "") for part in parts)
    if len(parts) == _MOST_LINKS or size > _LONGEST_NAVIGATION:
        return False
    links = [len(part.text_content().strip()) for part in parts if part.tag == "a"]
    return len(links) > 1 and 2 * sum(links) > len("".join(node.text_content().split()))


def _row(cells: list[str]) -> str:
    return " ".join(cells) if len(cells) > 1 and _BARE_MARK.match(cells[0]) and len(cells) == 2 else " | ".join(cells)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,5}", text.strip()) else otherwise


def _type_of(node) -> str:
    style = (node.get("style") or "").casefold().replace(" ", "")
    for name, kind in (
        ("lower-alpha", "a"),
        ("lower-latin", "a"),
        ("lower-roman", "i"),
        ("upper-alpha", "A"),
        ("upper-roman", "I"),
    ):
        if f"list-style-type:{name}" in style or f"list-style:{name}" in style:
            return kind
    return "1"


def _label(number: int, kind: str) -> str:
    if kind in ("a", "A") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter if kind == 'a' else letter.upper()})"
    if kind in ("i", "I") and 0 < number < 40:
        return f"{roman(number) if kind == 'i' else roman(number).upper()})"
    return f"{number}."


def roman(number: int) -> str:
    """A small number in lower-case roman numerals."""
    text = ""
    for value, letters in _ROMANS:
        while number >= value:
            text, number = text + letters, number - value
    return text
