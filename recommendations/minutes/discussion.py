"""What was said: the points of a discussion, and where it ends."""

import re

from . import outcomes, people, sentences
from .headings import lead_in_of
from .marks import Mark
from .paragraphs import Paragraph, is_title
from .place import Place, most

_DECIDES = re.compile(r"\b(?:RESOLVED|RECOMMENDED|AGREED)\b")


class Discussion(Place):
    def _in_points(self, paragraph: Paragraph) -> None:
        if paragraph.mark and self._begins_outcomes(paragraph):
            self.leave(paragraph, "resolved")
        elif self.nests(paragraph):
            self.open.nest(paragraph)
        elif paragraph.mark and _DECIDES.search(paragraph.text[:120]) and self._decides(paragraph):
            pass
        elif paragraph.mark:
            self.entry("point", paragraph)
        elif self.loose:
            self.leave(paragraph)
        else:
            self._unmarked_point(paragraph)

    def _decides(self, paragraph: Paragraph) -> bool:
        """ "4. The Committee RECOMMENDED:", among numbered paragraphs: an outcome, or what leads in a list of them."""
        lead = lead_in_of(paragraph.text)
        if lead and lead.kind == "resolved" and self.lead_in(paragraph):
            self.outer = paragraph.mark
            return True
        kind = outcomes.kind_of_paragraph(paragraph.text)
        if not kind:
            return False
        self.outcome(kind, paragraph)
        return True

    def _begins_outcomes(self, paragraph: Paragraph) -> bool:
        """A list after the points that starts anew and whose entries have the form of decisions: its heading was lost."""
        mark = paragraph.mark
        if not self.entries or not mark or mark.number not in ("1", "a", "i", "A") or self._leads_in(mark):
            return False
        begins = paragraph.text.startswith("That ") or (
            paragraph.text.startswith("that ")
            if not self.style
            else paragraph.blanks > 1 or (paragraph.blanks > 0 and mark.style != self.style)
        )
        return begins and most(sentences.is_in_form, self.run(paragraph))

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
            self._point_without_marks(paragraph)
        elif people.is_person_line(text):
            self.add_people(paragraph)
        elif self._closes_discussion(text):
            self.leave(paragraph)
        elif self._leads_in_anew(paragraph):
            self.lead_in(paragraph)
        elif self._begins_unmarked_point(paragraph):
            self.entry("point", paragraph)
        elif self.open and not is_title(text):
            self.open.nest(paragraph)
        else:
            self.add("unread", paragraph)

    def _begins_unmarked_point(self, paragraph: Paragraph) -> bool:
        """Behind somebody's coming or going a whole sentence begins anew, and so do those after it: the marks were lost."""
        unmarked = self.items[-1][-1].kind == "attendance" or (self.open is not None and not self.open.paragraph.mark)
        return (
            unmarked
            and paragraph.blanks > 0
            and paragraph.text[:1].isupper()
            and sentences.is_narrative(paragraph.text)
        )

    def _point_without_marks(self, paragraph: Paragraph) -> None:
        if self._heads_what_follows(paragraph):
            self.add("furniture", paragraph)
        elif sentences.was_agreed(paragraph.text) and outcomes.kind_of_paragraph(paragraph.text) == "action":
            self.add("action", paragraph)
        elif not self._lead_in_without_leaving(paragraph):
            self.entry("point", paragraph)

    def _heads_what_follows(self, paragraph: Paragraph) -> bool:
        """ "Staffing" on a line of its own above what was said about it."""
        following = self.following(1)
        below = following[0] if following else None
        return (
            below is not None
            and len(paragraph.text.split()) < 7
            and (is_title(paragraph.text) or (len(paragraph.text) < 40 and bool(paragraph.blanks and below.blanks)))
            and not sentences.is_narrative(paragraph.text)
            and not paragraph.text.endswith((".", "?", ";", ","))
            and not (below.mark or below.heading)
            and sentences.is_narrative(below.text)
        )

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
        return bool(lead) and lead.kind != "points" and self.lead_in(paragraph)

    def _closes_discussion(self, text: str) -> bool:
        lead = lead_in_of(text)
        return (
            bool(outcomes.kind_of_paragraph(text))
            or bool(lead and lead.kind == "resolved")
            or text.startswith("That ")
            or sentences.is_lost(text)
        )
