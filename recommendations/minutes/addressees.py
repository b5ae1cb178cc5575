"""Of whom an outcome asks something: its addressees in its own words, and who might own it."""

import re

from . import grammar, people
from .phrases import ASKED_VERBS

HEAD = 1200
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_COMMA = re.compile(r"[,;]\s+")
_STOPS = " ,:;–-"
_HELPING = frozenset(
    "should will would must can may shall to be is are was were has have had not also jointly together".split()
)
# Words with which no addressee begins, or within its first two, or ends: the board itself is nobody's addressee.
_NOT_FIRST = frozenset("a an this it there any consideration further when if in following at".split())
_NOT_EARLY = frozenset("board committee panel commission forum proposal report matter item".split())
_NOT_LAST = frozenset("board committee panel commission members forum meeting chairman chair it there group".split())
_JOINING = frozenset("of for and the &".split())


def first_verb(text: str) -> int | None:
    """Where the asked-for action begins: "That officers *develop* the work"."""
    begin = _after_preamble(text)
    for match in _WORD.finditer(text, begin, begin + 400):
        before = text[max(0, match.start() - 4) : match.start()].casefold()
        if _is_asked_verb(match.group()) and not before.endswith(("the ", " of ", "for ")):
            return match.start()
    return None


def _after_preamble(text: str) -> int:
    start = grammar.BEFORE_THE_ASKED.match(text)
    return start.end() if start else 0


def _is_asked_verb(word: str) -> bool:
    return word[0].islower() and (word in _HELPING or word in ASKED_VERBS or word.removesuffix("s") in ASKED_VERBS)


def addressees_of(text: str, led_by: str = "") -> tuple[str, ...]:
    """To whom a recommendation speaks; `led_by` is the one its lead-in names ("recommends to the Cabinet that:")."""
    head = text[:HEAD].split("\n")[0]
    if match := grammar.RECOMMENDED_TO.search(head):
        return (match[1],)
    found = [name for name in _split(_subject(head)) if _is_addressee(name)]
    if not found and (match := grammar.DONE_BY.search(head)):
        found = [match[1].strip(" ,")]
    return tuple(dict.fromkeys(found or ([led_by] if led_by else [])))


def _subject(head: str) -> str:
    """The words between "That" and the verb."""
    begin, verb = _after_preamble(head), first_verb(head)
    if verb is not None:
        return head[begin:verb]
    if head.rstrip().endswith(":"):
        return head[begin:]
    match = grammar.CAPITALISED.match(head, begin)
    return match[0] if match else ""


def _split(subject: str) -> list[str]:
    """Cut "A, B and C" into three, but leave "the Cabinet Member for Children and Families" whole."""
    pieces: list[str] = []
    for piece in _COMMA.split(subject.strip(_STOPS)):
        if pieces and _inside_title(pieces[-1], piece.removeprefix("and ")):
            pieces[-1] = f"{pieces[-1]}, {piece}"
        else:
            pieces.append(piece)
    return [part for piece in pieces for part in _split_and(piece.strip(_STOPS).removeprefix("and ")) if part]


def _inside_title(left: str, right: str) -> bool:
    """Whether a comma or "and" stands inside a title: "Cabinet Member for Housing, Planning and Regeneration"."""
    if right.split(None, 1)[:1] in (["the"], ["all"], ["officers"], ["partners"], ["Chief"]):
        return False
    has_field = not {"for", "of"}.isdisjoint(left.split())
    return has_field and not people.is_organisation(right) and not people.is_role(right.split(" and ")[0])


def _split_and(piece: str) -> list[str]:
    for match in grammar.ALONGSIDE.finditer(piece):
        left, right = piece[: match.start()], piece[match.end() :]
        # The Police and Crime Commissioner is one person.
        if not _inside_title(left, right) and not right.startswith("Crime"):
            return [left.strip(), *_split_and(right.strip())]
    return [piece]


def _is_addressee(name: str) -> bool:
    words = people.words_of(name)
    if not words or len(words) > 16 or " that " in name or words[0] in _NOT_FIRST:
        return False
    if not _NOT_EARLY.isdisjoint(words[:2]) or (words[-1] in _NOT_LAST and len(words) < 6):
        return False
    return bool(grammar.BODY.match(name)) or _is_proper(name) or people.is_role(name) or people.is_name(name)


def _is_proper(name: str) -> bool:
    """A name of something: "Carers First"."""
    return len(name) > 3 and all(word[:1].isupper() or word in _JOINING for word in name.split())


def owner_hint_of(text: str, addressees: tuple[str, ...] = ()) -> str:
    """Who is named as the one to do it: "(Owner: Name)", else an office. "Officers" is nobody."""
    if match := grammar.OWNER.search(text[:HEAD]) or grammar.OWNER.search(text[-400:]):
        return (match["bracketed"] or match["named"]).strip(" .,;")
    return next(filter(None, map(_office, addressees)), "")


def _office(addressee: str) -> str:
    if title := grammar.OFFICE.match(addressee):
        return title["office"].strip(" ,")
    return _without_article(addressee) if people.is_office(addressee) else ""


def _without_article(text: str) -> str:
    return text.removeprefix("the ").removeprefix("The ")


def actor_of(text: str) -> str:
    """Who is to do an action: "Head of Housing to circulate …" gives "Head of Housing"."""
    if owner := owner_hint_of(text):
        return owner
    head = text[:300]
    before = grammar.BEFORE_THE_ACTOR.sub("", head.partition(" to ")[0])
    before = grammar.BEHIND_THE_ACTOR.split(before)[0].strip(_STOPS)
    if before == head.strip(_STOPS):
        return ""
    return _office(before) or (before if people.is_name(before) else "")
