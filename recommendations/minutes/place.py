"""Where the reader stands: in which item and section, in which list, and what it has found so far."""

from . import people, sentences
from .headings import lead_in_of
from .making import Draft
from .paragraphs import Paragraph

OUTCOMES = ("resolution", "recommendation", "action")
# How far a list without a heading is read ahead to see what it is: far enough to tell, and the time stays linear.
READ_AHEAD = 12
BULLETS_THAT_NEST = "-–—•·*▪●"


class Place:
    """The items found so far, the section being read, and the list whose entries may still grow."""

    def __init__(self, paragraphs: list[Paragraph]):
        self.paragraphs = paragraphs
        self.at = 0
        self.items: list[list[Draft]] = [[]]
        # The latest finding of each kind in the item being read.
        self.last: dict[str, Draft] = {}
        self.section = "start"
        self.whole_meeting = False
        self.seen: dict[tuple[str, ...], int] = {}
        self.close()

    def close(self) -> None:
        """Forget the list being read: the next entry begins another."""
        self.open: Draft | None = None
        self.style = ""
        self.indent = 0
        self.entries: list[Draft] = []
        self.recommends = False
        self.addressee = ""
        self.loose = False
        self.resume = ""

    def enter(self, section: str) -> None:
        self.close()
        self.section = section

    def has_begun(self) -> bool:
        return bool(self.last.keys() - {"title", "furniture", "unread"})

    def new_item(self, paragraph: Paragraph, title: str, kind: str = "title") -> None:
        if self.has_begun() or "title" in self.last:
            self.items.append([])
            self.last = {}
        draft = self.add(kind, paragraph)
        if title:
            draft.parts = [title]
            self.add("furniture", paragraph).parts = [paragraph.text[len(title) :].strip()]
        self.enter("start")

    def add(self, kind: str, paragraph: Paragraph, *flags: str) -> Draft:
        draft = Draft(kind, paragraph, list(flags))
        self.items[-1].append(draft)
        self.last[kind] = draft
        return draft

    def add_people(self, paragraph: Paragraph) -> None:
        for part in people.split_people(paragraph.raw):
            self.add("witness", paragraph).parts = [part]
        if came := people.how_they_came(paragraph.raw):
            self.add("furniture", paragraph).parts = [came]

    def following(self, count: int) -> list[Paragraph]:
        return self.paragraphs[self.at + 1 : self.at + 1 + count]

    def run(self, paragraph: Paragraph) -> list[str]:
        """The first texts of the list that begins here, this one included."""
        style = paragraph.mark.style if paragraph.mark else ""
        ahead = [p for p in self.following(READ_AHEAD) if p.mark and p.mark.style == style]
        return [paragraph.text[:800], *(p.rows[0].text[:800] for p in ahead)]

    def leads_by_comma(self, text: str) -> bool:
        """ "RESOLVED – that, subject to the above," waits for the list below it."""
        following = self.following(1)
        return text.endswith(",") and text[:5].casefold().startswith("that") and bool(following and following[0].mark)

    def nests(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph belongs to the entry above it: another kind of mark, further in, or led in by a colon."""
        if not self.open:
            return False
        mark = paragraph.mark
        if not mark:
            return self.open.leads and bool(self.style) and _is_fragment(paragraph.text)
        if not self.style:
            # An outcome without a mark takes in a lettered or bulleted list; a numbered one has entries of its own.
            lesser = "letter" in mark.style or mark.style in BULLETS_THAT_NEST
            return self.open.leads and self.open.kind in OUTCOMES and lesser
        if mark.follows(self.style, self.open.number):
            return paragraph.indent >= self.indent + 3 and self.open.paragraph.mark is not None
        return True

    def entry(self, kind: str, paragraph: Paragraph) -> Draft:
        draft = self.add(kind, paragraph)
        self.open = draft
        self.entries.append(draft)
        if paragraph.mark:
            self.style, self.indent = paragraph.mark.style, paragraph.indent
        return draft

    def outcome(self, kind: str, paragraph: Paragraph) -> None:
        key = tuple(people.words_of(paragraph.text[:2000]))
        if len(key) > 3 and key in self.seen:
            flag = f"The same words stand at line {self.seen[key]} already."
            self.entry("furniture", paragraph).flags.append(flag)
            return
        self.seen.setdefault(key, paragraph.line)
        draft = self.entry(kind, paragraph)
        # Whom the lead-in names, its list speaks to, but not what the board says after the list.
        draft.addressee = self.addressee if paragraph.mark or not self.style else ""

    def take_back(self) -> None:
        """The motion above was put and lost: nothing it asked for is an outcome."""
        for draft in self.entries:
            if draft.kind in OUTCOMES:
                draft.kind = "unread"
                draft.flags.append("This was put to the vote and lost.")
        self.entries = []


def _is_fragment(text: str) -> bool:
    """Whether words without a mark can be an entry of the list above: they tell nothing and lead in nothing."""
    return not sentences.is_narrative(text) and not lead_in_of(text)
