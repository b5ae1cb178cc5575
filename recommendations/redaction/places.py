"""Where it stands: in every text of every table, asked of the models, not of a list."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models.functions import Cast

from recommendations.models.written_once import is_history, table_of
from recommendations.redaction.wording import Wording

# What holds no words of people: the names of models, groups and rights, seals, keys, counts; and what others derive:
# the rows of the search follow theirs by themselves.
PASSED_OVER = {
    "auth.Group", "auth.Permission", "contenttypes.ContentType", "mfa.Authenticator", "recommendations.RedactedRow",
    "recommendations.ReferenceCounter", "recommendations.Seal", "recommendations.SealedPart",
    "recommendations.Searchable", "sessions.Session",
}  # fmt: skip
NOT_WORDS = {"password", "digest", "line_digest", "file_digest", "secret_digest", "key", "session_key"}
# What others know a record by stays; that the words stand in it is said.
NAMES_OF_RECORDS = {"reference", "slug", "old_reference", "code"}


@dataclass(frozen=True)
class Change:
    """One row, and the columns that become others."""

    model: type[models.Model]
    key: object
    before: dict
    after: dict
    times: int

    @property
    def table(self):
        return table_of(self.model)

    @cached_property
    def recommendation(self):
        """The number of the recommendation that the row is of, or None."""
        told = getattr(self.model, "instance_type", self.model)
        names = {field.name for field in told._meta.fields}
        column = "id" if told._meta.label == "recommendations.Recommendation" else "recommendation_id"
        if column == "recommendation_id" and "recommendation" not in names:
            return None
        return self.model._base_manager.filter(pk=self.key).values_list(column, flat=True).get()


@dataclass
class Replacement:
    """What becomes of a value. Addresses become ones that nobody has, each another, so that none is there twice."""

    wording: Wording
    number: int

    def __post_init__(self):
        self.given = {}

    def of(self, field, value):
        """(the value without it, how often it was there)."""
        if isinstance(field, models.EmailField) and isinstance(value, str) and self.wording.is_in(value):
            address = self.given.setdefault(
                value.lower(), f"redacted-{self.number}-{len(self.given) + 1}@redacted.invalid"
            )
            return address, 1
        made, times = self.wording.without(value)
        return (made[: field.max_length] if isinstance(made, str) else made), times


def tables():
    """[(model, its fields with words)] of the whole site."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label not in PASSED_OVER and model._meta.managed and not model._meta.proxy:
            fields = [field for field in model._meta.concrete_fields if _has_words(field)]
            found += [(model, fields)] if fields else []
    # Records before their histories: an address becomes the same in both either way.
    return sorted(found, key=lambda each: (is_history(each[0]), table_of(each[0])))


def _has_words(field):
    is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
    return is_text and not field.choices and field.name not in NOT_WORDS


def rows_with(wording, model, fields):
    """(key, {column: value}) of the rows that may have it: the database looks for a piece, Python for the whole."""
    rows = model._base_manager.order_by("pk")
    if wording.probes is not None:
        texts = {f"{field.name}_as_text": Cast(field.name, models.TextField()) for field in fields}
        holds = [models.Q(**{f"{name}__icontains": probe}) for name in texts for probe in wording.probes]
        rows = rows.annotate(**texts).filter(models.Q(*holds, _connector=models.Q.OR))
    names = [field.name for field in fields]
    for key, *values in rows.values_list("pk", *names).iterator(chunk_size=500):
        yield key, dict(zip(names, values, strict=True))


def changes(replacement, watch=lambda done: None):
    """Every row that is to become another one."""
    for model, fields in tables():
        changed = [field for field in fields if field.name not in NAMES_OF_RECORDS]
        for key, values in rows_with(replacement.wording, model, changed):
            made = {field.name: replacement.of(field, values[field.name]) for field in changed}
            after = {name: value for name, (value, times) in made.items() if times}
            if after:
                before = {name: values[name] for name in after}
                yield Change(model, key, before, after, sum(times for _value, times in made.values()))
        watch(1)


def left_with(wording, surname):
    """How many rows have the surname still, once the wording is gone from them."""
    left = 0
    for change in changes(Replacement(surname, 0)):
        left += any(surname.without(wording.without(value)[0])[1] for value in change.before.values())
    return left


def kept_names(wording):
    """ "table: reference" of each record whose own name holds it, and stays."""
    for model, fields in tables():
        named = [field for field in fields if field.name in NAMES_OF_RECORDS]
        if named and not is_history(model):
            for _key, values in rows_with(wording, model, named):
                yield from (f"{table_of(model)}: {value}" for value in values.values() if wording.is_in(value or ""))


def sessions_with(wording):
    """The keys of the sessions that speak of it: their data is packed, so each is opened."""
    for session in Session.objects.iterator():
        if wording.is_in(json.dumps(session.get_decoded(), default=str, ensure_ascii=False)):
            yield session.pk


def excerpts(wording, change):
    """{column: the surroundings of its first occurrence}."""
    for name, value in change.before.items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield name, wording.excerpt(text) if wording.is_in(text) else "…"
