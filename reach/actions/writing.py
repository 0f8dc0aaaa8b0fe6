"""Writing counts: one statement makes rows or raises those that stand, so that nobody who adds at once loses any."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction

from reach.models import Count


class Key(NamedTuple):
    """What a count is a count of: the columns that make its row the only one."""

    day: date
    page_key: str
    campaign_code: str
    channel: str
    placement_code: str
    metric: str
    method: str
    rule_version: int
    is_sample: bool


KEY = Key._fields  # noqa: SLF001  (public in a named tuple)
MOST_ROWS = 500  # in one statement: databases take no more than so many values
# Written out, because every view of every page comes to it: the ORM has no words for adding to what stands.
UPSERT = f"""
    INSERT INTO {Count._meta.db_table} ({", ".join(KEY)}, quantity) VALUES %s
    ON CONFLICT ({", ".join(KEY)}) DO UPDATE SET quantity = {Count._meta.db_table}.quantity + excluded.quantity
"""  # noqa: S608  (made of names in this file alone)
ROW = f"({', '.join(['%s'] * (len(KEY) + 1))})"


def write(counts: Mapping[Key, int]) -> None:
    """Add ``counts`` to what stands, in one statement.

    Raises:
        IntegrityError: the ledger holds no such count; none of them is written.
    """
    # In the same order everywhere, or two processes that raise the same rows could wait for each other.
    ordered = sorted(counts.items())
    values = [value for key, quantity in ordered for value in (*_as_stored(key), quantity)]
    # A savepoint, so that a refused count spoils no transaction of the caller's; alone, the statement is its own.
    with transaction.atomic() if connection.in_atomic_block else nullcontext(), connection.cursor() as cursor:
        cursor.execute(UPSERT % ", ".join([ROW] * len(ordered)), values)


_COLUMNS = {field.name: field for field in Count._meta.concrete_fields}


def _as_stored(key: Key) -> list[Any]:
    return [_COLUMNS[name].get_db_prep_save(value, connection) for name, value in zip(KEY, key, strict=True)]
