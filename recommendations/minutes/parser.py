"""Reads minutes: source lines in, findings out. Every non-blank line lies within some finding, and no date is guessed.

The reader walks the paragraphs once. A heading (or a sentence that leads in a list) opens a section, and each section knows
what its paragraphs are; a paragraph that cannot belong there closes it and is read by its own words.
"""

import re
from collections.abc import Sequence

from . import outcomes, people, people_lists, sentences
from .decisions import Decisions
from .discussion import Discussion
from .findings import KINDS, Finding, Item, Reading
from .headings import Heading, dates_meeting, is_guidance, is_navigation, is_noise, lead_in_of, title_before_icon
from .interests import Interests
from .making import finished
from .paragraphs import Paragraph, is_title, paragraphs_of, without_pages
from .place import heads, most
from .titles import minute_titles

__all__ = ["KINDS", "Finding", "Item", "Reading", "read"]


def read(lines: Sequence[str]) -> Reading:
    """Read minutes, given as lines of text."""
    reader = _Reader(paragraphs_of(lines))
    reader.read_all()
    return Reading(
        tuple(Item(tuple(finished(draft) for draft in drafts)) for drafts in reader.items if drafts) or (Item(()),)
    )


_MINUTE_NUMBER = re.compile(
    r"(?:(?:agenda\s)?item\s(?:no\.?\s)?)?(?:[A-Z]{1,5}/?)?\d{1,4}(?:[/.]\d{1,4}){0,2}[A-Z]?[.:]?(?:\s?[–—-])?\s+(?=[A-Z])",
    re.IGNORECASE,
)
# "Present: Councillor Ash (in the Chair)": nobody took it from anybody.
_CHAIRS = re.compile(r"\bin\sthe\schair\b", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"(?:agenda\s)?item\s(?:no\.?\s)?\d+\W*$", re.IGNORECASE)
_NOUNS = {"recommendation": "recommendations", "rec": "recommendations", "action": "actions", "resolution": "resolved"}


