"""Until now there was one way in, and a wave asked one instrument from its first day to its last."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    collectors = apps.get_model('surveys', 'Collector').objects.filter(wave=OuterRef('wave'), kind='open-link')
    waves = apps.get_model('surveys', 'Wave').objects.filter(pk=OuterRef('wave'))
    drafts = apps.get_model('surveys', 'Draft').objects.filter(collector=None)
    drafts.update(collector=Subquery(collectors.values('pk')[:1]))
    responses = apps.get_model('surveys', 'Response').objects.filter(instrument=None)
    responses.update(instrument=Subquery(waves.values('instrument')))


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0005_what_an_answer_came_by'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
