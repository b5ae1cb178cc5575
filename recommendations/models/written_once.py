"""Which rows are written once: every history, and the models that say so. The database refuses to change them."""

from django.apps import apps
from django.db import models


def _all():
    return apps.get_app_config("recommendations").get_models()


def is_history(model):
    return hasattr(model, "history_type")


def sealed_models():
    """Those whose rows are sealed day by day (`seal_history`), in one order: histories, and models with `is_sealed`."""
    sealed = [model for model in _all() if is_history(model) or getattr(model, "is_sealed", False)]
    return sorted(sealed, key=table_of)


def fixed_texts():
    """[(model, name of a field)] of what never changes, so that no history copies it, and is sealed where it stands."""
    return [(model, name) for model in _all() for name in getattr(model, "sealed_texts", ())]


def moment_of(model):
    """The field that says when a row was written; None where none does: such rows come with others that say it."""
    if is_history(model):
        return model._meta.get_field("history_date")
    moments = (field for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField))
    return next(moments, None)


def table_of(model):
    return model._meta.db_table


def append_only_tables():
    """Those of `sealed_models`, and the seals' own: models with `is_append_only`."""
    return sorted(
        map(table_of, {*sealed_models(), *(each for each in _all() if getattr(each, "is_append_only", False))})
    )
