"""A way in has a title, its sample and its channel; how many answers came by it stands apart from the answers."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0011_come_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='Margin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('population', models.CharField(help_text='In the same words as in the wave: residents of Kirklees aged 16 and over.', max_length=120)),
                ('option', models.SlugField(help_text='The code of the option that they would choose: 16-24.', max_length=60)),
                ('total', models.PositiveBigIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='people')),
                ('source', models.CharField(help_text='The table that it is from, such as: Census 2021, table TS007A.', max_length=200)),
                ('year', models.PositiveSmallIntegerField(help_text='The year that it describes.', validators=[django.core.validators.MinValueValidator(1991)])),
                ('is_sample', models.BooleanField(default=False, help_text='Invented, for a demonstration.', verbose_name='sample data')),
            ],
            options={
                'ordering': ('population', 'question__code', '-year', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name_plural': 'tallies',
                'ordering': ('day', 'collector__code'),
            },
        ),
        migrations.AlterModelOptions(
            name='collector',
            options={'ordering': ('code',), 'permissions': [('enter_answers', 'Can enter answers given on paper, by telephone or face to face')]},
        ),
        migrations.AddField(
            model_name='collector',
            name='base_weight',
            field=models.DecimalField(blank=True, decimal_places=4, help_text='In a random sample: how many people of the population each one who was asked stands for.', max_digits=12, null=True),
        ),
        migrations.AddField(
            model_name='collector',
            name='channel',
            field=models.CharField(blank=True, choices=[('web', 'Website'), ('email', 'Email'), ('social', 'Social media'), ('print', 'Print'), ('outdoor', 'Outdoor'), ('press', 'Press'), ('partner', 'Partner'), ('event', 'Event')], help_text='How the people it brings hear of the survey.', max_length=10),
        ),
        migrations.AddField(
            model_name='collector',
            name='send_to',
            field=models.TextField(blank=True, help_text='Printed on the last page, such as a Freepost address.', max_length=300, verbose_name='where to send it'),
        ),
        migrations.AddField(
            model_name='collector',
            name='stratum',
            field=models.CharField(blank=True, help_text='In a random sample: the part of the population it was drawn from.', max_length=60),
        ),
        migrations.AddField(
            model_name='collector',
            name='title',
            field=models.CharField(default='Open link', help_text='What staff call it, such as: Poster in Dewsbury library.', max_length=100),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='collector',
            name='kind',
            field=models.CharField(choices=[('open-link', 'Open link'), ('placement', 'Placement'), ('paper', 'Paper'), ('assisted', 'Assisted')], default='open-link', max_length=12),
        ),
        migrations.AlterField(
            model_name='collector',
            name='mode',
            field=models.CharField(choices=[('online', 'Online'), ('paper', 'On paper'), ('telephone', 'By telephone'), ('face-to-face', 'Face to face')], default='online', max_length=12),
        ),
        migrations.AlterField(
            model_name='collector',
            name='sample_type',
            field=models.CharField(choices=[('open', 'Open: anyone with the link'), ('random', 'Random sample')], default='open', help_text='Random only if those who are asked were drawn by chance from a list of the population.', max_length=10),
        ),
        migrations.AlterField(
            model_name='draft',
            name='collector',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='surveys.collector'),
        ),
        migrations.AlterField(
            model_name='response',
            name='collector',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='surveys.collector'),
        ),
        migrations.AddConstraint(
            model_name='collector',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'open-link')), fields=('wave',), name='collector_one_open_link_per_wave', violation_error_message='This wave has its open link already.'),
        ),
        migrations.AddConstraint(
            model_name='collector',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'paper'), ('mode', 'paper')), models.Q(('kind', 'assisted'), ('mode__in', ['telephone', 'face-to-face'])), models.Q(('mode', 'online'), models.Q(('kind__in', ['paper', 'assisted']), _negated=True)), _connector='OR'), name='collector_mode_fits_kind', violation_error_message='People answer on paper, by telephone or face to face, or online: choose the one that goes with this way in.'),
        ),
        migrations.AddConstraint(
            model_name='collector',
            constraint=models.CheckConstraint(condition=models.Q(('sample_type', 'random'), models.Q(('base_weight', None), ('stratum', '')), _connector='OR'), name='collector_weight_only_if_random', violation_error_message='Only a random sample has a stratum and a base weight. Empty both, or say that the sample is random.'),
        ),
        migrations.AddConstraint(
            model_name='collector',
            constraint=models.CheckConstraint(condition=models.Q(('base_weight', None), ('base_weight__gt', 0), _connector='OR'), name='collector_weight_positive', violation_error_message='The base weight has to be above 0.'),
        ),
        migrations.AddConstraint(
            model_name='collector',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel__in', ['web', 'email', 'social', 'print', 'outdoor', 'press', 'partner', 'event']), ('kind', 'placement')), models.Q(models.Q(('kind', 'placement'), _negated=True), ('channel', '')), _connector='OR'), name='collector_channel_where_placed', violation_error_message='Say how people hear of the survey by this placement.'),
        ),
        migrations.AlterConstraint(
            model_name='collector',
            name='collector_code_unique',
            constraint=models.UniqueConstraint(fields=('wave', 'code'), name='collector_code_unique', violation_error_message='This wave has a way in with this code already. Give another.'),
        ),
        migrations.AddField(
            model_name='margin',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='margins', to='surveys.question'),
        ),
        migrations.AddField(
            model_name='tally',
            name='collector',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='surveys.collector'),
        ),
        migrations.AddConstraint(
            model_name='margin',
            constraint=models.UniqueConstraint(fields=('population', 'question', 'option', 'year'), name='margin_unique', violation_error_message='This option has a total for this population and year already.'),
        ),
        migrations.AddConstraint(
            model_name='margin',
            constraint=models.CheckConstraint(condition=models.Q(('total__gte', 1)), name='margin_from_one'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.UniqueConstraint(fields=('collector', 'day'), name='tally_unique'),
        ),
        migrations.AddConstraint(
            model_name='tally',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='tally_from_one'),
        ),
    ]
