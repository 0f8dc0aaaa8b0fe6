"""What the commands of ``manage.py`` share."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor


class MigratedCommand(BaseCommand):
    """A command that needs the database as the code knows it, and says so in one sentence where it is not."""

    requires_migrations_checks = True

    def check_migrations(self) -> None:
        """Refuse a database that cannot be reached or is not up to date; Django's own check only warns.

        Raises:
            CommandError: a migration is missing, or the database does not answer.
        """
        try:
            executor = MigrationExecutor(connection)
        except (DatabaseError, MigrationSchemaMissing) as error:
            what = " ".join(str(error).split())
            raise CommandError(f"The database cannot be used: {what}. Mend that, then run this again.") from error
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is not up to date. Run manage.py migrate, then run this again.")
