"""The shared room: loads what the other rooms offer to its registries."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Shared models and mechanisms."""

    name = "core"
    verbose_name = "Shared"

    def ready(self) -> None:
        """Register the system checks."""
        from core import checks  # noqa: F401  (registers the system checks)