class _Reader(Discussion, Decisions, Interests):
    def read_all(self) -> None:
        self.titles = minute_titles(self.paragraphs)
        for at, paragraph in enumerate(self.paragraphs):
            self.at = at
            if paragraph.heading:
                self._heading(paragraph, paragraph.heading)
            elif not self._anywhere(paragraph):
                getattr(self, f"_in_{self.section}")(paragraph)

    def _anywhere(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if paragraph.mark and not text:
            self.add("furniture", paragraph)
            return True
        self._heed_noun(paragraph)
        if self._opens(paragraph):
            return True
        if paragraph.mark and sentences.says_none_declared(text):
            self.add("declarations", paragraph)
        elif is_noise(text) and (not paragraph.mark or self.section == "start" or is_navigation(text)):
            self._noise(paragraph)
        elif self.sets_out(text):
            self.add("furniture", paragraph)
        elif is_guidance(text):
            self._guidance(paragraph)
        elif self.section == "present" and _CHAIRS.search(text):
            self.add("furniture", paragraph)
        elif sentences.is_attendance(text) or (sentences.is_apology(text) and not self._is_witness(paragraph)):
            self._went(paragraph)
        elif sentences.says_no_apologies(text):
            self.add("furniture", paragraph)
        else:
            return False
        return True

    def _noise(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        self.whole_meeting = self.whole_meeting or text.casefold().startswith(
            ("agenda and minutes", "no. item", "printed minutes")
        )
        if "|" in text and text.casefold().startswith("action"):
            self.enter("actions")  # the head of a table of them
        paused, went = sentences.before_going(text)
        self.add("furniture", paragraph).parts = [paused]
        if went:
            self.add("attendance", paragraph).parts = [went]

    def _is_witness(self, paragraph: Paragraph) -> bool:
        """ "Jane Doe, Head of Roads (substituting for John Smith)" among the witnesses."""
        return self.section == "witnesses" and people.is_person_line(paragraph.raw)

    def _went(self, paragraph: Paragraph) -> None:
        if sentences.declares_and_leaves(paragraph.text):
            self.add("declarations", paragraph)
        elif self.section == "declarations" and sentences.tells_more(paragraph.text):
            self.add("declarations", paragraph)
        before, words = sentences.before_apology(paragraph.text)
        if before:
            self.add("furniture", paragraph).parts = [before]
        self.add("attendance", paragraph).parts = [words]

    def _opens(self, paragraph: Paragraph) -> bool:
        """Begin the next item if the paragraph is its title."""
        title = title_before_icon(paragraph.text)
        if title and (not paragraph.mark or paragraph.mark.number.isdigit()) and self._opens_item(title):
            self.new_item(paragraph, title)
        elif title and self.section == "documents":
            self.add("furniture", paragraph)
        elif self._is_numbered_title(paragraph) or self._is_title_of_minutes(paragraph):
            self.new_item(paragraph, "")
        else:
            return False
        return True

    def _opens_item(self, title: str) -> bool:
        """Below "Supporting documents" most titles are attachments' ("Strategy , item 5/20")."""
        return self.section != "documents" or (" , item " not in title and (title.isupper() or title[0].isdigit()))

    def _is_numbered_title(self, paragraph: Paragraph) -> bool:
        """ "5. EXCLUSION OF THE PRESS AND PUBLIC", and in a whole meeting's minutes "5. Exclusion of the Public"."""
        text, mark = paragraph.text, paragraph.mark
        if self.at in self.titles:
            return True
        if not mark and (number := _MINUTE_NUMBER.match(text)):
            rest = text[number.end() :]
            known = self.whole_meeting or bool(self.titles) or "/" in number[0] or not text[:1].isdigit()
            return is_title(rest) and paragraph.blanks > 0 and (known or without_pages(rest).isupper())
        if not mark or mark.style not in ("decimal", "depth1") or not is_title(text) or len(text) < 4:
            return False
        return without_pages(text).isupper() or (
            self.whole_meeting
            and (self.section != "actions" or self.style not in ("", mark.style))
            and paragraph.blanks > 0
        )

    def _is_title_of_minutes(self, paragraph: Paragraph) -> bool:
        """ "Work programme 2019-20 Minutes:" in a flattened row: the words before "Minutes:" are the next item's title."""
        text, number = paragraph.text, paragraph.mark.style if paragraph.mark else "decimal"
        ahead = (below for below in self.following(3) if not is_noise(below.text) and not below.text.startswith("To "))
        below = next(ahead, None)
        if number != "decimal" or not below or not heads(below, "minutes") or not self.has_begun():
            return False
        parted = paragraph.blanks > 0 or (self.at > 0 and is_noise(self.paragraphs[self.at - 1].text))
        apart = self.whole_meeting and parted and text[:1].isupper() and not text.endswith((".", ";", ":"))
        may_be = (apart and not is_noise(text)) or (below.line == paragraph.line and not paragraph.mark)
        return may_be and len(text) < 120 and not sentences.is_narrative(text)

    def _heed_noun(self, paragraph: Paragraph) -> None:
        """ "Recommendation 1: …", "Action 2 – …": the mark says what its entry is, wherever it stands."""
        section = _NOUNS.get(paragraph.mark.style, "") if paragraph.mark else ""
        if (
            section
            and self.section not in (section, "quoted")
            and not (section == "resolved" and self.section == "recommendations")
        ):
            self.enter(section)

    def _guidance(self, paragraph: Paragraph) -> None:
        self.add("furniture", paragraph)
        if self.section not in ("points", "resolved", "recommendations", "actions"):
            self.enter("declarations")

    def _heading(self, paragraph: Paragraph, heading: Heading) -> None:
        kind = "declarations" if heading.kind == "minutes" and self.awaits_interests() else heading.kind
        if kind == "action" and heading.rest:
            self.add("furniture", paragraph)
            self.resume, self.section = self.resume or self.section, "actions"
            return
        if kind == "purpose" and self.has_begun():
            self.new_item(paragraph, "", kind="furniture")
        else:
            self.add(
                "title" if paragraph.mark and heading.kind == "declarations" and self.whole_meeting else "furniture",
                paragraph,
            )
        self.enter({"action": "actions"}.get(kind, kind))
        self.recommends = heading.recommends or kind == "recommendations"
        self.addressee, self.notes = heading.addressee, heading.notes

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
            or self.is_one_more_person(paragraph)
            or ("title" in self.last and outcomes.kind_of_paragraph(text))
        ):
            self._in_minutes(paragraph)
        elif sentences.is_purpose(text) and not purpose:
            self.open = self.add("purpose", paragraph)
        elif sentences.is_narrative(text) or lead_in_of(text):
            self.leave(paragraph)
        elif sentences.says_none(text):
            self.add("furniture", paragraph)
        elif len(text) < 200 and not self._has_title():
            self.add("title", paragraph)
        elif is_title(text) and self.whole_meeting and paragraph.blanks:
            self.new_item(paragraph, "")
        else:
            self.add("unread", paragraph)

    def _has_title(self) -> bool:
        """Whether the item has a title of words: "Item 9" alone goes on in the next line."""
        title = self.last.get("title")
        return title is not None and not _ITEM_NUMBER.match(title.parts[0])

    def _in_purpose(self, paragraph: Paragraph) -> None:
        draft = self.add("purpose", paragraph)
        self.section = "start"
        self.open = draft

    def _in_minutes(self, paragraph: Paragraph) -> None:
        """Running text: each paragraph is judged by its own words."""
        text = paragraph.text
        if paragraph.mark:
            self._loose_list(paragraph)
        elif people.is_person_line(paragraph.raw) or self.is_one_more_person(paragraph):
            self.add_people(paragraph)
        elif sentences.says_none(text) and not sentences.says_none_declared(text):
            self.add("furniture", paragraph)
        elif sentences.says_none_declared(text) or (sentences.is_declaration(text) and not sentences.board_said(text)):
            self.add("declarations", paragraph)
        elif not self.lead_in(paragraph):
            self._told(paragraph)

    def _told(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.is_lost(text):
            self.take_back()
        if guests := people_lists.guests_in(text):
            self.add_guests(paragraph, guests)
        if text.startswith("To ") and sentences.is_purpose(text) and self.has_begun():
            self.new_item(paragraph, "", kind="purpose")
        elif kind := outcomes.kind_of_paragraph(text):
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

    def _loose_list(self, paragraph: Paragraph) -> None:
        """A list without a heading: decisions, titles of items, or what was said; its first entries tell."""
        run = self.run(paragraph)
        if self.goes_on_deciding(paragraph):
            self.leave(paragraph, "resolved")
        elif most(sentences.is_decided, run):
            self.leave(paragraph, "resolved")
        elif self.section == "start" and not any(sentences.is_narrative(text) for text in run):
            self.add("unread", paragraph)
        else:
            self.enter("points")
            self.loose = True
            self._in_points(paragraph)

    def _in_witnesses(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if text.endswith(":") and self._leads_in_points(paragraph):
            self.leave(paragraph)
        elif sentences.says_none(text) or text.endswith(":"):
            self.add("furniture", paragraph)
        elif text.endswith(".") and len(text) > 60 and people.tells(text) and not people.how_they_came(text):
            self.leave(paragraph)
        elif people.begins_person(paragraph.raw) or len(people_lists.split_people(text)) > 1:
            self.add_people(paragraph)
        elif people.read_reversed(text) or people.is_unnamed(text):
            self.add_people(paragraph)
        elif people.is_organisation(text) and not sentences.is_narrative(text):
            self.add("furniture", paragraph)  # whose people follow
        elif paragraph.mark and len(text) < 120 and not people.tells(text) and self._lists_people():
            self.add_people(paragraph)
        elif not paragraph.mark and not sentences.is_narrative(text) and not is_title(text):
            if text[:1].isupper() and people.SEPARATOR.search(text) and len(text) < 120:
                self.add_people(paragraph)
            else:
                self.add("unread", paragraph)
        else:
            self.leave(paragraph)

    def _leads_in_points(self, paragraph: Paragraph) -> bool:
        """ "The Board questioned officers and was told that:" ends the list of people, unless people follow."""
        below = self.following(1)
        told = sentences.is_narrative(paragraph.text) and people.tells(paragraph.text)
        return told and bool(below and below[0].mark) and not people.begins_person(below[0].raw)

    def _lists_people(self) -> bool:
        """Whether marks stand before the people here: no number of another list, and no title's."""
        above = self.items[-1][-1]
        return above.kind == "furniture" or (above.kind == "witness" and above.paragraph.mark is not None)

    def _in_quoted(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if paragraph.mark or text.startswith(("“", '"', "‘")) or not sentences.is_narrative(text):
            self.add("unread", paragraph, "This looks quoted from elsewhere, not decided here.")
            if text.endswith(("”", '"')):
                self.enter("minutes")
        else:
            self.leave(paragraph)

    def _in_reasons(self, paragraph: Paragraph) -> None:
        self.add("unread", paragraph)

    def _in_present(self, paragraph: Paragraph) -> None:
        """Who sits on the board: not witnesses, and nothing a clerk must place."""
        if sentences.is_narrative(paragraph.text) and not people.begins_person(paragraph.text):
            self.leave(paragraph)
        else:
            self.add("furniture", paragraph)

    def _in_apologies(self, paragraph: Paragraph) -> None:
        if sentences.says_none(paragraph.text):
            self.add("furniture", paragraph)
        elif sentences.is_narrative(paragraph.text) or (
            is_title(paragraph.text) and not _names_somebody(paragraph.text)
        ):
            self.leave(paragraph)
        else:
            self.add("attendance", paragraph)

    def _in_documents(self, paragraph: Paragraph) -> None:
        """Attachments, until something is told or a new item's title stands there."""
        if is_title(paragraph.text) and paragraph.text.isupper():
            self.new_item(paragraph, "")
        elif sentences.is_narrative(paragraph.text):
            self.leave(paragraph)
        else:
            self.add("furniture", paragraph)


def _names_somebody(text: str) -> bool:
    return (
        people.is_name(text)
        or text.startswith(("Councillor", "Cllr"))
        or people.begins_person(text)
        or bool(people.SEPARATOR.search(text))
    )
