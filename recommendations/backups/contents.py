"""What a database holds: its tables with their counts, the migrations it came through, and what no backup needs."""

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from recommendations.models import Seal

# A session is a key to the site, for some hours: whoever finds a backup must not find one, and a restored site asks
# everybody to sign in again.
PASSING = ("sessions.Session", "usersessions.UserSession")


def tables():
    """The names of all tables of the database."""
    with connection.cursor() as cursor:
        return sorted(table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t")


def left_out():
    """The tables whose rows stay out of a backup."""
    models = [model for model in apps.get_models() if model._meta.label in PASSING]
    return sorted({model._meta.db_table for model in models} & set(tables()))


def of(cursor):
    """The counts of all tables, the migrations applied and the newest seal, as this cursor sees them."""
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
    cursor.execute(f"SELECT number, digest FROM {Seal._meta.db_table} ORDER BY number DESC LIMIT 1")
    seal = cursor.fetchone()
    head = {"number": seal[0], "digest": seal[1]} if seal else None
    return {"counts": counts(cursor, tables()), "migrations": migrations, "seal": head}


def counts(cursor, names):
    """{table: how many rows it has}."""
    counted = {}
    for name in names:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
        counted[name] = cursor.fetchone()[0]
    return counted


def known_migrations():
    """Those that this version of the site comes with."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}


def holds_records():
    """Whether the database has any row of ours; one without tables has none."""
    there = set(tables())
    models = [model for model in apps.get_app_config("recommendations").get_models() if model._meta.db_table in there]
    return any(model._base_manager.exists() for model in models)
