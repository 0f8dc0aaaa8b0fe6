"""Full text on each database: which entries have which words, and the words marked in what is shown.

Both engines answer the same two questions, so that the order of results is worked out once, in Python, for both.
PostgreSQL stems English and takes other languages word by word; SQLite's index stems by Porter's rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from home.search.enums import Place

# Around a marked word: private-use characters, which the index never holds.
BEGIN, END = "\ue000", "\ue001"
# In place of < and >, where PostgreSQL would take words between them for a tag and leave them out.
LESS, MORE = "\ue002", "\ue003"
LONGEST_EXTRACT = 32  # words
PLACES = list(Place)


@dataclass(frozen=True)
class Hit:
    """Entry ``entry`` has the word number ``word`` of those asked for, at best in ``place``."""

    entry: int
    word: int
    place: Place


class Engine(Protocol):
    """What search asks of a database."""

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Return which entries have which of ``words``, in one query."""

    def marked(self, entries: Sequence[int], words: Sequence[str]) -> dict[int, tuple[str, str]]:
        """Return, in one query, {entry: (summary, the best piece of the body)} with ``words`` marked."""

    def renew(self) -> None:
        """Bring what the engine keeps beside the entries up to date with them."""


def _rows(sql: str, values: Iterable[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()


class Sqlite:
    """FTS5. Words are always given as quoted phrases: nothing that was typed is read as a query."""

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Ask for each word in each place."""
        asked = [
            (number, rank, f'{{{place}}} : "{word}"')
            for number, word in enumerate(words)
            for rank, place in enumerate(PLACES)
        ]
        one = "SELECT rowid AS entry, %s AS word, %s AS place FROM home_search_words WHERE home_search_words MATCH %s"
        every = " UNION ALL ".join([one] * len(asked))
        best = f"SELECT entry, word, MIN(place) FROM ({every}) GROUP BY entry, word"  # noqa: S608  (only placeholders)
        rows = _rows(best, [value for row in asked for value in row])
        return [Hit(entry, word, PLACES[place]) for entry, word, place in rows]

    def marked(self, entries: Sequence[int], words: Sequence[str]) -> dict[int, tuple[str, str]]:
        """Mark with FTS5's own functions."""
        holes = ", ".join(["%s"] * len(entries))
        sql = (
            "SELECT rowid, highlight(home_search_words, 1, %s, %s), snippet(home_search_words, 3, %s, %s, '…', %s) "  # noqa: S608  (only placeholders)
            f"FROM home_search_words WHERE home_search_words MATCH %s AND rowid IN ({holes})"
        )
        match = " OR ".join(f'"{word}"' for word in words)
        rows = _rows(sql, [BEGIN, END, BEGIN, END, LONGEST_EXTRACT, match, *entries])
        return {entry: (summary, body) for entry, summary, body in rows}

    def renew(self) -> None:
        """Read all entries into the index again: thousands take a fraction of a second."""
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO home_search_words (home_search_words) VALUES ('rebuild')")


class Postgres:
    """Text search vectors, kept by PostgreSQL itself in a generated column."""

    QUERY = "(phraseto_tsquery('pg_catalog.english', {0}) || phraseto_tsquery('pg_catalog.simple', {0}))"

    def hits(self, words: Sequence[str]) -> list[Hit]:
        """Ask for each word, and for the best place that it stands in."""
        asked = ", ".join(["(%s, %s)"] * len(words))
        sql = f"""
            SELECT entry.id, word.number,
                CASE WHEN ts_filter(entry.vector, '{{a}}') @@ word.query THEN 0
                     WHEN ts_filter(entry.vector, '{{b}}') @@ word.query THEN 1
                     WHEN ts_filter(entry.vector, '{{c}}') @@ word.query THEN 2 ELSE 3 END
            FROM (SELECT number::int, {self.QUERY.format("text::text")} AS query
                  FROM (VALUES {asked}) AS asked (number, text)) AS word
            JOIN home_searchentry AS entry ON entry.vector @@ word.query
        """  # noqa: S608  (only placeholders)
        rows = _rows(sql, [value for row in enumerate(words) for value in row])
        return [Hit(entry, word, PLACES[place]) for entry, word, place in rows]

    def marked(self, entries: Sequence[int], words: Sequence[str]) -> dict[int, tuple[str, str]]:
        """Mark with PostgreSQL's own headlines, in the language of each entry's words."""
        query = " || ".join([self.QUERY.format("%s::text")] * len(words))
        around = f"StartSel={BEGIN}, StopSel={END}"
        piece = f"{around}, MaxWords={LONGEST_EXTRACT}, MinWords={LONGEST_EXTRACT // 2}, MaxFragments=0"
        sql = f"""
            SELECT id, ts_headline(config, summary, query, %s), ts_headline(config, body, query, %s)
            FROM (SELECT id, translate(summary, '<>', %s) AS summary, translate(body, '<>', %s) AS body,
                    (CASE words_in WHEN 'en' THEN 'pg_catalog.english' ELSE 'pg_catalog.simple' END)::regconfig
                    AS config
                  FROM home_searchentry WHERE id = ANY(%s)) AS entry, (SELECT {query} AS query) AS word
        """  # noqa: S608  (only placeholders)
        twice = [word for word in words for _ in range(2)]
        rows = _rows(sql, [f"{around}, HighlightAll=true", piece, LESS + MORE, LESS + MORE, list(entries), *twice])
        back = str.maketrans(LESS + MORE, "<>")
        return {entry: (summary.translate(back), body.translate(back)) for entry, summary, body in rows}

    def renew(self) -> None:
        """Nothing: PostgreSQL does it with every write."""


def engine() -> Engine:
    """Return the engine of the database in use."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()
