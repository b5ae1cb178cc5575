"""Reads minutes: source lines in, findings out. Every non-blank line lies within some finding, and no date is guessed.

The reader walks the paragraphs once. A heading (or a sentence that leads in a list) opens a section, and each section knows
what its paragraphs are; a paragraph that cannot belong there closes it and is read by its own words.
"""

from collections.abc import Sequence

from . import outcomes, people, sentences
from .findings import KINDS, Finding, Item, Reading
from .headings import Heading, dates_meeting, is_guidance, is_noise, lead_in_of, title_before_icon
from .making import finished
from .marks import Mark
from .paragraphs import Paragraph, is_title, paragraphs_of, without_pages
from .place import Place

__all__ = ["KINDS", "Finding", "Item", "Reading", "read"]


def read(lines: Sequence[str]) -> Reading:
    """Read minutes, given as lines of text."""
    reader = _Reader(paragraphs_of(lines))
    reader.read_all()
    return Reading(
        tuple(Item(tuple(finished(draft) for draft in drafts)) for drafts in reader.items if drafts) or (Item(()),)
    )


class _Reader(Place):
    def read_all(self) -> None:
        for at, paragraph in enumerate(self.paragraphs):
            self.at = at
            if paragraph.heading:
                self._heading(paragraph, paragraph.heading)
            elif not self._anywhere(paragraph):
                getattr(self, f"_in_{self.section}")(paragraph)

    def _anywhere(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if (title := title_before_icon(text)) and not paragraph.mark and self._opens_item(title):
            self.new_item(paragraph, title)
        elif title and self.section == "documents":
            self.add("furniture", paragraph)
        elif self._is_numbered_title(paragraph):
            self.new_item(paragraph, "")
        elif is_noise(text) and not paragraph.mark:
            self.whole_meeting = self.whole_meeting or text.casefold().startswith(
                ("agenda and minutes", "no. item", "printed minutes")
            )
            self.add("furniture", paragraph)
        elif is_guidance(text):
            self._guidance(paragraph)
        elif sentences.is_attendance(text) or sentences.is_apology(text):
            if sentences.declares_and_leaves(text):
                self.add("declarations", paragraph)
            self.add("attendance", paragraph)
        elif sentences.says_no_apologies(text):
            self.add("furniture", paragraph)
        else:
            return False
        return True

    def _opens_item(self, title: str) -> bool:
        """Below "Supporting documents" most titles are attachments' ("Strategy , item 5/20")."""
        return self.section != "documents" or (" , item " not in title and (title.isupper() or title[0].isdigit()))

    def _is_numbered_title(self, paragraph: Paragraph) -> bool:
        """ "5. EXCLUSION OF THE PRESS AND PUBLIC", and in a whole meeting's minutes "5. Exclusion of the Public"."""
        text, mark = paragraph.text, paragraph.mark
        if not mark or mark.style not in ("decimal", "depth1") or not is_title(text) or len(text) < 4:
            return False
        return without_pages(text).isupper() or (
            self.whole_meeting
            and (self.section != "actions" or self.style not in ("", mark.style))
            and paragraph.blanks > 0
        )

    def _guidance(self, paragraph: Paragraph) -> None:
        self.add("furniture", paragraph)
        if self.section not in ("points", "resolved", "recommendations", "actions"):
            self.enter("declarations")

    def _heading(self, paragraph: Paragraph, heading: Heading) -> None:
        kind = heading.kind
        if kind == "action" and heading.rest:
            self.add("furniture", paragraph)
            self.resume, self.section = self.resume or self.section, "actions"
            return
        if kind == "purpose" and self.has_begun():
            self.new_item(paragraph, "", kind="furniture")
        else:
            self.add(
                "title" if paragraph.mark and kind == "declarations" and self.whole_meeting else "furniture", paragraph
            )
        self.enter({"action": "actions"}.get(kind, kind))
        self.recommends = heading.recommends or kind == "recommendations"
        self.addressee = heading.addressee

    def _in_start(self, paragraph: Paragraph) -> None:
        """Before the minutes begin: title, purpose, and people whose heading was lost."""
        text, purpose = paragraph.text, self.last.get("purpose")
        if purpose and self.open is purpose and purpose.leads and (paragraph.mark or not sentences.is_narrative(text)):
            purpose.nest(paragraph)
        elif dates_meeting(text) and not paragraph.mark and not sentences.is_narrative(text):
            self.add("furniture", paragraph)
        elif (
            paragraph.mark
            or people.is_person_line(text)
            or sentences.says_none_declared(text)
            or sentences.is_declaration(text)
        ):
            self._in_minutes(paragraph)
        elif sentences.is_purpose(text) and not purpose:
            self.open = self.add("purpose", paragraph)
        elif sentences.is_narrative(text) or lead_in_of(text):
            self._leave(paragraph)
        elif not self.last.get("title") and len(text) < 200:
            self.add("title", paragraph)
        elif is_title(text) and self.whole_meeting and paragraph.blanks:
            self.new_item(paragraph, "")
        else:
            self.add("unread", paragraph)

    def _in_purpose(self, paragraph: Paragraph) -> None:
        draft = self.add("purpose", paragraph)
        self.section = "start"
        self.open = draft

    def _leave(self, paragraph: Paragraph, section: str = "minutes") -> None:
        """The paragraph does not belong to this section: read it in another."""
        self.enter(section)
        getattr(self, f"_in_{section}")(paragraph)

    def _in_minutes(self, paragraph: Paragraph) -> None:
        """Running text: each paragraph is judged by its own words."""
        text = paragraph.text
        if paragraph.mark:
            self._loose_list(paragraph)
        elif people.is_person_line(paragraph.raw):
            self.add_people(paragraph)
        elif sentences.says_none_declared(text) or (sentences.is_declaration(text) and not sentences.board_said(text)):
            self.add("declarations", paragraph)
        elif not self._lead_in(paragraph):
            self._told(paragraph)

    def _told(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.is_lost(text):
            self.take_back()
        if kind := outcomes.kind_of_paragraph(text):
            self.outcome(kind, paragraph)
        elif text.startswith("That ") and not sentences.is_lost(text):
            # Not by way of that section, which hands back what it does not take.
            self.enter("resolved")
            self.outcome(self._kind_of_outcome(text), paragraph)
        elif self.whole_meeting and is_title(text) and paragraph.blanks:
            self.new_item(paragraph, "")
        elif text.isupper() and is_title(text) and self._next_is_purpose():
            self.new_item(paragraph, "")
        else:
            self.add("point" if sentences.is_narrative(text) else "unread", paragraph)

    def _next_is_purpose(self) -> bool:
        following = self.following(1)
        return bool(following) and bool(following[0].heading and following[0].heading.kind == "purpose")

    def _lead_in(self, paragraph: Paragraph) -> bool:
        """A sentence that leads in what follows, if it is one: "The Board Recommends:", "Members were told that –"."""
        lead = lead_in_of(paragraph.text)
        following = self.following(1)
        if not lead or not following or following[0].heading:
            return False
        if lead.kind == "points" and not following[0].mark:
            return False
        self.add("unread" if lead.kind == "quoted" else "furniture", paragraph)
        self.enter(lead.kind)
        self.recommends, self.addressee = lead.recommends, lead.addressee
        self.loose = lead.kind == "points"
        return True

    def _loose_list(self, paragraph: Paragraph) -> None:
        """A list without a heading: decisions, titles of items, or what was said; its first entries tell."""
        run = self.run(paragraph)
        if _most(sentences.is_decided, run):
            self._leave(paragraph, "resolved")
        elif self.section == "start" and not any(sentences.is_narrative(text) for text in run):
            self.add("unread", paragraph)
        else:
            self.enter("points")
            self.loose = True
            self._in_points(paragraph)

    def _in_witnesses(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.says_none(text) or text.endswith(":"):
            self.add("furniture", paragraph)
        elif people.begins_person(paragraph.raw) or len(people.split_people(text)) > 1:
            self.add_people(paragraph)
        elif people.read_reversed(text):
            self.add_people(paragraph)
        elif not paragraph.mark and not sentences.is_narrative(text) and not is_title(text):
            self.add("unread", paragraph)
        else:
            self._leave(paragraph)

    def _in_declarations(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.says_none(text) or sentences.is_declaration(text):
            self.add("declarations", paragraph)
        elif people.is_person_line(text) and "interest" not in text.casefold():
            self.add_people(paragraph)
        elif (
            self.items[-1][-1].kind == "furniture"
            and not paragraph.mark
            and sentences.is_narrative(text)
            and not outcomes.kind_of_paragraph(text)
        ):
            self.add("declarations", paragraph)
        else:
            self._leave(paragraph)

    def _in_points(self, paragraph: Paragraph) -> None:
        if paragraph.mark and self._begins_outcomes(paragraph):
            self._leave(paragraph, "resolved")
        elif self.nests(paragraph):
            self.open.nest(paragraph)
        elif paragraph.mark:
            self.entry("point", paragraph)
        elif self.loose:
            self._leave(paragraph)
        else:
            self._unmarked_point(paragraph)

    def _begins_outcomes(self, paragraph: Paragraph) -> bool:
        """A list after the points that starts anew and whose entries have the form of decisions: its heading was lost."""
        mark = paragraph.mark
        if not self.style or not mark or mark.number not in ("1", "a", "i", "A") or self._leads_in(mark):
            return False
        run = self.run(paragraph)
        return (
            paragraph.text.startswith("That ")
            or (paragraph.blanks > 0 and mark.style != self.style)
            or paragraph.blanks > 1
        ) and _most(sentences.is_decided, run)

    def _leads_in(self, mark: Mark) -> bool:
        """Whether the entry above ends with a colon and waits for a list of this kind."""
        return bool(self.open) and self.open.leads and mark.style != self.style

    def _unmarked_point(self, paragraph: Paragraph) -> None:
        """A point where points carry no mark; else it goes on with the point above, or closes the discussion."""
        text = paragraph.text
        if sentences.says_none(text):
            self.add("furniture", paragraph)
        elif self.whole_meeting and is_title(text) and paragraph.blanks:
            self.new_item(paragraph, "")
        elif not self.style:
            if sentences.was_agreed(text) and outcomes.kind_of_paragraph(text) == "action":
                self.add("action", paragraph)
            elif not self._lead_in_without_leaving(paragraph):
                self.entry("point", paragraph)
        elif people.is_person_line(text):
            self.add_people(paragraph)
        elif self._closes_discussion(text):
            self._leave(paragraph)
        elif self._leads_in_anew(paragraph):
            self._lead_in(paragraph)
        elif self.open and not is_title(text):
            self.open.nest(paragraph)
        else:
            self.add("unread", paragraph)

    def _leads_in_anew(self, paragraph: Paragraph) -> bool:
        """ "In reply the officer said that:" with a numbered list of its own is no part of the point above."""
        lead, following = lead_in_of(paragraph.text), self.following(1)
        mark = following[0].mark if following else None
        return bool(lead and mark) and (
            mark.number in ("1", "a", "i") or (mark.style == self.style and not mark.number)
        )

    def _lead_in_without_leaving(self, paragraph: Paragraph) -> bool:
        """ "Members made the following comments:" under the points' own heading is no point."""
        lead = lead_in_of(paragraph.text)
        if lead and lead.kind == "points":
            following = self.following(1)
            if following and following[0].mark:
                self.add("furniture", paragraph)
                return True
        return bool(lead) and lead.kind != "points" and self._lead_in(paragraph)

    def _closes_discussion(self, text: str) -> bool:
        lead = lead_in_of(text)
        return (
            bool(outcomes.kind_of_paragraph(text))
            or bool(lead and lead.kind == "resolved")
            or text.startswith("That ")
            or sentences.is_lost(text)
        )

    def _in_resolved(self, paragraph: Paragraph) -> None:
        """Outcomes: recommendations, resolutions and what is asked, told apart by their words."""
        text = paragraph.text
        if sentences.says_none(text):
            self.add("furniture", paragraph)
        elif self.nests(paragraph):
            self.open.nest(paragraph)
        elif paragraph.mark:
            self.outcome(self._kind_of_outcome(text), paragraph)
        elif _leads_for_board(text) or self.leads_by_comma(text):
            self.add("furniture", paragraph)
            self.recommends = self.recommends or bool(outcomes.asks_others(text))
            self.open, self.style = None, ""
        elif self._states_outcome(text):
            self.outcome(self._kind_of_outcome(text), paragraph)
        else:
            if sentences.is_lost(text):
                self.take_back()
            self._leave(paragraph)

    _in_recommendations = _in_resolved

    def _states_outcome(self, text: str) -> bool:
        """Whether an unmarked paragraph is itself an outcome; the first below the heading is, unless a title."""
        if sentences.is_lost(text) or sentences.is_one_members(text):
            return False
        if sentences.is_decided(text) or outcomes.is_imperative(text) or outcomes.is_about_itself(text):
            return True
        if outcomes.kind_of_paragraph(text):
            return True
        return not self.entries and not is_title(text)

    def _kind_of_outcome(self, text: str) -> str:
        asked = outcomes.is_recommendation(text, recommends=self.recommends)
        return "recommendation" if asked else "resolution"

    def _in_actions(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.says_none(text):
            self.add("furniture", paragraph)
        elif self.nests(paragraph):
            self.open.nest(paragraph)
        elif not paragraph.mark and (self.style or self.entries) and _leaves_actions(text):
            self._leave(paragraph)
        elif not paragraph.mark and (lead := lead_in_of(text)) and lead.kind != "points":
            self._lead_in(paragraph) or self.outcome("action", paragraph)
        else:
            self.outcome("action", paragraph)
        if self.resume:
            self.section, self.resume = self.resume, ""

    def _in_quoted(self, paragraph: Paragraph) -> None:
        if paragraph.mark or not sentences.is_narrative(paragraph.text):
            self.add("unread", paragraph, "This looks quoted from elsewhere, not decided here.")
        else:
            self._leave(paragraph)

    def _in_reasons(self, paragraph: Paragraph) -> None:
        self.add("unread", paragraph)

    def _in_present(self, paragraph: Paragraph) -> None:
        """Who sits on the board: not witnesses, and nothing a clerk must place."""
        if sentences.is_narrative(paragraph.text) and not people.begins_person(paragraph.text):
            self._leave(paragraph)
        else:
            self.add("furniture", paragraph)

    def _in_apologies(self, paragraph: Paragraph) -> None:
        if sentences.says_none(paragraph.text):
            self.add("furniture", paragraph)
        elif sentences.is_narrative(paragraph.text):
            self._leave(paragraph)
        else:
            self.add("attendance", paragraph)

    def _in_documents(self, paragraph: Paragraph) -> None:
        """Attachments, until something is told or a new item's title stands there."""
        if is_title(paragraph.text) and paragraph.text.isupper():
            self.new_item(paragraph, "")
        elif sentences.is_narrative(paragraph.text):
            self._leave(paragraph)
        else:
            self.add("furniture", paragraph)


def _most(test, texts: Sequence[str]) -> bool:
    return 2 * sum(map(test, texts)) >= len(texts)


def _leads_for_board(text: str) -> bool:
    """ "That the Committee:-", "The Board Recommends:": the entries below carry the verbs."""
    lead = lead_in_of(text)
    return bool(lead) and (lead.kind == "resolved" or outcomes.names_only_board(text))


def _leaves_actions(text: str) -> bool:
    return is_title(text) or bool(outcomes.kind_of_paragraph(text)) or outcomes.is_about_itself(text)
