"""The room schools."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Lesson packs and their files."""

    name = "schools"
    verbose_name = "Schools"
