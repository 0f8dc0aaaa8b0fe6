import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0006_fill_what_an_answer_came_by'),
    ]

    operations = [
        migrations.AlterField(
            model_name='draft',
            name='collector',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='surveys.collector'),
        ),
        migrations.AlterField(
            model_name='response',
            name='instrument',
            field=models.ForeignKey(help_text='What was asked when the answers were sent.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='surveys.instrument'),
        ),
    ]
