"""What happens once every room is loaded."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    """The assembly: gives web processes the Celery app and lays the roles after every migrate."""

    name = "config"

    def ready(self) -> None:
        """Load the Celery app and connect the roles."""
        from config import celery  # noqa: F401  (tasks nudged from the web go to this app's broker)
        from config.roles import lay_roles_after_migrate

        post_migrate.connect(lay_roles_after_migrate, sender=self)
