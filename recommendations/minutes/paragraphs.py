"""From rows to paragraphs: the lines that a page, a column or a paste has wrapped are joined again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from . import people, sentences
from .headings import Heading, is_noise, lead_in_of, title_before_icon
from .marks import Mark
from .rows import Row, rows_of

_TERMINATOR = re.compile(r"[.?!:;][”’\"')\]]*$")
# "(Owner: Jane Doe)" closes an entry as a full stop does.
_ENDS_WITH_OWNER = re.compile(r"\((?:owner|lead|action|responsible)[^()]{0,80}\)$", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.?!][”’\"')\]]*$")
_HYPHENATED = re.compile(r"[^\W\d_]-$")
# Word parts that keep their hyphen when a line breaks after it.
_KEPT_HYPHENS = frozenset("re co non self multi post pre sub long short well cross anti inter e".split())
_SUBJECT_ALONE = re.compile(
    r"(?:the|that\sthe|this)\s(?:[\w&-]+\s){0,6}(?:board|committee|panel|commission|group|cabinet)$", re.IGNORECASE
)
_SHORT_TITLE = 90
# What pages print behind a title.
_BEHIND_TITLE = re.compile(r"\s*\((?:pages?|agenda\sitem|item|minute)\s[^()]{1,30}\)\s*$", re.IGNORECASE)


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
        # Asked for again and again, and most paragraphs are one row.
        return self.rows[0].text if len(self.rows) == 1 else join_lines([row.text for row in self.rows])

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
        parting = "\t" if len(self.rows) > 1 and people.is_name(self.rows[0].text) and not self._name_goes_on() else " "
        return parting.join(row.raw for row in self.rows)

    def _name_goes_on(self) -> bool:
        """ "Councillor Sir Hugo" above "Pellingham OBE, Cabinet Member": the column broke the name."""
        first = people.SEPARATOR.split(self.rows[1].raw, maxsplit=1)[0]
        return len(people.bare_name(first)) == 1 and people.is_name(f"{self.rows[0].text} {first}")

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
        for before, row in pairwise(rows):
            if row.mark or row.heading or before.heading or not row.text[:1].islower():
                continue
            if row.blanks:
                across += not _TERMINATOR.search(before.text[-8:])
            else:
                widths.append(len(before.text))
        wrapped = len(widths) >= 3 and len(widths) * 12 >= len(rows)
        return cls(sorted(widths)[len(widths) // 2] if wrapped else 0, across > 0)


def paragraphs_of(lines: Iterable[str]) -> list[Paragraph]:
    rows = list(rows_of(lines))
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
        elif section.startswith("witnesses") and sentences.is_narrative(row.text):
            section = ""
        elif section == "witnesses" and _is_first_below(gathered) and people.is_organisation(row.text):
            # The first line below the heading is a body, and its people follow: so will others'.
            section = "witnesses by bodies"
    return gathered


def _is_first_below(gathered: Sequence[Paragraph]) -> bool:
    """Whether the latest row is the first below a heading."""
    return len(gathered) > 1 and len(gathered[-1].rows) == 1 and gathered[-2].heading is not None


def _belongs(before: Paragraph, row: Row, layout: Layout, section: str) -> bool:
    """Whether `row` goes on with the paragraph before it."""
    if row.heading:
        return row.heading.kind == "continued"
    if before.heading:
        return False
    if before.mark and not before.last_text:
        return row.mark is None
    person = people.is_person_line(before.rows[0].raw) and not people.how_they_came(before.rows[0].raw)
    if section.startswith("witnesses") or person:
        return _goes_on_with_role(before, row, by_bodies=section == "witnesses by bodies")
    return row.mark is None and _goes_on_with_sentence(before, row, layout)


def _goes_on_with_role(before: Paragraph, row: Row, *, by_bodies: bool = False) -> bool:
    """Under witnesses a new name begins a new person; anything short that is no name goes on with the role."""
    text = f"– {row.text}" if row.mark and row.mark.style in "-–—" else row.text
    if row.mark and (
        row.mark.style not in "-–—"
        or people.begins_person(row.raw)
        or (before.mark and (before.mark.style == row.mark.style or people.begins_person(before.last_text)))
    ):
        return False
    # Word's empty paragraphs count as several blank lines; "and Transport" still cannot stand alone.
    if (
        len(before.rows) > 5
        or row.blanks > (3 if text[:1].islower() else 1)
        or is_noise(row.text)
        or row.text.endswith((":", ":-"))
        or sentences.is_attendance(row.text)
    ):
        return False
    if text[:1].islower() or text[:1] in "–-&(":
        return not sentences.is_narrative(f"{before.head} {row.text}")
    if people.dangles(before.last_text):
        return len(row.text) < 120 and not people.is_person_line(row.text)
    if people.begins_person(row.raw) or len(row.text) > 120 or sentences.is_narrative(row.text):
        return False
    if people.is_unnamed(row.text) and (
        people.is_group(row.text) or (people.begins_office(row.text) and _tells_post(before.last_text))
    ):
        return False
    if by_bodies and people.is_organisation(row.text) and not before.last_text.endswith((",", "-", "–")):
        return False
    if _ENDS_SENTENCE.search(before.last_text) or (row.text.isupper() and len(row.text) > 12):
        return False
    return people.begins_person(before.rows[0].raw) and (row.blanks == 0 or _may_end_role(before, row))


def _tells_post(text: str) -> bool:
    last = people.SEPARATOR.split(text[-200:])[-1]
    return people.is_role(last) or people.is_organisation(last)


def _may_end_role(before: Paragraph, row: Row) -> bool:
    """Across a blank line only words that cannot stand alone go on with a role: "Council (Priority 1)", "Director of Place"."""
    bare = people.is_name(before.head)
    return (
        people.is_role(row.text)
        if bare
        else len(before.last_text) > 40 and len(row.text) < 60 and not people.is_role(row.text)
    )


def _goes_on_with_sentence(before: Paragraph, row: Row, layout: Layout) -> bool:
    last = before.last_text
    # A row of a table drawn with bars begins anew, too.
    if sentences.says_none(row.text) or (row.text.startswith("|") and last.startswith("|")):
        return False
    if (
        sentences.is_attendance(row.text)
        or is_noise(row.text)
        or people.is_person_line(row.text)
        or title_before_icon(row.text)
    ):
        return False
    if _SUBJECT_ALONE.match(before.head) and (lead := lead_in_of(row.text)) and lead.kind == "resolved":
        return True
    unfinished = not (_TERMINATOR.search(last[-8:]) or _ENDS_WITH_OWNER.search(last[-100:]))
    if row.blanks:
        return row.blanks <= 2 and unfinished and _bridges_blank(before, row, layout)
    if unfinished:
        return _ends_sentence_of(before, row, layout)
    if row.text[:1].islower():
        return not last.endswith((":", ";")) or bool(layout.width)
    if sentences.assigns(row.text) or (before.head.startswith("That ") and sentences.board_said(row.text)):
        return False
    return (
        bool(layout.width) and len(last) >= 0.85 * layout.width and not last.endswith(":") and not lead_in_of(row.text)
    )


def _ends_sentence_of(before: Paragraph, row: Row, layout: Layout) -> bool:
    """Whether `row` goes on with the line right above it, which has no stop."""
    last = before.last_text
    if row.text[:1].islower() or (layout.width and (before.mark or len(last) >= 0.7 * layout.width)):
        return True
    if before.mark and not layout.width and (sentences.stands_alone(row.text) or row.text.endswith((":", ":-"))):
        return False
    if before.mark and before.head.startswith("That "):
        return True
    return not is_title(last) and (bool(before.mark) or len(last) > 45 or people.dangles(last))


def _bridges_blank(before: Paragraph, row: Row, layout: Layout) -> bool:
    last = before.last_text
    if is_noise(last) or (is_title(last) and not people.dangles(last)):
        return False
    if before.mark and last.endswith(("–", "—")) and row.text[:1].isupper():
        return False  # a list of names that its entry leads in
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
