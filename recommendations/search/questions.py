"""What a person typed, read once for both databases: words, "phrases in quotes", and -words to leave out."""

import re
from dataclasses import dataclass

from recommendations.search.vocabulary import CHATTER, IN_SHORT, STOP, plain, ways_to_say, words_of

# Of a very long question the beginning is asked: nobody has so many words in mind.
MOST_LETTERS, MOST_TERMS = 2_000, 16
_QUOTED_OR_WORD = re.compile(r'(?P<minus>(?<!\S)-+)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
# Board, letter, number, year, with whatever signs between them: "R3/26", "SCSB R3/26", "scsb-r3-26", "SR (25/26) 01".
_REFERENCE = re.compile(r"[a-z]{0,6}(?:\W*[a-z]{0,4}\W*\d{1,4}){1,3}")


@dataclass(frozen=True)
class Term:
    """One thing to look for: any one of these phrases, each a tuple of plain words."""

    ways: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Question:
    typed: str
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    def __bool__(self):
        return bool(self.wanted)

    @property
    def slug(self):
        """How the address of a recommendation would end, if this is a reference; else ""."""
        typed = plain(self.typed).strip()
        is_reference = len(typed) < 80 and _REFERENCE.fullmatch(typed) and re.search(r"\d", typed)
        return re.sub(r"[^a-z0-9]+", "-", typed).strip("-") if is_reference else ""


def read(typed):
    """Signs that mean something to a database mean nothing here: all that comes out of this are words."""
    wanted, unwanted, chatter = [], [], []
    for found in _QUOTED_OR_WORD.finditer(_unbent(typed[:MOST_LETTERS].replace("\0", " "))):
        term = _phrase(found["phrase"]) if found["phrase"] is not None else _word(found["word"])
        if term is None:
            continue
        if found["minus"]:
            unwanted.append(term)
        elif term.ways[0][0] in CHATTER and found["phrase"] is None:
            chatter.append(term)
        else:
            wanted.append(term)
    # Where there is nothing else, "people" or "asked" is what is looked for.
    wanted = _or_in_short(list(dict.fromkeys(wanted or chatter))[:MOST_TERMS])
    return Question(typed.replace("\0", " ").strip(), tuple(wanted), tuple(unwanted[:MOST_TERMS]))


def _unbent(typed):
    """Curly quotes straight; a dash before a word is a minus."""
    straight = re.sub("[“”„«»]", '"', typed)
    return re.sub(r"(?<!\S)[‐‑‒–—−]", "-", straight)


def _or_in_short(terms):
    """Words that a short form stands for may, side by side, be met by it: "child sexual exploitation" by "CSE"."""
    for first in range(len(terms)):
        for last in range(first + 1, len(terms) + 1):
            said = tuple(word for term in terms[first:last] for word in term.ways[0])
            if short := IN_SHORT.get(said):
                terms[first:last] = [Term((*term.ways, (short,))) for term in terms[first:last]]
    return terms


def _phrase(text):
    words = tuple(words_of(text))
    short = IN_SHORT.get(tuple(word for word in words if word not in STOP))
    return Term((words, (short,)) if short else (words,)) if set(words) - STOP else None


def _word(text):
    """A word of several parts is a phrase of them, or all in one: "well-being"; a possessive s is no part."""
    parts = tuple(words_of(re.sub(r"'(?:s|t|re|ve|ll|d|m)?(?!\w)", " ", plain(text))))
    if len(parts) == 1 and parts[0] not in STOP:
        return Term(tuple(ways_to_say(parts[0])))
    if len(parts) > 1 and set(parts) - STOP:
        is_one = "".join(parts).isalpha()
        return Term((parts, ("".join(parts),)) if is_one else (parts,))
    return None
