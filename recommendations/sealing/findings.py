"""What verification finds, each with the row that it is about, and the name of its record for people."""

from dataclasses import dataclass
from functools import cache

from recommendations.models import Recommendation
from recommendations.models.written_once import sealed_models, table_of

# In the place of a table, where it is about none
DATABASE = "the database"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be: in which table, in which row (None: in the table), and what."""

    table: str
    key: int | None
    what: str

    def __str__(self):
        row = f"{self.table}, row {self.key}" if self.key is not None else self.table
        record = record_of(self.table, self.key)
        return f"{row}{f' ({record})' if record else ''}: {self.what}"


@cache
def models_by_table():
    """Of what is sealed, and of the records that it tells of."""
    sealed = sealed_models()
    return {table_of(model): model for model in [*sealed, *(getattr(each, "instance_type", each) for each in sealed)]}


def record_of(table, key):
    """The record that a row tells of; "" for a row that is gone, and for a seal."""
    model = models_by_table().get(table)
    if model is None or key is None:
        return ""
    told = getattr(model, "instance_type", model)
    return named(told, **row) if (row := row_of(model, key)) else ""


def row_of(model, key):
    """What names it, and no more: somebody may have written what cannot be read into the rest."""
    columns = {"id", "reference", "recommendation_id"} & {field.attname for field in model._meta.fields}
    return model._base_manager.filter(pk=key).values(*columns).first()


def named(model, *, id, reference="", recommendation_id=None):
    """ "SCSB R3/26", "response 7 on SCSB R3/26" or "meeting 4"."""
    if reference:
        return reference
    subject = Recommendation.objects.filter(pk=recommendation_id).values_list("reference", flat=True).first()
    thing = f"{model._meta.verbose_name} {id}"
    return f"{thing} on {subject}" if subject else thing
