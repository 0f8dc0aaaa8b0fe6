from django.db import migrations, models


def fill(apps, schema_editor):
    """Give each batch what its wave asks now, by which its papers have been typed in until now."""
    wave = apps.get_model("surveys", "Wave").objects.filter(collectors=models.OuterRef("collector"))
    apps.get_model("surveys", "PaperBatch").objects.update(instrument=models.Subquery(wave.values("instrument")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0024_paper_versions'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
