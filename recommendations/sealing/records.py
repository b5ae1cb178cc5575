"""Every record as its last history row has it, told by the database: nothing but the differences comes out of it."""

from django.apps import apps
from django.db import connection

from recommendations.models.written_once import table_of
from recommendations.sealing.findings import Finding


def tracked_models():
    return [model for model in apps.get_app_config("recommendations").get_models() if hasattr(model, "history")]


def differences():
    """Records that are not as their history says, have none, or are gone though they have one."""
    for model in tracked_models():
        yield from of_model(model)


def of_model(model):
    table, history = table_of(model), table_of(model.history.model)
    columns = kept_columns(model)
    for key, *differ in rows(_differing(table, history, columns)):
        if None in differ:
            yield Finding(history, None, f"{model._meta.verbose_name} {key} is in {table} without any history")
            continue
        differing = ", ".join(column for column, differs in zip(columns, differ, strict=True) if differs)
        yield Finding(table, key, f"is not as its last history row has it: {differing}")
    for (key,) in rows(f"SELECT DISTINCT h.id FROM {history} h LEFT JOIN {table} r ON r.id = h.id WHERE r.id IS NULL"):
        yield Finding(history, None, f"{model._meta.verbose_name} {key} has a history here, and is gone from {table}")


def kept_columns(model):
    """What the history keeps of a record: the rest says nothing that it could contradict."""
    live = {field.column for field in model._meta.concrete_fields}
    return sorted(live & {field.column for field in model.history.model._meta.concrete_fields} - {"id"})


def _differing(table, history, columns):
    """Each row with, for each column, whether it differs; with NULLs where there is no history."""
    differ = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    told = [f'r."{column}" {differ} h."{column}"' for column in columns]
    shown = [f"CASE WHEN h.history_id IS NULL THEN NULL WHEN {each} THEN 1 ELSE 0 END" for each in told]
    return (
        f"SELECT r.id, {', '.join(shown)} FROM {table} r "
        f"LEFT JOIN (SELECT id, max(history_id) AS history_id FROM {history} GROUP BY id) last ON last.id = r.id "
        f"LEFT JOIN {history} h ON h.history_id = last.history_id "
        f"WHERE h.history_id IS NULL OR {' OR '.join(told)}"
    )


def rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        while page := cursor.fetchmany(1000):
            yield from page
