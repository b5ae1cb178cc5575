"""Who a witness is: somebody who has spoken before, or earlier in the same minutes, under this name or nearly this one.

The same name, whatever the titles around it, is taken for the same person; a nearly equal one is only ever offered.
"""

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from recommendations.minutes import drafts, people
from recommendations.minutes.drafts import Finding
from recommendations.models import Person, Witness

# How much of two words has to be the same for one to be a misspelling of the other: Clare/Claire, Furnel/Furnell.
NEARLY = 0.76
MOST_OFFERED = 3
# Of the names in one draft that might be one, so many are compared: more are no spellings, whatever they are.
MOST_COMPARED = 20
# What a clerk says of a witness who is nobody known. A number otherwise is the person's; "f12" is the witness 12 of the draft.
SOMEBODY_ELSE = 0


def bare(name: str) -> str:
    """A name without titles and honours, as people are listed."""
    return " ".join(people.bare_name(name)) or " ".join(name.split())


def key_of(name: str) -> str:
    """What two ways to print one name have in common: all but case, titles and the apostrophe's form."""
    return bare(name).replace("’", "'").replace(",", "").casefold()


def is_near(name: str, other: str) -> bool:
    """Whether two names may be spellings of one: the first or the last word is the same, and the rest nearly so.

    An initial is near every name that begins with it; middle names may be left out.
    """
    (first, last), (other_first, other_last) = _ends(key_of(name)), _ends(key_of(other))
    if last == other_last:
        return _is_near_word(first, other_first) or _is_initial(first, other_first)
    return first == other_first and len(first) > 1 and _is_near_word(last, other_last)


def _ends(key: str) -> tuple[str, str]:
    """The first and the last word of a name, without accents; of a double name the last part, hyphen or not."""
    plain = unicodedata.normalize("NFKD", key)
    words = "".join(c for c in plain if c.isalpha() or c in " -").replace("-", " ").split() or [""]
    return words[0], words[-1]


def _is_near_word(word: str, other: str) -> bool:
    if word[:1] != other[:1]:
        return False
    return word == other or difflib.SequenceMatcher(None, word, other).ratio() >= NEARLY


def _is_initial(word: str, other: str) -> bool:
    return word[:1] == other[:1] and 1 in (len(word), len(other))


