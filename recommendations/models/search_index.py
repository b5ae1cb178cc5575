"""How the table of what can be found is kept in step: triggers on the records' tables, and an index of the words.

PostgreSQL keeps the stems of each row in a column of its own, with a GIN index; SQLite keeps an FTS5 table beside it.
"""

import re
from dataclasses import dataclass
from itertools import chain

from recommendations.models.searchable import SPREAD, Kind

TABLE = "recommendations_searchable"
# Of the row: the column of stems (PostgreSQL), the table of stems and that of how often each occurs (SQLite).
STEMS, WORDS, COUNTS = "stems", f"{TABLE}_words", f"{TABLE}_counts"
# Of one text, so much is found: an index must never be a reason to refuse a record (PostgreSQL holds 1 MB of stems).
LONGEST = 100_000
# What parts words. PostgreSQL would take R3/26 for a file and e-mail for one word; SQLite parts them all by itself.
SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~£§¬°·‐‑‒–—―‘’‚“”„†•…‹›€™\u00a0\u00ad"
# Those of them that every keyboard has, as an expression of PostgreSQL.
PLAIN_SIGNS = re.sub(r"([]\[\\^-])", r"\\\1", "".join(filter(str.isascii, SIGNS))).replace("'", "''")
# PostgreSQL's own `unaccent` is an extension that not every server has.
ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ"
PLAIN = "aaaaaaceeeeiiiinooooouuuuyyAAAAAACEEEEIIIINOOOOOUUUUY"


@dataclass(frozen=True)
class Source:
    """Where the rows of one kind come from: SQL over the columns of `{row}`, which is a row of `table`."""

    kind: Kind
    table: str
    belongs: str  # "recommendation" or "item": the column that says whose it is, and how it is called there
    key: str
    columns: tuple[str, ...]  # which ones, changed, change the row
    heading: str = "''"
    body: str = "''"
    note: str = "''"
    exempt: str = "NULL"

    @property
    def name(self):
        return f"recommendations_search_{self.kind.value}"

    def pk_of(self, row):
        return f"{row}.id * {SPREAD} + {list(Kind).index(self.kind)}"

    def listing(self, row, source=""):
        """The statement that lists `row`, unless it says nothing."""
        columns = f"id, kind, {self.belongs}_id, exempt_paragraph, heading, body, note"
        return f"INSERT INTO {TABLE} ({columns}) {self.asking(row, source)}"

    def asking(self, row, source=""):
        """What `row` is listed with."""
        texts = [f"substr({text.format(row=row)}, 1, {LONGEST})" for text in (self.heading, self.body, self.note)]
        said = " || ".join(text.format(row=row) for text in (self.heading, self.body, self.note))
        return (
            f"SELECT {self.pk_of(row)}, '{self.kind.value}', {self.key.format(row=row)}, "
            f"{self.exempt.format(row=row)}, {', '.join(texts)}{source} WHERE {said} <> ''"
        )

    def unlisting(self, row):
        return f"DELETE FROM {TABLE} WHERE id = {self.pk_of(row)}"


# Migrations name this: one that renames a column here makes a second tuple, and leaves this one as it is.
SOURCES = (
    Source(
        Kind.RECOMMENDATION, "recommendations_recommendation", "recommendation", "{row}.id",
        ("reference", "old_reference", "title", "text", "outcome_note"),
        heading="{row}.reference || ' ' || {row}.old_reference || ' ' || {row}.title",
        body="{row}.text", note="{row}.outcome_note",
    ),
    Source(
        Kind.POINT, "recommendations_discussionpoint", "item", "{row}.item_id", ("item_id", "text"), body="{row}.text"
    ),
    Source(
        Kind.UPDATE, "recommendations_progressupdate", "recommendation", "{row}.recommendation_id",
        ("recommendation_id", "text", "exempt_paragraph"), body="{row}.text", exempt="{row}.exempt_paragraph",
    ),
    Source(
        Kind.REPORT, "recommendations_followupreport", "recommendation", "{row}.recommendation_id",
        ("recommendation_id", "text", "exempt_paragraph"), body="{row}.text", exempt="{row}.exempt_paragraph",
    ),
    Source(
        Kind.ANSWER, "recommendations_response", "recommendation", "{row}.recommendation_id",
        ("recommendation_id", "reasons"), body="{row}.reasons",
    ),
    Source(
        Kind.RESOLUTION, "recommendations_resolution", "item", "{row}.item_id", ("item_id", "text"), body="{row}.text"
    ),
    Source(
        Kind.WITNESS, "recommendations_witness", "item", "{row}.item_id", ("item_id", "name", "role", "organisation"),
        heading="{row}.name", body="{row}.role || ' ' || {row}.organisation",
    ),
    Source(
        Kind.ITEM, "recommendations_agendaitem", "item", "{row}.id", ("title", "purpose"),
        heading="{row}.title", body="{row}.purpose",
    ),
)  # fmt: skip


