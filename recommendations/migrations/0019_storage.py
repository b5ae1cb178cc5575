from django.db import migrations

from recommendations.storage import CHANGING, GROWING, Storage
from recommendations.triggers import Keep

CHANGING_TABLES = ("recommendation", "followupreport", "response", "datechange")
GROWING_TABLES = ("searchable", "historicalrecommendation", "historicalfollowupreport", "historicalresponse")


def tables(names):
    return [f"recommendations_{name}" for name in names]


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0018_what_waits"),
    ]

    operations = [
        Keep(Storage(*tables(CHANGING_TABLES), **CHANGING)),
        Keep(Storage(*tables(GROWING_TABLES), **GROWING)),
    ]
