"""One row of a tracker: what its cells say, what is doubtful in it, what is refused. Plain Python."""

import datetime
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from . import days, words
from .headings import MEANINGS
from .words import plain

# As long as the records can hold.
LONGEST_REFERENCE, LONGEST_NUMBER, LONGEST_TITLE, LONGEST_ADDRESSEE = 80, 12, 300, 200
# A status of more words than this tells a story, which is kept as an update.
LONGEST_STATUS = 60
_ITEM = re.compile(r"^(?:agenda\s+)?item\s+([\w./]{1,12})\s*[:–—-]\s*(.+)$", re.IGNORECASE | re.DOTALL)
_ITEM_BEHIND = re.compile(r"\s*[\[(]item\s+([\w./]{1,12})[\])]$", re.IGNORECASE)
_MINUTE = re.compile(r"\bmin(?:ute)?s?\b\.?\s*(?:no\b\.?|number)?\s*([\w./]*\d[\w./]*)", re.IGNORECASE)
_LIST_MARK = re.compile(r"^\(?(\d{1,2})[.)]\s+(?=\S)")
_LAST_UPDATE = "last update"
_PAIR = re.compile(r"^([^:]{2,200}):\s*(.+)$", re.DOTALL)
# A reference tells more than its place in one list: "R3/12", "SR (25/26) 01", "34/16", "OSC042"; not "3", "Rec 1" or "1a".
_TELLS = re.compile(r"\d\D+\d|\D\d{3}|\d{3}\D")


@dataclass
class Row:
    """One row of a tracker as it reads; days, people and boards are still to be found among the records."""

    sheet: str
    number: int
    reference: str = ""
    old_reference: str = ""
    printed_number: str = ""
    board: str = ""
    day: datetime.date | None = None
    month: tuple[int, int] | None = None
    item_number: str = ""
    item_title: str = ""
    text: str = ""
    title: str = ""
    kind: str = ""
    owner: str = ""
    due_on: datetime.date | None = None
    first_due_on: datetime.date | None = None
    times_moved: int = 0
    status: str = ""
    # (addressee, answer or "", the words of the answer)
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    answered_on: datetime.date | None = None
    closed_on: datetime.date | None = None
    completed_on: datetime.date | None = None
    outcome: str = ""
    exempt_paragraph: int | None = None
    updates: list[str] = field(default_factory=list)
    updated_on: datetime.date | None = None
    doubts: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        where = _("row %(number)s") if self.sheet in ("", "The file") else _("%(sheet)s, row %(number)s")
        return where % {"sheet": self.sheet, "number": self.number}

    @property
    def has_telling_reference(self) -> bool:
        return bool(_TELLS.search(self.reference))

    @property
    def key(self) -> tuple:
        """The same in two rows that are one."""
        reference = self.reference if self.has_telling_reference else ""
        return (plain(self.text), reference, plain(self.board), self.day, plain(self.item_title), self.item_number)

    def doubt(self, sentence: str) -> None:
        if sentence and sentence not in self.doubts:
            self.doubts.append(sentence)


def as_printed(heading: str) -> str:
    return " ".join(heading.split()).rstrip(" :")


@dataclass
class Said:
    """The filled cells of one row: one for each meaning, and those of which there may be several."""

    single: dict[str, tuple[str, str]]
    updates: list[tuple[str, str, str]]

    def get(self, name: str) -> str:
        return self.single.get(name, ("", ""))[1]

    def heading(self, name: str) -> str:
        return self.single.get(name, ("", ""))[0]

    def in_words(self) -> list[str]:
        """Each with its heading, since the words alone seldom say what they are; a last update does."""
        return [
            days.shown(cell) if plain(heading) == _LAST_UPDATE else f"{as_printed(heading)}: {days.shown(cell)}"
            for _, heading, cell in self.updates
        ]


def read_row(row: Row, said: Said) -> None:
    row.text, row.board = said.get("text"), said.get("board")
    row.updates = said.in_words()
    _read_reference(row, said)
    _read_meeting(row, said)
    _read_item(row, said)
    _read_dates(row, said)
    _read_people(row, said)
    _read_standing(row, said)
    row.title = " ".join(said.get("title").split())[:200]
    row.kind = words.kind_of(said.get("kind")) or _kind_of(row, said)
    row.exempt_paragraph = words.exempt_paragraph(said.get("exempt"))
    if row.exempt_paragraph == 0:
        row.refusals.append(
            _("It is marked as exempt (“%(said)s”). Write under which of the seven paragraphs, 1 to 7.")
            % {"said": said.get("exempt")[:60]}
        )


def _keep(row: Row, said: Said, name: str) -> None:
    """What cannot be taken over as it stands stays with the record in words."""
    note = f"{as_printed(said.heading(name)) or MEANINGS[name].label}: {days.shown(said.get(name))}"
    if said.get(name) and note not in row.updates:
        row.updates.append(note)


def _read_reference(row: Row, said: Said) -> None:
    row.reference = " ".join(said.get("reference").split())
    row.old_reference = " ".join(said.get("old_reference").split())[:LONGEST_REFERENCE]
    row.printed_number = said.get("number")[:LONGEST_NUMBER]
    if not row.reference and _TELLS.search(said.get("number")):
        row.reference, row.printed_number = " ".join(said.get("number").split()), ""
    if mark := _LIST_MARK.match(row.text):
        row.text, row.printed_number = row.text[mark.end() :], row.printed_number or mark[1]
    if len(row.reference) > LONGEST_REFERENCE:
        row.refusals.append(_("The reference is longer than %(most)s characters.") % {"most": LONGEST_REFERENCE})
    elif row.reference and not row.has_telling_reference and not row.printed_number:
        row.printed_number = row.reference[:LONGEST_NUMBER]


