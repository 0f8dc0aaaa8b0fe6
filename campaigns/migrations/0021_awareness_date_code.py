"""A code for each awareness date that addresses can name it by: added empty, filled, then constrained."""

from django.db import migrations, models
from django.utils.text import slugify


def fill(apps, schema_editor):
    """Make each date's code of its name, with its number where another has the same."""
    model = apps.get_model("campaigns", "AwarenessDate")
    taken = set()
    for date in model.objects.order_by("pk"):
        code = slugify(date.name) or "date"
        date.code = f"{code}-{date.pk}" if code in taken else code
        taken.add(date.code)
        date.save(update_fields=["code"])


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0020_mailing_report_asked_at'),
    ]

    operations = [
        migrations.AddField(
            model_name='awarenessdate',
            name='code',
            field=models.SlugField(db_index=False, editable=False, max_length=160, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='awarenessdate',
            name='code',
            field=models.SlugField(editable=False, max_length=160, unique=True),
        ),
    ]
