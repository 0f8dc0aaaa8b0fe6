"""Papers while they are typed in, a batch at a time."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0016_codes_and_marks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('keying', 'Being typed in'), ('checking', 'Being checked'), ('done', 'Brought in')], default='keying', max_length=10)),
                ('papers', models.PositiveSmallIntegerField(default=0, help_text='How many became answers.')),
                ('compared', models.PositiveIntegerField(default=0, help_text='How many answers two people typed in.')),
                ('differed', models.PositiveIntegerField(default=0, help_text='How many of them differed.')),
                ('touched', models.DateField(help_text='The day it was last worked on.')),
                ('collector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batches', to='surveys.collector')),
            ],
            options={
                'verbose_name_plural': 'paper batches',
                'ordering': ('collector', 'number'),
            },
        ),
        migrations.CreateModel(
            name='PaperEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('serial', models.PositiveSmallIntegerField()),
                ('language', models.CharField(default='en', max_length=10)),
                ('answers', models.JSONField()),
                ('drawn', models.BooleanField(default=False, help_text='Somebody else types it in a second time.')),
                ('again', models.JSONField(null=True, verbose_name='what a second person typed')),
                ('settled', models.BooleanField(default=False, help_text='Both agree, or somebody looked at the paper.')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='surveys.paperbatch')),
                ('keyed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who typed it in')),
            ],
            options={
                'verbose_name_plural': 'paper entries',
                'ordering': ('batch', 'serial'),
            },
        ),
        migrations.AddConstraint(
            model_name='paperbatch',
            constraint=models.UniqueConstraint(fields=('collector', 'number'), name='paper_batch_unique'),
        ),
        migrations.AddConstraint(
            model_name='paperbatch',
            constraint=models.CheckConstraint(condition=models.Q(('differed__lte', models.F('compared'))), name='paper_batch_differs_at_most'),
        ),
        migrations.AddConstraint(
            model_name='paperbatch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['keying', 'checking', 'done'])), name='paper_batch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='paperentry',
            constraint=models.UniqueConstraint(fields=('batch', 'serial'), name='paper_entry_unique'),
        ),
    ]
