"""How each database is asked: which rows fit a question, and how well. Only words go in, never what was typed."""

from itertools import chain, combinations, pairwise

from django.db import connection
from django.db.models import BooleanField, FloatField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Round

from recommendations.models.search_index import COUNTS, STEMS, TABLE, WORDS
from recommendations.models.searchable import Kind

# A word that stands in more texts than these is as common as can be.
OFTEN = 2_000
# One that stands in so many is looked for beside another: whatever shares that one word alone is not alike.
MIDDLING = 300
# Where so many share most words, what shares fewer is not looked for.
ENOUGH = 10
# So many words that stand everywhere tell something together.
FEWEST_TOGETHER = 3
# Of two that fit equally well a recommendation is wanted before what was said about one.
WORTH = {
    Kind.RECOMMENDATION: 1.0,
    Kind.WITNESS: 0.9,
    Kind.POINT: 0.75,
    Kind.ITEM: 0.6,
    Kind.RESOLUTION: 0.7,
    Kind.REPORT: 0.65,
    Kind.ANSWER: 0.65,
    Kind.UPDATE: 0.6,
}
WHENS = " ".join(f"WHEN '{kind.value}' THEN {factor}" for kind, factor in WORTH.items())
WORTHS = f"CASE {TABLE}.kind {WHENS} ELSE 0.5 END"
PLACES = {kind.value: place for place, kind in enumerate(Kind)}


def matching(rows, question, having, *, among_few=False, in_order=False):
    """Those of `rows` that have nothing unwanted, and `having` of the things wanted (any of them), with `score`.

    `among_few`: an index has these rows apart, and they are few beside what fits. `in_order`: so many fit that in the order
    of an index enough are found soon.
    """
    held_on = Coalesce("recommendation__item__meeting__held_on", "item__meeting__held_on")
    return backend().matching(rows, question, having, among_few, in_order).annotate(held_on=held_on)


def how_often(stems):
    """{stem: in how many texts it stands}, of those that stand in some; of those in very many only about. One query."""
    with connection.cursor() as cursor:
        cursor.execute(*backend().how_often(sorted(stems)))
        return dict(cursor.fetchall())


def likeliest(rows, weights, counts, most):
    """(SQL, its parameters) for number and recommendation of `most` of `rows`, numbered: what has most by weight of the
    words {word: weight} first. Some of the words of `counts`, which says how often each is said, it has.
    """
    return backend().likeliest(rows, weights, *ways_to_be_like(counts), most)


