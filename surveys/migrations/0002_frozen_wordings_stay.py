from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    """Name the table between instruments and wordings, so that it protects a wording; the table stays as it is."""

    dependencies = [("surveys", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="InstrumentWording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=deletion.CASCADE, related_name="+", to="surveys.instrument"
                            ),
                        ),
                        (
                            "wording",
                            models.ForeignKey(on_delete=deletion.PROTECT, related_name="+", to="surveys.wording"),
                        ),
                    ],
                    options={
                        "db_table": "surveys_instrument_wordings",
                        "unique_together": {("instrument", "wording")},
                    },
                ),
                migrations.AlterField(
                    model_name="instrument",
                    name="wordings",
                    field=models.ManyToManyField(
                        editable=False,
                        related_name="instruments",
                        through="surveys.InstrumentWording",
                        to="surveys.wording",
                    ),
                ),
            ]
        )
    ]
