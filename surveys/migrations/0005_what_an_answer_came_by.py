"""A draft names its way in, and a response what was asked: columns first, filled and constrained by the next two."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0004_routing'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='collector',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.collector'),
        ),
        migrations.AddField(
            model_name='response',
            name='instrument',
            field=models.ForeignKey(help_text='What was asked when the answers were sent.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.instrument'),
        ),
    ]
