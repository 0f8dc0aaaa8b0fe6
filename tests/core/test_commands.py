"""Commands that need the database as the code knows it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

COMMANDS = [
    ("setup_council",),
    ("load_demo",),
    ("load_demo", "--remove"),
    ("refresh_indicators",),
    ("purge",),
    ("lay_roles",),
    ("import_wards",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_database_that_lacks_a_migration_is_refused_in_a_sentence(db, command):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core'")
    with pytest.raises(CommandError) as refusal:
        call_command(*command)
    assert str(refusal.value) == "The database is not up to date. Run manage.py migrate, then run this again."
