"""Have we asked this before? The earlier recommendations most like a wording: by the stems they share, rare ones first."""

import math
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Value

from recommendations.memory import Memory
from recommendations.models import Recommendation, Searchable
from recommendations.models.searchable import Kind
from recommendations.search.matching import MIDDLING, OFTEN, how_often, likeliest
from recommendations.search.vocabulary import BOILERPLATE, SAME, STOP, stem, words_of

# Of a very long wording so much is looked at, and of that the rarest stems are looked for.
LONGEST, MOST_STEMS = 4_000, 6
# What is longer than this is no word: PostgreSQL keeps none of 2 KB, and refuses to look for one.
LONGEST_WORD = 200
# So many of each wording are weighed, and so many shown, if they are as like as this: tuned on tests/search/alike.py.
WEIGHED, MOST_SHOWN, ALIKE = 30, 3, 0.4
# What tells most stands in no text, what tells nothing in so many.
_MANY = 50_000
# Two wordings share a subject when they share more than one word of it.
FEWEST_SHARED = 2
# How often words are said that are said often.
often_said = Memory(most=5_000)


@dataclass(frozen=True)
class Like:
    """An earlier recommendation, and how like it is: 0 not at all, 1 the same words."""

    recommendation: Recommendation
    likeness: float


def asked_before(wordings, user, *, besides=(), most=MOST_SHOWN):
    """{key: the earlier recommendations that `user` may read and that are most like the wording} for {key: wording}.

    Four queries, however many wordings there are. `besides`: ids of recommendations that are not meant.
    """
    best = most_like(wordings, user, besides=besides, most=most)
    wanted = {pk for found in best.values() for _, pk in found}
    rows = Recommendation.objects.visible_to(user).for_page().in_bulk(wanted) if wanted else {}
    return {key: [Like(rows[pk], how_like) for how_like, pk in found if pk in rows] for key, found in best.items()}


def most_like(wordings, user, *, besides=(), most=MOST_SHOWN):
    """{key: [(how like, id)]}, the most like first: three queries."""
    said = {key: stems_of(wording) for key, wording in wordings.items()}
    # Of one word alone nothing is like another.
    stems = {key: said if len(said) >= FEWEST_SHARED else {} for key, said in said.items()}
    counts = known_counts({one for said in stems.values() for one in said})
    weights = weights_of(stems, counts)
    known = {key: {one: word for one, word in said.items() if counts.get(one)} for key, said in stems.items()}
    alike = {key: [] for key in wordings}
    likeliest_of = _candidates(known, weights, counts, besides)
    found = Recommendation.objects.visible_to(user).filter(pk__in={pk for _, pk in likeliest_of})
    theirs = {one.pk: stems_of(f"{one.title} {one.text}") for one in found.only("title", "text")}
    for key, pk in likeliest_of:
        if pk in theirs and (how_like := likeness(stems[key], theirs[pk], weights)) >= ALIKE:
            alike[key].append((how_like, pk))
    return {key: sorted(found, reverse=True)[:most] for key, found in alike.items()}


def known_counts(stems):
    """{stem: in how many texts it stands}. Of what stands in many it is remembered for a while: one more makes no odds."""
    counts = {one: often for one in stems if (often := often_said.get(one))}
    if asked := stems - counts.keys():
        counts |= how_often(asked)
        for one in asked:
            if counts.get(one, 0) >= MIDDLING:
                often_said.keep(one, counts[one])
    return counts


def stems_of(text):
    """{stem: a word of it} of what a wording is about, without what stands in every one; short forms spelt out."""
    vendor = connection.vendor
    words = (each for each in words_of(text[:LONGEST]) if len(each) <= LONGEST_WORD)
    return {one: word for each in words for one, word in _telling(each, vendor)}


@lru_cache(maxsize=50_000)
def _telling(word, vendor):
    """(stem, word) of each word that this one stands for, if it tells something."""
    said = [one for one in _spelt_out(word) if one not in STOP and len(one) > 1 and not one.isdigit()]
    return tuple((stem(one), one) for one in said if stem(one) not in _says_nothing(vendor))


def _spelt_out(word):
    """The words of a short form; of forms that no stemmer brings together the same one."""
    longest = max([(word,), *SAME.get(word, ())], key=len)
    return [max([one, *(way[0] for way in SAME.get(one, ()) if len(way) == 1)]) for one in longest]


@lru_cache(maxsize=2)
def _says_nothing(vendor):
    """The stems, which each database makes in its own way, of what stands in every recommendation."""
    return frozenset(map(stem, BOILERPLATE))


def weights_of(stems, counts):
    """{stem: how much it tells}: the rarer the more."""
    return {one: math.log(_MANY / (1 + min(counts.get(one, 0), OFTEN))) for said in stems.values() for one in said}


def likeness(mine, theirs, weights):
    """How much of what either says both say, by weight; what the index was not asked for weighs as much as the average."""
    shared = mine.keys() & theirs.keys()
    if len(shared) < FEWEST_SHARED:
        return 0.0
    average = sum(weights[one] for one in mine) / len(mine)
    both, all_mine = sum(weights[one] for one in shared), average * len(mine)
    return both / math.sqrt(all_mine * (both + average * (len(theirs) - len(shared))))


def _candidates(stems, weights, counts, besides):
    """[(key, id)] of recommendations that share rare stems with a wording, the likeliest of each: one query.

    Who may read which is asked of these few: of all that share stems it took longer than to weigh them.
    """
    rows = Searchable.objects.filter(kind=Kind.RECOMMENDATION).exclude(recommendation__in=besides)
    parts = []
    for number, said in enumerate(stems.values()):
        if rarest := sorted(said, key=lambda one: (counts[one], one))[:MOST_STEMS]:
            often = {said[one]: counts[one] for one in rarest}
            # Of words that stand everywhere very many share the rarest: then the others tell more like from less.
            weighing = said if any(counts[one] >= OFTEN for one in rarest) else rarest
            weighed = {said[one]: weights[one] for one in weighing}
            parts.append(likeliest(rows.annotate(number=Value(number)), weighed, often, WEIGHED))
    if not parts:
        return []
    # SQLite takes no ordered or sliced query into a union, unless it stands in brackets of its own.
    sql = " UNION ALL ".join(f"SELECT * FROM ({part}) AS part_{number}" for number, (part, _) in enumerate(parts))
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for _, params in parts for param in params])
        keys = list(stems)
        return [(keys[number], pk) for number, pk in cursor.fetchall()]
