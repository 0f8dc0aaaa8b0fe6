"""The index of search: a row for each thing that can be found, in each language's tree."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from core.models.pages import closed_to_some
from home.search.enums import Kind


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Entries by who may see them."""

    def visible(self, language: str) -> "SearchEntryQuerySet":
        """Return what anybody may open now in the tree of ``language``.

        The index may be some minutes old; whether a page is live, expired or private is always asked anew.
        """
        unexpired = Q(page__expire_at=None) | Q(page__expire_at__gt=timezone.now())
        return self.filter(
            Q(page=None) | Q(page__live=True) & unexpired, ~closed_to_some("page__path"), language=language
        )


class SearchEntry(models.Model):
    """One thing that can be found: a page, or something at a plain ``address``.

    Written by :func:`home.search.actions.refresh_search` alone. PostgreSQL keeps a column ``vector`` beside these,
    SQLite a table ``home_search_words``; both are laid by the migration and read by :mod:`home.search.engines`.
    """

    shown_on_pages = False  # by search alone, which no cache keeps

    key = models.CharField(max_length=100)
    language = models.CharField(max_length=10)  # whose tree lists it
    words_in = models.CharField(max_length=10)  # the language of its words: an alias in another tree is English
    kind = models.CharField(max_length=20, choices=Kind)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    also = models.TextField(blank=True)  # words that lead here and are not shown: years of school, names of venues
    body = models.TextField(blank=True)
    worth = models.FloatField(default=1)  # how much it counts beside others that fit as well: help comes first

    WRITTEN = ("words_in", "kind", "page_id", "address", "title", "summary", "also", "body", "worth")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("key", "language"), name="search_entry_once_in_a_language"),
            models.CheckConstraint(
                condition=Q(page__isnull=False, address="") | (Q(page__isnull=True) & ~Q(address="")),
                name="search_entry_leads_somewhere",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="search_entry_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
