"""What a single paragraph says: who came and went, what was declared, what was decided, what was merely told."""

import re
from functools import lru_cache

from . import grammar, people

_STOPPED = re.compile(r"[.!?:;–…][”’\"')\]]*$")
_SENTENCE_END = re.compile(r"(?<=[a-z]{3}[.;])\s")
# How much of a paragraph is looked at: what it is shows in its first sentences.
HEAD = 600


@lru_cache(maxsize=32)
def is_attendance(text: str) -> bool:
    """Somebody comes, goes or takes the chair, in a sentence of its own."""
    if len(text) > 260:
        return False
    return bool(grammar.WENT.search(text)) and _about_a_person(text)


def _about_a_person(text: str) -> bool:
    stripped = text.lstrip("([*_ ")
    if grammar.WHO_WENT.match(stripped):
        return True
    words = grammar.AT_THIS_HOUR.sub("", stripped).split()
    return any(people.is_name(" ".join(words[:size])) for size in (2, 3, 4) if len(words) > size)


def is_apology(text: str) -> bool:
    return len(text) < 1000 and bool(grammar.APOLOGIES.search(text[:HEAD])) and not says_no_apologies(text)


def says_no_apologies(text: str) -> bool:
    return bool(grammar.NO_APOLOGIES.match(text))


def says_none(text: str) -> bool:
    """ "None.", "None received", "There were no declarations of interest"."""
    stripped = text.strip(" .,;:()[]–-|").casefold()
    return len(stripped) < 160 and bool(grammar.NONE.match(stripped))


def says_none_declared(text: str) -> bool:
    """The same outside a heading, where "none" alone could mean anything."""
    return says_none(text) and any(word in text.casefold() for word in ("declar", "interest", "disclos"))


def is_declaration(text: str) -> bool:
    return len(text) < 1200 and bool(grammar.DECLARED.search(text[:HEAD]))


def declares_and_leaves(text: str) -> bool:
    """ "Cllr Yeo declared a pecuniary interest and left the meeting": the interest must not be lost with the leaving."""
    return "declared" in text and "interest" in text and is_declaration(text)


def is_purpose(text: str) -> bool:
    """Words that say what an item is for: "To consider …", "This paper gives …", "Report of …"."""
    return bool(grammar.PURPOSE.match(text[:HEAD])) and not grammar.BOARD_SAID.match(text[:200])


@lru_cache(maxsize=32)
def is_narrative(text: str) -> bool:
    """A sentence that tells what happened or was said, rather than a title, a name or a role."""
    head = text[:HEAD].strip()
    if len(head.split()) < 4 or not grammar.TELLING.search(head):
        return False
    return len(head) > 90 or bool(_STOPPED.search(head[-4:])) or bool(grammar.SUBJECTS.match(head.lstrip("“‘\"'(")))


def agrees_minutes(text: str) -> bool:
    """In its first sentence: further on it is one of many things told."""
    first = _SENTENCE_END.split(text[:HEAD], maxsplit=1)[0]
    return bool(grammar.MINUTES_AGREED.search(first))


def is_lost(text: str) -> bool:
    """A motion was put and lost: what it asked for is no outcome."""
    return bool(grammar.LOST.search(text[-HEAD:]))


def board_said(text: str) -> str:
    """The verb of "The Board recommended that …", in lower case, or nothing."""
    match = grammar.BOARD_SAID.match(text[:300])
    return (
        match["verb"].casefold()
        if match and not text.startswith(("Members noted that", "The Members noted that"))
        else ""
    )


def was_agreed(text: str) -> bool:
    return bool(grammar.AGREED_THAT.match(text[:120]))


def is_one_members(text: str) -> bool:
    """What one councillor asked or moved is told, not decided: "Councillor Lyle asked that his vote be recorded"."""
    one = grammar.ONE_OF_THEM.match(text[:HEAD].lstrip("(["))
    return bool(one) and bool(grammar.TELLING.search(text[:200]))


def is_decided(text: str) -> bool:
    """Whether an entry of a list has the form of a decision: "That …", "the report be approved", "to note …"."""
    head = text[:HEAD]
    if grammar.DECIDING.match(head):
        return True
    without_modal = grammar.MODAL_BE.sub(" ", head)
    return bool(grammar.SUBJUNCTIVE.search(without_modal))
