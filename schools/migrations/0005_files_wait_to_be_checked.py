"""Files that were taken before they were looked through wait for that, out of everybody's reach, like new ones."""

from django.db import migrations
from django.db.models import F


def let_wait(apps, schema_editor):
    files = apps.get_model("schools", "LessonFile").objects
    files.filter(arrived="").exclude(file="").update(arrived=F("file"), file="")


def give_back(apps, schema_editor):
    files = apps.get_model("schools", "LessonFile").objects
    files.filter(file="").exclude(arrived="").update(file=F("arrived"), arrived="")


class Migration(migrations.Migration):
    dependencies = [("schools", "0004_lesson_files")]
    operations = [migrations.RunPython(let_wait, give_back)]
