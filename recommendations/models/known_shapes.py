"""Rows of one recommendation by questions of a known shape; and what rows name, read once for each version of it.

To join the names to each row takes longer than to find the rows.
"""

from recommendations.memory import Memory
from recommendations.questions import Given, Question, by_keys, filled, givens, places_for

# Some 2 kB each, and as much of each record.
questions = Memory(most=500)
named = Memory(most=2_000)


def rows(shape, make, key):
    """The rows of `make(key)`, a queryset; `shape` tells apart all whose SQL differs by more than the key."""
    return questions.remember(shape, lambda: Question(make(Given()))).ask(key)


def rows_of(shape, make, keys):
    """The same of `make(keys)` for some keys, or none."""
    if not keys:
        return []
    places = places_for(keys)
    return questions.remember((*shape, places), lambda: Question(make(givens(places)))).ask(*filled(keys))


def name(rows, ways, versions):
    """Puts at hand what `rows` name, as `select_related` does with these ways, a step or two each.

    `versions`: {table: a number that changes with it}, which were asked for before the rows.
    """
    for way in ways:
        step, _, further = way.partition("__")
        field = rows[0]._meta.get_field(step) if rows else None
        keys = {key for row in rows if (key := getattr(row, field.attname))}
        found = records(field.related_model, keys, versions) if keys else {}
        if further:
            name(list(found.values()), [further], versions)
        for row in rows:
            field.set_cached_value(row, found.get(getattr(row, field.attname)))


def records(model, keys, versions):
    """{key: record}, as they are at these versions."""
    version = versions[model._meta.model_name], versions["redaction"]
    wanted = [(model, key, *version) for key in keys]

    def read(missing):
        asked = by_keys(model, [each[1] for each in missing])
        return {each: asked.get(each[1]) for each in missing}

    return {each[1]: record for each, record in named.remember_all(wanted, read).items()}