class Names:
    """Names as keys, found again by one that is near. Only names in a common block can be, so only those are compared."""

    def __init__(self, most: int | None = None) -> None:
        """`most`: how many of one block are compared; without it all."""
        self.most = most
        self.blocks: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)

    def add(self, key: str) -> None:
        for block in self._blocks_of(key):
            self.blocks[block][key] = None

    def near(self, key: str) -> list[str]:
        """The nearest first."""
        candidates = {
            other for block in self._blocks_of(key) for other in islice(self.blocks.get(block, ()), self.most)
        }
        return sorted(
            (other for other in candidates if is_near(key, other)),
            key=lambda other: (other != key, -difflib.SequenceMatcher(None, key, other).ratio(), other),
        )

    @staticmethod
    def _blocks_of(key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """One of the two words is the same, and the other begins alike."""
        first, last = _ends(key)
        return ("last", last, first[:1]), ("first", first, last[:1])


@dataclass
class Question:
    """Whom a clerk is asked about, and whom they chose; `is_same`: the name alone tells that it is this one."""

    people: list[Person] = field(default_factory=list)
    # Witnesses before them in the same minutes, who are nobody known.
    here: list[Finding] = field(default_factory=list)
    chosen: Person | Finding | None = None
    is_same: bool = False
    is_nobody: bool = False

    @property
    def is_undecided(self) -> bool:
        """Nobody was chosen, or somebody who is no longer there; and the clerk has not said "somebody else" either."""
        return not self.is_same and not self.is_nobody and self.chosen is None

    def __bool__(self) -> bool:
        return bool(self.people or self.here)


class Acquaintances:
    """Everybody who has spoken, under each of their spellings. Two queries, whatever is asked of it."""

    def __init__(self) -> None:
        self.people = {person.pk: person for person in Person.objects.select_related("merged_into")}
        self.by_key: dict[str, set[int]] = defaultdict(set)
        self.names = Names()
        # Through one adoption: who each witness was, who came of each name first, and who of them is new.
        self.met: dict[Any, Person] = {}
        self.by_name: dict[str, Person] = {}
        self.new: dict[str, Person] = {}
        spellings = Witness.objects.order_by().values_list("person", "name").distinct()
        own = [(person.pk, person.name) for person in self.people.values() if person.merged_into is None]
        for pk, name in dict.fromkeys([*own, *spellings]):
            if pk is not None:
                self._learn(pk, name)

    def _learn(self, pk: int, name: str) -> None:
        key = key_of(name)
        self.by_key[key].add(pk)
        self.names.add(key)

    def same(self, name: str) -> Person | None:
        """The one person of this very name; None where there is nobody, or more than one."""
        found = self.by_key.get(key_of(name), set())
        return self.people[next(iter(found))] if len(found) == 1 else None

    def near(self, name: str) -> list[Person]:
        """People whose name is this one, or nearly so; the nearest first."""
        found = dict.fromkeys(pk for other in self.names.near(key_of(name)) for pk in sorted(self.by_key[other]))
        return [self.people[pk] for pk in found][:MOST_OFFERED]

    def now(self, said: Any) -> Person | None:
        """Who the person of that number is by now: they may have been merged since a clerk chose them."""
        person = self.people.get(said)
        while person is not None and person.merged_into_id is not None:
            person = self.people.get(person.merged_into_id)
        return person

    def offered(self, name: str, said: Any) -> Question:
        """Whom of those who are known to ask about."""
        chosen, same = self.now(said), self.same(name)
        if same and chosen in (None, same):
            return Question([same], chosen=chosen, is_same=True)
        return Question(list(dict.fromkeys([*filter(None, [chosen]), *self.near(name)])), chosen=chosen)

    def questions(self, witnesses: Iterable[Finding]) -> dict[int, Question]:
        """{the id of a witness: what is asked about it} for the witnesses of one draft, given in their order."""
        before = Introduced(self)
        asked = {witness["id"]: before.question(witness) for witness in witnesses}
        return {pk: question for pk, question in asked.items() if question}

    def meet(self, witness: Finding, *, by, reason: str) -> Person:
        """Who the witness is: whom a clerk chose, else the one of the same name, else a new person.

        Who was met once stays the same person through one adoption, however often the name comes.
        """
        key, said = key_of(witness["name"]), witness.get("person")
        if said == SOMEBODY_ELSE:
            known = self.new.get(key)
        else:
            known = self.met.get(said) or self.now(said) or self.same(witness["name"]) or self.by_name.get(key)
        if known is None:
            known = self.new[key] = Person(name=bare(witness["name"])).record(by=by, reason=reason)
        self.by_name.setdefault(key, known)
        self.met[drafts.here(witness["id"])] = known
        return known


class Introduced:
    """The witnesses of one draft, one after the other, who are nobody known: whoever comes next may be one of them."""

    def __init__(self, known: Acquaintances) -> None:
        self.known, self.names = known, Names(MOST_COMPARED)
        # The first of each name, and who stands for each witness: the first of those that a clerk has called one.
        self.first: dict[str, Finding] = {}
        self.standing_for: dict[Any, Finding] = {}

    def question(self, witness: Finding) -> Question:
        """What is asked about the next one. A name that comes again is the same person and needs no second answer."""
        key, said = key_of(witness["name"]), witness.get("person")
        question = self.known.offered(witness["name"], said) if key else Question()
        if key and not question.is_same:
            comes_again = said is None and key in self.first
            question = Question() if comes_again else self._with_those_before(question, key, said)
            question.is_nobody = said == SOMEBODY_ELSE
            self.first.setdefault(key, witness)
            self.names.add(key)
        self.standing_for[drafts.here(witness["id"])] = self.standing_for.get(said, witness)
        return question

    def _with_those_before(self, question: Question, key: str, said: Any) -> Question:
        near = [self.first[other] for other in self.names.near(key) if other != key]
        chosen = question.chosen or (self._who(self.standing_for[said]) if said in self.standing_for else None)
        them = [*([chosen] if chosen else []), *question.people, *map(self._who, near)]
        people = dict.fromkeys(one for one in them if isinstance(one, Person))
        here = {one["id"]: one for one in them if isinstance(one, dict)}
        return Question(list(people), list(here.values())[:MOST_OFFERED], chosen)

    def _who(self, witness: Finding) -> Person | Finding:
        """The person whom a clerk took a witness before for, or the first of those that they called one."""
        first = self.standing_for[drafts.here(witness["id"])]
        return self.known.now(first.get("person")) or first


def spoke_last(pks: Iterable[int]) -> dict[int, Person]:
    """The people of these numbers, with when and as what each spoke last. One query."""
    return {person.pk: person for person in Person.objects.filter(pk__in=pks).with_last_role()}
