"""From source lines to paragraphs: wrapped lines joined, flattened lines cut, marks and headings recognised."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from . import people, sentences
from .headings import Heading, heading_of, inline_headings, is_noise, lead_in_of, title_before_icon
from .marks import Mark, split_mark

_TERMINATOR = re.compile(r"[.?!:;][”’\"')\]]*$")
_ENDS_SENTENCE = re.compile(r"[.?!][”’\"')\]]*$")
_NEXT_NUMBER = re.compile(r"(?<=[.?!:;,”’)\"'])\s(\d{1,3})[.)]\s+(?=[A-Z“‘\"'(])")
_NEXT_LETTER = re.compile(r"(?<=[.;:,])\s(?:and\s|or\s)?\(([a-z])\)\s+(?=\S)")
_NEXT_BRACKETED = re.compile(r"(?<=[.;:,])\s(?:and\s|or\s)?\((\d{1,3})\)\s+(?=\S)")
_NEXT_BULLET = re.compile(r"\s(?=[•·▪●]\s)")
_HYPHENATED = re.compile(r"[^\W\d_]-$")
# Word parts that keep their hyphen when a line breaks after it.
_KEPT_HYPHENS = ("re", "co", "non", "self", "multi", "post", "pre", "sub", "long", "short", "well", "cross", "anti", "inter", "e")
_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")
_SUBJECT_ALONE = re.compile(r"(?:the|that\sthe|this)\s(?:[\w&-]+\s){0,6}(?:board|committee|panel|commission|group|cabinet)$", re.IGNORECASE)
_SHORT_TITLE = 90
# "Minutes: Witnesses: Jane Doe …": headings on one line; more of them than this is no page of minutes.
_DEEPEST_HEADING = 4
# What pages print behind a title.
_BEHIND_TITLE = re.compile(r"\s*\((?:pages?|agenda\sitem|item|minute)\s[^()]{1,30}\)\s*$", re.IGNORECASE)


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


@dataclass(slots=True)
class Paragraph:
    """Rows that belong together, with the mark or heading of the first."""

    rows: list[Row] = field(default_factory=list)

    @property
    def line(self) -> int:
        return self.rows[0].line

    @property
    def last_line(self) -> int:
        return self.rows[-1].line

    @property
    def mark(self) -> Mark | None:
        return self.rows[0].mark

    @property
    def heading(self) -> Heading | None:
        return self.rows[0].heading

    @property
    def text(self) -> str:
        return join_lines([row.text for row in self.rows])

    @property
    def head(self) -> str:
        """The first words, for those who look at a growing paragraph again and again: its length must not matter."""
        return " ".join(row.text[:200] for row in self.rows[:3])

    @property
    def whole(self) -> str:
        """The words with their list mark, as a nested entry keeps it."""
        return join_lines([row.whole or row.text for row in self.rows])

    @property
    def indent(self) -> int:
        return self.rows[0].indent

    @property
    def blanks(self) -> int:
        return self.rows[0].blanks

    @property
    def raw(self) -> str:
        """The words with the tabs and bars of a table, which tell its cells apart."""
        return " ".join(row.raw for row in self.rows)

    @property
    def last_text(self) -> str:
        return self.rows[-1].text


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document breaks its lines: at which width if it does, and whether blank lines stand inside sentences."""

    width: int = 0
    across_blanks: bool = False

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Layout":
        widths, across = [], 0
        for before, row in zip(rows, rows[1:], strict=False):
            if row.mark or row.heading or before.heading or not row.text[:1].islower():
                continue
            if row.blanks:
                across += not _TERMINATOR.search(before.text[-8:])
            else:
                widths.append(len(before.text))
        wrapped = len(widths) >= 3 and len(widths) * 12 >= len(rows)
        return cls(sorted(widths)[len(widths) // 2] if wrapped else 0, across > 0)


def paragraphs_of(lines: Iterable[str]) -> list[Paragraph]:
    rows = list(_rows(lines))
    return _gather(rows, Layout.of(rows))


def join_lines(texts: Sequence[str]) -> str:
    """Wrapped lines as one; a word broken by a hyphen at a line's end is made whole."""
    parts: list[str] = []
    for text in texts:
        if not text:
            continue
        if parts and _HYPHENATED.search(parts[-1][-2:]) and not parts[-1][-3:].startswith(" "):
            parts[-1] = _without_break_hyphen(parts[-1], text)
            parts.append(text)
        else:
            parts.extend((" ", text) if parts else (text,))
    return "".join(parts)


def _without_break_hyphen(before: str, after: str) -> str:
    stem = before[:-1].rsplit(None, 1)[-1].casefold() if before[:-1].strip() else ""
    keeps = not after[:1].islower() or stem in _KEPT_HYPHENS or "-" in stem
    return before if keeps else before[:-1]


def _rows(lines: Iterable[str]) -> Iterator[Row]:
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
        raw = line.translate(_INVISIBLE)
        text = " ".join(raw.split())
        if not text and not line.strip():
            blanks += 1
            continue
        yield Row(number, text, raw.strip(), indent=_indent(raw), blanks=blanks)
        blanks = 0


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
        if both and not both.rest and not (heading_of(texts[0]) and heading_of(" ".join(texts[1:]))):
            rows[0].heading = both
            for row in rows[1:count]:
                row.heading = Heading("continued")
            return count
    return 0


def _parts(row: Row) -> Iterator[Row]:
    """A source line as one row, or as several where headings or numbered points were run together."""
    pieces = inline_headings(row.text)
    for index, piece in enumerate(pieces):
        part = row if len(pieces) == 1 else Row(row.line, piece.strip(" |") or piece, piece, indent=row.indent, blanks=0 if index else row.blanks)
        yield from _headed(part)


def _headed(row: Row, depth: int = 0) -> Iterator[Row]:
    mark, rest = split_mark(row.text)
    heading = heading_of(rest if mark else row.text) if depth < _DEEPEST_HEADING else None
    if heading and mark and (heading.rest or mark.style not in ("decimal", "depth1")) and heading.kind != "action":
        heading = None
    if not heading:
        yield from _numbered(row)
        return
    row.heading = heading
    if heading.rest:
        row.text = row.text.removesuffix(heading.rest).rstrip()
    yield row
    if heading.rest:
        yield from _headed(Row(row.line, heading.rest, heading.rest, indent=row.indent), depth + 1)


def _numbered(row: Row) -> Iterator[Row]:
    """A row, cut at the numbers, letters or bullets that go on in the order its own mark began."""
    row.mark, rest = split_mark(row.text)
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
    elif mark.style == "(letter)":
        yield from _in_order(_NEXT_LETTER, row.text, ord(mark.number[0]), ord)


def _in_order(pattern: re.Pattern[str], text: str, number: int, value: type[int] | object) -> Iterator[int]:
    for match in pattern.finditer(text):
        if value(match[1]) == number + 1:  # type: ignore[operator]
            number += 1
            yield match.start()


def _gather(rows: Sequence[Row], layout: Layout) -> list[Paragraph]:
    gathered: list[Paragraph] = []
    section = ""
    for row in rows:
        if gathered and _belongs(gathered[-1], row, layout, section):
            gathered[-1].rows.append(row)
        else:
            gathered.append(Paragraph([row]))
        if row.heading and row.heading.kind != "continued":
            section = row.heading.kind
        elif section == "witnesses" and sentences.is_narrative(row.text):
            section = ""
    return gathered


def _belongs(before: Paragraph, row: Row, layout: Layout, section: str) -> bool:
    """Whether `row` goes on with the paragraph before it."""
    if row.heading:
        return row.heading.kind == "continued"
    if before.heading:
        return False
    if before.mark and not before.last_text:
        return row.mark is None
    if section == "witnesses" or people.is_person_line(before.rows[0].raw):
        return _goes_on_with_role(before, row)
    return row.mark is None and _goes_on_with_sentence(before, row, layout)


def _goes_on_with_role(before: Paragraph, row: Row) -> bool:
    """Under witnesses a new name begins a new person; anything short that is no name goes on with the role."""
    text = f"– {row.text}" if row.mark and row.mark.style in "-–—" else row.text
    if row.mark and (row.mark.style not in "-–—" or people.begins_person(row.raw) or people.begins_person(before.last_text) and before.mark):
        return False
    if len(before.rows) > 5 or row.blanks > 1 or is_noise(row.text) or sentences.is_attendance(row.text):
        return False
    if text[:1].islower() or text[:1] in "–-&(":
        return not sentences.is_narrative(f"{before.head} {row.text}")
    if people.dangles(before.last_text):
        return len(row.text) < 120 and not people.is_person_line(row.text)
    if people.begins_person(row.raw) or len(row.text) > 120 or sentences.is_narrative(row.text):
        return False
    if _ENDS_SENTENCE.search(before.last_text) or row.text.isupper() and len(row.text) > 12:
        return False
    return people.begins_person(before.rows[0].raw) and (row.blanks == 0 or _may_end_role(before, row))


def _may_end_role(before: Paragraph, row: Row) -> bool:
    """Across a blank line only words that cannot stand alone go on with a role: "Council (Priority 1)", "Director of Place"."""
    bare = people.is_name(before.head)
    return people.is_role(row.text) if bare else len(before.last_text) > 40 and len(row.text) < 60 and not people.is_role(row.text)


def _goes_on_with_sentence(before: Paragraph, row: Row, layout: Layout) -> bool:
    last = before.last_text
    if sentences.is_attendance(row.text) or is_noise(row.text) or people.is_person_line(row.text) or title_before_icon(row.text):
        return False
    if _SUBJECT_ALONE.match(before.head) and (lead := lead_in_of(row.text)) and lead.kind == "resolved":
        return True
    unfinished = not _TERMINATOR.search(last[-8:])
    if row.blanks:
        return row.blanks <= 2 and unfinished and _bridges_blank(before, row, layout)
    if unfinished:
        if row.text[:1].islower() or (layout.width and len(last) >= 0.7 * layout.width):
            return True
        if before.mark and before.head.startswith("That "):
            return True
        return not is_title(last) and (bool(before.mark) or len(last) > 45 or people.dangles(last))
    if row.text[:1].islower():
        return not last.endswith((":", ";")) or bool(layout.width)
    if before.head.startswith("That ") and sentences.board_said(row.text):
        return False
    return bool(layout.width) and len(last) >= 0.85 * layout.width and not last.endswith(":") and not lead_in_of(row.text)


def _bridges_blank(before: Paragraph, row: Row, layout: Layout) -> bool:
    last = before.last_text
    if is_noise(last) or is_title(last):
        return False
    if row.text[:1].islower() or people.dangles(last):
        return len(last.split()) > 3
    return layout.across_blanks and row.blanks == 1 and len(last.split()) >= 8 and not is_title(row.text)


def without_pages(title: str) -> str:
    """ "WASTE CONTRACT (Pages 5 - 20)" without its pages."""
    return _BEHIND_TITLE.sub("", title)


def is_title(text: str) -> bool:
    """Whether a line looks like a heading of its own making: short, no full stop, mostly capitals or Title Case."""
    text = without_pages(text) if len(text) < 200 else text
    if len(text) > _SHORT_TITLE or _TERMINATOR.search(text[-4:]) or text.endswith((",", "–", "-")):
        return False
    words = [word for word in text.split() if word[:1].isalpha()]
    if not words:
        return False
    large = sum(word[:1].isupper() for word in words if len(word) > 3)
    return text.isupper() or (words[0][:1].isupper() and large >= 0.75 * sum(len(word) > 3 for word in words))
