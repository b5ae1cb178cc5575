"""What can be found, held against the records: the database keeps it in step, and nobody looks whether it did.

A word taken out of it hides a record from every search; a paragraph taken out shows what is exempt.
"""

from django.db import DatabaseError, connection, transaction

from recommendations.models.search_index import SOURCES, TABLE, WORDS
from recommendations.sealing.findings import Finding
from recommendations.sealing.records import rows

TEXTS = ("kind", "heading", "body", "note")


def findings():
    for source in SOURCES:
        for key, is_there, is_listed in rows(_differing(source)):
            what = (
                "is not as its record says" if is_there and is_listed else "is missing" if is_there else "is of nothing"
            )
            yield Finding(TABLE, key, f"what can be found of {source.table} {what}")
    yield from of_words()


def _differing(source):
    """Its key, whether there is such a record, and whether it is listed."""
    differ = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    other = "item" if source.belongs == "recommendation" else "recommendation"
    # What says nothing is a text to PostgreSQL.
    number = "CAST(said.exempt_paragraph AS integer)"
    wrong = " OR ".join(f"found.{each} {differ} said.{each}" for each in (*TEXTS, f"{source.belongs}_id"))
    told = f"id, kind, {source.belongs}_id, exempt_paragraph, heading, body, note"
    asked = source.asking("source", f" FROM {source.table} AS source")
    return (
        f"WITH said ({told}) AS ({asked}) "
        f"SELECT said.id, 1, CASE WHEN found.id IS NULL THEN 0 ELSE 1 END FROM said LEFT JOIN {TABLE} found "
        f"ON found.id = said.id WHERE found.id IS NULL OR found.{other}_id IS NOT NULL "
        f"OR found.exempt_paragraph {differ} {number} OR {wrong} "
        f"UNION ALL SELECT found.id, 0, 1 FROM {TABLE} found LEFT JOIN said ON said.id = found.id "
        f"WHERE found.kind = '{source.kind.value}' AND said.id IS NULL"
    )


def of_words():
    """PostgreSQL works out the stems of each row itself; SQLite keeps them beside the table, and can compare the two."""
    if connection.vendor == "sqlite":
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {WORDS} ({WORDS}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError:
            yield Finding(WORDS, None, "is not the words of what can be found")
