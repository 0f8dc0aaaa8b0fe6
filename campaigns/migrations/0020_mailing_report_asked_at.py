from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0019_mailing_saved_by")]

    operations = [
        migrations.AddField(
            model_name="mailing",
            name="report_asked_at",
            field=models.DateTimeField(
                editable=False, help_text="When somebody asked for its report; nothing once it was read.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="mailingreport",
            name="hours",
            field=models.PositiveIntegerField(help_text="After how many hours it was due, or asked for."),
        ),
    ]
