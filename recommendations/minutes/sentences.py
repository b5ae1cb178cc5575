"""What a single paragraph says: who came and went, what was declared, what was decided, what was merely told."""

import re
from functools import lru_cache

from . import grammar, people
from .phrases import ASKED_VERBS, SAID

_STOPPED = re.compile(r"[.!?:;–…][”’\"')\]]*$")
_SENTENCE_END = re.compile(r"(?<=[a-z]{3}[.;])\s")
_NEXT_SENTENCE = re.compile(r"(?<=[a-z0-9)]\.)\s(?=[A-Z(])")
# Who says something before anybody goes is heard, not seen to go: "Councillor Fitch asked how many were left".
_SAID_FIRST = SAID - set("declared was were been had invited supported opened".split())
# What somebody agrees to do for the meeting itself is no action.
_NO_ACTION = frozenset("note receive consider agree approve allow take hold have be support accept".split())
# How much of a paragraph is looked at: what it is shows in its first sentences.
HEAD = 600


@lru_cache(maxsize=32)
def is_attendance(text: str) -> bool:
    """Somebody comes, goes or takes the chair, in a sentence of its own."""
    if len(text) > 260:
        return False
    went = grammar.WENT.search(text)
    return went is not None and _about_a_person(text, text[: went.start()])


def _about_a_person(text: str, subject: str) -> bool:
    stripped = grammar.BEFORE_WHO_WENT.sub("", text, count=1) if grammar.BEFORE_WHO_WENT.match(text) else text
    if not _SAID_FIRST.isdisjoint(people.words_of(subject)):
        return False
    if grammar.WHO_WENT.match(stripped) or (len(subject.split()) < 12 and people.is_role(subject)):
        return True
    words = grammar.AT_THIS_HOUR.sub("", stripped).split()
    return any(people.is_name(" ".join(words[:size])) for size in (2, 3, 4) if len(words) > size)


def is_apology(text: str) -> bool:
    return len(text) < 1000 and bool(grammar.APOLOGIES.search(text[:HEAD])) and not says_no_apologies(text)


def before_apology(text: str) -> tuple[str, str]:
    """What else a paragraph told before it came to the apologies, and the rest: "The Chair opened the meeting. Apologies …"."""
    first, _, rest = text.partition(". ")
    if rest and not grammar.APOLOGIES.search(first) and is_apology(rest) and not is_attendance(text):
        return f"{first}.", rest
    return "", text


def before_going(text: str) -> tuple[str, str]:
    """ "The meeting paused at 11.30am. Jane Doe left the meeting.": what came before anybody went, and who went."""
    found = _NEXT_SENTENCE.search(text[:HEAD])
    if found and is_attendance(text[found.end() :]) and not is_attendance(text[: found.start()]):
        return text[: found.start()], text[found.end() :]
    return text, ""


def says_no_apologies(text: str) -> bool:
    return bool(grammar.NO_APOLOGIES.match(text))


def says_none(text: str) -> bool:
    """ "None.", "None received", "There were no declarations of interest"."""
    stripped = text.strip(" .,;:()[]–-|").casefold()
    return len(stripped) < 160 and bool(grammar.NONE.match(stripped))


def says_none_declared(text: str) -> bool:
    """The same outside a heading, where "none" alone could mean anything."""
    return says_none(text) and any(word in text.casefold() for word in ("declar", "interest", "disclos", "conflict"))


def is_declaration(text: str) -> bool:
    return len(text) < 1200 and bool(grammar.DECLARED.search(text[:HEAD]))


def declares_and_leaves(text: str) -> bool:
    """ "Cllr Yeo declared a pecuniary interest and left the meeting": the interest must not be lost with the leaving."""
    return "declared" in text and "interest" in text and is_declaration(text)


def tells_more(text: str) -> bool:
    """Whether somebody's leaving stands beside something else: "Councillor Quayle – shareholder. He left the room." """
    return len(_SENTENCE_END.split(text[:HEAD], maxsplit=1)) > 1


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


