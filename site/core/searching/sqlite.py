"""Wagtail's search on SQLite, where a quotation mark that somebody types is a mark and not the end of a string.

Wagtail puts each word between quotation marks for FTS5 and leaves those inside it as they are: what followed one was
read as a query, which FTS5 mostly refused, and the list answered with a fault. A doubled mark stands for itself.
https://www.sqlite.org/fts5.html#fts5_strings
"""

from copy import copy

from modelsearch.backends.database.sqlite.query import SearchQueryCombinable
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
)
from modelsearch.query import Phrase, PlainText, SearchQuery


class QuotesMarks:
    """Doubles the quotation marks of what was typed. Mixed into Wagtail's compilers of queries."""

    def build_search_query_content(self, query: SearchQuery, config: str | None = None) -> SearchQueryCombinable | None:
        """Return ``query`` as FTS5 takes it; None where nothing is left to look for."""
        if isinstance(query, PlainText | Phrase):
            query = copy(query)
            query.query_string = query.query_string.replace('"', '""')
        return super().build_search_query_content(query, config=config)  # type: ignore[misc]  # Wagtail's


class QuotingCompiler(QuotesMarks, SQLiteSearchQueryCompiler):
    """Whole words."""


class QuotingAutocompleteCompiler(QuotesMarks, SQLiteAutocompleteQueryCompiler):
    """Beginnings of words."""


class QuotingBackend(SQLiteSearchBackend):
    """Wagtail's backend with these compilers."""

    query_compiler_class = QuotingCompiler
    autocomplete_query_compiler_class = QuotingAutocompleteCompiler
