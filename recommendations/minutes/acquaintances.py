"""Who a witness is: somebody who has spoken before, under this name or one that is nearly the same, or somebody new.

The same name, whatever the titles around it, is taken for the same person; a nearly equal one is only ever offered.
"""

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from recommendations.minutes import people
from recommendations.models import Person, Witness

# How much of two words has to be the same for one to be a misspelling of the other: Clare/Claire, Furnel/Furnell.
NEARLY = 0.76
MOST_OFFERED = 3
# What a clerk says of a witness who is nobody known; a number otherwise is the person's.
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


class Acquaintances:
    """Everybody who has spoken, under each of their spellings. Two queries, whatever is asked of it."""

    def __init__(self) -> None:
        self.people = {person.pk: person for person in Person.objects.select_related("merged_into")}
        self.by_key: dict[str, set[int]] = defaultdict(set)
        self.by_end: dict[str, set[str]] = defaultdict(set)
        self.new: dict[str, Person] = {}
        spellings = Witness.objects.order_by().values_list("person", "name").distinct()
        own = [(person.pk, person.name) for person in self.people.values() if person.merged_into is None]
        for pk, name in dict.fromkeys([*own, *spellings]):
            if pk is not None:
                self._learn(pk, name)

    def _learn(self, pk: int, name: str) -> None:
        key = key_of(name)
        self.by_key[key].add(pk)
        for end in _ends(key):
            self.by_end[end].add(key)

    def same(self, name: str) -> Person | None:
        """The one person of this very name; None where there is nobody, or more than one."""
        found = self.by_key.get(key_of(name), set())
        return self.people[next(iter(found))] if len(found) == 1 else None

    def near(self, name: str) -> list[Person]:
        """People whose name is this one, or nearly so; the nearest first."""
        key = key_of(name)
        keys = {other for end in _ends(key) for other in self.by_end.get(end, ()) if is_near(key, other)}
        nearest = sorted(
            keys, key=lambda other: (other != key, -difflib.SequenceMatcher(None, key, other).ratio(), other)
        )
        found = dict.fromkeys(pk for other in nearest for pk in sorted(self.by_key[other]))
        return [self.people[pk] for pk in found][:MOST_OFFERED]

    def now(self, pk: int) -> Person | None:
        """Who the person of that number is by now: they may have been merged since a clerk chose them."""
        person = self.people.get(pk)
        while person is not None and person.merged_into_id is not None:
            person = self.people.get(person.merged_into_id)
        return person

    def offered(self, name: str, said: int | None) -> tuple[list[Person], bool]:
        """Whom a clerk is asked about, whom they chose first; and whether the name alone tells that it is this one."""
        chosen, same = self.now(said or SOMEBODY_ELSE), self.same(name)
        if same and chosen in (None, same):
            return [same], True
        return list(dict.fromkeys([*filter(None, [chosen]), *self.near(name)])), False

    def meet(self, name: str, said: int | None, *, by, reason: str) -> Person:
        """Who the witness is: whom a clerk chose, else the one of the same name, else a new person.

        Who is new stays the same person through one adoption, however often the name comes.
        """
        known = self.now(said) if said else None
        if said is None:
            known = self.same(name)
        known = known or self.new.get(key_of(name))
        if known is None:
            known = self.new[key_of(name)] = Person(name=bare(name)).record(by=by, reason=reason)
        return known


def spoke_last(pks: Iterable[int]) -> dict[int, Person]:
    """The people of these numbers, with when and as what each spoke last. One query."""
    return {person.pk: person for person in Person.objects.filter(pk__in=pks).with_last_role()}
