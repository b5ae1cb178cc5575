from django.db import migrations, models

from recommendations.triggers import AppendOnly, Keep


class Migration(migrations.Migration):

    dependencies = [
        ('recommendations', '0016_runs'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='redaction',
            options={'ordering': ['-id']},
        ),
        migrations.AddField(
            model_name='redaction',
            name='row_count',
            field=models.PositiveIntegerField(default=0, editable=False),
            preserve_default=False,
        ),
        Keep(AppendOnly('recommendations_redaction')),
    ]
