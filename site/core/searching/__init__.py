"""What Wagtail's lists and choosers search with: its own backends, SQLite's with quotation marks made harmless."""

from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:  # noqa: N802  (the name that Wagtail looks for)
    """Return the backend of the database in use."""
    if connection.vendor == "sqlite":
        # Only on SQLite is there a model of its index, without which that module cannot be read.
        from core.searching.sqlite import QuotingBackend

        return QuotingBackend(params)
    return database.SearchBackend(params)
