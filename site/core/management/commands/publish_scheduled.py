"""In the place of Wagtail's own command, which knows no hold: publish and expire what is due and not held."""

from typing import Any

from django.core.management.base import BaseCommand

from core.hold.scheduled_pages import publish_due


class Command(BaseCommand):
    """The command."""

    help = "Publish and expire the pages whose time has come. Beat does this each minute."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  (Django passes them)
        """Do it once."""
        publish_due()
