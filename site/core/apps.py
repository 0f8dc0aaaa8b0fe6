"""The room core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Shared models and mechanisms."""

    name = "core"
    verbose_name = "Shared"
