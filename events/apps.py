"""The room events."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events and their dates."""

    name = "events"
    verbose_name = "Events"
