"""The room home."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The home page, plain pages, the support directory, search and statements."""

    name = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        """Let search hear of what changes."""
        from home.search.signals import listen

        listen()
