"""The tables as the models say they are: keys, constraints and columns that must be given, each with what it forbids.

A name alone proves nothing: a constraint of the same name may forbid less, or have been put back over what it forbids.
"""

from django.apps import apps
from django.db import connection
from django.db.models import BooleanField, CheckConstraint, ExpressionWrapper, UniqueConstraint
from django.db.models.sql import Query

from recommendations.models.written_once import table_of
from recommendations.sealing import catalogue
from recommendations.sealing.findings import DATABASE, Finding

# Of what SQLite finds inside of itself
MOST_TOLD = 20


def findings():
    yield from inside()
    there = catalogue.read()
    for model in apps.get_models(include_auto_created=True):
        lacking = [*rules(model, there), *keys(model, there), *leads(model, there), *empty(model, there)]
        yield from (Finding(table_of(model), None, f"is not guarded: {what}") for what in lacking)


def inside():
    """SQLite tells where an index is not as its table, and what leads to nothing. PostgreSQL keeps both by itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA integrity_check({MOST_TOLD})")
        yield from (
            Finding(DATABASE, None, f"is damaged, or was written to by hand: {told}")
            for (told,) in cursor.fetchall()
            if told != "ok"
        )
        cursor.execute("PRAGMA foreign_key_check")
        for table, key, other, _number in cursor.fetchmany(MOST_TOLD):
            yield Finding(table, key, f"leads to a row of {other} that is not there")


def rules(model, there):
    """Constraints with a name: of their kind, over their columns, and with no row that breaks them."""
    table = table_of(model)
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint) and rule.name not in there.unique[table]:
            yield f"the constraint {rule.name} is gone"
        if isinstance(rule, CheckConstraint):
            if (table, rule.name) not in there.checks:
                yield f"the constraint {rule.name} is gone"
            elif columns_of(model, rule) - there.checks[table, rule.name]:
                yield f"the constraint {rule.name} asks for less than it did"
            elif broken := breaks(model, rule):
                yield f"row {broken} breaks the constraint {rule.name}"


def columns_of(model, rule):
    """Those that its condition speaks of."""
    where = Query(model=model, alias_cols=False).build_where(rule.condition)
    said = [part for lookup in where.leaves() for part in lookup.flatten()]
    return {part.target.column for part in said if hasattr(part, "target")}


def breaks(model, rule):
    """The first row that this constraint should have refused; None where there is none."""
    holds = ExpressionWrapper(rule.condition, BooleanField())
    broken = model._base_manager.annotate(_holds=holds).filter(_holds=False)
    return broken.order_by("pk").values_list("pk", flat=True).first()


def keys(model, there):
    """What is unique by itself."""
    once = [(field.name,) for field in model._meta.local_concrete_fields if field.unique]
    for names in [*once, *model._meta.unique_together]:
        columns = tuple(model._meta.get_field(name).column for name in names)
        if columns not in there.keys[table_of(model)]:
            yield f"{', '.join(columns)} may be there twice"


def leads(model, there):
    """What must be found in another table."""
    for field in model._meta.local_concrete_fields:
        if field.is_relation and field.db_constraint:
            lead = (field.column, table_of(field.related_model), field.target_field.column)
            if lead not in there.leads[table_of(model)]:
                yield f"{field.column} may lead to what is not there"


def empty(model, there):
    for field in model._meta.local_concrete_fields:
        if field.column in there.nullable[table_of(model)] and not field.null:
            yield f"{field.column} may be left empty"
