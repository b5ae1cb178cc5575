"""Which points and witnesses may have led to a recommendation: ranked by the words they share, for a clerk to tick.

Rare words count more than common ones (a word in one point of eleven tells more than one in ten of them), and the clerk sees
which words they were. The time grows with the length of the text alone, whatever it holds.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from recommendations.minutes import people
from recommendations.minutes.drafts import Finding, Item, live

MOST_POINTS, MOST_WORDS_SHOWN = 4, 4
# A point is offered when it shares at least so many words, and so much of what the best one shares.
FEWEST_SHARED, SHARE_OF_BEST = 2, 0.5
# Looked at for one recommendation: the rarest words come first, so the rest would hardly change the order.
MOST_MEETINGS = 1000
# A point as long as a chapter shares a word with everything.
LONGEST_POINT = 3000
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W_]+)*")
# Words of any text, of any minutes, and of any recommendation: they say nothing of what it is about.
COMMON = frozenset(
    "a about above after again against all also although am an and any are as at be because been before being below"
    " between both but by can cannot could did do does doing down due during each few for from further given had has have"
    " having he her here hers him his how however if in into is it its itself may me might more most must my no nor not of"
    " off on once only or other others our out over own same shall she should so some such take taken than that the their"
    " them then there these they this those through to too under until up upon very was way we were what when where whether"
    " which while who whom whose why will with within without would you your going future able made make order"
    " one two three four five six seven eight nine ten"
    " agreed ask asked asking board chairman committee confirmed council councillor councillors expressed explained highlighted"
    " member members meeting minutes noted officer officers panel pointed provided queried questioned question"
    " raised regarding reported responded said stated told was witness witnesses"
    " consider consideration considered develop give receive recommend recommendation recommended recommends report"
    " request requested review update work working look ensure".split()
)
IRREGULAR = {"children": "child", "women": "woman", "men": "man", "lives": "life", "police": "police"}
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "edly", "ed", "es", "s", "e")


@dataclass(frozen=True)
class Lead:
    """A point or a witness that may have led to the recommendation, and why it is offered, in words."""

    finding: int
    why: str


def stem(word: str) -> str:
    """A word without its ending: commissioned and commissioning are one. It need not be a word itself."""
    word = word.casefold()
    if word in IRREGULAR:
        return IRREGULAR[word]
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) > 2), "")
    return word.removesuffix(ending) + ("y" if ending in ("ies", "ied") else "")


def telling_words(text: str) -> dict[str, str]:
    """{stem: the word as it stands there first} of the words that say what a text is about."""
    words: dict[str, str] = {}
    for word in _WORD.findall(text.replace("’s", "").replace("'s", "")):
        if len(word) > 2 and word.casefold() not in COMMON:
            words.setdefault(stem(word), word)
    return words


class Evidence:
    """The points and the witnesses of one item, ready to be asked which of them led to a recommendation."""

    def __init__(self, item: Item):
        self.points = {point["id"]: point for point in live(item, "point")}
        self.standing: dict[str, list[int]] = defaultdict(list)
        self.weights: dict[int, float] = {}
        vocabularies = {pk: telling_words(point["text"][:LONGEST_POINT]) for pk, point in self.points.items()}
        for pk, words in vocabularies.items():
            for word in words:
                self.standing[word].append(pk)
        for pk, words in vocabularies.items():
            self.weights[pk] = math.sqrt(sum(self.rarity(word) ** 2 for word in words)) or 1.0
        self.names = _Names(live(item, "witness"))
        self.named: dict[int, list[tuple[int, str]]] = {}

    def rarity(self, word: str) -> float:
        return math.log(1 + len(self.points) / len(self.standing[word]))

    def for_(self, finding: Finding) -> list[Lead]:
        """The points that share most words with `finding`, best first, then the witnesses named in those."""
        leads = self._points(finding)
        return leads + self._witnesses([lead.finding for lead in leads])

    def _points(self, finding: Finding) -> list[Lead]:
        words = telling_words(finding["text"][:LONGEST_POINT])
        known = sorted((word for word in words if word in self.standing), key=self.rarity, reverse=True)
        shared: dict[int, list[str]] = defaultdict(list)
        left = MOST_MEETINGS
        for word in known:
            left -= len(self.standing[word])
            if left < 0:
                break
            for pk in self.standing[word]:
                shared[pk].append(word)
        scores = {pk: self._score(pk, common) for pk, common in shared.items() if len(common) >= FEWEST_SHARED}
        best = sorted(scores, key=lambda pk: -scores[pk])[:MOST_POINTS]
        return [
            Lead(pk, f"Shares: {', '.join(words[word].casefold() for word in shared[pk][:MOST_WORDS_SHOWN])}")
            for pk in best
            if scores[pk] >= SHARE_OF_BEST * scores[best[0]]
        ]

    def _score(self, pk: int, words: list[str]) -> float:
        """A long point shares more words by its length alone; half of that is taken back."""
        return sum(self.rarity(word) ** 2 for word in words) / math.sqrt(self.weights[pk])

    def _witnesses(self, points: Iterable[int]) -> list[Lead]:
        leads: dict[int, Lead] = {}
        for point in points:
            number = self.points[point]["number"]
            where = f"point {number}" if number else "a point above"
            for pk, name in self._named_in(point):
                leads.setdefault(pk, Lead(pk, f"Named in {where}: {name}"))
        return list(leads.values())

    def _named_in(self, point: int) -> list[tuple[int, str]]:
        """Looked up once for each point, however many recommendations share words with it."""
        if point not in self.named:
            self.named[point] = self.names.standing_in(self.points[point]["text"][:LONGEST_POINT])
        return self.named[point]


class _Names:
    """What the witnesses of an item are called in its points: by name, by role, by organisation."""

    def __init__(self, witnesses: list[Finding]):
        self.called: dict[tuple[str, ...], tuple[str, list[int]]] = {}
        for witness in witnesses:
            for name in _names_of(witness):
                self.called.setdefault(_as_words(name), (name, []))[1].append(witness["id"])
        self.sizes = sorted({len(words) for words in self.called}, reverse=True)

    def standing_in(self, text: str) -> list[tuple[int, str]]:
        """(the witness, what it is called there); an organisation that brought many witnesses names none of them."""
        words = _as_words(text)
        found = []
        for size in self.sizes:
            for start in range(len(words) - size + 1):
                name, pks = self.called.get(words[start : start + size], ("", []))
                found += [(pk, name) for pk in pks if len(pks) <= 2]
        return found


def _names_of(witness: Finding) -> list[str]:
    """Single words ("Officer", "Nurse") are nobody's name, except for an organisation's."""
    role = witness["role"]
    names = [" ".join(people.bare_name(witness["name"])), role, role.partition(",")[0]]
    long = [name for name in dict.fromkeys(names) if 1 < len(_as_words(name)) <= 20]
    return long + [name for name in [witness["organisation"]] if 0 < len(_as_words(name)) <= 20]


def _as_words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text.replace("’", "'")))
