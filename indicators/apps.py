"""The room indicators."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The strategy and the numbers it is judged by."""

    name = "indicators"
    verbose_name = "Strategy"
