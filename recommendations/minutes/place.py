"""Where the reader stands: in which item and section, in which list, and what it has found so far."""

from collections.abc import Sequence

from . import grammar, people, people_lists, sentences
from .headings import Heading, lead_in_of
from .making import Draft
from .marks import Mark
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
        # Who has been brought into that item, by the last two words of their names.
        self.known: set[tuple[str, ...]] = set()
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
        self.notes = False
        self.addressee = ""
        self.loose = False
        self.resume = ""
        # The mark of the numbered paragraph that led in the list being read.
        self.outer: Mark | None = None

    def enter(self, section: str) -> None:
        self.close()
        self.section = section

    def has_begun(self) -> bool:
        return bool(self.last.keys() - {"title", "furniture", "unread"})

    def new_item(self, paragraph: Paragraph, title: str, kind: str = "title") -> None:
        if self.has_begun() or "title" in self.last:
            self.items.append([])
            self.last = {}
            self.known = set()
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
        guests = people_lists.guests_in(paragraph.text) if people.how_they_came(paragraph.raw) else []
        if len(guests) > 1:
            self.add_guests(paragraph, guests)
            self.add("furniture", paragraph)
            return
        for part in people_lists.split_people(paragraph.raw):
            self._add_person(paragraph, part)
        if came := people.how_they_came(paragraph.raw):
            self.add("furniture", paragraph).parts = [came]

    def leave(self, paragraph: Paragraph, section: str = "minutes") -> None:
        """The paragraph does not belong to this section: read it in another."""
        self.enter(section)
        getattr(self, f"_in_{section}")(paragraph)

    def is_one_more_person(self, paragraph: Paragraph) -> bool:
        """A name alone right below people: theirs was a list, whatever its heading."""
        return (
            bool(self.items[-1])
            and self.items[-1][-1].kind == "witness"
            and people.is_name(paragraph.text)
            and not paragraph.text.isupper()
        )

    def lead_in(self, paragraph: Paragraph) -> bool:
        """A sentence that leads in what follows, if it is one: "The Board Recommends:", "Members were told that –"."""
        lead = lead_in_of(paragraph.text)
        following = self.following(1)
        if not lead or not following or following[0].heading:
            return False
        if lead.kind == "points" and people.is_person_line(following[0].raw):
            lead = Heading("witnesses")
        if lead.kind == "points" and self._leads_in_outcomes(paragraph.text):
            lead = Heading("resolved")
        if lead.kind == "points" and not following[0].mark:
            return False
        self.add("unread" if lead.kind == "quoted" else "furniture", paragraph)
        self.enter(lead.kind)
        self.recommends, self.addressee = lead.recommends, lead.addressee
        self.loose = lead.kind == "points"
        return True

    def _leads_in_outcomes(self, text: str) -> bool:
        """ "Arising from this, the Committee:" above "1. WELCOMED the plan", "2. REQUESTED that …"."""
        entries = [ahead.text for ahead in self.following(4) if ahead.mark]
        return bool(grammar.BOARD_AT_END.search(text[-120:])) and most(grammar.DECIDED_VERB.match, entries)

    def add_guests(self, paragraph: Paragraph, guests: Sequence[str]) -> None:
        """Those whom a sentence brings in, but nobody twice."""
        for part in guests:
            name = _surname(part)
            if not name or self.known.isdisjoint((name, name[-1:])):
                self._add_person(paragraph, part)

    def _add_person(self, paragraph: Paragraph, part: str) -> None:
        self.add("witness", paragraph).parts = [part]
        self.known.add(_surname(part))

    def following(self, count: int) -> list[Paragraph]:
        return self.paragraphs[self.at + 1 : self.at + 1 + count]

    def run(self, paragraph: Paragraph) -> list[str]:
        """The first texts of the list that begins here, this one included."""
        style = paragraph.mark.style if paragraph.mark else ""
        ahead = [p.rows[0] for p in self.following(READ_AHEAD)]
        return [paragraph.text[:800], *(row.text[:800] for row in ahead if row.mark and row.mark.style == style)]

    def leads_for_board(self, text: str) -> bool:
        """ "RESOLVED – that, subject to the above, the Committee –" waits for the list below it."""
        following = self.following(1)
        return bool(following and following[0].mark and len(text) < 400 and grammar.LEADS_FOR_BOARD.match(text))

    def leads_others(self, text: str) -> bool:
        """ "That Cabinet:" with a numbered list: each entry is a recommendation of its own; a lettered one is part of it."""
        following = self.following(1)
        mark = following[0].mark if following else None
        return bool(mark and "decimal" in mark.style and not self.style and grammar.ONLY_ADDRESSEE.match(text))

    def goes_on_deciding(self, paragraph: Paragraph) -> bool:
        """Whether a mark takes up the list of outcomes above, which words without a mark had ended: (4) after (3)."""
        for draft in reversed(self.items[-1][-READ_AHEAD:]):
            if draft.kind in OUTCOMES:
                mark, before = paragraph.mark, draft.paragraph.mark
                return mark is not None and before is not None and mark.comes_after(before)
            if draft.kind == "point":
                break
        return False

    def nests(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph belongs to the entry above it: another kind of mark, further in, or led in by a colon."""
        if not self.open:
            return False
        mark = paragraph.mark
        if not mark:
            return self.open.leads and bool(self.style) and _is_fragment(paragraph.text)
        if mark.style == "reference" and mark.number == f"A{self.open.number[1:]}" and self.open.number[:1] == "Q":
            return True  # the answer A2 to the question Q2
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
        if paragraph.text.count("”") > paragraph.text.count("“"):
            self.entry("unread", paragraph).flags.append("This looks quoted from elsewhere, not decided here.")
            return
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


def heads(paragraph: Paragraph, *kinds: str) -> bool:
    return paragraph.heading is not None and paragraph.heading.kind in kinds


def _is_fragment(text: str) -> bool:
    """Whether words without a mark can be an entry of the list above: they tell nothing and lead in nothing."""
    return not sentences.is_narrative(text) and not lead_in_of(text)


def _surname(part: str) -> tuple[str, ...]:
    return tuple(people.bare_name(people.read_person(part).name)[-2:])


def most(test, texts: Sequence[str]) -> bool:
    return 2 * sum(bool(test(text)) for text in texts) >= len(texts)
