import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0023_decided_again'),
    ]

    operations = [
        migrations.AddField(
            model_name='paperbatch',
            name='instrument',
            field=models.ForeignKey(help_text='What its papers ask, as they were printed.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.instrument'),
        ),
    ]
