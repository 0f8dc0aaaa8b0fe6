import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0003_survey_campaign'),
    ]

    operations = [
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('operator', models.CharField(choices=[('is', 'is'), ('is-any-of', 'is any of'), ('is-none-of', 'is none of'), ('at-least', 'has a score of at least'), ('at-most', 'has a score of at most'), ('answered', 'is answered')], default='is', max_length=12, verbose_name='how')),
                ('value', models.CharField(blank=True, help_text='The code of an option; several with commas between; or a score. Nothing for “is answered”.', max_length=500)),
            ],
            options={
                'ordering': ('question__code', 'operator', 'value'),
            },
        ),
        migrations.AddField(
            model_name='item',
            name='ends_on',
            field=models.CharField(blank=True, help_text='Codes of options, with commas between: under-16. Whoever chooses one is thanked, told that the survey is meant for other people, and nothing of theirs is kept.', max_length=300, verbose_name='ends the survey on'),
        ),
        migrations.AddField(
            model_name='item',
            name='information',
            field=models.TextField(blank=True, max_length=2000, verbose_name='text'),
        ),
        migrations.AddField(
            model_name='item',
            name='information_title',
            field=models.CharField(blank=True, max_length=150, verbose_name='heading'),
        ),
        migrations.AddField(
            model_name='item',
            name='matching',
            field=models.CharField(choices=[('all', 'All of these hold'), ('any', 'Any of these holds')], default='all', max_length=3, verbose_name='asked if'),
        ),
        migrations.AddField(
            model_name='item',
            name='reason',
            field=models.CharField(blank=True, help_text='Why we ask, shown with it: for questions that results are weighted by.', max_length=300),
        ),
        migrations.AddField(
            model_name='option',
            name='other',
            field=models.BooleanField(default=False, help_text='People can write a few words beside it: Other, please say.', verbose_name='box beside it'),
        ),
        migrations.AddField(
            model_name='section',
            name='equality',
            field=models.BooleanField(default=False, help_text='Ask after people have checked their answers, and only of those who choose to. What the results are weighted by stands in the main part, with its reason.', verbose_name='equality questions'),
        ),
        migrations.AddField(
            model_name='section',
            name='together',
            field=models.BooleanField(default=False, help_text='Ask the whole section at once: five short questions at most.', verbose_name='on one page'),
        ),
        migrations.AlterField(
            model_name='item',
            name='wording',
            field=models.ForeignKey(blank=True, help_text='Leave it empty for a page that only informs.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.wording'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('information', ''), ('information_title', ''), ('wording__isnull', False)), models.Q(('wording', None), models.Q(('information', ''), _negated=True), models.Q(('information_title', ''), _negated=True)), _connector='OR'), name='item_asks_or_informs', violation_error_message='Choose a wording, or give a page of information its heading and its text: one of the two.'),
        ),
        migrations.AddField(
            model_name='condition',
            name='item',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='surveys.item'),
        ),
        migrations.AddField(
            model_name='condition',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.question', verbose_name='the answer to'),
        ),
    ]
