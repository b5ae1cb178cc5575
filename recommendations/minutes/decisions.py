"""What was decided, asked for and undertaken: recommendations, resolutions and actions below their headings."""

from . import grammar, outcomes, sentences
from .headings import lead_in_of
from .paragraphs import Paragraph, is_title
from .place import Place


class Decisions(Place):
    def _in_resolved(self, paragraph: Paragraph) -> None:
        """Outcomes: recommendations, resolutions and what is asked, told apart by their words."""
        text = paragraph.text
        if sentences.says_none(text):
            self.add("furniture", paragraph)
        elif paragraph.mark and self.outer and paragraph.mark.style == self.outer.style:
            self.leave(paragraph, "points")
        elif self.nests(paragraph):
            self.open.nest(paragraph)
        elif paragraph.mark:
            self.outcome(self._kind_of_outcome(text), paragraph)
        elif self._is_subheading(text):
            self.add("furniture", paragraph)
            self.open, self.style = None, ""
        elif _leads_for_board(text) or self.leads_for_board(text) or self.leads_others(text):
            self.add("furniture", paragraph)
            if who := grammar.ONLY_ADDRESSEE.match(text):
                self.recommends, self.addressee = True, who["asked"]
            self.recommends = self.recommends or bool(outcomes.asks_others(text))
            self.open, self.style = None, ""
        elif self._states_outcome(text):
            self.outcome(self._kind_of_outcome(text), paragraph)
        else:
            if sentences.is_lost(text):
                self.take_back()
            self.leave(paragraph)

    _in_recommendations = _in_resolved

    def _is_subheading(self, text: str) -> bool:
        """ "For Cabinet:" above the entries that are for it."""
        following = self.following(1)
        return bool(following and following[0].mark and len(text) < 60 and grammar.FOR_WHOM.match(text))

    def _states_outcome(self, text: str) -> bool:
        """Whether an unmarked paragraph is itself an outcome; the first below the heading is, unless a title."""
        if sentences.is_lost(text) or sentences.is_one_members(text):
            return False
        if (
            sentences.is_decided(text)
            or sentences.is_given(text)
            or outcomes.is_imperative(text)
            or outcomes.is_about_itself(text)
        ):
            return True
        if outcomes.kind_of_paragraph(text):
            return True
        return not self.entries and not is_title(text)

    def _kind_of_outcome(self, text: str) -> str:
        if self.notes and not outcomes.asks_others(text):
            return "resolution"  # "NOTED: the risk register"
        if sentences.promises(text):
            return "action"
        asked = outcomes.is_recommendation(text, recommends=self.recommends)
        return "recommendation" if asked else "resolution"

    def _in_actions(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if sentences.says_none(text):
            self.add("furniture", paragraph)
        elif self.nests(paragraph):
            self.open.nest(paragraph)
        elif not paragraph.mark and (self.style or self.entries) and _leaves_actions(text):
            self.leave(paragraph)
        elif not paragraph.mark and (lead := lead_in_of(text)) and lead.kind != "points":
            self.lead_in(paragraph) or self.outcome("action", paragraph)
        else:
            self.outcome("resolution" if sentences.is_settled(text) else "action", paragraph)
        if self.resume:
            self.section, self.resume = self.resume, ""


def _leads_for_board(text: str) -> bool:
    """ "That the Committee:-", "The Board Recommends:": the entries below carry the verbs."""
    lead = lead_in_of(text)
    return bool(lead) and (lead.kind == "resolved" or outcomes.names_only_board(text))


def _leaves_actions(text: str) -> bool:
    if "|" in text:
        return False  # a row of a table
    return is_title(text) or bool(outcomes.kind_of_paragraph(text)) or outcomes.is_about_itself(text)
