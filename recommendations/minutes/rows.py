"""From source lines to rows: headings and list marks recognised, flattened lines cut where one thing ends and the next begins."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from . import sentences
from .headings import Heading, heading_of, inline_headings, is_noise
from .marks import Mark, roman_number, split_mark

_NEXT_NUMBER = re.compile(r"(?<=[.?!:;,”’)\"'])\s(\d{1,3})[.)]\s+(?=[A-Z“‘\"'(])")
_NEXT_LETTER = re.compile(r"(?:(?<=[.;:,])\s(?:and\s|or\s)?|\sand\s)\(([a-z])\)\s+(?=\S)")
_NEXT_ROMAN = re.compile(r"(?:(?<=[.;:,])\s(?:and\s|or\s)?|\sand\s)\(([ivx]{1,5})\)\s+(?=\S)")
_NEXT_LETTERED = re.compile(r"(?:(?<=[.;:,])\s(?:and\s|or\s)?|\sand\s)([a-z])\)\s+(?=\S)")
_NEXT_DEPTH = re.compile(r"(?<=[.?!:;”’)\"'])\s\d{1,3}\.(\d{1,3})\.?\s+(?=[A-Z“‘\"'(])")
_NEXT_BRACKETED = re.compile(r"(?:(?<=[.;:,])\s(?:and\s|or\s)?|\sand\s)\((\d{1,3})\)\s+(?=\S)")
_NEXT_BULLET = re.compile(r"\s(?=[•·▪●]\s[^\s•·▪●])")
_CELLS = re.compile(r"\t|[ \xa0]{3,}")
# A number in a cell or column of its own: "A1 <tab> Send Members the figures".
_NUMBER_CELL = re.compile(r"([A-Z]{0,2}\d{1,3}[A-Za-z]?)\t(?=\S)")
# "104 WINTER PRESSURES – The Chairman welcomed …": a title with its number, run into what was said.
_NEXT_SENTENCE = re.compile(r"(?<=[a-z0-9)]\.)\s(?=[A-Z(])")
_GOES = re.compile(r"\b(?:left|arrived|joined|withdrew|chair|next meeting|closed|ended|concluded)\b", re.IGNORECASE)
_RUN_IN = re.compile(r"(\d{1,4}(?:/\d{1,4})?[.)]?\s+[A-Z][A-Z0-9 ’'&,()/:-]{6,120}[A-Z)])\s*[–—-]\s*(?=[A-Z“(][a-z])")
_MINUTE_NUMBER = re.compile(r"\d{1,4}(?:[/.]\d{1,4})?[A-Z]?[.:]?\s+(?=[A-Z])")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
# "Minutes: Witnesses: Jane Doe …": headings on one line; more of them than this is no page of minutes.
_DEEPEST_HEADING = 4
# A heading line of so few words stays whole, or it could not be found again.
_SHORTEST_CUT = 4
# What a narrow column leaves alone on the line above the rest of a heading.
_TORN_OFF = frozenset(("key", "main", "the key", "the main", "formal", "board", "committee"))


@dataclass(slots=True)
class Row:
    """One source line, or one part of a flattened one."""

    line: int
    text: str
    raw: str
    whole: str = ""
    indent: int = 0
    blanks: int = 0
    mark: Mark | None = None
    heading: Heading | None = None


def rows_of(lines: Iterable[str]) -> Iterator[Row]:
    """Every non-blank line as one row or more. Three lines are looked at together: a heading may be wrapped over them."""
    waiting: list[Row] = []
    for row in chain(_numbered_lines(lines), [None, None]):
        if row:
            waiting.append(row)
        if len(waiting) == 3 or not row:
            if count := _wrapped_heading(waiting):
                yield from waiting[:count]
                del waiting[:count]
            elif waiting:
                yield from _parts(waiting.pop(0))


def _numbered_lines(lines: Iterable[str]) -> Iterator[Row]:
    blanks = 0
    for number, line in enumerate(lines, start=1):
        raw = _INVISIBLE.sub("", line)
        text = " ".join(raw.split())
        if not text and not line.strip():
            blanks += 1
            continue
        yield Row(number, text, _with_cells(raw), indent=_indent(raw), blanks=blanks)
        blanks = 0


def _with_cells(raw: str) -> str:
    """The words with one tab where a tab or a wide gap parts the cells of a table."""
    cells = (" ".join(cell.split()) for cell in _CELLS.split(raw))
    return "\t".join(cell for cell in cells if cell)


def _indent(raw: str) -> int:
    expanded = raw[:80].expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _wrapped_heading(rows: Sequence[Row]) -> int:
    """How many of these rows are one heading ("Key" / "points of discussion:"); the later ones are made part of the first."""
    if len(rows) < 2 or len(rows[0].text) > 80 or rows[0].text.endswith((":", ".")) or split_mark(rows[0].text)[0]:
        return 0
    for count in (2, 3):
        texts = [row.text for row in rows[:count]]
        if len(texts) < count or len(texts[-1]) > 80 or rows[count - 1].blanks > 1:
            return 0
        if not texts[-1].endswith((":", ":-")):
            continue
        both = heading_of(" ".join(texts))
        if both and not both.rest and _is_torn(texts):
            rows[0].heading = both
            for row in rows[1:count]:
                row.heading = Heading("continued")
            return count
    return 0


def _is_torn(texts: Sequence[str]) -> bool:
    """Whether the lines are one heading and not a heading below other words ("None" / "Recommendations:")."""
    return not heading_of(" ".join(texts[1:])) or texts[0].casefold() in _TORN_OFF


def _parts(row: Row) -> Iterator[Row]:
    """A source line as one row, or as several where headings or numbered points were run together."""
    if run_in := _RUN_IN.match(row.text):
        yield Row(row.line, run_in[1], run_in[1], indent=row.indent, blanks=max(row.blanks, 1))
        rest = row.text[run_in.end() :]
        row = Row(row.line, rest, rest, indent=row.indent, blanks=1)
    pieces = inline_headings(row.text)
    if len(pieces) == 1:
        yield from _headed(row)
        return
    pieces = [part for piece in pieces for part in _without_goings(piece)]
    for index, piece in enumerate(pieces):
        blanks = row.blanks if not index else int(sentences.is_attendance(pieces[index - 1]))
        yield from _headed(Row(row.line, piece.strip(" |") or piece, piece, indent=row.indent, blanks=blanks))


def _without_goings(piece: str) -> list[str]:
    """A part of a flattened line, with the sentences cut out that tell who came and went, or that the meeting closed."""
    if not _GOES.search(piece):
        return [piece]
    parts = [""]
    cut = False
    for sentence in _NEXT_SENTENCE.split(piece):
        apart = sentences.is_attendance(sentence) or is_noise(sentence)
        if parts[-1] and (apart or cut):
            parts.append(sentence)
        else:
            parts[-1] = f"{parts[-1]} {sentence}".strip()
        cut = apart
    return parts


def _headed(row: Row, depth: int = 0) -> Iterator[Row]:
    mark, rest = split_mark(row.text)
    heading = heading_of(rest if mark else row.text) if depth < _DEEPEST_HEADING else None
    if heading and mark and not _may_be_numbered(heading, mark, rest):
        heading = None
    if not heading and not mark and (number := _MINUTE_NUMBER.match(row.text)):
        heading = heading_of(row.text[number.end() :])
        heading = heading if heading and not heading.rest else None
    if not heading:
        yield from _numbered(row)
        return
    row.heading = heading
    # "Witnesses: None." keeps its answer, so that the line can be found again whole.
    if (
        heading.rest
        and not sentences.says_none(heading.rest)
        and sum(word[:1].isalnum() for word in row.text.split()) > _SHORTEST_CUT
    ):
        row.text = row.text.removesuffix(heading.rest).rstrip()
    yield row
    if heading.rest:
        yield from _headed(Row(row.line, heading.rest, heading.rest, indent=row.indent), depth + 1)


def _may_be_numbered(heading: Heading, mark: Mark, text: str) -> bool:
    """ "5. Declarations of Interest", "8.4 RESOLVED: That …", "2. Action: …", but no point that begins like a heading."""
    if heading.kind == "action":
        return True
    if mark.style not in ("decimal", "depth1"):
        return False
    verbs = ("RESOLVED", "AGREED", "RECOMMENDED") if mark.style == "depth1" else ("RESOLVED",)
    return not heading.rest or (heading.kind == "resolved" and text.startswith(verbs))


def _numbered(row: Row) -> Iterator[Row]:
    """A row, cut at the numbers, letters or bullets that go on in the order its own mark began."""
    row.mark, rest = split_mark(row.text)
    if not row.mark and (cell := _NUMBER_CELL.match(row.raw)):
        row.mark, rest = Mark(cell[1], "cell" if cell[1].isdigit() else "reference"), row.text[len(cell[1]) :].strip()
        row.whole, row.text, row.raw = row.text, rest, row.raw[cell.end() :]
        yield row
        return
    cuts = list(_next_marks(row)) if row.mark else []
    if not row.mark or not cuts:
        row.whole = row.text
        if row.mark:
            row.text, row.raw = rest, split_mark(row.raw)[1]
        row.text = row.text.removesuffix(" |")
        yield row
        return
    for start, end in zip([0, *cuts], [*cuts, len(row.text)], strict=True):
        whole = row.text[start:end].strip().removeprefix("and ").removesuffix(" |")
        mark, text = split_mark(whole)
        yield Row(row.line, text, text, whole, row.indent, 0 if start else row.blanks, mark)


def _next_marks(row: Row) -> Iterator[int]:
    mark = row.mark
    if mark is None or len(row.text) < 40:
        return
    if mark.style in ("•", "·", "▪", "●"):
        yield from (match.start() for match in _NEXT_BULLET.finditer(row.text))
    elif mark.style == "decimal":
        yield from _in_order(_NEXT_NUMBER, row.text, int(mark.number), int)
    elif mark.style == "(decimal)":
        yield from _in_order(_NEXT_BRACKETED, row.text, int(mark.number), int)
    elif mark.style == "depth1":
        yield from _in_order(_NEXT_DEPTH, row.text, int(mark.number.split(".")[1]), int)
    elif mark.style == "letter":
        yield from _in_order(_NEXT_LETTERED, row.text, ord(mark.number[0]), ord)
    elif mark.style == "(roman)" and mark.number == "i":
        yield from _in_order(_NEXT_ROMAN, row.text, 1, roman_number)
    elif mark.style == "(letter)":
        yield from _in_order(_NEXT_LETTER, row.text, ord(mark.number[0]), ord)


def _in_order(pattern: re.Pattern[str], text: str, number: int, value: Callable[[str], int]) -> Iterator[int]:
    for match in pattern.finditer(text):
        if value(match[1]) == number + 1:
            number += 1
            yield match.start()