def stands_alone(text: str) -> bool:
    """A whole sentence with its own subject: it does not go on with a line that merely lacks its stop."""
    return bool(grammar.SUBJECTS.match(text)) and text.endswith(".") and is_narrative(text)


def agrees_minutes(text: str) -> bool:
    """In its first sentence: further on it is one of many things told."""
    first = _SENTENCE_END.split(text[:HEAD], maxsplit=1)[0]
    return bool(grammar.MINUTES_AGREED.search(first))


def is_lost(text: str) -> bool:
    """A motion was put and lost: what it asked for is no outcome."""
    return bool(grammar.LOST.search(text[-HEAD:]))


def board_said(text: str) -> str:
    """The verb of "The Board recommended that …", in lower case, or nothing."""
    match = None if grammar.HISTORIC.match(text[:200]) else grammar.BOARD_SAID.match(text[:300])
    return match["verb"].casefold() if match and not grammar.ONLY_TOLD.match(text) else ""


def board_asked(text: str) -> bool:
    return bool(grammar.ASKED_SOMEBODY.match(text[:300]) or grammar.WISHED.match(text[:300]))


def is_settled(text: str) -> bool:
    """ "The report was noted.", "The Chairman thanked everybody for coming.": one sentence, and nothing else in it."""
    return len(text) < 300 and bool(grammar.DONE_TO_IT.match(text) or grammar.CHAIR_THANKED.match(text))


def assigns(text: str) -> bool:
    """ "Head of Housing to circulate the map", "The Waste Manager undertook to write": somebody is given something to do."""
    match = grammar.ASSIGNED.match(text[:300])
    if not match or len(_SENTENCE_END.split(text[:HEAD])) > 2 or match["verb"] not in ASKED_VERBS - _NO_ACTION:
        return False
    who = match["doer"]
    return who in ("Officers", "officers") or people.is_role(who) or people.is_name(who)


def is_given(text: str) -> bool:
    """ "The Cabinet Member to consider Monday opening.", "The report to be noted.", below an outcomes' heading."""
    match = grammar.ASSIGNED.match(text[:300])
    return (match is not None and match["verb"] in ASKED_VERBS) or bool(grammar.TO_BE_DONE.match(text))


def promises(text: str) -> bool:
    """ "that the Tree Officer would circulate the list", among what was agreed: an undertaking, and nothing asked for."""
    match = grammar.ASSIGNED.match(grammar.BEFORE_A_PROMISE.sub("", text[:300], count=1))
    return match is not None and match["when"] in ("would", "will", "undertook to") and assigns(match.string)


def was_agreed(text: str) -> bool:
    return bool(grammar.AGREED_THAT.match(text[:120]))


def is_one_members(text: str) -> bool:
    """What one councillor asked or moved is told, not decided: "Councillor Lyle asked that his vote be recorded"."""
    one = grammar.ONE_OF_THEM.match(text[:HEAD].lstrip("(["))
    return bool(one) and bool(grammar.TELLING.search(text[:200]))


def is_in_form(text: str) -> bool:
    """Whether it has that form and does not tell: "that the trees had died" is what Members heard."""
    told = text.startswith("that ") and grammar.TELLING.search(text[:HEAD])
    return is_decided(text) and not (told and not grammar.SUBJUNCTIVE.search(grammar.MODAL_BE.sub(" ", text[:HEAD])))


# Asked of the entries of a list again and again, as the reader looks ahead from each.
@lru_cache(maxsize=64)
def is_decided(text: str) -> bool:
    """Whether an entry of a list has the form of a decision: "That …", "the report be approved", "to note …"."""
    head = text[:HEAD]
    if grammar.DECIDING.match(head):
        return True
    without_modal = grammar.MODAL_BE.sub(" ", head)
    return bool(grammar.SUBJUNCTIVE.search(without_modal))
