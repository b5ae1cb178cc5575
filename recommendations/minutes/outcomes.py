"""What an outcome is: recommendation, action or resolution; and whether it asks to do, to consider or to report back."""

import re

from . import grammar, people, sentences
from .addressees import first_verb
from .paragraphs import is_title
from .phrases import ASKED_VERBS

# How much of an outcome is looked at: what it asks stands in its first sentences.
HEAD = 1200
_AND_THAT = re.compile(r"[;,]?\s+and\s+(?=that\s)")
# A request that considers something only after this many letters asks to do something else first.
ASIDE = 60


def is_recommendation(text: str, *, recommends: bool) -> bool:
    """Whether an outcome asks somebody else for something, rather than being the board about itself.

    Under "Recommendations" a doubtful one is a recommendation; under "RESOLVED" so is what is neither noted nor approved.
    """
    head = text[:HEAD]
    if sentences.is_settled(head):
        return False
    if any(_asks_more(clause) for clause in _AND_THAT.split(head)[1:]):
        return True
    if recommends and grammar.FOR_ANOTHER_BODY.match(head):
        return True
    if recommends and grammar.ORDER_TO_OTHERS.match(head):
        return True
    if grammar.ABOUT_ITSELF.match(head) and not grammar.BOARD_RECEIVES.match(head):
        return bool(asks_others(head)) and not grammar.ONLY_THANKS.match(head)
    if grammar.FOR_OTHERS.search(head) or asks_others(head):
        return True
    if grammar.DONE_BY_ITSELF.search(head[:300]):
        return recommends and not grammar.ONLY_BY_ITSELF.search(head)
    return True


def _asks_more(clause: str) -> bool:
    """ "… and that officers provide the figures": behind what the board notes, somebody is asked for something."""
    return not (grammar.ABOUT_ITSELF.match(clause) or grammar.DONE_BY_ITSELF.search(clause))


def is_about_itself(text: str) -> bool:
    """ "The Board thanks …", "It expresses concern …", "notes the report"."""
    return bool(grammar.ABOUT_ITSELF.match(text[:300]))


def is_imperative(text: str) -> bool:
    """ "Explore joint purchasing with the district": an order, and neither a title nor something told."""
    first, _, rest = text.partition(" ")
    # "Explore a shared kitchen": after an article even a word like "shared" tells nothing.
    orders = rest.startswith(("a ", "an ", "the ", "all ")) or not people.tells(text)
    return first.casefold() in ASKED_VERBS and orders and not is_title(text)


def names_only_board(text: str) -> bool:
    """ "That the Committee:-" and "That:" name nobody to whom the entries below could speak."""
    stripped = text[:200].casefold().strip(" :–—-")
    return stripped in ("", "that", "to") or bool(grammar.ONLY_THE_BOARD.match(stripped))


def asks_others(text: str) -> re.Match[str] | None:
    return grammar.REQUESTS.search(text[:HEAD])


def ask_of(text: str) -> str:
    """do, consider or report_back. An update wished for outweighs what is done on the way to it."""
    head = text[:HEAD]
    verb = first_verb(head)
    if grammar.REPORT_BACK.search(head) or (verb is not None and head.startswith(("report", "to report"), verb)):
        return "report_back"
    consider = grammar.CONSIDER.search(head)
    if not consider:
        return "do"
    return "do" if verb is not None and verb + ASIDE < consider.start() else "consider"


def kind_of_paragraph(text: str) -> str:
    """The kind of an unmarked paragraph that is an outcome by its own words, or "" for one that only tells."""
    if sentences.is_lost(text):
        return ""
    verb = sentences.board_said(text)
    if sentences.was_agreed(text) or verb.startswith(("agree", "resolve")):
        return _kind_of_agreement(text[:HEAD])
    if verb.startswith(("recommend", "request", "urge", "ask", "task", "instruct", "call")) or sentences.board_asked(
        text
    ):
        return "recommendation"
    if verb or sentences.agrees_minutes(text) or sentences.is_settled(text):
        return "resolution"
    return "action" if sentences.assigns(text) else ""


def _kind_of_agreement(head: str) -> str:
    """ "It was agreed that …": an action where somebody will do something, else a decision of the board."""
    if grammar.RECOMMENDED_OR_REQUESTED.search(head):
        return "recommendation"
    return "action" if grammar.WILL_DO.search(head) and not grammar.DONE_BY_ITSELF.search(head) else "resolution"
