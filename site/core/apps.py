"""The room core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Shared models and mechanisms."""

    name = "core"
    verbose_name = "Shared"

    def ready(self) -> None:
        """Listen to what makes kept pages old."""
        from core.refreshing import watch

        watch()