class SearchIndex:
    """The table of what can be found, filled from what is there and kept in step from then on."""

    def __init__(self, sources):
        self.sources = sources

    def __str__(self):
        return "what can be found in step with the records"

    def make(self, connection):
        vendor = connection.vendor
        made = self.unmake_triggers(vendor) + self.stems(vendor) + [f"DELETE FROM {TABLE}"]
        made += [source.listing("source", f" FROM {source.table} AS source") for source in self.sources]
        return made + [statement for source in self.sources for statement in triggers_of(source, vendor)]

    def unmake(self, connection):
        vendor = connection.vendor
        functions = [f"DROP FUNCTION IF EXISTS {source.name}()" for source in self.sources]
        return self.unmake_triggers(vendor) + (WITHOUT_STEMS if vendor == "sqlite" else [*functions, WITHOUT_COLUMN])

    def stems(self, vendor):
        return STEMS_ON_SQLITE if vendor == "sqlite" else STEMS_ON_POSTGRESQL

    def unmake_triggers(self, vendor):
        on_table = "" if vendor == "sqlite" else " ON {table}"
        return [
            f"DROP TRIGGER IF EXISTS {source.name}_{event}{on_table.format(table=source.table)}"
            for source in self.sources
            for event in EVENTS
        ]

    def triggers(self, vendor):
        """{name: how the text ends} of those that must be there. Other words in a later version need a migration."""
        made = [*self.stems(vendor), *chain.from_iterable(triggers_of(source, vendor) for source in self.sources)]
        texts = {each.split()[2]: each for each in made if each.startswith("CREATE TRIGGER")}
        if vendor == "sqlite":
            return texts
        bodies = {source.name: triggers_on_postgresql(source)[0].split("$$")[1] for source in self.sources}
        return {name: bodies[name.rpartition("_")[0]] for name in texts}


EVENTS = ("insert", "update", "delete")


def triggers_of(source, vendor):
    return triggers_on_sqlite(source) if vendor == "sqlite" else triggers_on_postgresql(source)


# SQLite


def triggers_on_sqlite(source):
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in source.columns)
    unlist, enlist = f"{source.unlisting('OLD')};", f"{source.listing('NEW')};"
    return [
        f"CREATE TRIGGER {source.name}_insert AFTER INSERT ON {source.table} BEGIN {enlist} END",
        f"CREATE TRIGGER {source.name}_update AFTER UPDATE ON {source.table} WHEN {changed} "
        f"BEGIN {unlist} {enlist} END",
        f"CREATE TRIGGER {source.name}_delete AFTER DELETE ON {source.table} BEGIN {unlist} END",
    ]


_ENTER = f"INSERT INTO {WORDS} (rowid, heading, body, note) VALUES (NEW.id, NEW.heading, NEW.body, NEW.note);"
# FTS5 keeps no copy of the texts, and is told what to take out.
_REMOVE = (
    f"INSERT INTO {WORDS} ({WORDS}, rowid, heading, body, note) "
    "VALUES ('delete', OLD.id, OLD.heading, OLD.body, OLD.note);"
)
WITHOUT_STEMS = [
    *(f"DROP TRIGGER IF EXISTS {WORDS}_{event}" for event in EVENTS),
    f"DROP TABLE IF EXISTS {COUNTS}",
    f"DROP TABLE IF EXISTS {WORDS}",
]
STEMS_ON_SQLITE = [
    *WITHOUT_STEMS,
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(heading, body, note, content='{TABLE}', content_rowid='id', "
    'tokenize="porter unicode61 remove_diacritics 2")',
    f"CREATE VIRTUAL TABLE {COUNTS} USING fts5vocab({WORDS}, row)",
    f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')",
    f"CREATE TRIGGER {WORDS}_insert AFTER INSERT ON {TABLE} BEGIN {_ENTER} END",
    f"CREATE TRIGGER {WORDS}_update AFTER UPDATE ON {TABLE} BEGIN {_REMOVE} {_ENTER} END",
    f"CREATE TRIGGER {WORDS}_delete AFTER DELETE ON {TABLE} BEGIN {_REMOVE} END",
]


# PostgreSQL


def triggers_on_postgresql(source):
    """One function for all three; it runs after the row is written, so what it returns does not matter."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in source.columns)
    when = {"insert": "", "update": f"WHEN ({changed}) ", "delete": ""}
    return [
        f"CREATE OR REPLACE FUNCTION {source.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {source.unlisting('OLD')}; END IF; "
        f"IF TG_OP <> 'DELETE' THEN {source.listing('NEW')}; END IF; "
        "RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER {source.name}_{event} AFTER {event.upper()} ON {source.table} FOR EACH ROW "
            f"{when[event]}EXECUTE FUNCTION {source.name}()"
            for event in EVENTS
        ),
    ]


def _stems_of(column, weight):
    """Signs become spaces and accents go, so that both databases see the same words.

    `translate` compares each letter with all in its list, and takes ten times as long as all the rest: of plain letters,
    which are most, an expression finds the signs.
    """
    signs = SIGNS.replace("'", "''")
    plain = f"regexp_replace({column}, '[{PLAIN_SIGNS}]', ' ', 'g')"
    whole = f"translate({column}, '{ACCENTED}{signs}', '{PLAIN}{' ' * len(SIGNS)}')"
    text = f"CASE WHEN octet_length({column}) = char_length({column}) THEN {plain} ELSE {whole} END"
    return f"setweight(to_tsvector('english', {text}), '{weight}')"


WITHOUT_COLUMN = f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS {STEMS}"
STEMS_ON_POSTGRESQL = [
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS {STEMS} tsvector GENERATED ALWAYS AS "
    f"({_stems_of('heading', 'A')} || {_stems_of('body', 'B')} || {_stems_of('note', 'C')}) STORED",
    f"CREATE INDEX IF NOT EXISTS {TABLE}_{STEMS} ON {TABLE} USING gin ({STEMS})",
    # For what was asked before: recommendations are one row in eight.
    f"CREATE INDEX IF NOT EXISTS {TABLE}_asked ON {TABLE} USING gin ({STEMS}) WHERE kind = '{Kind.RECOMMENDATION.value}'",
]
