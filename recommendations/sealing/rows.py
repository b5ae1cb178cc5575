"""The one form of a row, whatever database it lies in, and its digest."""

import datetime
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db import connection, models

from recommendations.models.written_once import fixed_texts, sealed_models, table_of

KEY_BYTES, DIGEST_BYTES = 8, 32
LEAF_BYTES = KEY_BYTES + DIGEST_BYTES
# Both databases count keys from 1: one that is lower was made up (`made_up`), and is never sealed.
BEFORE_ALL = 0
# So many rows of a table are in memory at a time.
PAGE = 2000
# A number of more digits than this is none of ours, and could take hours to write out.
LARGEST = 400


@dataclass(frozen=True)
class Source:
    """What is sealed together: the rows of one table."""

    model: type[models.Model]
    # What a row is called whose digest is another one.
    altered = "altered"

    @property
    def name(self):
        return table_of(self.model)

    @property
    def table(self):
        return table_of(self.model)

    @property
    def key(self):
        return self.model._meta.pk.column

    @cached_property
    def kinds(self):
        """{column: the kind of field it is}."""
        return {
            field.column: field.target_field.get_internal_type() if field.is_relation else field.get_internal_type()
            for field in self.model._meta.concrete_fields
        }

    @property
    def columns(self):
        return sorted(self.kinds)

    @property
    def condition(self):
        return ""

    def leaves(self, columns, *, after, up_to, limit):
        """[(key, digest)] of the rows with keys from `after` (exclusive) to `up_to`, at most `limit`, by key."""
        kinds = [self.kinds[column] for column in columns]
        rows = self.fetch(columns, after=after, up_to=up_to, limit=limit)
        return [(row[0], digest_of(self.table, kinds, row[1:])) for row in rows]

    def all_leaves(self, columns, *, after, up_to):
        """The same without a limit, a page of rows in memory at a time."""
        while leaves := self.leaves(columns, after=after, up_to=up_to, limit=PAGE):
            yield from leaves
            after = leaves[-1][0]

    def fetch(self, columns, *, after, up_to, limit):
        # A plus that does nothing keeps SQLite's driver from reading a day where somebody wrote something else.
        sign = "+" if connection.vendor == "sqlite" else ""
        listed = ", ".join(f'{sign}"{column}"' for column in [self.key, *columns])
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT {listed} FROM {self.table} WHERE "{self.key}" > %s AND "{self.key}" <= %s {self.condition} '
                f'ORDER BY "{self.key}" LIMIT %s',
                [after, up_to, limit],
            )
            return cursor.fetchall()

    def last_id(self):
        return self._ask(f'coalesce(max("{self.key}"), {BEFORE_ALL})', BEFORE_ALL)

    def count(self, *, after):
        return self._ask("count(*)", after)

    def made_up(self):
        """Keys that no row is given."""
        found = self.model._base_manager.filter(pk__lte=BEFORE_ALL).order_by("pk")
        return found.values_list("pk", flat=True)

    def _ask(self, what, after):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {what} FROM {self.table} WHERE "{self.key}" > %s {self.condition}', [after])
            return cursor.fetchone()[0]


@dataclass(frozen=True)
class OneColumn(Source):
    """What belongs to the rows of a table by one of its columns, sealed beside them."""

    field: models.Field

    @property
    def name(self):
        return f"{self.table}:{self.field.column}"

    @property
    def columns(self):
        return [self.field.column]


class Texts(OneColumn):
    """What rows say in one column that never changes, and that their histories therefore do not copy."""

    @property
    def altered(self):
        return f"another {self.field.verbose_name}"


class Files(OneColumn):
    """The bytes of the files that the rows of one table name."""

    altered = "its file has other bytes, or is gone,"

    @property
    def condition(self):
        return f"AND \"{self.field.column}\" <> ''"

    def leaves(self, columns, *, after, up_to, limit):
        rows = self.fetch(columns, after=after, up_to=up_to, limit=limit)
        return [(key, bytes_digest(self.field.storage, name)) for key, name in rows]


def sources():
    """{name: all that is sealed}, in the order of a seal's parts."""
    found = []
    for model in sealed_models():
        found.append(Source(model))
        tracked = getattr(model, "instance_type", None)
        files = [field for field in tracked._meta.fields if isinstance(field, models.FileField)] if tracked else []
        found += [Files(model, field) for field in files]
    found += [Texts(model, model._meta.get_field(name)) for model, name in fixed_texts()]
    return {source.name: source for source in found}


# Digests


def digest_of(table, kinds, values):
    said = [table, *map(canonical, kinds, values)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def bytes_digest(storage, name):
    """Of the bytes; of what is not there a digest that no bytes have."""
    try:
        with storage.open(name) as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return bytes(DIGEST_BYTES)


def canonical(kind, value):
    """As both databases say it: one of them has days, moments, yes and no, and JSON as texts and numbers."""
    if value is None or (type(value) is int and kind != "BooleanField"):
        return value
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return FORMS.get(kind, str)(value)


def _moment(text):
    return text if "." in text else f"{text}.000000"


def _truth(value):
    return {0: False, 1: True}.get(value, str(value))


def _number(value):
    return format(Decimal(str(value)).normalize(), "f")


def _json_number(text):
    """PostgreSQL keeps numbers as decimals: 1e2 comes back as 100, which is no float."""
    number = Decimal(text)
    if abs(number.adjusted()) > LARGEST:
        raise ValueError
    return int(number) if number == number.to_integral_value() else float(number)


def _json_object(pairs):
    """Of a key that is there twice, one reader takes the first and another the last."""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError
    return found


def _json(text):
    """Keys in order, numbers in one form; what nobody here has written, as it is."""
    try:
        loaded = json.loads(text, parse_float=_json_number, object_pairs_hook=_json_object)
    except ValueError:
        return str(text)
    return ["json", json.dumps(loaded, ensure_ascii=False, sort_keys=True, separators=(",", ":"))]


FORMS = {
    "DateTimeField": _moment,
    "BooleanField": _truth,
    "JSONField": _json,
    "DecimalField": _number,
    "FloatField": _number,
}


# Leaves, as a seal keeps them


def packed(leaves):
    return b"".join(key.to_bytes(KEY_BYTES, "big", signed=True) + digest for key, digest in leaves)


def unpacked(leaves):
    """{key: digest}, in the order they were packed in."""
    starts = range(0, len(leaves), LEAF_BYTES)
    return {
        int.from_bytes(leaves[at : at + KEY_BYTES], "big", signed=True): bytes(leaves[at + KEY_BYTES : at + LEAF_BYTES])
        for at in starts
    }
