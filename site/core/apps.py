"""The room core."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Shared models and mechanisms."""

    name = "core"
    verbose_name = "Shared"

    def ready(self) -> None:
        """Listen to what makes kept pages old, and keep the languages' trees and translations in step."""
        from core.approvals import receivers  # noqa: F401  (they connect themselves)
        from core.languages import trees  # noqa: F401  (its receivers connect themselves)
        from core.refreshing import watch
        from core.translations import actions  # noqa: F401  (its receivers connect themselves)

        watch()
