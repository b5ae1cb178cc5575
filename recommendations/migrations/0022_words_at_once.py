from django.db import migrations

from recommendations.storage import AtOnce
from recommendations.triggers import Keep


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0021_indexes_nobody_asks"),
    ]

    operations = [
        Keep(AtOnce("recommendations_searchable_stems", "recommendations_searchable_asked")),
    ]
