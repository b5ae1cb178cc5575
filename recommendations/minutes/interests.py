"""What members declared, and what an agenda sets out to ask of them at every meeting."""

from . import grammar, outcomes, people, sentences
from .paragraphs import Paragraph
from .place import READ_AHEAD, Place, heads


class Interests(Place):
    def sets_out(self, text: str) -> bool:
        """ "To receive any apologies", above an item's "Minutes:": what every agenda prints, and nothing that was done."""
        return (
            self.section in ("start", "apologies", "declarations")
            and len(text) < 200
            and bool(grammar.AGENDA_WORDS.match(text))
            and (self.whole_meeting or any(heads(paragraph, "minutes") for paragraph in self.following(3)))
        )

    def awaits_interests(self) -> bool:
        """Whether nothing was declared yet: below "Declarations of Interest" its own "Minutes:" heads the answer."""
        return self.section == "declarations" and self.items[-1][-1].kind in ("furniture", "title")

    def _in_declarations(self, paragraph: Paragraph) -> None:
        text, above = paragraph.text, self.items[-1][-1]
        if sentences.says_none(text) or sentences.is_declaration(text) or self._is_one_who_declares(paragraph):
            self.add("declarations", paragraph)
        elif paragraph.mark and above.kind == "furniture" and not above.paragraph.heading:
            self.add("furniture", paragraph)  # the list of interests that the guidance above names
        elif (people.is_person_line(text) and "interest" not in text.casefold()) or self.is_one_more_person(paragraph):
            self.add_people(paragraph)
        elif (
            above.kind == "furniture"
            and (self.whole_meeting or not heads(above.paragraph, "minutes"))
            and not paragraph.mark
            and sentences.is_narrative(text)
            and not outcomes.kind_of_paragraph(text)
        ):
            self.add("declarations", paragraph)
        else:
            self.leave(paragraph)

    def _is_one_who_declares(self, paragraph: Paragraph) -> bool:
        """ "Cllr Ash – foster carer for the authority.": those named here declare, where the witnesses have a heading below."""
        text, above = paragraph.text, self.items[-1][-1]
        named = len(text) < people.LONGEST_LINE and all(people.name_and_rest(paragraph.raw)) and not people.tells(text)
        answered = above.kind == "declarations" and sentences.says_none(above.parts[0])
        return (
            above.kind in ("furniture", "declarations")
            and not answered
            and named
            and (
                (text.startswith(("Councillor ", "Cllr")) and not grammar.EXECUTIVE.search(text))
                or any(heads(ahead, "witnesses") for ahead in self.following(READ_AHEAD))
            )
        )
