"""The room reach."""

from django.apps import AppConfig


class ReachConfig(AppConfig):
    """Whom we reached, counted without cookies."""

    name = "reach"
    verbose_name = "Reach"