def ways_to_be_like(counts):
    """([the words of each way], [the same of those that stand everywhere, from all of them to the fewest that will do]).

    One that is rare is a way, or two that are not. Of those that stand everywhere one alone tells nothing: most of them
    together do.
    """
    ways = [(word,) for word, often in counts.items() if often < MIDDLING]
    middling = [word for word, often in counts.items() if MIDDLING <= often < OFTEN]
    ways += combinations(middling, min(2, len(middling)) or 1)
    common = [word for word, often in counts.items() if often >= OFTEN]
    fewest = max(FEWEST_TOGETHER, (2 * len(common) + 2) // 3)
    tiers = [list(combinations(common, together)) for together in range(len(common), fewest - 1, -1)]
    return ways, tiers or ([] if ways else [[tuple(common)]])


# What rows that match are weighed by.
WEIGHED = ("pk", "kind", "score", "held_on")


def best_first(found):
    """[(key, kind)] by score, as coarse as it is meaningful; then by kind; then the latest first."""
    found = sorted(found, key=lambda one: (one[2], -PLACES[one[1]], one[3], one[0]), reverse=True)
    return [(key, kind) for key, kind, *_ in found]


def worth():
    return RawSQL(WORTHS, [], output_field=FloatField())  # noqa: S611


class PostgreSQL:
    # Title and reference, words, note: Django's order is PostgreSQL's, from D to A.
    RANK = "ts_rank('{{0, 0.25, 0.4, 1}}', {table}.{stems}, {query})"
    # A recommendation is one row in eight of those that it counted.
    EVERYWHERE = (
        "SELECT known.stem, CAST(known.share * counted.rows / 8 AS integer) AS often FROM pg_stats, "
        "unnest(most_common_elems::text::text[], most_common_elem_freqs) AS known(stem, share), "
        f"(SELECT reltuples AS rows FROM pg_class WHERE oid = '{TABLE}'::regclass) AS counted "
        f"WHERE schemaname = current_schema() AND tablename = '{TABLE}' AND attname = '{STEMS}'"
    )

    def matching(self, rows, question, having, among_few, in_order):
        query, params = self.query(question, having)
        # Of what a query of its own finds PostgreSQL has no guess: it takes two words for as rare together as if nobody said
        # them in one breath, and then rather reads all that fits than what is few.
        asked = f"(SELECT {query})" if among_few else f"({query})"
        # What the operator does, but as a function, for which no index is taken.
        sql = f"ts_match_vq({TABLE}.{STEMS}, {asked})" if in_order else f"{TABLE}.{STEMS} @@ {asked}"
        fits = RawSQL(sql, params, output_field=BooleanField())  # noqa: S611 (see the module)
        rank = self.RANK.format(table=TABLE, stems=STEMS, query=query)
        score = RawSQL(rank, params, output_field=FloatField())  # noqa: S611
        return rows.filter(fits).annotate(score=Round(score * worth(), precision=1))

    def query(self, question, having):
        """(SQL of type tsquery, its parameters)."""
        params = []
        wanted = " || ".join(
            "(" + " && ".join(self._any(term, params) for term in some) + ")"
            for some in combinations(question.wanted, having)
        )
        return f"({wanted})" + "".join(f" && !!{self._any(term, params)}" for term in question.unwanted), params

    def _any(self, term, params):
        params += [" ".join(words) for words in term.ways]
        return "(" + " || ".join(["phraseto_tsquery('english', %s)"] * len(term.ways)) + ")"

    def how_often(self, stems):
        """What PostgreSQL knows to stand everywhere, from when it last looked at the table, is not counted again."""
        holds = f"kind = '{Kind.RECOMMENDATION.value}' AND {STEMS} @@ quote_literal(stem)::tsquery"
        counted = f"SELECT count(*) FROM (SELECT 1 FROM {TABLE} WHERE {holds} LIMIT {OFTEN}) AS capped"
        return (
            f"SELECT stem, CASE WHEN known.often > {OFTEN} THEN known.often ELSE ({counted}) END "
            f"FROM unnest(%s) AS stem LEFT JOIN ({self.EVERYWHERE}) AS known USING (stem)",
            [stems],
        )

    def likeliest(self, rows, weights, ways, tiers, most):
        """Its own ranks do not know how rare a word is.

        What shares more comes first, and where that is enough, what shares less is not looked for: the more there is, the
        sooner. Each way is asked for by itself: of several at once the index reads every place of every word.
        """
        has = f"{TABLE}.{STEMS} @@ phraseto_tsquery('english', %s)"
        weighed = " + ".join([f"CASE WHEN {has} THEN %s ELSE 0 END"] * len(weights))
        params = [each for pair in weights.items() for each in pair]
        rows = rows.annotate(weight=RawSQL(weighed, params, output_field=FloatField()))  # noqa: S611
        sure = [rows.filter(has_any(ways))] if ways else []
        together = [rows.filter(has_any(tier)) for tier in tiers[:1]]
        together += [rows.filter(has_any(tier)).exclude(has_any(stricter)) for stricter, tier in pairwise(tiers)]
        parts = [one_after_another(found, most) for found in (sure, together) if found]
        sql = " UNION ALL ".join(part for part, _ in parts)
        best = f"GROUP BY number, recommendation ORDER BY max(weight) DESC, recommendation DESC LIMIT {most}"
        given = [param for _, params in parts for param in params]
        return f"SELECT number, recommendation FROM ({sql}) AS found {best}", given


def has_any(ways):
    """PostgreSQL's condition for rows that have all words of one of the ways."""
    together = (" && ".join(["phraseto_tsquery('english', %s)"] * len(way)) for way in ways)
    sql = " OR ".join(f"{TABLE}.{STEMS} @@ ({one})" for one in together)
    return RawSQL(f"({sql})", [word for way in ways for word in way], output_field=BooleanField())  # noqa: S611


def one_after_another(found, most):
    """(SQL, its parameters) for the first rows of these querysets, each asked only where those before it have too few."""
    asked = [
        rows.order_by("-weight", "-id").values_list("number", "recommendation", "weight")[:most].query.sql_with_params()
        for rows in found
    ]
    parts = []
    for number, (sql, _) in enumerate(asked):
        before = " + ".join(f"(SELECT count(*) FROM tier_{each})" for each in range(number))
        asked_if = f" WHERE {before} < {ENOUGH}" if before else ""
        parts.append(f"tier_{number} AS MATERIALIZED (SELECT * FROM ({sql}) AS asked{asked_if})")
    every = " UNION ALL ".join(f"SELECT * FROM tier_{number}" for number in range(len(parts)))
    return f"(WITH {', '.join(parts)} {every})", [param for _, params in asked for param in params]


class SQLite:
    # The three columns, in their order: title and reference, words, note. FTS5 counts downwards from nought.
    RANK = f"-bm25({WORDS}, 6.0, 2.0, 1.0)"

    def matching(self, rows, question, having, among_few, in_order):
        rows = self._joined(rows, self.query(question, having))
        return rows.annotate(score=Round(self._rank() * worth(), precision=0))

    def how_often(self, stems):
        return f"SELECT term, doc FROM {COUNTS} WHERE term IN ({', '.join(['%s'] * len(stems))})", stems

    def likeliest(self, rows, weights, ways, tiers, most):
        """It ranks by rarity itself. What shares fewest of the words that stand everywhere includes what shares more."""
        all_ways = chain(ways, *tiers[-1:])
        any_of = " OR ".join("(" + " AND ".join(f'"{word}"' for word in way) + ")" for way in all_ways)
        found = self._joined(rows, any_of).order_by(self._rank().desc(), "-id")
        return found.values_list("number", "recommendation")[:most].query.sql_with_params()

    def _joined(self, rows, query):
        """bm25() works on a joined FTS5 table alone, and the ORM joins what has a model."""
        where = [f"{WORDS}.rowid = {TABLE}.id", f"{WORDS} MATCH %s"]
        return rows.extra(tables=[WORDS], where=where, params=[query])  # noqa: S610

    def _rank(self):
        return RawSQL(self.RANK, [], output_field=FloatField())  # noqa: S611

    def query(self, question, having):
        wanted = " OR ".join(
            "(" + " AND ".join(self._any(term) for term in some) + ")" for some in combinations(question.wanted, having)
        )
        unwanted = " OR ".join(self._any(term) for term in question.unwanted)
        return f"({wanted}) NOT ({unwanted})" if unwanted else wanted

    def _any(self, term):
        return "(" + " OR ".join(f'"{" ".join(words)}"' for words in term.ways) + ")"


def backend():
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()
