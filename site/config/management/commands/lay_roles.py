"""Lays the roles again: after new index pages were made, or after somebody changed a group by hand."""

from typing import Any

from config.roles import ROLES, lay_roles
from core.commands import MigratedCommand


class Command(MigratedCommand):
    """Make every role's group hold exactly what the table in config/roles.py says."""

    help = __doc__ or ""

    def handle(self, *_: Any, **__: Any) -> None:
        """Lay them and say so."""
        lay_roles()
        self.stdout.write(f"{len(ROLES)} roles stand as the table says.")
