"""Reads minutes: source lines in, findings out. Every non-blank line lies within some finding, and no date is guessed.

The reader walks the paragraphs once. A heading (or a sentence that leads in a list) opens a section, and each section knows
what its paragraphs are; a paragraph that cannot belong there closes it and is read by its own words.
"""

from collections.abc import Sequence

from . import outcomes, people, sentences
from .making import Draft, finished
from .findings import KINDS, Finding, Item, Reading
from .headings import Heading, dates_meeting, is_guidance, is_noise, lead_in_of, title_before_icon
from .paragraphs import Paragraph, is_title, paragraphs_of, without_pages

__all__ = ["KINDS", "Finding", "Item", "Reading", "read"]

OUTCOMES = ("resolution", "recommendation", "action")
# How far a list without a heading is read ahead to see what it is: far enough to tell, and the time stays linear.
READ_AHEAD = 12


def read(lines: Sequence[str]) -> Reading:
    """Read minutes, given as lines of text."""
    reader = _Reader(paragraphs_of(lines))
    reader.read_all()
    return Reading(tuple(Item(tuple(finished(draft) for draft in drafts)) for drafts in reader.items if drafts) or (Item(()),))


class _Reader:
    def __init__(self, paragraphs: list[Paragraph]):
        self.paragraphs = paragraphs
        self.at = 0
        self.items: list[list[Draft]] = [[]]
        # The latest finding of each kind in the item being read.
        self.last: dict[str, Draft] = {}
        self.section = "start"
        self.whole_meeting = False
        self.seen: dict[tuple[str, ...], int] = {}
        self._close()

    def _close(self) -> None:
        """Forget the list being read: the next entry begins another."""
        self.open: Draft | None = None
        self.style = ""
        self.indent = 0
        self.entries: list[Draft] = []
        self.recommends = False
        self.addressee = ""
        self.loose = False
        self.resume = ""

    def read_all(self) -> None:
        for self.at, paragraph in enumerate(self.paragraphs):
            if paragraph.heading:
                self._heading(paragraph, paragraph.heading)
            elif not self._anywhere(paragraph):
                getattr(self, f"_in_{self.section}")(paragraph)

    # --- What can stand anywhere -----------------------------------------------------------------------------

    def _anywhere(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if (title := title_before_icon(text)) and not paragraph.mark:
            self._new_item(paragraph, title)
        elif self._is_numbered_title(paragraph):
            self._new_item(paragraph, "")
        elif is_noise(text) and not paragraph.mark:
            self.whole_meeting = self.whole_meeting or text.casefold().startswith(("agenda and minutes", "no. item", "printed minutes"))
            self._add("furniture", paragraph)
        elif is_guidance(text):
            self._guidance(paragraph)
        elif sentences.is_attendance(text) or sentences.is_apology(text):
            self._add("attendance", paragraph)
        elif sentences.says_no_apologies(text):
            self._add("furniture", paragraph)
        else:
            return False
        return True

    def _is_numbered_title(self, paragraph: Paragraph) -> bool:
        """"5. EXCLUSION OF THE PRESS AND PUBLIC", and in a whole meeting's minutes "5. Exclusion of the Public"."""
        text, mark = paragraph.text, paragraph.mark
        if not mark or mark.style not in ("decimal", "depth1") or not is_title(text) or len(text) < 4:
            return False
        return without_pages(text).isupper() or (self.whole_meeting and self.section != "actions" and paragraph.blanks > 0)

    def _guidance(self, paragraph: Paragraph) -> None:
        self._add("furniture", paragraph)
        if self.section not in ("points", "resolved", "recommendations", "actions"):
            self._enter("declarations")

    def _heading(self, paragraph: Paragraph, heading: Heading) -> None:
        kind = heading.kind
        if kind == "action" and heading.rest:
            self._add("furniture", paragraph)
            self.resume, self.section = self.resume or self.section, "actions"
            return
        if kind == "purpose" and self._has_begun():
            self._new_item(paragraph, "", kind="furniture")
        else:
            self._add("title" if paragraph.mark and kind == "declarations" and self.whole_meeting else "furniture", paragraph)
        self._enter({"action": "actions"}.get(kind, kind))
        self.recommends = heading.recommends or kind == "recommendations"
        self.addressee = heading.addressee

    def _enter(self, section: str) -> None:
        self._close()
        self.section = section

    def _has_begun(self) -> bool:
        return bool(self.last.keys() - {"title", "furniture", "unread"})

    def _new_item(self, paragraph: Paragraph, title: str, kind: str = "title") -> None:
        if self._has_begun() or "title" in self.last:
            self.items.append([])
            self.last = {}
        draft = self._add(kind, paragraph)
        if title:
            draft.parts = [title]
            self._add("furniture", paragraph).parts = [paragraph.text[len(title) :].strip()]
        self._enter("start")

    def _add(self, kind: str, paragraph: Paragraph, *flags: str) -> Draft:
        draft = Draft(kind, paragraph, list(flags))
        self.items[-1].append(draft)
        self.last[kind] = draft
        return draft

    # --- Sections --------------------------------------------------------------------------------------------

    def _in_start(self, paragraph: Paragraph) -> None:
        """Before the minutes begin: title, purpose, and people whose heading was lost."""
        text, purpose = paragraph.text, self.last.get("purpose")
        if purpose and self.open is purpose and purpose.leads and (paragraph.mark or not sentences.is_narrative(text)):
            purpose.nest(paragraph)
        elif dates_meeting(text) and not paragraph.mark and not sentences.is_narrative(text):
            self._add("furniture", paragraph)
        elif paragraph.mark or people.is_person_line(text) or sentences.says_none_declared(text) or sentences.is_declaration(text):
            self._in_minutes(paragraph)
        elif sentences.is_purpose(text) and not purpose:
            self.open = self._add("purpose", paragraph)
        elif sentences.is_narrative(text) or lead_in_of(text):
            self._enter("minutes")
            self._in_minutes(paragraph)
        elif not self.last.get("title") and len(text) < 200:
            self._add("title", paragraph)
        elif is_title(text) and self.whole_meeting and paragraph.blanks:
            self._new_item(paragraph, "")
        else:
            self._add("unread", paragraph)

    def _in_purpose(self, paragraph: Paragraph) -> None:
        draft = self._add("purpose", paragraph)
        self.section = "start"
        self.open = draft

    def _in_minutes(self, paragraph: Paragraph) -> None:
        """Running text: each paragraph is judged by its own words."""
        text = paragraph.text
        if paragraph.mark:
            self._loose_list(paragraph)
        elif people.is_person_line(paragraph.raw):
            self._people(paragraph)
        elif sentences.says_none_declared(text) or (sentences.is_declaration(text) and not sentences.board_said(text)):
            self._add("declarations", paragraph)
        elif not self._lead_in(paragraph):
            self._told(paragraph)

    def _told(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.is_lost(text):
            self._take_back()
        if kind := outcomes.kind_of_paragraph(text):
            self._outcome(kind, paragraph)
        elif text.startswith("That ") and sentences.is_decided(text):
            self._enter("resolved")
            self._in_resolved(paragraph)
        elif self.whole_meeting and is_title(text) and paragraph.blanks:
            self._new_item(paragraph, "")
        elif text.isupper() and is_title(text) and self._next_is_purpose():
            self._new_item(paragraph, "")
        else:
            self._add("point" if sentences.is_narrative(text) else "unread", paragraph)

    def _next_is_purpose(self) -> bool:
        following = self._following(1)
        return bool(following) and bool(following[0].heading and following[0].heading.kind == "purpose")

    def _following(self, count: int) -> list[Paragraph]:
        return self.paragraphs[self.at + 1 : self.at + 1 + count]

    def _lead_in(self, paragraph: Paragraph) -> bool:
        """A sentence that leads in what follows, if it is one: "The Board Recommends:", "Members were told that –"."""
        lead = lead_in_of(paragraph.text)
        following = self._following(1)
        if not lead or not following or following[0].heading:
            return False
        if lead.kind == "points" and not following[0].mark:
            return False
        self._add("unread" if lead.kind == "quoted" else "furniture", paragraph)
        self._enter(lead.kind)
        self.recommends = lead.recommends
        self.loose = lead.kind == "points"
        return True

    def _loose_list(self, paragraph: Paragraph) -> None:
        """A list without a heading: decisions, titles of items, or what was said; its first entries tell."""
        run = self._run(paragraph)
        if _most(sentences.is_decided, run):
            self._enter("resolved")
            self._in_resolved(paragraph)
        elif self.section == "start" and not any(sentences.is_narrative(text) for text in run):
            self._add("unread", paragraph)
        else:
            self._enter("points")
            self.loose = True
            self._in_points(paragraph)

    def _run(self, paragraph: Paragraph) -> list[str]:
        """The first texts of the list that begins here."""
        style = paragraph.mark.style if paragraph.mark else ""
        ahead = [p for p in self._following(READ_AHEAD) if p.mark and p.mark.style == style]
        return [paragraph.text[:800], *(p.rows[0].text[:800] for p in ahead)]

    def _in_witnesses(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.says_none(text) or text.endswith(":"):
            self._add("furniture", paragraph)
        elif people.begins_person(paragraph.raw) or len(people.split_people(text)) > 1:
            self._people(paragraph)
        elif people.read_reversed(text):
            self._people(paragraph)
        elif not paragraph.mark and not sentences.is_narrative(text) and not is_title(text):
            self._add("unread", paragraph)
        else:
            self._enter("minutes")
            self._in_minutes(paragraph)

    def _people(self, paragraph: Paragraph) -> None:
        for part in people.split_people(paragraph.raw):
            self._add("witness", paragraph).parts = [part]

    def _in_declarations(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.says_none(text) or sentences.is_declaration(text):
            self._add("declarations", paragraph)
        elif people.is_person_line(text) and "interest" not in text.casefold():
            self._people(paragraph)
        elif "declarations" not in self.last and not paragraph.mark and sentences.is_narrative(text) and not outcomes.kind_of_paragraph(text):
            self._add("declarations", paragraph)
        else:
            self._enter("minutes")
            self._in_minutes(paragraph)

    def _in_points(self, paragraph: Paragraph) -> None:
        if paragraph.mark and self._begins_outcomes(paragraph):
            self._enter("resolved")
            self._in_resolved(paragraph)
        elif self._nests(paragraph):
            self.open.nest(paragraph)
        elif paragraph.mark:
            self._entry("point", paragraph)
        elif self.loose:
            self._enter("minutes")
            self._in_minutes(paragraph)
        else:
            self._unmarked_point(paragraph)

    def _begins_outcomes(self, paragraph: Paragraph) -> bool:
        """A list after the points that starts anew and whose entries have the form of decisions: its heading was lost."""
        mark = paragraph.mark
        if not self.style or not mark or mark.number not in ("1", "a", "i", "A") or (self.open and self.open.leads):
            return False
        run = self._run(paragraph)
        return (paragraph.text.startswith("That ") or (paragraph.blanks > 0 and mark.style != self.style) or paragraph.blanks > 1) and _most(sentences.is_decided, run)

    def _unmarked_point(self, paragraph: Paragraph) -> None:
        """Under a heading: a point where points carry no mark, else what goes on with the point above, or closes the discussion."""
        text = paragraph.text
        if sentences.says_none(text):
            self._add("furniture", paragraph)
        elif self.whole_meeting and is_title(text) and paragraph.blanks:
            self._new_item(paragraph, "")
        elif not self.style:
            if not self._lead_in_without_leaving(paragraph):
                self._entry("point", paragraph)
        elif people.is_person_line(text):
            self._people(paragraph)
        elif self._closes_discussion(text):
            self._enter("minutes")
            self._in_minutes(paragraph)
        elif self._leads_in_anew(paragraph):
            self._lead_in(paragraph)
        elif self.open and not is_title(text):
            self.open.nest(paragraph)
        else:
            self._add("unread", paragraph)

    def _leads_in_anew(self, paragraph: Paragraph) -> bool:
        """"In reply the officer said that:" with a list of its own is no part of the point above, unless that list is of bullets."""
        lead, following = lead_in_of(paragraph.text), self._following(1)
        mark = following[0].mark if following else None
        return bool(lead and mark) and (mark.number in ("1", "a", "i") or (mark.style == self.style and not mark.number))

    def _lead_in_without_leaving(self, paragraph: Paragraph) -> bool:
        """"Members made the following comments:" under the points' own heading is no point."""
        lead = lead_in_of(paragraph.text)
        if lead and lead.kind == "points":
            following = self._following(1)
            if following and following[0].mark:
                self._add("furniture", paragraph)
                return True
        return bool(lead) and lead.kind != "points" and self._lead_in(paragraph)

    def _closes_discussion(self, text: str) -> bool:
        lead = lead_in_of(text)
        return bool(outcomes.kind_of_paragraph(text)) or bool(lead and lead.kind == "resolved") or text.startswith("That ") or sentences.is_lost(text)

    def _in_resolved(self, paragraph: Paragraph) -> None:
        """Outcomes: recommendations, resolutions and what is asked, told apart by their words."""
        text = paragraph.text
        if sentences.says_none(text):
            self._add("furniture", paragraph)
        elif self._nests(paragraph):
            self.open.nest(paragraph)
        elif paragraph.mark:
            self._outcome(self._kind_of_outcome(text), paragraph)
        elif _leads_for_board(text):
            self._add("furniture", paragraph)
            self.recommends = self.recommends or bool(outcomes.asks_others(text))
            self.open, self.style = None, ""
        elif self._states_outcome(text):
            self._outcome(self._kind_of_outcome(text), paragraph)
        else:
            self._enter("minutes")
            self._in_minutes(paragraph)

    _in_recommendations = _in_resolved

    def _states_outcome(self, text: str) -> bool:
        """Whether an unmarked paragraph is itself an outcome; the first below the heading is, unless it is a title or mere telling."""
        if sentences.is_lost(text) or sentences.is_one_members(text):
            return False
        if sentences.is_decided(text) or outcomes.is_about_itself(text) or outcomes.kind_of_paragraph(text):
            return True
        return not self.entries and not is_title(text)

    def _kind_of_outcome(self, text: str) -> str:
        asked = outcomes.is_recommendation(text, recommends=self.recommends, heading=self.section)
        return "recommendation" if asked else "resolution"

    def _in_actions(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.says_none(text):
            self._add("furniture", paragraph)
        elif self._nests(paragraph):
            self.open.nest(paragraph)
        elif not paragraph.mark and (self.style or self.entries) and _leaves_actions(text):
            self._enter("minutes")
            self._in_minutes(paragraph)
        elif not paragraph.mark and (lead := lead_in_of(text)) and lead.kind != "points":
            self._lead_in(paragraph) or self._outcome("action", paragraph)
        else:
            self._outcome("action", paragraph)
        if self.resume:
            self.section, self.resume = self.resume, ""

    def _in_quoted(self, paragraph: Paragraph) -> None:
        if paragraph.mark or not sentences.is_narrative(paragraph.text):
            self._add("unread", paragraph, "This looks quoted from elsewhere, not decided here.")
        else:
            self._enter("minutes")
            self._in_minutes(paragraph)

    def _in_reasons(self, paragraph: Paragraph) -> None:
        self._add("unread", paragraph)

    def _in_present(self, paragraph: Paragraph) -> None:
        """Who sits on the board: not witnesses, and nothing a clerk must place."""
        if sentences.is_narrative(paragraph.text) and not people.begins_person(paragraph.text):
            self._enter("minutes")
            self._in_minutes(paragraph)
        else:
            self._add("furniture", paragraph)

    def _in_apologies(self, paragraph: Paragraph) -> None:
        if sentences.says_none(paragraph.text):
            self._add("furniture", paragraph)
        elif sentences.is_narrative(paragraph.text):
            self._enter("minutes")
            self._in_minutes(paragraph)
        else:
            self._add("attendance", paragraph)

    def _in_documents(self, paragraph: Paragraph) -> None:
        """Attachments, until something is told or a new item's title stands there."""
        if is_title(paragraph.text) and paragraph.text.isupper():
            self._new_item(paragraph, "")
        elif sentences.is_narrative(paragraph.text):
            self._enter("minutes")
            self._in_minutes(paragraph)
        else:
            self._add("furniture", paragraph)

    # --- Lists -----------------------------------------------------------------------------------------------

    def _nests(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph belongs to the entry above it: another kind of mark, further in, or led in by a colon."""
        if not self.open:
            return False
        mark = paragraph.mark
        if not mark:
            return self.open.leads and bool(self.style) and not sentences.is_narrative(paragraph.text)
        if not self.style:
            return self.open.leads and self.open.kind in OUTCOMES and "letter" in mark.style + ("letter" if mark.style in "-–—•·*▪●" else "")
        if mark.follows(self.style, self.open.number):
            return paragraph.indent >= self.indent + 3 and self.open.paragraph.mark is not None
        return True

    def _entry(self, kind: str, paragraph: Paragraph) -> Draft:
        draft = self._add(kind, paragraph)
        self.open = draft
        self.entries.append(draft)
        if paragraph.mark:
            self.style, self.indent = paragraph.mark.style, paragraph.indent
        return draft

    def _outcome(self, kind: str, paragraph: Paragraph) -> None:
        key = tuple(people.words_of(paragraph.text[:2000]))
        if len(key) > 3 and key in self.seen:
            flag = f"The same words stand at line {self.seen[key]} already."
            self._entry("furniture", paragraph).flags.append(flag)
            return
        self.seen.setdefault(key, paragraph.line)
        self._entry(kind, paragraph).addressee = self.addressee

    def _take_back(self) -> None:
        """The motion above was put and lost: nothing it asked for is an outcome."""
        for draft in self.entries:
            if draft.kind in OUTCOMES:
                draft.kind = "unread"
                draft.flags.append("This was put to the vote and lost.")
        self.entries = []


def _most(test, texts: Sequence[str]) -> bool:
    return 2 * sum(map(test, texts)) >= len(texts)


def _leads_for_board(text: str) -> bool:
    """"That the Committee:-", "The Board Recommends:": the entries below carry the verbs."""
    lead = lead_in_of(text)
    return bool(lead) and (lead.kind == "resolved" or outcomes.names_only_board(text))


def _leaves_actions(text: str) -> bool:
    return is_title(text) or bool(outcomes.kind_of_paragraph(text)) or outcomes.is_about_itself(text)