def _kind_of(row: Row, said: Said) -> str:
    """A column, a sheet or a reference of actions; "" leaves it to the words."""
    places = plain(f"{said.heading('text')} {row.sheet}").split()
    is_of_actions = {"action", "actions"} & set(places) and not {"recommendation", "recommendations"} & set(places)
    return "action" if is_of_actions or re.match(r"A\d", row.reference) else ""


def _read_meeting(row: Row, said: Said) -> None:
    """The day stands in a column of its own, or among the words on where it comes from."""
    day = days.exact(said.get("meeting"))
    row.day, row.month = day.on, day.month
    row.doubt(day.doubt)
    if day.doubt:
        _keep(row, said, "meeting")
    if not day.on and said.get("item"):
        row.day = days.exact(said.get("item")).on


def _read_item(row: Row, said: Said) -> None:
    title, number = " ".join(said.get("item").split()), " ".join(said.get("minute").split())
    if match := _ITEM.match(title):
        number, title = number or match[1], match[2]
    elif match := _ITEM_BEHIND.search(title):
        number, title = number or match[1], title[: match.start()]
    if not number and (match := _MINUTE.search(said.get("meeting"))):
        number = match[1][:LONGEST_NUMBER]
    if len(number) > LONGEST_NUMBER:
        _keep(row, said, "minute")
        number = ""
    if len(title) > LONGEST_TITLE:
        _keep(row, said, "item")
        title = f"{title[: LONGEST_TITLE - 1]}…"
    row.item_number, row.item_title = number, title


def _read_dates(row: Row, said: Said) -> None:
    found = {name: days.due(said.get(name)) for name in ("due", "first_due", "revised_due")}
    for name, day in found.items():
        row.doubt(day.doubt)
        if day.doubt:
            _keep(row, said, name)
    due, first, revised = found["due"], found["first_due"], found["revised_due"]
    row.due_on = revised.on or due.on or first.on
    row.first_due_on = first.on or (due.first or due.on if row.due_on else None) or row.due_on
    moved = said.get("times_moved")
    row.times_moved = min(int(moved), 999) if moved.isdecimal() else 0
    if row.due_on != row.first_due_on:
        row.times_moved = max(1, row.times_moved)
    elif not row.due_on:
        row.times_moved = 0
    row.closed_on, row.completed_on, row.answered_on, row.updated_on = (
        _past(row, said, name) for name in ("closed", "completed", "answered", "updated")
    )


def _past(row: Row, said: Said, name: str) -> datetime.date | None:
    day = days.exact(said.get(name))
    row.doubt(day.doubt)
    if day.doubt:
        _keep(row, said, name)
    return day.on


def _read_people(row: Row, said: Said) -> None:
    row.owner = " ".join(said.get("owner").split())
    addressees = [" ".join(name.split()) for name in re.split(r"[;\n]", said.get("addressee")) if name.strip()]
    answer = said.get("answer")
    pairs = [pair.groups() for part in re.split(r"[;\n]", answer) if (pair := _PAIR.match(part.strip()))]
    known = [(name, words.answer_of(said_words)[0], said_words) for name, said_words in pairs]
    # "Rejected: no money" is an answer with its reason, "Cabinet: rejected" one with its name.
    if known and all(meaning and not words.answer_of(name)[1] for name, meaning, _ in known):
        row.answers = known
    else:
        meaning, is_exact = words.answer_of(answer) if answer else ("", True)
        if answer and not (addressees or meaning):
            _keep(row, said, "answer")
            addressees = []
        elif answer:
            addressees = addressees or [_body_of(said.heading("answer"))]
            if not is_exact:
                row.doubt(_doubt_of_answer(answer, meaning))
                _keep(row, said, "answer")
        row.answers = [(name, meaning, answer) for name in addressees]
    row.answers = [(name[:LONGEST_ADDRESSEE], meaning, text) for name, meaning, text in _each_once(row.answers)]


def _each_once(answers: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return list({plain(name): (name, meaning, text) for name, meaning, text in reversed(answers)}.values())[::-1]


def _doubt_of_answer(answer: str, meaning: str) -> str:
    shown = f"“{answer[:60]}…”" if len(answer) > 60 else f"“{answer}”"
    return (
        _("The answer %(shown)s is taken as “%(answer)s”.") % {"shown": shown, "answer": meaning.replace("_", " ")}
        if meaning
        else _("The answer %(shown)s is kept as a note.") % {"shown": shown}
    )


def _body_of(heading: str) -> str:
    """ "Cabinet response" is one of the cabinet; a column called "Response" does not say whose."""
    left = [word for word in plain(heading).split() if word not in _ANSWER_WORDS]
    return " ".join(left).capitalize() or _("The executive")


_ANSWER_WORDS = frozenset(
    "response responses answer answers decision formal received accepted agreed rejected or and y n of from the to".split()
)


def _read_standing(row: Row, said: Said) -> None:
    status = " ".join(said.get("status").split())
    if len(status) > LONGEST_STATUS:
        _keep(row, said, "status")
        status = status[:LONGEST_STATUS].rsplit(" ", 1)[0]
    # "Ongoing" in the column of dates tells more of its progress than of a day.
    by_when = said.get("revised_due") or said.get("due")
    if not status and words.progress_of(by_when)[1]:
        status = by_when
    row.status, row.outcome = status, said.get("outcome")
