"""Which rows are written once: every history, and the models that say so. The database refuses to change them."""

from django.apps import apps


def is_history(model):
    return hasattr(model, "history_type")


def sealed_models():
    """Those whose rows are sealed day by day (`seal_history`), in one order: histories, and models with `is_sealed`."""
    models = apps.get_app_config("recommendations").get_models()
    sealed = [model for model in models if is_history(model) or getattr(model, "is_sealed", False)]
    return sorted(sealed, key=table_of)


def table_of(model):
    return model._meta.db_table


def append_only_tables():
    """Those of `sealed_models`, and the seals' own: models with `is_append_only`."""
    models = apps.get_app_config("recommendations").get_models()
    return sorted(
        map(table_of, {*sealed_models(), *(each for each in models if getattr(each, "is_append_only", False))})
    )
